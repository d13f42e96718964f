//! The nouns that all stages share: no file formats, no I/O, nothing of ours imported.
//!
//! | file | what it names |
//! |---|---|
//! | [`ids`] | the names people gave to queues, agents, sites … |
//! | [`units`] | minutes, erlangs, agents, shares, money |
//! | [`time`] | instants, zones, local days, the interval grid, the plan's period |
//! | [`series`] | one figure per interval of a grid, all of one unit |
//! | [`span`] | a stretch of time between two instants |
//! | [`calendar`] | opening hours, holidays, spans of dates |
//! | [`routing`] | how contacts find agents, and how contacts behave beyond their means |
//! | [`staff_to`] | which of the rates that a forecast leaves open a queue is staffed for |
//! | [`queue`] | queues, their customers' regions and their service goals |
//! | [`event`] | campaigns, recalls and announcements, and their effect over time |
//! | [`history`] | contacts counted in the past |
//! | [`contact_records`] | what records of single contacts tell beside their number |
//! | [`explanation`] | why a forecast is what it is, and what looks wrong in the history |
//! | [`forecast`] | contacts expected, with bands and sample paths |
//! | [`backtest`] | forecasts of days that have been, set against what came |
//! | [`sample_paths`] | what may come, drawn with weeks, days and intervals that move together |
//! | [`requirement`] | agents required per queue and interval |
//! | [`shared_people`] | what queues need of people who share them |
//! | [`cover`] | the convex price of being short or over |
//! | [`headcount`] | heads wanted apart from queues: on a site, supervisors, of a skill group |
//! | [`clock_window`] | times of day |
//! | [`rhythm`] | how days of work and days off follow one another |
//! | [`split`] | a day's work in two parts |
//! | [`labour`] | labour rules as data |
//! | [`learning_curve`] | how newcomers get faster |
//! | [`rule`] | the rules by name, and what breaking one is |
//! | [`conflict`] | why the rules cannot all be kept, and what would help |
//! | [`alternative`] | what a roster would cost if one thing were otherwise |
//! | [`fairness`] | shifts that nobody should have more of than others, and what it costs |
//! | [`promise`] | what people have been told of their days, and what it costs to change it |
//! | [`activity`] | what people do beside serving queues: training, coaching, monitoring |
//! | [`workforce`] | sites, contracts, agents, absences, wishes |
//! | [`request`] | what agents ask for once they know their roster |
//! | [`roster`] | shifts, their pieces, and who serves which queue |
//! | [`coverage`] | required against rostered, and the service expected |
//! | [`service`] | the service customers would have had, simulated |
//! | [`skill_set`] | people by the queues that they can take |
//! | [`standing`] | whether a goal holds in it |
//! | [`problem`] | what is wrong with the input, all of it at once |
//! | [`warning`] | what the user should know though nothing is wrong |
//! | [`progress`] | how a long stage says how far it is |

pub mod ids;
pub mod units;
pub mod time;
pub mod series;
pub mod span;
pub mod calendar;
pub mod routing;
pub mod staff_to;
pub mod queue;
pub mod event;
pub mod history;
pub mod contact_records;
pub mod explanation;
pub mod forecast;
pub mod backtest;
pub mod sample_paths;
pub mod requirement;
pub mod shared_people;
pub mod cover;
pub mod headcount;
pub mod clock_window;
pub mod rhythm;
pub mod split;
pub mod labour;
pub mod learning_curve;
pub mod rule;
pub mod conflict;
pub mod fairness;
pub mod alternative;
pub mod promise;
pub mod request;
pub mod activity;
pub mod workforce;
pub mod roster;
pub mod coverage;
pub mod service;
pub mod skill_set;
pub mod standing;
pub mod problem;
pub mod warning;
pub mod progress;
