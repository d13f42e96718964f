//! `obsada erlang b|c|a`: one queueing figure, or the agents for a goal, for people who check by hand.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};

use super::error::CliError;
use crate::domain::queue::ServiceDefinition;
use crate::domain::units::{Erlangs, Minutes, Seconds, Share};
use crate::staffing::erlang::{self, BoundBy, Demand, Figures, Promise};

#[derive(Clone, Debug, Args)]
pub(super) struct ErlangArgs {
    #[command(subcommand)]
    model: Model,
}

#[derive(Clone, Debug, Subcommand)]
enum Model {
    /// Blocking where nobody waits, or the servers for a blocking
    B(BArgs),
    /// Waiting customers stay for ever
    C(LineArgs),
    /// Waiting customers abandon after an exponential patience
    A(AArgs),
}

#[derive(Clone, Debug, Args)]
struct BArgs {
    /// Offered load, erlangs
    #[arg(long, value_name = "ERLANGS", value_parser = parse_positive)]
    load: f64,
    /// Servers: prints the share of contacts blocked
    #[arg(long, value_name = "N", required_unless_present = "blocking", value_parser = clap::value_parser!(u64).range(..=MOST_AGENTS))]
    servers: Option<u64>,
    /// Share blocked at most: prints the servers needed
    #[arg(long, value_name = "SHARE", conflicts_with = "servers", value_parser = parse_inner_share)]
    blocking: Option<Share>,
}

#[derive(Clone, Debug, Args)]
struct AArgs {
    /// Mean patience, seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    patience: Seconds,
    #[command(flatten)]
    line: LineArgs,
}

#[derive(Clone, Debug, Args)]
struct LineArgs {
    /// Contacts per interval
    #[arg(long, value_name = "N", value_parser = parse_positive)]
    contacts: f64,
    /// Minutes per interval
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=1440))]
    interval: i64,
    /// Mean handle time, seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    aht: Seconds,
    /// The goal's time T, seconds
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = parse_wait)]
    within: Seconds,
    /// What a service level counts
    #[arg(long, value_enum, default_value_t = Definition::Offered)]
    definition: Definition,
    /// Agents at work: prints what becomes of the contacts
    #[arg(long, value_name = "N", required_unless_present = "goal", value_parser = clap::value_parser!(u64).range(1..=MOST_AGENTS))]
    agents: Option<u64>,
    /// Share to be served within T: prints the agents needed
    #[arg(long, value_name = "SHARE", conflicts_with = "agents", value_parser = parse_inner_share)]
    goal: Option<Share>,
    /// Share of their time for which agents may be busy
    #[arg(long, value_name = "SHARE", default_value = "1", requires = "goal", value_parser = parse_cap)]
    max_occupancy: Share,
}

/// Beyond this many agents the recurrences take minutes.
const MOST_AGENTS: u64 = 100_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Definition {
    /// Answered within T, over offered
    Offered,
    /// Answered within T, over answered
    Answered,
    /// Answered within T, over answered and abandoned
    #[value(name = "answered+abandoned", alias = "answered-abandoned")]
    AnsweredAbandoned,
    /// Answered within T, over answered and abandoned after T
    #[value(name = "answered+abandoned-after", alias = "answered-abandoned-after")]
    AnsweredAbandonedAfter,
    /// Answered or abandoned within T, over offered
    #[value(name = "answered-or-abandoned-within")]
    AnsweredOrAbandonedWithin,
}

impl From<Definition> for ServiceDefinition {
    fn from(definition: Definition) -> Self {
        match definition {
            Definition::Offered => Self::Offered,
            Definition::Answered => Self::Answered,
            Definition::AnsweredAbandoned => Self::AnsweredAndAbandoned,
            Definition::AnsweredAbandonedAfter => Self::AnsweredAndAbandonedAfter,
            Definition::AnsweredOrAbandonedWithin => Self::HandledOrAbandonedWithin,
        }
    }
}

pub(super) fn run(args: &ErlangArgs) -> Result<(), CliError> {
    let answer = match &args.model {
        Model::B(args) => loss(args),
        Model::C(args) => line(args, None),
        Model::A(args) => line(&args.line, Some(args.patience)),
    };
    write!(std::io::stdout().lock(), "{answer}")?;
    Ok(())
}

fn loss(args: &BArgs) -> String {
    let load = Erlangs::clamped(args.load);
    let servers = match (args.servers, args.blocking) {
        (None, Some(share)) => erlang::servers_for(load, share),
        (servers, _) => servers.unwrap_or(0),
    };
    format!("servers   {servers}\nblocking  {:.12}\n", erlang::blocking(load, servers).get())
}

fn line(args: &LineArgs, patience: Option<Seconds>) -> String {
    let demand = Demand { contacts: args.contacts, interval: Minutes::new(args.interval), aht: args.aht };
    let definition = ServiceDefinition::from(args.definition);
    let (agents, why) = match (args.agents, args.goal) {
        (None, Some(share)) => {
            let promise = Promise { share, within: args.within, definition };
            let needed = erlang::agents_for(&demand, patience, &promise, args.max_occupancy);
            let why = match needed.bound_by {
                BoundBy::Goal => "the fewest that keep the goal",
                BoundBy::Occupancy => "the fewest that keep the occupancy cap",
            };
            (needed.agents, why)
        }
        (agents, _) => (agents.unwrap_or(1), "as given"),
    };
    let figures = match patience {
        None => erlang::c(&demand, args.within, agents),
        Some(patience) => erlang::a(&demand, patience, args.within, agents),
    };
    figures_as_text(&figures, definition, why)
}

fn figures_as_text(figures: &Figures, definition: ServiceDefinition, why: &str) -> String {
    let outcome = &figures.outcome;
    let or_endless = |seconds: Option<Seconds>| {
        seconds
            .map_or_else(|| "none: the line grows without end".to_owned(), |seconds| format!("{:.10} s", seconds.get()))
    };
    let rows = [
        ("load", format!("{:.6} erlangs", figures.load.get())),
        ("agents", format!("{} ({why})", figures.agents)),
        ("service level", format!("{:.12}", figures.service_level(definition).get())),
        ("ASA", or_endless(outcome.asa)),
        ("mean wait", or_endless(outcome.mean_wait)),
        ("P(wait)", format!("{:.12}", outcome.p_wait.get())),
        ("P(abandon)", format!("{:.12}", outcome.p_abandon.get())),
        ("occupancy", format!("{:.6}", outcome.occupancy.get())),
    ];
    rows.map(|(name, value)| format!("{name:<14}{value}\n")).concat()
}

fn parse_number(text: &str) -> Result<f64, String> {
    text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(|| "not a number".to_owned())
}

fn parse_positive(text: &str) -> Result<f64, String> {
    parse_number(text).and_then(|number| {
        if number > 0.0 && number <= 1e9 {
            Ok(number)
        } else {
            Err("not a number above 0 and up to 1000000000".to_owned())
        }
    })
}

fn parse_seconds(text: &str) -> Result<Seconds, String> {
    parse_positive(text).map(Seconds::clamped)
}

fn parse_wait(text: &str) -> Result<Seconds, String> {
    parse_number(text).and_then(|number| Seconds::new(number).ok_or_else(|| "below 0".to_owned()))
}

fn parse_inner_share(text: &str) -> Result<Share, String> {
    let inside = |number: &f64| *number > 0.0 && *number < 1.0;
    parse_number(text)
        .ok()
        .filter(inside)
        .map(Share::clamped)
        .ok_or_else(|| "not a share between 0 and 1, such as 0.8".to_owned())
}

fn parse_cap(text: &str) -> Result<Share, String> {
    let inside = |number: &f64| *number > 0.0 && *number <= 1.0;
    parse_number(text)
        .ok()
        .filter(inside)
        .map(Share::clamped)
        .ok_or_else(|| "not a share above 0 and up to 1".to_owned())
}
