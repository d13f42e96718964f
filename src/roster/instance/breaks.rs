//! Where the breaks of a shift fall: the best placement for given values, by dynamic programming over break starts.
//!
//! Breaks come in the order of the contract; each starts within its window, counted from the shift's start, and
//! leaves at least the contract's time to the next (the break windows of Aykin 1996). Giving up a stretch of the shift
//! to a break has a gain (a wage saved, if unpaid) and a loss (cover); the sum is maximised exactly.

use crate::domain::ids::ActivityId;
use crate::domain::labour::{BreakKind, LabourRules};

/// One break in slots from the shift's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BreakSlot {
    pub(crate) kind: BreakKind,
    pub(crate) slots: usize,
    pub(crate) earliest: usize,
    pub(crate) latest: usize,
}

/// The breaks that a shift of some length has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BreakPlan {
    pub(crate) breaks: Vec<BreakSlot>,
    pub(super) apart: usize,
}

/// What interrupts the work of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// A break.
    Break(BreakKind),
    /// The gap of a split shift.
    Gap,
    /// A session of another activity.
    Session {
        /// The kind.
        of: ActivityId,
        /// Whether it is paid.
        is_paid: bool,
    },
}

impl Pause {
    /// Whether its minutes are paid as work is.
    pub(crate) fn is_paid(self) -> bool {
        matches!(self, Self::Break(BreakKind::Paid) | Self::Session { is_paid: true, .. })
    }
}

/// A break or session that was placed, or the gap of a split shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlacedBreak {
    /// What it is.
    pub(crate) pause: Pause,
    /// First slot, counted from the shift's start.
    pub(crate) offset: usize,
    /// How many slots.
    pub(crate) slots: usize,
}

impl PlacedBreak {
    /// Its slots, in a shift that starts at one.
    pub(crate) fn after(&self, start: usize) -> std::ops::Range<usize> {
        start + self.offset..start + self.offset + self.slots
    }
}

impl BreakPlan {
    /// The breaks of a shift of `length` slots under a contract, windows cut to what can be kept; none if they cannot.
    pub(crate) fn new(rules: &LabourRules, length: usize, interval: i64) -> Option<Self> {
        let slots = |minutes: i64| usize::try_from(minutes.max(0)).unwrap_or(0);
        let width = slots(interval);
        let apart = slots(rules.min_between_breaks.get()).div_ceil(width);
        let due = rules.breaks.iter().filter(|rule| slots(rule.from_length.get()) <= length * width);
        let mut breaks: Vec<BreakSlot> = due
            .map(|rule| BreakSlot {
                kind: rule.kind,
                slots: slots(rule.length.get()).div_ceil(width),
                earliest: slots(rule.earliest.get()).div_ceil(width),
                latest: slots(rule.latest.get()) / width,
            })
            .collect();
        let mut room_until = length;
        for slot in breaks.iter_mut().rev() {
            slot.latest = slot.latest.min(room_until.checked_sub(slot.slots)?);
            room_until = slot.latest.saturating_sub(apart);
        }
        let mut free_from = 0;
        for slot in &mut breaks {
            slot.earliest = slot.earliest.max(free_from);
            free_from = slot.earliest + slot.slots + apart;
        }
        breaks.iter().all(|slot| slot.earliest <= slot.latest).then_some(Self { breaks, apart })
    }

    /// Slots that are not paid.
    pub(super) fn unpaid_slots(&self) -> usize {
        self.breaks.iter().filter(|slot| slot.kind == BreakKind::Unpaid).map(|slot| slot.slots).sum()
    }

    /// Whether breaks of a part are those due, each within its window and far enough from the one before it.
    pub(super) fn holds(&self, breaks: &[PlacedBreak]) -> bool {
        let is_due = |(due, placed): (&BreakSlot, &PlacedBreak)| {
            placed.pause == Pause::Break(due.kind)
                && placed.slots == due.slots
                && (due.earliest..=due.latest).contains(&placed.offset)
        };
        let is_apart = |pair: &[PlacedBreak]| pair[0].offset + pair[0].slots + self.apart <= pair[1].offset;
        breaks.len() == self.breaks.len()
            && self.breaks.iter().zip(breaks).all(is_due)
            && breaks.windows(2).all(is_apart)
    }

    /// The largest sum of gains over legal placements; `gain(break, offset)` is that of one break at one offset.
    /// `table` is scratch space; after the call it holds what [`Self::placed`] reads.
    pub(crate) fn best(&self, gain: impl Fn(&BreakSlot, usize) -> f64, table: &mut BreakTable) -> f64 {
        table.rows.clear();
        let mut before: Option<(usize, usize)> = None; // first row and earliest offset of the previous break
        for (index, slot) in self.breaks.iter().enumerate() {
            let first = table.rows.len();
            let mut reached = before.map(|(row, _)| row);
            let mut best_before = if index == 0 { (0.0, NONE) } else { (f64::NEG_INFINITY, NONE) };
            for offset in slot.earliest..=slot.latest {
                if let (Some(row), Some((start, earliest))) = (reached.as_mut(), before) {
                    let previous = &self.breaks[index - 1];
                    while *row < first && earliest + (*row - start) + previous.slots + self.apart <= offset {
                        if table.rows[*row].0 > best_before.0 {
                            best_before = (table.rows[*row].0, *row);
                        }
                        *row += 1;
                    }
                }
                table.rows.push((best_before.0 + gain(slot, offset), best_before.1, offset));
            }
            before = Some((first, slot.earliest));
        }
        let Some((first, _)) = before else {
            table.best = NONE;
            return 0.0;
        };
        let mut best = (f64::NEG_INFINITY, NONE);
        for (row, entry) in table.rows.iter().enumerate().skip(first) {
            if entry.0 > best.0 {
                best = (entry.0, row);
            }
        }
        table.best = best.1;
        best.0
    }

    /// The placement that the last call of [`Self::best`] found.
    pub(crate) fn placed(&self, table: &BreakTable) -> Vec<PlacedBreak> {
        let mut row = table.best;
        let mut placed = Vec::with_capacity(self.breaks.len());
        for slot in self.breaks.iter().rev() {
            let Some(&(_, before, offset)) = table.rows.get(row) else { break };
            placed.push(PlacedBreak { pause: Pause::Break(slot.kind), offset, slots: slot.slots });
            row = before;
        }
        placed.reverse();
        placed
    }
}

const NONE: usize = usize::MAX;

/// The place of a break plan among those known, and how many of its slots are not paid.
pub(super) fn known_plan(plans: &mut Vec<BreakPlan>, plan: BreakPlan) -> (usize, usize) {
    let unpaid = plan.unpaid_slots();
    let index = plans.iter().position(|known| *known == plan).unwrap_or_else(|| {
        plans.push(plan);
        plans.len() - 1
    });
    (index, unpaid)
}

/// Scratch space of the placement: per break and offset the best sum so far, where it came from, and the offset.
#[derive(Clone, Debug, Default)]
pub(crate) struct BreakTable {
    rows: Vec<(f64, usize, usize)>,
    best: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::BreakRule;
    use crate::domain::units::Minutes;
    use crate::roster::check::tiny_instance::lenient;

    fn two_breaks() -> LabourRules {
        let rule = |kind, earliest, latest| BreakRule {
            kind,
            length: Minutes::hours(1),
            from_length: Minutes::hours(6),
            earliest: Minutes::hours(earliest),
            latest: Minutes::hours(latest),
        };
        LabourRules {
            breaks: vec![rule(BreakKind::Paid, 1, 3), rule(BreakKind::Unpaid, 3, 5)],
            min_between_breaks: Minutes::hours(2),
            ..lenient()
        }
    }

    fn offsets(length: usize, gains: [f64; 8]) -> Option<(f64, Vec<usize>)> {
        let plan = BreakPlan::new(&two_breaks(), length, 60)?;
        let mut table = BreakTable::default();
        let best = plan.best(|_, offset| gains[offset], &mut table);
        Some((best, plan.placed(&table).iter().map(|placed| placed.offset).collect()))
    }

    #[test]
    fn breaks_fall_where_their_gains_add_up_to_most_at_the_distance_due() {
        // 2 and 3 hours in are worth 9 and 8 but too close; with two hours between, 1 and 4 give 1 + 7, 2 and 5 give 9 + 0.
        assert_eq!(offsets(8, [0.0, 1.0, 9.0, 8.0, 7.0, 0.0, 0.0, 0.0]), Some((9.0, vec![2, 5])));
        assert_eq!(offsets(8, [0.0, 3.0, 9.0, 8.0, 7.0, 0.0, 0.0, 0.0]), Some((10.0, vec![1, 4])));
    }

    #[test]
    fn a_shift_has_the_breaks_of_its_length_only() {
        assert_eq!(offsets(5, [1.0; 8]), Some((0.0, vec![])));
        assert_eq!(BreakPlan::new(&two_breaks(), 8, 60).map(|plan| plan.unpaid_slots()), Some(1));
    }

    #[test]
    fn a_window_that_reaches_beyond_the_shift_is_cut() {
        // Six hours: the meal starts 5 hours in at the latest and ends with the shift.
        assert_eq!(offsets(6, [0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 9.0, 9.0]), Some((5.0, vec![1, 5])));
    }
}
