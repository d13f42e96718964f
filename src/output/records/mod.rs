//! The rows of every table and the documents in OUT: each is written and read by one type, so that what a run leaves can be
//! taken up by another program, or by a later command, as it was meant.
//!
//! | type | file |
//! |---|---|
//! | [`ForecastRow`] | `forecast.csv` |
//! | [`RequirementRow`] | `requirement.csv` |
//! | [`RosterRow`] | `roster.csv` |
//! | [`PayrollRow`] | `payroll.csv` |
//! | [`ActivityRow`] | `activities.csv` |
//! | [`ReplannedRow`] | `replanned.csv` |
//! | [`CandidateRow`] | standard output of `replan --candidates` |
//! | [`JudgedRow`] | `judged.csv` |
//! | [`WhyNotRow`] | `whynot.csv` |
//! | [`LedgerRow`] | `ledger.csv` |
//! | [`CoverageRow`] | `coverage.csv` |
//! | [`PoolRow`] | `pools.csv` |
//! | [`ServiceRow`] | `service.csv` |
//! | [`ImprovementRow`] | `improvements.csv` |
//! | [`AccuracyRow`], [`BacktestRow`] | `accuracy.csv`, `backtest.csv` |
//! | [`CleaningRow`] | `cleaning.csv` |
//! | [`ComparisonTable`] | `comparison.csv`, whose columns depend on the queues |
//! | [`ShiftChangeRow`], [`FigureRow`] | `changes.csv`, `figures.csv`, of `diff` |
//! | [`Summary`] | `summary.json` |
//! | [`PlanFile`] | `plan.json` |
//! | [`RunFile`] | `run.json` |
//! | [`PublicationFile`] | `publication.json` |
//!
//! Instants are RFC 3339, shares lie between 0 and 1, money is a plain decimal; contacts, agents and shares have six
//! decimals, seconds three. A figure that is not known is an empty cell.
//!
//! ```
//! use obsada::output::records::{self, PayrollRow};
//!
//! let table = b"agent,shift_id,date,class,minutes,rate,amount\na1,s1,2026-11-30,base,450,12.50,93.75\n";
//! let rows: Vec<PayrollRow> = records::read(table)?;
//! assert_eq!(rows[0].amount.to_string(), "93.75");
//! assert_eq!(records::write(rows)?, table);
//! # Ok::<(), obsada::output::OutputError>(())
//! ```

mod record;
mod rows;
mod cells;
mod in_order;
mod forecast;
mod requirement;
mod roster;
mod payroll;
mod activities;
mod ledger;
mod whynot;
mod replanned;
mod candidate;
mod judged;
mod coverage;
mod pools;
mod service;
mod improvements;
mod accuracy;
mod cleaning;
mod comparison;
mod difference;
mod one_more;
mod summary;
mod plan_file;
mod run_file;
mod publication;

pub use accuracy::{AccuracyRow, BacktestRow};
pub use activities::ActivityRow;
pub use candidate::CandidateRow;
pub use cleaning::CleaningRow;
pub use comparison::{ComparisonRow, ComparisonTable};
pub use coverage::CoverageRow;
pub use difference::{FigureRow, ShiftChangeRow};
pub use forecast::ForecastRow;
pub use improvements::ImprovementRow;
pub use judged::JudgedRow;
pub use ledger::LedgerRow;
pub use one_more::{DifferenceEntry, OneMoreEntry, OneMoreSummary};
pub use payroll::PayrollRow;
pub use plan_file::{
    AgentEntry, ContractEntry, EventEntry, HolidayEntry, PlanFile, PremiumEntry, QueueEntry, RegionEntry, RosterEntry,
    SiteEntry,
};
pub use pools::PoolRow;
pub use publication::{CancelledShift, PublicationFile, PublishedShift};
pub use record::{Record, read, read_document, write, write_document};
pub use replanned::ReplannedRow;
pub use requirement::RequirementRow;
pub use roster::RosterRow;
pub use rows::{Numbered, read_edited};
pub use run_file::{Effective, InputDigest, RunFile, StageEntry};
pub use service::ServiceRow;
pub use summary::{
    AfterEndSummary, FreeHoursEntry, PeriodService, QueueService, QueueSummary, RosterSummary, RoundSummary,
    ServiceSummary, SharedPeopleSummary, SharingSummary, StaffedForSummary, Summary,
};
pub use whynot::WhyNotRow;
