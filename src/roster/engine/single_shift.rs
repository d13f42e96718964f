//! One shift for itself: its pieces, with the breaks of the contract where they cost least.

use crate::domain::labour::{BreakKind, LabourRules};
use crate::domain::roster::{Activity, Piece};
use crate::domain::span::Span;
use crate::domain::units::Minutes;
use crate::roster::instance::breaks::{BreakPlan, BreakTable, Pause};

/// Work and breaks of an undivided shift, on a grid of `interval`, with the breaks that the contract asks for placed where
/// giving up work has the least `loss`; none where they cannot be kept, or the shift does not fall on the grid.
///
/// Whether such a shift is legal otherwise is not looked at.
pub fn pieces_of_shift(
    rules: &LabourRules,
    span: Span,
    interval: Minutes,
    loss: impl Fn(Span) -> f64,
) -> Option<Vec<Piece>> {
    let (length, width) = (span.length().get(), interval.get());
    let slots = usize::try_from(length / width).ok().filter(|slots| *slots > 0 && length % width == 0)?;
    let at = |slot: usize| span.from + interval.duration() * i32::try_from(slot).unwrap_or(i32::MAX);
    let plan = BreakPlan::new(rules, slots, width)?;
    let mut table = BreakTable::default();
    plan.best(|slot, offset| -loss(Span { from: at(offset), until: at(offset + slot.slots) }), &mut table);
    let mut pieces = Vec::new();
    let mut add = |activity, from: usize, until: usize| {
        if from < until {
            pieces.push(Piece { activity, span: Span { from: at(from), until: at(until) } });
        }
    };
    let mut worked_until = 0;
    for placed in plan.placed(&table) {
        let activity = if placed.pause == Pause::Break(BreakKind::Unpaid) { Activity::Meal } else { Activity::Break };
        add(Activity::Work, worked_until, placed.offset);
        worked_until = placed.offset + placed.slots;
        add(activity, placed.offset, worked_until);
    }
    add(Activity::Work, worked_until, slots);
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::BreakRule;
    use crate::domain::time::Instant;
    use crate::roster::check::tiny_instance::lenient;

    fn hour(of: i64) -> Instant {
        Instant::UNIX_EPOCH + Minutes::hours(of).duration()
    }

    #[test]
    fn the_meal_falls_into_the_hour_that_is_worth_least() {
        let meal = BreakRule {
            kind: BreakKind::Unpaid,
            length: Minutes::hours(1),
            from_length: Minutes::hours(6),
            earliest: Minutes::hours(2),
            latest: Minutes::hours(4),
        };
        let rules = LabourRules { breaks: vec![meal], ..lenient() };
        let span = |from, until| Span { from: hour(from), until: hour(until) };
        let drawn = |length: i64| -> Option<Vec<(Activity, Span)>> {
            // The fourth hour is worth 1, the others 5.
            let loss = |of: Span| if of.from == hour(3) { 1.0 } else { 5.0 };
            let pieces = pieces_of_shift(&rules, span(0, length), Minutes::hours(1), loss)?;
            Some(pieces.into_iter().map(|piece| (piece.activity, piece.span)).collect())
        };
        let around = [(Activity::Work, span(0, 3)), (Activity::Meal, span(3, 4)), (Activity::Work, span(4, 6))];
        assert_eq!(drawn(6), Some(around.to_vec()));
        assert_eq!(drawn(4), Some(vec![(Activity::Work, span(0, 4))]));
        assert_eq!(pieces_of_shift(&rules, span(0, 0), Minutes::hours(1), |_| 0.0), None);
    }
}
