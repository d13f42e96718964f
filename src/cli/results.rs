//! What `export`, `publish` and `diff` share: they begin with a folder that a run left, and with nothing else.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use crate::domain::problem::{Problem, Problems};
use crate::ingest::Contents;
use crate::output::records::Effective;
use crate::output::results::{ResultFiles, Results};
use crate::output::run_json;

/// Bytes of a file at most.
const MOST_BYTES: u64 = 1 << 30;

/// The tables and documents of OUT.
const DOCUMENTS: [&str; 15] = [
    run_json::FILE,
    "plan.json",
    "publication.json",
    "summary.json",
    "forecast.csv",
    "requirement.csv",
    "roster.csv",
    "payroll.csv",
    "coverage.csv",
    "pools.csv",
    "service.csv",
    "improvements.csv",
    "accuracy.csv",
    "backtest.csv",
    "cleaning.csv",
];

/// Options that are for runs alone.
pub(super) fn refuse_options_of_runs(command: &str, global: &GlobalArgs) -> Result<(), CliError> {
    if global.files().next().is_none() {
        return Ok(());
    }
    let cause =
        tr!("takes everything from folders of results; --after, --forecast, --requirement and --roster are for runs");
    Err(CliError::Usage(format!("`{command}` {cause}")))
}

/// The tables and documents of a folder.
///
/// # Errors
/// Where there is no such folder, or a file in it cannot be read.
pub(super) fn read(folder: &Path) -> Result<ResultFiles, Problems> {
    read_named(folder, DOCUMENTS.iter().map(|name| (*name).to_owned()))
}

/// Everything that the run wrote: also the page and the charts. In a folder within one of `what-if`, which has no `run.json` of its
/// own, the tables, the documents and the page.
///
/// # Errors
/// As of [`read`].
pub(super) fn read_all(folder: &Path) -> Result<ResultFiles, Problems> {
    let files = read(folder)?;
    let listed = files.files.get(run_json::FILE).and_then(|run| run_json::listed(run));
    let others = listed.unwrap_or_else(|| vec!["report.html".to_owned()]);
    let mut all = read_named(folder, others.into_iter())?;
    all.files.extend(files.files);
    Ok(all)
}

fn read_named(folder: &Path, names: impl Iterator<Item = String>) -> Result<ResultFiles, Problems> {
    let shown = folder.display().to_string();
    if !folder.is_dir() {
        let cause = if folder.exists() { tr!("not a folder") } else { tr!("there is no such folder") };
        return Err(Problem::in_file(shown, cause).hinting(tr!("name the folder that a run wrote (its --out)")).into());
    }
    let mut problems = Problems::none();
    let mut files = ResultFiles { folder: shown, ..ResultFiles::default() };
    for name in names {
        let path = folder.join(&name);
        match Contents::read(&path, MOST_BYTES) {
            Ok(bytes) => {
                files.files.insert(name, bytes);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => problems.push(Problem::in_file(path.display().to_string(), error.to_string())),
        }
    }
    problems.or(files)
}

/// Says which files are no more what the run wrote: what follows is of them as they are, and they may contradict each other.
pub(super) fn warn_of_edited(files: &ResultFiles, reporter: &Reporter) {
    let edited = run_json::changed(&files.files);
    if !edited.is_empty() {
        reporter.warn(&tr!(
            "{} in {} changed since the run wrote it; the other files are still those of the run",
            edited.join(", "),
            files.folder
        ));
    }
}

/// The files of a folder as inputs of a run.
pub(super) fn inputs(files: &ResultFiles) -> Vec<PathBuf> {
    files.files.keys().map(|name| Path::new(&files.folder).join(name)).collect()
}

/// What a command went by that begins with results.
pub(super) fn effective(results: &Results) -> Effective {
    Effective {
        as_of: Some(results.plan.as_of),
        start: Some(results.plan.start),
        weeks: Some(results.plan.weeks),
        ..Effective::default()
    }
}
