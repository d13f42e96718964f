//! Models of agents who have a legal line, and what nobody can avoid to pay them.

use rayon::prelude::*;

use crate::domain::ids::AgentIx;
use crate::domain::labour::LabourRules;
use crate::domain::units::Money;
use crate::domain::workforce::Agent;
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::libraries::libraries;
use crate::roster::instance::shifts::ShiftLibrary;
use crate::roster::instance::slots::SlotGrid;
use crate::roster::instance::{Instance, Ready};
use crate::roster::problem::RosterProblem;

use super::cheapest_line::cheapest;
use super::scratch::Scratch;
use super::shift_prices::Values;

/// Prepares an instance; the agents who have no legal line are returned instead, if there are any.
pub(crate) fn prepared<'a>(problem: &'a RosterProblem<'a>) -> Result<Instance<'a>, Vec<AgentIx>> {
    let slot_grid = SlotGrid::new(problem);
    let ready = legal_models(problem, &slot_grid)?;
    Ok(Instance::new(problem, slot_grid, ready))
}

/// The shift libraries of an instance and the model of every agent, in order; the agents who have no legal line are returned
/// instead, if there are any.
pub(crate) fn legal_models(problem: &RosterProblem<'_>, slot_grid: &SlotGrid) -> Result<Ready, Vec<AgentIx>> {
    let workforce = problem.workforce;
    let (index, libraries) = libraries(problem, slot_grid);
    let built: Vec<Option<AgentModel>> = workforce
        .agents
        .par_iter()
        .map_init(Scratch::default, |scratch, agent| {
            let library = index.get(&(agent.contract.0, agent.site.0)).copied()?;
            model_if_legal(agent, workforce.rules_of(agent), (library, &libraries[library]), slot_grid, scratch)
        })
        .collect();
    let stuck: Vec<AgentIx> =
        built.iter().enumerate().filter(|(_, model)| model.is_none()).map(|(at, _)| AgentIx(at)).collect();
    if stuck.is_empty() { Ok((libraries, built.into_iter().flatten().collect())) } else { Err(stuck) }
}

/// An agent's model, if at least one line is legal, rests included.
pub(crate) fn model_if_legal(
    agent: &Agent,
    rules: &LabourRules,
    library: (usize, &ShiftLibrary),
    slot_grid: &SlotGrid,
    scratch: &mut Scratch,
) -> Option<AgentModel> {
    let mut model = AgentModel::new(agent, rules, library, slot_grid)?;
    let nothing = vec![0.0; slot_grid.slots + 1];
    let path = cheapest(&model, library.1, &Values { worth: &nothing, present: None, full: None }, scratch)?;
    model.least = path.least;
    model.legal = model.counters.is_some().then_some(path.picks);
    Some(model)
}

/// Sum over agents of the least wages and premiums that a legal line can have, wishes and cover left aside.
pub(crate) fn unavoidable_wages(instance: &Instance<'_>) -> f64 {
    let nothing = vec![0.0; instance.slot_grid.slots + 1];
    let values = Values { worth: &nothing, present: None, full: None };
    // A long plan would keep the user waiting for a figure that a quick search gives nearly as well.
    let scratch = if instance.strain() > 1.0 { Scratch::default } else { Scratch::thorough };
    let wages: Vec<f64> = (0..instance.models.len())
        .into_par_iter()
        .map_init(scratch, |scratch, at| {
            if instance.agent(at).hourly_cost == Money::ZERO {
                return 0.0;
            }
            let mut model = instance.models[at].clone();
            model.forget_wishes();
            cheapest(&model, instance.library(at), &values, scratch).map_or(0.0, |path| path.least)
        })
        .collect();
    wages.iter().sum()
}
