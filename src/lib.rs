//! Obsada: workforce management for contact centres.
//!
//! A folder of plain files in, a folder of plain files out. The stages stand in the order in which data flow:
//!
//! | module | from → to |
//! |---|---|
//! | [`language`] | the words and figures that people are spoken to in |
//! | [`text`](mod@text) | bytes of files → text, whatever they were stored as |
//! | [`domain`] | the nouns all stages share |
//! | [`public_holidays`] | public holidays of countries and their parts, from a data set |
//! | [`math`], [`solver`] | special functions; the one doorway to linear and integer programming |
//! | [`workspace`] | a folder → a validated workspace, scenarios laid over it |
//! | [`ingest`] | contact files → history; exports of other systems → contact files |
//! | [`forecast`] | history + events → forecast |
//! | [`staffing`] | forecast → requirement, and the price of cover |
//! | [`roster`] | requirement + prices + workforce → roster with its lower bound; the checker |
//! | [`simulate`] | forecast + roster → the service customers would have had |
//! | [`generate`] | workspaces that look like life, with their truth |
//! | [`plan`] | the pipeline as a page |
//! | [`scenario`] | what-if: plans compared |
//! | [`output`] | plan → files |
//! | `cli` | what may be typed; only with the feature `cli` |
//!
//! Another program plans in four steps: a [`workspace::Source`], [`workspace::load`], [`plan::run`], and what it needs of the
//! [`plan::Plan`]. Nothing is read from a clock, a network or the environment, and nothing is written.
//!
//! ```
//! use obsada::domain::progress::Silent;
//! use obsada::domain::units::Minutes;
//! use obsada::generate::{CentreParams, centre};
//! use obsada::plan::{self, RunOptions};
//! use obsada::roster::RosterParams;
//! use obsada::workspace::{self, Source};
//!
//! // A dozen people and two queues, made up; a folder would do as well: `workspace::load(Path::new("data/demo"), &[])`.
//! let tiny = CentreParams { agents: 12, queues: 2, interval: Minutes::new(30), weeks_of_history: 16, ..Default::default() };
//! let source = Source::in_memory(centre(&tiny).into_iter().map(|file| (file.path, file.bytes)));
//! let workspace = workspace::load(source, &[])?;
//!
//! let search = RosterParams { work: Some(50), ..RosterParams::default() };
//! let plan = plan::run(&workspace, &RunOptions { search, ..RunOptions::default() }, &Silent)?;
//!
//! let checked = &plan.rostered.as_ref().expect("a run goes as far as the roster").checked;
//! assert!(checked.roster().shifts.len() > 40);
//! // Nobody rosters these people for less than the bound.
//! assert!(checked.bound().objective <= checked.cost().objective());
//! assert!(plan.service_overall().is_some_and(|share| share > 0.5));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// `eprintln!` panics where standard error is closed.
#![warn(clippy::print_stderr)]

pub mod language;
pub mod text;
pub mod domain;
pub mod public_holidays;
pub mod math;
pub mod solver;
pub mod workspace;
pub mod ingest;
pub mod forecast;
pub mod staffing;
pub mod roster;
pub mod simulate;
pub mod generate;
pub mod plan;
pub mod scenario;
pub mod output;
#[cfg(feature = "cli")]
pub mod cli;
