//! Contact files → [`History`]: what came, on the plan's grid, with what was changed said aloud.
//!
//! | file | what it does |
//! |---|---|
//! | `contents` | a file on the disk or in memory |
//! | `foreign` | files that are no history |
//! | [`params`] | what to read, and what ambiguous local times mean |
//! | `table`, `parquet`, `parquet_batches`, `decode`, `typed`, `columns`, `figures`, `instants`, `lines` | a file becomes columns of ours; polars is used in the first five alone |
//! | `mixing` | hashing of cells by the million |
//! | `series_keys`, `rows`, `sorting`, `local_times` | which queue and region a row is of, and whether it can be used |
//! | `steps`, `layers`, `contradictions` | the interval at which rows were counted; each interval told once, and what speaks against it |
//! | `local_clock`, `series_under_cleaning`, `gridding`, `coarse`, `given_shape`, `day_shapes` | rows on the grid: finer ones summed, coarser ones split by a shape |
//! | `hours`, `absurd`, `gaps`, `outages` | cleaning, one kind of flaw a file |
//! | `divide` | regions that the history does not tell apart |
//! | [`survey`] | what a user's own file holds |
//! | `told_before`, `joining` | what a history tells already of another that joins it |
//! | [`import`] | exports of other systems become plain history |
//!
//! Rows that cannot be used are problems, and any problem fails the run. What cleaning can settle is a note. Results
//! do not depend on the number of threads: work is split by series or by rows and merged in order.

mod contents;
mod foreign;
pub mod params;
mod table;
mod polars_error;
mod mixing;
#[cfg(feature = "parquet")]
mod parquet;
mod decode;
#[cfg(feature = "parquet")]
mod parquet_batches;
#[cfg(feature = "parquet")]
mod typed;
mod columns;
mod figures;
mod instants;
mod lines;
mod report;
mod series_keys;
mod rows;
mod sorting;
mod local_times;
mod steps;
mod layers;
mod contradictions;
mod local_clock;
mod series_under_cleaning;
mod given_shape;
mod gridding;
mod coarse;
mod hours;
mod silent_hours;
mod absurd;
mod gaps;
mod outages;
mod divide;
mod day_shapes;
mod survey;
mod told_before;
mod joining;
pub mod import;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use contents::Contents;
pub use joining::{Joined, made_whole, without_poorer, without_told};
pub use params::{AbsentHour, CountedAt, HistoryFormat, HistorySource, IngestParams, RepeatedHour};
pub use survey::survey;
pub use told_before::{EarlierHistory, ToldBefore};

use crate::domain::calendar::Holiday;
use crate::domain::history::{CleaningNote, CountedSeries, History};
use crate::domain::ids::QueueIx;
use crate::domain::problem::{Problem, Problems};
use crate::domain::queue::{Queue, Region};
use crate::domain::time::{Instant, IntervalGrid, Zone};
use columns::Columns;
use day_shapes::{DayShapes, Ground};
use divide::Clocks;
use hours::ManyOutside;
use instants::instant;
use layers::{Layered, RowsOfFile, TimedRow};
use local_clock::LocalClock;
use report::{Notes, Report};
use rows::FileRows;
use series_keys::{SeriesKey, SeriesKeys};
use series_under_cleaning::{CleaningContext, RowOrigin, SeriesUnderCleaning};
use silent_hours::SilentHours;
use sorting::Sorting;

/// What the files told.
#[derive(Clone, Debug, PartialEq)]
pub struct Ingested {
    /// Contacts per queue, region and interval.
    pub history: History,
    /// What cleaning changed or set aside, file by file and then queue by queue.
    pub cleaning: Vec<CleaningNote>,
    /// End of the last interval with data.
    pub end: Option<Instant>,
    /// What was assumed of rows that do not tell.
    pub warnings: Vec<Problem>,
}

/// Reads contact files into a history on UTC multiples of the plan's interval. Rows that end after `as_of` do not exist.
///
/// # Errors
/// Every row that cannot be used, by file and line, at most 50 of a kind and file; files that cannot be read; a history
/// without a single row.
pub fn read(
    params: &IngestParams,
    queues: &[Queue],
    holidays: &[Holiday],
    as_of: Option<Instant>,
) -> Result<Ingested, Problems> {
    let keys = SeriesKeys::of(queues);
    let (files, mut cleaning) = read_files(params, queues, &keys)?;
    let layered = sort_into_layers(params, &keys, &files, as_of)?;
    let grid = grid_of(&layered, params, as_of)?;
    let zones: BTreeMap<&str, Zone> =
        queues.iter().flat_map(|queue| &queue.regions).map(|region| (region.zone.name(), region.zone)).collect();
    let clocks: Clocks = zones.into_par_iter().map(|(name, zone)| (name, LocalClock::of(&grid, zone))).collect();
    let ground = Ground { queues, holidays, grid: &grid, clocks: &clocks, files: &files };
    let shown = names(params);
    let shapes = DayShapes::of(&layered, &ground, &shown);
    let cleaned: Vec<(Vec<CountedSeries>, Vec<CleaningNote>, Vec<Problem>)> = layered
        .into_par_iter()
        .map(|layered| {
            let queue = &queues[layered.key.queue.0];
            let region = layered.key.region;
            let (mut under_cleaning, outside, silent) = clean(layered, &ground, &shapes);
            let outside = outside.map(|many| many.warning(queue, region, &shown));
            let silent = silent.map(|silent| silent.warning(queue, region, &shown));
            let warnings = outside.into_iter().chain(silent).collect();
            let notes = std::mem::replace(&mut under_cleaning.notes, Notes::new()).into_notes();
            (divide::series_of(under_cleaning, queue, holidays, &clocks), notes, warnings)
        })
        .collect();
    let (mut series, mut warnings) = (Vec::new(), shapes.warnings);
    for (of_key, notes, told) in cleaned {
        series.extend(of_key);
        cleaning.extend(notes);
        warnings.extend(told);
    }
    let end = Some(grid.end());
    Ok(Ingested { end, history: History { grid, series }, cleaning, warnings })
}

/// All files, one after the other: each fills the threads by itself, and its text is gone before the next is read.
fn read_files(
    params: &IngestParams,
    queues: &[Queue],
    keys: &SeriesKeys<'_>,
) -> Result<(Vec<FileRows>, Vec<CleaningNote>), Problems> {
    let mut problems = Problems::none();
    let default_queue = match &params.queue {
        Some(id) => queues.iter().position(|queue| queue.id == *id).map(QueueIx),
        None => (queues.len() == 1).then_some(QueueIx(0)),
    };
    let (mut files, mut cleaning) = (Vec::new(), Vec::new());
    for source in &params.files {
        let shown = source.shown.as_str();
        let opened = problems.keep(table::open(source));
        let Some(opened) = opened else { continue };
        let columns = Columns::declared(opened.header(), &params.columns, default_queue.is_none(), shown);
        let Some(columns) = problems.keep(columns) else { continue };
        cleaning.extend(columns.unknown.iter().map(|column| unknown_column(&source.name, column)));
        let Some(table) = problems.keep(opened.read(&columns, params.zone)) else { continue };
        let (mut report, mut notes) = (Report::new(), Notes::new());
        let mut sorting = Sorting { params, keys, default_queue, report: &mut report, notes: &mut notes };
        files.push(sorting.sort(table, columns.unknown, source));
        problems.extend(report.into_problems(shown));
        cleaning.extend(notes.into_notes());
    }
    let mut used = vec![false; keys.all().len()];
    for (_, key) in files.iter().flat_map(FileRows::used) {
        used[key as usize] = true;
    }
    problems.extend(keys.contradictions(&used, &names(params)));
    problems.or((files, cleaning))
}

fn unknown_column(file: &str, column: &str) -> CleaningNote {
    CleaningNote {
        file: file.to_owned(),
        line: None,
        queue: None,
        region: None,
        start: None,
        column: "",
        was: column.to_owned(),
        became: String::new(),
        why: format!("this column is not read; known are {}", columns::OURS.join(", ")),
    }
}

fn names(params: &IngestParams) -> String {
    params.files.iter().map(|source| source.shown.as_str()).collect::<Vec<_>>().join(", ")
}

/// Each series' rows by the interval at which they were counted. Series without rows are left out.
fn sort_into_layers(
    params: &IngestParams,
    keys: &SeriesKeys<'_>,
    files: &[FileRows],
    as_of: Option<Instant>,
) -> Result<Vec<Layered>, Problems> {
    let mut entries: Vec<Vec<Vec<TimedRow>>> = vec![vec![Vec::new(); files.len()]; keys.all().len()];
    for (index, file) in files.iter().enumerate() {
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        for (row, key) in file.used() {
            let start = file.start[row as usize] / 60;
            entries[key as usize][index].push(TimedRow { start, file: number, row });
        }
    }
    let rows_of_files: Vec<Vec<RowsOfFile>> = entries
        .into_par_iter()
        .map(|of_key| of_key.into_iter().filter(|rows| !rows.is_empty()).map(RowsOfFile::new).collect())
        .collect();
    let of_file = |file: usize| {
        let same = move |rows_of_file: &&RowsOfFile| {
            rows_of_file.entries.first().is_some_and(|entry| entry.file as usize == file)
        };
        layers::step_of_file(rows_of_files.iter().flatten().filter(same))
    };
    let steps: Vec<Option<i64>> = (0..files.len()).map(of_file).collect();
    let until = as_of.map(|as_of| as_of.timestamp().div_euclid(60));
    let work: Vec<(SeriesKey, Vec<RowsOfFile>)> = keys.all().iter().copied().zip(rows_of_files).collect();
    let layered: Vec<Layered> = work
        .into_par_iter()
        .map(|(key, rows_of_files)| layers::layer(key, rows_of_files, &steps, params.interval.get(), until, files))
        .collect();
    let mut problems = contradictions::off_grid(&layered, files);
    problems.extend(contradictions::contradicted(&layered, files));
    problems.or(layered.into_iter().filter(|key| !key.layers.is_empty()).collect())
}

/// From the first row to the last, as long as that is a history and not a slip.
fn grid_of(layered: &[Layered], params: &IngestParams, as_of: Option<Instant>) -> Result<IntervalGrid, Problems> {
    const LONGEST_DAYS: i64 = 30 * 366;
    let all = || layered.iter().flat_map(|key| &key.layers);
    let first = all().filter_map(|layer| layer.entries.first()).map(|entry| entry.start).min();
    let last = all().filter_map(|layer| Some(layer.end(layer.entries.len().checked_sub(1)?))).max();
    let (Some(first), Some(last)) = (first, last) else {
        let cause = match as_of {
            Some(as_of) => format!("no rows that ended by {}", as_of.to_rfc3339()),
            None => "no rows".to_owned(),
        };
        return Err(Problem::in_file(names(params), cause).accepting("at least one row").into());
    };
    let (first, last) = (instant(first * 60), instant(last * 60));
    if (last - first).num_days() > LONGEST_DAYS {
        let cause = format!("rows from {} to {}", first.date_naive(), last.date_naive());
        let problem = Problem::in_file(names(params), cause).in_column("start");
        return Err(problem.accepting("at most 30 years of history").into());
    }
    Ok(IntervalGrid::covering(first, last, params.interval))
}

/// One series on the grid, its flaws found and noted.
fn clean(
    mut layered: Layered,
    ground: &Ground<'_>,
    shapes: &DayShapes,
) -> (SeriesUnderCleaning, Option<ManyOutside>, Option<SilentHours>) {
    let Ground { queues, holidays, grid, clocks, files } = *ground;
    let queue = &queues[layered.key.queue.0];
    let regions: Vec<&Region> = queue
        .regions
        .iter()
        .enumerate()
        .filter(|(index, _)| layered.key.region.is_none_or(|region| region == *index))
        .map(|(_, region)| region)
        .collect();
    let (mut open, mut holiday) = (vec![false; grid.len()], vec![false; grid.len()]);
    for region in &regions {
        if let Some(local_clock) = clocks.get(region.zone.name()) {
            local_clock.open(region, holidays, &mut open);
            local_clock.holidays(region, holidays, &mut holiday);
        }
    }
    let Some(local_clock) = regions.first().and_then(|region| clocks.get(region.zone.name())) else {
        return (SeriesUnderCleaning::unknown(layered.key, grid.len(), layered.notes), None, None);
    };
    let day_shape = shapes.of_queue(layered.key.queue);
    let context = CleaningContext { grid, local_clock, open: &open, holiday: &holiday, files, day_shape };
    let mut under_cleaning = gridding::put_on_grid(&mut layered, &context);
    let source = RowOrigin::new(&layered, files);
    let silent = SilentHours::find(&under_cleaning, &context);
    if let Some(silent) = &silent {
        silent.settle(&mut under_cleaning, &context);
    }
    let many_outside = hours::close(&mut under_cleaning, &context, &source);
    absurd::set_aside(&mut under_cleaning, &context, &source);
    gaps::settle(&mut under_cleaning, &layered, &context, &source);
    outages::set_aside(&mut under_cleaning, &context, &source);
    (under_cleaning, many_outside, silent)
}
