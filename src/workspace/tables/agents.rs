//! `agents.csv`, and the agents a scenario adds in the same words.

use std::collections::BTreeMap;
use tr::tr;

use super::row::Row;
use super::sheet::Column;
use crate::domain::calendar::DateSpan;
use crate::domain::ids::{AgentId, ContractIx, SiteIx};
use crate::domain::units::Money;
use crate::workspace::place::{Place, Report};
use crate::workspace::settings::{Names, Table, Value};
use crate::workspace::suggestions::did_you_mean;
use crate::workspace::words::{Refusal, date, id, known, money, text, whole};

/// The columns.
pub(crate) const AGENTS: [Column; 10] = [
    Column::Required("agent"),
    Column::Required("name"),
    Column::Required("site"),
    Column::Required("contract"),
    Column::Required("skills"),
    Column::Required("level"),
    Column::Required("hourly_cost"),
    Column::Optional("from"),
    Column::Optional("until"),
    Column::Optional("rotation_offset_days"),
];

/// One agent as the file tells.
#[derive(Clone, Debug)]
pub(crate) struct AgentRecord {
    pub(crate) place: Place,
    pub(crate) id: AgentId,
    pub(crate) name: String,
    pub(crate) site: SiteIx,
    pub(crate) contract: ContractIx,
    pub(crate) skills: Vec<String>,
    pub(crate) level: String,
    pub(crate) hourly_cost: Money,
    pub(crate) employed: DateSpan,
    pub(crate) rotation_offset_days: u32,
}

/// Reads agents from rows; two of one key are reported.
pub(crate) fn agents(rows: &[Row<'_>], names: &Names) -> Vec<AgentRecord> {
    let mut first: BTreeMap<AgentId, Place> = BTreeMap::new();
    let mut agents = Vec::new();
    for row in rows {
        let Some(agent) = agent(row, names) else { continue };
        if let Some(place) = first.get(&agent.id) {
            let first = place.number().map_or_else(String::new, |line| tr!(", the first is in line {line}", line));
            let hint = tr!("every key stands for one person: rename one of them");
            row.refuse("agent", Refusal::new(tr!("a second agent of this key{first}", first)).hinting(hint));
        } else {
            first.insert(agent.id.clone(), agent.place.clone());
            agents.push(agent);
        }
    }
    agents
}

fn agent(row: &Row<'_>, names: &Names) -> Option<AgentRecord> {
    let key = row.required("agent", id);
    let name = row.required("name", text);
    let site = row.required("site", known("site", &names.sites)).map(SiteIx);
    let contract = row.required("contract", known("contract", &names.contracts)).map(ContractIx);
    let skills = row.list("skills", id);
    let level = row.optional("level", text).unwrap_or_default();
    let hourly_cost = row.required("hourly_cost", money);
    let employed = date_span(row);
    let rotation_offset_days = row.optional("rotation_offset_days", whole(0..=55)).unwrap_or(0);
    Some(AgentRecord {
        place: row.place().clone(),
        id: AgentId::new(key?),
        name: name?,
        site: site?,
        contract: contract?,
        skills,
        level,
        hourly_cost: hourly_cost?,
        employed,
        rotation_offset_days,
    })
}

/// The dates of `from` and `until`, both included.
pub(super) fn date_span(row: &Row<'_>) -> DateSpan {
    let span = DateSpan { from: row.optional("from", date), until: row.optional("until", date) };
    if span.from.zip(span.until).is_some_and(|(from, until)| until < from) {
        row.refuse(
            "until",
            Refusal::new(tr!("lies before `from`")).accepting(tr!("the date of `from` or a later one")),
        );
    }
    span
}

/// An inline table of a scenario as a row of `agents.csv`; a list of skills may be a list.
pub(crate) fn agent_row<'a>(table: &Table, report: &'a Report) -> Row<'a> {
    let mut cells = Vec::new();
    for entry in &table.entries {
        let Some(column) = AGENTS.iter().map(|column| column.name()).find(|name| *name == entry.key) else {
            let names: Vec<&str> = AGENTS.iter().map(|column| column.name()).collect();
            let mut problem = entry.place.problem(tr!("unknown key")).in_column(format!("agents.add.{}", entry.key));
            problem.hint = did_you_mean(&entry.key, names.iter().copied());
            report.problem(problem.accepting(names.join(", ")));
            continue;
        };
        let word = |value: &Value| match value {
            Value::Word(word) => Some(word.clone()),
            Value::List(_) | Value::Table(_) => None,
        };
        let text = match &entry.node.value {
            Value::List(list) => {
                list.iter().map(|node| word(&node.value)).collect::<Option<Vec<_>>>().map(|words| words.join("|"))
            }
            value => word(value),
        };
        match text {
            Some(text) => cells.push((column, entry.place.clone(), text.trim().to_owned())),
            None => report.problem({
                entry
                    .place
                    .problem(tr!("not a single value"))
                    .in_column(format!("agents.add.{column}"))
                    .accepting(tr!("a text or a number"))
            }),
        }
    }
    Row::new(table.place.clone(), "agents.add.", cells, report)
}
