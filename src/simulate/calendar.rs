//! What happens next: events in the order of time, those at one time in the order of their kind.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What can happen beside arrivals and what the roster says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// An agent is done with a contact, unless the agent's count of changes has moved on.
    Done { agent: u32, change: u32 },
    /// A waiting contact may now overflow to other agents.
    Overflow { queue: u16 },
    /// A contact gives up if it still waits.
    GivesUp { queue: u16, number: u32 },
    /// A customer calls again.
    Redials { queue: u16 },
    /// A contact reaches a second tier, with the seed of what it brings.
    Escalates { queue: u16, seed: u64 },
}

/// Events to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    heap: BinaryHeap<Reverse<(u64, Event)>>,
}

impl Calendar {
    /// Nothing is to come.
    pub(super) fn clear(&mut self) {
        self.heap.clear();
    }

    /// Something will happen at a time that is not negative.
    pub(super) fn add(&mut self, at: f64, event: Event) {
        // Times that are not negative are in the order of their bits.
        self.heap.push(Reverse((at.to_bits(), event)));
    }

    /// When the next thing happens; never if nothing is to come.
    pub(super) fn next_at(&self) -> f64 {
        self.heap.peek().map_or(f64::INFINITY, |Reverse((at, _))| f64::from_bits(*at))
    }

    /// What happens next.
    pub(super) fn next(&mut self) -> Option<Event> {
        self.heap.pop().map(|Reverse((_, event))| event)
    }
}
