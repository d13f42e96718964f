//! Contacts a second on one core: the generated workspace's week with a roster of little work, lived through again and again.
//!
//! `cargo bench --bench simulate`. History, forecast and roster are made first; measured is the simulation alone.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use std::path::Path;

use divan::counter::ItemsCount;
use obsada::domain::progress::Silent;
use obsada::domain::service::Service;
use obsada::generate::{CentreParams, centre};
use obsada::plan::{RunOptions, run};
use obsada::roster::RosterParams;
use obsada::simulate::{SimulatedRoster, SimulationParams, simulate};
use obsada::workspace;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn eighty_agents(bencher: divan::Bencher<'_, '_>) {
    lived_through(bencher, 80);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn five_hundred_agents(bencher: divan::Bencher<'_, '_>) {
    lived_through(bencher, 500);
}

/// Weeks of one generated workspace, on one thread.
fn lived_through(bencher: divan::Bencher<'_, '_>, agents: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate(folder.path(), agents);
    let loaded = workspace::load(folder.path(), &[]).expect("a generated workspace is valid");
    let search = RosterParams { work: Some(200), ..RosterParams::default() };
    let plan = run(&loaded, &RunOptions { search, ..RunOptions::default() }, &Silent).expect("a plan");
    let rostered = plan.rostered.as_ref().expect("a roster");
    let roster = SimulatedRoster {
        period: &plan.period,
        queues: &plan.queues,
        workforce: &rostered.workforce,
        shifts: &rostered.checked.roster().shifts,
        forecast: &plan.forecast,
        requirement: plan.requirement.as_ref().expect("a requirement"),
        routing: loaded.routing,
    };
    let params = SimulationParams { replications: Some(64), ..SimulationParams::default() };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let live = || -> Service { one.install(|| simulate(&roster, &params, &Silent).expect("nobody cancels")) };
    let contacts = live().contacts;
    bencher.counter(ItemsCount::new(contacts)).bench(live);
}

/// A year of history is enough to forecast from.
fn generate(folder: &Path, agents: usize) {
    for file in centre(&CentreParams { agents, weeks_of_history: 52, ..CentreParams::default() }) {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(path, &file.bytes).expect("a file that can be written");
    }
}
