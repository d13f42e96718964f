//! What queues are to reach where people are shared.

use crate::domain::queue::{Channel, Queue};

/// What a queue is to reach in every interval, so that its goal holds where people are shared: of a live queue the share
/// to be served in time by the pool's formula; of deferred work the multiple of its even load.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolTargets {
    /// `shares[queue][interval]`.
    pub shares: Vec<Vec<f64>>,
    /// Multiple of the usual price of a head that is missing, in the same order.
    pub weights: Vec<Vec<f64>>,
}

impl PoolTargets {
    /// The goals themselves, and deferred work as it comes.
    #[must_use]
    pub fn of_goals(queues: &[Queue], intervals: usize) -> Self {
        let of = |queue: &Queue| match queue.channel {
            Channel::Deferred { .. } => vec![1.0; intervals],
            Channel::Voice | Channel::Chat { .. } => vec![queue.goal.share.get(); intervals],
        };
        Self { shares: queues.iter().map(of).collect(), weights: vec![vec![1.0; intervals]; queues.len()] }
    }

    /// From an interval on the targets are those of a week before.
    pub fn repeat_after(&mut self, end: usize, week: usize) {
        for of_queue in self.shares.iter_mut().chain(&mut self.weights) {
            for t in end..of_queue.len() {
                of_queue[t] = of_queue[t.saturating_sub(week).min(end.saturating_sub(1))];
            }
        }
    }
}
