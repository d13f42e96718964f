//! A roster that people were told, as what a plan made again has to do with it: which days stay, what is still owed, and what a change of
//! the others costs.

use std::collections::BTreeSet;

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::ids::{ActivityId, ShiftId};
use crate::domain::promise::{ChangePrices, PriceOfChange, PromisedDay};
use crate::domain::roster::{Activity, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Instant, LocalDay, PlanPeriod};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, Workforce};

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
    let zones: Vec<_> = workforce.agents.iter().map(|agent| workforce.site_of(agent).zone).collect();
    for (at, (agent, zone)) in workforce.agents.iter_mut().zip(zones).enumerate() {
        let own: Vec<&Shift> = shifts.iter().filter(|shift| shift.agent.0 == at).collect();
        let days = period.dates().map(|date| {
            let shift = own.iter().find(|shift| shift.date == date).copied();
            promised_day(agent, LocalDay::of(date, zone), shift, as_of, price)
        });
        agent.promised = days.collect();
        owe_what_is_left(agent, &own, period);
    }
}

/// Who cannot work all that was promised owes no more of a week than what is left of it: an absence told since is credited with the hours
/// of the shifts that it takes away.
fn owe_what_is_left(agent: &mut Agent, own: &[&Shift], period: &PlanPeriod) {
    let day_of = |shift: &Shift| usize::try_from((shift.date - period.start).num_days()).unwrap_or(0);
    let mut freed: Vec<Minutes> = Vec::with_capacity(agent.weeks.len());
    for week in 0..agent.weeks.len() {
        let of_week = || own.iter().filter(|shift| day_of(shift) / 7 == week);
        let (can, cannot): (Vec<&&Shift>, Vec<&&Shift>) = of_week().partition(|shift| can_be_there(agent, shift));
        let left: Minutes = can.iter().map(|shift| shift.paid()).sum();
        let owed = &mut agent.weeks[week];
        let least = if cannot.is_empty() { owed.min } else { owed.min.min(left) };
        freed.push(owed.min - least);
        owed.min = least;
        if !cannot.is_empty() {
            // What was worked before the absence was told is worked, whatever is credited for the rest.
            owed.max = owed.max.max(left);
        }
    }
    let mut weeks = freed.into_iter();
    for settled in &mut agent.settlement {
        let less: Minutes = weeks.by_ref().take(settled.weeks as usize).sum();
        settled.minutes.min = (settled.minutes.min - less).max(Minutes::ZERO);
    }
}

/// Shifts keep the names that they had, and those that are as they were promised keep their status and lock. A new shift whose name was given
/// to another, by hand, gets a number behind it.
pub(super) fn keep_names(shifts: &mut [Shift], promised: &[Shift]) {
    let mut taken: BTreeSet<ShiftId> = promised.iter().map(|shift| shift.id.clone()).collect();
    for shift in shifts {
        let before = promised.iter().find(|before| before.agent == shift.agent && before.date == shift.date);
        let Some(before) = before else {
            let plain = shift.id.clone();
            let names =
                std::iter::once(plain.clone()).chain((2..).map(|number| ShiftId::new(format!("{plain}-{number}"))));
            shift.id = names.into_iter().find(|name| !taken.contains(name)).unwrap_or(plain);
            taken.insert(shift.id.clone());
            continue;
        };
        shift.id = before.id.clone();
        if shift.pieces == before.pieces {
            (shift.status, shift.locked) = (before.status, before.locked);
        }
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
    let is_there = shift.is_none_or(|shift| can_be_there(agent, shift));
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

/// Whether nothing keeps an agent from a shift.
fn can_be_there(agent: &Agent, shift: &Shift) -> bool {
    let is_blocked = |span: Span| agent.blocks.iter().any(|block| block.span.overlaps(&span));
    !shift.present().any(is_blocked)
}

/// Sessions that several attend together at the times that they have; who has none may join any. Who leads one is asked to again.
fn settled_as_promised(workforce: &Workforce, shifts: &[Shift]) -> Workforce {
    let mut settled = workforce.clone();
    for kind in workforce.activities.iter().filter(|kind| kind.is_shared()) {
        let all = times_of(kind.id, shifts.iter());
        for (at, agent) in settled.agents.iter_mut().enumerate() {
            let own = times_of(kind.id, shifts.iter().filter(|shift| shift.agent.0 == at));
            let mut owes = false;
            for owed in agent.owed.iter_mut().filter(|owed| owed.activity == kind.id) {
                owes = true;
                let within = |times: &[Instant]| -> Vec<Instant> {
                    times.iter().copied().filter(|at| owed.within.from <= *at && *at < owed.within.until).collect()
                };
                let times = within(&own);
                owed.starts = Some(if times.is_empty() { within(&all) } else { times });
            }
            if let (false, Some(first), Some(last)) = (owes, own.first(), own.last()) {
                agent.owed.push(leading(kind, workforce, Span { from: *first, until: *last }, own.clone()));
            }
        }
    }
    settled
}

/// The sessions that somebody leads who owes none: dear to give up, since nobody could attend them.
fn leading(kind: &ActivityKind, workforce: &Workforce, times: Span, starts: Vec<Instant>) -> OwedSessions {
    let owed = || workforce.agents.iter().flat_map(|agent| &agent.owed).filter(|owed| owed.activity == kind.id);
    let within = Span { from: times.from - Minutes::hours(24).duration(), until: times.until + kind.length.duration() };
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

/// When the sessions of a kind in some shifts start, in order.
fn times_of<'a>(of: ActivityId, shifts: impl Iterator<Item = &'a Shift>) -> Vec<Instant> {
    let is_one = |activity: Activity| matches!(activity, Activity::Session { of: kind, .. } if kind == of);
    let pieces = shifts.flat_map(|shift| &shift.pieces).filter(|piece| is_one(piece.activity));
    let mut times: Vec<Instant> = pieces.map(|piece| piece.span.from).collect();
    times.sort_unstable();
    times.dedup();
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AgentIx, SiteIx};
    use crate::domain::roster::{Piece, ShiftStatus};

    fn shift(id: &str, date: &str, hour: u32) -> Shift {
        let from: Instant = format!("{date}T{hour:02}:00:00Z").parse().expect("an instant");
        let span = Span { from, until: from + Minutes::hours(8).duration() };
        let pieces = vec![Piece { activity: Activity::Work, span }];
        Shift::draft(ShiftId::new(id), AgentIx(0), SiteIx(0), date.parse().expect("a date"), pieces)
    }

    #[test]
    fn names_are_kept_and_none_is_given_twice() {
        // By hand the shift of the 3rd was moved to the 4th and kept its name; now there is one on the 3rd again.
        let mut told = shift("a1-2026-12-03", "2026-12-04", 8);
        (told.status, told.locked) = (ShiftStatus::Published, true);
        let mut shifts = [shift("a1-2026-12-03", "2026-12-03", 8), shift("a1-2026-12-04", "2026-12-04", 8)];
        keep_names(&mut shifts, &[told.clone()]);
        assert_eq!(shifts.each_ref().map(|shift| shift.id.as_str()), ["a1-2026-12-03-2", "a1-2026-12-03"]);
        assert_eq!((shifts[1].status, shifts[1].locked), (ShiftStatus::Published, true));
        // At other hours it is a draft.
        let mut moved = [shift("a1-2026-12-04", "2026-12-04", 9)];
        keep_names(&mut moved, &[told]);
        assert_eq!((moved[0].id.as_str(), moved[0].status), ("a1-2026-12-03", ShiftStatus::Draft));
    }
}
