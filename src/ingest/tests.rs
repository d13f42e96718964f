//! Files small enough to follow by hand, read from end to end.

use std::fmt::Write as _;
use std::path::Path;

use chrono::{Duration, Weekday};
use polars::prelude::{Column, DataFrame, DataType, ParquetWriter, TimeUnit};
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::{ClockSpan, HolidayService, WeeklyHours};
use crate::domain::ids::{QueueId, RegionId};
use crate::domain::queue::{Channel, GoalPeriod, ServiceDefinition, ServiceGoal};
use crate::domain::units::{Minutes, Money, Seconds, Share};

/// A file per text, read into queues of one region around the clock in UTC unless a test says otherwise.
struct World {
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
    Queue {
        id: QueueId::new(id),
        channel: Channel::Voice,
        skills: Vec::new(),
        priority: 1,
        goal: ServiceGoal {
            share: Share::ALL,
            within: Seconds::ZERO,
            definition: ServiceDefinition::Offered,
            over: GoalPeriod::Interval,
        },
        patience: None,
        max_occupancy: Share::ALL,
        escalation: None,
        price_lost: Money::ZERO,
        price_late: Money::ZERO,
        declared_aht: None,
        like: None,
        regions,
    }
}

fn daily(from: u16, until: u16) -> WeeklyHours {
    let mut hours = WeeklyHours::default();
    for day in [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun] {
        hours.open(day, ClockSpan::new(from * 60, until * 60).expect("a span"));
    }
    hours
}

impl World {
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
        self.params.files.push(HistorySource { path, shown: name.to_owned(), name: name.to_owned(), format });
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

#[test]
fn finer_rows_are_summed_and_handle_times_weighted_by_the_contacts_handled() {
    // 3 + 5 contacts; 2 handled at 100 s and 4 at 400 s: (200 + 1600) / 6 = 300 s.
    let world = World::new(30).csv(
        "queue,start,offered,handled,aht_s\n\
         calls,2026-01-05T10:00:00+01:00,3,2,100\n\
         calls,2026-01-05T10:15:00+01:00,5,4,400\n",
    );
    let ingested = world.ok();
    assert_eq!(ingested.history.grid.start(), utc("2026-01-05T09:00:00Z"));
    assert_eq!(offered(&ingested), [Some(8.0)]);
    assert_eq!(ingested.history.series[0].aht_s.get(0), Some(300.0));
    assert_eq!(ingested.end, Some(utc("2026-01-05T09:30:00Z")));
}

#[test]
fn coarser_rows_are_split_along_the_slope_and_keep_their_sums() {
    // Hours of 10, 20 and 30: the middle one rises by (30 − 10) / 2 = 10 over its length, and its halves by a quarter of that: 8.75 and 11.25.
    let world = World::new(30).csv(&hourly(3, |hour| Some(10.0 * (hour + 1) as f64)));
    let ingested = world.ok();
    assert_eq!(offered(&ingested), [5.0, 5.0, 8.75, 11.25, 15.0, 15.0].map(Some));
    assert!(whys(&ingested).iter().any(|why| why.contains("along the slope")), "{:?}", whys(&ingested));
}

#[test]
fn a_day_is_spread_evenly_over_opening_hours() {
    let world = World::new(60).open(chrono_tz::Europe::Warsaw, &daily(9, 13)).csv(
        "start,offered\n2026-03-28T00:00:00+01:00,40\n2026-03-29T00:00:00+01:00,20\n2026-03-30T00:00:00+02:00,8\n",
    );
    let ingested = world.ok();
    // 09:00 in Warsaw is 08:00 UTC on the 28th and 07:00 UTC from the 29th, a day of 23 hours.
    let at = |text: &str| {
        let interval = ingested.history.grid.index_of(utc(text)).expect("on the grid");
        ingested.history.series[0].offered.get(interval)
    };
    assert_eq!(at("2026-03-28T08:00:00Z"), Some(10.0));
    assert_eq!(at("2026-03-29T07:00:00Z"), Some(5.0));
    assert_eq!(at("2026-03-30T10:00:00Z"), Some(2.0));
    assert_eq!(at("2026-03-28T07:00:00Z"), None);
    assert!((ingested.history.series[0].offered.total() - 68.0).abs() < 1e-9);
}

#[test]
fn coarser_rows_take_the_weekly_shape_of_finer_ones() {
    // A week of half-hours, 1 in the first half of each hour and 3 in the second; then an hour of 8, split 2 and 6.
    let mut fine = "start,offered\n".to_owned();
    for step in 0..336 {
        let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(30 * step);
        writeln!(fine, "{},{}", at.format("%Y-%m-%dT%H:%MZ"), if step % 2 == 0 { 1 } else { 3 }).expect("written");
    }
    let mut coarse = "start,offered\n".to_owned();
    for hour in 0..48 {
        let at = utc("2026-01-12T00:00:00Z") + Duration::hours(hour);
        writeln!(coarse, "{},8", at.format("%Y-%m-%dT%H:%MZ")).expect("written");
    }
    let ingested = World::new(30).csv(&fine).csv(&coarse).ok();
    assert_eq!(offered(&ingested)[336..340], [2.0, 6.0, 2.0, 6.0].map(Some));
    assert!(whys(&ingested).iter().any(|why| why.contains("weekly shape")), "{:?}", whys(&ingested));
}

#[test]
fn of_two_rows_for_one_interval_the_later_stands_and_both_are_named() {
    let world = World::new(60)
        .csv("start,offered\n2026-01-05T00:00Z,4\n2026-01-05T01:00Z,5\n2026-01-05T01:00Z,5\n")
        .csv("start,offered\n2026-01-05T00:00Z,6\n");
    let ingested = world.ok();
    assert_eq!(offered(&ingested), [Some(6.0), Some(5.0)]);
    let notes: Vec<_> =
        ingested.cleaning.iter().map(|note| (note.line, note.was.as_str(), note.became.as_str())).collect();
    assert_eq!(notes, [(Some(2), "4", "6"), (Some(3), "5", "5")]);
    assert!(whys(&ingested)[0].contains("line 2 of 1.csv stands"), "{:?}", whys(&ingested));
}

#[test]
fn every_row_that_cannot_be_used_is_reported_with_its_place() {
    let world = World::new(60).csv(
        "queue,start,offered\n\
         calls,2026-01-05T00:00Z,4\n\
         cals,2026-01-05T01:00Z,4\n\
         calls,05.01.2026 02:00,4\n\
         calls,2026-01-05 03:00,4\n\
         \n\
         calls,2026-01-05T04:00Z,four\n\
         calls,1026-01-05T05:00Z,4\n",
    );
    let report = world.refused();
    for line in [
        "0.csv:3: `queue`: `cals`: unknown queue; accepted: calls",
        "0.csv:4: `start`: `05.01.2026 02:00`: not a time",
        "0.csv:5: `start`: `2026-01-05 03:00`: a local time without offset",
        "0.csv:7: `offered`: `four`: not a number",
        "0.csv:8: `start`: `1026-01-05T05:00:00+00:00`: far from any history",
    ] {
        assert!(report.contains(line), "{line} is not in\n{report}");
    }
    assert_eq!(world.read().expect_err("problems").len(), 5);
}

#[test]
fn a_row_off_the_grid_of_all_others_is_reported() {
    let text = hourly(48, |_| Some(3.0)) + "2026-01-07T00:07:00Z,3\n";
    let report = World::new(60).csv(&text).refused();
    assert!(report.contains("0.csv:50: `start`: `2026-01-07T00:07:00+00:00`: off the grid"), "{report}");
}

/// Half-hours in New York around the end of daylight saving on 1 November 2026, when 01:00 to 02:00 comes twice.
const AUTUMN: &str = "start,offered\n2026-11-01 00:30,4\n2026-11-01 01:00,6\n2026-11-01 01:30,8\n2026-11-01 02:00,2\n";

fn new_york(text: &str, repeated_hour: RepeatedHour) -> World {
    let mut world = World::new(30).csv(text);
    world.params.zone = Some(chrono_tz::America::New_York);
    world.params.repeated_hour = repeated_hour;
    world
}

#[test]
fn an_hour_that_repeats_is_refused_row_by_row_unless_its_meaning_is_declared() {
    let report = new_york(AUTUMN, RepeatedHour::Refuse).refused();
    assert!(report.contains("0.csv:3: `start`: `2026-11-01 01:00`: this local time occurs twice"), "{report}");
    assert!(report.contains("0.csv:4: "), "{report}");
    let both = new_york(AUTUMN, RepeatedHour::Both).ok();
    assert_eq!(offered(&both), [4.0, 3.0, 4.0, 3.0, 4.0, 2.0].map(Some));
    assert_eq!(both.cleaning.len(), 2);
    let first = new_york(AUTUMN, RepeatedHour::First).ok();
    assert_eq!(offered(&first)[..3], [4.0, 6.0, 8.0].map(Some));
    assert_eq!(offered(&new_york(AUTUMN, RepeatedHour::Skip).ok())[1], None);
}

#[test]
fn two_rows_of_an_hour_that_repeats_are_its_two_turns() {
    let text = "start,offered\n2026-11-01 00:30,4\n2026-11-01 01:00,6\n2026-11-01 01:30,8\n\
                2026-11-01 01:00,1\n2026-11-01 01:30,2\n2026-11-01 02:00,2\n";
    let ingested = new_york(text, RepeatedHour::Both).ok();
    assert_eq!(offered(&ingested), [4.0, 6.0, 8.0, 1.0, 2.0, 2.0].map(Some));
}

#[test]
fn an_hour_that_never_comes_is_refused_or_left_out() {
    let text = "start,offered\n2026-03-08 01:30,4\n2026-03-08 02:00,6\n2026-03-08 03:00,8\n";
    let mut world = new_york(text, RepeatedHour::Refuse);
    assert!(world.refused().contains("0.csv:3: `start`: `2026-03-08 02:00`: this local time never occurs"));
    world.params.absent_hour = AbsentHour::Skip;
    assert_eq!(offered(&world.ok()), [4.0, 8.0].map(Some));
}

#[test]
fn closed_hours_and_holidays_are_unknown_and_contacts_in_them_are_listed() {
    let mut world = World::new(60).open(chrono_tz::UTC, &daily(0, 20)).csv(&hourly(48, |_| Some(5.0)));
    world.holidays.push(Holiday {
        date: "2026-01-06".parse().expect("a date"),
        name: "Epiphany".to_owned(),
        regions: Vec::new(),
        sites: Vec::new(),
        service: HolidayService::Closed,
    });
    let ingested = world.ok();
    assert_eq!(offered(&ingested).iter().flatten().count(), 20);
    // 4 hours of Monday night and the 24 of the holiday are one closed stretch, more than a few per cent of all.
    assert_eq!(ingested.cleaning[0].was, "140");
    assert!(whys(&ingested)[1].contains("hours in the workspace are probably wrong"), "{:?}", whys(&ingested));
}

#[test]
fn gaps_are_unknown_where_zeros_are_written_and_noted_once_a_stretch() {
    let text = hourly(24 * 14, |hour| (!(100..110).contains(&hour)).then_some(f64::from(i32::from(hour != 3)) * 2.0));
    let ingested = World::new(60).csv(&text).ok();
    assert_eq!(offered(&ingested)[99..111].iter().flatten().count(), 2);
    assert_eq!(whys(&ingested), ["no rows though open: unknown: until 2026-01-09T14:00Z, 10 × 60 min"]);
}

#[test]
fn short_silences_of_a_file_without_zeros_are_zero_and_long_ones_are_not() {
    // 2 an hour: 3 missing hours are believed (6 contacts usual), 10 are not.
    let text = hourly(24 * 28, |hour| (!(100..103).contains(&hour) && !(300..310).contains(&hour)).then_some(2.0));
    let ingested = World::new(60).csv(&text).ok();
    assert_eq!(offered(&ingested)[100..103], [0.0; 3].map(Some));
    assert_eq!(offered(&ingested)[300..310].iter().flatten().count(), 0);
    assert_eq!(ingested.cleaning.len(), 2);
}

#[test]
fn negative_missing_and_absurd_counts_are_unknown_and_noted() {
    let text = hourly(24 * 28, |hour| {
        Some(match hour {
            50 => -4.0,
            60 => f64::NAN,
            70 => 99_999.0,
            _ => 20.0,
        })
    });
    let ingested = World::new(60).csv(&text).ok();
    for hour in [50, 60, 70] {
        assert_eq!(offered(&ingested)[hour], None);
    }
    let lines: Vec<_> = ingested.cleaning.iter().map(|note| (note.line, note.was.as_str())).collect();
    assert_eq!(lines, [(Some(52), "-4"), (Some(62), ""), (Some(72), "99999")]);
}

#[test]
fn an_outage_day_and_an_outage_within_a_day_are_found_and_a_surge_is_not() {
    let text = hourly(24 * 56, |hour| {
        Some(match (hour / 24, hour % 24) {
            (20, hour) => f64::from(i32::from(hour == 5)), // one contact all day
            (30, 9..14) => 0.0,                            // five silent hours
            (40, hour) => 10.0 * (1.0 + hour as f64),      // a recall
            _ => 10.0,
        })
    });
    let ingested = World::new(60).csv(&text).ok();
    let unknown: Vec<usize> = (0..24 * 56).filter(|hour| offered(&ingested)[*hour].is_none()).collect();
    let expected: Vec<usize> = (480..504).chain(729..734).collect();
    assert_eq!(unknown, expected, "{:?}", whys(&ingested));
    assert_eq!(ingested.cleaning.len(), 2);
}

#[test]
fn regions_that_the_history_does_not_tell_apart_share_by_who_is_open() {
    let mut world = World::new(60).csv(&hourly(24, |_| Some(10.0)));
    let with_share =
        |id, zone, from, until, share| Region { share: Share::new(share), ..region(id, zone, &daily(from, until)) };
    world.queues = vec![queue(
        "calls",
        vec![
            with_share("gb", chrono_tz::Europe::London, 8, 18, 0.6),
            with_share("us", chrono_tz::America::New_York, 9, 19, 0.4),
        ],
    )];
    let ingested = world.ok();
    // New York opens at 14:00 UTC: until then all contacts are British, from then on 6 and 4, and after 18:00 all American.
    let at = |region: usize, hour: usize| ingested.history.series[region].offered.get(hour);
    assert_eq!((at(0, 10), at(1, 10)), (Some(10.0), None));
    assert_eq!((at(0, 15), at(1, 15)), (Some(6.0), Some(4.0)));
    assert_eq!((at(0, 20), at(1, 20)), (None, Some(10.0)));
}

#[test]
fn what_ended_after_as_of_does_not_exist() {
    let mut world = World::new(60).csv(&hourly(24, |_| Some(10.0)));
    world.as_of = Some(utc("2026-01-05T05:30:00Z"));
    let ingested = world.ok();
    assert_eq!(ingested.history.grid.len(), 5);
    assert_eq!(ingested.end, Some(utc("2026-01-05T05:00:00Z")));
    world.as_of = Some(utc("2020-01-05T05:30:00Z"));
    assert!(world.refused().contains("no rows that ended by 2020-01-05"));
}

#[test]
fn compressed_text_and_parquet_tell_the_same_as_plain_text() {
    use std::io::Write as _;
    let text = "queue,start,offered,aht_s\ncalls,2026-01-05T00:00:00Z,7,180\ncalls,2026-01-05T01:00:00Z,9,200.5\n";
    let plain = World::new(60).csv(text).ok();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).expect("written");
    assert_eq!(World::new(60).file("h.csv.gz", &gz.finish().expect("whole")).ok(), plain);

    let start = [1_767_571_200_000_i64, 1_767_574_800_000];
    let instants =
        Column::new("start".into(), start).cast(&DataType::Datetime(TimeUnit::Milliseconds, None)).expect("a cast");
    let categories = polars::prelude::Categories::global();
    let queues = Column::new("queue".into(), ["calls", "calls"]);
    let queues = queues.cast(&DataType::from_categories(categories)).expect("a cast");
    for offered in [DataType::Int32, DataType::UInt64, DataType::Float32, DataType::String] {
        let offered = Column::new("offered".into(), [7_i64, 9]).cast(&offered).expect("a cast");
        let aht = Column::new("aht_s".into(), [180.0, 200.5]);
        let mut frame = DataFrame::new(2, vec![instants.clone(), queues.clone(), aht, offered]).expect("a frame");
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).expect("written");
        let mut world = World::new(60).file("h.parquet", &bytes);
        world.params.zone = Some(chrono_tz::UTC);
        assert_eq!(world.ok(), plain);
    }
}

#[test]
fn files_that_are_no_tables_are_problems() {
    assert!(World::new(60).csv("").refused().contains("the file is empty"));
    assert!(World::new(60).csv("start,offered\n").refused().contains("no rows"));
    assert!(World::new(60).csv("start,start,offered\n").refused().contains("twice"));
    assert!(World::new(60).file("h.parquet", b"nothing of the kind").refused().contains("not a Parquet file"));
    assert!(World::new(60).file("h.csv.gz", b"nothing of the kind").refused().contains("not a whole gzip file"));
    let ragged = World::new(60).csv("start,offered\n2026-01-05T00:00Z,4\n2026-01-05T01:00Z,4,5\n").refused();
    assert!(ragged.contains("0.csv:3: this line has 3 fields; accepted: 2 fields"), "{ragged}");
    let broken = World::new(60).file("h.csv", b"start,offered\n2026-01-05T00:00Z,4\xff\n").refused();
    assert!(broken.contains("h.csv:2: "), "{broken}");
}

#[test]
fn the_survey_finds_columns_queues_interval_and_hours() {
    let mut text = "TimeStamp,QueueName,IncomingContactVolume,AverageHandleTime\n".to_owned();
    for day in 0..21 {
        for half_hour in 18..34 {
            let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(day * 1440 + half_hour * 30);
            if day % 7 < 5 {
                writeln!(text, "{},sales,5,200", at.format("%Y-%m-%dT%H:%M:%S")).expect("written");
            }
        }
    }
    let world = World::new(30).csv(&text);
    let survey = survey(&world.params.files[0].path, Some(chrono_tz::Europe::Warsaw)).expect("a survey");
    assert!(survey.needs_zone && !survey.repeated_hours_once);
    assert_eq!(survey.interval, Minutes::new(30));
    assert_eq!(survey.first, utc("2026-01-05T08:00:00Z"));
    let sales = &survey.queues[0];
    assert_eq!((sales.name.as_str(), sales.aht_s), ("sales", Some(200.0)));
    assert_eq!(sales.hours.on(Weekday::Fri), [ClockSpan::new(9 * 60, 17 * 60).expect("a span")]);
    assert!(sales.hours.on(Weekday::Sat).is_empty());
    assert!((sales.mean_by_hour[9] - 10.0).abs() < 1e-9);
    assert!(survey::survey(&world.params.files[0].path, None).is_err());
}

#[test]
fn the_survey_finds_the_hour_at_which_the_last_rows_end() {
    // Five-minute rows from 07:00 to 21:00, the last of which ends at 21:05.
    let mut text = "start,offered\n".to_owned();
    for day in 0..56 {
        for minute in (7 * 60..=21 * 60).step_by(5) {
            let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(day * 1440 + minute);
            writeln!(text, "{},9", at.format("%Y-%m-%dT%H:%M:%SZ")).expect("written");
        }
    }
    let survey = survey(&World::new(30).csv(&text).params.files[0].path, None).expect("a survey");
    assert_eq!(survey.queues[0].hours.on(Weekday::Wed), [ClockSpan::new(7 * 60, 21 * 60 + 5).expect("a span")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn contacts_are_neither_made_nor_lost_by_the_grid(counts in prop::collection::vec(1_u32..100, 60..240), interval in prop::sample::select(vec![5_i64, 10, 15, 20, 30, 60]), step in prop::sample::select(vec![5_i64, 6, 15, 30, 60])) {
        let mut text = "start,offered\n".to_owned();
        let counts = &counts[..counts.len() / 60 * 60]; // whole hours: a last interval told in part is unknown
        for (index, count) in (0_i64..).zip(counts) {
            let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(index * step);
            writeln!(text, "{},{count}", at.format("%Y-%m-%dT%H:%MZ")).expect("written");
        }
        let total = World::new(interval).csv(&text).ok().history.series[0].offered.total();
        let expected: f64 = counts.iter().map(|count| f64::from(*count)).sum();
        prop_assert!((total - expected).abs() < 1e-6, "{total} for {expected}");
    }
}
