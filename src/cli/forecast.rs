//! `obsada forecast DIR`: contacts and handle times expected, and how good such forecasts were.

use chrono::{NaiveDate, NaiveTime};
use clap::Args;
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Job, Origins, Target};
use crate::plan::LastStage;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada forecast mine --out expected
  obsada forecast mine --backtest                                        how good the forecasts would have been
  obsada forecast mine --as-of 2026-11-01T00:00:00+01:00 --start 2026-11-02")]
pub(super) struct ForecastArgs {
    #[command(flatten)]
    target: Target,
    /// Back-test by rolling origin: writes accuracy.csv and backtest.csv
    #[arg(long)]
    backtest: bool,
    /// First origin of the back-test (default: the last forty open days)
    #[arg(long, value_name = "DATE", requires = "backtest")]
    origins_from: Option<NaiveDate>,
    /// Open days between origins; the default meets every weekday of weeks with five, six and seven open days
    #[arg(long, value_name = "DAYS", default_value_t = 3, requires = "backtest", value_parser = clap::value_parser!(u32).range(1..))]
    every: u32,
    /// Open days forecast from each origin
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "backtest", value_parser = clap::value_parser!(u32).range(1..=366))]
    horizon: u32,
    /// Time of day of the origins, on the plan's clock: what was counted since midnight is used (default: midnight)
    #[arg(long, value_name = "HH:MM", requires = "backtest", value_parser = parse_clock)]
    at: Option<NaiveTime>,
}

fn parse_clock(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| tr!("not a time such as 12:00"))
}

pub(super) fn run(args: &ForecastArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let origins = Origins { from: args.origins_from, every_days: args.every, horizon_days: args.horizon, at: args.at };
    let origins = args.backtest.then_some(origins);
    run::pipeline(Job { origins, ..Job::new("forecast", LastStage::Forecast) }, &args.target, global)
}
