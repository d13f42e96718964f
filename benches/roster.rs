//! How long a roster of fixed work takes, and what it is worth: the gap goes to standard error beside the time.
//!
//! `cargo bench --bench roster`. The workspaces are generated from their seed, loaded and planned up to the requirement
//! first; measured is the engine alone, so that its changes can be compared.

#![allow(clippy::expect_used, reason = "a bench may panic")]

use std::path::Path;

use obsada::domain::ids::QueueId;
use obsada::domain::progress::Silent;
use obsada::generate::{CentreParams, centre};
use obsada::plan::{LastStage, RunOptions, run};
use obsada::roster::{RosterParams, RosterProblem, check, solve};
use obsada::{staffing, workspace};

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn eighty_agents(bencher: divan::Bencher<'_, '_>) {
    roster(bencher, 80, 3_000);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn five_hundred_agents(bencher: divan::Bencher<'_, '_>) {
    roster(bencher, 500, 10_000);
}

/// Solves one generated workspace with so much work, in the engine's own units.
fn roster(bencher: divan::Bencher<'_, '_>, agents: usize, work: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate(folder.path(), agents);
    let loaded = workspace::load(folder.path(), &[]).expect("a generated workspace is valid");
    let options = RunOptions {
        until: LastStage::Requirement,
        search: RosterParams { work: Some(work), ..RosterParams::default() },
        ..RunOptions::default()
    };
    let plan = run(&loaded, &options, &Silent).expect("a requirement");
    let requirement = plan.requirement.as_ref().expect("a requirement");
    let workforce = loaded.workforce(&plan.period, plan.as_of).expect("a workforce");
    let cover = staffing::price_cover(requirement, &plan.queues, &loaded.cover);
    let queue_ids: Vec<QueueId> = plan.queues.iter().map(|queue| queue.id.clone()).collect();
    let problem = RosterProblem {
        period: &plan.period,
        workforce: &workforce,
        cover: &cover,
        unplanned_shrinkage: requirement.unplanned_shrinkage,
        queue_ids: &queue_ids,
    };

    let solution = solve(&problem, &options.search, &Silent).expect("a legal roster");
    let (relaxed, did) = (solution.proof.relaxed.len(), solution.proof.work);
    let checked = check(&problem, solution.roster, solution.proof.bound).expect("a roster without violations");
    eprintln!(
        "{agents} agents, work {did}: objective {:.2}, gap {:.2} %, beyond wages {:.2} %, rules relaxed {relaxed}",
        checked.cost().objective().as_f64(),
        100.0 * checked.gap(),
        100.0 * checked.gap_beyond_wages()
    );
    bencher.bench(|| solve(&problem, &options.search, &Silent).expect("a legal roster").proof.work);
}

/// A year of history is enough to require agents from.
fn generate(folder: &Path, agents: usize) {
    for file in centre(&CentreParams { agents, weeks_of_history: 52, ..CentreParams::default() }) {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(path, &file.bytes).expect("a file that can be written");
    }
}
