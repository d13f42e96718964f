//! The service stage: a roster lived through, what one more person would change, which hours are free, and what would help most.

use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::roster::Shift;
use crate::domain::service::Service;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::simulate::{self, SimulatedRoster, SimulationParams};
use crate::workspace::Workspace;

use super::model::{Plan, Rostered, Simulated};
use super::options::{PlanError, RunOptions};
use super::{free_hours, improvements, one_more};

/// What of a roster is lived through.
pub(super) type Lived<'a> = (&'a Requirement, &'a Workforce, &'a [Shift]);

/// The service of a roster that this run made, with other contacts than it was planned on.
pub(super) fn live_through_own(
    workspace: &Workspace,
    plan: &Plan,
    (requirement, rostered): (&Requirement, &Rostered),
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Simulated, PlanError> {
    let fresh = SimulationParams { seed: options.search.seed.wrapping_add(1), ..SimulationParams::default() };
    let params = options.simulation.unwrap_or(fresh);
    let (workforce, shifts) = (&rostered.workforce, &rostered.checked.roster().shifts);
    let mut pay = vec![Money::ZERO; workforce.agents.len()];
    for line in rostered.checked.pay() {
        pay[line.agent.0] += line.amount;
    }
    let lived = (requirement, workforce, &shifts[..]);
    let mut simulated = simulated(workspace, plan, lived, &pay, params, progress)?;
    progress.stage("improvements");
    let (of, one_more) = (roster(workspace, plan, lived), (&simulated.one_more, &pay[..]));
    simulated.improvements = Some(improvements::of_roster(&of, &simulated.service, one_more, &params, progress)?);
    Ok(simulated)
}

/// A roster lived through, whose people are paid so much for the plan.
pub(super) fn simulated(
    workspace: &Workspace,
    plan: &Plan,
    lived: Lived<'_>,
    pay: &[Money],
    params: SimulationParams,
    progress: &dyn Progress,
) -> Result<Simulated, PlanError> {
    progress.stage("simulate");
    let service = service(workspace, plan, lived, &params, progress)?;
    progress.stage("one more");
    let roster = roster(workspace, plan, lived);
    let one_more = one_more::of_each(&roster, &service, &params, (pay, &plan.prices), progress)?;
    progress.stage("free hours");
    let free_hours = free_hours::of_roster(&roster, &params, progress)?;
    Ok(Simulated { service, routing: workspace.routing, params, one_more, free_hours, improvements: None })
}

/// The service that shifts give.
pub(super) fn service(
    workspace: &Workspace,
    plan: &Plan,
    lived: Lived<'_>,
    params: &SimulationParams,
    progress: &dyn Progress,
) -> Result<Service, PlanError> {
    Ok(simulate::simulate(&roster(workspace, plan, lived), params, progress)?)
}

fn roster<'a>(
    workspace: &Workspace,
    plan: &'a Plan,
    (requirement, workforce, shifts): Lived<'a>,
) -> SimulatedRoster<'a> {
    SimulatedRoster {
        period: &plan.period,
        queues: &plan.queues,
        workforce,
        shifts,
        forecast: &plan.forecast,
        requirement,
        routing: workspace.routing,
    }
}
