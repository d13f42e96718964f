//! What a pack of labour law is made of, and what articles of several laws ask alike.

use crate::domain::labour::{BreakKind, BreakRule, LabourRules};
use crate::domain::units::Minutes;
use crate::workspace::attainable_minutes::{days_of_work, paid_of};
use tr::tr;

/// The law of a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pack {
    /// What contracts that leave it unsaid get.
    pub(crate) least: Least,
    /// What contracts are held against.
    pub(super) articles: &'static [Article],
}

/// What the law says where a contract says nothing; where the law knows no limit, the one that binds nobody.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Least {
    pub(crate) max_week: Option<Minutes>,
    pub(crate) daily_rest: Option<Minutes>,
    pub(crate) weekly_rest: Option<Minutes>,
    pub(crate) max_consecutive_days: Option<u32>,
    pub(crate) max_days_per_week: Option<u32>,
    pub(crate) max_sundays_in_a_row: Option<u32>,
    pub(super) breaks: &'static [BreakRule],
}

/// An article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Article {
    /// Its number, by which a contract is released from it.
    pub(super) number: &'static str,
    /// Law, article and what it demands.
    pub(super) citation: &'static str,
    /// What a contract says against it.
    pub(super) broken_by: fn(&LabourRules) -> Option<Breach>,
}

/// Something that a contract says against an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    pub(super) key: &'static str,
    pub(super) cause: String,
    pub(super) accepted: String,
}

impl Breach {
    pub(super) fn new(key: &'static str, cause: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self { key, cause: cause.into(), accepted: accepted.into() }
    }
}

impl Pack {
    /// The breaks of a contract that says nothing of breaks, their lengths up to the plan's interval. Those that no
    /// shift is long enough for are left out.
    pub(crate) fn breaks(&self, lengths: &[Minutes], interval: Minutes) -> Vec<BreakRule> {
        let up =
            |minutes: Minutes| Minutes::new((minutes.get() + interval.get() - 1) / interval.get() * interval.get());
        let longest = lengths.iter().max().copied().unwrap_or_default();
        let due = self.least.breaks.iter().filter(|rule| rule.from_length <= longest);
        due.map(|rule| BreakRule { length: up(rule.length), ..*rule }).collect()
    }
}

/// A break of a pack: kind, minutes, the shortest shift that has it, and when it may start, all in minutes.
pub(super) const fn pause(kind: BreakKind, minutes: i64, from_length: i64, earliest: i64, latest: i64) -> BreakRule {
    BreakRule {
        kind,
        length: Minutes::new(minutes),
        from_length: Minutes::new(from_length),
        earliest: Minutes::new(earliest),
        latest: Minutes::new(latest),
    }
}

/// Rest below so many hours.
pub(super) fn less_than(rest: Minutes, hours: i64, key: &'static str) -> Option<Breach> {
    let due = Minutes::hours(hours);
    (rest < due).then(|| Breach::new(key, format!("less than {hours} hours"), format!("{hours} or more")))
}

/// Weekly hours above so many.
pub(super) fn more_than(week: Minutes, hours: i64, key: &'static str) -> Option<Breach> {
    (week > Minutes::hours(hours))
        .then(|| Breach::new(key, format!("more than {hours} hours"), format!("at most {hours}")))
}

/// The first shift, whole or split, that pays more than so many hours.
pub(super) fn longer_than(rules: &LabourRules, hours: i64) -> Option<Breach> {
    let days = days_of_work(rules);
    let long = days.iter().find(|parts| paid_of(rules, parts) > Minutes::hours(hours))?;
    let (shift, paid) = (in_words(long), paid_of(rules, long));
    let cause = format!("{shift} has {paid} of working time, more than {hours} hours");
    Some(Breach::new("shift_lengths_minutes", cause, format!("lengths of at most {hours} hours of working time")))
}

/// The breaks of a shift that are of a kind and at least so long, in order.
pub(super) fn breaks_of(
    rules: &LabourRules,
    length: Minutes,
    kind: BreakKind,
    least: i64,
) -> impl Iterator<Item = &BreakRule> {
    let long = move |rule: &&BreakRule| rule.kind == kind && rule.length >= Minutes::new(least);
    rules.breaks.iter().filter(move |rule| rule.from_length <= length).filter(long)
}

/// `a shift of 480 min`, or `a shift of 240 min and 240 min`.
pub(super) fn in_words(parts: &[Minutes]) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    tr!("a shift of {}", parts.join(&tr!(" and ")))
}

/// Split shifts that 24 hours from their start do not hold together with eleven hours of rest.
pub(super) fn long_split(rules: &LabourRules) -> Option<Breach> {
    let split = rules.split?;
    let days = days_of_work(rules);
    let lengths = days.iter().filter(|parts| parts.len() > 1).map(|parts| parts.iter().copied().sum::<Minutes>());
    let longest = lengths.max()?;
    let cause = format!("a split shift of {longest} and a gap of {} leave less than 11 of 24 hours", split.max_gap);
    let accepted = format!("max_gap_minutes of at most {}", (Minutes::hours(13) - longest).get());
    (longest + split.max_gap > Minutes::hours(13)).then(|| Breach::new("split", cause, accepted))
}

/// The first of these days of work, given by their parts, with fewer breaks of a kind than are due for its working time.
pub(super) fn fewer_breaks(
    rules: &LabourRules,
    days: &[Vec<Minutes>],
    (kind, least): (BreakKind, i64),
    due: impl Fn(Minutes) -> usize,
) -> Option<Breach> {
    let word = match kind {
        BreakKind::Paid => "paid",
        BreakKind::Unpaid => "unpaid",
    };
    days.iter().find_map(|parts| {
        let found: usize = parts.iter().map(|part| breaks_of(rules, *part, kind, least).count()).sum();
        let due = due(paid_of(rules, parts));
        let cause = format!("{} has {found} {word} breaks of {least} minutes or more", in_words(parts));
        (found < due).then(|| Breach::new("breaks", cause, format!("at least {due}")))
    })
}
