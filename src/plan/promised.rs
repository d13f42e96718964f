//! A roster that people were told, as what a plan made again has to do with it: which days stay, what is still owed, and what a change of
//! the others costs.

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::ids::ActivityId;
use crate::domain::promise::{ChangePrices, PriceOfChange, PromisedDay};
use crate::domain::roster::{Activity, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, LocalDay, PlanPeriod};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, Workforce};

use super::told_hours::{owe_sessions_told, owe_what_is_left};

/// What people were told, for a search that begins there.
pub(super) struct Promised {
    /// Their shifts.
    pub(super) shifts: Vec<Shift>,
    /// The workforce with the times of sessions that several attend together, and those who lead them; none where there are no such sessions.
    pub(super) settled: Option<Workforce>,
}

impl Promised {
    /// What was promised of sessions stands beside what a workforce, told of its days, owes.
    pub(super) fn new(workforce: &Workforce, shifts: Vec<Shift>) -> Self {
        let is_any_shared = workforce.activities.iter().any(ActivityKind::is_shared);
        Self { settled: is_any_shared.then(|| settled_as_promised(workforce, &shifts)), shifts }
    }
}

/// Tells a workforce what it was promised.
///
/// Shifts that have begun as of the run, and those that are locked, stay as they are, unless who was to work them is not there: such a day
/// may become any other at no price. Before the run's instant no shift starts anew.
pub(super) fn promise(
    workforce: &mut Workforce,
    shifts: &[Shift],
    period: &PlanPeriod,
    as_of: Instant,
    price: &PriceOfChange,
) {
    let terms = |agent: &Agent| (workforce.rules_of(agent).min_week, workforce.site_of(agent).zone);
    let terms: Vec<_> = workforce.agents.iter().map(terms).collect();
    for (at, (agent, (least, zone))) in workforce.agents.iter_mut().zip(terms).enumerate() {
        let own: Vec<&Shift> = shifts.iter().filter(|shift| shift.agent.0 == at).collect();
        let days = period.dates().map(|date| {
            let shift = own.iter().find(|shift| shift.date == date).copied();
            promised_day(agent, LocalDay::of(date, zone), shift, as_of, price)
        });
        agent.promised = days.collect();
        owe_what_is_left(agent, &own, (least, zone), period);
        owe_sessions_told(agent, &own, zone);
    }
}

fn promised_day(
    agent: &Agent,
    day: LocalDay,
    shift: Option<&Shift>,
    as_of: Instant,
    price: &PriceOfChange,
) -> PromisedDay {
    let begins = shift.map_or(day.start, |shift| shift.span().from);
    let is_there = shift.is_none_or(|shift| agent.can_work(shift));
    let has_begun = shift.map_or(day.end <= as_of, |shift| shift.span().from < as_of);
    let notice = Span { from: as_of, until: begins.max(as_of) }.length();
    PromisedDay {
        date: day.date,
        pieces: shift.map_or_else(Vec::new, |shift| shift.pieces.clone()),
        is_fixed: is_there && (has_begun || shift.is_some_and(|shift| shift.locked)),
        not_before: as_of,
        is_short_notice: is_there && notice < price.short_notice,
        prices: if is_there { price.after(notice) } else { ChangePrices::default() },
    }
}

/// Sessions that several attend together at the times that they have; who has none may join any. Who leads one is asked to again.
fn settled_as_promised(workforce: &Workforce, shifts: &[Shift]) -> Workforce {
    let mut settled = workforce.clone();
    for kind in workforce.activities.iter().filter(|kind| kind.is_shared()) {
        let all = times_of(kind.id, shifts.iter());
        for at in &all {
            stand_in_to_lead(kind, *at, shifts, &mut settled);
        }
        for (at, agent) in settled.agents.iter_mut().enumerate() {
            let own = times_of(kind.id, shifts.iter().filter(|shift| shift.agent.0 == at));
            let mut owes = false;
            for owed in agent.owed.iter_mut().filter(|owed| owed.activity == kind.id) {
                owes = true;
                let within = |times: &[Instant]| -> Vec<Instant> {
                    times.iter().copied().filter(|at| owed.within.from <= *at && *at < owed.within.until).collect()
                };
                let times = within(&own);
                // Whoever stays away from a session of the fewest leaves too few: then nobody attends.
                let few =
                    kind.group.as_ref().map_or(0, |group| group.least as usize + usize::from(group.needs_leader()));
                // Who leads one and attends another has both, though only one is owed.
                owed.times = owed.times.max(u32::try_from(times.len()).unwrap_or(u32::MAX));
                if times.len() > 1 || times.iter().any(|at| people_at(kind.id, *at, shifts) <= few) {
                    owed.price = (0..few).map(|_| owed.price).sum();
                }
                owed.starts = Some(if times.is_empty() { within(&all) } else { times });
            }
            if let (false, Some(first), Some(last)) = (owes, own.first(), own.last()) {
                agent.owed.push(leading(kind, workforce, Span { from: *first, until: *last }, own.clone()));
            }
        }
    }
    settled
}

/// Where nobody who may lead a session can be there any more, somebody else is asked to who may and is on shift then.
fn stand_in_to_lead(kind: &ActivityKind, at: Instant, shifts: &[Shift], settled: &mut Workforce) {
    let Some(group) = kind.group.as_ref().filter(|group| group.needs_leader()) else { return };
    let session = Span { from: at, until: at + kind.length.duration() };
    let may = |shift: &&Shift| group.may_lead(shift.agent) && settled.agents[shift.agent.0].can_work(shift);
    let attends =
        |shift: &&Shift| shift.pieces.iter().any(|piece| piece.span.from == at && is_of(piece.activity, kind.id));
    let holds = |shift: &&Shift| shift.present().any(|part| part.from <= session.from && session.until <= part.until);
    let is_busy = |shift: &Shift| {
        let mut held = shift.pieces.iter().filter(|piece| matches!(piece.activity, Activity::Session { .. }));
        held.any(|piece| piece.span.overlaps(&session))
    };
    if shifts.iter().filter(may).any(|shift| attends(&shift)) {
        return;
    }
    let owes = |shift: &Shift| settled.agents[shift.agent.0].owed.iter().any(|owed| owed.activity == kind.id);
    let free = |shift: &&Shift| !shift.locked && !is_busy(shift) && !owes(shift);
    let Some(leader) = shifts.iter().filter(may).filter(holds).find(free).map(|shift| shift.agent) else { return };
    let owed = leading(kind, settled, Span { from: at, until: at }, vec![at]);
    settled.agents[leader.0].owed.push(owed);
}

fn is_of(activity: Activity, of: ActivityId) -> bool {
    matches!(activity, Activity::Session { of: kind, .. } if kind == of)
}

/// The sessions that somebody leads who owes none: dear to give up, since nobody could attend them.
fn leading(kind: &ActivityKind, workforce: &Workforce, times: Span, starts: Vec<Instant>) -> OwedSessions {
    let owed = || workforce.agents.iter().flat_map(|agent| &agent.owed).filter(|owed| owed.activity == kind.id);
    // The day of the shift begins a day of 25 hours before, at most, or is the one before.
    let within = Span { from: times.from - Minutes::hours(48).duration(), until: times.until + kind.length.duration() };
    let most = kind.group.as_ref().map_or(1, |group| group.most.min(100));
    let price = owed().map(|owed| owed.price).max().unwrap_or_default();
    OwedSessions {
        activity: kind.id,
        times: u32::try_from(starts.len()).unwrap_or(u32::MAX),
        within,
        starts: Some(starts),
        price: (0..most).map(|_| price).sum(),
    }
}

/// How many people have a session of a kind that starts at an instant.
fn people_at(of: ActivityId, at: Instant, shifts: &[Shift]) -> usize {
    let pieces = shifts.iter().flat_map(|shift| &shift.pieces);
    pieces.filter(|piece| piece.span.from == at && is_of(piece.activity, of)).count()
}

/// When the sessions of a kind in some shifts start, in order.
fn times_of<'a>(of: ActivityId, shifts: impl Iterator<Item = &'a Shift>) -> Vec<Instant> {
    let pieces = shifts.flat_map(|shift| &shift.pieces).filter(|piece| is_of(piece.activity, of));
    let mut times: Vec<Instant> = pieces.map(|piece| piece.span.from).collect();
    times.sort_unstable();
    times.dedup();
    times
}
