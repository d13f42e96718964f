//! The loop between roster and simulation: plan, live through the plan, ask for more where goals are missed and for less where they
//! are more than kept, and plan again from where the roster stood.
//!
//! A roster is planned for pools of people ([`crate::staffing::price_pools`]). What moves from round to round is what each queue is to reach in
//! them ([`targets`]). All rounds meet the same contacts, so that rosters are compared and not luck; where goals hold, they have to hold on
//! others too. What the plan tells is a last simulation with contacts of its own.

mod planning;
mod rounds;
mod targets;
pub(super) mod verdict;

use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::workforce::Workforce;
use crate::staffing::{self, PoolTargets};
use crate::workspace::Workspace;

use super::model::Plan;
use super::options::{PlanError, RunOptions};
use super::promised::Promised;
use planning::{Effort, Loop};
pub(super) use rounds::Looped;
use rounds::{Aims, Rounds};
use targets::Steering;

/// Moves alone: the first round, and the others.
const FIRST: Effort = Effort { share: 0.1, proves: false };
const ROUGH: Effort = Effort { share: 0.05, proves: false };
/// With a bound: the first search for targets that moves have found, those that set right what it misses, so many at most, and the last one,
/// for the targets of the best roster.
const SEARCH: Effort = Effort { share: 0.25, proves: true };
const CORRECTION: Effort = Effort { share: 0.08, proves: true };
const CORRECTIONS: usize = 8;
const LAST: Effort = Effort { share: 0.2, proves: true };

/// Plans for one round or more what the days and, `asked`, the hours after them require; the cheapest roster whose goals hold, or the one that comes
/// nearest.
///
/// Rounds of moves alone come first: they bring targets near to where goals hold. A search with its bound finds rosters that moves do not, so
/// short ones follow as long as a goal is missed; and a long one for the targets of the best roster says what no roster gets below.
pub(super) fn run(
    workspace: &Workspace,
    plan: &Plan,
    (requirement, asked, workforce): (&Requirement, &Requirement, &Workforce),
    promised: Option<&Promised>,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Looped, PlanError> {
    let of = Loop::new(workspace, plan, (requirement, asked, workforce), promised, options, progress);
    let all = staffing::pools_of_people(plan.queues.len(), &workforce.groups);
    let targets = PoolTargets::of_goals(&plan.queues, asked.grid.len());
    let binding = staffing::binding(&all, asked, &plan.queues, &targets);
    let aims = Aims { all, asked: binding, targets, steering: Steering::new(&plan.queues) };
    let mut rounds = Rounds::new(of, aims, promised, if promised.is_some() { ROUGH } else { FIRST })?;
    for _ in 1..options.rounds() {
        if rounds.gain_little() {
            break;
        }
        rounds.next(ROUGH)?;
    }
    rounds.settle(ROUGH)?;
    rounds.next(SEARCH)?;
    for _ in 0..CORRECTIONS {
        if rounds.holds() {
            break;
        }
        rounds.next(CORRECTION)?;
    }
    rounds.prove(LAST)
}
