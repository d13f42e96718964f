//! A roster of a file lived through: the service stage without the roster stage.

use std::path::Path;

use crate::domain::progress::Progress;
use crate::domain::units::Money;
use crate::domain::warning::Warning;
use crate::workspace::Workspace;

use super::ceilings::refuse_far_too_few_people;
use super::model::Plan;
use super::options::{PlanError, RunOptions};
use super::rostering::{people, violations};
use super::service::simulated;

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
    let Some(requirement) = &plan.requirement else { return Ok(()) };
    let (workforce, _) = people(workspace, &plan.period, plan.as_of, &options.after)?;
    refuse_far_too_few_people(plan, requirement, &workforce, options)?;
    let given = workspace.roster_from(file, &workforce, &plan.period)?;
    let broken = violations(&plan.period, &workforce, &given.shifts);
    let params = options.simulation.unwrap_or_default();
    // No checker has seen this roster, so there is no payroll: base pay alone.
    let mut pay = vec![Money::ZERO; workforce.agents.len()];
    for shift in &given.shifts {
        pay[shift.agent.0] += Money::for_minutes(workforce.agents[shift.agent.0].hourly_cost, shift.paid());
    }
    let simulated = simulated(workspace, plan, (requirement, &workforce, &given.shifts), &pay, params, progress)?;
    plan.warnings.extend(given.warnings.iter().cloned().map(Warning::Input));
    if !broken.is_empty() {
        plan.warnings.push(Warning::IllegalRoster(broken.len()));
    }
    plan.simulated = Some(simulated);
    Ok(())
}
