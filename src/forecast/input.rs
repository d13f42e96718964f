//! What a forecast is made from.

use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::forecast::Adjustment;
use crate::domain::history::History;
use crate::domain::queue::Queue;
use crate::domain::time::{Instant, IntervalGrid};

/// What a forecast is made from; events and history are those known at the run's instant.
#[derive(Clone, Copy, Debug)]
pub struct ForecastInput<'a> {
    /// Contacts counted.
    pub history: &'a History,
    /// The queues, in the workspace's order.
    pub queues: &'a [Queue],
    /// Public holidays and other special days, past and future.
    pub holidays: &'a [Holiday],
    /// Campaigns, recalls and announcements, past and future.
    pub events: &'a [Event],
    /// The planner's changes, applied last.
    pub adjustments: &'a [Adjustment],
    /// The intervals to forecast; of the same length as the history's.
    pub grid: IntervalGrid,
    /// The run's instant: counts of the plan's own first days before it are used too; none: the plan's start.
    pub as_of: Option<Instant>,
}
