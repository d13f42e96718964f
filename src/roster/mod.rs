//! Requirement + prices + workforce → a legal roster with its lower bound, and the checker that does not trust it.
//!
//! | file | what it does |
//! |---|---|
//! | [`problem`] | what is asked and answered |
//! | [`axis`], [`shifts`], [`breaks`] | the slots of time, the legal shifts, the placing of breaks |
//! | [`states`], [`tally`], [`agents`], [`line`] | one agent: what rules remember and count, what can be worked |
//! | [`latitude`], [`shift_prices`], [`pricing`] | what a line may hold; what its shifts cost; the cheapest one |
//! | [`counted`], [`extension`], [`layer`], [`reach`], [`completion`], [`known`] | the same with counts over the plan: the search, labels from date to date, their cells, what they may have, what they come to, what they come back to |
//! | [`exchange`], [`curve`] | which queues a group's heads can serve; what work costs a queue in an interval |
//! | [`transport`], [`basis`], [`working`], [`simplex`] | heads shared among queues at least cost: the network, a basis of it, its small systems, its optimum |
//! | [`lattice`] | what an interval costs by its heads, remembered |
//! | [`headcounts`] | heads wanted apart from queues: who counts, what a count costs, the counts of a roster |
//! | [`carried`] | who is still there from the roster before |
//! | [`cost_step`] | by how much the costs of two rosters differ at least |
//! | [`world`] | the instance made ready |
//! | [`lagrangian`], [`bundle`], [`mixture`], [`atoms`], [`runs`], [`head_flows`], [`headcount_loads`] | the bound and the prices behind it; a roster made of its fractions while they are asked anew |
//! | [`blocks`] | agents alike, who share a model of the bound where there are many |
//! | [`seating`] | whether the seats suffice, by search |
//! | [`incumbent`], [`improve`], [`dive`], [`anneal`], [`neighbourhood`], [`part_sizes`] | the roster under search; a first one, one beside the bound's averages, better ones by moves and by whole parts |
//! | [`pool`], [`selection`] | the lines found on the way, and the best selection of them |
//! | [`conflict`] | why there is no legal roster |
//! | [`finish`], [`solve`] | writing it out; the engine as a page, its stages in two files beside it |
//! | [`check`] | the checker: legality, cost and cover from the finished roster alone |
//! | [`payroll`], [`coverage`] | what it pays, and what it covers |

mod problem;
mod axis;
mod breaks;
mod split;
mod shifts;
mod states;
mod tally;
mod agents;
mod line;
mod latitude;
mod path;
mod completion;
mod reach;
mod known;
mod layer;
mod label_lists;
mod scratch;
mod shift_prices;
mod label_setting;
mod extension;
mod counted;
mod pricing;
mod legal;
#[cfg(test)]
mod pricing_oracle;
#[cfg(test)]
mod split_oracle;
mod presence;
mod exchange;
mod curve;
mod transport;
mod basis;
mod working;
mod simplex;
#[cfg(test)]
mod sharing_exact;
#[cfg(test)]
mod transport_tests;
#[cfg(test)]
mod headcount_tests;
mod lattice;
mod carried;
mod headcounts;
mod cost_step;
mod world;
mod lagrangian;
mod headcount_loads;
mod blocks;
mod atoms;
mod runs;
mod head_flows;
mod mixture;
mod bundle;
mod starting_prices;
mod counts;
mod search_scratch;
mod incumbent;
mod seating;
mod improve;
mod dive;
mod anneal;
mod neighbourhood;
mod part_sizes;
mod pool;
mod selection;
mod conflict;
mod finish;
mod solve;
mod payroll;
mod coverage;
mod check;

pub use check::{CheckedRoster, check};
pub use conflict::conflicts_of_agents;
pub use problem::{RosterParams, RosterProblem, Solution};
pub use solve::solve;
