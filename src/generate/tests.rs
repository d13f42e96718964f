use std::collections::BTreeMap;
use std::io::Read;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};

use crate::domain::units::Minutes;

use super::*;

fn params(weeks_of_history: u32) -> CentreParams {
    CentreParams { weeks_of_history, ..CentreParams::default() }
}

fn text(files: &[GeneratedFile], name: &str) -> String {
    let file = files.iter().find(|file| file.path == std::path::Path::new(name)).expect("a file of this name");
    let mut text = String::new();
    if file.path.extension().is_some_and(|ending| ending == "gz") {
        flate2::read::GzDecoder::new(file.bytes.as_slice()).read_to_string(&mut text).expect("gzip");
    } else {
        text = String::from_utf8(file.bytes.clone()).expect("text");
    }
    text
}

/// Queue, region, start and contacts offered of each row of the history.
fn history(files: &[GeneratedFile]) -> Vec<(String, String, DateTime<FixedOffset>, f64)> {
    let rows = text(files, "history.csv.gz");
    let rows = rows.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|cells| {
        let start = cells[2].parse().expect("an instant with offset");
        (cells[0].to_owned(), cells[1].to_owned(), start, cells[3].parse().expect("a count"))
    })
    .collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_does_not() {
    let once = centre(&params(4));
    assert_eq!(once, centre(&params(4)));
    let other = centre(&CentreParams { seed: 8, ..params(4) });
    assert_eq!(once.len(), other.len());
    assert!(once.iter().zip(&other).filter(|(one, other)| one.bytes != other.bytes).count() >= 8);
}

#[test]
fn settings_and_scenarios_are_toml_and_keep_the_secret() {
    let files = centre(&params(60));
    for file in files.iter().filter(|file| file.path.extension().is_some_and(|ending| ending == "toml")) {
        let settings = String::from_utf8(file.bytes.clone()).expect("text");
        settings.parse::<toml::Table>().expect("TOML");
        assert!(!settings.contains("response") && !settings.contains("kernel"), "{}", file.path.display());
    }
    assert!(text(&files, "truth_events.csv").contains("winter-sale,campaign,orders,2026-12-01T09:00"));
}

#[test]
fn two_years_of_quarters_fit_into_five_megabytes() {
    // A quarter of the time is a quarter of the bytes, give or take the seasons.
    let bytes: usize = centre(&params(26)).iter().map(|file| file.bytes.len()).sum();
    assert!(4 * bytes < 5_000_000, "{bytes}");
}

#[test]
fn history_follows_the_truth_within_its_noise() {
    let files = centre(&params(16));
    let mut counted: BTreeMap<String, f64> = BTreeMap::new();
    let mut expected: BTreeMap<String, f64> = BTreeMap::new();
    for (queue, _, _, offered) in history(&files) {
        *counted.entry(queue).or_default() += offered;
    }
    for row in text(&files, "truth.csv.gz").lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        if *cells[1] < *"2026-11-27" {
            *expected.entry(cells[0].to_owned()).or_default() += cells[2].parse::<f64>().expect("contacts");
        }
    }
    for (queue, counted) in counted {
        // Common days of 4.7 % with persistence over 112 days leave 0.7 %; gaps and the dead day take up to 1.5 %.
        let ratio = counted / expected[&queue];
        assert!((0.96..1.02).contains(&ratio), "{queue}: {ratio}");
    }
}

#[test]
fn the_mean_of_many_simulated_histories_is_the_truth() {
    let mut sums: BTreeMap<(usize, u32), (f64, f64)> = BTreeMap::new();
    for seed in 0..40 {
        // Only chance differs: the same means, other draws.
        let mut centre = SyntheticCentre::new(params(2));
        let means = centre.series(0, 1).means(&centre.past);
        centre.params.seed = 1_000 + seed;
        let drawn = history_file::draws(&centre, 0, 1, &means);
        let wall = &centre.clocks[1].walls;
        for row in drawn {
            let sum = sums.entry((wall[row.interval].weekday, u32::from(wall[row.interval].minute / 60))).or_default();
            sum.0 += row.offered as f64;
            sum.1 += means[row.interval - centre.past.start].offered();
        }
    }
    for (hour, (drawn, mean)) in &sums {
        // 40 seeds × 2 weeks × 4 quarters: 9 contacts each at noon leave 1.9 % of Poisson and 0.5 % of day noise.
        let tolerance = 4.0 * (1.0 / mean + 0.047 * 0.047 / 80.0 + 0.11 * 0.11 / 320.0).sqrt();
        assert!((drawn / mean - 1.0).abs() < tolerance, "{hour:?}: {drawn} {mean}");
    }
}

#[test]
fn weeks_and_days_have_their_shape() {
    let files = centre(&params(12));
    let mut by_weekday = [0.0; 7];
    let mut by_hour = [0.0; 24];
    for (_, _, start, offered) in history(&files).into_iter().filter(|(queue, ..)| queue == "orders") {
        by_weekday[start.weekday().num_days_from_monday() as usize] += offered;
        by_hour[start.hour() as usize] += offered;
    }
    assert!((1..5).all(|day| by_weekday[0] > by_weekday[day]) && by_weekday[5] < 0.7 * by_weekday[0]);
    assert!(by_hour[10] > by_hour[13] && by_hour[16] > by_hour[13] && by_hour[3] == 0.0);
}

#[test]
fn offsets_change_with_the_customers_clocks() {
    let offsets = |region: &str, date: NaiveDate, rows: &[(String, String, DateTime<FixedOffset>, f64)]| {
        let mut found: Vec<i32> = rows
            .iter()
            .filter(|(_, of, start, _)| of == region && start.date_naive() == date)
            .map(|(_, _, start, _)| start.offset().local_minus_utc() / 3600)
            .collect();
        found.dedup();
        found
    };
    let rows = history(&centre(&params(8)));
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    // Europe went back on 25 October 2026, New York a week later.
    assert_eq!(offsets("pl", day("2026-10-24"), &rows), [2]);
    assert_eq!(offsets("pl", day("2026-10-26"), &rows), [1]);
    assert_eq!(offsets("us", day("2026-10-26"), &rows), [-4]);
    assert_eq!(offsets("us", day("2026-11-02"), &rows), [-5]);
}

#[test]
fn an_hour_stands_twice_and_a_day_is_dead() {
    let rows = history(&centre(&params(20)));
    let mut seen = std::collections::BTreeSet::new();
    let twice = rows.iter().filter(|(queue, region, start, _)| !seen.insert((queue, region, *start))).count();
    assert_eq!(twice, 4);
    let mut days: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for (_, _, start, offered) in rows.iter().filter(|(queue, region, ..)| queue == "technical" && region == "de") {
        *days.entry(start.date_naive()).or_default() += offered;
    }
    let dead: Vec<_> = days.iter().filter(|(_, offered)| **offered == 0.0).collect();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].0.weekday(), chrono::Weekday::Wed);
}

#[test]
fn without_agents_there_are_queues_and_history_only() {
    let files = centre(&CentreParams { agents: 0, ..params(3) });
    assert!(files.iter().all(|file| !file.path.ends_with("agents.csv")));
    assert!(!text(&files, "workspace.toml").contains("[[site]]"));
}

#[test]
fn parameters_out_of_range_are_named() {
    assert!(CentreParams::default().problems().is_empty());
    let wrong = CentreParams { queues: 0, interval: Minutes::new(7), weeks_of_history: 0, ..CentreParams::default() };
    assert_eq!(wrong.problems().len(), 3);
}
