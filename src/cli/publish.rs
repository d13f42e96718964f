//! `obsada publish OUT --to DIR`: the roster of OUT as the next version that agents are told, `DIR/START/vN`, never overwritten.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant as Clock};
use tr::tr;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use super::{results, run, stdout};
use crate::domain::problem::{Problem, Problems};
use crate::domain::progress::Progress;
use crate::output::folder::{FolderError, OutFolder};
use crate::output::publication::{PublishedVersion, next_version};
use crate::output::results::{ResultFiles, ResultTable, Results};
use crate::output::run_json;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada publish week1 --to published          published/2026-11-30/v1
  obsada plan mine --after published/2026-11-30/v1/roster.csv")]
pub(super) struct PublishArgs {
    /// The folder that a run wrote
    out: PathBuf,
    /// Folder of all versions: this one becomes START/vN in it, START the first day of the plan, N one more than the last
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// How long to wait for others who publish the same week.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) fn run(args: &PublishArgs, global: &GlobalArgs) -> Result<(), CliError> {
    results::refuse_options_of_runs("publish", global)?;
    let reporter = global.reporter();
    reporter.stage("read");
    let files = results::read_all(&args.out)?;
    let results = Results::read(&files, &[ResultTable::Roster])?;
    as_checked(&files)?;
    if !files.files.contains_key(run_json::FILE) {
        reporter.warn(&tr!("{} has no run.json: whether its roster is as a run checked it is not known", files.folder));
    }
    let of_week = args.to.join(results.plan.start.to_string());
    reporter.stage("output");
    let path = publish(&of_week, (&files, &results), &reporter)?;
    Ok(stdout::print(&format!("{}\n", path.display()))?)
}

/// A roster that was edited since a run checked it may break rules, and its pay is another: nobody is told of such a one.
fn as_checked(files: &ResultFiles) -> Result<(), Problems> {
    let mut problems = Problems::none();
    let shown = |name: &str| Path::new(&files.folder).join(name).display().to_string();
    for name in run_json::changed(&files.files) {
        let problem = Problem::in_file(
            shown(&name),
            tr!("has changed since the run wrote it, so nobody has checked or priced it"),
        );
        let hint = tr!(
            "`obsada plan WORKSPACE --roster {} --out {}` does, and writes it again",
            shown("roster.csv"),
            files.folder
        );
        problems.push(if name == "roster.csv" { problem.hinting(hint) } else { problem.hinting(tr!("run it again")) });
    }
    problems.or(())
}

/// Where the version is: a new one, or the last if nothing is new.
fn publish(
    of_week: &Path,
    (files, results): (&ResultFiles, &Results),
    reporter: &Reporter,
) -> Result<PathBuf, CliError> {
    let begun = Clock::now();
    loop {
        let last = last_version(of_week)?;
        let Some(artifacts) = next_version(files, results, last.as_ref())? else {
            let number = last.map_or(0, |last| last.number);
            reporter.finish();
            reporter.say(&tr!("nothing is new: this roster is published already, as version {number}", number));
            return Ok(version(of_week, number));
        };
        let number = last.as_ref().map_or(1, |last| last.number + 1);
        let path = version(of_week, number);
        let folder = match OutFolder::open(&path, &[]) {
            // Somebody else is at the same version: whatever becomes of it, the next is ours.
            Err(FolderError::Held(_)) if begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
                continue;
            }
            opened => opened?,
        };
        // Under the lock of the version nobody else makes it; it may have been made just before.
        if path.exists() {
            continue;
        }
        let inputs = results::inputs(files);
        let all = run::with_record("publish", artifacts, &inputs, results::effective(results), reporter)?;
        match folder.commit_new(&all) {
            Err(FolderError::Io(_)) if path.exists() => continue,
            written => written?,
        }
        reporter.say(&tr!(
            "published version {number}: {n} shift" | "published version {number}: {n} shifts" % results.shifts.len(),
            number
        ));
        return Ok(path);
    }
}

fn version(of_week: &Path, number: u32) -> PathBuf {
    of_week.join(format!("v{number}"))
}

/// The version with the highest number; none where nothing was published of these days.
fn last_version(of_week: &Path) -> Result<Option<PublishedVersion>, Problems> {
    let listed = std::fs::read_dir(of_week).into_iter().flatten().flatten();
    // `v3` and nothing like it: what others keep there is theirs.
    let number = |entry: std::fs::DirEntry| {
        let name = entry.file_name();
        let number: u32 = name.to_str()?.strip_prefix('v')?.parse().ok()?;
        (name.to_str() == Some(&format!("v{number}")) && number < u32::MAX && entry.path().is_dir()).then_some(number)
    };
    let Some(number) = listed.filter_map(number).max() else { return Ok(None) };
    let path = version(of_week, number);
    let unusable = |problems: Problems| {
        let problem = Problem::in_file(
            path.display().to_string(),
            tr!("the last version cannot be read, so the next one is not known"),
        );
        let mut all: Problems =
            problem.hinting(tr!("mend it, or move it away: versions are numbered from the last one there")).into();
        all.extend(problems);
        all
    };
    let files = results::read_all(&path).map_err(unusable)?;
    let results = Results::read(&files, &[ResultTable::Roster]).map_err(unusable)?;
    Ok(Some(PublishedVersion { number, files, results }))
}
