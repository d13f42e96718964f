//! Forecast → agents required per queue and interval.

use super::deferred_requirement;
use super::escalation::{self, Arrivals};
use super::live::LiveModel;
use super::live_requirement;
use super::opening::Opening;
use super::params::StaffingParams;
use crate::domain::calendar::Holiday;
use crate::domain::forecast::Forecast;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::{Backlog, QueueRequirement, Requirement};
use crate::domain::time::Zone;

/// What each queue requires so that its goal is met, first tiers before the queues they escalate to.
///
/// `zone` is the plan's: days and weeks over which goals are met are its days. Closed intervals require nobody. Backlog
/// of queues that are not deferred is not counted: nobody waits on the line from one plan to the next.
#[must_use]
pub fn require(
    forecast: &Forecast,
    queues: &[Queue],
    holidays: &[Holiday],
    backlog: &[Backlog],
    zone: Zone,
    params: &StaffingParams,
) -> Requirement {
    let grid = forecast.grid;
    let openings: Vec<Opening<'_>> = queues.iter().map(|queue| Opening::of(queue, holidays)).collect();
    let open: Vec<Vec<bool>> =
        openings.iter().map(|opening| grid.starts().map(|start| opening.is_open(start)).collect()).collect();
    let mut arrivals: Vec<Arrivals> =
        (0..queues.len()).map(|queue| Arrivals::forecast(forecast, queues, QueueIx(queue))).collect();
    let mut required = vec![QueueRequirement::default(); queues.len()];
    for QueueIx(index) in escalation::upstream_first(queues) {
        let queue = &queues[index];
        let reaching = arrivals[index].clone();
        let (mut of_queue, handled) = match (queue.channel, LiveModel::of(queue)) {
            (Channel::Voice | Channel::Chat { .. }, Some(model)) => {
                let of_queue = live_requirement::require(queue, &model, reaching, open[index].clone(), &grid, zone);
                let handled = live_requirement::handled(&model, &of_queue);
                (of_queue, handled)
            }
            (Channel::Deferred { deadline }, _) => {
                let waiting = backlog.iter().filter(|waiting| waiting.queue.0 == index).cloned().collect();
                let handled = reaching.contacts.clone();
                (deferred_requirement::require(queue, deadline, reaching, &openings[index], waiting, &grid), handled)
            }
            _ => continue,
        };
        of_queue.agents_scheduled = of_queue.agents_net.iter().map(|net| params.scheduled(*net)).collect();
        if let Some(to) = queue.escalation.map(|escalation| escalation.to.0).filter(|to| *to < queues.len()) {
            let interval_s = grid.interval().get() as f64 * 60.0;
            escalation::hand_over(
                &handled,
                &of_queue.aht_s,
                queue,
                &queues[to],
                &open[to],
                interval_s,
                &mut arrivals[to],
            );
        }
        required[index] = of_queue;
    }
    Requirement { grid, unplanned_shrinkage: params.unplanned_shrinkage, queues: required }
}
