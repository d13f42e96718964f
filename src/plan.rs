//! The pipeline as a page you can read, and what a run produced.

use std::path::{Path, PathBuf};

use crate::domain::calendar::Holiday;
use crate::domain::cover::CoverPrice;
use crate::domain::coverage::Coverage;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Backtest, Forecast};
use crate::domain::history::{CleaningNote, History};
use crate::domain::ids::{QueueId, QueueIx};
use crate::domain::problem::{Problem, Problems};
use crate::domain::progress::{Cancelled, Progress, go_on};
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::roster::Shift;
use crate::domain::rule::{Conflict, Rule, Violation};
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::Share;
use crate::domain::warning::Warning;
use crate::domain::workforce::Workforce;
use crate::forecast::{BacktestOrigins, ForecastInput};
use crate::roster::{CheckedRoster, NoSolution, RosterParams, RosterProblem, Solution};
pub use crate::staffing::CoverPriceParams;
use crate::workspace::{EarlierRoster, Workspace};
use crate::{forecast, ingest, roster, staffing};

/// How far a run goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LastStage {
    /// Contacts expected.
    Forecast,
    /// Agents required.
    Requirement,
    /// Who works when.
    #[default]
    Roster,
}

/// What the user may decide per run. By default everything is known that the history holds, nothing is brought along, and
/// the run goes as far as the roster.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// The last stage to run.
    pub until: LastStage,
    /// Nothing after this is known; none: the end of history.
    pub as_of: Option<Instant>,
    /// The rosters before this one.
    pub after: Vec<PathBuf>,
    /// A forecast to take instead of making one.
    pub forecast: Option<PathBuf>,
    /// Agents required, to take instead of computing them.
    pub requirement: Option<PathBuf>,
    /// A roster to check, price and prove instead of making one.
    pub roster: Option<PathBuf>,
    /// Back-test the forecast.
    pub backtest: Option<BacktestOrigins>,
    /// How hard to search for a roster.
    pub search: RosterParams,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The input is wrong.
    #[error("{0}")]
    Input(#[from] Problems),
    /// No legal roster exists.
    #[error("no legal roster exists")]
    NoRoster(Vec<Conflict>),
    /// The checker refused what the optimiser made: our fault.
    #[error("the roster made breaks {} rules", .0.len())]
    Illegal(Vec<Violation>),
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<NoSolution> for PlanError {
    fn from(why: NoSolution) -> Self {
        match why {
            NoSolution::Conflicts(conflicts) => Self::NoRoster(conflicts),
            NoSolution::Cancelled(cancelled) => Self::Cancelled(cancelled),
        }
    }
}

/// Everything a run produced; what later stages did not run for is absent.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The workspace's folder name, with the scenarios' names behind it.
    pub name: String,
    /// The days planned.
    pub period: PlanPeriod,
    /// Nothing after this was known.
    pub as_of: Instant,
    /// The currency of all money.
    pub currency: String,
    /// What an agent more or fewer costs beside pay.
    pub prices: CoverPriceParams,
    /// The queues, in order.
    pub queues: Vec<Queue>,
    /// Special days.
    pub holidays: Vec<Holiday>,
    /// Events known as of the run.
    pub events: Vec<Event>,
    /// The planner's adjustments, scenario factors included.
    pub adjustments: Vec<Adjustment>,
    /// The cleaned history.
    pub history: History,
    /// What cleaning changed.
    pub cleaning: Vec<CleaningNote>,
    /// What is expected.
    pub forecast: Forecast,
    /// How good such forecasts were, if asked for.
    pub backtest: Option<Backtest>,
    /// What is required.
    pub requirement: Option<Requirement>,
    /// Who works when.
    pub rostered: Option<Rostered>,
    /// What the user should know, in sentences.
    pub warnings: Vec<Warning>,
}

/// The roster part of a plan.
#[derive(Clone, Debug)]
pub struct Rostered {
    /// Who could be rostered.
    pub workforce: Workforce,
    /// The roster, with the checker's verdict.
    pub checked: CheckedRoster,
    /// Its coverage with the service expected of it.
    pub coverage: Coverage,
    /// Rules that the bound's pricing relaxed.
    pub relaxed: Vec<Rule>,
    /// Work the search did; `--work` replays it.
    pub work: u64,
}

impl Plan {
    /// Service expected of a queue over the plan, weighted by contacts; none without a roster or contacts.
    #[must_use]
    pub fn service(&self, queue: QueueIx) -> Option<f64> {
        share(self.served(queue))
    }

    /// Service expected of all queues together, weighted by contacts; none without a roster or contacts.
    #[must_use]
    pub fn service_overall(&self) -> Option<f64> {
        let queues = (0..self.queues.len()).map(|queue| self.served(QueueIx(queue)));
        share(queues.fold((0.0, 0.0), |(served, all), (more, contacts)| (served + more, all + contacts)))
    }

    /// Contacts of a queue served in time, and all of which the plan decides that.
    fn served(&self, queue: QueueIx) -> (f64, f64) {
        let (Some(rostered), Some(requirement)) = (&self.rostered, &self.requirement) else { return (0.0, 0.0) };
        served(&rostered.coverage.queues[queue.0].service_expected, &requirement.queues[queue.0].offered)
    }
}

/// Contacts expected to be served as the goal counts, and all of which the plan decides that: those whose work is neither done
/// nor due before its end are left out.
fn served(expected: &[Option<f64>], offered: &[f64]) -> (f64, f64) {
    let decided = expected.iter().zip(offered).filter_map(|(service, contacts)| Some(((*service)?, contacts)));
    decided.fold((0.0, 0.0), |(served, all), (service, contacts)| (served + service * contacts, all + contacts))
}

/// The share that some are of all, if there are any.
fn share((some, all): (f64, f64)) -> Option<f64> {
    (all > 0.0).then(|| some / all)
}

/// Runs the stages in order, as far as asked.
///
/// # Errors
/// Input that cannot be used (every problem), no legal roster (the conflicts), a roster the checker refuses, or a run that
/// [`Progress::is_cancelled`] stopped.
pub fn run(workspace: &Workspace, options: &RunOptions, progress: &dyn Progress) -> Result<Plan, PlanError> {
    progress.stage("ingest");
    let ingested = ingest::read(&workspace.history, &workspace.queues, &workspace.holidays, options.as_of)?;
    let (as_of, period) = workspace.when(options.as_of, ingested.end.unwrap_or_else(|| ingested.history.grid.end()));
    let hindsight = workspace.hindsight(&period, as_of, &ingested.history)?;
    let events = workspace.events_known_at(as_of);
    let adjustments = workspace.adjustments(&period);

    go_on(progress)?;
    progress.stage("forecast");
    let input = ForecastInput {
        history: &ingested.history,
        queues: &workspace.queues,
        holidays: &workspace.holidays,
        events: &events,
        adjustments: &adjustments,
        grid: period.grid(),
        as_of: options.as_of,
    };
    let forecast = match &options.forecast {
        Some(file) => workspace.forecast_from(file, &period)?,
        None => forecast::forecast(&input, &workspace.forecast, progress)?,
    };
    let backtest = |origins: &BacktestOrigins| {
        progress.stage("back-test");
        forecast::backtest(&input, origins, &workspace.forecast, progress)
    };
    let backtest = options.backtest.as_ref().map(backtest).transpose()?;

    let warnings = warnings(workspace, &period, as_of, hindsight.as_ref(), options);
    let mut plan = Plan {
        name: name_of(workspace),
        period,
        as_of,
        currency: workspace.currency.clone(),
        prices: workspace.cover,
        queues: workspace.queues.clone(),
        holidays: workspace.holidays.clone(),
        events,
        adjustments,
        history: ingested.history,
        cleaning: ingested.cleaning,
        forecast,
        backtest,
        requirement: None,
        rostered: None,
        warnings,
    };
    if options.until >= LastStage::Requirement {
        go_on(progress)?;
        progress.stage("staffing");
        let requirement = require(workspace, &plan, options.requirement.as_deref())?;
        if options.until >= LastStage::Roster {
            let (rostered, warnings) = make_roster(workspace, &plan, &requirement, options, progress)?;
            plan.rostered = Some(rostered);
            plan.warnings.extend(warnings);
        }
        plan.requirement = Some(requirement);
    }
    Ok(plan)
}

/// What the user should know before anything was staffed.
fn warnings(
    workspace: &Workspace,
    period: &PlanPeriod,
    as_of: Instant,
    hindsight: Option<&Problem>,
    options: &RunOptions,
) -> Vec<Warning> {
    let of_period = workspace.period_warnings(period, as_of, options.as_of);
    let told = workspace.warnings.iter().chain(&of_period).chain(hindsight).cloned().map(Warning::Input);
    told.chain(options.forecast.iter().map(|_| Warning::GivenForecast)).collect()
}

/// The folder's name, with the scenarios' names behind it.
fn name_of(workspace: &Workspace) -> String {
    let folder = workspace.source.dir().file_name().map_or_else(|| "workspace".into(), |name| name.to_string_lossy());
    let scenarios = workspace.scenarios.iter().map(|scenario| scenario.name.as_str());
    std::iter::once(&*folder).chain(scenarios).collect::<Vec<_>>().join(" + ")
}

/// The requirement of the forecast, or with the agents that a file states.
fn require(workspace: &Workspace, plan: &Plan, stated: Option<&Path>) -> Result<Requirement, Problems> {
    let (queues, params) = (&plan.queues, &workspace.staffing);
    let computed =
        staffing::require(&plan.forecast, queues, &plan.holidays, &workspace.backlog, plan.period.zone, params);
    let Some(file) = stated else { return Ok(computed) };
    let agents = workspace.agents_from(file, &computed)?;
    Ok(staffing::state(computed, queues, agents, params))
}

/// The workforce as of a run, with what carries over from the rosters before the plan, and these.
///
/// # Errors
/// Every row that cannot be used.
pub fn people(
    workspace: &Workspace,
    period: &PlanPeriod,
    as_of: Instant,
    after: &[PathBuf],
) -> Result<(Workforce, Option<EarlierRoster>), Problems> {
    let mut workforce = workspace.workforce(period, as_of)?;
    let earlier = workspace.earlier_roster(after)?;
    if let Some(earlier) = &earlier {
        workspace.carry_over(earlier, &mut workforce, period, as_of)?;
    }
    Ok((workforce, earlier))
}

/// The conflicts that leave people without a legal line, whatever they are needed for.
#[must_use]
pub fn conflicts(period: &PlanPeriod, workforce: &Workforce) -> Vec<Conflict> {
    let cover = CoverPrice { grid: period.grid(), queues: Vec::new(), priorities: Vec::new() };
    roster::conflicts_of_agents(&of_no_queue(period, workforce, &cover))
}

/// The rules that a roster breaks, whatever its people are needed for.
#[must_use]
pub fn violations(period: &PlanPeriod, workforce: &Workforce, shifts: &[Shift]) -> Vec<Violation> {
    let mut workforce = workforce.clone();
    workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
    let cover = CoverPrice { grid: period.grid(), queues: Vec::new(), priorities: Vec::new() };
    let problem = of_no_queue(period, &workforce, &cover);
    roster::violations(&problem, &roster::share(&problem, shifts.to_vec()))
}

/// A problem of rules alone.
fn of_no_queue<'a>(period: &'a PlanPeriod, workforce: &'a Workforce, cover: &'a CoverPrice) -> RosterProblem<'a> {
    RosterProblem { period, workforce, cover, unplanned_shrinkage: Share::NONE, queue_ids: &[] }
}

/// The workforce as of the run, the roster for it, the checker's verdict, and what to know of the days before the plan.
fn make_roster(
    workspace: &Workspace,
    plan: &Plan,
    requirement: &Requirement,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<(Rostered, Vec<Warning>), PlanError> {
    progress.stage("roster");
    let (workforce, earlier) = people(workspace, &plan.period, plan.as_of, &options.after)?;
    let mut warnings = days_before(workspace, earlier.as_ref(), &plan.period);
    let cover = staffing::price_cover(requirement, &plan.queues, &workspace.cover);
    let queue_ids: Vec<QueueId> = plan.queues.iter().map(|queue| queue.id.clone()).collect();
    let problem = RosterProblem {
        period: &plan.period,
        workforce: &workforce,
        cover: &cover,
        unplanned_shrinkage: requirement.unplanned_shrinkage,
        queue_ids: &queue_ids,
    };
    let Solution { roster, proof } = match &options.roster {
        Some(file) => {
            let (solution, told) = take_roster(workspace, &problem, file, options, progress)?;
            warnings.extend(told);
            solution
        }
        None => roster::solve(&problem, &options.search, progress)?,
    };

    progress.stage("check");
    let checked = roster::check(&problem, roster, proof.bound).map_err(PlanError::Illegal)?;
    let coverage = with_service(checked.coverage().clone(), requirement, &plan.queues);
    let rostered = Rostered { workforce, checked, coverage, relaxed: proof.relaxed, work: proof.work };
    Ok((rostered, warnings))
}

/// The roster of a file, with what is proved about the best one, and what to know of the file.
fn take_roster(
    workspace: &Workspace,
    problem: &RosterProblem<'_>,
    file: &Path,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<(Solution, Vec<Warning>), PlanError> {
    let given = workspace.roster_from(file, problem.workforce, problem.period)?;
    let roster = roster::share(problem, given.shifts.clone());
    given.problems(&roster::violations(problem, &roster)).or(())?;
    let proof = roster::prove(problem, &options.search, progress)?;
    let told = given.warnings.into_iter().map(Warning::Input).chain([Warning::GivenRoster]).collect();
    Ok((Solution { roster, proof }, told))
}

/// What the user should know of the days before the plan.
fn days_before(workspace: &Workspace, earlier: Option<&EarlierRoster>, period: &PlanPeriod) -> Vec<Warning> {
    let mut warnings = match earlier {
        Some(earlier) => {
            earlier.warnings.iter().cloned().map(Warning::Input).chain(earlier.gap_before(period)).collect()
        }
        None => vec![Warning::NoEarlierRoster],
    };
    warnings.extend(workspace.unsettled_weeks(earlier, period));
    warnings
}

/// Fills in the service expected of the agents effectively at work.
fn with_service(mut coverage: Coverage, requirement: &Requirement, queues: &[Queue]) -> Coverage {
    let effective: Vec<Vec<f64>> = coverage.queues.iter().map(|queue| queue.effective.to_vec()).collect();
    let service = staffing::expected_service(requirement, queues, &effective);
    for (queue, expected) in coverage.queues.iter_mut().zip(service) {
        queue.service_expected = expected;
    }
    coverage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_is_weighted_by_the_contacts_of_which_the_plan_decides() {
        // 30 contacts at 90 % and 10 at 50 % are 32 of 40; 60 are neither done nor due before the end.
        let (in_time, decided) = served(&[Some(0.9), Some(0.5), None], &[30.0, 10.0, 60.0]);
        assert!((in_time - 32.0).abs() < 1e-12 && (decided - 40.0).abs() < 1e-12);
        assert_eq!(share((in_time, decided)).map(|share| (share * 100.0).round()), Some(80.0));
        assert_eq!(share(served(&[None], &[5.0])), None);
    }
}
