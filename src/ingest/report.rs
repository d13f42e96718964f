//! Many findings of one kind: the first are listed, the rest are counted.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::history::CleaningNote;
use crate::domain::problem::{Problem, Problems};

/// Problems of one file listed per kind.
const PROBLEMS_LISTED: usize = 50;

/// Notes of one queue and region listed per kind.
const NOTES_LISTED: usize = 1000;

/// Findings listed up to a limit per kind, and how many more there are of each.
#[derive(Clone, Debug)]
pub(super) struct Findings<T> {
    limit: usize,
    listed: Vec<T>,
    count: BTreeMap<String, u64>,
}

impl<T> Findings<T> {
    /// Adds one, made only if it is to be listed.
    pub(super) fn add(&mut self, kind: &str, finding: impl FnOnce() -> T) {
        let count = self.of_kind(kind);
        *count += 1;
        if *count <= self.limit as u64 {
            self.listed.push(finding());
        }
    }

    /// Adds some that are not to be listed, whatever their number.
    pub(super) fn count_more(&mut self, kind: &str, more: u64) {
        if more > 0 {
            let limit = self.limit as u64;
            let count = self.of_kind(kind);
            *count = (*count).max(limit) + more;
        }
    }

    fn of_kind(&mut self, kind: &str) -> &mut u64 {
        self.count.entry(kind.to_owned()).or_default()
    }

    /// Kinds of which some are not listed, and how many.
    fn unlisted(&self) -> impl Iterator<Item = (&str, u64)> {
        let limit = self.limit as u64;
        self.count
            .iter()
            .filter(move |(_, count)| **count > limit)
            .map(move |(kind, count)| (kind.as_str(), *count - limit))
    }
}

/// The problems of one file.
pub(super) type Report = Findings<Problem>;

impl Findings<Problem> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { limit: PROBLEMS_LISTED, listed: Vec::new(), count: BTreeMap::new() }
    }

    /// All of them by line; of those not listed, how many.
    pub(super) fn into_problems(mut self, file: &str) -> Problems {
        let more: Vec<(String, u64)> = self.unlisted().map(|(kind, count)| (kind.to_owned(), count)).collect();
        self.listed.sort_by_key(|problem| problem.line);
        let mut problems = Problems::none();
        for problem in &self.listed {
            problems.push(problem.clone());
        }
        for (kind, count) in more {
            let like = self.listed.iter().find(|problem| problem.cause == kind);
            match like {
                Some(like) => problems.count_more(like, count),
                None => problems.push(Problem::in_file(file, tr!("and {count} more: {kind}", count, kind))),
            }
        }
        problems
    }
}

/// The cleaning notes of one file, or of one queue and region.
pub(super) type Notes = Findings<CleaningNote>;

impl Findings<CleaningNote> {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { limit: NOTES_LISTED, listed: Vec::new(), count: BTreeMap::new() }
    }

    /// All of them in order, and last what is not listed.
    pub(super) fn into_notes(self) -> Vec<CleaningNote> {
        let like = |kind: &str| self.listed.iter().rev().find(|note| note.why.starts_with(kind)).or(self.listed.last());
        let more: Vec<CleaningNote> = self
            .unlisted()
            .filter_map(|(kind, count)| {
                let last = like(kind)?;
                let blank =
                    CleaningNote { line: None, start: None, was: String::new(), became: String::new(), ..last.clone() };
                Some(CleaningNote { why: tr!("and {count} more: {kind}", count, kind), ..blank })
            })
            .collect();
        self.listed.into_iter().chain(more).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_one_cause_are_told_by_line_and_the_rest_counted() {
        let mut report = Report::new();
        for line in (1..=60).rev() {
            report.add("not a number", || Problem::in_file("h.csv", "not a number").at_line(line));
        }
        report.add("no offset", || Problem::in_file("h.csv", "no offset").at_line(3));
        let problems = report.into_problems("h.csv");
        assert_eq!(problems.len(), 61);
        let expected = "h.csv:3: no offset\nh.csv:11: not a number, in 60 rows (lines 11, 12, 13, …)";
        assert_eq!(problems.to_string(), expected);
    }
}
