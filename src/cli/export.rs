//! `obsada export OUT --format F`: what a run left, in the formats of people and other systems.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tr::tr;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::args::GlobalArgs;
use super::error::CliError;
use super::{results, run};
use crate::domain::problem::Problems;
use crate::domain::progress::Progress;
use crate::output::export::{self, ExportFormat};
use crate::output::folder::OutFolder;
use crate::output::results::{ResultTable, Results};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada export week1 --format ics,xlsx                    calendars and a workbook in week1-export
  obsada export published/2026-11-30/v2 --format payroll --to for-payroll")]
pub(super) struct ExportArgs {
    /// The folder that a run wrote, or a version that `publish` wrote; the workspace is not needed
    out: PathBuf,
    /// What to write, one or more, parted by commas
    #[arg(long, value_name = "F", required = true, value_delimiter = ',', value_parser = formats())]
    format: Vec<ExportFormat>,
    /// Folder for the files, in which each format has one of its own; exchanged whole, and only if an earlier export wrote it: name all
    /// formats that should be in it (default: OUT-export, beside OUT)
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

fn formats() -> impl TypedValueParser<Value = ExportFormat> {
    let words = ExportFormat::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.words()));
    PossibleValuesParser::new(words)
        .try_map(|name| ExportFormat::ALL.iter().copied().find(|format| format.name() == name).ok_or("no such format"))
}

pub(super) fn run(args: &ExportArgs, global: &GlobalArgs) -> Result<(), CliError> {
    results::refuse_options_of_runs("export", global)?;
    let reporter = global.reporter();
    let formats: BTreeSet<ExportFormat> = args.format.iter().copied().collect();
    reporter.stage("read");
    let files = results::read(&args.out)?;
    let needed: BTreeSet<ResultTable> = formats.iter().flat_map(|format| format.needed()).copied().collect();
    let results = Results::read(&files, &Vec::from_iter(needed))?;
    let folder = OutFolder::open(&target(args)?, &[])?;
    reporter.stage("output");
    let (mut artifacts, mut notes) = (Vec::new(), Vec::new());
    for format in formats {
        let exported = export::export(format, &results, &files)?;
        artifacts.extend(exported.files);
        notes.extend(exported.notes);
    }
    let (count, shown) = (artifacts.len(), folder.path().display().to_string());
    run::finish("export", folder, artifacts, &results::inputs(&files), results::effective(&results), &reporter)?;
    results::warn_of_edited(&files, &reporter);
    for note in notes {
        reporter.say(&format!("{} {note}", tr!("note:")));
    }
    reporter.say(&tr!("{n} file in {shown}" | "{n} files in {shown}" % count, shown));
    Ok(())
}

/// Where the files go: as typed, or beside OUT under a name that says what it is.
fn target(args: &ExportArgs) -> Result<PathBuf, Problems> {
    if let Some(to) = &args.to {
        return Ok(to.clone());
    }
    let beside = |out: &Path| {
        let mut name = out.file_name()?.to_os_string();
        name.push("-export");
        Some(out.with_file_name(name))
    };
    // `.` has no name of its own.
    let found = beside(&args.out).or_else(|| beside(&args.out.canonicalize().ok()?));
    found.ok_or_else(|| {
        let problem = crate::domain::problem::Problem::in_file(
            args.out.display().to_string(),
            tr!("has no name to put a folder beside"),
        );
        problem.hinting(tr!("say where the files go with --to")).into()
    })
}
