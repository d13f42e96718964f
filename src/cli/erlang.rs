//! `obsada erlang b|c|a`: one queueing figure, the agents for a goal, or the most contacts for some agents, for people who check by hand.

use crate::language::fixed;
use clap::{Args, Subcommand, ValueEnum};
use tr::tr;

use super::error::CliError;
use super::stdout;
use crate::domain::queue::ServiceDefinition;
use crate::domain::routing::PatienceShape;
use crate::domain::units::{Erlangs, Minutes, Seconds, Share};
use crate::staffing::erlang::{self, BoundBy, Demand, Figures, Promise};
use crate::staffing::line::{Line, MOST_TIMES, MostContacts, Unreckoned};
use crate::staffing::patience::Patience;
use crate::staffing::redial::Redial;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada erlang c --contacts 100 --interval 30 --aht 180 --within 20 --goal 0.8               agents for a goal
  obsada erlang c --contacts 100 --interval 30 --aht 180 --within 20 --goal 0.8 --agents 13   what 13 give
  obsada erlang a --contacts 100 --aht 180 --patience 120 --goal 0.8                          people who give up
  obsada erlang b --load 20 --blocking 0.01                                                   lines, where nobody waits")]
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
    /// Waiting customers give up after their patience
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
    /// Patience is lognormal, with this standard deviation over its mean; without it or a shape, exponential
    #[arg(long, value_name = "CV", conflicts_with = "patience_weibull", value_parser = parse_within(0.05, 5.0))]
    patience_cv: Option<f64>,
    /// Patience is Weibull, of this shape: below 1 many give up early and the rest wait long
    #[arg(long, value_name = "SHAPE", value_parser = parse_within(0.2, 10.0))]
    patience_weibull: Option<f64>,
    /// Share of those who gave up that call again
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = parse_part)]
    redial: Share,
    /// Share of those who were answered that call again
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = parse_part)]
    call_back: Share,
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
    /// Agents at work: prints what becomes of the contacts, and with a goal the most contacts with which it is kept
    #[arg(long, value_name = "N", required_unless_present = "goal", value_parser = clap::value_parser!(u64).range(1..=MOST_AGENTS))]
    agents: Option<u64>,
    /// Share to be served within T: prints the agents needed, unless they are given
    #[arg(long, value_name = "SHARE", value_parser = parse_inner_share)]
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
        Model::B(args) => Ok(loss(args)),
        Model::C(args) => answer(args, &args.waits_for_ever()),
        Model::A(args) => answer(&args.line, &args.gives_up()),
    };
    let answer = answer.map_err(|why| CliError::Usage(why.to_string()))?;
    Ok(stdout::print(&answer)?)
}

fn loss(args: &BArgs) -> String {
    let load = Erlangs::clamped(args.load);
    let servers = match (args.servers, args.blocking) {
        (None, Some(share)) => erlang::servers_for(load, share),
        (servers, _) => servers.unwrap_or(0),
    };
    tr!("servers   {servers}\nblocking  {}\n", fixed(erlang::blocking(load, servers).get(), 12), servers)
}

impl LineArgs {
    /// The line of customers who wait for ever and never call again.
    fn waits_for_ever(&self) -> Line {
        let demand = Demand { contacts: self.contacts, interval: Minutes::new(self.interval), aht: self.aht };
        Line { demand, patience: None, redial: Redial::default(), within: self.within }
    }

    fn promise(&self) -> Option<Promise> {
        self.goal.map(|share| Promise { share, within: self.within, definition: self.definition.into() })
    }
}

impl AArgs {
    fn gives_up(&self) -> Line {
        let shape = match (self.patience_weibull, self.patience_cv) {
            (Some(shape), _) => PatienceShape::Weibull(shape),
            (None, Some(cv)) => PatienceShape::Lognormal(cv),
            (None, None) => PatienceShape::Exponential,
        };
        Line {
            patience: Some(Patience { mean: self.patience, shape }),
            redial: Redial { after_abandoning: self.redial, after_service: self.call_back },
            ..self.line.waits_for_ever()
        }
    }
}

/// The figures of the agents given or needed, and the most contacts where both agents and a goal are given.
fn answer(args: &LineArgs, line: &Line) -> Result<String, Unreckoned> {
    let promise = args.promise();
    let (agents, why) = match (args.agents, &promise) {
        (None, Some(promise)) => {
            let needed = line.agents_for(promise, args.max_occupancy)?;
            let why = match needed.bound_by {
                BoundBy::Goal => tr!("the fewest that keep the goal"),
                BoundBy::Occupancy => tr!("the fewest that keep the occupancy cap"),
            };
            (needed.agents, why)
        }
        (agents, _) => (agents.unwrap_or(1), tr!("as given")),
    };
    let figures = line.with_agents(agents)?;
    let mut rows = rows(line, &figures, args.definition.into(), &why);
    if let (Some(agents), Some(promise)) = (args.agents, &promise) {
        rows.extend(carried(args, &figures, promise, line.most_contacts(agents, promise, args.max_occupancy)?));
    }
    let width = rows.iter().map(|(name, _)| name.chars().count() + 1).max().unwrap_or(0).max(14);
    Ok(rows.into_iter().fold(String::new(), |text, (name, value)| text + &format!("{name:<width$}{value}\n")))
}

/// What there is to say, by its name.
type Row = (String, String);

fn rows(line: &Line, figures: &Figures, definition: ServiceDefinition, why: &str) -> Vec<Row> {
    let outcome = &figures.outcome;
    let or_endless = |seconds: Option<Seconds>| {
        seconds.map_or_else(
            || tr!("none: the line grows without end"),
            |seconds| format!("{} s", fixed(seconds.get(), 10)),
        )
    };
    let again =
        (!line.redial.is_none()).then(|| (tr!("with redials"), tr!("{} erlangs", fixed(figures.load.get(), 6))));
    let load = (tr!("load"), tr!("{} erlangs", fixed(line.demand.load().get(), 6)));
    let agents = (tr!("agents"), format!("{} ({why})", figures.agents));
    let of_contacts = [
        (tr!("service level"), fixed(figures.service_level(definition).get(), 12)),
        ("ASA".to_owned(), or_endless(outcome.asa)),
        (tr!("mean wait"), or_endless(outcome.mean_wait)),
        ("P(wait)".to_owned(), fixed(outcome.p_wait.get(), 12)),
        ("P(abandon)".to_owned(), fixed(outcome.p_abandon.get(), 12)),
        (tr!("occupancy"), fixed(outcome.occupancy.get(), 6)),
    ];
    [load].into_iter().chain(again).chain([agents]).chain(of_contacts).collect()
}

/// Whether the goal is kept, and with how many contacts at most.
fn carried(args: &LineArgs, figures: &Figures, promise: &Promise, most: MostContacts) -> [Row; 2] {
    let is_kept = promise.is_kept_by(&figures.outcome, args.max_occupancy);
    let verdict = format!("{} ({})", promise.share.get(), if is_kept { tr!("kept") } else { tr!("missed") });
    let minutes = args.interval;
    let most = match most {
        MostContacts::Are(contacts, bound_by) => {
            let why = match bound_by {
                BoundBy::Goal => tr!("the most with which the goal is kept"),
                BoundBy::Occupancy => tr!("the most with which the occupancy cap is kept"),
            };
            tr!("{contacts} in {minutes} min ({why})", contacts = fixed(contacts, 6), minutes, why)
        }
        MostContacts::NoLimit => {
            tr!(
                "no limit found: the goal is kept at {MOST_TIMES} times what the agents can do",
                MOST_TIMES = fixed(MOST_TIMES, 0)
            )
        }
    };
    [(tr!("goal"), verdict), (tr!("most contacts"), most)]
}

fn parse_number(text: &str) -> Result<f64, String> {
    text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(|| tr!("not a number"))
}

fn parse_positive(text: &str) -> Result<f64, String> {
    parse_number(text).and_then(|number| {
        if number > 0.0 && number <= 1e9 { Ok(number) } else { Err(tr!("not a number above 0 and up to 1000000000")) }
    })
}

fn parse_seconds(text: &str) -> Result<Seconds, String> {
    parse_positive(text).map(Seconds::clamped)
}

fn parse_wait(text: &str) -> Result<Seconds, String> {
    parse_number(text).and_then(|number| Seconds::new(number).ok_or_else(|| tr!("below 0")))
}

fn parse_inner_share(text: &str) -> Result<Share, String> {
    let inside = |number: &f64| *number > 0.0 && *number < 1.0;
    parse_number(text)
        .ok()
        .filter(inside)
        .map(Share::clamped)
        .ok_or_else(|| tr!("not a share between 0 and 1, such as 0.8"))
}

fn parse_cap(text: &str) -> Result<Share, String> {
    parse_within(0.01, 1.0)(text).map(Share::clamped)
}

/// Not everybody: contacts would have no end.
fn parse_part(text: &str) -> Result<Share, String> {
    parse_within(0.0, 0.99)(text).map(Share::clamped)
}

fn parse_within(least: f64, most: f64) -> impl Fn(&str) -> Result<f64, String> + Clone {
    move |text| {
        let inside = |number: &f64| (least..=most).contains(number);
        parse_number(text).ok().filter(inside).ok_or_else(|| tr!("not a number from {least} to {most}", least, most))
    }
}
