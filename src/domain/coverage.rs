//! Required against rostered, and the service customers may expect of it.

use super::series::Series;
use super::time::IntervalGrid;
use super::units::Agents;

/// One queue, one value per interval of the grid; agents throughout.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueCoverage {
    /// Agents to be rostered.
    pub required: Series<Agents>,
    /// Heads assigned, before speed.
    pub assigned: Series<Agents>,
    /// Average agents' worth of those heads: speed counted, unplanned shrinkage taken off.
    pub effective: Series<Agents>,
    /// Missing against `required`, in heads of speed 1.
    pub short: Series<Agents>,
    /// Beyond `required`, in heads of speed 1.
    pub over: Series<Agents>,
    /// Share of contacts expected to be served as the goal counts them; none where no contact is expected.
    pub service_expected: Vec<Option<f64>>,
}

impl QueueCoverage {
    /// Nobody wanted and nobody there.
    #[must_use]
    pub fn nothing(grid: IntervalGrid) -> Self {
        let none = || Series::zero(grid);
        let (required, assigned, effective) = (none(), none(), none());
        Self { required, assigned, effective, short: none(), over: none(), service_expected: vec![None; grid.len()] }
    }
}

/// All queues on one grid, in the workspace's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The intervals.
    pub grid: IntervalGrid,
    /// One per queue.
    pub queues: Vec<QueueCoverage>,
}

impl Coverage {
    /// The coverage of the first intervals alone, those of another grid.
    #[must_use]
    pub fn first(&self, grid: IntervalGrid) -> Self {
        let queue = |of: &QueueCoverage| QueueCoverage {
            required: of.required.first(grid),
            assigned: of.assigned.first(grid),
            effective: of.effective.first(grid),
            short: of.short.first(grid),
            over: of.over.first(grid),
            service_expected: of.service_expected[..grid.len()].to_vec(),
        };
        Self { grid, queues: self.queues.iter().map(queue).collect() }
    }

    /// Agent-hours missing, all queues together, in heads of speed 1.
    #[must_use]
    pub fn short_hours(&self) -> f64 {
        self.hours(|queue| &queue.short)
    }

    /// Agent-hours beyond the requirement, all queues together, in heads of speed 1.
    #[must_use]
    pub fn over_hours(&self) -> f64 {
        self.hours(|queue| &queue.over)
    }

    fn hours(&self, agents: fn(&QueueCoverage) -> &Series<Agents>) -> f64 {
        let interval = self.grid.interval().as_hours();
        self.queues.iter().flat_map(agents).map(|agents| agents * interval).sum()
    }
}
