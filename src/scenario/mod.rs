//! What-if: the base and each scenario planned with the same options, and compared in one table.

use crate::domain::ids::{QueueId, QueueIx};
use crate::domain::progress::Progress;
use crate::domain::units::Money;
use crate::plan::{self, Plan, PlanError, Rostered, RunOptions};
use crate::workspace::Workspace;

/// The figures of one planned scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioRow {
    /// `base`, or the scenario's name.
    pub name: String,
    /// Contacts expected over the plan, all queues.
    pub contacts: f64,
    /// Agent hours to be rostered for the service goals.
    pub required_hours: f64,
    /// Paid hours rostered.
    pub rostered_hours: f64,
    /// Base pay.
    pub wages: Money,
    /// Premiums.
    pub premiums: Money,
    /// What the optimiser minimised: pay and prices.
    pub objective: Money,
    /// (objective − bound) / objective.
    pub gap: f64,
    /// Service expected per queue, weighted by contacts, in the order of queues.
    pub service: Vec<(QueueId, f64)>,
    /// Agent hours missing against the requirement.
    pub short_hours: f64,
    /// Agent hours beyond it.
    pub over_hours: f64,
}

/// The base first, then the scenarios in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// One row per plan.
    pub rows: Vec<ScenarioRow>,
}

/// A named workspace to plan: the base, or the base with a scenario laid over it.
#[derive(Debug)]
pub struct Variant {
    /// `base`, or the scenario's name.
    pub name: String,
    /// What to plan.
    pub workspace: Workspace,
}

/// Plans every variant with the same options.
///
/// # Errors
/// The first variant that cannot be planned, with its name.
pub fn run(
    variants: &[Variant],
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Vec<(String, Plan)>, (String, PlanError)> {
    variants
        .iter()
        .map(|variant| {
            progress.stage(&format!("scenario {}", variant.name));
            let plan =
                plan::run(&variant.workspace, options, progress).map_err(|error| (variant.name.clone(), error))?;
            Ok((variant.name.clone(), plan))
        })
        .collect()
}

/// Puts rostered plans side by side; plans without a roster have no row.
#[must_use]
pub fn compare(plans: &[(String, Plan)]) -> Comparison {
    let row = |(name, plan): &(String, Plan)| plan.rostered.as_ref().map(|rostered| summarise(name, plan, rostered));
    Comparison { rows: plans.iter().filter_map(row).collect() }
}

fn summarise(name: &str, plan: &Plan, rostered: &Rostered) -> ScenarioRow {
    let cost = rostered.checked.cost();
    let contacts = plan.forecast.queues.iter().flat_map(|queue| &queue.whole.offered).sum();
    let required_hours = plan.requirement.as_ref().map_or(0.0, |requirement| {
        (0..plan.queues.len()).map(|queue| requirement.scheduled_hours(QueueIx(queue))).sum()
    });
    ScenarioRow {
        name: name.to_owned(),
        contacts,
        required_hours,
        rostered_hours: rostered.checked.roster().shifts.iter().map(|shift| shift.paid().as_hours()).sum(),
        wages: cost.wages,
        premiums: cost.premiums,
        objective: cost.objective(),
        gap: rostered.checked.gap(),
        service: plan
            .queues
            .iter()
            .enumerate()
            .map(|(ix, queue)| (queue.id.clone(), plan.service(QueueIx(ix)).unwrap_or(1.0)))
            .collect(),
        short_hours: rostered.checked.short_hours(),
        over_hours: rostered.checked.over_hours(),
    }
}
