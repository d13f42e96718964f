//! What the user may decide per run, and why there may be no plan.

use std::path::PathBuf;

use crate::domain::conflict::Deadlock;
use crate::domain::problem::Problems;
use crate::domain::progress::Cancelled;
use crate::domain::rule::Violation;
use crate::domain::time::Instant;
use crate::forecast::BacktestOrigins;
use crate::roster::{NoSolution, RosterParams};
use crate::simulate::SimulationParams;

/// How far a run goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LastStage {
    /// Contacts expected.
    Forecast,
    /// Agents required.
    Requirement,
    /// Who works when.
    #[default]
    Roster,
}

/// What the user may decide per run. By default everything is known that the history holds, nothing is brought along, and
/// the run goes as far as the roster.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// The last stage to run.
    pub until: LastStage,
    /// Nothing after this is known; none: the end of history.
    pub as_of: Option<Instant>,
    /// The rosters before this one.
    pub after: Vec<PathBuf>,
    /// A forecast to take instead of making one.
    pub forecast: Option<PathBuf>,
    /// Agents required, to take instead of computing them.
    pub requirement: Option<PathBuf>,
    /// A roster to check, price and prove instead of making one.
    pub roster: Option<PathBuf>,
    /// A roster that people were told, to be planned again from.
    pub promised: Option<PathBuf>,
    /// Back-test the forecast.
    pub backtest: Option<BacktestOrigins>,
    /// How hard to search for a roster.
    pub search: RosterParams,
    /// Rounds of planning and simulating by moves alone, at most; 0: plan once, for the requirement of each queue. None: as
    /// [`Self::rounds`] says.
    pub rounds: Option<u32>,
    /// Whether to say what the roster made would cost if one thing were otherwise: rules, seats, people, wishes.
    pub explains: bool,
    /// How to simulate the service of a roster; none: as the default says.
    pub simulation: Option<SimulationParams>,
}

impl RunOptions {
    /// Rounds of planning and simulating: as stated; else the usual ones where the run says itself what is required and how long to search, and
    /// none where a requirement is brought along or the search is limited.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        const USUAL: u32 = 6;
        /// Where a roster is planned again: it was made for targets that hold.
        const AGAIN: u32 = 1;
        let is_stated = self.requirement.is_some() || self.search.work.is_some() || self.search.time_limit.is_some();
        let usual = if is_stated { 0 } else { USUAL };
        // A roster that was planned for pools and told would change all over if each queue were planned for by itself.
        let again = if self.requirement.is_some() { 0 } else { AGAIN };
        self.rounds.unwrap_or(if self.promised.is_some() { again } else { usual })
    }
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The input is wrong.
    #[error("{0}")]
    Input(#[from] Problems),
    /// No legal roster exists.
    #[error("no legal roster exists")]
    NoRoster(Deadlock),
    /// The checker refused what the optimiser made: our fault.
    #[error("the roster made breaks {} rules", .0.len())]
    Illegal(Vec<Violation>),
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<NoSolution> for PlanError {
    fn from(why: NoSolution) -> Self {
        match why {
            NoSolution::Conflicts(deadlock) => Self::NoRoster(deadlock),
            NoSolution::Cancelled(cancelled) => Self::Cancelled(cancelled),
        }
    }
}
