//! The stage as a whole, on tiny centres whose truth is known.

use chrono::{Datelike, Duration, NaiveDate, TimeZone, Timelike};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_distr::Distribution;

use super::test_regions::{holiday, queue, region};
use super::*;
use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::event::{Event, EventKind, Kernel, QueueEffect, Send};
use crate::domain::forecast::{Adjustment, Change};
use crate::domain::history::{CountedSeries, Counts, History};
use crate::domain::ids::{EventId, QueueIx};
use crate::domain::progress::Silent;
use crate::domain::queue::{Queue, Region};
use crate::domain::time::{Instant, IntervalGrid, Zone, start_of_day};
use crate::domain::units::{Minutes, Share};

mod whole;
mod clocks;
mod events;
mod history;
mod everyday;
mod laws;
mod coverage;

const WARSAW: Zone = chrono_tz::Europe::Warsaw;
const NEW_YORK: Zone = chrono_tz::America::New_York;

/// One queue with its history and a plan, from which a test forecasts.
struct TestCentre {
    queues: Vec<Queue>,
    history: History,
    holidays: Vec<Holiday>,
    events: Vec<Event>,
    adjustments: Vec<Adjustment>,
    grid: IntervalGrid,
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn days(from: &str, days: i64, zone: Zone, minutes: i64) -> IntervalGrid {
    let from = date(from);
    IntervalGrid::covering(
        start_of_day(from, zone),
        start_of_day(from + Duration::days(days), zone),
        Minutes::new(minutes),
    )
}

impl TestCentre {
    /// History and plan from two grids; `count` gives contacts by region, instant and wall clock, in open intervals.
    fn new(
        regions: Vec<Region>,
        past: IntervalGrid,
        grid: IntervalGrid,
        mut count: impl FnMut(usize, Instant, chrono::NaiveDateTime) -> f64,
    ) -> Self {
        let mut series = Vec::new();
        for (position, region) in regions.iter().enumerate() {
            let offered: Counts = past
                .starts()
                .map(|at| {
                    region
                        .hours
                        .is_open(at, region.zone)
                        .then(|| count(position, at, at.with_timezone(&region.zone).naive_local()))
                })
                .collect();
            let aht_s = offered.iter().map(|count| count.map(|_| 200.0)).collect();
            series.push(CountedSeries { queue: QueueIx(0), region: position, offered, aht_s, outages: vec![] });
        }
        let history = History { grid: past, series };
        Self { queues: vec![queue(regions)], history, holidays: vec![], events: vec![], adjustments: vec![], grid }
    }

    fn input(&self) -> ForecastInput<'_> {
        ForecastInput {
            history: &self.history,
            queues: &self.queues,
            holidays: &self.holidays,
            events: &self.events,
            adjustments: &self.adjustments,
            grid: self.grid,
            as_of: None,
        }
    }

    fn forecast(&self) -> QueueForecast {
        forecast(&self.input(), &ForecastParams::default(), &Silent).expect("nobody cancels").queues.remove(0)
    }
}

fn campaign(id: &str, at: &str, known_from: Option<&str>) -> Event {
    Event {
        id: EventId::new(id),
        kind: EventKind::Campaign,
        reach: 100_000.0,
        schedule: vec![Send { local: at.parse().expect("a local time"), share: Share::ALL }],
        kernel: None,
        regions: vec![],
        queues: vec![QueueEffect { queue: QueueIx(0), response: None, aht_factor: None }],
        known_from: known_from.map(|at| at.parse().expect("an instant")),
    }
}

/// Contacts of a business day: more on Mondays, most at noon.
fn ordinary(wall: chrono::NaiveDateTime) -> f64 {
    let monday = if wall.date().weekday() == chrono::Weekday::Mon { 1.4 } else { 1.0 };
    monday * (60.0 - 4.0 * (f64::from(wall.hour()) - 12.5).abs())
}

fn shop() -> Vec<Region> {
    vec![region("pl", WARSAW, 5, 8, 18)]
}
