//! What a voice or chat queue requires: its goal, interval by interval or over a longer period, under an occupancy cap.

use super::ceiling::is_beyond;
use super::escalation::Arrivals;
use super::goal_over_period::{self, Stretch};
use super::live::LiveModel;
use super::load;
use super::mean_handle_time::mean_aht;
use super::staffed_for::StaffedFor;
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::requirement::QueueRequirement;
use crate::domain::series::Series;
use crate::domain::time::{IntervalGrid, Zone};

/// An interval that expects no more contacts than this, and no more erlangs from earlier ones, requires nobody:
/// of a hundred such intervals, one sees a contact.
pub(super) const NEGLIGIBLE: f64 = 0.01;

/// Requires whole agents, at least one wherever contacts are expected while the queue is open. Load, service and occupancy are those at the mean,
/// whatever the queue is staffed for.
pub(super) fn require(
    queue: &Queue,
    model: &LiveModel,
    arrivals: Arrivals,
    open: Vec<bool>,
    grid: &IntervalGrid,
    zone: Zone,
) -> QueueRequirement {
    let mean = mean_aht(queue, &arrivals.contacts, &arrivals.aht);
    let interval_s = grid.interval().get() as f64 * 60.0;
    let arrivals = arrivals.with_handle_times(mean);
    let staffed_for = StaffedFor::of(queue, &arrivals, interval_s);
    let Arrivals { contacts, aht, .. } = arrivals;
    let loads = load::effective_load(&contacts, &aht, interval_s);
    if is_beyond(&loads) || is_beyond(staffed_for.loads()) {
        // No search for agents ends here in time; who asks is told.
        return QueueRequirement {
            agents_net: Series::new(*grid, staffed_for.loads().iter().map(|load| load.ceil())),
            offered: Series::new(*grid, contacts),
            aht_s: Series::new(*grid, aht),
            load_erlangs: Series::new(*grid, loads),
            open,
            ..QueueRequirement::nothing(*grid)
        };
    }
    let busy: Vec<usize> = (0..grid.len())
        .filter(|interval| open[*interval] && (contacts[*interval] > NEGLIGIBLE || loads[*interval] > NEGLIGIBLE))
        .collect();
    let mut agents = vec![0; grid.len()];
    for period in periods(&busy, queue.goal.over, grid, zone) {
        let staffing = match queue.goal.over {
            GoalPeriod::Interval => interval_by_interval(queue, model, &staffed_for, &aht, &period),
            GoalPeriod::Day | GoalPeriod::Week => over_period(queue, model, &staffed_for, &aht, &period),
        };
        for (interval, needed) in period.into_iter().zip(staffing) {
            agents[interval] = needed;
        }
    }
    let state = |interval: usize| model.outcome(loads[interval], aht[interval], agents[interval]);
    let expects = |interval: usize| contacts[interval] > NEGLIGIBLE;
    let level = |t: usize| if expects(t) { state(t).fates.level(model.definition).get() } else { 1.0 };
    let occupancy = |t: usize| if agents[t] > 0 { state(t).occupancy.get() } else { 0.0 };
    let service_level = Series::new(*grid, (0..grid.len()).map(level));
    let occupancy = Series::new(*grid, (0..grid.len()).map(occupancy));
    QueueRequirement {
        service_level,
        occupancy,
        agents_net: Series::new(*grid, agents.iter().map(|agents| *agents as f64)),
        offered: Series::new(*grid, contacts),
        aht_s: Series::new(*grid, aht),
        load_erlangs: Series::new(*grid, loads),
        open,
        ..QueueRequirement::nothing(*grid)
    }
}

/// Contacts of each interval that agents handle, and that may thus escalate.
pub(super) fn handled(model: &LiveModel, requirement: &QueueRequirement) -> Vec<f64> {
    if is_beyond(&requirement.load_erlangs) || is_beyond(&requirement.agents_net) {
        return requirement.offered.to_vec();
    }
    let answered = |interval: usize| {
        let (load, aht) = (requirement.load_erlangs[interval], requirement.aht_s[interval]);
        let agents = whole(requirement.agents_net[interval]);
        if agents > 0 { model.outcome(load, aht, agents).fates.answered } else { 0.0 }
    };
    requirement.offered.iter().enumerate().map(|(interval, contacts)| contacts * answered(interval)).collect()
}

/// Net requirements of live queues are whole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of agents, stored as a number")]
fn whole(agents: f64) -> u64 {
    agents as u64
}

/// The busy intervals, grouped by the period over which the goal is met; weeks are sevens of local days from the first.
fn periods(busy: &[usize], over: GoalPeriod, grid: &IntervalGrid, zone: Zone) -> Vec<Vec<usize>> {
    let first = grid.local_date_of(0, zone);
    let period = |interval: &usize| {
        let day = (grid.local_date_of(*interval, zone) - first).num_days();
        match over {
            GoalPeriod::Interval => 0,
            GoalPeriod::Day => day,
            GoalPeriod::Week => day.div_euclid(7),
        }
    };
    busy.chunk_by(|one, next| period(one) == period(next)).map(<[usize]>::to_vec).collect()
}

/// Each interval on its own.
fn interval_by_interval(
    queue: &Queue,
    model: &LiveModel,
    staffed_for: &StaffedFor,
    aht: &[f64],
    period: &[usize],
) -> Vec<u64> {
    period.iter().map(|&t| staffed_for.agents(queue, model, t, aht[t]).max(1)).collect()
}

/// The goal over all intervals of the period, the occupancy cap in each.
fn over_period(queue: &Queue, model: &LiveModel, staffed_for: &StaffedFor, aht: &[f64], period: &[usize]) -> Vec<u64> {
    let stretch = |&t: &usize| Stretch {
        contacts: staffed_for.contacts[t],
        floor: staffed_for.fewest_within_occupancy(queue, model, t, aht[t]),
        level: staffed_for.level(model, t, aht[t]),
    };
    goal_over_period::agents(&period.iter().map(stretch).collect::<Vec<_>>(), queue.goal.share.get())
}
