//! Coverage: what the roster's flows give each queue in each interval, against what is required.
//!
//! `n(q, t) = Σ speed × agents` over the flows to queue q in interval t is counted in scheduled heads of speed 1, the
//! unit of `required`. `assigned` is heads before speed, `effective` is n less unplanned shrinkage.

use crate::domain::cover::{CoverPrice, QueuePool};
use crate::domain::coverage::{Coverage, QueueCoverage};
use crate::domain::ids::QueueIx;
use crate::domain::roster::{Flow, Roster};
use crate::domain::series::Series;
use crate::domain::workforce::Workforce;
use crate::roster::problem::RosterProblem;

/// Scheduled heads of speed 1 assigned to each queue in each interval: `[queue][interval]`.
pub(crate) fn heads_of_speed_one(roster: &Roster, workforce: &Workforce, queues: usize) -> Vec<Vec<f64>> {
    total_per_queue(roster, queues, |flow| flow.agents * speed(flow, workforce))
}

/// Coverage of all queues; the service expected is for the staffing stage to say and is left open.
pub(crate) fn coverage(problem: &RosterProblem<'_>, roster: &Roster) -> Coverage {
    let queues = problem.queue_ids.len();
    let assigned = total_per_queue(roster, queues, |flow| flow.agents);
    let heads = heads_of_speed_one(roster, problem.workforce, queues);
    let present = 1.0 - problem.unplanned_shrinkage.get();
    let queue = |(queue, (assigned, heads)): (usize, (Vec<f64>, Vec<f64>))| {
        let required = required(problem.cover, QueueIx(queue));
        let beyond = |sign: f64| heads.iter().zip(&required).map(move |(n, r)| (sign * (n - r)).max(0.0));
        QueueCoverage {
            effective: Series::new(roster.grid, heads.iter().map(|n| n * present)),
            short: Series::new(roster.grid, beyond(-1.0)),
            over: Series::new(roster.grid, beyond(1.0)),
            service_expected: vec![None; heads.len()],
            assigned: Series::new(roster.grid, assigned),
            required: Series::new(roster.grid, required),
        }
    };
    Coverage { grid: roster.grid, queues: assigned.into_iter().zip(heads).enumerate().map(queue).collect() }
}

/// What the heads at work are worth to each pool in each interval: `[pool][interval]`.
pub(crate) fn heads_in_pools(roster: &Roster, cover: &CoverPrice) -> Vec<Vec<f64>> {
    let in_pool = |pool: &QueuePool, flows: &Vec<Flow>| {
        let worth = |flow: &Flow| pool.heads.get(flow.group.0).copied().unwrap_or(0.0);
        flows.iter().map(|flow| worth(flow) * flow.agents).sum::<f64>()
    };
    cover.pools.iter().map(|pool| roster.flows.iter().map(|flows| in_pool(pool, flows)).collect()).collect()
}

fn required(cover: &CoverPrice, queue: QueueIx) -> Vec<f64> {
    cover.queues[queue.0].iter().map(crate::domain::cover::CoverCurve::required).collect()
}

/// Speed of a flow's group on its queue; none of it counts where the group lacks the ability.
fn speed(flow: &Flow, workforce: &Workforce) -> f64 {
    let abilities = workforce.groups.get(flow.group.0).map_or(&[][..], |group| &group.abilities);
    abilities.iter().find(|ability| ability.queue == flow.queue).map_or(0.0, |ability| ability.speed)
}

/// Adds up a figure of the flows in their order.
fn total_per_queue(roster: &Roster, queues: usize, figure: impl Fn(&Flow) -> f64) -> Vec<Vec<f64>> {
    let mut totals = vec![vec![0.0; roster.grid.len()]; queues];
    for (interval, flows) in roster.flows.iter().enumerate() {
        for flow in flows {
            if let Some(total) = totals.get_mut(flow.queue.0).and_then(|queue| queue.get_mut(interval)) {
                *total += figure(flow);
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::GroupIx;
    use crate::domain::units::Share;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn speed_counts_towards_the_requirement_and_shrinkage_lowers_what_heads_are_worth() {
        let mut instance = TinyInstance::new(lenient());
        instance.workforce.groups[0].abilities[0].speed = 0.8;
        instance.unplanned_shrinkage = Share::clamped(0.1);
        instance.require("mon 08:00", 2.0);
        let mut roster = instance.roster(&["mon 08:00 w"]);
        let eight = roster.grid.index_of(instance.at("mon 08:00")).expect("within the plan");
        roster.flows[eight] = vec![Flow { group: GroupIx(0), queue: QueueIx(0), agents: 1.0 }];
        let coverage = coverage(&instance.problem(), &roster);
        // One head of speed 0.8 against 2 required: 1.2 short; a tenth of it does not turn up.
        let queue = &coverage.queues[0];
        assert_eq!((queue.required[eight], queue.assigned[eight]), (2.0, 1.0));
        assert!((queue.short[eight] - 1.2).abs() < 1e-12 && queue.over[eight] == 0.0);
        assert!((queue.effective[eight] - 0.72).abs() < 1e-12);
        let (short, over) = (coverage.short_hours(), coverage.over_hours());
        assert!((short - 1.2).abs() < 1e-12 && over == 0.0);
    }
}
