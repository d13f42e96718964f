//! Sessions of activities in a roster: who attends or leads, and which of those owed are not held.

use std::collections::BTreeSet;

use crate::domain::activity::{ActivityKind, GroupSessions, OwedSessions};
use crate::domain::ids::{ActivityId, AgentIx};
use crate::domain::roster::{Activity, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, start_of_day};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::plan::Rostered;

/// A session as one agent has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Session<'a> {
    pub(super) activity: ActivityId,
    pub(super) agent: AgentIx,
    pub(super) role: Role<'a>,
}

/// What an agent does about a session.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role<'a> {
    /// Attends it.
    Attends(&'a Shift, Span),
    /// Leads it for others.
    Leads(&'a Shift, Span),
    /// Owes it, and it is not held.
    Missing(&'a OwedSessions, Money),
}

/// All sessions, by kind, then agent, then time; those that are not held last.
pub(super) fn sessions<'a>(rostered: &'a Rostered) -> Vec<Session<'a>> {
    let workforce = &rostered.workforce;
    let shifts = &rostered.checked.roster().shifts;
    let of_kind = |kind: &'a ActivityKind| {
        let mut held: Vec<Session<'_>> = shifts.iter().flat_map(|shift| held(workforce, shift, kind.id)).collect();
        if let Some(group) = &kind.group {
            name_leaders(group, &mut held);
        }
        held.extend(missing(workforce, shifts, kind.id));
        held
    };
    workforce.activities.iter().flat_map(of_kind).collect()
}

fn held<'a>(
    workforce: &'a Workforce,
    shift: &'a Shift,
    activity: ActivityId,
) -> impl Iterator<Item = Session<'a>> + use<'a> {
    let agent = shift.agent;
    let day = start_of_day(shift.date, workforce.sites[shift.site.0].zone);
    let owes = workforce.agents[agent.0].owed.iter().any(|owed| owed.activity == activity && owed.holds(day));
    let pieces = shift.pieces.iter().filter(move |piece| is_of(piece.activity, activity));
    pieces.map(move |piece| {
        let role = if owes { Role::Attends(shift, piece.span) } else { Role::Leads(shift, piece.span) };
        Session { activity, agent, role }
    })
}

/// Where all who are at a session owe it, the first who may lead it does.
fn name_leaders(group: &GroupSessions, held: &mut [Session<'_>]) {
    let mut led: BTreeSet<Instant> = BTreeSet::new();
    led.extend(held.iter().filter_map(|session| match session.role {
        Role::Leads(_, span) => Some(span.from),
        Role::Attends(..) | Role::Missing(..) => None,
    }));
    for session in held {
        if let Role::Attends(shift, span) = session.role
            && group.may_lead(session.agent)
            && led.insert(span.from)
        {
            session.role = Role::Leads(shift, span);
        }
    }
}

fn missing<'a>(
    workforce: &'a Workforce,
    shifts: &'a [Shift],
    activity: ActivityId,
) -> impl Iterator<Item = Session<'a>> + use<'a> {
    let agents = workforce.agents.iter().enumerate();
    agents.flat_map(move |(at, agent)| {
        let zone = workforce.site_of(agent).zone;
        agent.owed.iter().filter(move |owed| owed.activity == activity).flat_map(move |owed| {
            let of_agent =
                shifts.iter().filter(|shift| shift.agent.0 == at && owed.holds(start_of_day(shift.date, zone)));
            let pieces = of_agent.flat_map(|shift| &shift.pieces).filter(|piece| is_of(piece.activity, activity));
            let lacking = (owed.times as usize).saturating_sub(pieces.count());
            let session = Session { activity, agent: AgentIx(at), role: Role::Missing(owed, owed.price) };
            std::iter::repeat_n(session, lacking)
        })
    })
}

fn is_of(activity: Activity, kind: ActivityId) -> bool {
    matches!(activity, Activity::Session { of, .. } if of == kind)
}
