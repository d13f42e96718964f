//! Which totals of a week, and of several weeks, a contract's shifts can add up to.

use std::collections::BTreeSet;

use crate::domain::labour::{BreakKind, LabourRules};
use crate::domain::units::Minutes;

/// Paid minutes of a shift of this elapsed length: all but its unpaid breaks.
pub(super) fn paid_minutes(rules: &LabourRules, length: Minutes) -> Minutes {
    let unpaid =
        |rule: &&crate::domain::labour::BreakRule| rule.kind == BreakKind::Unpaid && rule.from_length <= length;
    length - rules.breaks.iter().filter(unpaid).map(|rule| rule.length).sum()
}

/// The lengths of the parts of every day of work that a contract allows: of each shift as a whole, then of each way to
/// split it.
pub(super) fn days_of_work(rules: &LabourRules) -> Vec<Vec<Minutes>> {
    let whole = rules.shift_lengths.iter().map(|length| vec![*length]);
    let cut = |length: Minutes| {
        let first = rules.split.into_iter().flat_map(move |split| split.first_parts(length));
        first.map(move |first| vec![first, length - first])
    };
    whole.chain(rules.shift_lengths.iter().copied().flat_map(cut)).collect()
}

/// Paid minutes of a day of work in parts.
pub(super) fn paid_of(rules: &LabourRules, parts: &[Minutes]) -> Minutes {
    parts.iter().map(|part| paid_minutes(rules, *part)).sum()
}

/// Days with a shift that one rule week can hold by the contract.
pub(super) fn days_per_week(rules: &LabourRules) -> u32 {
    // With at most c days in a row, every c + 1 days hold a day off.
    let in_a_row = 7 - 7 / (rules.max_consecutive_days.saturating_add(1));
    let on = rules.rhythm.rotation.map_or(7, |rotation| rotation.most_in_a_week());
    rules.max_days_per_week.min(in_a_row).min(on)
}

/// All totals of paid minutes that at most `days` shifts add up to, zero included.
pub(super) fn weekly_totals(rules: &LabourRules, days: u32) -> BTreeSet<Minutes> {
    let shifts: BTreeSet<Minutes> = days_of_work(rules).iter().map(|parts| paid_of(rules, parts)).collect();
    let mut totals = BTreeSet::from([Minutes::ZERO]);
    let mut latest = totals.clone();
    for _ in 0..days {
        latest = latest.iter().flat_map(|total| shifts.iter().map(|shift| *total + *shift)).collect();
        totals.extend(&latest);
    }
    totals
}

/// All totals of several weeks, in rising order; `weeks` are the totals that each of them may have.
pub(super) fn period_totals(weeks: &[Vec<Minutes>]) -> Vec<Minutes> {
    let unit = weeks.iter().flatten().fold(Minutes::ZERO, |unit, total| unit.common_measure(*total)).get().max(1);
    let units = |total: Minutes| usize::try_from(total.get() / unit).unwrap_or(0);
    let mut reached = vec![true];
    for week in weeks {
        let most = week.iter().copied().max().map_or(0, units);
        let mut next = vec![false; reached.len() + most];
        for total in week.iter().copied().map(units) {
            next[total..].iter_mut().zip(&reached).for_each(|(next, before)| *next |= before);
        }
        reached = next;
    }
    let totals = (0..).map(|units| Minutes::new(units * unit));
    totals.zip(reached).filter(|(_, is_reached)| *is_reached).map(|(total, _)| total).collect()
}

/// The last of rising totals below a least.
pub(super) fn nearest_below(totals: &[Minutes], least: Minutes) -> Option<Minutes> {
    totals.iter().rev().find(|total| **total < least).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::BreakRule;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::split::SplitRule;
    use crate::domain::units::Share;

    fn rules(lengths: &[i64], meal: i64) -> LabourRules {
        LabourRules {
            min_week: Minutes::ZERO,
            max_week: Minutes::hours(40),
            shift_lengths: lengths.iter().copied().map(Minutes::new).collect(),
            starts: Vec::new(),
            fixed_shifts: Vec::new(),
            breaks: vec![BreakRule {
                kind: BreakKind::Unpaid,
                length: Minutes::new(meal),
                from_length: Minutes::new(360),
                earliest: Minutes::new(180),
                latest: Minutes::new(240),
            }],
            min_between_breaks: Minutes::ZERO,
            split: None,
            daily_rest: Minutes::ZERO,
            weekly_rest: Minutes::ZERO,
            max_consecutive_days: 5,
            max_days_per_week: 7,
            rhythm: Rhythm::default(),
            nights: None,
            premiums: Vec::new(),
        }
    }

    #[test]
    fn totals_are_sums_of_paid_minutes() {
        // 8.5 hours with half an hour unpaid pay 480; 4 hours are too short for a meal and pay 240.
        let totals = weekly_totals(&rules(&[510, 240], 30), 2);
        assert_eq!(totals.into_iter().map(Minutes::get).collect::<Vec<_>>(), [0, 240, 480, 720, 960]);
    }

    #[test]
    fn totals_of_a_period_are_sums_of_one_of_each_week() {
        let minutes = |all: &[i64]| all.iter().copied().map(Minutes::new).collect::<Vec<_>>();
        let of = |weeks: &[&[i64]]| {
            let weeks: Vec<_> = weeks.iter().map(|week| minutes(week)).collect();
            period_totals(&weeks).into_iter().map(Minutes::get).collect::<Vec<_>>()
        };
        assert_eq!(of(&[&[480, 720], &[0, 240, 600]]), [480, 720, 960, 1080, 1320]);
        assert_eq!(of(&[&[0], &[0]]), [0]);
        assert_eq!(of(&[&[480], &[]]), [0; 0]);
        assert_eq!(nearest_below(&minutes(&[0, 480, 720]), Minutes::new(720)), Some(Minutes::new(480)));
        assert_eq!(nearest_below(&minutes(&[480]), Minutes::new(480)), None);
    }

    #[test]
    fn a_split_shift_has_the_breaks_of_its_parts() {
        // Eight hours have an unpaid half hour and pay 450; in two parts of four hours they have none.
        let split = SplitRule {
            min_gap: Minutes::hours(2),
            max_gap: Minutes::hours(3),
            min_part: Minutes::hours(4),
            from_length: Minutes::ZERO,
            step: Minutes::hours(1),
            max_per_week: None,
            gap_pay: Share::NONE,
        };
        let totals = weekly_totals(&LabourRules { split: Some(split), ..rules(&[480], 30) }, 1);
        assert_eq!(totals.into_iter().map(Minutes::get).collect::<Vec<_>>(), [0, 450, 480]);
    }

    #[test]
    fn five_days_in_a_row_leave_six_of_a_week() {
        assert_eq!(days_per_week(&rules(&[480], 30)), 6);
        assert_eq!(days_per_week(&LabourRules { max_consecutive_days: 7, ..rules(&[480], 30) }), 7);
        assert_eq!(days_per_week(&LabourRules { max_consecutive_days: 1, ..rules(&[480], 30) }), 4);
    }
}
