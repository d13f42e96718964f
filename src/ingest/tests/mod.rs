//! Files small enough to follow by hand, read from end to end.

mod rows;
mod day_shapes;
mod clock;
mod silences;
mod survey;

use std::fmt::Write as _;
use std::path::Path;

use chrono::{Duration, Weekday};
#[cfg(feature = "parquet")]
use polars::prelude::{Column, DataFrame, DataType, ParquetWriter, TimeUnit};
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::{ClockSpan, HolidayService, WeeklyHours};
use crate::domain::ids::{QueueId, RegionId};
use crate::domain::queue::{Channel, ServiceGoal};
use crate::domain::units::{Minutes, Seconds, Share};

/// A file per text, read into queues of one region around the clock in UTC unless a test says otherwise.
struct HistoryFiles {
    folder: tempfile::TempDir,
    params: IngestParams,
    queues: Vec<Queue>,
    holidays: Vec<Holiday>,
    as_of: Option<Instant>,
}

fn utc(text: &str) -> Instant {
    text.parse().expect("an instant")
}

fn region(id: &str, zone: Zone, hours: &WeeklyHours) -> Region {
    Region { id: RegionId::new(id), zone, hours: hours.clone(), share: None }
}

fn queue(id: &str, regions: Vec<Region>) -> Queue {
    Queue { regions, ..Queue::new(QueueId::new(id), Channel::Voice, ServiceGoal::new(Share::ALL, Seconds::ZERO)) }
}

fn daily(from: u16, until: u16) -> WeeklyHours {
    let mut hours = WeeklyHours::default();
    for day in [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun] {
        hours.open(day, ClockSpan::new(from * 60, until * 60).expect("a span"));
    }
    hours
}

impl HistoryFiles {
    fn new(interval: i64) -> Self {
        let params = IngestParams {
            files: Vec::new(),
            zone: None,
            repeated_hour: RepeatedHour::Refuse,
            absent_hour: AbsentHour::Refuse,
            queue: None,
            columns: BTreeMap::new(),
            counted_at: CountedAt::Arrival,
            interval: Minutes::new(interval),
        };
        let queues = vec![queue("calls", vec![region("all", chrono_tz::UTC, &WeeklyHours::always())])];
        Self { folder: tempfile::tempdir().expect("a folder"), params, queues, holidays: Vec::new(), as_of: None }
    }

    fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let format = HistoryFormat::of(Path::new(name)).expect("a known kind");
        self.params.files.push(HistorySource {
            path,
            contents: Contents::OnDisk,
            shown: name.to_owned(),
            name: name.to_owned(),
            format,
        });
        self
    }

    /// The same files as bytes, which nothing on the disk can stand in for.
    fn moved_into_memory(mut self) -> Self {
        for file in &mut self.params.files {
            file.contents = Contents::InMemory(std::fs::read(&file.path).expect("read").into());
            std::fs::remove_file(&file.path).expect("removed");
        }
        self
    }

    fn csv(self, text: &str) -> Self {
        let name = format!("{}.csv", self.params.files.len());
        self.file(&name, text.as_bytes())
    }

    fn open(mut self, zone: Zone, hours: &WeeklyHours) -> Self {
        self.queues = vec![queue("calls", vec![region("all", zone, hours)])];
        self
    }

    fn read(&self) -> Result<Ingested, Problems> {
        read(&self.params, &self.queues, &self.holidays, self.as_of)
    }

    fn ok(&self) -> Ingested {
        self.read().unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn refused(&self) -> String {
        self.read().expect_err("problems").to_string()
    }
}

fn offered(ingested: &Ingested) -> Vec<Option<f64>> {
    ingested.history.series[0].offered.iter().collect()
}

fn whys(ingested: &Ingested) -> Vec<&str> {
    ingested.cleaning.iter().map(|note| note.why.as_str()).collect()
}

/// Hourly rows of the same count from midnight of Monday 5 January 2026.
fn hourly(hours: i64, contacts: impl Fn(i64) -> Option<f64>) -> String {
    let mut text = "start,offered\n".to_owned();
    for hour in 0..hours {
        if let Some(count) = contacts(hour) {
            let at = utc("2026-01-05T00:00:00Z") + Duration::hours(hour);
            writeln!(text, "{},{count}", at.format("%Y-%m-%dT%H:%M:%SZ")).expect("a string takes it");
        }
    }
    text
}
