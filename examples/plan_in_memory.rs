//! Plans a workspace that exists nowhere but in memory, and prints everybody's week.
//!
//!     cargo run --release --example plan_in_memory

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::collections::BTreeMap;
use std::error::Error;

use obsada::domain::progress::Silent;
use obsada::domain::units::Minutes;
use obsada::generate::{CentreParams, centre};
use obsada::plan::{self, RunOptions};
use obsada::roster::RosterParams;
use obsada::workspace::{self, Source};

fn main() -> Result<(), Box<dyn Error>> {
    // Any program that holds `workspace.toml` and the files it names as bytes plans like this; here they are made.
    let interval = Minutes::new(30);
    let files =
        centre(&CentreParams { agents: 12, queues: 2, interval, weeks_of_history: 16, ..CentreParams::default() });
    let source = Source::in_memory(files.into_iter().map(|file| (file.path, file.bytes)));
    let workspace = workspace::load(source, &[])?;

    let search = RosterParams { work: Some(500), ..RosterParams::default() };
    let plan = plan::run(&workspace, &RunOptions { search, ..RunOptions::default() }, &Silent)?;
    let rostered = plan.rostered.as_ref().ok_or("a run goes as far as the roster unless told otherwise")?;

    let mut weeks: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for shift in &rostered.checked.roster().shifts {
        let zone = rostered.workforce.sites[shift.site.0].zone;
        let [from, until] = [shift.span().from, shift.span().until].map(|at| at.with_timezone(&zone).format("%H:%M"));
        weeks.entry(shift.agent.0).or_default().push(format!("{} {from}-{until}", shift.date.format("%a")));
    }
    for (agent, shifts) in weeks {
        println!("{:<24} {}", rostered.workforce.agents[agent].name, shifts.join("  "));
    }
    let (cost, bound) = (rostered.checked.cost().objective(), rostered.checked.bound().objective);
    println!("objective {:.2}, and no legal roster costs less than {:.2}", cost.as_f64(), bound.as_f64());
    Ok(())
}
