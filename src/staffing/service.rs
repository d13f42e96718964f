//! The service customers may expect of the agents at work, by the models that the requirement was made with.

use super::deadlines::Deadlines;
use super::deferred::work_off;
use super::escalation::Arrivals;
use super::live::LiveModel;
use super::live_requirement::NEGLIGIBLE;
use super::mean_handle_time::mean_aht;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::{QueueRequirement, Requirement};
use crate::domain::time::IntervalGrid;
use crate::domain::units::Minutes;

/// The share of contacts expected to be served as each queue's goal counts them: per queue and interval, for
/// `effective` agents at work (speed counted, unplanned shrinkage taken off), whole or not.
///
/// None where practically no contact is expected. Live queues: Erlang A or C in steady state. Deferred queues: the share
/// of the interval's arrivals done by their deadline when all work is done in the order of due dates; none where that
/// is not decided by the end of the horizon.
#[must_use]
pub fn expected_service(requirement: &Requirement, queues: &[Queue], effective: &[Vec<f64>]) -> Vec<Vec<Option<f64>>> {
    let of_queue = |((queue, required), effective): ((&Queue, &QueueRequirement), &Vec<f64>)| match queue.channel {
        Channel::Deferred { deadline } => deferred(queue, deadline, required, &requirement.grid, effective),
        Channel::Voice | Channel::Chat { .. } => live(queue, required, effective),
    };
    queues.iter().zip(&requirement.queues).zip(effective).map(of_queue).collect()
}

/// Voice and chat.
fn live(queue: &Queue, required: &QueueRequirement, effective: &[f64]) -> Vec<Option<f64>> {
    let Some(model) = LiveModel::of(queue) else { return Vec::new() };
    let level = |interval: usize, agents: f64| {
        (required.offered[interval] > NEGLIGIBLE)
            .then(|| model.level_at(required.load_erlangs[interval], required.aht_s[interval], agents))
    };
    effective.iter().enumerate().map(|(interval, agents)| level(interval, *agents)).collect()
}

/// Email and back office.
pub(super) fn deferred(
    queue: &Queue,
    deadline: Minutes,
    required: &QueueRequirement,
    grid: &IntervalGrid,
    effective: &[f64],
) -> Vec<Option<f64>> {
    let seconds = grid.interval().get() as f64 * 60.0 * busy_share(queue);
    let capacity: Vec<f64> = effective.iter().map(|agents| agents * seconds).collect();
    let deadlines = Deadlines::new(&required.open, deadline, grid.interval());
    let arrivals = Arrivals::of(required.offered.to_vec(), required.aht_s.to_vec());
    let aht = mean_aht(queue, &required.offered, &required.aht_s);
    let parcels = deadlines.parcels(&arrivals, &required.backlog, aht, grid);
    let mut levels = vec![None; effective.len()];
    for (parcel, (on_time, late)) in parcels.iter().zip(work_off(&parcels, &capacity)) {
        let interval = parcel.arrived.filter(|interval| required.offered[*interval] > NEGLIGIBLE);
        if let (Some(interval), true) = (interval, on_time + late > 0.0) {
            levels[interval] = Some(on_time / (on_time + late));
        }
    }
    levels
}

/// The share of their time that agents on deferred work are busy: all that the cap allows, for work is waiting.
pub(super) fn busy_share(queue: &Queue) -> f64 {
    const LEAST: f64 = 0.01;
    queue.max_occupancy.get().max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Share;
    use crate::staffing::test_instances;

    fn requirement(queue: &Queue, contacts: &[f64]) -> Requirement {
        let grid = test_instances::grid(contacts.len(), 30);
        let params = crate::staffing::StaffingParams::default();
        let forecast = test_instances::forecast(grid, &[contacts.to_vec()], 180.0);
        crate::staffing::require(&forecast, std::slice::from_ref(queue), &[], &[], chrono_tz::UTC, &params)
    }

    #[test]
    fn half_an_agent_is_one_for_half_the_time() {
        let queue = test_instances::voice("orders");
        let at =
            |agents| expected_service(&requirement(&queue, &[100.0]), std::slice::from_ref(&queue), &[vec![agents]]);
        let (thirteen, fourteen) = (0.795_594_788_418, 0.888_350_019_179);
        assert!(at(13.5)[0][0].is_some_and(|level| (level - f64::midpoint(thirteen, fourteen)).abs() < 1e-9));
        assert_eq!(at(9.9)[0][0], Some(0.0));
    }

    #[test]
    fn mail_that_nobody_does_is_late_once_it_is_due() {
        // Due 30 minutes after arrival: that of the last half-hour is not due before the end.
        let queue = test_instances::email("email", Minutes::new(30));
        let required = requirement(&queue, &[10.0; 4]);
        let idle = expected_service(&required, std::slice::from_ref(&queue), &[vec![0.0; 4]]);
        assert_eq!(idle[0], [Some(0.0), Some(0.0), Some(0.0), None]);
        // 10 × 180 s is one agent's half-hour.
        let busy = expected_service(&required, std::slice::from_ref(&queue), &[vec![1.0; 4]]);
        assert_eq!(busy[0], [Some(1.0); 4]);
    }

    #[test]
    fn agents_who_may_be_busy_half_their_time_do_half_the_mail() {
        let queue = Queue { max_occupancy: Share::clamped(0.5), ..test_instances::email("email", Minutes::new(0)) };
        let required = requirement(&queue, &[10.0; 2]);
        assert!((required.queues[0].agents_net[0] - 2.0).abs() < 1e-9);
        let half = expected_service(&required, std::slice::from_ref(&queue), &[vec![1.0; 2]]);
        assert_eq!(half[0][0], Some(0.5));
    }
}
