//! What happens next: events in the order of time, those at one time in the order of their kind.

/// What can happen beside arrivals and what the roster says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An agent is done with a contact, unless the agent's count of changes has moved on.
    Done { agent: u32, change: u32 },
    /// A waiting contact may now overflow to other agents.
    Overflow { queue: u16 },
    /// A contact gives up if it still waits.
    GivesUp { queue: u16, number: u32 },
    /// A customer calls again.
    Redials { queue: u16 },
    /// A contact reaches a second tier, with the number of what it brings.
    Escalates { queue: u16, follow_up: u32 },
}

/// Bits of an event's second number, and of both numbers together; the rest tells the kind.
const SECOND: u32 = 32;
const NUMBERS: u32 = 60;

impl Event {
    /// An event as one number: its kind, then who, then what.
    fn code(self) -> u64 {
        let code =
            |kind: u64, first: u32, second: u32| kind << NUMBERS | u64::from(first) << SECOND | u64::from(second);
        match self {
            Self::Done { agent, change } => code(0, agent, change),
            Self::Overflow { queue } => code(1, queue.into(), 0),
            Self::GivesUp { queue, number } => code(2, queue.into(), number),
            Self::Redials { queue } => code(3, queue.into(), 0),
            Self::Escalates { queue, follow_up } => code(4, queue.into(), follow_up),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the parts of a code are as wide as what they were made of")]
    fn of(code: u64) -> Self {
        let first = (code >> SECOND) as u32 & ((1 << (NUMBERS - SECOND)) - 1);
        let (queue, second) = (first as u16, code as u32);
        match code >> NUMBERS {
            0 => Self::Done { agent: first, change: second },
            1 => Self::Overflow { queue },
            2 => Self::GivesUp { queue, number: second },
            3 => Self::Redials { queue },
            _ => Self::Escalates { queue, follow_up: second },
        }
    }
}

/// Children of a node of the heap: four lie in one line of the cache, and halve its depth.
const CHILDREN: usize = 4;

/// Events to come: a heap of times with events, each one number, for times that are not negative are in the order of their bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    heap: Vec<u128>,
}

impl Calendar {
    /// Nothing is to come.
    pub(super) fn clear(&mut self) {
        self.heap.clear();
    }

    /// Something will happen at a time that is not negative.
    pub(super) fn add(&mut self, at: f64, event: Event) {
        self.heap.push(u128::from(at.to_bits()) << 64 | u128::from(event.code()));
        self.rise(self.heap.len() - 1);
    }

    /// When the next thing happens; never if nothing is to come.
    pub(super) fn next_at(&self) -> f64 {
        self.heap.first().map_or(f64::INFINITY, |first| f64::from_bits((first >> 64) as u64))
    }

    /// What happens next. The last entry belongs near the bottom: the gap at the top sinks all the way down, the entry rises a little.
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is an event")]
    pub(super) fn next(&mut self) -> Option<Event> {
        let last = self.heap.pop()?;
        let Some(first) = self.heap.first().copied() else { return Some(Event::of(last as u64)) };
        let gap = self.sink_gap();
        self.heap[gap] = last;
        self.rise(gap);
        Some(Event::of(first as u64))
    }

    /// Moves an entry up to where it belongs.
    fn rise(&mut self, mut at: usize) {
        let entry = self.heap[at];
        while at > 0 {
            let parent = (at - 1) / CHILDREN;
            if self.heap[parent] <= entry {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = entry;
    }

    /// Moves a gap from the top to where there are no children, least child by least child.
    fn sink_gap(&mut self) -> usize {
        let mut gap = 0;
        loop {
            let from = gap * CHILDREN + 1;
            let least = if let Some(&[a, b, c, d]) = self.heap.get(from..from + CHILDREN) {
                let (left, right) = (usize::from(b < a), usize::from(d < c));
                let later = c.min(d) < a.min(b);
                from + if later { 2 + right } else { left }
            } else if let Some(least) = (from..self.heap.len()).min_by_key(|&child| self.heap[child]) {
                least
            } else {
                return gap;
            };
            self.heap[gap] = self.heap[least];
            gap = least;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_the_order_of_time_then_of_their_kind() {
        let mut calendar = Calendar::default();
        let events = [
            (7.0, Event::Escalates { queue: 3, follow_up: 9 }),
            (7.0, Event::Done { agent: 5, change: 2 }),
            (0.5, Event::Redials { queue: u16::MAX }),
            (90.0, Event::GivesUp { queue: 1, number: u32::MAX }),
            (7.0, Event::Overflow { queue: 4 }),
        ];
        for (at, event) in events {
            calendar.add(at, event);
        }
        let order = [2, 1, 4, 0, 3].map(|at: usize| events[at]);
        for (at, event) in order {
            assert_eq!((calendar.next_at(), calendar.next()), (at, Some(event)));
        }
        assert_eq!((calendar.next_at(), calendar.next()), (f64::INFINITY, None));
    }

    #[test]
    fn a_thousand_events_come_sorted() {
        let mut calendar = Calendar::default();
        // 617 is prime to 1,000: every time once, in disorder.
        (0..1_000).for_each(|at| calendar.add(f64::from(at * 617 % 1_000), Event::Redials { queue: 0 }));
        for at in 0..1_000 {
            assert!((calendar.next_at() - f64::from(at)).abs() < 1e-12);
            calendar.next();
        }
    }
}
