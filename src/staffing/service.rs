//! The service customers may expect of the agents at work, by the models that the requirement was made with.

use super::deferred::{Deadlines, work_off};
use super::escalation::Arrivals;
use super::live::LiveModel;
use super::live_requirement::NEGLIGIBLE;
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::{QueueRequirement, Requirement};
use crate::domain::time::IntervalGrid;
use crate::domain::units::{Minutes, Seconds};

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
    let arrivals = Arrivals::of(required.offered.clone(), required.aht_s.clone());
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

/// The handle time of backlog: the mean of what arrives, or the declared one where nothing does.
pub(super) fn mean_aht(queue: &Queue, contacts: &[f64], aht: &[f64]) -> f64 {
    let volume: f64 = contacts.iter().sum();
    let work: f64 = contacts.iter().zip(aht).map(|(contacts, aht)| contacts * aht).sum();
    if volume > 0.0 && work > 0.0 { work / volume } else { queue.declared_aht.map_or(0.0, Seconds::get) }
}
