//! The staff rostering benchmark of Curtois & Qu, solved by the engine that plans contact centres.
//!
//! `cargo bench --bench curtois -- FILE|DIR… [--seconds S] [--work N] [--out DIR]`: every instance is mapped onto the engine's own
//! words, solved for so many seconds, checked, and told on standard output; `--out` keeps `employee,day,shift` rows.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench may panic, and tells what it found")]

#[path = "curtois/instance.rs"]
mod instance;
#[path = "curtois/mapping.rs"]
mod mapping;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Parser;

use obsada::domain::progress::Progress;
use obsada::roster::{RosterParams, check, solve};

use instance::Instance;
use mapping::Mapped;

/// What may be typed.
#[derive(Debug, Parser)]
struct Args {
    /// Instances, or folders of them; without any, nothing is measured.
    paths: Vec<PathBuf>,
    /// When to stop, in seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How much work to do at most, in the engine's own units.
    #[arg(long)]
    work: Option<u64>,
    /// Seed of all random choices.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder for the rosters.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Tells every improvement on standard error.
    #[arg(long)]
    curve: bool,
    /// What cargo passes to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    let files = files(&args.paths);
    if files.is_empty() {
        println!("skipped: no instance was named (the benchmark is not part of this repository)");
        return;
    }
    println!("| instance | objective | bound | gap % | seconds | work |\n|---|---|---|---|---|---|");
    for file in files {
        let row = solved(&file, &args).unwrap_or_else(|problem| format!("| {} | {problem} |", file.display()));
        println!("{row}");
    }
}

/// The files named and those `Instance*.txt` of folders named, by number.
fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).expect("a folder that can be read");
            let entries = entries.map(|entry| entry.expect("an entry").path());
            files.extend(entries.filter(|path| number(path).is_some()));
        } else {
            files.push(path.clone());
        }
    }
    files.sort_by_key(|path| number(path));
    files
}

fn number(path: &Path) -> Option<u32> {
    path.file_stem()?.to_str()?.strip_prefix("Instance")?.parse().ok()
}

/// Solves one instance; a row of the table.
fn solved(file: &Path, args: &Args) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mapped = Mapped::new(&Instance::read(&text)?)?;
    let problem = mapped.problem();
    let params = RosterParams {
        seed: args.seed,
        work: Some(args.work.unwrap_or(u64::MAX)),
        target_gap: 1e-9,
        time_limit: Some(Duration::from_secs(args.seconds)),
        ..RosterParams::default()
    };
    let started = Instant::now();
    let curve = Curve { started, tells: args.curve };
    let solution = solve(&problem, &params, &curve).map_err(|conflicts| format!("no legal roster: {conflicts:?}"))?;
    let seconds = started.elapsed().as_secs_f64();
    let (work, relaxed) = (solution.proof.work, solution.proof.relaxed.len());
    let checked =
        check(&problem, solution.roster, solution.proof.bound).map_err(|broken| format!("illegal: {broken:?}"))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(out) = &args.out {
        let mut rows = String::from("employee,day,shift\n");
        for (employee, day, shift) in mapped.rows(checked.roster()) {
            writeln!(rows, "{employee},{day},{shift}").expect("a string takes it");
        }
        std::fs::create_dir_all(out).map_err(|error| error.to_string())?;
        std::fs::write(out.join(format!("{name}.csv")), rows).map_err(|error| error.to_string())?;
    }
    let objective = checked.cost().objective().as_f64();
    let bound = checked.bound().objective.as_f64();
    let gap = 100.0 * checked.gap();
    let relaxed = if relaxed == 0 { String::new() } else { format!(" ({relaxed} rules relaxed)") };
    Ok(format!("| {name} | {objective:.0} | {bound:.2}{relaxed} | {gap:.3} | {seconds:.1} | {work} |"))
}

/// Tells how objective and bound go.
struct Curve {
    started: Instant,
    tells: bool,
}

impl Progress for Curve {
    fn stage(&self, _: &str) {}
    fn advance(&self, _: u64, _: u64) {}
    fn measure(&self, _stage: &str, figures: &[(&str, f64)]) {
        if self.tells {
            let figures: Vec<String> = figures.iter().map(|(name, value)| format!("{name} {value:.2}")).collect();
            eprintln!("{:7.2} s  {}", self.started.elapsed().as_secs_f64(), figures.join("  "));
        }
    }
}
