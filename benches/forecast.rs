//! How long forecasts and back-tests take, and that the time grows in line with queues and history.
//!
//! `cargo bench --bench forecast`; the thousand queues read from Parquet take minutes and some gigabytes, so they run
//! with `OBSADA_BENCH=long` alone. `RAYON_NUM_THREADS` sets the threads.

#![allow(clippy::expect_used, clippy::cast_possible_truncation, reason = "a bench may panic; its figures are small")]

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Duration, NaiveDate, Timelike};
use obsada::domain::calendar::WeeklyHours;
use obsada::domain::history::{CountedSeries, Counts, History};
use obsada::domain::ids::{QueueId, QueueIx, RegionId};
use obsada::domain::progress::Silent;
use obsada::domain::queue::{Channel, Queue, Region, ServiceGoal};
use obsada::domain::time::{Instant, IntervalGrid, Zone, start_of_day};
use obsada::domain::units::{Minutes, Seconds, Share};
use obsada::forecast::{BacktestOrigins, ForecastInput, ForecastParams, backtest, forecast};
use obsada::ingest::{AbsentHour, Contents, CountedAt, HistoryFormat, HistorySource, IngestParams, RepeatedHour, read};
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, ParquetWriter, PolarsError, TimeUnit};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

const ZONE: Zone = chrono_tz::Europe::Warsaw;
const MINUTES: i64 = 15;
const YEAR: i64 = 365;
const DAYS_AHEAD: i64 = 28;

fn main() {
    divan::main();
}

/// The first day forecast: history ends on the midnight before it.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date")
}

fn grid(from: NaiveDate, until: NaiveDate) -> IntervalGrid {
    IntervalGrid::covering(start_of_day(from, ZONE), start_of_day(until, ZONE), Minutes::new(MINUTES))
}

fn past(days: i64) -> IntervalGrid {
    grid(today() - Duration::days(days), today())
}

/// The mean of an interval: a hump over the day, quiet weekends, a season of the year; closed at night.
fn mean(at: Instant) -> Option<f64> {
    let wall = at.with_timezone(&ZONE);
    let hour = f64::from(wall.hour() * 60 + wall.minute()) / 60.0;
    if !(8.0..20.0).contains(&hour) {
        return None;
    }
    let weekday = if wall.weekday().number_from_monday() > 5 { 0.4 } else { 1.0 };
    let season = 1.0 + 0.2 * (std::f64::consts::TAU * f64::from(wall.ordinal()) / 365.0).sin();
    Some(30.0 * weekday * season * (1.0 - ((hour - 13.0) / 8.0).powi(2)).max(0.1))
}

/// One queue's counts: the mean times a day's own factor, with Poisson noise.
fn series(grid: &IntervalGrid, number: usize) -> CountedSeries {
    let mut chance = ChaCha8Rng::seed_from_u64(number as u64);
    let (mut day, mut factor) = (0, 1.0);
    let offered: Counts = grid
        .starts()
        .map(|at| {
            let mean = mean(at)?;
            let today = at.with_timezone(&ZONE).num_days_from_ce();
            if today != day {
                (day, factor) = (today, chance.random_range(0.85..1.15));
            }
            Some(Poisson::new(mean * factor).expect("a positive mean").sample(&mut chance))
        })
        .collect();
    let aht_s: Counts = grid.starts().map(|at| mean(at).map(|_| 240.0 + chance.random_range(-20.0..20.0))).collect();
    CountedSeries { queue: QueueIx(number), region: 0, offered, aht_s, outages: vec![] }
}

fn queues(count: usize) -> Vec<Queue> {
    let region = Region { id: RegionId::new("all"), zone: ZONE, hours: WeeklyHours::always(), share: None };
    let queue = |number: usize| Queue {
        regions: vec![region.clone()],
        ..Queue::new(
            QueueId::new(format!("queue-{number}")),
            Channel::Voice,
            ServiceGoal::new(Share::ALL, Seconds::ZERO),
        )
    };
    (0..count).map(queue).collect()
}

fn history(count: usize, days: i64) -> History {
    let grid = past(days);
    History { grid, series: (0..count).map(|number| series(&grid, number)).collect() }
}

fn input<'a>(history: &'a History, queues: &'a [Queue]) -> ForecastInput<'a> {
    ForecastInput {
        history,
        queues,
        holidays: &[],
        events: &[],
        adjustments: &[],
        grid: grid(today(), today() + Duration::days(DAYS_AHEAD)),
        as_of: None,
    }
}

fn fit_and_forecast(bencher: divan::Bencher<'_, '_>, count: usize, days: i64) {
    let (history, queues) = (history(count, days), queues(count));
    let input = input(&history, &queues);
    bencher.bench(|| forecast(&input, &ForecastParams::default(), &Silent));
}

/// One queue, two years of quarter hours: fit, folds and 28 days ahead.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn one_queue_of_two_years(bencher: divan::Bencher<'_, '_>) {
    fit_and_forecast(bencher, 1, 2 * YEAR);
}

#[divan::bench(args = [1, 2, 4], sample_count = 5, sample_size = 1)]
fn one_queue_by_years_of_history(bencher: divan::Bencher<'_, '_>, years: i64) {
    fit_and_forecast(bencher, 1, years * YEAR);
}

#[divan::bench(args = [4, 8, 16, 32], sample_count = 3, sample_size = 1)]
fn two_years_by_queues(bencher: divan::Bencher<'_, '_>, count: usize) {
    fit_and_forecast(bencher, count, 2 * YEAR);
}

/// Four origins a week apart, seven open days ahead of each.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn fifty_queues_back_tested_from_four_origins(bencher: divan::Bencher<'_, '_>) {
    let (history, queues) = (history(50, 2 * YEAR), queues(50));
    let input = input(&history, &queues);
    let from = Some(today() - Duration::days(28));
    let origins = BacktestOrigins { from, every_days: 7, horizon_days: 7, at: None, zone: ZONE };
    bencher.bench(|| backtest(&input, &origins, &ForecastParams::default(), &Silent));
}

/// A thousand queues of two years, from the Parquet file to the forecast.
#[divan::bench(sample_count = 1, sample_size = 1, ignore = std::env::var("OBSADA_BENCH").as_deref() != Ok("long"))]
fn a_thousand_queues_from_parquet(bencher: divan::Bencher<'_, '_>) {
    const COUNT: usize = 1000;
    let folder = std::env::temp_dir().join(format!("obsada-bench-forecast-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder to write to");
    write_parquet(&folder.join("history.parquet"), COUNT).expect("a file that can be written");
    let (params, queues) = (ingest_params(folder.join("history.parquet")), queues(COUNT));
    bencher.bench(|| {
        let ingested = read(&params, &queues, &[], None).expect("a clean history");
        forecast(&input(&ingested.history, &queues), &ForecastParams::default(), &Silent).expect("nobody cancels")
    });
    let _ = std::fs::remove_dir_all(&folder);
}

fn ingest_params(path: PathBuf) -> IngestParams {
    let name = "history.parquet".to_owned();
    IngestParams {
        files: vec![HistorySource {
            format: HistoryFormat::Parquet,
            contents: Contents::OnDisk,
            shown: name.clone(),
            name,
            path,
        }],
        zone: Some(chrono_tz::UTC),
        repeated_hour: RepeatedHour::Refuse,
        absent_hour: AbsentHour::Refuse,
        queue: None,
        columns: std::collections::BTreeMap::default(),
        counted_at: CountedAt::Arrival,
        interval: Minutes::new(MINUTES),
    }
}

/// Queues are written in batches, so that the rows of all of them never stand in memory at once.
fn write_parquet(path: &Path, count: usize) -> Result<(), PolarsError> {
    const BATCH: usize = 50;
    let first = frame(0..1)?;
    let mut writer = ParquetWriter::new(File::create(path)?).batched(first.schema())?;
    for from in (0..count).step_by(BATCH) {
        writer.write_batch(&frame(from..(from + BATCH).min(count))?)?;
    }
    writer.finish()?;
    Ok(())
}

fn frame(numbers: std::ops::Range<usize>) -> Result<DataFrame, PolarsError> {
    let (grid, mut names, mut starts) = (past(2 * YEAR), Vec::new(), Vec::new());
    let (mut offered, mut aht) = (Vec::new(), Vec::new());
    for number in numbers {
        let series = series(&grid, number);
        for (index, start) in grid.starts().enumerate() {
            if let Some(contacts) = series.offered.get(index) {
                names.push(format!("queue-{number}"));
                starts.push(start.timestamp_millis());
                offered.push(contacts as i64);
                aht.push(series.aht_s.get(index));
            }
        }
    }
    let rows = names.len();
    let columns = [
        Column::new("queue".into(), names),
        Column::new("start".into(), starts).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?,
        Column::new("offered".into(), offered),
        Column::new("aht_s".into(), aht),
    ];
    DataFrame::new(rows, columns.into_iter().map(IntoColumn::into_column).collect())
}
