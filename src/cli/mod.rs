//! What may be typed: one file a command.

mod args;
mod bug;
mod check;
mod diff;
mod erlang;
mod error;
mod export;
mod forecast;
mod import;
mod incoming;
mod inferred;
mod init;
mod log_format;
mod plan;
mod publish;
mod published;
mod reporter;
mod results;
mod run;
mod simulate;
mod staff;
mod starter;
mod stdout;
mod unchanged;
mod verdict;
mod visible;
mod what_if;

use clap::{Parser, Subcommand};

pub use args::GlobalArgs;
pub use error::CliError;
pub use log_format::LogFormat;

/// Workforce management for contact centres: a folder of plain files in, a folder of plain files out.
#[derive(Debug, Parser)]
#[command(name = "obsada", version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a realistic sample workspace, or a starter workspace around a history of your own
    Init(init::InitArgs),
    /// Exports of the telephone system become the workspace's history, and how they were read is remembered
    Import(import::ImportArgs),
    /// Read everything, report every problem at once, change nothing
    Check(check::CheckArgs),
    /// Forecast contacts and handle times
    Forecast(forecast::ForecastArgs),
    /// Forecast, then staff required per interval
    Staff(staff::StaffArgs),
    /// The whole pipeline: forecast, requirement, roster with its bound, charts and report
    Plan(plan::PlanArgs),
    /// Live through a roster contact by contact: the service that customers would have
    Simulate(simulate::SimulateArgs),
    /// Plan the base and each scenario, and compare them
    WhatIf(what_if::WhatIfArgs),
    /// Write what a run left for people and other systems: calendars, a workbook, payroll, schedules, forecasts
    Export(export::ExportArgs),
    /// Keep the roster of a run as the next version that agents are told
    Publish(publish::PublishArgs),
    /// Two rosters compared: who moved, and what becomes of hours, money and service
    Diff(diff::DiffArgs),
    /// One queueing figure, or the agents for a goal
    Erlang(erlang::ErlangArgs),
}

impl Cli {
    /// How everything but data is written.
    #[must_use]
    pub const fn log_format(&self) -> LogFormat {
        self.global.log_format
    }

    /// Runs the command that was typed.
    ///
    /// # Errors
    /// What the user should read, with its exit code.
    pub fn run(self) -> Result<(), CliError> {
        let global = self.global;
        let job = || match &self.command {
            Command::Init(args) => init::run(args, &global),
            Command::Import(args) => import::run(args, &global),
            Command::Check(args) => check::run(args, &global),
            Command::Forecast(args) => forecast::run(args, &global),
            Command::Staff(args) => staff::run(args, &global),
            Command::Plan(args) => plan::run(args, &global),
            Command::Simulate(args) => simulate::run(args, &global),
            Command::WhatIf(args) => what_if::run(args, &global),
            Command::Export(args) => export::run(args, &global),
            Command::Publish(args) => publish::run(args, &global),
            Command::Diff(args) => diff::run(args, &global),
            Command::Erlang(args) => erlang::run(args),
        };
        bug::told(|| global.on_threads(job))
    }
}
