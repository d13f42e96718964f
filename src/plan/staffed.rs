//! The staffing stage: what the queues require, what it costs to staff for more than the mean, and what people who share queues would need.

use crate::domain::ids::QueueIx;
use crate::domain::problem::Problems;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::shared_people::SharedPeople;
use crate::domain::staff_to::{BeyondMean, StaffTo};
use crate::domain::units::Money;
use crate::domain::warning::Warning;
use crate::domain::workforce::Workforce;
use crate::staffing;
use crate::workspace::Workspace;

use super::ceilings::refuse_too_much_work;
use super::model::Plan;
use super::options::RunOptions;

/// What the stage gives.
pub(super) struct Staffed {
    pub(super) requirement: Requirement,
    pub(super) beyond_mean: Vec<BeyondMean>,
    pub(super) shared: Option<SharedPeople>,
    pub(super) warnings: Vec<Warning>,
}

/// The requirement of the forecast with what is to be known of it; or with the agents that a file states, to which nothing is compared.
pub(super) fn staffed(workspace: &Workspace, plan: &Plan, options: &RunOptions) -> Result<Staffed, Problems> {
    let computed = require(workspace, plan, &plan.queues);
    refuse_too_much_work(plan, &computed, options)?;
    if let Some(file) = &options.requirement {
        let open: Vec<Vec<bool>> = computed.queues.iter().map(|queue| queue.open.clone()).collect();
        let agents = workspace.agents_from(file, &computed.grid, &open)?;
        let requirement = staffing::state(computed, &plan.queues, agents, &workspace.staffing);
        return Ok(Staffed { requirement, beyond_mean: Vec::new(), shared: None, warnings: Vec::new() });
    }
    let beyond: Vec<QueueIx> = beyond_mean(plan).collect();
    let at_mean = (!beyond.is_empty()).then(|| {
        let mean = |queue: &Queue| Queue { staff_to: StaffTo::Mean, ..queue.clone() };
        require(workspace, plan, &plan.queues.iter().map(mean).collect::<Vec<_>>())
    });
    // Nobody has to be there for this stage; what is wrong with the people is for the roster to say.
    let people = workspace.has_agents().then(|| workspace.workforce(&plan.period, plan.as_of).ok()).flatten();
    let groups = people.as_ref().map_or(&[][..], |people| &people.groups);
    let mean = at_mean.as_ref().unwrap_or(&computed);
    let cost = |&queue: &QueueIx| {
        let hours = computed.scheduled_hours(queue) - mean.scheduled_hours(queue);
        let cost = people.as_ref().and_then(|people| hourly_cost(people, queue));
        BeyondMean { queue, hours, pay: cost.map(|cost| Money::rounded(cost * hours)) }
    };
    Ok(Staffed {
        shared: staffing::shared_people(mean, &plan.queues, groups, plan.period.weeks),
        beyond_mean: beyond.iter().map(cost).collect(),
        warnings: warnings(plan, &beyond),
        requirement: computed,
    })
}

fn require(workspace: &Workspace, plan: &Plan, queues: &[Queue]) -> Requirement {
    let (zone, params) = (plan.period.zone, &workspace.staffing);
    staffing::require(&plan.forecast, queues, &plan.holidays, &workspace.backlog, zone, params)
}

/// Queues that are staffed for more than the mean.
fn beyond_mean(plan: &Plan) -> impl Iterator<Item = QueueIx> + '_ {
    (0..plan.queues.len()).filter(|queue| plan.queues[*queue].staff_to != StaffTo::Mean).map(QueueIx)
}

/// The mean hourly cost of the people who can take a queue, if there are any.
fn hourly_cost(people: &Workforce, queue: QueueIx) -> Option<f64> {
    let takes = |group: usize| people.groups[group].abilities.iter().any(|ability| ability.queue == queue);
    let costs: Vec<f64> =
        people.agents.iter().filter(|agent| takes(agent.group.0)).map(|agent| agent.hourly_cost.as_f64()).collect();
    (!costs.is_empty()).then(|| costs.iter().sum::<f64>() / costs.len() as f64)
}

fn warnings(plan: &Plan, beyond: &[QueueIx]) -> Vec<Warning> {
    let is_certain = |queue: &&QueueIx| {
        let of = &plan.forecast.queues[queue.0];
        let cv = of.load_cv(&plan.forecast.grid, plan.period.zone);
        of.whole.offered.total() > 0.0 && cv.into_iter().all(|cv| cv <= 0.0)
    };
    let certain = beyond.iter().filter(is_certain).map(|queue| {
        let Queue { id, staff_to, .. } = &plan.queues[queue.0];
        Warning::CertainForecast { queue: id.clone(), staff_to: *staff_to }
    });
    certain.collect()
}
