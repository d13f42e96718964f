//! Contracts that no week can satisfy are told before a solver fails on them.

use super::fields::Fields;
use super::fixed;
use super::split;
use crate::domain::labour::LabourRules;
use crate::domain::units::Minutes;
use crate::workspace::attainable_minutes::{days_of_work, days_per_week, paid_of, weekly_totals};
use crate::workspace::words::Refusal;
use tr::tr;

/// Reports breaks that do not fit their shifts, and weekly minutes that no shifts add up to.
pub(super) fn check(rules: &LabourRules, interval: Minutes, fields: &Fields<'_>) {
    if rules.rhythm.min_consecutive_days > rules.max_consecutive_days {
        let accepted = tr!("at most {}", rules.max_consecutive_days);
        let refusal = Refusal::new(tr!("more than max_consecutive_days")).accepting(accepted);
        fields.refuse("min_consecutive_days", refusal);
    }
    split::check(rules, fields);
    fixed::check(rules, fields);
    for length in days_of_work(rules).into_iter().flatten() {
        if let Err(cause) = place_breaks(rules, length, interval) {
            let hint = tr!("widen the windows, shorten min_between_breaks_minutes, or raise from_length_minutes");
            fields.refuse("breaks", Refusal::new(cause).hinting(hint));
            return;
        }
    }
    if rules.min_week > rules.max_week {
        let cause = tr!("more than max_hours_per_week");
        let accepted = tr!("at most {} hours", rules.max_week.told_in_hours());
        fields.refuse("min_hours_per_week", Refusal::new(cause).accepting(accepted));
        return;
    }
    if let Err(refusal) = reach_week(rules) {
        fields.refuse("min_hours_per_week", refusal);
    }
}

/// Places every break as early as it may lie; if that fails, no other placing fits either.
fn place_breaks(rules: &LabourRules, length: Minutes, interval: Minutes) -> Result<(), String> {
    let mut free = Minutes::ZERO;
    for (number, rule) in rules.breaks.iter().enumerate().filter(|(_, rule)| rule.from_length <= length) {
        let earliest = rule.earliest.max(free);
        let on_grid = Minutes::new((earliest.get() + interval.get() - 1) / interval.get() * interval.get());
        let end = on_grid + rule.length;
        let number = number + 1;
        if on_grid > rule.latest {
            return Err(tr!("break {number} cannot start by {} of a shift of {length}", rule.latest, number, length));
        }
        if end > length {
            return Err(tr!("break {number} would end after a shift of {length}", number, length));
        }
        free = end + rules.min_between_breaks;
    }
    Ok(())
}

/// Some number of shifts must pay at least the least and at most the most minutes of a week.
fn reach_week(rules: &LabourRules) -> Result<(), Refusal> {
    let days = days_per_week(rules);
    let totals = weekly_totals(rules, days);
    if totals.range(rules.min_week..=rules.max_week).next().is_some() {
        return Ok(());
    }
    let longest = days_of_work(rules).iter().map(|parts| paid_of(rules, parts)).max().unwrap_or_default();
    let most = Minutes::new(longest.get() * i64::from(days));
    let cause = if most < rules.min_week {
        tr!(
            "cannot be reached: {days} days of at most {} paid hours make {}",
            longest.told_in_hours(),
            most.told_in_hours(),
            days
        )
    } else {
        let (low, high) = (rules.min_week.told_in_hours(), rules.max_week.told_in_hours());
        tr!("no shifts of the given lengths pay between {low} and {high} hours in at most {days} days", low, high, days)
    };
    let below = totals.range(..rules.min_week).next_back();
    let above = totals.range(rules.max_week..).next();
    let nearest: Vec<String> = below.into_iter().chain(above).map(|total| total.told_in_hours()).collect();
    let hint = tr!("lengths are elapsed: unpaid breaks come off them");
    Err(Refusal::new(cause).accepting(tr!("a range that holds {} hours", nearest.join(&tr!(" or ")))).hinting(hint))
}
