//! How rows become intervals: finer, coarser, twice, too new, packed in other ways, unusable.

use super::*;

#[test]
fn finer_rows_are_summed_and_handle_times_weighted_by_the_contacts_handled() {
    // 3 + 5 contacts; 2 handled at 100 s and 4 at 400 s: (200 + 1600) / 6 = 300 s.
    let history = HistoryFiles::new(30).csv(
        "queue,start,offered,handled,aht_s\n\
         calls,2026-01-05T10:00:00+01:00,3,2,100\n\
         calls,2026-01-05T10:15:00+01:00,5,4,400\n",
    );
    let ingested = history.ok();
    assert_eq!(ingested.history.grid.start(), utc("2026-01-05T09:00:00Z"));
    assert_eq!(offered(&ingested), [Some(8.0)]);
    assert_eq!(ingested.history.series[0].aht_s.get(0), Some(300.0));
    assert_eq!(ingested.end, Some(utc("2026-01-05T09:30:00Z")));
}

#[test]
fn coarser_rows_are_split_along_the_slope_and_keep_their_sums() {
    // Hours of 10, 20 and 30: the middle one rises by (30 − 10) / 2 = 10 over its length, and its halves by a quarter of that: 8.75 and 11.25.
    let history = HistoryFiles::new(30).csv(&hourly(3, |hour| Some(10.0 * (hour + 1) as f64)));
    let ingested = history.ok();
    assert_eq!(offered(&ingested), [5.0, 5.0, 8.75, 11.25, 15.0, 15.0].map(Some));
    assert!(whys(&ingested).iter().any(|why| why.contains("along the slope")), "{:?}", whys(&ingested));
}

#[test]
fn a_day_is_spread_evenly_over_opening_hours() {
    let history = HistoryFiles::new(60).open(chrono_tz::Europe::Warsaw, &daily(9, 13)).csv(
        "start,offered\n2026-03-28T00:00:00+01:00,40\n2026-03-29T00:00:00+01:00,20\n2026-03-30T00:00:00+02:00,8\n",
    );
    let ingested = history.ok();
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
    let ingested = HistoryFiles::new(30).csv(&fine).csv(&coarse).ok();
    assert_eq!(offered(&ingested)[336..340], [2.0, 6.0, 2.0, 6.0].map(Some));
    assert!(whys(&ingested).iter().any(|why| why.contains("weekly shape")), "{:?}", whys(&ingested));
}

#[test]
fn of_two_rows_for_one_interval_the_later_stands_and_both_are_named() {
    let history = HistoryFiles::new(60)
        .csv("start,offered\n2026-01-05T00:00Z,4\n2026-01-05T01:00Z,5\n2026-01-05T01:00Z,5\n")
        .csv("start,offered\n2026-01-05T00:00Z,6\n");
    let ingested = history.ok();
    assert_eq!(offered(&ingested), [Some(6.0), Some(5.0)]);
    let notes: Vec<_> =
        ingested.cleaning.iter().map(|note| (note.line, note.was.as_str(), note.became.as_str())).collect();
    assert_eq!(notes, [(Some(2), "4", "6"), (Some(3), "5", "5")]);
    assert!(whys(&ingested)[0].contains("line 2 of 1.csv stands"), "{:?}", whys(&ingested));
}

#[test]
fn every_row_that_cannot_be_used_is_reported_with_its_place() {
    let history = HistoryFiles::new(60).csv(
        "queue,start,offered\n\
         calls,2026-01-05T00:00Z,4\n\
         cals,2026-01-05T01:00Z,4\n\
         calls,05.01.2026 02:00,4\n\
         calls,2026-01-05 03:00,4\n\
         \n\
         calls,2026-01-05T04:00Z,four\n\
         calls,1026-01-05T05:00Z,4\n",
    );
    let report = history.refused();
    for line in [
        "0.csv:3: `queue`: `cals`: unknown queue; accepted: calls",
        "0.csv:4: `start`: `05.01.2026 02:00`: not a time",
        "0.csv:5: `start`: `2026-01-05 03:00`: a local time without offset",
        "0.csv:7: `offered`: `four`: not a number",
        "0.csv:8: `start`: `1026-01-05T05:00:00+00:00`: far from any history",
    ] {
        assert!(report.contains(line), "{line} is not in\n{report}");
    }
    assert_eq!(history.read().expect_err("problems").len(), 5);
}

#[test]
fn a_row_off_the_grid_of_all_others_is_reported() {
    let text = hourly(48, |_| Some(3.0)) + "2026-01-07T00:07:00Z,3\n";
    let report = HistoryFiles::new(60).csv(&text).refused();
    assert!(report.contains("0.csv:50: `start`: `2026-01-07T00:07:00+00:00`: off the grid"), "{report}");
}

/// Half-hours in New York around the end of daylight saving on 1 November 2026, when 01:00 to 02:00 comes twice.
#[test]
fn what_ended_after_as_of_does_not_exist() {
    let mut history = HistoryFiles::new(60).csv(&hourly(24, |_| Some(10.0)));
    history.as_of = Some(utc("2026-01-05T05:30:00Z"));
    let ingested = history.ok();
    assert_eq!(ingested.history.grid.len(), 5);
    assert_eq!(ingested.end, Some(utc("2026-01-05T05:00:00Z")));
    history.as_of = Some(utc("2020-01-05T05:30:00Z"));
    assert!(history.refused().contains("no rows that ended by 2020-01-05"));
}

const PLAIN: &str = "queue,start,offered,aht_s\ncalls,2026-01-05T00:00:00Z,7,180\ncalls,2026-01-05T01:00:00Z,9,200.5\n";

#[test]
fn compressed_text_and_files_in_memory_tell_the_same_as_plain_text() {
    use std::io::Write as _;
    let plain = HistoryFiles::new(60).csv(PLAIN).ok();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(PLAIN.as_bytes()).expect("written");
    let gz = gz.finish().expect("whole");
    assert_eq!(HistoryFiles::new(60).file("h.csv.gz", &gz).ok(), plain);
    assert_eq!(HistoryFiles::new(60).file("h.csv.gz", &gz).moved_into_memory().ok(), plain);
    assert_eq!(HistoryFiles::new(60).csv(PLAIN).moved_into_memory().ok(), plain);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_tells_the_same_as_plain_text() {
    let plain = HistoryFiles::new(60).csv(PLAIN).ok();
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
        let mut history = HistoryFiles::new(60).file("h.parquet", &bytes);
        history.params.zone = Some(chrono_tz::UTC);
        assert_eq!(history.ok(), plain);
        assert_eq!(history.moved_into_memory().ok(), plain);
    }
}

#[test]
fn files_that_are_no_tables_are_problems() {
    assert!(HistoryFiles::new(60).csv("").refused().contains("the file is empty"));
    assert!(HistoryFiles::new(60).csv("start,offered\n").refused().contains("no rows"));
    assert!(HistoryFiles::new(60).csv("start,start,offered\n").refused().contains("twice"));
    let parquet = HistoryFiles::new(60).file("h.parquet", b"nothing of the kind").refused();
    let expected = if cfg!(feature = "parquet") { "not a Parquet file" } else { "reads no Parquet" };
    assert!(parquet.contains(expected), "{parquet}");
    assert!(HistoryFiles::new(60).file("h.csv.gz", b"nothing of the kind").refused().contains("not a whole gzip file"));
    let ragged = HistoryFiles::new(60).csv("start,offered\n2026-01-05T00:00Z,4\n2026-01-05T01:00Z,4,5\n").refused();
    assert!(ragged.contains("0.csv:3: this line has 3 fields; accepted: 2 fields"), "{ragged}");
    let broken = HistoryFiles::new(60).file("h.csv", b"start,offered\n2026-01-05T00:00Z,4\xff\n").refused();
    assert!(broken.contains("h.csv:2: "), "{broken}");
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
        let total = HistoryFiles::new(interval).csv(&text).ok().history.series[0].offered.total();
        let expected: f64 = counts.iter().map(|count| f64::from(*count)).sum();
        prop_assert!((total - expected).abs() < 1e-6, "{total} for {expected}");
    }
}

#[test]
fn many_rows_that_contradict_one_another_are_no_corrections() {
    let mut text = "start,offered,Media Type\n".to_owned();
    for half_hour in 0..48 {
        let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(half_hour * 30);
        let start = at.format("%Y-%m-%dT%H:%M:%SZ");
        writeln!(text, "{start},10,voice\n{start},3,chat").expect("written");
    }
    let told = HistoryFiles::new(30).csv(&text).refused();
    assert!(told.contains("differ, 48 times, first in lines 2 and 3") && told.contains("`Media Type`"), "{told}");
}
