//! Contracts that keep a pack to the letter, for tests.

use super::pack::Pack;
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rhythm::Rhythm;
use crate::domain::split::SplitRule;
use crate::domain::units::{Minutes, Share};

/// Shifts of so many minutes from 08:00 under the least that a pack demands.
pub(super) fn lawful(pack: &Pack, lengths: &[i64]) -> LabourRules {
    let shift_lengths: Vec<Minutes> = lengths.iter().copied().map(Minutes::new).collect();
    LabourRules {
        min_week: Minutes::ZERO,
        max_week: pack.least.max_week.unwrap_or(Minutes::hours(40)),
        breaks: pack.breaks(&shift_lengths, Minutes::new(5)),
        shift_lengths,
        starts: vec![StartWindow { from: 480, until: 480, step: 60 }],
        fixed_shifts: Vec::new(),
        min_between_breaks: Minutes::ZERO,
        split: None,
        daily_rest: pack.least.daily_rest.unwrap_or_default(),
        weekly_rest: pack.least.weekly_rest.unwrap_or_default(),
        max_consecutive_days: pack.least.max_consecutive_days.unwrap_or(6),
        max_days_per_week: pack.least.max_days_per_week.unwrap_or(6),
        rhythm: Rhythm { max_sundays_in_a_row: pack.least.max_sundays_in_a_row, ..Rhythm::default() },
        nights: None,
        premiums: Vec::new(),
    }
}

/// A contract with split shifts, in parts of four hours or more with a gap of so many minutes.
pub(super) fn split_by(gap: i64, rules: LabourRules) -> LabourRules {
    let gap = Minutes::new(gap);
    let (min_part, step) = (Minutes::hours(4), Minutes::hours(1));
    let (from_length, gap_pay) = (Minutes::ZERO, Share::NONE);
    let split = SplitRule { min_gap: gap, max_gap: gap, min_part, from_length, step, max_per_week: None, gap_pay };
    LabourRules { split: Some(split), ..rules }
}

/// The numbers of the articles that a contract breaks.
pub(super) fn broken(pack: &Pack, rules: &LabourRules) -> Vec<&'static str> {
    let broken = pack.articles.iter().filter(|article| (article.broken_by)(rules).is_some());
    broken.map(|article| article.number).collect()
}
