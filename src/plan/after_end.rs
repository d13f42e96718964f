//! What the days after the plan ask of its last shifts.
//!
//! Shifts of the last evening run past the plan's end. What they find there the forecast knows; the next plan's own shifts will do most of it, so
//! this plan is asked for the share that shifts like its own usually do ([`roster::begun_before_end`]). Prices are those of the plan: neither is an
//! hour after the end a place for people of whom there are too many, nor is the next plan's first night left to nobody.

use crate::domain::cover::CoverPrice;
use crate::domain::coverage::{Coverage, QueueCoverage};
use crate::domain::ids::QueueId;
use crate::domain::progress::Progress;
use crate::domain::requirement::{QueueRequirement, Requirement};
use crate::domain::roster::Activity;
use crate::domain::series::Series;
use crate::domain::time::{IntervalGrid, LocalDay, PlanPeriod, local_date};
use crate::domain::units::{Agents, Minutes, Share};
use crate::domain::workforce::Workforce;
use crate::forecast::ForecastInput;
use crate::roster::{CheckedRoster, RosterProblem};
use crate::workspace::Workspace;
use crate::{forecast, roster, staffing};

use super::model::{AfterEnd, Plan};
use super::options::{PlanError, RunOptions};

/// A requirement with that of the hours after the plan's end behind it, as far as shifts of the plan reach and as far as it falls to them.
/// It is as it was where figures of the days after the plan are not known: with a forecast or a requirement from a file.
pub(super) fn with_hours_after(
    workspace: &Workspace,
    plan: &Plan,
    (requirement, workforce): (&Requirement, &Workforce),
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Requirement, PlanError> {
    let reach = roster::reach(&plan.period, workforce);
    if options.forecast.is_some() || options.requirement.is_some() || reach.len() == requirement.grid.len() {
        return Ok(requirement.clone());
    }
    let after = required_after(workspace, plan, &reach, progress)?;
    let shares = shares(plan, workforce, reach);
    let queues = requirement.queues.iter().zip(&after.queues).zip(&shares);
    let queues = queues.map(|((of, after), shares)| joined(of, after, shares, reach)).collect();
    Ok(Requirement { grid: reach, queues, ..requirement.clone() })
}

/// What all queues require in whole days of the plan's zone after its end, as far as its shifts reach.
fn required_after(
    workspace: &Workspace,
    plan: &Plan,
    reach: &IntervalGrid,
    progress: &dyn Progress,
) -> Result<Requirement, PlanError> {
    let zone = plan.period.zone;
    let end = plan.period.grid().end();
    let until = LocalDay::of(local_date(reach.end(), zone), zone).end;
    let grid = IntervalGrid::covering(end, until, plan.period.interval);
    let reached = grid.range(end, reach.end());
    let open = staffing::open_intervals(&plan.queues, &plan.holidays, &grid);
    if !open.iter().any(|open| open[reached.clone()].contains(&true)) {
        // No queue is open there, so nobody has to say what would come.
        let queues = vec![QueueRequirement::nothing(grid); plan.queues.len()];
        return Ok(Requirement { grid, unplanned_shrinkage: workspace.staffing.unplanned_shrinkage, queues });
    }
    // A week more brings what holds of the plan's days, such as a scenario's factors, to the days after it.
    let longer = PlanPeriod { weeks: plan.period.weeks + 1, ..plan.period };
    let input = ForecastInput {
        history: &plan.history,
        queues: &plan.queues,
        holidays: &plan.holidays,
        events: &plan.events,
        adjustments: &workspace.adjustments(&longer),
        grid,
        as_of: Some(plan.as_of),
    };
    let expected = forecast::forecast(&input, &workspace.forecast, progress)?;
    Ok(staffing::require(&expected, &plan.queues, &plan.holidays, &[], zone, &workspace.staffing))
}

/// What shifts give after the plan's end, of a coverage that reaches so far.
pub(super) fn after_end(period: &PlanPeriod, coverage: &Coverage, checked: &CheckedRoster) -> AfterEnd {
    let (own, step) = (period.grid(), coverage.grid.interval().as_hours());
    let hours = |of: fn(&QueueCoverage) -> &Series<Agents>| {
        coverage.queues.iter().flat_map(|queue| &of(queue)[own.len()..]).map(|agents| agents * step).sum()
    };
    let pieces = checked.roster().shifts.iter().flat_map(|shift| &shift.pieces);
    let at_work = pieces.filter(|piece| piece.activity == Activity::Work).map(|piece| piece.span);
    AfterEnd {
        at_work: at_work
            .map(|span| Minutes::new((span.until - span.from.max(own.end())).num_minutes().max(0)).as_hours())
            .sum(),
        required: hours(|queue| &queue.required),
        short: hours(|queue| &queue.short),
        over: hours(|queue| &queue.over),
    }
}

fn shares(plan: &Plan, workforce: &Workforce, reach: IntervalGrid) -> Vec<Vec<f64>> {
    let queue_ids: Vec<QueueId> = plan.queues.iter().map(|queue| queue.id.clone()).collect();
    let cover = CoverPrice::of_no_queue(reach);
    roster::begun_before_end(&RosterProblem {
        period: &plan.period,
        workforce,
        cover: &cover,
        unplanned_shrinkage: Share::NONE,
        queue_ids: &queue_ids,
    })
}

/// One queue's requirement with a share of what it needs after the plan's end; how long contacts take and how they are served is not shared.
fn joined(of: &QueueRequirement, after: &QueueRequirement, shares: &[f64], reach: IntervalGrid) -> QueueRequirement {
    let shared = |after: &[f64]| after.iter().zip(shares).map(|(figure, share)| figure * share).collect::<Vec<f64>>();
    let more = shares.len();
    QueueRequirement {
        offered: of.offered.followed_by(&shared(&after.offered), reach),
        aht_s: of.aht_s.followed_by(&after.aht_s[..more], reach),
        load_erlangs: of.load_erlangs.followed_by(&shared(&after.load_erlangs), reach),
        agents_net: of.agents_net.followed_by(&shared(&after.agents_net), reach),
        agents_scheduled: of.agents_scheduled.followed_by(&shared(&after.agents_scheduled), reach),
        service_level: of.service_level.followed_by(&after.service_level[..more], reach),
        occupancy: of.occupancy.followed_by(&after.occupancy[..more], reach),
        open: of.open.iter().chain(&after.open[..more]).copied().collect(),
        backlog: of.backlog.clone(),
    }
}
