//! A session that gets a time, and those who are told of it.

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::ids::ActivityId;
use crate::domain::span::Span;
use crate::domain::time::{Instant, LocalDay};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::roster::instance::Instance;

/// Who still owes a session of a kind, in which entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) agent: usize,
    pub(super) entry: usize,
    pub(super) price: Money,
}

/// A session that has its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) start: usize,
    pub(super) attending: usize,
}

/// What is due without a time yet, and the sessions that have one.
pub(super) struct Left {
    pub(super) due: Vec<Due>,
    pub(super) held: Vec<Held>,
}

/// A session with a time.
pub(super) struct Session {
    pub(super) start: usize,
    pub(super) attending: Vec<Due>,
    pub(super) leader: Option<usize>,
    /// What it is worth beyond its cost.
    pub(super) gain: f64,
}

impl Session {
    pub(super) fn held(&self) -> Held {
        Held { start: self.start, attending: self.attending.len() }
    }
}

/// Tells people the time of a session that they attend or lead.
pub(super) fn tell(
    instance: &Instance<'_>,
    kind: &ActivityKind,
    session: &Session,
    due: &mut Vec<Due>,
    workforce: &mut Workforce,
) {
    let at = instance.slot_grid.instant(session.start);
    let all: Money = session.attending.iter().map(|due| due.price).sum();
    let is_least = kind.group.as_ref().is_some_and(|group| session.attending.len() <= group.least as usize);
    for of in &session.attending {
        let owed = &mut workforce.agents[of.agent].owed[of.entry];
        owed.starts.get_or_insert_default().push(at);
        // Whoever stays away leaves too few: then nobody attends.
        owed.price = if is_least { owed.price.max(all) } else { owed.price };
        let place = due.iter().position(|other| (other.agent, other.entry) == (of.agent, of.entry));
        place.map(|place| due.remove(place));
    }
    if let Some(leader) = session.leader {
        lead(&mut workforce.agents[leader].owed, kind.id, (at, all), &instance.library(leader).dates);
        due.retain(|due| due.agent != leader || !is_at(workforce, due, at));
    }
}

/// An agent is to lead a session that is worth so much: who owes one then attends by that, who does not is asked to, on a day of the own site.
fn lead(owed: &mut Vec<OwedSessions>, activity: ActivityId, (at, worth): (Instant, Money), dates: &[LocalDay]) {
    let of_kind = || owed.iter().filter(|owed| owed.activity == activity);
    if of_kind().any(|owed| owed.holds(at)) {
        for known in owed.iter_mut().filter(|owed| owed.activity == activity && owed.holds(at)) {
            let starts = known.starts.get_or_insert_default();
            starts.push(at);
            known.times = known.times.max(u32::try_from(starts.len()).unwrap_or(u32::MAX));
            known.price = known.price.max(worth);
        }
        return;
    }
    // Beside what is owed in other weeks it is the day alone; else the whole plan, so that one entry holds all that is led.
    let is_then = |day: &&LocalDay| of_kind().next().is_none() || day.start <= at && at < day.end;
    let (first, last) = (dates.iter().find(is_then), dates.iter().rfind(is_then));
    if let (Some(first), Some(last)) = (first, last) {
        let within = Span { from: first.start, until: last.end };
        owed.push(OwedSessions { activity, times: 1, within, starts: Some(vec![at]), price: worth });
    }
}

/// Whether what is due to someone is settled for a time.
fn is_at(workforce: &Workforce, due: &Due, at: Instant) -> bool {
    let starts = workforce.agents[due.agent].owed[due.entry].starts.as_ref();
    starts.is_some_and(|starts| starts.contains(&at))
}
