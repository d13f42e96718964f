//! Which weekly totals a contract's shifts can add up to.

use std::collections::BTreeSet;

use crate::domain::labour::{BreakKind, LabourRules};
use crate::domain::units::Minutes;

/// Paid minutes of a shift of this elapsed length: all but its unpaid breaks.
pub(super) fn paid_minutes(rules: &LabourRules, length: Minutes) -> Minutes {
    let unpaid =
        |rule: &&crate::domain::labour::BreakRule| rule.kind == BreakKind::Unpaid && rule.from_length <= length;
    length - rules.breaks.iter().filter(unpaid).map(|rule| rule.length).sum()
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
    let shifts: BTreeSet<Minutes> = rules.shift_lengths.iter().map(|length| paid_minutes(rules, *length)).collect();
    let mut totals = BTreeSet::from([Minutes::ZERO]);
    let mut latest = totals.clone();
    for _ in 0..days {
        latest = latest.iter().flat_map(|total| shifts.iter().map(|shift| *total + *shift)).collect();
        totals.extend(&latest);
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::BreakRule;
    use crate::domain::rhythm::Rhythm;

    fn rules(lengths: &[i64], meal: i64) -> LabourRules {
        LabourRules {
            min_week: Minutes::ZERO,
            max_week: Minutes::hours(40),
            shift_lengths: lengths.iter().copied().map(Minutes::new).collect(),
            starts: Vec::new(),
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
    fn five_days_in_a_row_leave_six_of_a_week() {
        assert_eq!(days_per_week(&rules(&[480], 30)), 6);
        assert_eq!(days_per_week(&LabourRules { max_consecutive_days: 7, ..rules(&[480], 30) }), 7);
        assert_eq!(days_per_week(&LabourRules { max_consecutive_days: 1, ..rules(&[480], 30) }), 4);
    }
}
