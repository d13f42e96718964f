//! What a service goal costs in agents: one forecast, staffed for a goal after the other.
//!
//!     cargo run --release --example price_of_a_goal -- data/demo

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::path::PathBuf;

use obsada::domain::ids::QueueIx;
use obsada::domain::progress::Silent;
use obsada::domain::units::Share;
use obsada::plan::{self, LastStage, RunOptions};
use obsada::staffing;
use obsada::workspace;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args().nth(1).map_or_else(|| PathBuf::from("data/demo"), PathBuf::from);
    let workspace = workspace::load(&dir, &[])?;
    let options = RunOptions { until: LastStage::Forecast, ..RunOptions::default() };
    let plan = plan::run(&workspace, &options, &Silent)?;

    println!("{:<16}{:>8}{:>12}{:>10}", "queue", "goal", "hours", "most");
    for (index, queue) in workspace.queues.iter().enumerate() {
        for percent in [70, 80, 90, 95] {
            // Every queue keeps its own goal but this one.
            let mut queues = workspace.queues.clone();
            queues[index].goal.share = Share::clamped(f64::from(percent) / 100.0);
            let requirement = staffing::require(
                &plan.forecast,
                &queues,
                &workspace.holidays,
                &workspace.backlog,
                plan.period.zone,
                &workspace.staffing,
            );
            let most = requirement.queues[index].agents_net.iter().fold(0.0, |most: f64, agents| most.max(*agents));
            let hours = requirement.scheduled_hours(QueueIx(index));
            println!("{:<16}{percent:>6} %{hours:>12.0}{most:>10.1}", queue.id.to_string());
        }
    }
    Ok(())
}
