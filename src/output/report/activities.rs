//! Training, coaching and what else was to be held: how much of it has a place, and who is left without.

use std::collections::BTreeMap;

use tr::tr;

use super::html::{Column, escape, table};
use crate::domain::activity::ActivityKind;
use crate::domain::time::{Instant, local_date};
use crate::domain::units::Money;
use crate::output::local_time;
use crate::output::number::{hours, money};
use crate::output::sessions::{Role, Session, sessions, unheld_told};
use crate::plan::{Plan, Rostered};

/// People named who are left without a session of a kind.
const NAMED: usize = 8;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let kinds = &rostered.workforce.activities;
    if kinds.is_empty() {
        return None;
    }
    let all = sessions(rostered);
    let columns = [
        (tr!("Activity"), Column::Prose),
        (tr!("A session"), Column::Number),
        (tr!("Owed"), Column::Number),
        (tr!("Held"), Column::Number),
        (tr!("Hours"), Column::Number),
        (tr!("When"), Column::Prose),
        (tr!("Without"), Column::Prose),
        (tr!("Price"), Column::Number),
    ];
    let rows: Vec<Vec<String>> = kinds.iter().map(|kind| row(plan, rostered, kind, &all)).collect();
    let explained = tr!(
        "Sessions lie where they cost least service within the shifts, away from where people are short. One that is owed and finds no place \
         costs its price and is named here; activities.csv has each of them."
    );
    let unheld: Vec<String> = unheld_told(rostered).iter().map(|of| format!("<p>{}</p>\n", escape(of))).collect();
    Some(table(&columns, &rows) + &unheld.concat() + &format!("<p class=\"note\">{}</p>", escape(&explained)))
}

fn row(plan: &Plan, rostered: &Rostered, kind: &ActivityKind, all: &[Session<'_>]) -> Vec<String> {
    let of_kind = || all.iter().filter(|session| session.activity == kind.id);
    let held = of_kind().filter(|session| matches!(session.role, Role::Attends(..))).count();
    let led = of_kind().filter(|session| matches!(session.role, Role::Leads(..))).count();
    let missing: Vec<(&str, Money)> = of_kind()
        .filter_map(|session| match session.role {
            Role::Missing(owed, _) => Some((rostered.workforce.agents[session.agent.0].name.as_str(), owed.price)),
            Role::Attends(..) | Role::Leads(..) => None,
        })
        .collect();
    let owed = rostered.workforce.agents.iter().flat_map(|agent| &agent.owed);
    let owed: usize = owed.filter(|owed| owed.activity == kind.id).map(|owed| owed.times as usize).sum();
    vec![
        kind.id.to_string(),
        tr!("{} min", kind.length.get()),
        owed.to_string(),
        (owed - missing.len().min(owed)).to_string(),
        hours(kind.length.as_hours() * (held + led) as f64),
        when(plan, kind, all),
        without(&missing),
        money(missing.iter().map(|(_, price)| *price).sum(), &plan.currency),
    ]
}

/// `3 × Tue 10:00`: the times of group sessions; of others, nothing.
fn when(plan: &Plan, kind: &ActivityKind, all: &[Session<'_>]) -> String {
    if kind.group.is_none() {
        return tr!("one by one");
    }
    let mut times: BTreeMap<Instant, usize> = BTreeMap::new();
    for session in all.iter().filter(|session| session.activity == kind.id) {
        if let Role::Attends(_, span) | Role::Leads(_, span) = session.role {
            *times.entry(span.from).or_default() += 1;
        }
    }
    let zone = plan.period.zone;
    let told = times.iter().map(|(at, people)| {
        let at = format!("{} {}", local_time::weekday(local_date(*at, zone)), local_time::clock(*at, zone));
        tr!("{at}, {people} there", at, people)
    });
    told.collect::<Vec<_>>().join("; ")
}

fn without(missing: &[(&str, Money)]) -> String {
    let mut names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let named = names.join(", ");
    if more > 0 { tr!("{named} and {more} more", named, more) } else { named }
}
