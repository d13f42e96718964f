//! Options that every command takes.

use std::path::PathBuf;
use std::time::Duration;
use tr::tr;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::error::CliError;
use super::log_format::LogFormat;
use super::reporter::{Reporter, Voice};
use crate::domain::time::{Instant, Zone};
use crate::language::Language;
use crate::roster::RosterParams;
use crate::workspace::{GivenFiles, PlanStart};

/// More threads than any machine of today has processors: each takes memory, and thousands never start.
const MOST_THREADS: i64 = 1024;

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
pub struct GlobalArgs {
    /// What was not known at this instant does not exist for the run (RFC 3339 with offset; default: the end of history)
    #[arg(long, global = true, value_name = "INSTANT", value_parser = parse_instant)]
    pub(super) as_of: Option<Instant>,
    /// First day of the plan: a date, or `next-monday` after --as-of
    #[arg(long, global = true, value_name = "DATE", value_parser = parse_start)]
    pub(super) start: Option<PlanStart>,
    /// Weeks to plan
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=53))]
    pub(super) weeks: Option<u32>,
    /// The roster before this one (roster.csv): rest, runs of days and night shifts that reach into the plan carry over; once
    /// more for every other roster of a settlement period under way
    #[arg(long, global = true, value_name = "ROSTER")]
    pub(super) after: Vec<PathBuf>,
    /// The same, found among the versions that `publish --to DIR` keeps: the last one of the last plan that begins before this one
    #[arg(long, global = true, value_name = "DIR", conflicts_with = "after")]
    pub(super) after_published: Option<PathBuf>,
    /// Take the forecast of this file (in the columns of forecast.csv) instead of making one; events and adjustments are in it
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) forecast: Option<PathBuf>,
    /// Take the agents required of this file (in the columns of requirement.csv) instead of computing them
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) requirement: Option<PathBuf>,
    /// Take the roster of this file (in the columns of roster.csv) instead of making one: check, price and draw it
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) roster: Option<PathBuf>,
    /// Seed of everything random
    #[arg(long, global = true, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Threads to use; results do not depend on it (default: all processors)
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MOST_THREADS))]
    pub(super) threads: Option<u16>,
    /// Stop searching for a better roster after so many seconds; the work done is recorded and replays with --work
    #[arg(long, global = true, value_name = "SECONDS")]
    pub(super) time_limit: Option<u64>,
    /// Search for a better roster for about this much work, to the end of a round of moves (default: by the size of the
    /// instance)
    #[arg(long, global = true, value_name = "N")]
    pub(super) work: Option<u64>,
    /// Rounds of planning by moves alone and simulating, at most, before longer searches settle the roster in a few more (default: 6); 0:
    /// plan once, for the requirement of each queue, as with --requirement, --work or --time-limit. With --work, that of each round
    #[arg(long = "loop", global = true, value_name = "N", conflicts_with_all = ["time_limit", "roster"])]
    pub(super) rounds: Option<u32>,
    /// Language of messages, the page, charts and what is exported for people (default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`, else en)
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
    /// Say nothing but errors on standard error
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// How progress is written to standard error
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text)]
    pub(super) log_format: LogFormat,
}

impl GlobalArgs {
    /// Where progress goes.
    pub(super) fn reporter(&self) -> Reporter {
        Reporter::new(match (self.quiet, self.log_format) {
            (true, _) => Voice::Quiet,
            (false, LogFormat::Text) => Voice::Text,
            (false, LogFormat::Json) => Voice::Json,
        })
    }

    /// The files that a run is started with.
    pub(super) fn given(&self) -> GivenFiles<'_> {
        GivenFiles {
            after: &self.after,
            forecast: self.forecast.as_deref(),
            requirement: self.requirement.as_deref(),
            roster: self.roster.as_deref(),
        }
    }

    /// The files that a run reads beside the workspace.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.after.iter().chain([&self.forecast, &self.requirement, &self.roster].into_iter().flatten())
    }

    /// The files that a run takes a stage from: what it writes instead holds what they hold.
    pub(super) fn stages(&self) -> Vec<PathBuf> {
        [&self.forecast, &self.requirement, &self.roster].into_iter().flatten().cloned().collect()
    }

    /// How hard to search for a roster.
    pub(super) fn search(&self) -> RosterParams {
        RosterParams {
            seed: self.seed,
            work: self.work,
            time_limit: self.time_limit.map(Duration::from_secs),
            ..RosterParams::default()
        }
    }

    /// Runs `job` on the number of threads asked for.
    pub(super) fn on_threads<T: Send>(&self, job: impl FnOnce() -> Result<T, CliError> + Send) -> Result<T, CliError> {
        let threads = self.threads.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(CliError::internal)?;
        pool.install(job)
    }
}

fn parse_instant(text: &str) -> Result<Instant, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| tr!("not an RFC 3339 instant with an offset, such as 2026-11-26T23:00:00+01:00 or …Z"))
}

fn parse_start(text: &str) -> Result<PlanStart, String> {
    if text == "next-monday" {
        return Ok(PlanStart::NextMonday);
    }
    text.parse::<NaiveDate>()
        .map(PlanStart::Date)
        .map_err(|_| tr!("neither a date such as 2026-11-30 nor `next-monday`"))
}

/// A zone by its name.
pub(super) fn parse_zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|_| tr!("not an IANA zone such as Europe/Warsaw"))
}
