//! `activities.csv`: one row a session and agent: who attends, who leads, and what is owed and not held.

use crate::domain::time::local_date;
use crate::domain::units::Money;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, ActivityRow};
use crate::output::sessions::{Role, Session, sessions};
use crate::plan::Rostered;

pub(super) fn write(rostered: &Rostered) -> Result<Vec<u8>, OutputError> {
    records::write(sessions(rostered).iter().map(|session| row(rostered, session)))
}

fn row(rostered: &Rostered, session: &Session<'_>) -> ActivityRow {
    let agent = &rostered.workforce.agents[session.agent.0];
    let zone = rostered.workforce.site_of(agent).zone;
    let blank = ActivityRow {
        activity: session.activity.to_string(),
        agent: agent.id.to_string(),
        role: "missing".to_owned(),
        shift_id: String::new(),
        date: chrono::NaiveDate::default(),
        start: None,
        end: None,
        price: Money::ZERO,
        why: String::new(),
    };
    match session.role {
        Role::Attends(shift, span) | Role::Leads(shift, span) => ActivityRow {
            role: if matches!(session.role, Role::Leads(..)) { "leads" } else { "attends" }.to_owned(),
            shift_id: shift.id.to_string(),
            date: shift.date,
            start: Some(local_time::wall(span.from, zone)),
            end: Some(local_time::wall(span.until, zone)),
            ..blank
        },
        Role::Missing(owed, unheld) => ActivityRow {
            date: local_date(owed.within.from, zone),
            price: owed.price,
            why: unheld.name().to_owned(),
            ..blank
        },
    }
}
