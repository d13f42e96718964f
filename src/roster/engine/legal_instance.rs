//! A problem made ready for search, if everybody has a legal line.

use crate::domain::ids::AgentIx;
use crate::roster::instance::Instance;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::{NoSolution, RosterProblem};

use super::conflicts;

/// The instance, or the conflicts of the agents who have no legal line.
pub(super) fn legal_instance<'a>(problem: &'a RosterProblem<'a>) -> Result<Instance<'a>, NoSolution> {
    prepared(problem).map_err(|stuck: Vec<AgentIx>| NoSolution::Conflicts(conflicts::of_agents(problem, &stuck)))
}
