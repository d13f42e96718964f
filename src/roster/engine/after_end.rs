//! The hours after the plan's end, into which its last shifts run.
//!
//! Whoever plans the days after it will find people there. A plan that sees nothing beyond its end sends people there whom it has too many of,
//! or leaves the next plan's first night to nobody. So the price of cover may go on beyond the plan's intervals; [`begun_before_end`] says which part
//! of what is needed there falls to this plan.

use crate::domain::ids::QueueIx;
use crate::domain::time::{IntervalGrid, PlanPeriod};
use crate::domain::workforce::Workforce;
use crate::roster::instance::libraries::libraries;
use crate::roster::instance::shifts::{Candidate, ShiftLibrary};
use crate::roster::instance::slots::{SlotGrid, last_end};
use crate::roster::problem::RosterProblem;

/// The plan's intervals, and those after them until the last shift that starts on its dates can end.
#[must_use]
pub fn reach(period: &PlanPeriod, workforce: &Workforce) -> IntervalGrid {
    let grid = period.grid();
    IntervalGrid::covering(grid.start(), last_end(period, workforce).max(grid.end()), period.interval)
}

/// Of the people who usually are on shift after the plan's end, the share whose shifts started on its dates: `[queue][interval beyond the plan]`,
/// of those who can take the queue, from 0 to 1.
///
/// Usual is a day on which every start and length that a contract allows occurs as often as any other, and the days after the plan are like its
/// last. So of a centre that never closes, with shifts of eight hours that may start at any time, half of the people needed four hours after the end
/// are still those of this plan. The grid of the problem's price of cover says how far to look.
#[must_use]
pub fn begun_before_end(problem: &RosterProblem<'_>) -> Vec<Vec<f64>> {
    let slot_grid = SlotGrid::new(problem);
    let (index, libraries) = libraries(problem, &slot_grid);
    let presences: Vec<[Vec<f64>; 2]> = libraries.iter().map(|library| presence(library, &slot_grid)).collect();
    let first = problem.period.grid().len();
    let of_queue = |queue: QueueIx| {
        let mut on_shift = vec![[0.0; 2]; slot_grid.intervals.saturating_sub(first)];
        for agent in
            problem.workforce.agents.iter().filter(|agent| problem.workforce.groups[agent.group.0].takes(queue))
        {
            let Some(&library) = index.get(&(agent.contract.0, agent.site.0)) else { continue };
            for (interval, sums) in on_shift.iter_mut().enumerate() {
                let slot = slot_grid.slot_of(first + interval);
                (0..2).for_each(|part| sums[part] += presences[library][part][slot]);
            }
        }
        on_shift.into_iter().map(|[before, after]| if before > 0.0 { before / (before + after) } else { 0.0 }).collect()
    };
    (0..problem.queue_ids.len()).map(|queue| of_queue(QueueIx(queue))).collect()
}

/// How much of a person is on shift in each slot, on average over the shifts of a contract: by those of the plan's last date, and by those of the
/// two days after it.
fn presence(library: &ShiftLibrary, slot_grid: &SlotGrid) -> [Vec<f64>; 2] {
    let (mut before, mut after) = (vec![0.0; slot_grid.slots], vec![0.0; slot_grid.slots]);
    let (Some(candidates), Some(date)) = (library.days.last(), library.dates.last()) else { return [before, after] };
    let share = 1.0 / candidates.len().max(1) as f64;
    let day = slot_grid.slots_of(date.length());
    for part in candidates.iter().flat_map(Candidate::present) {
        for slot in part {
            before[slot] += share;
            for later in [slot + day, slot + 2 * day] {
                if let Some(after) = after.get_mut(later) {
                    *after += share;
                }
            }
        }
    }
    [before, after]
}
