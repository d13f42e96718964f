//! The comparison of two rosters.

use super::difference::RosterDifference;
use super::{change, figures, matching};
use crate::output::results::Results;

/// Compares two rosters on the days that both plan; nothing where there is no such day. Results must have been read with the roster, and
/// with payroll and summary where these are there.
#[must_use]
pub fn compare(before: &Results, after: &Results) -> Option<RosterDifference> {
    let last = |of: &Results| of.plan.start + chrono::Duration::days(7 * i64::from(of.plan.weeks) - 1);
    let days = (before.plan.start.max(after.plan.start), last(before).min(last(after)));
    if days.0 > days.1 {
        return None;
    }
    let is_of_some_days = before.plan.start != after.plan.start || before.plan.weeks != after.plan.weeks;
    // Sites far away may work on dates just outside the plan's own: where both plan the same days, these are compared as well.
    let compared = is_of_some_days.then_some(days);
    let pairs = matching::pairs(before, after, compared);
    let currency = (before.plan.currency == after.plan.currency).then(|| before.plan.currency.clone());
    Some(RosterDifference {
        days,
        is_of_some_days,
        people: matching::people(&pairs),
        changes: pairs.iter().filter_map(|pair| change::of(pair, (before, after))).collect(),
        figures: figures::figures(before, after, compared),
        currency,
    })
}
