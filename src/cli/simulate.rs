//! `obsada simulate DIR --roster FILE`: live through a roster, contact by contact.

use clap::{Args, ValueEnum};
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Target};
use super::verdict;
use crate::domain::progress::Progress;
use crate::output;
use crate::output::folder::OutFolder;
use crate::plan::{self, LastStage, RunOptions};
use crate::simulate::{Demand, SimulationParams};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada simulate mine --roster week1/roster.csv --out lived
  obsada simulate mine --roster week1/roster.csv --scenario mine/scenarios/recall.toml --out lived")]
pub(super) struct SimulateArgs {
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    how: SimulationArgs,
}

/// How to simulate, as it is typed.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct SimulationArgs {
    /// Weeks, or plans of several weeks, to live through (default: until the share of every goal is known to half a point)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    replications: Option<u32>,
    /// What may come: the forecast with its uncertainty, or its mean with the noise of counting alone
    #[arg(long, value_enum, default_value_t = DemandArg::Uncertain)]
    demand: DemandArg,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DemandArg {
    Uncertain,
    Mean,
}

impl SimulationArgs {
    /// The simulation's parameters.
    pub(super) fn params(self, seed: u64) -> SimulationParams {
        SimulationParams {
            replications: self.replications.map(|count| count as usize),
            seed,
            demand: match self.demand {
                DemandArg::Uncertain => Demand::Uncertain,
                DemandArg::Mean => Demand::Mean,
            },
            ..SimulationParams::default()
        }
    }
}

pub(super) fn run(args: &SimulateArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let Some(roster) = &global.roster else {
        return Err(CliError::Usage(tr!("`simulate` needs a roster to live through: --roster FILE")));
    };
    let reporter = global.reporter();
    // The roster is lived through, not written: an edited one in OUT would be lost.
    let read = GlobalArgs { roster: None, ..global.clone() }.stages();
    let folder = OutFolder::open(args.target.out(), &read)?;
    reporter.stage("read");
    let workspace = run::load(args.target.dir(), args.target.scenarios(), global)?;
    let options = RunOptions {
        simulation: Some(args.how.params(global.seed)),
        ..run::options(global, LastStage::Requirement, None)
    };
    let mut plan = plan::run(&workspace, &options, &reporter)?;
    plan::live_through(&workspace, &mut plan, roster, &options, &reporter)?;
    reporter.stage("output");
    let artifacts = output::render(&plan).map_err(CliError::internal)?;
    let inputs: Vec<_> = workspace.inputs.iter().chain(global.files()).cloned().collect();
    run::finish("simulate", folder, artifacts, &inputs, run::effective(global, Some(&plan)), &reporter)?;
    for warning in verdict::warnings(&plan) {
        reporter.warn(&warning);
    }
    for sentence in verdict::sentences(&plan) {
        reporter.say(&sentence);
    }
    reporter.say(&tr!("results in {}", args.target.out().display()));
    Ok(())
}
