//! The key of a contract that allows a day's work in two parts.

use super::fields::Fields;
use super::grid::{Grid, grid_minutes};
use crate::domain::labour::LabourRules;
use crate::domain::split::SplitRule;
use crate::domain::units::{Minutes, Share};
use crate::workspace::words::{Refusal, share, whole};
use tr::tr;

/// Split shifts that a contract may have a date, at most: each is priced anew whenever a roster line is.
const MOST_A_DAY: usize = 20_000;

/// `{ min_gap_minutes = 120, max_gap_minutes = 300, min_part_minutes = 180 }`.
pub(super) fn split(fields: &Fields<'_>, grid: &Grid) -> Option<SplitRule> {
    let fields = fields.section("split")?;
    let min_gap = fields.required("min_gap_minutes", grid_minutes(grid));
    let max_gap = fields.required("max_gap_minutes", grid_minutes(grid));
    let min_part = fields.required("min_part_minutes", grid_minutes(grid));
    let step = fields.or("step_minutes", Minutes::hours(1), grid_minutes(grid));
    let from_length = fields.or("from_length_minutes", 0, whole(0..=1440));
    let max_per_week = fields.optional("max_per_week", whole(0..=7));
    let gap_pay = fields.or("gap_pay_share", Share::NONE, share);
    if min_gap.zip(max_gap).is_some_and(|(min, max)| max < min) {
        fields.refuse(
            "max_gap_minutes",
            Refusal::new(tr!("less than min_gap_minutes")).accepting(tr!("min_gap_minutes or more")),
        );
    }
    fields.finish();
    Some(SplitRule {
        min_gap: min_gap?,
        max_gap: max_gap?,
        min_part: min_part?,
        from_length: Minutes::new(i64::from(from_length)),
        step,
        max_per_week,
        gap_pay,
    })
}

/// Reports split shifts that no length allows or that last more than a day, and more of them than can be tried.
pub(super) fn check(rules: &LabourRules, fields: &Fields<'_>) {
    let Some(split) = &rules.split else { return };
    let cuts: usize = rules.shift_lengths.iter().map(|length| split.first_parts(*length).count()).sum();
    let longest = rules.shift_lengths.iter().max().copied().unwrap_or_default();
    if cuts == 0 {
        let cause = tr!("no shift can be split: the longest lasts {longest}", longest);
        let accepted =
            tr!("min_part_minutes of at most {}, from_length_minutes of at most {}", longest.get() / 2, longest.get());
        fields.refuse("split", Refusal::new(cause).accepting(accepted));
        return;
    }
    let span = longest + split.max_gap;
    if span > Minutes::hours(24) {
        let accepted = tr!("max_gap_minutes of at most {}", (Minutes::hours(24) - longest).get());
        let cause = tr!("a split shift would last {span} from start to end, more than a day", span);
        fields.refuse("split", Refusal::new(cause).accepting(accepted));
    }
    let starts = rules.starts.iter().map(|window| usize::from((window.until - window.from) / window.step.max(1)) + 1);
    let ways = starts.sum::<usize>() * cuts * split.gaps().count();
    if ways > MOST_A_DAY {
        let hint = tr!("a longer step_minutes tries fewer gaps and parts");
        let refusal =
            Refusal::new(tr!("{ways} split shifts a day", ways)).accepting(tr!("at most {MOST_A_DAY}", MOST_A_DAY));
        fields.refuse("split", refusal.hinting(hint));
    }
}
