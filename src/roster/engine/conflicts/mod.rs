//! Why no legal roster exists: which rules, for whom, on which dates, with the figures asked and possible; and what would help.
//!
//! | file | what it does |
//! |---|---|
//! | [`irreducible`] | the smallest set of rules that cannot be kept together |
//! | [`case`] | what agents of a contract and site can do under some rules |
//! | [`owed`] | the weeks that matter, and the figures |
//! | [`repairs`] | the smallest steps that help |
//! | [`of_agent`] | the conflict of an agent |
//! | [`changed`] | changes of many told once |
//! | [`crowd`], [`seats`] | the conflict of a site whose seats do not suffice |
//! | [`way_out`] | the repairs of all conflicts together, tried |

mod irreducible;
mod case;
mod owed;
mod repairs;
mod of_agent;
mod changed;
mod crowd;
mod seats;
mod way_out;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::conflict::{Deadlock, Tried};
use crate::domain::ids::{AgentIx, ContractIx, SiteIx};
use crate::domain::workforce::Agent;
use crate::roster::instance::slots::SlotGrid;
use crate::roster::pricing::legal_models::legal_models;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::problem::RosterProblem;

use case::Case;
use of_agent::{Stuck, bare, of_agent};
pub(super) use seats::of_seats;
use way_out::Way;

/// The conflicts that leave agents without a legal line, whatever cover costs; whether seats suffice is not looked at.
#[must_use]
pub fn conflicts_of_agents(problem: &RosterProblem<'_>) -> Deadlock {
    let stuck = legal_models(problem, &SlotGrid::new(problem)).err().unwrap_or_default();
    of_agents(problem, &stuck, Tried::Lines)
}

/// The conflicts of agents who have no legal line, in order, and what resolves them all, tried as far as asked.
pub(super) fn of_agents(problem: &RosterProblem<'_>, agents: &[AgentIx], until: Tried) -> Deadlock {
    let slot_grid = SlotGrid::new(problem);
    // Those of one contract and site share their shifts, under whatever rules.
    let mut alike: BTreeMap<(ContractIx, SiteIx), Vec<AgentIx>> = BTreeMap::new();
    for &index in agents {
        let agent = &problem.workforce.agents[index.0];
        alike.entry((agent.contract, agent.site)).or_default().push(index);
    }
    let mut stuck: Vec<Stuck> = alike.values().flat_map(|alike| of_alike(problem, &slot_grid, alike)).collect();
    stuck.sort_by_key(|stuck| stuck.agent);
    let Way { out: way_out, seats } = way_out::of_agents(problem, &stuck, until);
    Deadlock { conflicts: stuck.into_iter().map(|stuck| stuck.conflict).chain(seats).collect(), way_out }
}

/// The conflicts of agents of one contract and site; those who differ in nothing that matters share one.
fn of_alike(problem: &RosterProblem<'_>, slot_grid: &SlotGrid, alike: &[AgentIx]) -> Vec<Stuck> {
    let agents = &problem.workforce.agents;
    let Some(first) = alike.first().map(|index| &agents[index.0]) else { return Vec::new() };
    let (case, zone) = (Case::new(problem, slot_grid, first.site), problem.workforce.site_of(first).zone);
    let nameless = |agent: &Agent| Agent { id: first.id.clone(), group: first.group, ..bare(agent) };
    let mut kinds: Vec<(Agent, Vec<AgentIx>)> = Vec::new();
    for &index in alike {
        let agent = nameless(&agents[index.0]);
        match kinds.iter_mut().find(|(kind, _)| *kind == agent) {
            Some((_, twins)) => twins.push(index),
            None => kinds.push((agent, vec![index])),
        }
    }
    let of_kind = |scratch: &mut Scratch, (_, twins): &(Agent, Vec<AgentIx>)| {
        let stuck = of_agent(&case, twins[0], zone, scratch);
        twins.iter().map(|&twin| stuck.of_twin(twin, &agents[twin.0])).collect::<Vec<Stuck>>()
    };
    let stuck: Vec<Vec<Stuck>> = kinds.par_iter().map_init(Scratch::default, of_kind).collect();
    stuck.into_iter().flatten().collect()
}
