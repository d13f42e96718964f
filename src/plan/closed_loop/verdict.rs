//! Whether goals hold in a simulation, and which of two rosters is better.

use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::service::{QueueService, Service};
use crate::roster::CheckedRoster;
use crate::staffing::CoverPriceParams;

pub(super) use crate::domain::standing::{THIN, THIN_SHARE};

/// Share of contacts that a roster is planned to have in thin intervals, at most: a little below those allowed, so that other contacts keep to it too.
pub(super) const WITHIN: f64 = 0.9 * THIN_SHARE;

/// How good a round's roster is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merit {
    /// How far goals are missed by the lower ends of their bands, all together; 0 where all hold.
    pub(super) missed: f64,
    /// The largest share of contacts in thin intervals, of queues whose goal is over intervals.
    pub(super) thin: f64,
    /// Wages and premiums, and what contacts cost that give up or are served late, in the currency.
    cost: f64,
}

impl Merit {
    pub(super) fn of(queues: &[Queue], service: &Service, checked: &CheckedRoster, prices: &CoverPriceParams) -> Self {
        let of_queues = || queues.iter().zip(&service.queues);
        let missed = of_queues().map(|(queue, of)| missed(queue, of)).sum();
        let by_interval = of_queues().filter(|(queue, _)| queue.goal.over == GoalPeriod::Interval);
        let thin =
            by_interval.map(|(queue, of)| of.in_thin_intervals(queue.goal.share.get(), THIN)).fold(0.0, f64::max);
        let lost: f64 = of_queues().map(|(queue, of)| of.lost_and_late(prices.of_contact(queue))).sum();
        Self { missed, thin, cost: checked.cost().labour().as_f64() + lost }
    }

    /// Whether all goals hold.
    pub(super) fn holds(&self) -> bool {
        self.missed <= 0.0
    }

    /// Goals that hold come first, then money; where some are missed, how far.
    pub(super) fn beats(&self, other: &Self) -> bool {
        match (self.holds(), other.holds()) {
            (true, true) => self.cost < other.cost,
            (false, false) => self.missed < other.missed,
            (holds, _) => holds,
        }
    }
}

/// How far a queue's goal is missed, by the law by which the page judges; contacts in thin intervals stay a little below those allowed, so that
/// they do on other contacts too.
pub(super) fn missed(queue: &Queue, of: &QueueService) -> f64 {
    let thin = of.in_thin_intervals(queue.goal.share.get(), THIN);
    let too_thin = if queue.goal.over == GoalPeriod::Interval { (thin - WITHIN).max(0.0) } else { 0.0 };
    of.missed(&queue.goal).max(too_thin)
}
