//! Five million interval rows (50 queues, 3 years, 15 minutes) from file to history.
//!
//! `cargo bench --bench ingest`; the data are generated into a temporary folder first and removed at the end.

#![allow(clippy::expect_used, clippy::cast_possible_truncation, reason = "a bench may panic; its figures are small")]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use obsada::domain::calendar::WeeklyHours;
use obsada::domain::ids::{QueueId, RegionId};
use obsada::domain::queue::{Channel, Queue, Region, ServiceGoal};
use obsada::domain::units::{Minutes, Seconds, Share};
use obsada::ingest::{AbsentHour, CountedAt, HistoryFormat, HistorySource, IngestParams, RepeatedHour, read};
use polars::prelude::{Column, CsvWriter, DataFrame, DataType, IntoColumn, ParquetWriter, SerWriter, TimeUnit};

const QUEUES: i64 = 50;
const INTERVALS: i64 = 3 * 365 * 96;
const FIRST: i64 = 1_640_995_200; // 2022-01-01T00:00:00Z

fn main() {
    divan::main();
    let _ = std::fs::remove_dir_all(FOLDER.as_path());
}

/// The generated files: `history.parquet`, `stamps.parquet`, `history.csv` and `history.csv.gz`.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("obsada-bench-{}", std::process::id()));
    generate(&folder).expect("a temporary folder to write to");
    folder
});

fn generate(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    let mut frame = rows()?;
    ParquetWriter::new(File::create(folder.join("history.parquet"))?).finish(&mut frame)?;
    CsvWriter::new(File::create(folder.join("history.csv"))?).finish(&mut frame)?;
    let text = std::fs::read(folder.join("history.csv"))?;
    let gz = File::create(folder.join("history.csv.gz"))?;
    flate2::write::GzEncoder::new(gz, flate2::Compression::fast()).write_all(&text)?;
    let seconds: Vec<i64> = (0..QUEUES).flat_map(|_| (0..INTERVALS).map(|step| (FIRST + step * 900) * 1000)).collect();
    let stamps = Column::new("start".into(), seconds).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?;
    frame.replace("start", stamps)?;
    ParquetWriter::new(File::create(folder.join("stamps.parquet"))?).finish(&mut frame)?;
    Ok(())
}

/// A day's hump, with noise from a small linear congruential generator.
fn rows() -> Result<DataFrame, polars::prelude::PolarsError> {
    let rows = usize::try_from(QUEUES * INTERVALS).unwrap_or(0);
    let (mut queue, mut start) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let (mut offered, mut aht) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut noise = 1_u64;
    for number in 0..QUEUES {
        for step in 0..INTERVALS {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let hump = 1.0 - ((step % 96 - 48) as f64 / 48.0).abs();
            let contacts = ((number + 5) as f64 * hump + (noise >> 60) as f64).floor();
            let at = chrono::DateTime::from_timestamp(FIRST + step * 900, 0).unwrap_or_default();
            queue.push(format!("queue-{number}"));
            start.push(at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string());
            offered.push(contacts as i64);
            aht.push(180.0 + (noise >> 58) as f64);
        }
    }
    let columns = [
        Column::new("queue".into(), queue),
        Column::new("start".into(), start),
        Column::new("offered".into(), offered),
        Column::new("aht_s".into(), aht),
    ];
    DataFrame::new(rows, columns.into_iter().map(IntoColumn::into_column).collect())
}

fn queues() -> Vec<Queue> {
    let region =
        Region { id: RegionId::new("all"), zone: chrono_tz::Europe::Warsaw, hours: WeeklyHours::always(), share: None };
    let queue = |number: i64| Queue {
        regions: vec![region.clone()],
        ..Queue::new(
            QueueId::new(format!("queue-{number}")),
            Channel::Voice,
            ServiceGoal::new(Share::ALL, Seconds::ZERO),
        )
    };
    (0..QUEUES).map(queue).collect()
}

fn ingest(bencher: divan::Bencher<'_, '_>, name: &str) {
    let path = FOLDER.join(name);
    let params = IngestParams {
        files: vec![HistorySource {
            contents: obsada::ingest::Contents::OnDisk,
            format: HistoryFormat::of(&path).unwrap_or(HistoryFormat::Csv),
            shown: name.to_owned(),
            name: name.to_owned(),
            path,
        }],
        zone: Some(chrono_tz::UTC),
        repeated_hour: RepeatedHour::Refuse,
        absent_hour: AbsentHour::Refuse,
        queue: None,
        columns: std::collections::BTreeMap::default(),
        counted_at: CountedAt::Arrival,
        interval: Minutes::new(15),
    };
    let queues = queues();
    bencher.bench(|| read(&params, &queues, &[], None).expect("a clean history").history.grid.len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn parquet_with_text_instants(bencher: divan::Bencher<'_, '_>) {
    ingest(bencher, "history.parquet");
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn parquet_with_timestamps(bencher: divan::Bencher<'_, '_>) {
    ingest(bencher, "stamps.parquet");
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn csv(bencher: divan::Bencher<'_, '_>) {
    ingest(bencher, "history.csv");
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn csv_gz(bencher: divan::Bencher<'_, '_>) {
    ingest(bencher, "history.csv.gz");
}
