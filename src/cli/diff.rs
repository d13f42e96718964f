//! `obsada diff A B`: two rosters compared, in words and as CSV.

use std::path::{Path, PathBuf};
use tr::tr;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::{results, run, stdout};
use crate::domain::problem::{Problem, Problems};
use crate::domain::progress::Progress;
use crate::output::folder::OutFolder;
use crate::output::results::{ResultFiles, ResultTable, Results};
use crate::output::roster_difference::{compare, tables, text};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada diff published/2026-11-30/v1 week1
  obsada diff published/2026-11-30/v1 published/2026-11-30/v2 --out changes")]
pub(super) struct DiffArgs {
    /// The folder of the roster before: one that a run wrote, or a version that `publish` wrote
    #[arg(value_name = "A")]
    roster_before: PathBuf,
    /// The folder of the roster after
    #[arg(value_name = "B")]
    roster_after: PathBuf,
    /// Folder for the comparison as CSV (changes.csv, figures.csv); exchanged whole, and only if an earlier run wrote it
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &DiffArgs, global: &GlobalArgs) -> Result<(), CliError> {
    results::refuse_options_of_runs("diff", global)?;
    let reporter = global.reporter();
    reporter.stage("read");
    let mut problems = Problems::none();
    let before = problems.keep(read(&args.roster_before));
    let after = problems.keep(read(&args.roster_after));
    let (Some((before_files, before)), Some((after_files, after))) = (before, after) else {
        return Err(problems.into());
    };
    let Some(difference) = compare(&before, &after) else {
        let cause = tr!(
            "begins on {}, and {} on {}: they have no day in common",
            after.plan.start,
            before_files.folder,
            before.plan.start
        );
        return Err(Problem::in_file(after_files.folder, cause)
            .hinting(tr!("compare two rosters of the same days"))
            .into());
    };
    if let Some(out) = &args.out {
        let folder = OutFolder::open(out, &[])?;
        reporter.stage("output");
        let inputs = [results::inputs(&before_files), results::inputs(&after_files)].concat();
        run::finish("diff", folder, tables(&difference)?, &inputs, results::effective(&after), &reporter)?;
    } else {
        reporter.finish();
    }
    results::warn_of_edited(&before_files, &reporter);
    results::warn_of_edited(&after_files, &reporter);
    if difference.currency.is_none() {
        reporter.warn(&tr!("one counts in {}, the other in {}", before.plan.currency, after.plan.currency));
    }
    Ok(stdout::print(&text(&difference))?)
}

/// A roster with its pay and its service, where these are there: what is not is told as a dash.
fn read(folder: &Path) -> Result<(ResultFiles, Results), Problems> {
    let files = results::read(folder)?;
    let beside = [ResultTable::Payroll, ResultTable::Summary].into_iter();
    let there = beside.filter(|table| files.files.contains_key(table.file()));
    let needed: Vec<ResultTable> = std::iter::once(ResultTable::Roster).chain(there).collect();
    let results = Results::read(&files, &needed)?;
    Ok((files, results))
}
