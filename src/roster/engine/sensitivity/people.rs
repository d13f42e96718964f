//! One person more of each group of people who take the same queues.

use std::collections::BTreeMap;

use crate::domain::alternative::Otherwise;
use crate::domain::calendar::DateSpan;
use crate::domain::fairness::BurdenPrice;
use crate::domain::ids::{AgentId, ContractIx, QueueIx, SiteIx};
use crate::domain::workforce::{Agent, Block, BlockReason, Carry, WeekMinutes, Workforce};

use super::change::{Changed, Made};
use super::standing::{Priced, Standing};

/// A person more of each group, who has the contract and site that most of them have.
pub(super) fn one_more(groups: &Workforce, standing: &Standing<'_>) -> Vec<Changed> {
    let likes: Vec<(usize, &Agent)> =
        (0..groups.groups.len()).filter_map(|group| Some((group, typical(groups, group)?))).collect();
    let agents: Vec<Agent> = likes.iter().map(|(_, like)| new_like(groups, like)).collect();
    let people = Workforce { agents, ..standing.problem.workforce.clone() };
    let priced = standing.priced(&people);
    let changed = |((like, person), priced): ((&(usize, &Agent), Agent), Option<Priced>)| {
        let Priced { line, least } = priced?;
        let abilities = &groups.groups[like.0].abilities;
        let mut queues: Vec<QueueIx> = abilities.iter().map(|ability| ability.queue).collect();
        queues.sort_unstable();
        let otherwise = Otherwise::Person { queues, like: like.1.id.clone() };
        let alternative = standing.alternative(otherwise, -least);
        Some(Changed { alternative, made: Made::Person(Box::new((person, line))) })
    };
    likes.iter().zip(people.agents).zip(priced).filter_map(changed).collect()
}

/// Of those of a group with the commonest contract and site the one with fewest absences, the first of equals.
fn typical(workforce: &Workforce, group: usize) -> Option<&Agent> {
    let mut alike: BTreeMap<(ContractIx, SiteIx), Vec<&Agent>> = BTreeMap::new();
    for agent in workforce.agents.iter().filter(|agent| agent.group.0 == group) {
        alike.entry((agent.contract, agent.site)).or_default().push(agent);
    }
    let most = alike.into_values().rev().max_by_key(Vec::len)?;
    most.into_iter().min_by_key(|agent| agent.blocks.iter().filter(|block| is_own(block)).count())
}

/// Whether somebody else of the same contract would be there.
const fn is_own(block: &Block) -> bool {
    matches!(block.reason, BlockReason::Absent(_) | BlockReason::NotEmployed)
}

/// Somebody new, at work throughout the plan, to whom nothing was promised.
fn new_like(workforce: &Workforce, like: &Agent) -> Agent {
    let rules = workforce.rules_of(like);
    let id = AgentId::new(format!("{} once more", like.id));
    Agent {
        name: id.to_string(),
        id,
        employed: DateSpan::default(),
        blocks: like.blocks.iter().filter(|block| !is_own(block)).cloned().collect(),
        weeks: vec![WeekMinutes { min: rules.min_week, max: rules.max_week }; like.weeks.len()],
        settlement: Vec::new(),
        wishes: Vec::new(),
        burdens_before: Vec::new(),
        burden: BurdenPrice::default(),
        promised: Vec::new(),
        owed: Vec::new(),
        before: Carry::default(),
        ..like.clone()
    }
}
