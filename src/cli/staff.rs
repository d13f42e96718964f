//! `obsada staff DIR`: forecast, then staff required per interval.

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Job, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada staff mine --out people                                         people required; needs no agents
  obsada staff mine --forecast mine-forecast.csv                         for a forecast of your own")]
pub(super) struct StaffArgs {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &StaffArgs, global: &GlobalArgs) -> Result<(), CliError> {
    run::pipeline(Job::new("staff", LastStage::Requirement), &args.target, global)
}
