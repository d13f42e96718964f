//! The engine within another program: files in memory, no command line, and a run that can be called off.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use obsada::domain::progress::{Progress, Silent};
use obsada::domain::units::Minutes;
use obsada::generate::{CentreParams, GeneratedFile, centre};
use obsada::output::{self, Artifact};
use obsada::plan::{self, PlanError, RunOptions};
use obsada::roster::RosterParams;
use obsada::workspace::{self, Source};

fn files() -> Vec<GeneratedFile> {
    let interval = Minutes::new(30);
    centre(&CentreParams { agents: 12, queues: 2, interval, weeks_of_history: 16, ..CentreParams::default() })
}

fn in_memory() -> Source {
    Source::in_memory(files().into_iter().map(|file| (file.path, file.bytes)))
}

fn options() -> RunOptions {
    RunOptions { search: RosterParams { work: Some(50), ..RosterParams::default() }, ..RunOptions::default() }
}

fn planned(source: impl Into<Source>, overlays: &[PathBuf]) -> Vec<Artifact> {
    let workspace = workspace::load(source, overlays).unwrap_or_else(|problems| panic!("{problems}"));
    let plan = plan::run(&workspace, &options(), &Silent).unwrap();
    output::render(&plan).unwrap()
}

#[test]
fn a_workspace_in_memory_plans_as_the_same_one_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("workspace");
    for file in files() {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    let overlay = files().into_iter().map(|file| file.path).find(|path| path.starts_with("scenarios")).unwrap();
    let on_disk = planned(&dir, &[dir.join(&overlay)]);
    assert!(on_disk.iter().any(|file| file.path == Path::new("roster.csv")));
    assert!(planned(in_memory(), &[overlay]) == on_disk, "the same files, byte by byte");
}

#[test]
fn what_is_wrong_in_memory_is_named_by_its_file_and_nothing_is_looked_for_on_the_disk() {
    let mut files = files();
    files.retain(|file| !file.path.to_string_lossy().starts_with("history"));
    let agents = files.iter_mut().find(|file| file.path == Path::new("agents.csv")).unwrap();
    agents.bytes.extend_from_slice(b"a999,Nobody,nowhere,full,,junior,10\n");
    let source = Source::in_memory(files.into_iter().map(|file| (file.path, file.bytes)));
    let problems = workspace::load(source, &[]).expect_err("no history").to_string();
    assert!(problems.contains("workspace.toml:") && problems.contains("among those given"), "{problems}");
    assert!(problems.contains("agents.csv:14"), "{problems}");
}

/// Calls a run off when it has been asked so often.
struct CalledOff {
    after: u64,
    asked: AtomicU64,
}

impl Progress for CalledOff {
    fn stage(&self, _: &str) {}
    fn advance(&self, _: u64, _: u64) {}
    fn measure(&self, _: &str, _: &[(&str, f64)]) {}
    fn is_cancelled(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= self.after
    }
}

#[test]
fn a_run_that_is_called_off_ends_without_a_plan_wherever_it_is() {
    let workspace = workspace::load(in_memory(), &[]).unwrap();
    // Without an end to its work the roster would be searched for hours.
    let search = RosterParams { work: Some(u64::MAX), target_gap: 0.0, ..RosterParams::default() };
    let options = RunOptions { search, ..RunOptions::default() };
    for after in [0, 1, 3, 5, 6, 200] {
        let progress = CalledOff { after, asked: AtomicU64::new(0) };
        let run = plan::run(&workspace, &options, &progress);
        assert!(matches!(run, Err(PlanError::Cancelled(_))), "asked {after} times: {:?}", run.err());
    }
}
