//! The pipeline as a page you can read, and what a run produced.

use crate::domain::calendar::Holiday;
use crate::domain::coverage::Coverage;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Backtest, Forecast};
use crate::domain::history::{CleaningNote, History};
use crate::domain::labour::Rule;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::workforce::Workforce;
use crate::roster::CheckedRoster;

/// Everything a run produced; what later stages did not run for is absent.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The workspace's folder name, with the scenarios' names behind it.
    pub name: String,
    /// The days planned.
    pub period: PlanPeriod,
    /// Nothing after this was known.
    pub as_of: Instant,
    /// The currency of all money.
    pub currency: String,
    /// The queues, in order.
    pub queues: Vec<Queue>,
    /// Special days.
    pub holidays: Vec<Holiday>,
    /// Events known as of the run.
    pub events: Vec<Event>,
    /// The planner's adjustments, scenario factors included.
    pub adjustments: Vec<Adjustment>,
    /// The cleaned history.
    pub history: History,
    /// What cleaning changed.
    pub cleaning: Vec<CleaningNote>,
    /// What is expected.
    pub forecast: Forecast,
    /// How good such forecasts were, if asked for.
    pub backtest: Option<Backtest>,
    /// What is required.
    pub requirement: Option<Requirement>,
    /// Who works when.
    pub rostered: Option<Rostered>,
    /// What the user should know, in sentences.
    pub warnings: Vec<String>,
}

/// The roster part of a plan.
#[derive(Clone, Debug)]
pub struct Rostered {
    /// Who could be rostered.
    pub workforce: Workforce,
    /// The roster, with the checker's verdict.
    pub checked: CheckedRoster,
    /// Its coverage with the service expected of it.
    pub coverage: Coverage,
    /// Rules that the bound's pricing relaxed.
    pub relaxed: Vec<Rule>,
    /// Work the search did; `--work` replays it.
    pub work: u64,
}
