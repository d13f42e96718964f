//! `obsada staff DIR`: forecast, then staff required per interval.

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
pub(super) struct StaffArgs {
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(args: &StaffArgs, global: &GlobalArgs) -> Result<(), CliError> {
    run::pipeline("staff", &args.target, global, LastStage::Requirement, None)
}
