//! Writing a new workspace: a starter around exports of one's own, or any other.

use std::path::{Path, PathBuf};
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::incoming::{self, ReadingArgs};
use super::inferred;
use super::reporter::Reporter;
use crate::domain::problem::Problem;
use crate::domain::units::Minutes;
use crate::generate::{self, GeneratedFile, StarterHistory};
use crate::ingest::{self, HistorySource};
use crate::workspace::import_declared;

/// Writes a starter workspace around exports.
pub(super) fn around(
    dir: &Path,
    exports: &[PathBuf],
    reading: &ReadingArgs,
    interval: Option<Minutes>,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    refuse_foreign_folder(dir)?;
    let Some(zone) = reading.timezone else {
        let dir = dir.display();
        return Err(CliError::Usage(tr!(
            "{dir} is new: name the zone of your customers, such as --timezone Europe/Warsaw",
            dir
        )));
    };
    let reporter = global.reporter();
    let declared = import_declared("", "workspace.toml", &reading.set)?;
    let imported = incoming::read(exports, &declared, Some(zone), &reporter)?;
    let shown = incoming::shown(exports);
    let survey = ingest::survey(&HistorySource::in_memory(imported.history.clone(), &shown), zone)?;
    generate::refuse_unusable(&survey, &shown)?;
    inferred::table(&survey, zone, &reporter);
    for remark in generate::remarks(&survey) {
        reporter.warn(&remark);
    }
    let name = incoming::history_name(exports);
    let agents = if reading.agents_from_records { imported.agents.as_slice() } else { &[] };
    if reading.agents_from_records && agents.is_empty() {
        let problem = Problem::in_file(shown, tr!("no column says who handled a contact"));
        return Err(problem
            .hinting(tr!("name it with --set columns.agent=…, or leave --agents-from-records out"))
            .into());
    }
    if !reading.agents_from_records && !imported.agents.is_empty() {
        let n = imported.agents.len();
        reporter.warn(&tr!(
            "{n} person handled these contacts, but agents.csv is invented; to have those who did, add --agents-from-records" | "{n} people handled these contacts, but agents.csv is invented; to have those who did, add --agents-from-records" % n
        ));
    }
    let history = StarterHistory {
        files: std::slice::from_ref(&name),
        import: &imported.settings,
        habits: &imported.habits,
        agents,
        learning: imported.learning.filter(|_| !agents.is_empty()),
    };
    let grid = interval.unwrap_or_else(|| generate::plan_interval(&survey, zone));
    if !generate::fits(&survey, zone, grid) {
        let minutes = grid.get();
        return Err(CliError::Usage(tr!(
            "intervals of {minutes} minutes do not begin with the hours of {zone}: name a shorter --interval",
            minutes,
            zone
        )));
    }
    let mut files = generate::starter(&survey, zone, grid, &history);
    files.push(GeneratedFile::new(&name, imported.history));
    write_whole(dir, &files, &reporter)
}

/// Refuses a folder that holds anything.
pub(super) fn refuse_foreign_folder(dir: &Path) -> Result<(), CliError> {
    let occupied = dir.exists() && (!dir.is_dir() || fs_err::read_dir(dir)?.next().is_some());
    if occupied {
        return Err(Problem::in_file(dir.display().to_string(), tr!("exists and is not an empty folder"))
            .hinting(tr!("name a new folder, or remove this one"))
            .into());
    }
    Ok(())
}

/// Writes everything beside the folder first, so that a failed run leaves nothing half done.
pub(super) fn write_whole(dir: &Path, files: &[GeneratedFile], reporter: &Reporter) -> Result<(), CliError> {
    let mut name = std::ffi::OsString::from(".");
    name.push(dir.file_name().unwrap_or_else(|| "workspace".as_ref()));
    name.push(".partial");
    let partial = dir.with_file_name(name);
    if partial.exists() {
        fs_err::remove_dir_all(&partial)?;
    }
    for file in files {
        let path = partial.join(&file.path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent)?;
        }
        fs_err::write(path, &file.bytes)?;
    }
    if dir.exists() {
        fs_err::remove_dir(dir)?;
    }
    fs_err::rename(partial, dir)?;
    let dir = dir.display();
    reporter.say(&tr!(
        "{n} file in {dir}; next: obsada check {dir}" | "{n} files in {dir}; next: obsada check {dir}" % files.len(),
        dir
    ));
    Ok(())
}
