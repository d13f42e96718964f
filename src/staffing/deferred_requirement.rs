//! What a queue of deferred work requires: the most even work plan that keeps every deadline.

use super::deadlines::Deadlines;
use super::deferred::level_plan;
use super::escalation::Arrivals;
use super::mean_handle_time::mean_aht;
use super::opening::Opening;
use super::service;
use crate::domain::queue::Queue;
use crate::domain::requirement::{Backlog, QueueRequirement};
use crate::domain::series::Series;
use crate::domain::time::IntervalGrid;
use crate::domain::units::Minutes;

/// Less work than this many agents is rounding.
const ROUNDING: f64 = 1e-9;

/// Requires fractions of agents, busy at most `max_occupancy` of their time, in open intervals only.
///
/// The plan goes on as if the last week repeated beyond the horizon, so that its end is worked like any other day:
/// what arrives last is not all left to the next plan, nor all done early.
pub(super) fn require(
    queue: &Queue,
    deadline: Minutes,
    arrivals: Arrivals,
    opening: &Opening<'_>,
    backlog: Vec<Backlog>,
    grid: &IntervalGrid,
) -> QueueRequirement {
    let interval_s = grid.interval().get() as f64 * 60.0;
    let (horizon, week) = (grid.len(), Minutes::hours(7 * 24));
    let repeated =
        going_on(&arrivals, beyond(week, grid).min(horizon), horizon + beyond(deadline, grid) + beyond(week, grid));
    let open: Vec<bool> = (0..repeated.contacts.len()).map(|t| opening.is_open(grid.start_of(t))).collect();
    let deadlines = Deadlines::new(&open, deadline, grid.interval());
    let parcels = deadlines.parcels(&repeated, &backlog, mean_aht(queue, &arrivals.contacts, &arrivals.aht), grid);
    let plan: Vec<f64> = level_plan(&parcels, &open).into_iter().take(horizon).collect();

    let cap = service::busy_share(queue);
    let agents = |work: f64| Some(work / interval_s / cap).filter(|agents| *agents > ROUNDING).unwrap_or(0.0);
    let agents_net: Vec<f64> = plan.iter().map(|work| agents(*work)).collect();
    let mut requirement = QueueRequirement {
        load_erlangs: Series::new(*grid, agents_net.iter().map(|agents| agents * cap)),
        occupancy: Series::new(*grid, agents_net.iter().map(|agents| if *agents > 0.0 { cap } else { 0.0 })),
        agents_net: Series::new(*grid, agents_net),
        offered: Series::new(*grid, arrivals.contacts),
        aht_s: Series::new(*grid, arrivals.aht),
        open: open.into_iter().take(horizon).collect(),
        backlog,
        ..QueueRequirement::nothing(*grid)
    };
    let expected = service::deferred(queue, deadline, &requirement, grid, &requirement.agents_net);
    requirement.service_level = Series::new(*grid, expected.into_iter().map(|level| level.unwrap_or(1.0)));
    requirement
}

/// Whole intervals that a time takes.
fn beyond(time: Minutes, grid: &IntervalGrid) -> usize {
    usize::try_from(time.get() / grid.interval().get() + 1).unwrap_or(0)
}

/// Arrivals continued up to `len` intervals by repeating the last `cycle` of them.
fn going_on(arrivals: &Arrivals, cycle: usize, len: usize) -> Arrivals {
    let mut longer = arrivals.clone();
    if cycle > 0 {
        for interval in longer.contacts.len()..len {
            longer.contacts.push(longer.contacts[interval - cycle]);
            longer.aht.push(longer.aht[interval - cycle]);
        }
    }
    longer
}
