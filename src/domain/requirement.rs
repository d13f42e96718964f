//! Agents required per queue and interval.

use super::ids::QueueIx;
use super::time::IntervalGrid;
use super::units::{Seconds, Share};

/// What one queue requires, one value per interval of the grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueRequirement {
    /// Contacts that arrive, escalations from other queues included.
    pub offered: Vec<f64>,
    /// Their mean handle time, seconds.
    pub aht_s: Vec<f64>,
    /// Offered load in erlangs, as it bears on the interval.
    pub load_erlangs: Vec<f64>,
    /// Agents who must be at work.
    pub agents_net: Vec<f64>,
    /// Agents to be rostered: net / (1 − unplanned shrinkage). Never grossed up for breaks, absences or activities.
    pub agents_scheduled: Vec<f64>,
    /// Service level expected with `agents_net`, 0 to 1.
    pub service_level: Vec<f64>,
    /// Occupancy expected with `agents_net`, 0 to 1.
    pub occupancy: Vec<f64>,
    /// Whether the queue is open; nobody is required where it is not.
    pub open: Vec<bool>,
    /// Deferred work of this queue waiting when the plan starts; what is required does it first.
    pub backlog: Vec<Backlog>,
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
        let contacts: f64 = of.offered.iter().sum();
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
