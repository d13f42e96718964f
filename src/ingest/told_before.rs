//! What a history tells already of what is to be added to it, and whether both agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::columns::Columns;
use super::figures::{Figures, Starts};
use super::instants::instant;
use super::params::HistorySource;
use super::steps::interval_of;
use super::table::{self, Table};
use crate::domain::problem::Problems;
use crate::domain::time::{Instant, Zone};

/// How the files of a history are read.
#[derive(Clone, Debug)]
pub struct EarlierHistory {
    /// In the order in which they stand.
    pub files: Vec<HistorySource>,
    /// Our name of a column → the files' name for it.
    pub columns: BTreeMap<String, String>,
    /// The zone of instants without offset.
    pub zone: Option<Zone>,
    /// The queue of rows that name none.
    pub queue: String,
}

/// What both tell, a history and what is to be added to it.
#[derive(Clone, Debug, Default)]
pub struct ToldBefore {
    /// The files of the history that tell some of it.
    pub files: Vec<String>,
    /// Start of the first and of the last interval that both tell.
    pub span: Option<(Instant, Instant)>,
    /// Rows of the new one: all, told before, and told before with the same figures.
    pub rows: usize,
    /// See [`Self::rows`].
    pub both: usize,
    /// See [`Self::rows`].
    pub same: usize,
    /// Of rows that both tell, and of which one tells contacts at least, how many there are and how many tell another number of contacts.
    pub busy: usize,
    /// See [`Self::busy`].
    pub differing: usize,
    /// Minutes of the rows of the history where they are others than those of the new one, and those of the new one.
    pub intervals: Option<(i64, i64)>,
    /// Files of the history that could not be read.
    pub unread: Problems,
    /// Of each row of the new one, what the history tells.
    before: Vec<Option<Row>>,
    /// Starts of the rows of the new one, and their figures.
    own: Vec<(i64, Row)>,
    /// Starts of the first and the last row of the history.
    history: Option<(i64, i64)>,
}

/// Contacts of one interval. What is not told is NaN.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) offered: f64,
    pub(super) handled: f64,
    pub(super) abandoned: f64,
    pub(super) aht: f64,
}

/// Differences of rounding: counts are written with three decimals.
const ROUNDING: f64 = 2e-3;

impl Row {
    fn figures(self) -> [f64; 4] {
        [self.offered, self.handled, self.abandoned, self.aht]
    }

    /// Whether another row tells all that this one does.
    pub(super) fn is_told_by(self, other: Self) -> bool {
        let both = self.figures().into_iter().zip(other.figures());
        both.into_iter().all(|(own, other)| own.is_nan() || (own - other).abs() < ROUNDING)
    }

    /// Whether another row tells all that this one does, and more.
    pub(super) fn is_poorer_than(self, other: Self) -> bool {
        self.is_told_by(other) && !other.is_told_by(self)
    }
}

type Key = (String, String, i64);

impl ToldBefore {
    /// Compares plain history in memory with the files of a workspace.
    ///
    /// # Errors
    /// What is to be added cannot be read. Files of the workspace that cannot are left aside, and named.
    pub fn of(new: &HistorySource, earlier: &EarlierHistory) -> Result<Self, Problems> {
        let mut told = Self::default();
        let own = keyed(&read(new, &BTreeMap::new(), earlier.zone)?, &earlier.queue);
        let step = step(&own);
        let mut standing: HashMap<&Key, (usize, Row)> = HashMap::new();
        let mut files = Vec::new();
        for source in &earlier.files {
            match read(source, &earlier.columns, earlier.zone) {
                Ok(table) => files.push((source.name.as_str(), keyed(&table, &earlier.queue))),
                Err(problems) => told.unread.extend(problems),
            }
        }
        let mut other_steps = BTreeSet::new();
        for (number, (name, rows)) in files.iter().enumerate() {
            let of_file = self::step(rows);
            if let (Some(of_file), Some(step)) = (of_file.filter(|of_file| Some(*of_file) != step), step)
                && told.spans_meet(rows, &own)
            {
                told.intervals = Some((of_file, step));
                other_steps.insert((*name).to_owned());
            }
            if of_file.is_none() || step.is_none() || of_file == step {
                standing.extend(rows.iter().map(|(key, row)| (key, (number, *row))));
            }
        }
        let mut used = BTreeSet::new();
        told.rows = own.len();
        for (key, row) in &own {
            let before = standing.get(key).map(|(file, before)| {
                used.insert(*file);
                told.see(key.2, *row, *before);
                *before
            });
            told.before.push(before);
            told.own.push((key.2, *row));
        }
        let starts = || standing.keys().map(|(.., start)| *start);
        told.history = starts().min().zip(starts().max());
        told.files = used.into_iter().map(|file| files[file].0.to_owned()).chain(other_steps).collect();
        Ok(told)
    }

    fn see(&mut self, start: i64, row: Row, before: Row) {
        self.both += 1;
        self.same += usize::from(row.is_told_by(before));
        if row.offered > 0.0 || before.offered > 0.0 {
            self.busy += 1;
            self.differing += usize::from((row.offered - before.offered).abs() >= ROUNDING);
        }
        self.widen(start, start);
    }

    /// Whether rows of other lengths tell of the same time.
    fn spans_meet(&mut self, rows: &[(Key, Row)], own: &[(Key, Row)]) -> bool {
        let mut spans: BTreeMap<(&str, &str), (i64, i64)> = BTreeMap::new();
        for ((queue, region, start), _) in rows {
            let span = spans.entry((queue, region)).or_insert((*start, *start));
            *span = (span.0.min(*start), span.1.max(*start));
        }
        let mut do_meet = false;
        for ((queue, region, start), _) in own {
            if spans.get(&(queue.as_str(), region.as_str())).is_some_and(|span| (span.0..=span.1).contains(start)) {
                self.widen(*start, *start);
                do_meet = true;
            }
        }
        do_meet
    }

    fn widen(&mut self, first: i64, last: i64) {
        let (first, last) = (instant(first), instant(last));
        self.span = Some(self.span.map_or((first, last), |span| (span.0.min(first), span.1.max(last))));
    }

    /// Whether the history tells all of it, with the same figures.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.rows > 0 && self.same == self.rows
    }

    /// Whether most of what both tell differs: they are of other contacts, or one of them is of another clock.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        const FEW: usize = 3;
        const ONE_IN: usize = 4;
        self.differing > FEW && self.differing * ONE_IN > self.busy
    }

    /// What the history tells of each row of the new one, in their order.
    pub(super) fn before(&self) -> &[Option<Row>] {
        &self.before
    }

    /// The figures of each row of the new one, and when it starts.
    pub(super) fn own(&self) -> &[(i64, Row)] {
        &self.own
    }

    /// Starts of the first and the last row of the history.
    pub(super) const fn history(&self) -> Option<(i64, i64)> {
        self.history
    }
}

fn read(source: &HistorySource, columns: &BTreeMap<String, String>, zone: Option<Zone>) -> Result<Table, Problems> {
    let opened = table::open(source)?;
    let columns = Columns::declared(opened.header(), columns, false, &source.shown)?;
    opened.read(&columns, zone)
}

/// The rows of a table whose time is one instant.
fn keyed(table: &Table, queue: &str) -> Vec<(Key, Row)> {
    let name = |names: Option<&super::figures::Names>, row: usize| {
        names.map_or(String::new(), |names| names.distinct[names.of_row[row] as usize].clone())
    };
    let figure = |figures: Option<&Figures>, row: usize| figures.map_or(f64::NAN, |figures| figures.of_row[row]);
    let mut rows = Vec::with_capacity(table.rows);
    for row in (0..table.rows).filter(|row| table.start.of_row[*row] != Starts::ODD) {
        let mut of_queue = name(table.queue.as_ref(), row);
        if of_queue.is_empty() {
            queue.clone_into(&mut of_queue);
        }
        let figures = Row {
            offered: table.offered.of_row[row],
            handled: figure(table.handled.as_ref(), row),
            abandoned: figure(table.abandoned.as_ref(), row),
            aht: figure(table.aht.as_ref(), row),
        };
        rows.push(((of_queue, name(table.region.as_ref(), row), table.start.of_row[row]), figures));
    }
    rows
}

/// Minutes of most rows.
fn step(rows: &[(Key, Row)]) -> Option<i64> {
    let starts: BTreeSet<i64> = rows.iter().map(|((.., start), _)| *start).collect();
    let starts: Vec<i64> = starts.into_iter().collect();
    interval_of(&starts.windows(2).map(|pair| (pair[1] - pair[0]) / 60).collect::<Vec<i64>>())
}
