//! Agents required per queue and interval.

use super::ids::QueueIx;
use super::series::Series;
use super::time::IntervalGrid;
use super::units::{Agents, Contacts, Erlangs, Seconds, Share};

/// What one queue requires, one value per interval of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRequirement {
    /// Contacts that arrive, escalations from other queues included.
    pub offered: Series<Contacts>,
    /// Their mean handle time, seconds.
    pub aht_s: Series<Seconds>,
    /// Offered load in erlangs, as it bears on the interval.
    pub load_erlangs: Series<Erlangs>,
    /// Agents who must be at work.
    pub agents_net: Series<Agents>,
    /// Agents to be rostered: net / (1 − unplanned shrinkage). Never grossed up for breaks, absences or activities.
    pub agents_scheduled: Series<Agents>,
    /// Service level expected with `agents_net`, 0 to 1.
    pub service_level: Series<Share>,
    /// Occupancy expected with `agents_net`, 0 to 1.
    pub occupancy: Series<Share>,
    /// Whether the queue is open; nobody is required where it is not.
    pub open: Vec<bool>,
    /// Deferred work of this queue waiting when the plan starts; what is required does it first.
    pub backlog: Vec<Backlog>,
}

impl QueueRequirement {
    /// A closed queue to which nobody turns.
    #[must_use]
    pub fn nothing(grid: IntervalGrid) -> Self {
        Self {
            offered: Series::zero(grid),
            aht_s: Series::zero(grid),
            load_erlangs: Series::zero(grid),
            agents_net: Series::zero(grid),
            agents_scheduled: Series::zero(grid),
            service_level: Series::zero(grid),
            occupancy: Series::zero(grid),
            open: vec![false; grid.len()],
            backlog: Vec::new(),
        }
    }
}

/// What all queues require on one grid, in the workspace's order of queues.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The intervals.
    pub grid: IntervalGrid,
    /// Share of rostered people who do not turn up.
    pub unplanned_shrinkage: Share,
    /// One per queue.
    pub queues: Vec<QueueRequirement>,
}

impl Requirement {
    /// Hours of agents to be rostered for a queue over the horizon.
    #[must_use]
    pub fn scheduled_hours(&self, queue: QueueIx) -> f64 {
        let hours = self.grid.interval().as_hours();
        self.queues[queue.0].agents_scheduled.iter().map(|agents| agents * hours).sum()
    }

    /// Mean handle time of a queue over the horizon, weighted by contacts.
    #[must_use]
    pub fn mean_aht(&self, queue: QueueIx) -> Seconds {
        let of = &self.queues[queue.0];
        let contacts = of.offered.total();
        let work: f64 = of.offered.iter().zip(&of.aht_s).map(|(contacts, aht)| contacts * aht).sum();
        Seconds::clamped(if contacts > 0.0 { work / contacts } else { 0.0 })
    }
}

/// Deferred work waiting when the plan starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlog {
    /// The queue.
    pub queue: QueueIx,
    /// When the work arrived.
    pub arrived: super::time::Instant,
    /// How much of it, contacts.
    pub contacts: f64,
}

/// The first open interval at or after each one; `open.len()` where none follows.
#[must_use]
pub fn next_open(open: &[bool]) -> Vec<usize> {
    let mut next = vec![open.len(); open.len()];
    let mut ahead = open.len();
    for (interval, is_open) in open.iter().enumerate().rev() {
        if *is_open {
            ahead = interval;
        }
        next[interval] = ahead;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_opening_is_looked_up_from_the_end() {
        assert_eq!(next_open(&[false, true, false, false, true, false]), [1, 1, 4, 4, 4, 6]);
    }
}
