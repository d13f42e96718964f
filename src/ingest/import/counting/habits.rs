//! What the contacts of each queue tell of its customers and of its handle times.

use crate::domain::contact_records::Habits;

use super::contacts::{Contact, Ending};
use super::patience::{Waits, patience};

/// Handle times from which a spread is told.
const FEW: u64 = 50;

/// Waits and handle times so far, by the number of the queue.
#[derive(Debug, Default)]
pub(in crate::ingest::import) struct HabitsSeen {
    of_queue: Vec<Seen>,
}

/// Waits and handle times of one queue.
#[derive(Debug, Default)]
struct Seen {
    waits: Waits,
    times: Times,
}

/// Handle times, added up.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    count: u64,
    /// Seconds.
    sum: f64,
    /// Squared seconds.
    squares: f64,
}

impl HabitsSeen {
    /// Takes in one contact.
    pub(in crate::ingest::import) fn add(&mut self, contact: &Contact) {
        let seen = self.of(contact.queue);
        if let (Some(wait), true) = (contact.wait, contact.ending != Ending::Unknown) {
            seen.waits.add(wait, contact.ending == Ending::Abandoned);
        }
        if let Some(time) = contact.handle_time {
            seen.times.add(Times { count: 1, sum: time, squares: time * time });
        }
    }

    /// Takes in what was seen elsewhere, under other numbers of queues.
    pub(in crate::ingest::import) fn take_in(&mut self, others: Self, queues: &[u32]) {
        for (queue, others) in queues.iter().zip(others.of_queue) {
            let seen = self.of(*queue);
            seen.waits.take_in(&others.waits);
            seen.times.add(others.times);
        }
    }

    fn of(&mut self, queue: u32) -> &mut Seen {
        let number = queue as usize;
        if self.of_queue.len() <= number {
            self.of_queue.resize_with(number + 1, Seen::default);
        }
        &mut self.of_queue[number]
    }

    /// Queue by queue, in the order of their numbers.
    pub(in crate::ingest::import) fn habits(&self, names: &[String]) -> Vec<Habits> {
        let of_queue = |(number, name): (usize, &String)| {
            let seen = self.of_queue.get(number);
            Habits {
                queue: name.clone(),
                patience: seen.and_then(|seen| patience(&seen.waits)),
                handle_cv: seen.and_then(|seen| seen.times.spread()),
            }
        };
        names.iter().enumerate().map(of_queue).collect()
    }
}

impl Times {
    fn add(&mut self, others: Self) {
        self.count += others.count;
        self.sum += others.sum;
        self.squares += others.squares;
    }

    /// Standard deviation over mean.
    fn spread(&self) -> Option<f64> {
        let count = self.count as f64;
        let mean = self.sum / count;
        let variance = ((self.squares - self.sum * mean) / (count - 1.0)).max(0.0);
        (self.count >= FEW && mean > 0.0).then(|| (variance.sqrt() / mean * 100.0).round() / 100.0)
    }
}
