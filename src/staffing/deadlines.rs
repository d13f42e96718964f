//! When deferred work can be done and is due: email, back office.
//!
//! Contacts are a fluid of handle seconds. Work that arrives in an interval may be done from that interval on; it is due
//! one deadline (elapsed time) after it arrived. Work is only done in open intervals, so what falls due while the queue
//! is closed has to be done before closing; for work that arrives while the queue is closed and would fall due before
//! it opens, the deadline counts from the opening. Backlog comes first by its age, and where its deadline has already
//! passed, the deadline counts from the first opening too.

use super::escalation::Arrivals;
use crate::domain::requirement::{Backlog, next_open};
use crate::domain::time::IntervalGrid;
use crate::domain::units::Minutes;

/// Work that arrived together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parcel {
    /// The interval in which it arrives; none for backlog that is there from the start.
    pub(super) arrived: Option<usize>,
    /// Handle time of all its contacts, seconds.
    pub(super) work: f64,
    /// The interval by whose end some of it is due, and the share of it.
    pub(super) first: (usize, f64),
    /// The same for the rest.
    pub(super) rest: (usize, f64),
}

impl Parcel {
    /// The first interval in which it can be done.
    pub(super) fn available(&self) -> usize {
        self.arrived.unwrap_or(0)
    }

    /// The parts by due interval: interval and seconds of work.
    pub(super) fn dues(&self) -> [(usize, f64); 2] {
        [(self.first.0, self.first.1 * self.work), (self.rest.0, self.rest.1 * self.work)]
    }
}

/// When a queue's work can be done and is due, in intervals.
#[derive(Clone, Debug)]
pub(super) struct Deadlines<'a> {
    /// Whether each interval is open.
    open: &'a [bool],
    next: Vec<usize>,
    /// The deadline, in intervals.
    length: f64,
}

impl<'a> Deadlines<'a> {
    /// The deadlines of a queue with these opening hours.
    pub(super) fn new(open: &'a [bool], deadline: Minutes, interval: Minutes) -> Self {
        Self { open, next: next_open(open), length: deadline.get().max(0) as f64 / interval.get() as f64 }
    }

    /// The parcels of an interval's arrivals and of backlog, in order of arrival; without work or opening, none.
    pub(super) fn parcels(
        &self,
        arrivals: &Arrivals,
        backlog: &[Backlog],
        aht: f64,
        grid: &IntervalGrid,
    ) -> Vec<Parcel> {
        let waiting = backlog.iter().filter_map(|waiting| self.waiting(waiting, aht, grid));
        let arriving = (0..self.open.len()).filter_map(|interval| {
            let work = arrivals.contacts.get(interval)? * arrivals.aht.get(interval)?;
            self.arriving(interval, work)
        });
        waiting.chain(arriving).filter(|parcel| parcel.work > 0.0).collect()
    }

    /// Work that arrives evenly over an interval is due evenly over one interval's length.
    fn arriving(&self, interval: usize, work: f64) -> Option<Parcel> {
        let opening = self.next.get(interval).copied().filter(|opening| *opening < self.open.len())?;
        let due = interval as f64 + self.length;
        let due = if due <= opening as f64 { opening as f64 + self.length } else { due };
        let (whole, part) = (due.floor(), due.fract());
        let first = count(whole);
        Some(Parcel { arrived: Some(interval), work, first: (first, 1.0 - part), rest: (first + 1, part) })
    }

    /// Backlog is due at one moment, so before the interval in which that moment lies.
    fn waiting(&self, backlog: &Backlog, aht: f64, grid: &IntervalGrid) -> Option<Parcel> {
        let opening = self.next.first().copied().filter(|opening| *opening < self.open.len())?;
        let age = (grid.start() - backlog.arrived).num_seconds() as f64 / (grid.interval().get() as f64 * 60.0);
        let due = (self.length - age).floor();
        let due = if due <= opening as f64 { opening as f64 + self.length.floor().max(1.0) } else { due };
        let last = count(due) - 1;
        let arrived = grid.index_of(backlog.arrived);
        Some(Parcel { arrived, work: backlog.contacts * aht, first: (last, 1.0), rest: (last + 1, 0.0) })
    }
}

/// A position on the grid as a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions are positive and far below 2^53"
)]
fn count(position: f64) -> usize {
    position.max(0.0) as usize
}
