//! Sessions of activities in a roster: who attends or leads, and which of those owed are not held.

use std::collections::BTreeSet;

use crate::domain::activity::{ActivityKind, GroupSessions, OwedSessions};
use crate::domain::ids::{ActivityId, AgentIx};
use crate::domain::roster::{Activity, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, Zone, start_of_day};
use crate::domain::units::Minutes;
use crate::domain::workforce::Workforce;
use crate::plan::Rostered;
use tr::tr;

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
    Missing(&'a OwedSessions, Unheld),
}

/// Why a session is not held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unheld {
    /// The agent has no shift in which it could be.
    Away,
    /// Of those who could come there are fewer than a session takes.
    Few,
    /// No place was found where cover costs less than its price.
    Price,
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
        held.extend(missing(workforce, shifts, kind));
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

fn missing<'a>(workforce: &'a Workforce, shifts: &'a [Shift], kind: &ActivityKind) -> Vec<Session<'a>> {
    let mut all = Vec::new();
    for (at, agent) in workforce.agents.iter().enumerate() {
        let zone = workforce.site_of(agent).zone;
        for owed in agent.owed.iter().filter(|owed| owed.activity == kind.id) {
            let own = || shifts.iter().filter(|of| of.agent.0 == at && owed.holds(start_of_day(of.date, zone)));
            let held = own().flat_map(|shift| &shift.pieces).filter(|piece| is_of(piece.activity, kind.id)).count();
            let is_there = own().flat_map(Shift::present).any(|part| has_place(kind, part, zone));
            let unheld = if is_there { Unheld::Price } else { Unheld::Away };
            let session = Session { activity: kind.id, agent: AgentIx(at), role: Role::Missing(owed, unheld) };
            all.extend(std::iter::repeat_n(session, (owed.times as usize).saturating_sub(held)));
        }
    }
    let could_come = all.iter().filter(|of| matches!(of.role, Role::Missing(_, Unheld::Price))).count();
    if kind.group.as_ref().is_some_and(|group| could_come < group.least as usize) {
        for session in &mut all {
            if let Role::Missing(_, unheld @ Unheld::Price) = &mut session.role {
                *unheld = Unheld::Few;
            }
        }
    }
    all
}

/// Whether a session of a kind lies within a part of a shift at hours at which there are some.
fn has_place(kind: &ActivityKind, part: Span, zone: Zone) -> bool {
    /// No grid is finer.
    const STEP: Minutes = Minutes::new(5);
    let mut starts = std::iter::successors(Some(part.from), |at| Some(*at + STEP.duration()));
    let is_open = |from: Instant| {
        let steps = (0..kind.length.get()).step_by(5);
        steps.map(|minute| from + Minutes::new(minute).duration()).all(|at| kind.hours.is_open(at, zone))
    };
    let ends = |from: Instant| from + kind.length.duration();
    starts.by_ref().take_while(|from| ends(*from) <= part.until).any(is_open)
}

/// Which sessions are owed and not held, a sentence for each kind.
#[must_use]
pub fn unheld_told(rostered: &Rostered) -> Vec<String> {
    /// People named.
    const NAMED: usize = 5;
    let workforce = &rostered.workforce;
    let of_kind = |kind: &ActivityKind| {
        let all = missing(workforce, &rostered.checked.roster().shifts, kind);
        let mut names: Vec<String> = all.iter().map(|of| workforce.agents[of.agent.0].id.to_string()).collect();
        names.dedup();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let mut who = names.join(", ");
        if more > 0 {
            who = tr!("{named} and {more} more", more, named = who);
        }
        let mut reasons: Vec<Unheld> = all
            .iter()
            .filter_map(|of| match of.role {
                Role::Missing(_, unheld) => Some(unheld),
                Role::Attends(..) | Role::Leads(..) => None,
            })
            .collect();
        reasons.sort_unstable();
        reasons.dedup();
        let why = reasons.into_iter().map(Unheld::told).collect::<Vec<_>>().join("; ");
        let sentence = tr!(
            "{n} session of {kind} is not held ({who}): {why}; activities.csv has all"
                | "{n} sessions of {kind} are not held ({who}): {why}; activities.csv has all" % all.len(),
            kind = kind.id.as_str(),
            who,
            why
        );
        (!all.is_empty()).then_some(sentence)
    };
    workforce.activities.iter().filter_map(of_kind).collect()
}

impl Unheld {
    /// The word used in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Few => "few",
            Self::Price => "price",
        }
    }

    fn told(self) -> String {
        match self {
            Self::Away => tr!("not on shift at its hours"),
            Self::Few => tr!("too few could come together"),
            Self::Price => tr!("no place was found that costs less than `price`"),
        }
    }
}

fn is_of(activity: Activity, kind: ActivityId) -> bool {
    matches!(activity, Activity::Session { of, .. } if of == kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{ClockSpan, WeeklyHours};

    #[test]
    fn a_session_has_a_place_where_it_ends_before_the_part_does_and_its_hours_are_open() {
        let mut hours = WeeklyHours::default();
        hours.open(chrono::Weekday::Mon, ClockSpan::new(10 * 60, 12 * 60).expect("a span"));
        let kind = ActivityKind {
            id: ActivityId::new("coaching"),
            length: Minutes::new(30),
            is_paid: true,
            hours,
            from_breaks: Minutes::ZERO,
            at_once: None,
            group: None,
        };
        let at = |minute: i64| {
            "2026-11-30T00:00:00Z".parse::<Instant>().expect("an instant") + Minutes::new(minute).duration()
        };
        let has = |from: i64, until: i64| has_place(&kind, Span { from: at(from), until: at(until) }, chrono_tz::UTC);
        assert!(has(9 * 60, 10 * 60 + 30) && has(11 * 60 + 30, 13 * 60));
        assert!(!has(9 * 60, 10 * 60 + 25) && !has(11 * 60 + 35, 13 * 60));
    }
}
