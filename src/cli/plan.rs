//! `obsada plan DIR`: the whole pipeline, the main job.

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &PlanArgs, global: &GlobalArgs) -> Result<(), CliError> {
    run::pipeline("plan", &args.target, global, LastStage::Roster, None)
}
