//! Warnings, and a summary of what cleaning changed; the rows are in `cleaning.csv`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::html::{Column, list, table};
use crate::domain::history::CleaningNote;
use crate::output::number::grouped;
use crate::plan::Plan;

/// Kinds of changes listed; more than these are counted together.
const KINDS: usize = 12;

pub(super) fn warnings(plan: &Plan) -> Option<String> {
    (!plan.warnings.is_empty()).then(|| list(&plan.warnings))
}

/// One kind of change: the reason, the column, and how often it was met.
struct Kind<'a> {
    why: &'a str,
    column: &'a str,
    notes: usize,
    queues: usize,
}

pub(super) fn cleaning(plan: &Plan) -> String {
    if plan.cleaning.is_empty() {
        return "<p>Nothing: the history was used as it stands.</p>".to_owned();
    }
    let kinds = kinds(&plan.cleaning);
    let columns =
        [("Why", Column::Prose), ("Column", Column::Text), ("Times", Column::Number), ("Queues", Column::Number)];
    let rows: Vec<Vec<String>> = kinds
        .iter()
        .take(KINDS)
        .map(|kind| {
            let queues = if kind.queues == 0 { "–".to_owned() } else { kind.queues.to_string() };
            vec![kind.why.to_owned(), kind.column.to_owned(), grouped(kind.notes as f64, 0), queues]
        })
        .collect();
    let mut out = table(&columns, &rows);
    let more: usize = kinds.iter().skip(KINDS).map(|kind| kind.notes).sum();
    if more > 0 {
        let _ = writeln!(out, "<p class=\"quiet\">and {} more of other kinds.</p>", grouped(more as f64, 0));
    }
    out.push_str("<p class=\"quiet\">Every row is in cleaning.csv.</p>\n");
    out
}

/// Notes by reason and column, most frequent first.
fn kinds(notes: &[CleaningNote]) -> Vec<Kind<'_>> {
    let mut found: BTreeMap<(&str, &str), Vec<Option<usize>>> = BTreeMap::new();
    for note in notes {
        found.entry((&note.why, note.column)).or_default().push(note.queue.map(|queue| queue.0));
    }
    let mut kinds: Vec<Kind<'_>> = found
        .into_iter()
        .map(|((why, column), queues)| {
            let notes = queues.len();
            let mut distinct: Vec<usize> = queues.into_iter().flatten().collect();
            distinct.sort_unstable();
            distinct.dedup();
            Kind { why, column, notes, queues: distinct.len() }
        })
        .collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.notes));
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::QueueIx;

    #[test]
    fn the_most_frequent_reason_comes_first() {
        let note = |why: &str, queue| CleaningNote {
            file: "h.csv".into(),
            line: None,
            queue: Some(QueueIx(queue)),
            start: None,
            column: "offered",
            was: String::new(),
            became: String::new(),
            why: why.into(),
        };
        let notes = [note("duplicate", 0), note("missing", 0), note("missing", 0), note("missing", 1)];
        let kinds = kinds(&notes);
        assert_eq!((kinds[0].why, kinds[0].notes, kinds[0].queues), ("missing", 3, 2));
        assert_eq!((kinds[1].why, kinds[1].notes, kinds[1].queues), ("duplicate", 1, 1));
    }
}
