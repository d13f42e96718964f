//! The proof is told in the workspace's own prices: whoever has coverage.csv, payroll.csv and `[objective]` can recompute what
//! a roster costs, to the cent, and no bound lies above it.

use std::fs;
use std::path::Path;

use crate::program::{assert_exit, obsada};

/// A table of OUT, row by row.
fn rows(file: &Path) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(file).unwrap().into_records().map(Result::unwrap).collect()
}

fn number(row: &csv::StringRecord, column: usize) -> f64 {
    row[column].parse().unwrap()
}

/// Prices of `[objective]` for an interval, and the queues whose work can wait.
struct Prices {
    short: f64,
    deep: f64,
    deep_below: f64,
    over: f64,
    deferred: Vec<String>,
}

impl Prices {
    fn of(workspace: &Path) -> Self {
        let settings: toml::Table = toml::from_str(&fs::read_to_string(workspace).unwrap()).unwrap();
        let objective = settings["objective"].as_table().unwrap();
        let price = |key: &str| objective[key].as_float().unwrap();
        assert!(objective.get("late_contact").is_none(), "prices per hour are what this test knows");
        let hours = settings["plan"]["interval_minutes"].as_integer().unwrap() as f64 / 60.0;
        let queues = settings["queue"].as_array().unwrap();
        let deferred = queues.iter().filter(|queue| !["voice", "chat"].contains(&queue["channel"].as_str().unwrap()));
        Self {
            short: price("short_per_hour") * hours,
            deep: price("deep_short_per_hour") * hours,
            deep_below: price("deep_short_below"),
            over: price("over_per_hour") * hours,
            deferred: deferred.map(|queue| queue["id"].as_str().unwrap().to_owned()).collect(),
        }
    }

    /// Prices of the agents short and over in a row of coverage.csv. Work that can wait costs half, and is never deeply short.
    fn of_row(&self, row: &csv::StringRecord) -> (f64, f64) {
        let can_wait = self.deferred.iter().any(|queue| *queue == row[0]);
        let (required, short, over) = (number(row, 3), number(row, 6), number(row, 7));
        if can_wait {
            return (0.5 * self.short * short, 0.5 * self.over * over);
        }
        let deep = (short - (1.0 - self.deep_below) * required).max(0.0);
        (self.short * (short - deep) + self.deep * deep, self.over * over)
    }
}

#[test]
fn objective_and_bound_are_in_the_prices_of_the_workspace_to_the_cent() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, out) = (folder.path().join("W"), folder.path().join("out"));
    assert_exit(
        &obsada().arg("init").arg(&dir).args(["--agents", "12", "--seed", "77", "--quiet"]).output().unwrap(),
        0,
    );
    assert_exit(
        &obsada().arg("plan").arg(&dir).arg("--out").arg(&out).args(["--loop", "0", "--quiet"]).output().unwrap(),
        0,
    );

    let prices = Prices::of(&dir.join("workspace.toml"));
    let cover = rows(&out.join("coverage.csv"));
    let cover = cover.iter().map(|row| prices.of_row(row));
    let (short, over) = cover.fold((0.0, 0.0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    let pay = rows(&out.join("payroll.csv"));
    let paid =
        |is_base: bool| pay.iter().filter(|row| (&row[3] == "base") == is_base).map(|row| number(row, 6)).sum::<f64>();
    let summary: serde_json::Value = serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    let told = |key: &str| summary["roster"][key].as_f64().unwrap();

    let cent = 0.005;
    for (key, recomputed) in
        [("short_cost", short), ("over_cost", over), ("wages", paid(true)), ("premiums", paid(false))]
    {
        assert!((told(key) - recomputed).abs() < cent, "{key}: {} and recomputed {recomputed}", told(key));
    }
    // Wishes and the hours after the plan's end are in neither table; this workspace wants no heads apart from its queues.
    let objective = paid(true) + paid(false) + short + over + told("after_end_cost") + told("preference_cost");
    assert!((told("objective") - objective).abs() < cent, "{} and recomputed {objective}", told("objective"));
    assert!(told("bound") <= objective + cent, "a bound of {} above a roster of {objective}", told("bound"));
    assert!(short > 1000.0, "agents are missing, so that their price is seen: {short}");
}
