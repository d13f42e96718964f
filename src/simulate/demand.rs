//! Contacts of a replication, interval by interval: how many come, and when within the interval.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::domain::sample_paths::PathSampler;

use super::clock::Clock;

/// Who arrives in a replication.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals {
    /// `counts[queue][interval]`.
    counts: Vec<Vec<f64>>,
    /// Mean handle times over those of the forecast, the same way.
    handle_times: Vec<Vec<f64>>,
    /// The next interval to be laid out.
    next_interval: usize,
    /// Those of the last interval laid out, last one first: time within it in units of 2⁻⁴⁸, and queue.
    due: Vec<u64>,
    /// Start of that interval.
    start: f64,
}

/// Bits of a queue beside the time.
const QUEUE_BITS: u32 = 16;

impl Arrivals {
    /// A new replication, by its number.
    pub(super) fn begin(&mut self, paths: &PathSampler, queues: usize, number: u32) {
        self.counts.resize(queues, Vec::new());
        for (queue, counts) in self.counts.iter_mut().enumerate() {
            paths.path(queue, number, counts);
        }
        self.handle_times.resize(queues, Vec::new());
        for (queue, factors) in self.handle_times.iter_mut().enumerate() {
            paths.handle_times(queue, number, factors);
        }
        self.next_interval = 0;
        self.due.clear();
    }

    /// How much longer than forecast contacts of a queue take in an interval, as a factor; 1 where nothing was drawn.
    pub(super) fn handle_time_factor(&self, queue: u16, interval: usize) -> f64 {
        self.handle_times.get(usize::from(queue)).and_then(|factors| factors.get(interval)).copied().unwrap_or(1.0)
    }

    /// When the next contact arrives, in which interval, and for which queue; lays out further intervals as needed.
    pub(super) fn next(&mut self, clock: &Clock, random: &mut ChaCha8Rng) -> Option<(f64, usize, u16)> {
        let intervals = self.counts.first().map_or(0, Vec::len);
        while self.due.is_empty() {
            if self.next_interval >= intervals {
                return None;
            }
            self.lay_out(clock, random);
        }
        let due = self.due.pop()?;
        let within = (due >> QUEUE_BITS) as f64 / (1u64 << (64 - QUEUE_BITS)) as f64;
        let queue = u16::try_from(due & ((1 << QUEUE_BITS) - 1)).unwrap_or(0);
        Some((self.start + within * clock.interval_s(), self.next_interval - 1, queue))
    }

    /// Arrivals of an interval are even within it.
    fn lay_out(&mut self, clock: &Clock, random: &mut ChaCha8Rng) {
        let at = self.next_interval;
        self.start = clock.start_of(at);
        for (queue, counts) in self.counts.iter().enumerate() {
            for _ in 0..whole(counts[at]) {
                let within = random.random::<u64>() & !((1 << QUEUE_BITS) - 1);
                self.due.push(within | queue as u64);
            }
        }
        self.due.sort_unstable_by(|a, b| b.cmp(a));
        self.next_interval += 1;
    }
}

/// Counts drawn are whole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are whole, positive and small")]
fn whole(count: f64) -> u64 {
    count as u64
}
