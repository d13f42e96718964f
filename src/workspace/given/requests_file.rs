//! `requests.csv`: days off and trades that agents ask for.

use std::collections::BTreeMap;
use tr::tr;

use chrono::NaiveDate;

use crate::domain::ids::AgentIx;
use crate::domain::request::{Request, RequestKind};
use crate::domain::time::PlanPeriod;
use crate::domain::workforce::Workforce;
use crate::workspace::tables::{Column, Row};
use crate::workspace::words::{Index, Refusal, choice, date, id};

/// The columns.
pub(super) const COLUMNS: [Column; 7] = [
    Column::Optional("request"),
    Column::Required("agent"),
    Column::Required("kind"),
    Column::Required("date"),
    Column::Optional("until"),
    Column::Optional("with"),
    Column::Optional("with_date"),
];

/// The columns that only some kinds of requests have, each with the kinds.
const OF_KINDS: [(&str, &[&str]); 3] =
    [("until", &["off"]), ("with", &["swap", "give", "take"]), ("with_date", &["swap"])];

/// The requests of the rows, in their order; those that cannot be used are reported.
pub(super) fn requests(rows: &[Row<'_>], workforce: &Workforce, period: &PlanPeriod) -> Vec<Request> {
    let agents = workforce.agents.iter().map(|agent| agent.id.to_string()).collect();
    let agents = Index::of("agent of the plan", agents, true);
    let mut first: BTreeMap<String, Option<u64>> = BTreeMap::new();
    let mut requests = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(request) = request(row, at + 1, &agents, period) else { continue };
        if let Some(line) = first.get(&request.id) {
            let line = line.map_or_else(String::new, |line| tr!(", the first is in line {line}", line));
            let refusal = Refusal::new(tr!("a second request of this name{line}", line));
            row.refuse("request", refusal.hinting(tr!("leave the column out, and requests are numbered")));
        } else {
            first.insert(request.id.clone(), row.place().number());
            requests.push(request);
        }
    }
    requests
}

fn request(row: &Row<'_>, number: usize, agents: &Index, period: &PlanPeriod) -> Option<Request> {
    let name = if row.has("request") { row.optional("request", id)? } else { number.to_string() };
    let agent = row.required("agent", |word| agents.find(word)).map(AgentIx);
    let kind = row.required("kind", choice(&RequestKind::NAMES.map(|name| (name, name))));
    let day = row.required("date", date);
    refuse_beside(row, "date", day, period);
    let until = row.optional("until", date);
    refuse_beside(row, "until", until, period);
    let with_date = row.optional("with_date", date);
    refuse_beside(row, "with_date", with_date, period);
    let kind = kind?;
    for (column, kinds) in OF_KINDS.iter().filter(|(column, kinds)| row.has(column) && !kinds.contains(&kind)) {
        let refusal = Refusal::new(tr!("not a part of a request of kind `{kind}`", kind));
        row.refuse(column, refusal.accepting(tr!("an empty cell, or a request of kind {}", kinds.join(" | "))));
    }
    let with =
        if kind == RequestKind::NAMES[0] { None } else { row.required("with", |word| agents.find(word)).map(AgentIx) };
    if with.is_some() && with == agent {
        row.refuse("with", Refusal::new(tr!("the agent who asks")).accepting(tr!("another agent of the plan")));
        return None;
    }
    let (agent, day) = (agent?, day?);
    if until.is_some_and(|until| until < day) {
        let accepted = tr!("the date of `date` or a later one");
        row.refuse("until", Refusal::new(tr!("lies before `date`")).accepting(accepted));
    }
    let kind = match kind {
        "off" => RequestKind::Off { until: until.unwrap_or(day) },
        "swap" => RequestKind::Swap { with: with?, with_date: with_date.unwrap_or(day) },
        "give" => RequestKind::Give { with: with? },
        _ => RequestKind::Take { with: with? },
    };
    Some(Request { id: name, agent, kind, date: day })
}

fn refuse_beside(row: &Row<'_>, column: &'static str, day: Option<NaiveDate>, period: &PlanPeriod) {
    if day.is_some_and(|day| !period.contains(day)) {
        let last = period.end().pred_opt().unwrap_or(period.start);
        let refusal = Refusal::new(tr!("not a day of the plan")).accepting(tr!("{} to {last}", period.start, last));
        row.refuse(column, refusal.hinting(tr!("the plan's days are set by --start and --weeks")));
    }
}
