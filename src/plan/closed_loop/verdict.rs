//! Whether goals hold in a simulation, and which of two rosters is better.

use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::service::{PeriodService, QueueService, Service};
use crate::roster::CheckedRoster;

/// Below its goal by more than this an interval is thin.
pub(super) const THIN: f64 = 0.02;
/// Share of contacts that may come in thin intervals where a goal is over intervals: the share served over the week is what is promised there,
/// and this keeps it from being served in a few hours alone.
pub(super) const THIN_SHARE: f64 = 0.1;

/// How good a round's roster is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merit {
    /// How far goals are missed by the lower ends of their bands, all together; 0 where all hold.
    pub(super) missed: f64,
    /// The largest share of contacts in thin intervals, of queues whose goal is over intervals.
    pub(super) thin: f64,
    /// Wages and premiums, in the currency.
    cost: f64,
}

impl Merit {
    pub(super) fn of(queues: &[Queue], service: &Service, checked: &CheckedRoster) -> Self {
        let of_queues = || queues.iter().zip(&service.queues);
        let missed = of_queues().map(|(queue, of)| missed(queue, of)).sum();
        let by_interval = of_queues().filter(|(queue, _)| queue.goal.over == GoalPeriod::Interval);
        let thin =
            by_interval.map(|(queue, of)| of.in_thin_intervals(queue.goal.share.get(), THIN)).fold(0.0, f64::max);
        Self { missed, thin, cost: checked.cost().labour().as_f64() }
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

/// How far a queue's goal is missed: over intervals by the week's share, and by contacts in thin intervals beyond those allowed.
pub(super) fn missed(queue: &Queue, of: &QueueService) -> f64 {
    let goal = queue.goal.share.get();
    let short = |period: &PeriodService| period.in_time.map_or(0.0, |share| (goal - share.low).max(0.0));
    let most = |periods: &[PeriodService]| periods.iter().map(short).fold(0.0, f64::max);
    match queue.goal.over {
        GoalPeriod::Interval => most(&of.weeks) + (of.in_thin_intervals(goal, THIN) - THIN_SHARE).max(0.0),
        GoalPeriod::Day => most(&of.days),
        GoalPeriod::Week => most(&of.weeks),
    }
}
