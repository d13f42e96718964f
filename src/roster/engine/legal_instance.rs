//! A problem made ready for search, if everybody has a legal line.

use crate::domain::conflict::Tried;
use crate::domain::ids::AgentIx;
use crate::roster::instance::Instance;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::{NoSolution, RosterProblem};

use super::conflicts;

/// The instance, or the conflicts of the agents who have no legal line.
pub(super) fn legal_instance<'a>(problem: &'a RosterProblem<'a>) -> Result<Instance<'a>, NoSolution> {
    let of_agents = |stuck: Vec<AgentIx>| conflicts::of_agents(problem, &stuck, Tried::Roster);
    prepared(problem).map_err(|stuck| NoSolution::Conflicts(of_agents(stuck)))
}
