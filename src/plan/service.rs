//! The service stage: a roster lived through.

use std::path::Path;

use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::roster::Shift;
use crate::domain::service::Service;
use crate::domain::warning::Warning;
use crate::domain::workforce::Workforce;
use crate::simulate::{self, SimulatedRoster, SimulationParams};
use crate::workspace::Workspace;

use super::model::{Plan, Simulated};
use super::options::{PlanError, RunOptions};
use super::rostering::{people, violations};

/// Lives through the roster of a file, legal or not: `plan` holds the forecast and the requirement, and takes the service in.
///
/// # Errors
/// Every row of the roster that cannot be used, or it was cancelled on the way.
pub fn live_through(
    workspace: &Workspace,
    plan: &mut Plan,
    file: &Path,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<(), PlanError> {
    progress.stage("simulate");
    let Some(requirement) = &plan.requirement else { return Ok(()) };
    let (workforce, _) = people(workspace, &plan.period, plan.as_of, &options.after)?;
    let given = workspace.roster_from(file, &workforce, &plan.period)?;
    let broken = violations(&plan.period, &workforce, &given.shifts);
    let params = options.simulation.unwrap_or_default();
    let service = service(workspace, plan, (requirement, &workforce, &given.shifts), &params, progress)?;
    plan.warnings.extend(given.warnings.iter().cloned().map(Warning::Input));
    if !broken.is_empty() {
        plan.warnings.push(Warning::IllegalRoster(broken.len()));
    }
    let routing = workspace.routing;
    plan.simulated = Some(Simulated { service, workforce, shifts: given.shifts, routing, params });
    Ok(())
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
