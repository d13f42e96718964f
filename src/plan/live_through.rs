//! A roster of a file lived through: the service stage without the roster stage.

use std::path::Path;

use crate::domain::progress::Progress;
use crate::domain::warning::Warning;
use crate::workspace::Workspace;

use super::model::{Plan, Simulated};
use super::options::{PlanError, RunOptions};
use super::rostering::{people, violations};
use super::service::service;

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
    plan.simulated = Some(Simulated { service, routing, params });
    Ok(())
}
