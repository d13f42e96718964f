//! `--after-published DIR`: the roster before this plan, found among the versions that `publish` keeps.

use std::path::{Path, PathBuf};
use tr::tr;

use chrono::NaiveDate;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use crate::domain::time::Instant;
use crate::ingest;
use crate::workspace::{PlanStart, Workspace};

/// The options with `--after` set to the last version of the last plan published that begins before this one.
pub(super) fn with_published(
    global: &GlobalArgs,
    workspace: &Workspace,
    reporter: &Reporter,
) -> Result<GlobalArgs, CliError> {
    let mut global = global.clone();
    let Some(dir) = &global.after_published else { return Ok(global) };
    let start = match workspace.start {
        PlanStart::Date(date) => date,
        PlanStart::NextMonday => {
            let end = match global.as_of {
                Some(as_of) => as_of,
                None => end_of_history(workspace)?,
            };
            workspace.period(end).start
        }
    };
    match last_before(dir, start) {
        Some(roster) => {
            reporter.say(&tr!("after {}", roster.display()));
            global.after = vec![roster];
        }
        None => reporter.warn(&tr!("{} has no plan published that begins before {start}", dir.display(), start)),
    }
    Ok(global)
}

fn end_of_history(workspace: &Workspace) -> Result<Instant, CliError> {
    let ingested = ingest::read(&workspace.history, &workspace.queues, &workspace.holidays, None)?;
    Ok(ingested.end.unwrap_or_else(|| ingested.history.grid.end()))
}

/// `DIR/START/vN/roster.csv` with the latest START before a day, and the highest N.
fn last_before(dir: &Path, day: NaiveDate) -> Option<PathBuf> {
    let folders = |dir: &Path| -> Vec<(String, PathBuf)> {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
        let named = entries.filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)));
        named.filter(|(_, path)| path.is_dir()).collect()
    };
    let roster = |path: &Path| path.join("roster.csv");
    let plans = folders(dir).into_iter().filter_map(|(name, path)| Some((name.parse::<NaiveDate>().ok()?, path)));
    let mut plans: Vec<(NaiveDate, PathBuf)> = plans.filter(|(start, _)| *start < day).collect();
    plans.sort();
    plans.into_iter().rev().find_map(|(_, path)| {
        let versions = folders(&path).into_iter();
        let numbered = versions.filter_map(|(name, path)| Some((name.strip_prefix('v')?.parse::<u32>().ok()?, path)));
        numbered.filter(|(_, path)| roster(path).is_file()).max().map(|(_, path)| roster(&path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_version_of_the_last_plan_before_a_day_is_found() {
        let home = tempfile::tempdir().expect("a folder");
        for version in
            ["2026-11-23/v1", "2026-11-30/v2", "2026-11-30/v10", "2026-12-07/v1", "notes/v99", "2026-11-30/draft"]
        {
            let folder = home.path().join(version);
            fs_err::create_dir_all(&folder).expect("made");
            fs_err::write(folder.join("roster.csv"), "").expect("written");
        }
        let day = |text: &str| text.parse().expect("a date");
        let found = |text: &str| last_before(home.path(), day(text));
        assert_eq!(found("2026-12-07"), Some(home.path().join("2026-11-30/v10/roster.csv")));
        assert_eq!(found("2026-11-30"), Some(home.path().join("2026-11-23/v1/roster.csv")));
        assert_eq!(found("2026-11-23"), None);
    }
}
