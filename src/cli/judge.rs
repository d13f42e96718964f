//! `obsada judge DIR --roster FILE --request FILE`: days off and trades that agents ask for, granted or refused with the reason and the price.

use std::path::{Path, PathBuf};
use tr::tr;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::{run, standing};
use crate::domain::progress::Progress;
use crate::output::folder::OutFolder;
use crate::output::{self, Artifact};
use crate::plan;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada judge mine --roster week1/roster.csv --request requests.csv
  obsada judge mine --roster published/2026-11-30/v1/roster.csv --request requests.csv --as-of 2026-12-01T07:00:00+01:00 --out judged")]
pub(super) struct JudgeArgs {
    /// The workspace
    dir: PathBuf,
    /// What agents ask for: request?, agent, kind (off, swap, give, take), date, until?, with?, `with_date`?
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
    /// Folder for judged.csv and the roster after all that was granted; exchanged whole, and only if an earlier run wrote it
    #[arg(long, value_name = "OUT", default_value = "judged")]
    out: PathBuf,
    /// Scenarios to lay over the workspace, in order
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
}

pub(super) fn run(args: &JudgeArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let reporter = global.reporter();
    let folder = OutFolder::open(&args.out, &global.stages())?;
    let read = standing::read("judge", (&args.dir, &args.scenario), global, &reporter)?;
    let standing = &read.roster;
    let (requests, told) = read.workspace.requests_from(&args.request, &standing.workforce, &standing.period)?;
    reporter.stage("roster");
    let judgement = plan::judge(standing, &requests);
    reporter.stage("output");
    let mut artifacts = output::render_judgement(standing, &judgement).map_err(CliError::internal)?;
    if let Some(file) = &read.requirement {
        // Beside the roster it prices cover for whoever goes on from here.
        artifacts.push(Artifact::new("requirement.csv", fs_err::read(file)?));
    }
    let inputs = [&read.inputs[..], std::slice::from_ref(&args.request)].concat();
    run::finish("judge", folder, artifacts, &inputs, read.effective(global), &reporter)?;
    read.warn(&reporter);
    for warning in &told {
        reporter.warn(&warning.to_string());
    }
    if judgement.checked.is_none() {
        reporter.warn(&tr!(
            "the roster breaks rules that no request is to blame for (`obsada check` names them): its pay is not written"
        ));
    }
    reporter.say(&output::judgement_told(standing, &judgement));
    reporter.say(&tr!("results in {}", Path::new(&args.out).display()));
    Ok(())
}
