//! The rows of one series, sorted into layers of one interval each, every interval told once.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::history::CleaningNote;

use super::instants::instant;
use super::report::Notes;
use super::rows::FileRows;
use super::series_keys::SeriesKey;
use super::steps::{CLOCK_CHANGE, FEW, LOCAL, interval_of, phase_of};

/// A row's place: its start in minutes since 1970, its file and its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TimedRow {
    pub(super) start: i64,
    pub(super) file: u32,
    pub(super) row: u32,
}

/// So many rows of one file may correct earlier ones, or one in so many.
const FEW_CORRECTIONS: usize = 3;
const ONE_IN: usize = 100;

/// Rows counted at one interval, ordered by start, each start once.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// Minutes of one row.
    pub(super) step: i64,
    pub(super) entries: Vec<TimedRow>,
}

impl Layer {
    /// The end of a row in minutes since 1970: long rows reach to the next where a clock change made them longer or shorter.
    pub(super) fn end(&self, index: usize) -> i64 {
        let end = self.entries[index].start + self.step;
        match self.entries.get(index + 1) {
            Some(next) if self.step >= LOCAL && (next.start - end).abs() <= CLOCK_CHANGE => next.start,
            _ => end,
        }
    }
}

/// The rows of one series of one file, with the interval found in them.
#[derive(Clone, Debug)]
pub(super) struct RowsOfFile {
    /// Ordered by start, then row.
    pub(super) entries: Vec<TimedRow>,
    distances: usize,
    /// Minutes; none where the rows are too few to tell.
    step: Option<i64>,
}

impl RowsOfFile {
    /// Orders the rows and looks for their interval.
    pub(super) fn new(mut entries: Vec<TimedRow>) -> Self {
        if !entries.is_sorted() {
            entries.sort_unstable();
        }
        let distances: Vec<i64> =
            entries.windows(2).map(|pair| pair[1].start - pair[0].start).filter(|distance| *distance > 0).collect();
        Self { step: interval_of(&distances), distances: distances.len(), entries }
    }

    /// Whether there are enough rows to be sure of the interval.
    fn is_sure(&self) -> bool {
        self.distances >= FEW
    }

    /// The interval, where few rows take that of the file they stand in if it can be theirs.
    fn step_in(&self, of_file: Option<i64>, of_plan: i64) -> i64 {
        match (self.step, of_file) {
            (Some(own), _) if self.is_sure() => own,
            (Some(own), Some(file)) if own % file == 0 => file,
            (Some(own), _) => own,
            (None, file) => file.unwrap_or(of_plan),
        }
    }
}

/// The interval of most rows of a file, among series with enough of them.
pub(super) fn step_of_file<'a>(rows_of_files: impl Iterator<Item = &'a RowsOfFile>) -> Option<i64> {
    let mut rows: BTreeMap<i64, usize> = BTreeMap::new();
    for rows_of_file in rows_of_files.filter(|rows_of_file| rows_of_file.is_sure()) {
        *rows.entry(rows_of_file.step?).or_default() += rows_of_file.entries.len();
    }
    rows.into_iter().max_by_key(|(step, rows)| (*rows, -step)).map(|(step, _)| step)
}

/// What becomes of a series' rows before they are put on the grid.
#[derive(Clone, Debug)]
pub(super) struct Layered {
    pub(super) key: SeriesKey,
    /// From the finest to the coarsest.
    pub(super) layers: Vec<Layer>,
    /// Rows between the starts of their layer, with its interval.
    pub(super) off_grid: Vec<(TimedRow, i64)>,
    /// Intervals that one file tells more than once, differently: too many to be corrections.
    pub(super) contradicted: Vec<(TimedRow, TimedRow)>,
    pub(super) notes: Notes,
}

/// Sorts the rows of each file of a series into layers, one per interval. `until`: rows that end later (in minutes) do not exist.
pub(super) fn layer(
    key: SeriesKey,
    rows_of_files: Vec<RowsOfFile>,
    of_files: &[Option<i64>],
    plan: i64,
    until: Option<i64>,
    files: &[FileRows],
) -> Layered {
    let mut by_step: BTreeMap<i64, Vec<TimedRow>> = BTreeMap::new();
    let mut layered =
        Layered { key, layers: Vec::new(), off_grid: Vec::new(), contradicted: Vec::new(), notes: Notes::new() };
    for rows_of_file in rows_of_files {
        let of_file = rows_of_file.entries.first().and_then(|entry| of_files[entry.file as usize]);
        let step = rows_of_file.step_in(of_file, plan);
        let phase = phase_of(rows_of_file.entries.iter().map(|entry| entry.start), step);
        let modulus = step.min(60);
        let rows = by_step.entry(step).or_default();
        for entry in rows_of_file.entries {
            // A plan interval exists once all of it is known.
            let end = entry.start + step;
            let whole = if step < plan { end + (-end).rem_euclid(plan) } else { end };
            if until.is_some_and(|until| whole > until) {
                continue;
            }
            if entry.start.rem_euclid(modulus) == phase {
                rows.push(entry);
            } else {
                layered.off_grid.push((entry, step));
            }
        }
    }
    for (step, mut entries) in by_step {
        if !entries.is_sorted() {
            entries.sort_unstable();
        }
        let read = entries.len();
        let (entries, differing) = tell_once(key, entries, files, &mut layered.notes);
        if differing.len() > FEW_CORRECTIONS.max(read / ONE_IN) {
            layered.contradicted.extend(differing);
        }
        if !entries.is_empty() {
            layered.layers.push(Layer { step, entries });
        }
    }
    layered
}

/// Of rows with one start the last stands: the later row, in the later file. Beside them pairs of rows of one file that differ.
fn tell_once(
    key: SeriesKey,
    entries: Vec<TimedRow>,
    files: &[FileRows],
    notes: &mut Notes,
) -> (Vec<TimedRow>, Vec<(TimedRow, TimedRow)>) {
    let mut differing = Vec::new();
    if entries.windows(2).all(|pair| pair[0].start < pair[1].start) {
        return (entries, differing);
    }
    let contacts = |entry: TimedRow| files[entry.file as usize].offered[entry.row as usize].to_bits();
    let mut once: Vec<TimedRow> = Vec::with_capacity(entries.len());
    for entry in entries {
        match once.last_mut() {
            Some(last) if last.start == entry.start => {
                note_duplicate(key, *last, entry, files, notes);
                if last.file == entry.file && contacts(*last) != contacts(entry) {
                    differing.push((*last, entry));
                }
                *last = entry;
            }
            _ => once.push(entry),
        }
    }
    (once, differing)
}

fn note_duplicate(key: SeriesKey, earlier: TimedRow, later: TimedRow, files: &[FileRows], notes: &mut Notes) {
    let (earlier_file, later_file) = (&files[earlier.file as usize], &files[later.file as usize]);
    let told = |file: &FileRows, entry: TimedRow| {
        let offered = file.offered[entry.row as usize];
        let contacts = if offered.is_nan() { "unknown".to_owned() } else { offered.to_string() };
        file.aht(entry.row).map_or(contacts.clone(), |aht| tr!("{contacts} at {aht} s", contacts, aht))
    };
    let (was, became) = (told(earlier_file, earlier), told(later_file, later));
    let same = was == became;
    let kind = if same {
        tr!("the interval is told twice, the same both times")
    } else {
        tr!("the interval is told twice, differently")
    };
    notes.add(&kind, || CleaningNote {
        file: earlier_file.name.clone(),
        line: Some(earlier_file.line(earlier.row)),
        queue: Some(key.queue),
        region: key.region,
        start: Some(instant(earlier.start * 60)),
        column: if same { "start" } else { "offered" },
        was,
        became,
        why: tr!("{kind}: line {} of {} stands", later_file.line(later.row), later_file.name, kind),
    });
}
