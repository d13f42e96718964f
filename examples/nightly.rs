//! A nightly job: plans every workspace named, gives up on one that takes too long, and keeps the tables in memory.
//!
//!     cargo run --release --example nightly -- 300 data/demo other/workspace

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use obsada::domain::progress::Progress;
use obsada::output::{self, records};
use obsada::plan::{self, PlanError, RunOptions};
use obsada::workspace;

/// Says nothing, and calls a run off when its time is up.
struct Deadline(Instant);

impl Progress for Deadline {
    fn stage(&self, _: &str) {}
    fn advance(&self, _: u64, _: u64) {}
    fn measure(&self, _: &str, _: &[(&str, f64)]) {}
    fn is_cancelled(&self) -> bool {
        Instant::now() >= self.0
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments.next().ok_or("seconds for each workspace, then the workspaces")?.parse()?;
    for dir in arguments {
        match planned(Path::new(&dir), Duration::from_secs(seconds)) {
            Ok(told) => println!("{dir}: {told}"),
            Err(error) => println!("{dir}: {error}"),
        }
    }
    Ok(())
}

fn planned(dir: &Path, limit: Duration) -> Result<String, Box<dyn Error>> {
    let workspace = workspace::load(dir, &[])?;
    let plan = match plan::run(&workspace, &RunOptions::default(), &Deadline(Instant::now() + limit)) {
        Err(PlanError::Cancelled(_)) => return Err(format!("not done after {} s", limit.as_secs()).into()),
        other => other?,
    };
    // What the program would leave in OUT: to be stored wherever the company keeps such things, and read back by its types.
    let files = output::render(&plan)?;
    let bytes = |name: &str| files.iter().find(|file| file.path == Path::new(name)).map(|file| file.bytes.as_slice());
    let rows: Vec<records::RosterRow> = records::read(bytes("roster.csv").ok_or("a plan has a roster")?)?;
    let summary: records::Summary = records::read_document(bytes("summary.json").ok_or("a plan has a summary")?)?;
    let roster = summary.roster.ok_or("a plan has a roster")?;
    Ok(format!("{} pieces of shifts, objective {:.2}, bound {:.2}", rows.len(), roster.objective, roster.bound))
}
