//! The service stage: a roster lived through.

use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::roster::Shift;
use crate::domain::service::Service;
use crate::domain::workforce::Workforce;
use crate::simulate::{self, SimulatedRoster, SimulationParams};
use crate::workspace::Workspace;

use super::model::{Plan, Rostered, Simulated};
use super::options::{PlanError, RunOptions};

/// The service of a roster that this run made, with other contacts than it was planned on.
pub(super) fn live_through_own(
    workspace: &Workspace,
    plan: &Plan,
    (requirement, rostered): (&Requirement, &Rostered),
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Simulated, PlanError> {
    progress.stage("simulate");
    let fresh = SimulationParams { seed: options.search.seed.wrapping_add(1), ..SimulationParams::default() };
    let params = options.simulation.unwrap_or(fresh);
    let (workforce, shifts) = (&rostered.workforce, &rostered.checked.roster().shifts);
    let service = service(workspace, plan, (requirement, workforce, shifts), &params, progress)?;
    Ok(Simulated { service, routing: workspace.routing, params })
}

/// The service that shifts give.
pub(super) fn service(
    workspace: &Workspace,
    plan: &Plan,
    (requirement, workforce, shifts): (&Requirement, &Workforce, &[Shift]),
    params: &SimulationParams,
    progress: &dyn Progress,
) -> Result<Service, PlanError> {
    let roster = SimulatedRoster {
        period: &plan.period,
        queues: &plan.queues,
        workforce,
        shifts,
        forecast: &plan.forecast,
        requirement,
        routing: workspace.routing,
    };
    Ok(simulate::simulate(&roster, params, progress)?)
}
