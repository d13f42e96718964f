//! One series on the grid while it is being cleaned.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::history::CleaningNote;
use crate::domain::time::IntervalGrid;

use super::given_shape::GivenShape;
use super::layers::Layered;
use super::local_clock::LocalClock;
use super::report::Notes;
use super::rows::FileRows;
use super::series_keys::SeriesKey;

/// What the files told about an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// No row.
    Nothing,
    /// A count.
    Count,
    /// A count, though rows of a part of the interval are missing; see [`SeriesUnderCleaning::lacking`].
    Part,
    /// Rows that cleaning set aside, and said so.
    SetAside,
}

/// Where a series lies: the grid, its clocks and hours, and the files behind it.
#[derive(Clone, Copy)]
pub(super) struct CleaningContext<'a> {
    pub(super) grid: &'a IntervalGrid,
    pub(super) local_clock: &'a LocalClock,
    /// Whether any region of the series is open.
    pub(super) open: &'a [bool],
    /// Intervals on a listed holiday of the series: rare, so they are not judged by other days.
    pub(super) holiday: &'a [bool],
    pub(super) files: &'a [FileRows],
    /// The shape of the week for rows of a day, where one is given.
    pub(super) day_shape: Option<&'a GivenShape>,
}

impl CleaningContext<'_> {
    /// For people to read: where a stretch ends and how many intervals are meant.
    pub(super) fn until(&self, last: usize, count: usize) -> String {
        let end = self.grid.start_of(last + 1).format("%Y-%m-%dT%H:%MZ");
        tr!("until {end}, {}", self.times(count), end)
    }

    /// For people to read: so many intervals.
    pub(super) fn times(&self, count: usize) -> String {
        tr!("{count} × {} min", self.local_clock.step, count)
    }
}

/// One series on the grid.
#[derive(Clone, Debug)]
pub(super) struct SeriesUnderCleaning {
    pub(super) key: SeriesKey,
    /// Contacts per interval; NaN where unknown.
    pub(super) offered: Vec<f64>,
    /// Mean handle time in seconds; NaN where unknown.
    pub(super) aht: Vec<f64>,
    pub(super) seen: Vec<Seen>,
    /// The share of an interval for which rows are missing, where some are there.
    pub(super) lacking: BTreeMap<usize, f64>,
    /// Intervals that were taken for outages, and what was counted in them.
    pub(super) outages: Vec<(usize, f64)>,
    pub(super) notes: Notes,
}

impl SeriesUnderCleaning {
    /// A series of which nothing is known.
    pub(super) fn unknown(key: SeriesKey, len: usize, notes: Notes) -> Self {
        Self {
            key,
            offered: vec![f64::NAN; len],
            aht: vec![f64::NAN; len],
            seen: vec![Seen::Nothing; len],
            lacking: BTreeMap::new(),
            outages: Vec::new(),
            notes,
        }
    }

    /// Forgets what was told of an interval.
    pub(super) fn set_aside(&mut self, interval: usize) {
        self.offered[interval] = f64::NAN;
        self.aht[interval] = f64::NAN;
        self.seen[interval] = Seen::SetAside;
    }

    /// The first and last interval with rows, if there are any.
    pub(super) fn extent(&self) -> Option<std::ops::RangeInclusive<usize>> {
        let told = |seen: &Seen| *seen != Seen::Nothing;
        Some(self.seen.iter().position(told)?..=self.seen.iter().rposition(told)?)
    }
}

/// The name and line of the row that told an interval, or the last before it: where a person would look.
pub(super) struct RowOrigin<'a> {
    layered: &'a Layered,
    files: &'a [FileRows],
}

impl<'a> RowOrigin<'a> {
    pub(super) const fn new(layered: &'a Layered, files: &'a [FileRows]) -> Self {
        Self { layered, files }
    }

    /// The file that tells of a minute since 1970, or told last before it.
    pub(super) fn file(&self, minute: i64) -> String {
        let last_before = self.layered.layers.iter().filter_map(|layer| {
            let after = layer.entries.partition_point(|entry| entry.start <= minute);
            layer.entries.get(after.saturating_sub(1))
        });
        let entry = last_before.max_by_key(|entry| (entry.start <= minute, entry.start));
        entry.map_or_else(String::new, |entry| self.files[entry.file as usize].name.clone())
    }

    /// The line that tells most contacts between two minutes since 1970.
    pub(super) fn line(&self, from: i64, until: i64) -> Option<u64> {
        let rows = self.layered.layers.iter().flat_map(|layer| {
            let first = layer.entries.partition_point(|entry| entry.start < from);
            layer.entries[first..].iter().take_while(move |entry| entry.start < until)
        });
        let contacts = |entry: &super::layers::TimedRow| self.files[entry.file as usize].offered[entry.row as usize];
        rows.max_by(|one, other| contacts(one).total_cmp(&contacts(other)))
            .map(|entry| self.files[entry.file as usize].line(entry.row))
    }
}

/// A stretch of intervals and what became of it.
pub(super) struct FlawFound<'a> {
    /// The kind of finding, which is also why.
    pub(super) why: String,
    /// More about this one, following `why`.
    pub(super) detail: String,
    pub(super) column: &'static str,
    pub(super) was: String,
    pub(super) became: &'a str,
}

impl SeriesUnderCleaning {
    /// Notes a finding on one interval or a stretch from it.
    pub(super) fn note(
        &mut self,
        context: &CleaningContext<'_>,
        source: &RowOrigin<'_>,
        interval: usize,
        finding: FlawFound<'_>,
    ) {
        let start = context.grid.start_of(interval);
        let minute = start.timestamp() / 60;
        let one = finding.detail.is_empty();
        let key = self.key;
        self.notes.add(&finding.why, || CleaningNote {
            file: source.file(minute),
            line: if one { source.line(minute, minute + context.local_clock.step) } else { None },
            queue: Some(key.queue),
            region: key.region,
            start: Some(start),
            column: finding.column,
            was: finding.was,
            became: finding.became.to_owned(),
            why: if one { finding.why.clone() } else { format!("{}: {}", finding.why, finding.detail) },
        });
    }
}
