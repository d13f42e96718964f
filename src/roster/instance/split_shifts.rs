//! Split shifts as pricing sees them: every start, cut and gap that the contract allows.
//!
//! Most split shifts of a date share their parts with others, so a part is priced once, breaks included, and a split
//! shift costs what its two parts do, with the pay of the gap on top.

use std::ops::Range;

use crate::domain::labour::LabourRules;
use crate::domain::units::Minutes;

use super::breaks::{BreakPlan, known_plan};
use super::slots::SlotGrid;

/// A part of a split shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SplitPart {
    /// First slot.
    pub(crate) start: usize,
    /// Elapsed length in slots.
    pub(crate) slots: usize,
    /// Which of the library's break plans it follows.
    pub(crate) plan: usize,
}

impl SplitPart {
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
pub(super) struct SplitPattern {
    /// Lengths in slots and break plans of both parts.
    parts: [(usize, usize); 2],
    /// Slots of the gap.
    gap: usize,
    /// Paid minutes.
    pub(crate) paid: i32,
    is_counted: bool,
}

impl SplitPattern {
    /// Slots from the start of the first part to the end of the second.
    pub(crate) fn slots(&self) -> usize {
        self.parts[0].0 + self.gap + self.parts[1].0
    }

    /// Slots of both parts.
    pub(crate) fn length(&self) -> usize {
        self.parts[0].0 + self.parts[1].0
    }

    /// Both parts of a shift that starts at a slot.
    pub(super) fn parts_from(&self, start: usize) -> [SplitPart; 2] {
        let [(first, plan), (second, plan_of_second)] = self.parts;
        let again = start + first + self.gap;
        [SplitPart { start, slots: first, plan }, SplitPart { start: again, slots: second, plan: plan_of_second }]
    }

    /// How a shift that starts at a slot is split; its parts are among those of the date, which are in order.
    pub(super) fn split_from(&self, start: usize, parts: &[SplitPart]) -> Split {
        let place_of = |part: SplitPart| parts.binary_search(&part).unwrap_or(0);
        let parts = self.parts_from(start).map(place_of);
        Split { offset: self.parts[0].0, slots: self.gap, parts, is_counted: self.is_counted }
    }
}

/// All ways to split the shifts of a contract, shortest first; `lengths` are those of its shifts, in slots.
pub(super) fn patterns(
    rules: &LabourRules,
    lengths: &[usize],
    slot_grid: &SlotGrid,
    plans: &mut Vec<BreakPlan>,
) -> Vec<SplitPattern> {
    let Some(rule) = rules.split else { return Vec::new() };
    let width = i64::from(slot_grid.interval);
    let slots = |minutes: Minutes| usize::try_from(minutes.get() / width).unwrap_or(0);
    let mut patterns = Vec::new();
    for &length in lengths {
        for first in rule.first_parts(Minutes::new(i64::from(slot_grid.start_minute(length)))).map(slots) {
            let mut part = |slots: usize| Some(known_plan(plans, BreakPlan::new(rules, slots, width)?));
            let (Some((plan, unpaid)), Some((plan_of_second, unpaid_of_second))) = (part(first), part(length - first))
            else {
                continue;
            };
            let paid = slot_grid.start_minute(length.saturating_sub(unpaid + unpaid_of_second));
            let parts = [(first, plan), (length - first, plan_of_second)];
            let is_counted = rule.max_per_week.is_some();
            patterns.extend(rule.gaps().map(slots).map(|gap| SplitPattern { parts, gap, paid, is_counted }));
        }
    }
    patterns
}
