//! A roster line: everything one agent works over the plan, and what it costs apart from cover.

use crate::domain::labour::BreakKind;
use crate::domain::workforce::{Agent, Span, WishKind};

use super::axis::Axis;
use super::breaks::PlacedBreak;
use super::shifts::ShiftLibrary;

/// One shift of a line, in slots of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineShift {
    /// Day of the plan.
    pub(super) day: usize,
    /// First slot.
    pub(super) start: usize,
    /// Elapsed length.
    pub(super) slots: usize,
    /// Breaks in order.
    pub(super) breaks: Vec<PlacedBreak>,
}

impl LineShift {
    /// Slots from start to end, breaks included.
    pub(super) fn span(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.slots
    }

    /// Stretches of work between the breaks.
    pub(super) fn stretches(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let starts = std::iter::once(self.start).chain(self.breaks.iter().map(|b| self.start + b.offset + b.slots));
        let ends = self.breaks.iter().map(|b| self.start + b.offset).chain(std::iter::once(self.start + self.slots));
        starts.zip(ends).map(|(from, until)| from..until).filter(|stretch| !stretch.is_empty())
    }
}

/// All shifts of one agent, in order, and their cost: wages, premiums and refused wishes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// The shifts.
    pub(super) shifts: Vec<LineShift>,
    /// Wages, premiums and refused wishes, in the currency.
    pub(super) cost: f64,
}

impl Line {
    /// Prices shifts for an agent.
    pub(super) fn new(shifts: Vec<LineShift>, agent: &Agent, library: &ShiftLibrary, axis: &Axis) -> Self {
        let pay = |slots: std::ops::Range<usize>| library.pay[slots.end] - library.pay[slots.start];
        let hours: f64 = shifts
            .iter()
            .map(|shift| {
                let unpaid = shift.breaks.iter().filter(|placed| placed.kind == BreakKind::Unpaid).map(|placed| {
                    let from = shift.start + placed.offset;
                    pay(from..from + placed.slots)
                });
                pay(shift.span()) - unpaid.sum::<f64>()
            })
            .sum();
        let refused = agent.wishes.iter().filter(|wish| {
            let span = |shift: &LineShift| Span {
                from: axis.instant(shift.start),
                until: axis.instant(shift.start + shift.slots),
            };
            let first = shifts.partition_point(|shift| span(shift).until <= wish.span.from);
            let wished = shifts.get(first).is_some_and(|shift| span(shift).overlaps(&wish.span));
            match wish.kind {
                WishKind::Off => wished,
                WishKind::Work => !wished,
            }
        });
        let wishes: f64 = refused.map(|wish| wish.price.as_f64()).sum();
        Self { cost: agent.hourly_cost.as_f64() * hours + wishes, shifts }
    }

    /// Slots in which the agent serves queues.
    pub(super) fn worked(&self) -> impl Iterator<Item = usize> + '_ {
        self.shifts.iter().flat_map(|shift| shift.stretches().flatten())
    }
}
