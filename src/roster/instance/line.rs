//! A roster line: everything one agent works over the plan, and what it costs apart from cover.

use std::ops::Range;

use crate::domain::activity::OwedSessions;
use crate::domain::labour::BreakKind;
use crate::domain::promise::PromisedDay;
use crate::domain::roster::{Activity, Piece};
use crate::domain::span::Span;
use crate::domain::workforce::{Agent, WishKind};

use super::breaks::{Pause, PlacedBreak};
use super::shifts::{Candidate, ShiftLibrary};
use super::slots::SlotGrid;

/// One shift of a line, in slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineShift {
    /// Day of the plan.
    pub(crate) day: usize,
    /// First slot.
    pub(crate) start: usize,
    /// Elapsed time from start to end.
    pub(crate) slots: usize,
    /// Breaks and sessions in order, the gap of a split shift among them.
    pub(crate) breaks: Vec<PlacedBreak>,
}

impl LineShift {
    /// Slots from start to end, breaks and gap included.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.start + self.slots
    }

    /// The key of its candidate.
    pub(crate) fn key(&self) -> [usize; 4] {
        let (offset, slots) = self.gap().map_or((0, 0), |gap| (gap.offset, gap.slots));
        [self.start, self.slots, offset, slots]
    }

    /// The gap of a split shift.
    pub(crate) fn gap(&self) -> Option<&PlacedBreak> {
        self.breaks.iter().find(|placed| placed.pause == Pause::Gap)
    }

    /// Slots in which the agent is there, breaks included: all of them, or those on either side of the gap.
    pub(crate) fn present(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let span = self.span();
        let gap = self.gap().map_or(span.end..span.end, |gap| gap.after(self.start));
        [span.start..gap.start, gap.end..span.end].into_iter().filter(|part| !part.is_empty())
    }

    /// Stretches of work between the breaks.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let starts = std::iter::once(self.start).chain(self.breaks.iter().map(|b| self.start + b.offset + b.slots));
        let ends = self.breaks.iter().map(|b| self.start + b.offset).chain(std::iter::once(self.start + self.slots));
        starts.zip(ends).map(|(from, until)| from..until).filter(|stretch| !stretch.is_empty())
    }

    /// Work and breaks of a shift, one after the other; the gap of a split shift is no piece.
    pub(crate) fn pieces(&self, slot_grid: &SlotGrid) -> Vec<Piece> {
        let span = |from: usize, until: usize| Span { from: slot_grid.instant(from), until: slot_grid.instant(until) };
        let mut pieces = Vec::with_capacity(2 * self.breaks.len() + 1);
        let mut at = self.start;
        for placed in &self.breaks {
            let from = self.start + placed.offset;
            if from > at {
                pieces.push(Piece { activity: Activity::Work, span: span(at, from) });
            }
            let activity = match placed.pause {
                Pause::Break(BreakKind::Paid) => Some(Activity::Break),
                Pause::Break(BreakKind::Unpaid) => Some(Activity::Meal),
                Pause::Session { of, is_paid } => Some(Activity::Session { of, is_paid }),
                Pause::Gap => None,
            };
            at = from + placed.slots;
            pieces.extend(activity.map(|activity| Piece { activity, span: span(from, at) }));
        }
        if self.start + self.slots > at {
            pieces.push(Piece { activity: Activity::Work, span: span(at, self.start + self.slots) });
        }
        pieces
    }
}

/// All shifts of one agent, in order, and their cost: wages, premiums, refused wishes and sessions owed and not held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// The shifts.
    pub(crate) shifts: Vec<LineShift>,
    /// Wages, premiums, refused wishes and sessions not held, in the currency.
    pub(crate) cost: f64,
}

impl Line {
    /// Prices shifts for an agent.
    pub(crate) fn new(shifts: Vec<LineShift>, agent: &Agent, library: &ShiftLibrary, slot_grid: &SlotGrid) -> Self {
        let pay = |slots: Range<usize>| library.pay[slots.end] - library.pay[slots.start];
        let hours: f64 = shifts
            .iter()
            .map(|shift| {
                let unpaid = shift.breaks.iter().filter(|placed| !placed.pause.is_paid());
                let for_gap = shift.gap().map_or(0.0, |gap| gap.slots as f64 * library.gap_pay);
                let unpaid = unpaid.map(|placed| pay(placed.after(shift.start)));
                pay(shift.span()) - unpaid.sum::<f64>() + for_gap
            })
            .sum();
        let refused = agent.wishes.iter().filter(|wish| {
            let span =
                |part: Range<usize>| Span { from: slot_grid.instant(part.start), until: slot_grid.instant(part.end) };
            let first = shifts.partition_point(|shift| span(shift.span()).until <= wish.span.from);
            let there = shifts[first..].iter().take_while(|shift| span(shift.span()).from < wish.span.until);
            let wished = there.flat_map(LineShift::present).any(|part| span(part).overlaps(&wish.span));
            match wish.kind {
                WishKind::Off => wished,
                WishKind::Work => !wished,
            }
        });
        let wishes: f64 = refused.map(|wish| wish.price.as_f64()).sum();
        let unplaced = unplaced(&shifts, agent, library);
        let burdens = burdens(&shifts, agent, library);
        let changes = changes(&shifts, agent, library, slot_grid);
        Self { cost: agent.hourly_cost.as_f64() * hours + wishes + unplaced + changes + burdens, shifts }
    }

    /// Slots in which the agent is on shift, breaks included.
    pub(crate) fn present(&self) -> impl Iterator<Item = usize> + '_ {
        self.shifts.iter().flat_map(|shift| shift.present().flatten())
    }

    /// Slots in which the agent serves queues.
    pub(crate) fn worked(&self) -> impl Iterator<Item = usize> + '_ {
        self.shifts.iter().flat_map(|shift| shift.stretches().flatten())
    }
}

/// The price of the burdens that the shifts are.
fn burdens(shifts: &[LineShift], agent: &Agent, library: &ShiftLibrary) -> f64 {
    if agent.burden.is_free() {
        return 0.0;
    }
    let points = shifts.iter().map(|shift| {
        let candidates = library.days.get(shift.day).map_or(&[][..], |day| day);
        let found = candidates.binary_search_by_key(&shift.key(), Candidate::key);
        found.map_or(0, |at| candidates[at].burden)
    });
    agent.burden.of(points.sum()).as_f64()
}

/// The price of days that are not as they were promised.
fn changes(shifts: &[LineShift], agent: &Agent, library: &ShiftLibrary, slot_grid: &SlotGrid) -> f64 {
    let price = |day: &PromisedDay| {
        let shift = shifts.iter().find(|shift| library.dates.get(shift.day).is_some_and(|of| of.date == day.date));
        day.price(&shift.map_or_else(Vec::new, |shift| shift.pieces(slot_grid))).as_f64()
    };
    agent.promised.iter().map(price).sum()
}

/// The price of the sessions that an agent owes and no shift holds.
fn unplaced(shifts: &[LineShift], agent: &Agent, library: &ShiftLibrary) -> f64 {
    let price = |owed: &OwedSessions| {
        let is_within = |shift: &&LineShift| library.dates.get(shift.day).is_some_and(|day| owed.holds(day.start));
        let held = shifts.iter().filter(is_within).flat_map(|shift| &shift.breaks);
        let held =
            held.filter(|placed| matches!(placed.pause, Pause::Session { of, .. } if of == owed.activity)).count();
        owed.unplaced(u32::try_from(held).unwrap_or(u32::MAX)).as_f64()
    };
    agent.owed.iter().map(price).sum()
}
