//! Many rows with one cause: told in one line, with their number and the first three places.

use tr::tr;

use crate::ingest::import::stated::causes::told;
use std::collections::BTreeMap;

use crate::domain::problem::{Problem, Problems};

use super::row::Spot;
use super::sheet::Sheet;

/// Places named.
const NAMED: usize = 3;

/// Rows by what they have in common.
#[derive(Clone, Debug)]
pub(in crate::ingest::import) struct Gathered<K> {
    by_kind: BTreeMap<K, Rows>,
}

/// How many rows, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest::import) struct Rows {
    pub(in crate::ingest::import) count: u64,
    /// Place and text of the first.
    first: Vec<(Spot, String)>,
}

impl<K> Default for Gathered<K> {
    fn default() -> Self {
        Self { by_kind: BTreeMap::new() }
    }
}

impl<K: Ord> Gathered<K> {
    pub(in crate::ingest::import) const fn new() -> Self {
        Self { by_kind: BTreeMap::new() }
    }

    pub(in crate::ingest::import) fn add(&mut self, kind: K, spot: Spot, text: &str) {
        let rows = self.by_kind.entry(kind).or_default();
        rows.count += 1;
        if rows.first.len() < NAMED {
            rows.first.push((spot, text.to_owned()));
        }
    }

    /// Adds rows of one kind that were gathered elsewhere.
    pub(in crate::ingest::import) fn add_all(&mut self, kind: K, rows: &Rows) {
        let own = self.by_kind.entry(kind).or_default();
        own.count += rows.count;
        own.first.extend(rows.first.iter().cloned());
        own.first.sort_by_key(|(spot, _)| *spot);
        own.first.truncate(NAMED);
    }

    /// Takes in rows of later places.
    pub(in crate::ingest::import) fn take_in(&mut self, others: Self) {
        for (kind, rows) in others.by_kind {
            self.add_all(kind, &rows);
        }
    }

    pub(in crate::ingest::import) fn iter(&self) -> impl Iterator<Item = (&K, &Rows)> {
        self.by_kind.iter()
    }

    pub(in crate::ingest::import) fn get(&self, kind: &K) -> Option<&Rows> {
        self.by_kind.get(kind)
    }
}

impl Rows {
    /// `lines 3, 7, 12`, with dots where there are more.
    pub(in crate::ingest::import) fn lines(&self, sheet: &Sheet) -> String {
        let mut file = self.first.first().filter(|_| !sheet.is_several()).map(|(spot, _)| sheet.file_of(*spot));
        let mut place = |spot: &Spot| {
            let own = sheet.file_of(*spot);
            let known = file.replace(own) == Some(own);
            if known { spot.line.to_string() } else { format!("{own}:{}", spot.line) }
        };
        let lines: Vec<String> = self.first.iter().map(|(spot, _)| place(spot)).collect();
        let more = if self.count > lines.len() as u64 { ", …" } else { "" };
        format!("{} {}{more}", if self.count == 1 { "line" } else { "lines" }, lines.join(", "))
    }

    /// A problem of these rows at the first of them.
    pub(in crate::ingest::import) fn problem(&self, sheet: &Sheet, cause: &str) -> Problem {
        let (spot, text) = self.first.first().cloned().unwrap_or_default();
        let problem = Problem::in_file(
            sheet.file_of(spot),
            match self.count {
                1 => cause.to_owned(),
                count => tr!("{cause}, in {count} rows ({})", self.lines(sheet), cause, count),
            },
        );
        let problem = problem.at_line(spot.line);
        if text.is_empty() { problem } else { problem.with_value(text) }
    }
}

/// Cells that cannot be read, by column and by what they should be.
pub(in crate::ingest::import) type Unreadable = Gathered<(String, &'static str)>;

impl Unreadable {
    /// One problem a kind.
    pub(in crate::ingest::import) fn into_problems(
        self,
        sheet: &Sheet,
        hint: impl Fn(&str) -> Option<String>,
    ) -> Problems {
        let mut problems = Problems::none();
        for ((column, cause), rows) in &self.by_kind {
            let mut problem = rows.problem(sheet, &told(cause)).in_column(column.as_str());
            problem.hint = hint(cause);
            problems.push(problem);
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::import::Declared;

    #[test]
    fn rows_with_one_cause_are_one_line() {
        let mut text = "Start,Offered\n".to_owned();
        text.push_str(&"soon,many\n".repeat(1000));
        let sheet = Sheet::of_text(text.into_bytes(), &Declared::default(), "h.csv").expect("a table");
        let mut cells = Unreadable::new();
        sheet.rows(|row| {
            cells.add(("Start".to_owned(), "not a time"), row.spot, row.cell(0));
            if row.spot.line == 7 {
                cells.add(("Offered".to_owned(), "not a number"), row.spot, row.cell(1));
            }
        });
        let problems = cells.into_problems(&sheet, |_| None).to_string();
        let expected = "h.csv:7: `Offered`: `many`: not a number\n\
                        h.csv:2: `Start`: `soon`: not a time, in 1000 rows (lines 2, 3, 4, …)";
        assert_eq!(problems, expected);
    }
}
