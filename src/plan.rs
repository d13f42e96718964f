//! The pipeline as a page you can read, and what a run produced.

mod options;
mod ceilings;
mod overlooked;
mod unlisted_holidays;
mod staffed;
mod model;
mod one_more;
mod free_hours;
mod improvements;
mod service;
mod after_end;
mod alternatives;
mod closed_loop;
mod told_hours;
mod promised;
mod shift_names;
mod ledger;
mod rostering;
mod live_through;
mod requests;

use crate::domain::problem::Problem;
use crate::domain::progress::{Progress, go_on};
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::warning::Warning;
use crate::forecast::{BacktestOrigins, ForecastInput};
pub use crate::simulate::SimulationParams;
pub use crate::staffing::CoverPriceParams;
use crate::workspace::Workspace;
use crate::{forecast, ingest};

pub use improvements::{Aim, Change, GoalGain, Improvement, Improvements, Taker};
pub use ledger::{Burdens, burdens, equality, has_burdens, priced_equality};
pub use live_through::live_through;
pub use model::{AfterEnd, FreeHours, OneMore, OneMoreOfEach, Plan, PoolCoverage, Rostered, Round, Simulated};
pub use options::{LastStage, PlanError, RunOptions};
pub use requests::{
    Candidate, Candidates, Judged, Judgement, PriceOfTrade, StandingFiles, StandingRoster, WhyRefused, candidates,
    judge,
};
use rostering::make_roster;
pub use rostering::{conflicts, people, violations};
use service::live_through_own;
use staffed::{Staffed, staffed};

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

    let of_history: Vec<&Problem> = ingested.warnings.iter().chain(&hindsight).collect();
    let warnings = warnings(workspace, &period, as_of, &of_history, options);
    let mut plan = Plan {
        name: workspace.name(),
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
        beyond_mean: Vec::new(),
        shared: None,
        rostered: None,
        simulated: None,
        warnings,
    };
    if options.forecast.is_none() {
        plan.warnings.extend(overlooked::in_forecast(&plan));
    }
    if options.until >= LastStage::Requirement {
        go_on(progress)?;
        progress.stage("staffing");
        let Staffed { requirement, beyond_mean, shared, warnings } = staffed(workspace, &plan, options)?;
        plan.warnings.extend(warnings);
        (plan.beyond_mean, plan.shared) = (beyond_mean, shared);
        if options.until >= LastStage::Roster {
            let (rostered, warnings) = make_roster(workspace, &plan, &requirement, options, progress)?;
            plan.simulated = Some(live_through_own(workspace, &plan, (&requirement, &rostered), options, progress)?);
            plan.warnings.extend(warnings);
            plan.warnings.extend(overlooked::in_roster(&plan, &rostered));
            plan.rostered = Some(rostered);
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
    of_history: &[&Problem],
    options: &RunOptions,
) -> Vec<Warning> {
    let of_period = workspace.period_warnings(period, as_of, options.as_of);
    let told =
        workspace.warnings.iter().chain(&of_period).chain(of_history.iter().copied()).cloned().map(Warning::Input);
    told.chain(options.forecast.iter().map(|_| Warning::GivenForecast)).collect()
}
