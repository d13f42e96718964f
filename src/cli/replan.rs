//! `obsada replan DIR --roster FILE`: plan again, moving as few published shifts as it pays to.

use clap::Args;
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada replan mine --roster published/2026-11-30/v1/roster.csv --as-of 2026-12-01T07:00:00+01:00 --out again
  obsada replan mine --roster roster.xlsx --out again     a workbook with shifts that were changed or locked")]
pub(super) struct ReplanArgs {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &ReplanArgs, global: &GlobalArgs) -> Result<(), CliError> {
    if global.roster.is_none() {
        return Err(CliError::Usage(tr!("`replan` needs the roster that people were told: --roster FILE")));
    }
    run::pipeline("replan", &args.target, global, LastStage::Roster, None)
}
