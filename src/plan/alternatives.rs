//! What a roster would cost if one thing were otherwise; what it costs then, and whether it is legal, says the checker.

use crate::domain::alternative::Alternative;
use crate::domain::progress::Progress;
use crate::domain::roster::{Bound, Roster, RosterCost};
use crate::domain::workforce::Workforce;
use crate::roster::{self, CheckedRoster, Explained, RosterProblem, Start};

use super::options::PlanError;

/// Where a search ended.
pub(super) struct Ended {
    pub(super) at: Start,
    /// The same people with times for sessions that they attend together, where some do.
    pub(super) settled: Option<Workforce>,
}

/// What a roster would cost if one thing were otherwise.
pub(super) fn alternatives(
    problem: &RosterProblem<'_>,
    checked: &CheckedRoster,
    Ended { at, settled }: &Ended,
    seed: u64,
    progress: &dyn Progress,
) -> Result<Vec<Alternative>, PlanError> {
    progress.stage("alternatives");
    let (settled, shifts, cost) = (settled.as_ref(), &checked.roster().shifts[..], &checked.cost());
    let explained = Explained { settled, shifts, cost, end: at, judge: &cost_if_legal, seed };
    Ok(roster::alternatives(problem, explained, progress)?)
}

fn cost_if_legal(problem: &RosterProblem<'_>, roster: Roster) -> Option<RosterCost> {
    roster::check(problem, roster, Bound::NOTHING).ok().map(|checked| checked.cost())
}
