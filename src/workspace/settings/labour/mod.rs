//! Packs of labour law: the least that the law of a place demands, article by article.
//!
//! A pack supplies what a contract leaves unsaid, and names the article where a contract says less than the law. Only
//! what a contract says is held against it; an average over months is held in every week, which is stricter, and a
//! contract that rightly has more is released from that article by name.
//!
//! | pack | file | law |
//! |---|---|---|
//! | `eu` | [`eu`] | Directive 2003/88/EC |
//! | `pl` | [`pl`] | Kodeks pracy |
//! | `us-ca` | [`us_ca`] | California Labor Code, IWC Wage Order 4 |

mod eu;
mod pl;
mod us_ca;

use super::fields::Fields;
use crate::domain::labour::{BreakKind, BreakRule, LabourRules};
use crate::domain::units::Minutes;
use crate::workspace::reach::{days_of_work, paid_of};
use crate::workspace::words::{Refusal, choice};

/// The law of a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pack {
    /// What contracts that leave it unsaid get.
    pub(super) least: Least,
    /// What contracts are held against.
    articles: &'static [Article],
}

/// What the law says where a contract says nothing; where the law knows no limit, the one that binds nobody.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Least {
    pub(super) max_week: Option<Minutes>,
    pub(super) daily_rest: Option<Minutes>,
    pub(super) weekly_rest: Option<Minutes>,
    pub(super) max_consecutive_days: Option<u32>,
    pub(super) max_days_per_week: Option<u32>,
    pub(super) max_sundays_in_a_row: Option<u32>,
    breaks: &'static [BreakRule],
}

/// An article.
#[derive(Clone, Copy, Debug)]
struct Article {
    /// Its number, by which a contract is released from it.
    number: &'static str,
    /// Law, article and what it demands.
    citation: &'static str,
    /// What a contract says against it.
    broken_by: fn(&LabourRules) -> Option<Finding>,
}

/// Something that a contract says against an article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    key: &'static str,
    cause: String,
    accepted: String,
}

impl Finding {
    fn new(key: &'static str, cause: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self { key, cause: cause.into(), accepted: accepted.into() }
    }
}

/// The pack that a contract names.
pub(super) fn pack(fields: &Fields<'_>) -> Option<Pack> {
    fields.optional("labour", choice(&[("eu", eu::PACK), ("pl", pl::PACK), ("us-ca", us_ca::PACK)]))
}

/// Reports what a contract says against the articles of its pack, those aside from which it is released.
pub(super) fn check(pack: Option<Pack>, rules: Option<&LabourRules>, fields: &Fields<'_>) {
    let Some(pack) = pack else {
        if fields.has("labour_without") && !fields.has("labour") {
            fields.refuse("labour_without", Refusal::new("no `labour` whose articles it could name"));
        }
        return;
    };
    let numbers: Vec<(&str, &str)> = pack.articles.iter().map(|article| (article.number, article.number)).collect();
    let released: Vec<&str> =
        fields.words("labour_without", choice(&numbers)).into_iter().map(|(_, number)| number).collect();
    let Some(rules) = rules else { return };
    for article in pack.articles.iter().filter(|article| !released.contains(&article.number)) {
        if let Some(Finding { key, cause, accepted }) = (article.broken_by)(rules) {
            let hint = format!("{}; released by `labour_without = [\"{}\"]`", article.citation, article.number);
            fields.refuse(key, Refusal::new(cause).accepting(accepted).hinting(hint));
        }
    }
}

impl Pack {
    /// The breaks of a contract that says nothing of breaks, their lengths up to the plan's interval. Those that no
    /// shift is long enough for are left out.
    pub(super) fn breaks(&self, lengths: &[Minutes], interval: Minutes) -> Vec<BreakRule> {
        let up =
            |minutes: Minutes| Minutes::new((minutes.get() + interval.get() - 1) / interval.get() * interval.get());
        let longest = lengths.iter().max().copied().unwrap_or_default();
        let due = self.least.breaks.iter().filter(|rule| rule.from_length <= longest);
        due.map(|rule| BreakRule { length: up(rule.length), ..*rule }).collect()
    }
}

/// A break of a pack: kind, minutes, the shortest shift that has it, and when it may start, all in minutes.
const fn pause(kind: BreakKind, minutes: i64, from_length: i64, earliest: i64, latest: i64) -> BreakRule {
    BreakRule {
        kind,
        length: Minutes::new(minutes),
        from_length: Minutes::new(from_length),
        earliest: Minutes::new(earliest),
        latest: Minutes::new(latest),
    }
}

/// Rest below so many hours.
fn less_than(rest: Minutes, hours: i64, key: &'static str) -> Option<Finding> {
    let due = Minutes::hours(hours);
    (rest < due).then(|| Finding::new(key, format!("less than {hours} hours"), format!("{hours} or more")))
}

/// Weekly hours above so many.
fn more_than(week: Minutes, hours: i64, key: &'static str) -> Option<Finding> {
    (week > Minutes::hours(hours))
        .then(|| Finding::new(key, format!("more than {hours} hours"), format!("at most {hours}")))
}

/// The first shift, whole or split, that pays more than so many hours.
fn longer_than(rules: &LabourRules, hours: i64) -> Option<Finding> {
    let days = days_of_work(rules);
    let long = days.iter().find(|parts| paid_of(rules, parts) > Minutes::hours(hours))?;
    let (shift, paid) = (in_words(long), paid_of(rules, long));
    let cause = format!("{shift} has {paid} of working time, more than {hours} hours");
    Some(Finding::new("shift_lengths_minutes", cause, format!("lengths of at most {hours} hours of working time")))
}

/// The breaks of a shift that are of a kind and at least so long, in order.
fn breaks_of(rules: &LabourRules, length: Minutes, kind: BreakKind, least: i64) -> impl Iterator<Item = &BreakRule> {
    let long = move |rule: &&BreakRule| rule.kind == kind && rule.length >= Minutes::new(least);
    rules.breaks.iter().filter(move |rule| rule.from_length <= length).filter(long)
}

/// `a shift of 480 min`, or `a shift of 240 min and 240 min`.
fn in_words(parts: &[Minutes]) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    format!("a shift of {}", parts.join(" and "))
}

/// Split shifts that 24 hours from their start do not hold together with eleven hours of rest.
fn long_split(rules: &LabourRules) -> Option<Finding> {
    let split = rules.split?;
    let days = days_of_work(rules);
    let lengths = days.iter().filter(|parts| parts.len() > 1).map(|parts| parts.iter().copied().sum::<Minutes>());
    let longest = lengths.max()?;
    let cause = format!("a split shift of {longest} and a gap of {} leave less than 11 of 24 hours", split.max_gap);
    let accepted = format!("max_gap_minutes of at most {}", (Minutes::hours(13) - longest).get());
    (longest + split.max_gap > Minutes::hours(13)).then(|| Finding::new("split", cause, accepted))
}

/// The first of these days of work, given by their parts, with fewer breaks of a kind than are due for its working time.
fn fewer_breaks(
    rules: &LabourRules,
    days: &[Vec<Minutes>],
    (kind, least): (BreakKind, i64),
    due: impl Fn(Minutes) -> usize,
) -> Option<Finding> {
    let word = match kind {
        BreakKind::Paid => "paid",
        BreakKind::Unpaid => "unpaid",
    };
    days.iter().find_map(|parts| {
        let found: usize = parts.iter().map(|part| breaks_of(rules, *part, kind, least).count()).sum();
        let due = due(paid_of(rules, parts));
        let cause = format!("{} has {found} {word} breaks of {least} minutes or more", in_words(parts));
        (found < due).then(|| Finding::new("breaks", cause, format!("at least {due}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::StartWindow;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::split::SplitRule;
    use crate::domain::units::Share;

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
}
