//! Warnings, a summary of what cleaning changed (the rows are in `cleaning.csv`), and the units of the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use tr::tr;

use super::html::{Column, list, table};
use crate::domain::history::CleaningNote;
use crate::domain::ids::QueueIx;
use crate::domain::time::{Instant, local_date};
use crate::domain::units::Share;
use crate::output::local_time;
use crate::output::number::{grouped, percent};
use crate::plan::Plan;

/// Kinds of changes listed; more than these are counted together.
const KINDS: usize = 12;

pub(super) fn warnings(plan: &Plan) -> Option<String> {
    let warnings: Vec<String> = plan.warnings.iter().map(|warning| warning.without_folders().to_string()).collect();
    (!warnings.is_empty()).then(|| list(&warnings))
}

/// What the forecast could not explain; beyond so many, the rest stands behind a line to open.
pub(super) fn findings(plan: &Plan) -> Option<String> {
    let said = crate::output::findings(plan);
    let (first, more) = said.split_at(said.len().min(crate::output::FIRST_FINDINGS));
    let rest = if more.is_empty() {
        String::new()
    } else {
        let count = grouped(more.len() as f64, 0);
        tr!("<details><summary>{count} more</summary>\n{}</details>\n", list(more), count)
    };
    (!said.is_empty()).then(|| list(first) + &rest)
}

/// In what the columns of `coverage.csv` are counted.
pub(super) fn units(plan: &Plan) -> Option<String> {
    let requirement = plan.requirement.as_ref().filter(|_| plan.rostered.is_some())?;
    Some(list(&units_of_coverage(requirement.unplanned_shrinkage)))
}

fn units_of_coverage(unplanned: Share) -> [String; 2] {
    let (away, here) = (percent(unplanned.get(), 1), percent(1.0 - unplanned.get(), 1));
    [
        tr!(
            "coverage.csv: required, short and over are heads of average speed to be rostered; assigned are heads as they \
         are. All are shared out to queues one by one; people who share queues serve more, which service.csv tells."
        ),
        tr!(
            "effective is what is at work of those assigned on average: speed counted, and {away} of rostered people \
             taken off who do not turn up. It compares with agents_net in requirement.csv, which is {here} of required; \
             service_expected is what a formula expects of it, each queue by itself.",
            away,
            here
        ),
    ]
}

/// One kind of change: the reason, the column, how often it was met, and from when to when.
struct Kind<'a> {
    why: &'a str,
    column: &'a str,
    times: usize,
    queues: BTreeSet<QueueIx>,
    first: Option<Instant>,
    last: Option<Instant>,
}

pub(super) fn cleaning(plan: &Plan) -> String {
    if plan.cleaning.is_empty() {
        return tr!("<p>Nothing: the history was used as it stands.</p>");
    }
    let kinds = kinds(&plan.cleaning);
    let columns = [
        (tr!("Why"), Column::Prose),
        (tr!("Column"), Column::Text),
        (tr!("Times"), Column::Number),
        (tr!("Queues"), Column::Prose),
        (tr!("First"), Column::Text),
        (tr!("Last"), Column::Text),
    ];
    let rows: Vec<Vec<String>> = kinds.iter().take(KINDS).map(|kind| row(plan, kind)).collect();
    let mut out = table(&columns, &rows);
    let more: usize = kinds.iter().skip(KINDS).map(|kind| kind.times).sum();
    if more > 0 {
        let _ = writeln!(out, "{}", tr!("<p class=\"quiet\">and {} more of other kinds.</p>", grouped(more as f64, 0)));
    }
    out.push_str(&tr!("<p class=\"quiet\">cleaning.csv names each with its line, region and value.</p>\n"));
    out
}

fn row(plan: &Plan, kind: &Kind<'_>) -> Vec<String> {
    let zone = plan.period.zone;
    let at = |at: Option<Instant>| {
        at.map_or_else(
            || "–".to_owned(),
            |at| {
                let date = local_date(at, zone);
                format!("{} {}, {}", local_time::day(date), date.format("%Y"), local_time::clock(at, zone))
            },
        )
    };
    let queues: Vec<&str> = kind.queues.iter().map(|queue| plan.queues[queue.0].id.as_str()).collect();
    vec![
        kind.why.to_owned(),
        kind.column.to_owned(),
        grouped(kind.times as f64, 0),
        if queues.is_empty() { "–".to_owned() } else { queues.join(", ") },
        at(kind.first),
        at(kind.last),
    ]
}

/// A reason without what is special to one case, and how many cases it stands for: `unknown: until 09:15` is `unknown`,
/// `and 12 more: unknown` are twelve of them.
fn reason(why: &str) -> (&str, usize) {
    // As `ingest` says it in the language spoken, with marks where the count and the kind stand.
    let said = tr!("and {count} more: {kind}", count = '\u{1}', kind = '\u{2}');
    let (before, between) = said.split_once('\u{1}').unwrap_or_default();
    let more = why.strip_prefix(before).and_then(|rest| rest.split_once(between.trim_end_matches('\u{2}')));
    if let Some((times, kind)) = more.and_then(|(count, kind)| Some((count.parse().ok()?, kind))) {
        return (kind, times);
    }
    let mut kept = why;
    while let Some((kind, detail)) = kept.rsplit_once(": ") {
        if !detail.contains(|letter: char| letter.is_ascii_digit()) {
            break;
        }
        kept = kind;
    }
    (kept, 1)
}

/// Notes by reason and column, most frequent first.
fn kinds(notes: &[CleaningNote]) -> Vec<Kind<'_>> {
    let mut found: BTreeMap<(&str, &str), Kind<'_>> = BTreeMap::new();
    for note in notes {
        let (why, times) = reason(&note.why);
        let column = note.column;
        let kind = found.entry((why, column)).or_insert_with(|| Kind {
            why,
            column,
            times: 0,
            queues: BTreeSet::new(),
            first: note.start,
            last: note.start,
        });
        kind.times += times;
        kind.queues.extend(note.queue);
        kind.first = kind.first.into_iter().chain(note.start).min();
        kind.last = kind.last.max(note.start);
    }
    let mut kinds: Vec<Kind<'_>> = found.into_values().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.times));
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_units_of_coverage_are_told_with_the_shrinkage_between_them() {
        let [_, effective] = units_of_coverage(Share::clamped(0.04));
        assert!(effective.contains("4.0\u{a0}% of rostered people taken off"), "{effective}");
        assert!(effective.contains("agents_net in requirement.csv, which is 96.0\u{a0}% of required"), "{effective}");
    }

    #[test]
    fn what_differs_by_an_instant_alone_is_one_kind() {
        let note = |why: &str, queue, start: Option<&str>| CleaningNote {
            file: "h.csv".into(),
            line: None,
            queue: Some(QueueIx(queue)),
            region: None,
            start: start.map(example::instant),
            column: "start",
            was: String::new(),
            became: String::new(),
            why: why.into(),
        };
        let notes = [
            note("told twice, differently: line 7 of h.csv stands", 0, Some("2026-03-01T08:00:00Z")),
            note("no rows though open: unknown: until 2026-03-09T11:00Z", 0, Some("2026-03-09T10:00:00Z")),
            note("no rows though open: unknown: until 2025-01-06T11:45Z", 1, Some("2025-01-06T11:00:00Z")),
            note("and 40 more: no rows though open: unknown", 1, None),
        ];
        let kinds = kinds(&notes);
        assert_eq!(kinds.len(), 2);
        let (first, second) = (&kinds[0], &kinds[1]);
        assert_eq!((first.why, first.times, first.queues.len()), ("no rows though open: unknown", 42, 2));
        assert_eq!(first.first, Some(example::instant("2025-01-06T11:00:00Z")));
        assert_eq!(first.last, Some(example::instant("2026-03-09T10:00:00Z")));
        assert_eq!((second.why, second.times), ("told twice, differently", 1));
        let plan = {
            let mut plan = example::forecast_only();
            plan.queues.push(example::queue("chat"));
            plan
        };
        // 11:00 UTC is noon in Warsaw.
        assert_eq!(row(&plan, first)[4], "Mon 6 Jan 2025, 12:00");
    }
}
