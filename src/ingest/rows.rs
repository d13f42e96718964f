//! Rows that can be used, rows that cannot, and rows whose local time needs a decision.

use std::collections::BTreeMap;

use super::figures::{Figures, Names, Odd, OddStart, Starts};
use super::instants::instant;
use super::lanes::{Lanes, Stray};
use super::lines::Lines;
use super::params::{AbsentHour, IngestParams, RepeatedHour};
use super::report::{Notes, Report};
use super::table::Table;
use crate::domain::history::CleaningNote;
use crate::domain::ids::QueueIx;
use crate::domain::problem::Problem;

/// Stands for the lane of a row that is not used.
const UNUSED: u32 = u32::MAX;

/// Instants accepted: the years 1970 to 2099. Others are slips of a pen, and would stretch the grid without end.
const ACCEPTED_SECONDS: std::ops::Range<i64> = 0..4_102_444_800;

/// The rows of one file that can be used, column by column.
#[derive(Clone, Debug)]
pub(super) struct FileRows {
    pub(super) shown: String,
    lines: Lines,
    /// Rows of the file; rows beyond were added where one row covers two hours.
    read: usize,
    /// The row each added row stems from.
    origin: Vec<u32>,
    pub(super) lane: Vec<u32>,
    /// Seconds since 1970.
    pub(super) start: Vec<i64>,
    /// Contacts; NaN where unknown.
    pub(super) offered: Vec<f64>,
    handled: Option<Vec<f64>>,
    aht: Option<Vec<f64>>,
}

impl FileRows {
    /// The line a row stands on.
    pub(super) fn line(&self, row: u32) -> u64 {
        let added = (row as usize).checked_sub(self.read);
        self.lines.of(added.map_or(row, |index| self.origin[index]))
    }

    /// Mean handle time of a row, where it tells.
    pub(super) fn aht(&self, row: u32) -> Option<f64> {
        self.aht.as_ref().map(|column| column[row as usize]).filter(|aht| !aht.is_nan())
    }

    /// The contacts a row's handle time is the mean of: those handled, or offered where the file does not tell.
    pub(super) fn weight(&self, row: u32) -> f64 {
        let handled = self.handled.as_ref().map(|column| column[row as usize]).filter(|handled| *handled >= 0.0);
        handled.unwrap_or(self.offered[row as usize])
    }

    /// Rows that are used, with their lanes.
    pub(super) fn used(&self) -> impl Iterator<Item = (u32, u32)> {
        (0_u32..).zip(self.lane.iter().copied()).filter(|(_, lane)| *lane != UNUSED)
    }

    fn add_copy(&mut self, row: usize, read_row: u32, start: i64) {
        self.origin.push(read_row);
        self.lane.push(self.lane[row]);
        self.start.push(start);
        self.offered.push(self.offered[row]);
        for column in [&mut self.handled, &mut self.aht].into_iter().flatten() {
            column.push(column[row]);
        }
    }
}

/// What is found while sorting the rows of one file.
pub(super) struct Sorting<'a> {
    pub(super) params: &'a IngestParams,
    pub(super) lanes: &'a Lanes<'a>,
    /// The queue of rows that name none.
    pub(super) default_queue: Option<QueueIx>,
    pub(super) report: &'a mut Report,
    pub(super) notes: &'a mut Notes,
}

impl Sorting<'_> {
    /// The rows of a table, those that cannot be used reported.
    pub(super) fn sort(&mut self, table: Table, shown: &str) -> FileRows {
        let blank = blank_rows(&table);
        let lane = self.lanes_of(&table, &blank, shown);
        let mut rows = FileRows {
            shown: shown.to_owned(),
            lines: table.lines,
            read: table.rows,
            origin: Vec::new(),
            lane,
            start: table.start.of_row,
            offered: table.offered.of_row,
            handled: table.handled.as_ref().map(|figures| figures.of_row.clone()),
            aht: table.aht.as_ref().map(|figures| figures.of_row.clone()),
        };
        let unreadable = [
            ("offered", Some((table.offered.unreadable, table.offered.unreadable_more))),
            ("handled", table.handled.map(|column| (column.unreadable, column.unreadable_more))),
            ("abandoned", table.abandoned.map(|column| (column.unreadable, column.unreadable_more))),
            ("aht_s", table.aht.map(|column| (column.unreadable, column.unreadable_more))),
        ];
        for (column, (texts, more)) in unreadable.into_iter().filter_map(|(column, texts)| Some((column, texts?))) {
            self.report_unreadable(&mut rows, column, &texts, more);
        }
        self.place_odd(&mut rows, &table.start.odd, &blank);
        self.refuse_odd_instants(&mut rows);
        self.set_aside(&mut rows);
        rows
    }

    fn lanes_of(&mut self, table: &Table, blank: &[u32], shown: &str) -> Vec<u32> {
        let nameless = Names { of_row: Vec::new(), distinct: vec![String::new()] };
        let (queues, regions) = (table.queue.as_ref().unwrap_or(&nameless), table.region.as_ref().unwrap_or(&nameless));
        let known: Vec<Vec<Result<u32, Stray>>> = queues
            .distinct
            .iter()
            .map(|queue| {
                regions.distinct.iter().map(|region| self.lanes.find(self.default_queue, queue, region)).collect()
            })
            .collect();
        let code = |names: &Names, row: usize| names.of_row.get(row).map_or(0, |code| *code as usize);
        let mut lanes = Vec::with_capacity(table.rows);
        for row in 0..table.rows {
            let (queue, region) = (code(queues, row), code(regions, row));
            lanes.push(known[queue][region].unwrap_or(UNUSED));
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            if let Err(stray) = known[queue][region]
                && blank.binary_search(&number).is_err()
            {
                let at = Problem::in_file(shown, String::new()).at_line(table.lines.of(number));
                self.report_stray(stray, at, &queues.distinct[queue], &regions.distinct[region]);
            }
        }
        lanes
    }

    fn report_stray(&mut self, stray: Stray, at: Problem, queue: &str, region: &str) {
        let (kind, column, value, accepted) = match stray {
            Stray::NoQueue => ("no queue is named", "queue", "", self.lanes.queue_names()),
            Stray::UnknownQueue => ("unknown queue", "queue", queue, self.lanes.queue_names()),
            Stray::UnknownRegion(of) => ("unknown region of this queue", "region", region, self.lanes.region_names(of)),
        };
        let problem = Problem { cause: kind.to_owned(), ..at };
        let problem = problem.in_column(self.theirs(column)).with_value(value).accepting(accepted);
        self.report.add(kind, || problem);
    }

    fn report_unreadable(&mut self, rows: &mut FileRows, column: &'static str, texts: &[(u32, String)], more: u64) {
        let name = self.theirs(column);
        for (row, text) in texts {
            rows.lane[*row as usize] = UNUSED;
            let problem = || {
                Problem::in_file(&rows.shown, "not a number").at_line(rows.line(*row)).in_column(&name).with_value(text)
            };
            self.report.add("not a number", || problem().accepting("a decimal number such as `12` or `187.5`"));
        }
        self.report.count_more("not a number", more);
    }

    /// Rows whose time is missing, unreadable, local without zone, absent or repeated.
    fn place_odd(&mut self, rows: &mut FileRows, odd: &[OddStart], blank: &[u32]) {
        let mut occurrences: BTreeMap<(u32, i64), Vec<u32>> = BTreeMap::new();
        for OddStart { row, why, .. } in odd {
            if let Odd::Twice(first, _) = why {
                occurrences.entry((rows.lane[*row as usize], *first)).or_default().push(*row);
            }
        }
        for start in odd.iter().filter(|start| blank.binary_search(&start.row).is_err()) {
            let lane = rows.lane[start.row as usize];
            match start.why {
                Odd::Twice(first, second) if lane != UNUSED && self.params.repeated_hour != RepeatedHour::Refuse => {
                    let alike = &occurrences[&(lane, first)];
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
                        "this local time never occurs: clocks go forward; the row is left out",
                    );
                    rows.lane[start.row as usize] = UNUSED;
                }
                _ => {
                    self.refuse_time(rows, start);
                    rows.lane[start.row as usize] = UNUSED;
                }
            }
        }
        blank.iter().for_each(|row| rows.lane[*row as usize] = UNUSED);
    }

    fn place_repeated(&mut self, rows: &mut FileRows, start: &OddStart, (first, second): (i64, i64), turn: Turn) {
        let row = start.row as usize;
        let shown = |at: i64| instant(at).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        match (turn, self.params.repeated_hour) {
            (_, RepeatedHour::Skip) => {
                self.note_time(rows, start, "", "this local time occurs twice: clocks go back; the row is left out");
                rows.lane[row] = UNUSED;
            }
            (Turn::Second, _) => {
                rows.start[row] = second;
                self.note_time(
                    rows,
                    start,
                    &shown(second),
                    "this local time occurs twice and the file has it twice: the second",
                );
            }
            (Turn::First, _) => {
                rows.start[row] = first;
                self.note_time(
                    rows,
                    start,
                    &shown(first),
                    "this local time occurs twice and the file has it twice: the first",
                );
            }
            (Turn::Only, RepeatedHour::Both) => {
                rows.start[row] = first;
                rows.offered[row] /= 2.0;
                if let Some(handled) = &mut rows.handled {
                    handled[row] /= 2.0;
                }
                rows.add_copy(row, start.row, second);
                let both = format!("{} and {}", shown(first), shown(second));
                self.note_time(
                    rows,
                    start,
                    &both,
                    "this local time occurs twice and the row covers both: half to each",
                );
            }
            (Turn::Only, _) => {
                rows.start[row] = first;
                self.note_time(rows, start, &shown(first), "this local time occurs twice: taken as the first");
            }
        }
    }

    fn note_time(&mut self, rows: &FileRows, start: &OddStart, became: &str, why: &'static str) {
        let queue = self.lanes.all().get(rows.lane[start.row as usize] as usize).map(|lane| lane.queue);
        let at = rows.start[start.row as usize];
        self.notes.add(why, || CleaningNote {
            file: rows.shown.clone(),
            line: Some(rows.line(start.row)),
            queue,
            start: (at != Starts::ODD).then(|| instant(at)),
            column: "start",
            was: start.text.clone(),
            became: became.to_owned(),
            why: why.to_owned(),
        });
    }

    fn refuse_time(&mut self, rows: &FileRows, start: &OddStart) {
        const ACCEPTED: &str = "RFC 3339 with offset or Z, such as `2026-11-30T09:00:00+01:00`";
        let (cause, accepted, hint) = match start.why {
            Odd::Empty => ("no time is given", ACCEPTED, ""),
            Odd::Unreadable => ("not a time", ACCEPTED, ""),
            Odd::NoZone => (
                "a local time without offset",
                ACCEPTED,
                "name the zone of the file: timezone = \"Europe/Warsaw\" in [history]",
            ),
            Odd::Never => (
                "this local time never occurs: clocks go forward",
                "a time that occurs, or one with offset",
                "leave such rows out: absent_hour = \"skip\" in [history]",
            ),
            Odd::Twice(..) => (
                "this local time occurs twice: clocks go back",
                "a time with offset",
                "say what such a row means: repeated_hour = \"both\", \"first\" or \"skip\" in [history]",
            ),
        };
        let column = self.theirs("start");
        self.report.add(cause, || {
            let problem = Problem::in_file(&rows.shown, cause).at_line(rows.line(start.row)).in_column(column);
            let problem = if start.text.is_empty() { problem } else { problem.with_value(&start.text) };
            let problem = problem.accepting(accepted);
            if hint.is_empty() { problem } else { problem.hinting(hint) }
        });
    }

    /// Times far from any history, or between minutes.
    fn refuse_odd_instants(&mut self, rows: &mut FileRows) {
        let column = self.theirs("start");
        for row in 0..rows.lane.len() {
            let at = rows.start[row];
            if rows.lane[row] == UNUSED || (ACCEPTED_SECONDS.contains(&at) && at % 60 == 0) {
                continue;
            }
            let cause = if at % 60 == 0 { "far from any history" } else { "not on a whole minute" };
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            let accepted = "the start of an interval, from 1970 to 2099";
            self.report.add(cause, || {
                let problem = Problem::in_file(&rows.shown, cause).at_line(rows.line(number)).in_column(&column);
                problem.with_value(instant(at).to_rfc3339()).accepting(accepted)
            });
            rows.lane[row] = UNUSED;
        }
    }

    /// Counts and handle times that no contact centre can have: unknown, and noted.
    fn set_aside(&mut self, rows: &mut FileRows) {
        for row in 0..rows.lane.len() {
            if rows.lane[row] == UNUSED {
                continue;
            }
            let offered = rows.offered[row];
            if !(offered >= 0.0 && offered.is_finite()) {
                let why = if offered.is_nan() {
                    "no number of contacts is given"
                } else {
                    "contacts cannot be negative or endless"
                };
                self.note_value(rows, row, "offered", offered, why);
                rows.offered[row] = f64::NAN;
            }
            let Some(aht) = rows.aht.as_ref().map(|column| column[row]) else { continue };
            if aht <= 0.0 || aht.is_infinite() {
                let nobody = rows.offered[row] == 0.0 && aht == 0.0;
                if !nobody {
                    self.note_value(rows, row, "aht_s", aht, "a handle time must be positive");
                }
                rows.aht.iter_mut().for_each(|column| column[row] = f64::NAN);
            }
        }
    }

    fn note_value(&mut self, rows: &FileRows, row: usize, column: &'static str, was: f64, why: &'static str) {
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        let queue = self.lanes.all().get(rows.lane[row] as usize).map(|lane| lane.queue);
        self.notes.add(why, || CleaningNote {
            file: rows.shown.clone(),
            line: Some(rows.line(number)),
            queue,
            start: Some(instant(rows.start[row])),
            column,
            was: if was.is_nan() { String::new() } else { was.to_string() },
            became: String::new(),
            why: why.to_owned(),
        });
    }

    /// The file's name of one of our columns.
    fn theirs(&self, ours: &'static str) -> String {
        self.params.columns.get(ours).cloned().unwrap_or_else(|| ours.to_owned())
    }
}

/// Which of two equal local times of one lane a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Only,
    First,
    Second,
}

/// Rows with nothing in them: blank lines.
fn blank_rows(table: &Table) -> Vec<u32> {
    let no_name = |names: &Option<Names>, row: usize| names.as_ref().is_none_or(|names| names.of_row[row] == 0);
    let no_figure = |figures: &Figures, row: usize| figures.of_row[row].is_nan();
    table
        .start
        .odd
        .iter()
        .filter(|start| start.why == Odd::Empty)
        .map(|start| start.row)
        .filter(|row| {
            let row = *row as usize;
            no_name(&table.queue, row) && no_name(&table.region, row) && no_figure(&table.offered, row)
        })
        .collect()
}
