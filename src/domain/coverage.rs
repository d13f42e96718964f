//! Required against rostered, and the service customers may expect of it.

use super::time::IntervalGrid;

/// One queue, one value per interval of the grid; agents throughout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueCoverage {
    /// Agents to be rostered.
    pub required: Vec<f64>,
    /// Heads assigned, before speed.
    pub assigned: Vec<f64>,
    /// Average agents' worth of those heads: speed counted, unplanned shrinkage taken off.
    pub effective: Vec<f64>,
    /// Missing against `required`, in heads of speed 1.
    pub short: Vec<f64>,
    /// Beyond `required`, in heads of speed 1.
    pub over: Vec<f64>,
    /// Share of contacts expected to be served as the goal counts them; none where no contact is expected.
    pub service_expected: Vec<Option<f64>>,
}

/// All queues on one grid, in the workspace's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The intervals.
    pub grid: IntervalGrid,
    /// One per queue.
    pub queues: Vec<QueueCoverage>,
}
