//! Times that are not simply one instant: missing, unreadable, local without a zone, never shown or shown twice.
//!
//! Of two rows of a series with one local time that occurs twice, the earlier in the file is the first hour.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::history::CleaningNote;
use crate::domain::problem::Problem;

use super::figures::{Odd, Starts, UnreadableStart};
use super::instants::instant;
use super::params::{AbsentHour, RepeatedHour};
use super::rows::{FileRows, UNUSED};
use super::sorting::Sorting;

impl Sorting<'_> {
    /// Rows whose time is missing, unreadable, local without zone, absent or repeated.
    pub(super) fn place_unreadable(&mut self, rows: &mut FileRows, unreadable: &[UnreadableStart], blank: &[u32]) {
        let mut occurrences: BTreeMap<(u32, i64), Vec<u32>> = BTreeMap::new();
        for UnreadableStart { row, why, .. } in unreadable {
            if let Odd::Twice(first, _) = why {
                occurrences.entry((rows.key[*row as usize], *first)).or_default().push(*row);
            }
        }
        for start in unreadable.iter().filter(|start| blank.binary_search(&start.row).is_err()) {
            let key = rows.key[start.row as usize];
            match start.why {
                Odd::Twice(first, second) if key != UNUSED && self.params.repeated_hour != RepeatedHour::Refuse => {
                    let alike = &occurrences[&(key, first)];
                    let turn = match alike.as_slice() {
                        [earlier, later] if start.row == *later && earlier < later => Turn::Second,
                        [_, _] => Turn::First,
                        _ => Turn::Only,
                    };
                    self.place_repeated(rows, start, (first, second), turn);
                }
                Odd::Never if self.params.absent_hour == AbsentHour::Skip => {
                    self.note_time(
                        rows,
                        start,
                        "",
                        &tr!("this local time never occurs: clocks go forward; the row is left out"),
                    );
                    rows.key[start.row as usize] = UNUSED;
                }
                _ => {
                    self.refuse_time(rows, start);
                    rows.key[start.row as usize] = UNUSED;
                }
            }
        }
        for row in blank {
            rows.key[*row as usize] = UNUSED;
        }
    }

    fn place_repeated(
        &mut self,
        rows: &mut FileRows,
        start: &UnreadableStart,
        (first, second): (i64, i64),
        turn: Turn,
    ) {
        let row = start.row as usize;
        let shown = |at: i64| instant(at).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        match (turn, self.params.repeated_hour) {
            (_, RepeatedHour::Skip) => {
                self.note_time(
                    rows,
                    start,
                    "",
                    &tr!("this local time occurs twice: clocks go back; the row is left out"),
                );
                rows.key[row] = UNUSED;
            }
            (Turn::Second, _) => {
                rows.start[row] = second;
                self.note_time(
                    rows,
                    start,
                    &shown(second),
                    &tr!("this local time occurs twice and the file has it twice: the second"),
                );
            }
            (Turn::First, _) => {
                rows.start[row] = first;
                self.note_time(
                    rows,
                    start,
                    &shown(first),
                    &tr!("this local time occurs twice and the file has it twice: the first"),
                );
            }
            (Turn::Only, RepeatedHour::Both) => {
                rows.start[row] = first;
                rows.offered[row] /= 2.0;
                if let Some(handled) = &mut rows.handled {
                    handled[row] /= 2.0;
                }
                rows.add_copy(row, start.row, second);
                let both = tr!("{} and {}", shown(first), shown(second));
                self.note_time(
                    rows,
                    start,
                    &both,
                    &tr!("this local time occurs twice and the row covers both: half to each"),
                );
            }
            (Turn::Only, _) => {
                rows.start[row] = first;
                self.note_time(rows, start, &shown(first), &tr!("this local time occurs twice: taken as the first"));
            }
        }
    }

    fn note_time(&mut self, rows: &FileRows, start: &UnreadableStart, became: &str, why: &str) {
        let key = self.keys.all().get(rows.key[start.row as usize] as usize).copied();
        let at = rows.start[start.row as usize];
        self.notes.add(why, || CleaningNote {
            file: rows.name.clone(),
            line: Some(rows.line(start.row)),
            queue: key.map(|key| key.queue),
            region: key.and_then(|key| key.region),
            start: (at != Starts::ODD).then(|| instant(at)),
            column: "start",
            was: start.text.clone(),
            became: became.to_owned(),
            why: why.to_owned(),
        });
    }

    fn refuse_time(&mut self, rows: &FileRows, start: &UnreadableStart) {
        let accepted = || tr!("RFC 3339 with offset or Z, such as `2026-11-30T09:00:00+01:00`");
        let (cause, accepted, hint) = match start.why {
            Odd::Empty => (tr!("no time is given"), accepted(), String::new()),
            Odd::Unreadable => (tr!("not a time"), accepted(), String::new()),
            Odd::NoZone => (
                tr!("a local time without offset"),
                accepted(),
                tr!("name the zone of the file: timezone = \"Europe/Warsaw\" in [history]"),
            ),
            Odd::Never => (
                tr!("this local time never occurs: clocks go forward"),
                tr!("a time that occurs, or one with offset"),
                tr!("leave such rows out: absent_hour = \"skip\" in [history]"),
            ),
            Odd::Twice(..) => (
                tr!("this local time occurs twice: clocks go back"),
                tr!("a time with offset"),
                tr!("say what such a row means: repeated_hour = \"both\", \"first\" or \"skip\" in [history]"),
            ),
        };
        let column = self.theirs("start");
        self.report.add(&cause.clone(), || {
            let problem = Problem::in_file(&rows.shown, cause).at_line(rows.line(start.row)).in_column(column);
            let problem = if start.text.is_empty() { problem } else { problem.with_value(&start.text) };
            let problem = problem.accepting(accepted);
            if hint.is_empty() { problem } else { problem.hinting(hint) }
        });
    }
}

/// Which of two equal local times of one series a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Only,
    First,
    Second,
}
