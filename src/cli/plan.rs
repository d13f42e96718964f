//! `obsada plan DIR`: the whole pipeline, the main job.

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Job, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada plan mine --start next-monday --out week1
  obsada plan mine --start next-monday --after week1/roster.csv --out week2     rests and runs of days carry over
  obsada plan mine --roster moved.csv --out moved                               a roster that you changed: legal, and at what price?
  obsada plan mine --scenario mine/scenarios/recall.toml --out recall")]
pub(super) struct PlanArgs {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &PlanArgs, global: &GlobalArgs) -> Result<(), CliError> {
    run::pipeline(Job::new("plan", LastStage::Roster), &args.target, global)
}
