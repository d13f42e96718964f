//! Who answered what: agents and the queues they take, from records of contacts. How fast they are is found in [`super::paces`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};

use crate::domain::contact_records::{FoundAgent, FoundBreadth, FoundLearning, FoundSkill};

use super::contacts::{Contact, Ending};
use super::pace_model::Cell;
use super::paces::{Paces, paces};
use crate::ingest::import::stated::said::Said;
use crate::ingest::mixing::MixedMap;
use tr::tr;

/// An agent takes a queue who handled so many of its contacts, if they are such a share of the agent's own or, of a small
/// queue, half of what each of its agents would have handled in equal parts.
const CONTACTS: f64 = 5.0;
const SHARE: f64 = 0.02;
const OF_EQUAL_PART: f64 = 0.5;

/// What the agents of some contacts handled.
#[derive(Debug, Default)]
pub(in crate::ingest::import) struct AgentsSeen {
    /// By agent, queue and week since 1970.
    of: MixedMap<(u32, u32, i64), Handled>,
    /// Days with contacts, since 1970, by agent; and the last of them that was added, which most contacts share with the one before.
    days: MixedMap<u32, (BTreeSet<i64>, i64)>,
}

/// Contacts handled.
#[derive(Clone, Copy, Debug, Default)]
struct Handled {
    contacts: f64,
    /// Handle times added up, seconds, and the contacts of which that is the sum.
    time: f64,
    timed: f64,
    /// Days of them added up, since 1970, and the first.
    days: f64,
    first_day: Option<i64>,
}

impl Handled {
    fn add(&mut self, others: Self) {
        self.contacts += others.contacts;
        self.time += others.time;
        self.timed += others.timed;
        self.days += others.days;
        self.first_day = self.first_day.into_iter().chain(others.first_day).min();
    }
}

impl AgentsSeen {
    /// Takes in one contact.
    pub(in crate::ingest::import) fn add(&mut self, contact: &Contact) {
        let Some(agent) = contact.agent.filter(|_| contact.ending == Ending::Handled) else { return };
        let day = contact.arrival.div_euclid(DAY_S);
        let (days, last) = self.days.entry(agent).or_default();
        if *last != day || days.is_empty() {
            days.insert(day);
            *last = day;
        }
        self.of.entry((agent, contact.queue, day.div_euclid(7))).or_default().add(Handled {
            contacts: contact.share,
            time: contact.handle_time.map_or(0.0, |time| time * contact.share),
            timed: contact.handle_time.map_or(0.0, |_| contact.share),
            days: contact.share * day as f64,
            first_day: Some(day),
        });
    }

    /// Takes in what was seen elsewhere, under other numbers of agents and queues.
    pub(in crate::ingest::import) fn take_in(&mut self, others: Self, agents: &[u32], queues: &[u32]) {
        for ((agent, queue, week), handled) in others.of {
            self.of.entry((agents[agent as usize], queues[queue as usize], week)).or_default().add(handled);
        }
        for (agent, (days, last)) in others.days {
            let own = self.days.entry(agents[agent as usize]).or_default();
            own.0.extend(days);
            own.1 = last;
        }
    }
}

/// Who handled the contacts, in the order of names, and what makes handle times longer.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct FoundPeople {
    pub(in crate::ingest::import) agents: Vec<FoundAgent>,
    pub(in crate::ingest::import) learning: Option<FoundLearning>,
    pub(in crate::ingest::import) breadth: Option<FoundBreadth>,
    /// Those who came after the records began, where they are too few to tell how fast newcomers learn.
    pub(in crate::ingest::import) too_few: usize,
}

/// What was seen, with names.
pub(in crate::ingest::import) fn people(seen: &AgentsSeen, names: &[String], queues: &[String]) -> FoundPeople {
    let found = paces(&cells(seen, names, queues));
    let mut of: BTreeMap<u32, BTreeMap<u32, Handled>> = BTreeMap::new();
    for ((agent, queue, _), handled) in &seen.of {
        of.entry(*agent).or_default().entry(*queue).or_default().add(*handled);
    }
    let mut all: BTreeMap<u32, f64> = BTreeMap::new();
    for (queue, handled) in of.values().flatten() {
        *all.entry(*queue).or_default() += handled.contacts;
    }
    let equal_part = |queue: &u32| {
        let takers = of.values().filter(|handled| handled.contains_key(queue)).count();
        all[queue] / takers.max(1) as f64
    };
    let agent = |(agent, handled): (&u32, &BTreeMap<u32, Handled>)| {
        let total: f64 = handled.values().map(|handled| handled.contacts).sum();
        let is_taken = |(queue, handled): &(&u32, &Handled)| {
            handled.contacts >= CONTACTS.max((SHARE * total).min(OF_EQUAL_PART * equal_part(queue)))
        };
        let mut taken: Vec<(f64, &String, u32)> = handled
            .iter()
            .filter(is_taken)
            .map(|(queue, handled)| (handled.contacts, &queues[*queue as usize], *queue))
            .collect();
        taken.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let (days, _) = &seen.days[agent];
        let span = days.last().zip(days.first()).map_or(0, |(last, first)| last - first + 1);
        FoundAgent {
            name: names[*agent as usize].clone(),
            queues: taken.into_iter().map(|(_, name, queue)| skill(&found, (*agent, queue), name)).collect(),
            contacts: total,
            days: days.len(),
            weeks: (span as f64 / 7.0).max(1.0),
        }
    };
    let mut agents: Vec<FoundAgent> = of.iter().map(agent).filter(|agent| !agent.queues.is_empty()).collect();
    agents.sort_by(|a, b| a.name.cmp(&b.name));
    FoundPeople { agents, learning: found.learning, breadth: found.breadth, too_few: found.too_few }
}

fn skill(found: &Paces, key: (u32, u32), name: &str) -> FoundSkill {
    let date = |day: i64| Some(DateTime::from_timestamp(day * DAY_S, 0)?.date_naive());
    let pace = found.of.get(&key).copied().unwrap_or(1.0);
    let since: Option<NaiveDate> = found.since.get(&key).and_then(|day| date(*day));
    FoundSkill { queue: name.to_owned(), pace: (pace * 100.0).round() / 100.0, since }
}

/// Says what makes handle times longer.
pub(in crate::ingest::import) fn tell(found: &FoundPeople, said: &mut Said) {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    if let Some(FoundLearning { curve, error, newcomers }) = found.learning {
        let (extra, error, half) = (percent(curve.extra), percent(error), format!("{:.0}", curve.half_gone_after()));
        let key = format!("[learning] extra = {:.2}, weeks = {}", curve.extra, curve.weeks);
        said.found(tr!(
            "newcomers need {extra} (± {error}) longer at first, half of it is gone after {half} weeks: {newcomers} of them tell; {key}",
            extra,
            error,
            half,
            newcomers,
            key
        ));
    }
    if found.too_few > 0 {
        said.found(tr!(
            "{n} person began within the records, too few to tell how fast newcomers learn: the speed is that of all those weeks"
                | "{n} people began within the records, too few to tell how fast newcomers learn: their speeds are those of all those weeks"
                    % found.too_few
        ));
    }
    if let Some(FoundBreadth { two_queues, error }) = found.breadth {
        let (longer, error) = (percent(two_queues), percent(error));
        said.found(tr!(
            "who takes two queues in equal parts needs {longer} (± {error}) longer than with one alone; it is part of the speeds",
            longer,
            error
        ));
    }
}

/// Seconds of a day.
const DAY_S: i64 = 86_400;

/// Contacts whose handle times are known, by names and weeks: an order that does not depend on that of the records.
fn cells(seen: &AgentsSeen, names: &[String], queues: &[String]) -> Vec<Cell> {
    let timed = seen.of.iter().filter(|(_, handled)| handled.timed > 0.0 && handled.time > 0.0);
    let cell = |((agent, queue, week), handled): (&(u32, u32, i64), &Handled)| Cell {
        agent: *agent,
        queue: *queue,
        week: *week,
        contacts: handled.timed,
        seconds: handled.time / handled.timed,
        first_day: handled.first_day.unwrap_or(week * 7),
        mean_day: handled.days / handled.contacts,
    };
    let mut cells: Vec<Cell> = timed.map(cell).collect();
    cells.sort_by_key(|cell| (&queues[cell.queue as usize], cell.week, &names[cell.agent as usize]));
    cells
}
