//! What may be typed: one file a command.

mod args;
mod bug;
mod check;
mod colours;
mod completions;
mod deadlock;
mod diff;
mod erlang;
mod error;
mod export;
mod docs;
mod forecast;
mod help;
mod import;
mod incoming;
mod inferred;
mod init;
mod judge;
mod language;
mod log_format;
mod man;
mod overlap;
mod plan;
mod publish;
mod published;
mod replan;
mod reporter;
mod results;
mod run;
mod simulate;
mod staff;
mod standing;
mod starter;
mod stdout;
mod unchanged;
mod verdict;
mod visible;
mod what_if;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use args::GlobalArgs;
pub use error::CliError;
pub use log_format::LogFormat;

/// Workforce management for contact centres: a folder of plain files in, a folder of plain files out.
#[derive(Debug, Parser)]
#[command(name = "obsada", version, about, propagate_version = true)]
#[command(after_help = "Examples:
  obsada init mine --history report.xlsx --timezone Europe/Warsaw     a workspace around what your telephone system exports
  obsada check mine                                                   every problem at once, nothing changed
  obsada plan mine --start next-monday --out week1                    the whole pipeline; open week1/report.html
  obsada publish week1 --to published                                 the version that people are told
  obsada export week1 --format ics,xlsx,payroll                       calendars, a workbook, pay
  obsada docs goal                                                    what the documentation says of a key

Exit codes: 0 done, 1 our fault or the machine's, 2 usage, 3 input, 4 no legal roster, 5 OUT is in use.")]
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
    /// Plan again from the roster that people were told, changing as few of their days as it pays to
    Replan(replan::ReplanArgs),
    /// Days off and trades that agents ask for: granted or refused, with the reason and the price
    Judge(judge::JudgeArgs),
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
    /// What the documentation says of a key, a column or a section
    Docs(docs::DocsArgs),
    /// What a shell needs to complete commands and options
    Completions(completions::CompletionsArgs),
    /// The manual, as pages that `man` shows
    Man(man::ManArgs),
}

/// The command line in the language spoken.
fn command() -> clap::Command {
    help::localised(Cli::command())
}

impl Cli {
    /// What was typed, read and from here on answered in the language that is asked for by `--lang` or the environment.
    ///
    /// # Errors
    /// What is wrong with it, or the help that was asked for.
    pub fn understood(typed: &[OsString], environment: impl Fn(&str) -> Option<String>) -> Result<Self, clap::Error> {
        crate::language::speak(language::asked(typed, environment));
        let cli = Self::from_arg_matches(&command().try_get_matches_from(typed)?)?;
        if let Some(language) = cli.global.lang {
            crate::language::speak(language);
        }
        Ok(cli)
    }

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
            Command::Replan(args) => replan::run(args, &global),
            Command::Judge(args) => judge::run(args, &global),
            Command::Simulate(args) => simulate::run(args, &global),
            Command::WhatIf(args) => what_if::run(args, &global),
            Command::Export(args) => export::run(args, &global),
            Command::Publish(args) => publish::run(args, &global),
            Command::Diff(args) => diff::run(args, &global),
            Command::Erlang(args) => erlang::run(args),
            Command::Docs(args) => docs::run(args),
            Command::Completions(args) => completions::run(args),
            Command::Man(args) => man::run(args, &global),
        };
        bug::told(|| global.on_threads(job))
    }
}
