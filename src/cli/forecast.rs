//! `obsada forecast DIR`: contacts and handle times expected, and how good such forecasts were.

use chrono::NaiveDate;
use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Origins, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
pub(super) struct ForecastArgs {
    #[command(flatten)]
    target: Target,
    /// Back-test by rolling origin: writes accuracy.csv and backtest.csv
    #[arg(long)]
    backtest: bool,
    /// First origin of the back-test (default: the last forty open days)
    #[arg(long, value_name = "DATE", requires = "backtest")]
    origins_from: Option<NaiveDate>,
    /// Open days between origins
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "backtest", value_parser = clap::value_parser!(u32).range(1..))]
    every: u32,
    /// Open days forecast from each origin
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "backtest", value_parser = clap::value_parser!(u32).range(1..=366))]
    horizon: u32,
}

pub(super) fn run(args: &ForecastArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let origins = Origins { from: args.origins_from, every_days: args.every, horizon_days: args.horizon };
    run::pipeline("forecast", &args.target, global, LastStage::Forecast, args.backtest.then_some(origins))
}
