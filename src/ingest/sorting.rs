//! Rows that can be used and rows that cannot.

use crate::domain::history::CleaningNote;
use crate::domain::ids::QueueIx;
use crate::domain::problem::Problem;
use tr::tr;

use super::figures::{Figures, Names, Odd, Unreadable};
use super::instants::instant;
use super::params::{HistorySource, IngestParams};
use super::report::{Notes, Report};
use super::rows::{FileRows, UNUSED};
use super::series_keys::{SeriesKeys, UnmatchedRow};
use super::table::Table;

/// Instants accepted: the years 1970 to 2099. Others are slips of a pen, and would stretch the grid without end.
const ACCEPTED_SECONDS: std::ops::Range<i64> = 0..4_102_444_800;

/// What is found while sorting the rows of one file.
pub(super) struct Sorting<'a> {
    pub(super) params: &'a IngestParams,
    pub(super) keys: &'a SeriesKeys<'a>,
    /// The queue of rows that name none.
    pub(super) default_queue: Option<QueueIx>,
    pub(super) report: &'a mut Report,
    pub(super) notes: &'a mut Notes,
}

impl Sorting<'_> {
    /// The rows of a table, those that cannot be used reported.
    pub(super) fn sort(&mut self, table: Table, unread: Vec<String>, source: &HistorySource) -> FileRows {
        let blank = blank_rows(&table);
        let key = self.keys_of(&table, &blank, &source.shown);
        let Table { start, offered, handled, abandoned, aht, .. } = table;
        let split = |figures: Figures| (figures.of_row, figures.unreadable);
        let (handled, unreadable_handled) = handled.map(split).unzip();
        let (aht, unreadable_aht) = aht.map(split).unzip();
        let mut rows = FileRows {
            shown: source.shown.clone(),
            name: source.name.clone(),
            unread,
            lines: table.lines,
            read: table.rows,
            origin: Vec::new(),
            key,
            start: start.of_row,
            offered: offered.of_row,
            handled,
            aht,
        };
        self.report_unreadable(&mut rows, "offered", Some(offered.unreadable));
        self.report_unreadable(&mut rows, "handled", unreadable_handled);
        self.report_unreadable(&mut rows, "abandoned", abandoned.map(|figures| figures.unreadable));
        self.report_unreadable(&mut rows, "aht_s", unreadable_aht);
        self.place_unreadable(&mut rows, &start.unreadable, &blank);
        self.refuse_unreadable_instants(&mut rows);
        self.set_aside(&mut rows);
        rows
    }

    fn keys_of(&mut self, table: &Table, blank: &[u32], shown: &str) -> Vec<u32> {
        let nameless = Names { of_row: Vec::new(), distinct: vec![String::new()] };
        let (queues, regions) = (table.queue.as_ref().unwrap_or(&nameless), table.region.as_ref().unwrap_or(&nameless));
        let known: Vec<Vec<Result<u32, UnmatchedRow>>> = queues
            .distinct
            .iter()
            .map(|queue| {
                regions.distinct.iter().map(|region| self.keys.find(self.default_queue, queue, region)).collect()
            })
            .collect();
        let code = |names: &Names, row: usize| names.of_row.get(row).map_or(0, |code| *code as usize);
        let mut keys = Vec::with_capacity(table.rows);
        for row in 0..table.rows {
            let (queue, region) = (code(queues, row), code(regions, row));
            keys.push(known[queue][region].unwrap_or(UNUSED));
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            if let Err(unmatched) = known[queue][region]
                && blank.binary_search(&number).is_err()
            {
                let at = Problem::in_file(shown, String::new()).at_line(table.lines.of(number));
                self.report_unmatched(unmatched, at, &queues.distinct[queue], &regions.distinct[region]);
            }
        }
        keys
    }

    fn report_unmatched(&mut self, unmatched: UnmatchedRow, at: Problem, queue: &str, region: &str) {
        let (kind, column, value, accepted) = match unmatched {
            UnmatchedRow::NoQueue => (tr!("no queue is named"), "queue", "", self.keys.queue_names()),
            UnmatchedRow::UnknownQueue => (tr!("unknown queue"), "queue", queue, self.keys.queue_names()),
            UnmatchedRow::UnknownRegion(of) => {
                (tr!("unknown region of this queue"), "region", region, self.keys.region_names(of))
            }
        };
        let problem = Problem { cause: kind.clone(), ..at };
        let problem = problem.in_column(self.theirs(column)).with_value(value).accepting(accepted);
        self.report.add(&kind, || problem);
    }

    fn report_unreadable(&mut self, rows: &mut FileRows, column: &'static str, unreadable: Option<Unreadable>) {
        const KIND: &str = "not a number";
        let name = self.theirs(column);
        let Unreadable { texts, more } = unreadable.unwrap_or_default();
        for (row, text) in texts {
            rows.key[row as usize] = UNUSED;
            self.report.add(KIND, || {
                let problem = Problem::in_file(&rows.shown, KIND).at_line(rows.line(row)).in_column(&name);
                problem.with_value(text).accepting(tr!("a decimal number such as `12` or `187.5`"))
            });
        }
        self.report.count_more(KIND, more);
    }

    /// Times far from any history, or between minutes.
    fn refuse_unreadable_instants(&mut self, rows: &mut FileRows) {
        let column = self.theirs("start");
        for row in 0..rows.key.len() {
            let at = rows.start[row];
            if rows.key[row] == UNUSED || (ACCEPTED_SECONDS.contains(&at) && at % 60 == 0) {
                continue;
            }
            let cause = if at % 60 == 0 { tr!("far from any history") } else { tr!("not on a whole minute") };
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            let accepted = tr!("the start of an interval, from 1970 to 2099");
            self.report.add(&cause.clone(), || {
                let problem = Problem::in_file(&rows.shown, cause).at_line(rows.line(number)).in_column(&column);
                problem.with_value(instant(at).to_rfc3339()).accepting(accepted)
            });
            rows.key[row] = UNUSED;
        }
    }

    /// Counts and handle times that no contact centre can have: unknown, and noted.
    fn set_aside(&mut self, rows: &mut FileRows) {
        for row in 0..rows.key.len() {
            if rows.key[row] == UNUSED {
                continue;
            }
            let offered = rows.offered[row];
            if !(offered >= 0.0 && offered.is_finite()) {
                let why = if offered.is_nan() {
                    tr!("no number of contacts is given")
                } else {
                    tr!("contacts cannot be negative or endless")
                };
                self.note_value(rows, row, "offered", offered, &why);
                rows.offered[row] = f64::NAN;
            }
            let Some(aht) = rows.aht.as_ref().map(|column| column[row]) else { continue };
            if aht <= 0.0 || aht.is_infinite() {
                let nobody = rows.offered[row] == 0.0 && aht == 0.0;
                if !nobody {
                    self.note_value(rows, row, "aht_s", aht, &tr!("a handle time must be positive"));
                }
                if let Some(column) = &mut rows.aht {
                    column[row] = f64::NAN;
                }
            }
        }
    }

    fn note_value(&mut self, rows: &FileRows, row: usize, column: &'static str, was: f64, why: &str) {
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        let key = self.keys.all().get(rows.key[row] as usize).copied();
        self.notes.add(why, || CleaningNote {
            file: rows.name.clone(),
            line: Some(rows.line(number)),
            queue: key.map(|key| key.queue),
            region: key.and_then(|key| key.region),
            start: Some(instant(rows.start[row])),
            column,
            was: if was.is_nan() { String::new() } else { was.to_string() },
            became: String::new(),
            why: why.to_owned(),
        });
    }

    /// The file's name of one of our columns.
    pub(super) fn theirs(&self, ours: &'static str) -> String {
        self.params.columns.get(ours).cloned().unwrap_or_else(|| ours.to_owned())
    }
}

/// Rows with nothing in them: blank lines.
fn blank_rows(table: &Table) -> Vec<u32> {
    let no_name = |names: &Option<Names>, row: usize| names.as_ref().is_none_or(|names| names.of_row[row] == 0);
    let no_figure = |figures: &Figures, row: usize| figures.of_row[row].is_nan();
    table
        .start
        .unreadable
        .iter()
        .filter(|start| start.why == Odd::Empty)
        .map(|start| start.row)
        .filter(|row| {
            let row = *row as usize;
            no_name(&table.queue, row) && no_name(&table.region, row) && no_figure(&table.offered, row)
        })
        .collect()
}
