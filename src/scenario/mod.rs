//! What-if: the base and each scenario planned with the same options, and compared in one table.

use crate::domain::ids::{QueueId, QueueIx};
use crate::domain::progress::Progress;
use crate::domain::roster::RosterCost;
use crate::domain::units::Money;
use crate::domain::warning::Warning;
use crate::plan::{self, Plan, PlanError, Rostered, RunOptions};
use crate::staffing::CoverPriceParams;
use crate::workspace::Workspace;

/// The figures of one planned scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioRow {
    /// `base`, or that of the scenario's file: the folder of its plan.
    pub id: String,
    /// What the scenario calls itself; its id where it does not.
    pub name: String,
    /// Why one would ask, in the planner's words.
    pub why: Option<String>,
    /// Whether its roster was brought along, so that no search could make it cheaper.
    pub is_given: bool,
    /// Contacts expected over the plan, all queues.
    pub contacts: f64,
    /// Agent hours to be rostered for the service goals.
    pub required_hours: f64,
    /// Paid hours rostered.
    pub rostered_hours: f64,
    /// Pay and prices, part by part.
    pub cost: RosterCost,
    /// No legal roster has a lower objective.
    pub bound: Money,
    /// (objective − bound) / objective.
    pub gap: f64,
    /// Service of all queues together, simulated, weighted by contacts; none where the plan decides of no contact.
    pub service_overall: Option<f64>,
    /// Service per queue, simulated, in the order of queues.
    pub service: Vec<(QueueId, Option<f64>)>,
    /// Goals that the simulation misses, of all of which something is decided.
    pub goals_missed: Option<(usize, usize)>,
    /// Where nights, weekends and the like have a price: Jain's index of the points after the plan, and those of whoever has most.
    pub equality: Option<(f64, f64)>,
    /// Agent hours missing against the requirement.
    pub short_hours: f64,
    /// Agent hours beyond it.
    pub over_hours: f64,
    /// Whether people were planned for in pools, whose targets the simulation moved: then the objective is in prices of its own.
    pub is_steered: bool,
    /// What the objective charges for missing agents, agents too many and late contacts.
    pub prices: CoverPriceParams,
}

/// What the objectives of two plans say of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// All figures are the same.
    Same,
    /// They are in other prices: their difference says nothing.
    OtherPrices,
    /// It is proved which is less: the dearer one cannot be brought below the other.
    Proved,
    /// More search could reverse them.
    Open,
}

impl ScenarioRow {
    /// What could still be saved, at most.
    #[must_use]
    pub fn open(&self) -> Money {
        self.cost.objective() - self.bound
    }

    /// The queue served worst, of those of whose contacts the plan decides.
    #[must_use]
    pub fn lowest_service(&self) -> Option<(&QueueId, f64)> {
        self.service
            .iter()
            .filter_map(|(queue, of)| Some((queue, (*of)?)))
            .min_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// What its objective and that of another plan say of each other.
    #[must_use]
    pub fn against(&self, other: &Self) -> Difference {
        let named = Self { id: other.id.clone(), name: other.name.clone(), why: other.why.clone(), ..self.clone() };
        let (one, two) = (self.cost.objective(), other.cost.objective());
        let dearer = if one > two { self } else { other };
        match () {
            () if named == *other => Difference::Same,
            () if self.prices != other.prices || self.is_steered || other.is_steered => Difference::OtherPrices,
            () if self.is_given && other.is_given => Difference::Proved,
            () if dearer.bound > one.min(two) => Difference::Proved,
            () => Difference::Open,
        }
    }
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
    /// `base`, or that of the scenario's file.
    pub id: String,
    /// What to plan.
    pub workspace: Workspace,
}

/// A variant that was planned.
#[derive(Debug)]
pub struct Planned {
    /// `base`, or that of the scenario's file.
    pub id: String,
    /// What the scenario calls itself, and why one would ask; nothing of the base.
    pub words: Option<(String, Option<String>)>,
    /// Its plan.
    pub plan: Plan,
}

/// Plans every variant with the same options.
///
/// # Errors
/// The first variant that cannot be planned, with its id.
pub fn run(
    variants: &[Variant],
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Vec<Planned>, (String, PlanError)> {
    variants
        .iter()
        .map(|variant| {
            let (id, workspace) = (variant.id.clone(), &variant.workspace);
            progress.stage(&format!("scenario {id}"));
            let plan = plan::run(workspace, options, progress).map_err(|error| (id.clone(), error))?;
            let words = workspace.scenarios.last().map(|scenario| (scenario.name.clone(), scenario.why.clone()));
            Ok(Planned { id, words, plan })
        })
        .collect()
}

/// Puts rostered plans side by side; plans without a roster have no row.
#[must_use]
pub fn compare(plans: &[Planned]) -> Comparison {
    let row = |planned: &Planned| planned.plan.rostered.as_ref().map(|rostered| summarise(planned, rostered));
    Comparison { rows: plans.iter().filter_map(row).collect() }
}

fn summarise(planned: &Planned, rostered: &Rostered) -> ScenarioRow {
    let Planned { id, words, plan } = planned;
    let (name, why) = words.clone().unwrap_or_else(|| (id.clone(), None));
    let cost = rostered.checked.cost();
    let contacts = plan.forecast.queues.iter().flat_map(|queue| &queue.whole.offered).sum();
    let required_hours = plan.requirement.as_ref().map_or(0.0, |requirement| {
        (0..plan.queues.len()).map(|queue| requirement.scheduled_hours(QueueIx(queue))).sum()
    });
    ScenarioRow {
        id: id.clone(),
        name,
        why,
        is_given: plan.warnings.contains(&Warning::GivenRoster),
        is_steered: !rostered.rounds.is_empty(),
        contacts,
        required_hours,
        rostered_hours: rostered.checked.roster().shifts.iter().map(|shift| shift.paid().as_hours()).sum(),
        cost,
        bound: rostered.checked.bound().objective,
        gap: rostered.checked.gap(),
        service_overall: plan.service_overall(),
        service: plan
            .queues
            .iter()
            .enumerate()
            .map(|(ix, queue)| (queue.id.clone(), plan.service(QueueIx(ix))))
            .collect(),
        goals_missed: plan.goals_missed(),
        equality: plan::priced_equality(rostered),
        short_hours: rostered.coverage.short_hours(),
        over_hours: rostered.coverage.over_hours(),
        prices: plan.prices,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(objective: f64, bound: f64) -> ScenarioRow {
        ScenarioRow {
            id: "base".into(),
            name: "base".into(),
            why: None,
            is_given: false,
            is_steered: false,
            contacts: 0.0,
            required_hours: 0.0,
            rostered_hours: 0.0,
            cost: RosterCost { wages: Money::rounded(objective), ..RosterCost::default() },
            bound: Money::rounded(bound),
            gap: 1.0 - bound / objective,
            service_overall: None,
            service: Vec::new(),
            goals_missed: None,
            equality: None,
            short_hours: 0.0,
            over_hours: 0.0,
            prices: CoverPriceParams::default(),
        }
    }

    #[test]
    fn a_difference_is_told_only_beyond_what_the_dearer_plan_leaves_open() {
        // 1,000 against 1,030: with a bound of 990 the dearer one might come out below, with 1,010 it cannot.
        let base = row(1000.0, 900.0);
        for (bound, difference) in [(990.0, Difference::Open), (1010.0, Difference::Proved)] {
            assert_eq!(row(1030.0, bound).against(&base), difference);
            assert_eq!(base.against(&row(1030.0, bound)), difference);
        }
        assert_eq!(row(1030.0, 990.0).open(), Money::rounded(40.0));
    }

    #[test]
    fn plans_are_the_same_when_every_figure_is_and_other_prices_come_first() {
        let base = row(1000.0, 900.0);
        // Rosters that were brought along cost what they cost: no search could reverse them.
        let given = |row: &ScenarioRow| ScenarioRow { is_given: true, ..row.clone() };
        assert_eq!(given(&row(100.0, 80.0)).against(&given(&row(90.0, 80.0))), Difference::Proved);
        let renamed = ScenarioRow { id: "calm".into(), name: "A calm week".into(), ..base.clone() };
        assert_eq!(renamed.against(&base), Difference::Same);
        let fewer = ScenarioRow { contacts: -1.0, ..renamed.clone() };
        assert_eq!(fewer.against(&base), Difference::Open);
        let mut dearer = renamed;
        dearer.prices.late_contact = Some(Money::rounded(4.0));
        assert_eq!(dearer.against(&base), Difference::OtherPrices);
    }
}
