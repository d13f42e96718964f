//! Why an agent has no legal line, and what would help.

use tr::tr;

use crate::domain::conflict::Conflict;
use crate::domain::fairness::BurdenPrice;
use crate::domain::ids::AgentIx;
use crate::domain::rule::Rule;
use crate::domain::time::Zone;
use crate::domain::workforce::Agent;
use crate::language::translated;
use crate::roster::engine::loosening::Terms;
use crate::roster::pricing::scratch::Scratch;

use super::case::Case;
use super::irreducible::irreducible;
use super::owed::dates_and_figures;
use super::repairs::{Tried, repairs};

/// An agent without a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stuck {
    pub(super) agent: AgentIx,
    pub(super) conflict: Conflict,
    /// The first repair and the terms that it leaves, if there is one.
    pub(super) way: Option<Tried>,
}

impl Stuck {
    /// The same of an agent who differs in nothing that matters.
    pub(super) fn of_twin(&self, index: AgentIx, agent: &Agent) -> Self {
        let mut twin = self.clone();
        let who = agent.id.to_string();
        twin.agent = index;
        twin.conflict.who.clone_from(&who);
        let repairs = twin.conflict.repairs.iter_mut().chain(twin.way.iter_mut().map(|way| &mut way.repair));
        repairs.flat_map(|repair| &mut repair.changes).for_each(|change| change.who = vec![who.clone()]);
        twin
    }
}

/// What of an agent decides which lines are legal, and what they are paid.
pub(super) fn bare(agent: &Agent) -> Agent {
    let mut bare = agent.clone();
    bare.wishes.clear();
    bare.burden = BurdenPrice::default();
    bare.burdens_before.clear();
    bare.skills.clear();
    bare.level.clear();
    bare.name.clear();
    bare
}

/// The conflict of an agent who has no line.
pub(super) fn of_agent(case: &Case<'_>, index: AgentIx, zone: Zone, scratch: &mut Scratch) -> Stuck {
    let workforce = case.problem.workforce;
    let agent = &workforce.agents[index.0];
    let terms = Terms { agent: bare(agent), rules: workforce.rules_of(agent).clone() };
    let (binding, interval) = (terms.binding(case.interval()), case.interval());
    let found = irreducible(&binding, |left_out| !case.has_line(&terms.without(left_out, interval), scratch));
    let left_out: Vec<Rule> = binding.iter().copied().filter(|rule| !found.set.contains(rule)).collect();
    let (dates, mut detail) = dates_and_figures(case, &terms, (&found.set, &left_out), scratch);
    if found.alone.is_empty() && found.set.len() > 1 {
        detail += &tr!("; no one of these rules is enough to leave out");
    } else if found.alone.len() < found.set.len() {
        let alone: Vec<String> = found.alone.iter().map(|rule| translated(rule.name())).collect();
        detail += &tr!("; leaving out one of these rules is enough only for: {}", alone.join(", "));
    }
    let tried = repairs(case, &terms, (&found.alone, &binding), zone, scratch);
    let conflict = Conflict {
        who: agent.id.to_string(),
        contract: Some(workforce.contracts[agent.contract.0].id.clone()),
        rules: found.set,
        dates,
        detail,
        is_proved: true,
        repairs: tried.iter().map(|tried| tried.repair.clone()).collect(),
    };
    Stuck { agent: index, conflict, way: tried.into_iter().next() }
}
