//! Split shifts as pricing sees them: every start, cut and gap that the contract allows.
//!
//! Most split shifts of a date share their parts with others, so a part is priced once, breaks included, and a split
//! shift costs what its two parts do, with the pay of the gap on top.

use std::ops::Range;

use crate::domain::labour::LabourRules;
use crate::domain::units::Minutes;

use super::breaks::{BreakPlan, known_plan};
use super::slots::Axis;

/// A part of a split shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    /// First slot.
    pub(crate) start: usize,
    /// Elapsed length in slots.
    pub(crate) slots: usize,
    /// Which of the library's break plans it follows.
    pub(crate) plan: usize,
}

impl Part {
    /// Its slots.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.start + self.slots
    }
}

/// How a shift is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// Slots from the shift's start to the gap.
    pub(crate) offset: usize,
    /// Slots of the gap.
    pub(crate) slots: usize,
    /// Positions of both parts among those of the date.
    pub(crate) parts: [usize; 2],
    /// Whether the contract limits how many a rule week may hold.
    pub(crate) is_counted: bool,
}

/// A way to split shifts, wherever they start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// Lengths in slots and break plans of both parts.
    parts: [(usize, usize); 2],
    /// Slots of the gap.
    gap: usize,
    /// Paid minutes.
    pub(crate) paid: i32,
    is_counted: bool,
}

impl Way {
    /// Slots from the start of the first part to the end of the second.
    pub(crate) fn slots(&self) -> usize {
        self.parts[0].0 + self.gap + self.parts[1].0
    }

    /// Slots of both parts.
    pub(crate) fn length(&self) -> usize {
        self.parts[0].0 + self.parts[1].0
    }

    /// Both parts of a shift that starts at a slot.
    pub(super) fn parts_from(&self, start: usize) -> [Part; 2] {
        let [(first, plan), (second, plan_of_second)] = self.parts;
        let again = start + first + self.gap;
        [Part { start, slots: first, plan }, Part { start: again, slots: second, plan: plan_of_second }]
    }

    /// How a shift that starts at a slot is split; its parts are among those of the date, which are in order.
    pub(super) fn split_from(&self, start: usize, parts: &[Part]) -> Split {
        let place_of = |part: Part| parts.binary_search(&part).unwrap_or(0);
        let parts = self.parts_from(start).map(place_of);
        Split { offset: self.parts[0].0, slots: self.gap, parts, is_counted: self.is_counted }
    }
}

/// All ways to split the shifts of a contract, shortest first; `lengths` are those of its shifts, in slots.
pub(super) fn ways(rules: &LabourRules, lengths: &[usize], axis: &Axis, plans: &mut Vec<BreakPlan>) -> Vec<Way> {
    let Some(rule) = rules.split else { return Vec::new() };
    let width = i64::from(axis.interval);
    let slots = |minutes: Minutes| usize::try_from(minutes.get() / width).unwrap_or(0);
    let mut ways = Vec::new();
    for &length in lengths {
        for first in rule.first_parts(Minutes::new(i64::from(axis.start_minute(length)))).map(slots) {
            let mut part = |slots: usize| Some(known_plan(plans, BreakPlan::new(rules, slots, width)?));
            let (Some((plan, unpaid)), Some((plan_of_second, unpaid_of_second))) = (part(first), part(length - first))
            else {
                continue;
            };
            let paid = axis.start_minute(length.saturating_sub(unpaid + unpaid_of_second));
            let parts = [(first, plan), (length - first, plan_of_second)];
            let is_counted = rule.max_per_week.is_some();
            ways.extend(rule.gaps().map(slots).map(|gap| Way { parts, gap, paid, is_counted }));
        }
    }
    ways
}
