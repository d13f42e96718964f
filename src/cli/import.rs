//! `obsada import FILE… --to DIR`: exports of other systems become the workspace's history, and how they were read is remembered.

use std::path::{Path, PathBuf};
use tr::tr;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::incoming::{ReadingArgs, history_name, read, shown};
use super::overlap::{self, Joining, Workspace};
use super::reporter::Reporter;
use super::starter;
use crate::domain::problem::{Problem, Problems};
use crate::ingest::import::{Declared, Imported};
use crate::workspace;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada import next-week.xlsx --to mine                                 read as the one before
  obsada import a.csv b.csv --to mine --set day_order=day_month_year     a question of the import, answered")]
pub(super) struct ImportArgs {
    /// Exports of the telephone system: .csv, .txt or .tsv (also packed with gzip), .xlsx, .parquet
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The workspace whose history they become; a new folder gets a starter workspace around them
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub(super) fn run(args: &ImportArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let settings_file = args.to.join("workspace.toml");
    if !settings_file.exists() {
        return starter::around(&args.to, &args.files, &args.reading, None, global);
    }
    if args.reading.agents_from_records {
        let dir = args.to.display();
        return Err(CliError::Usage(tr!(
            "--agents-from-records makes a new workspace, and {dir} is one with agents of its own",
            dir
        )));
    }
    let reporter = global.reporter();
    let shown = settings_file.display().to_string();
    let settings = fs_err::read_to_string(&settings_file)?;
    let mut declared = workspace::import_declared(&settings, &shown, &args.reading.set)?;
    let zone = args.reading.timezone;
    let is_set = args.reading.set.iter().any(|pair| pair.split('=').next().is_some_and(|key| key.trim() == "timezone"));
    if declared.zone.is_some() && !is_set {
        // Of the files before another clock may be remembered.
        declared.zone = zone.or(declared.zone);
    }
    let imported = read(&args.files, &declared, zone, &reporter)?;
    unknown_queues(&imported, &queues_of(&settings), &args.files).or(())?;
    let name = match joining(args, &imported, &settings, &declared, &reporter)? {
        Joining::There(names) => {
            let paths: Vec<String> = names.iter().map(|name| args.to.join(name).display().to_string()).collect();
            reporter.say(&tr!("{}: there already", paths.join(", ")));
            names.into_iter().next_back().unwrap_or_default()
        }
        Joining::Add(history) => {
            let (name, is_new) = free_name(&args.to, &history_name(&args.files), &history)?;
            if is_new {
                write_new(&args.to.join(&name), &history)?;
            }
            reporter.say(&tr!("{}: written", args.to.join(&name).display()));
            name
        }
    };
    let mut import = imported.settings;
    // What was answered of one import is no answer for the next.
    if workspace::import_declared(&settings, &shown, &[])?.overlap.is_none() {
        import.retain(|(key, _)| key != "overlap");
    }
    let amended = workspace::with_import(&settings, &shown, &name, &import)?;
    if amended != settings {
        write_over(&settings_file, amended.as_bytes())?;
    }
    reporter.say(&tr!("next: obsada check {}", args.to.display()));
    Ok(())
}

/// What becomes of an import: a file of the same bytes that stands in the history was imported before, whatever came after it.
fn joining(
    args: &ImportArgs,
    imported: &Imported,
    settings: &str,
    declared: &Declared,
    reporter: &Reporter,
) -> Result<Joining, CliError> {
    let (name, is_new) = free_name(&args.to, &history_name(&args.files), &imported.history)?;
    if !is_new && files_of(settings).contains(&name) {
        return Ok(Joining::There(vec![name]));
    }
    let workspace = Workspace { dir: &args.to, settings };
    overlap::settle(imported, workspace, declared, &shown(&args.files), reporter)
}

/// The files of the history of settings.
fn files_of(settings: &str) -> Vec<String> {
    let root: toml::Table = settings.parse().unwrap_or_default();
    let files = root.get("history").and_then(|history| history.get("files")).and_then(toml::Value::as_array);
    files.into_iter().flatten().filter_map(|file| file.as_str().map(str::to_owned)).collect()
}

/// A name that no other history has, and whether the file is still to be written: one of the same bytes is the same history.
fn free_name(dir: &Path, name: &str, history: &[u8]) -> Result<(String, bool), CliError> {
    let stem = name.trim_end_matches(".csv").to_owned();
    let mut candidate = name.to_owned();
    let mut number = 1;
    loop {
        let path = dir.join(&candidate);
        if !path.exists() {
            return Ok((candidate, true));
        }
        if fs_err::read(&path)? == history {
            return Ok((candidate, false));
        }
        number += 1;
        candidate = format!("{stem}-{number}.csv");
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if let Some(parent) = path.parent() {
        fs_err::create_dir_all(parent)?;
    }
    write_over(path, bytes)
}

/// Writes beside the file and moves over it, so that a run that is killed leaves the old or the new.
fn write_over(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".partial");
    let partial = path.with_file_name(name);
    fs_err::write(&partial, bytes)?;
    fs_err::rename(partial, path)?;
    Ok(())
}

/// The ids of the queues of settings.
fn queues_of(settings: &str) -> Vec<String> {
    let root: toml::Table = settings.parse().unwrap_or_default();
    let queues = root.get("queue").and_then(toml::Value::as_array).into_iter().flatten();
    queues.filter_map(|queue| queue.get("id")?.as_str().map(str::to_owned)).collect()
}

/// Queues of an export that the workspace does not know: a plan would refuse their rows.
fn unknown_queues(imported: &Imported, known: &[String], files: &[PathBuf]) -> Problems {
    let mut problems = Problems::none();
    let unknown: Vec<&str> = imported
        .queues
        .iter()
        .map(String::as_str)
        .filter(|queue| !queue.is_empty() && !known.iter().any(|known| known == queue))
        .collect();
    if !unknown.is_empty() {
        let problem = Problem::in_file(shown(files), tr!("the workspace has no queue `{}`", unknown.join("`, `")));
        let problem = problem.accepting(format!("`{}`", known.join("`, `")));
        problems.push(problem.hinting(tr!(
            "add a [[queue]] of that id to workspace.toml, or leave it out with --set 'leave_out=[\"…\"]'"
        )));
    }
    problems
}
