//! Runs that begin at a given stage: a forecast or a requirement brought along, a roster before this one.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::program::{Shop, assert_exit, stderr};

/// The rows of a table as maps from column to cell.
fn rows(path: PathBuf) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// Runs a command on the shop and expects it to end well.
fn done(shop: &Shop, command: &str, args: &[&str]) {
    let output = shop.command(command).args(args).output().unwrap();
    assert_exit(&output, 0);
}

#[test]
fn a_forecast_brought_along_is_taken_as_it_stands() {
    let shop = Shop::new();
    done(&shop, "staff", &[]);
    let made = rows(shop.out().join("forecast.csv"));
    // A planner's own: whole queues alone, twice the contacts, 100 s each.
    let mut own = String::from("start,queue,offered,aht_s\n");
    for row in made.iter().filter(|row| row["region"] == "*") {
        let offered: f64 = row["offered"].parse().unwrap();
        writeln!(own, "{},{},{},100", row["start"], row["queue"], 2.0 * offered).unwrap();
    }
    let file = shop.dir().join("own.csv");
    fs::write(&file, own).unwrap();
    done(&shop, "staff", &["--forecast", file.to_str().unwrap()]);
    let taken = rows(shop.out().join("forecast.csv"));
    assert_eq!(taken.len(), made.iter().filter(|row| row["region"] == "*").count());
    let total = |rows: &[std::collections::BTreeMap<String, String>]| -> f64 {
        rows.iter().filter(|row| row["region"] == "*").map(|row| row["offered"].parse::<f64>().unwrap()).sum()
    };
    assert!((total(&taken) / total(&made) - 2.0).abs() < 1e-5);
    assert!(taken.iter().all(|row| row["aht_s"] == "100" && row["p90"].is_empty()));
}

#[test]
fn a_forecast_that_does_not_fit_is_told_whole() {
    let shop = Shop::new();
    let file = shop.dir().join("own.csv");
    let rows = "queue,region,start,offered,aht_s\norders,*,2026-11-30T09:00:00Z,5,200\norders,*,2026-11-30T09:00:00Z,5,200\n\
        ordres,*,2026-11-30T09:30:00Z,5,200\norders,*,2026-11-30T09:31:00Z,-5,200\n";
    fs::write(&file, rows).unwrap();
    let output = shop.command("staff").args(["--forecast", file.to_str().unwrap()]).output().unwrap();
    assert_exit(&output, 3);
    let said = stderr(&output);
    for expected in [
        "own.csv:3: `start`: `2026-11-30T09:00:00Z`: the interval stands there already on line 2",
        "own.csv:4: `queue`: `ordres`: unknown queue",
        "own.csv:5: `start`: `2026-11-30T09:31:00Z`: no interval of the plan starts then",
        "own.csv:5: `offered`: `-5`",
        "open intervals, the first at 2026-11-30",
    ] {
        assert!(said.contains(expected), "`{expected}` is not in\n{said}");
    }
    assert!(!shop.out().exists());
}

#[test]
fn a_requirement_brought_along_is_what_the_roster_is_for() {
    let shop = Shop::new();
    done(&shop, "staff", &[]);
    let path = shop.out().join("requirement.csv");
    let mut own = String::from("queue,start,agents_net\n");
    for row in rows(path) {
        let agents: f64 = row["agents_net"].parse().unwrap();
        writeln!(own, "{},{},{}", row["queue"], row["start"], agents * 2.0).unwrap();
    }
    let file = shop.dir().join("own.csv");
    fs::write(&file, own).unwrap();
    done(&shop, "plan", &["--requirement", file.to_str().unwrap()]);
    let by_key = |name: &str, column: &str| -> Vec<f64> {
        rows(shop.out().join(name)).iter().map(|row| row[column].parse().unwrap()).collect()
    };
    let (stated, planned) = (by_key("requirement.csv", "agents_net"), by_key("coverage.csv", "required"));
    let own: Vec<f64> = rows(file).iter().map(|row| row["agents_net"].parse().unwrap()).collect();
    assert_eq!(stated, own);
    assert!(
        stated.iter().sum::<f64>() > 0.0 && (stated.iter().sum::<f64>() - planned.iter().sum::<f64>()).abs() < 1e-6
    );
    let output = shop.command("forecast").args(["--requirement", "own.csv"]).output().unwrap();
    assert_exit(&output, 2);
}

#[test]
fn the_next_week_knows_the_week_before() {
    let shop = Shop::new();
    done(&shop, "plan", &["--start", "2026-11-30"]);
    let before = shop.dir().join("before.csv");
    fs::copy(shop.out().join("roster.csv"), &before).unwrap();
    done(&shop, "plan", &["--start", "2026-12-07", "--after", before.to_str().unwrap()]);
    // Whoever works on both sides of the boundary has rested eleven hours between.
    let last = |rows: &[std::collections::BTreeMap<String, String>], agent: &str, column: &str, late: bool| {
        let times = rows.iter().filter(|row| row["agent"] == agent).map(|row| row[column].as_str());
        let times = times.map(|time| chrono::DateTime::parse_from_rfc3339(time).unwrap());
        if late { times.max() } else { times.min() }
    };
    let (first, second) = (rows(before), rows(shop.out().join("roster.csv")));
    let mut both = 0;
    for row in &second {
        let agent = row["agent"].as_str();
        let (Some(end), Some(start)) = (last(&first, agent, "end", true), last(&second, agent, "start", false)) else {
            continue;
        };
        both += 1;
        assert!(start - end >= chrono::Duration::hours(11), "{agent} ends at {end} and starts at {start}");
    }
    assert!(both > 0);
}
