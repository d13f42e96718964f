//! Workspaces broken at random: whatever is in them, a run ends in time and in little memory, with its results or with what is wrong.
//!
//! `make break` draws 4,000 for `check` and 1,000 for `forecast`, `staff` and `plan`; `make test` takes a sample. A case is its number: it is drawn
//! again with `OBSADA_BREAK_CASE=plan:17`, and the workspace of one that fails is kept in the target folder.

mod breakage;
mod files;
mod limits;
mod values;

use std::fs;
use std::path::{Path, PathBuf};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;
use rayon::prelude::*;

use breakage::broken;
use files::Files;
use limits::{Ended, run_within};

use crate::program::{Shop, assert_exit, obsada};

/// A command and the number of a broken workspace.
#[derive(Clone, Copy, Debug)]
struct Case {
    command: &'static str,
    number: u64,
}

const RUNS: [&str; 4] = ["forecast", "staff", "plan", "plan"];

/// So many checks and so many longer runs; or the one case that is asked for.
fn cases() -> Vec<Case> {
    if let Ok(wanted) = std::env::var("OBSADA_BREAK_CASE") {
        let (name, number) = wanted.split_once(':').expect("a command and a number, such as plan:17");
        let command = ["check"].into_iter().chain(RUNS).find(|command| *command == name).expect("a command");
        return vec![Case { command, number: number.parse().expect("a number") }];
    }
    let count = |name: &str, sample: u64| std::env::var(name).map_or(sample, |text| text.parse().expect("a number"));
    let checks = (0..count("OBSADA_BREAK_CHECKS", 120)).map(|number| Case { command: "check", number });
    let runs = (0..count("OBSADA_BREAK_RUNS", 24)).map(|number| Case { command: RUNS[(number % 4) as usize], number });
    checks.chain(runs).collect()
}

#[test]
fn broken_workspaces_end_in_results_or_in_what_is_wrong() {
    let whole = whole();
    let cases = cases();
    let ends: Vec<(Case, Vec<String>, Ended)> = cases
        .into_par_iter()
        .map(|case| {
            let (files, done) = drawn(&whole, case);
            let ended = run(&files, case);
            if let Some(why) = ended.fault() {
                let kept = kept(&files, case);
                eprintln!(
                    "{}:{}: {why}; kept in {}; {done:?}\n{}",
                    case.command,
                    case.number,
                    kept.display(),
                    ended.told
                );
            }
            (case, done, ended)
        })
        .collect();
    for command in ["check", "forecast", "staff", "plan"] {
        let of: Vec<&Ended> =
            ends.iter().filter(|(case, ..)| case.command == command).map(|(.., ended)| ended).collect();
        let with = |code: i32| of.iter().filter(|ended| ended.code == Some(code)).count();
        let slowest = of.iter().map(|ended| ended.seconds).fold(0.0, f64::max);
        let largest = of.iter().map(|ended| ended.megabytes).max().unwrap_or(0);
        eprintln!(
            "{command}: {} runs, {} with results, {} refused, {} without a roster; at most {slowest:.1} s and {largest} MB",
            of.len(),
            with(0),
            with(3),
            with(4)
        );
    }
    let faults: Vec<String> = ends
        .iter()
        .filter_map(|(case, done, ended)| {
            Some(format!("{}:{} {}: {done:?}", case.command, case.number, ended.fault()?))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {} runs:\n{}", faults.len(), ends.len(), faults.join("\n"));
}

/// A small workspace with nothing wrong, and the results of a run of it to start others with.
fn whole() -> Files {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let mut files = Files::of_folder(&shop.dir());
    files.unpack_history();
    for name in ["roster.csv", "forecast.csv", "requirement.csv"] {
        files.put(&format!("given/{name}"), fs::read(shop.out().join(name)).unwrap());
    }
    // The week before, as if it had been planned alike.
    let week = |text: String, day: u32| {
        let date =
            |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + chrono::Days::new(u64::from(day));
        text.replace(&date(7 + day).to_string(), &date(day).to_string())
    };
    let before = (0..9).fold(String::from_utf8(files.bytes("given/roster.csv")).unwrap(), week);
    files.put("given/before.csv", before.into_bytes());
    files
}

/// The workspace of a case, and what was done to it.
fn drawn(whole: &Files, case: Case) -> (Files, Vec<String>) {
    let mut random = ChaCha12Rng::seed_from_u64(case.number);
    random.set_stream(case.command.len() as u64);
    let mut files = whole.clone();
    let times = if case.command == "check" { random.random_range(1..=4) } else { random.random_range(1..=2) };
    let done = (0..times).map(|_| broken(&mut files, &mut random)).collect();
    match random.random_range(0..10) {
        0 => files.pack_history(&mut random),
        1 => files.history_as_parquet(&mut random),
        _ => {}
    }
    (files, done)
}

fn run(files: &Files, case: Case) -> Ended {
    let home = tempfile::tempdir().unwrap();
    files.write_to(&home.path().join("shop"));
    let mut command = obsada();
    command.current_dir(home.path()).args([case.command, "shop", "--threads", "1"]);
    if case.command != "check" {
        command.args(["--out", "out", "--work", "50"]);
    }
    let given =
        [("--after", "before"), ("--roster", "roster"), ("--requirement", "requirement"), ("--forecast", "forecast")];
    let mut random = ChaCha12Rng::seed_from_u64(case.number ^ 0x5eed);
    let takes = |option: &str| match case.command {
        "forecast" => matches!(option, "--after" | "--forecast"),
        "staff" => option != "--roster",
        _ => true,
    };
    let (option, file) = given[random.random_range(0..given.len())];
    if takes(option) && random.random_bool(0.5) {
        command.args([option, &format!("shop/given/{file}.csv")]);
    }
    run_within(command, if case.command == "check" { 20.0 } else { 90.0 })
}

/// Keeps a workspace to look at.
fn kept(files: &Files, case: Case) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("broken-{}-{}", case.command, case.number));
    let _ = fs::remove_dir_all(&folder);
    files.write_to(&folder);
    folder
}
