//! Who answered what: agents, the queues they take and their pace, from records of contacts.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contact_records::FoundAgent;

use super::contacts::{Contact, Ending};
use crate::ingest::mixing::MixedMap;

/// An agent takes a queue who handled so many of its contacts, if they are such a share of the agent's own or, of a small
/// queue, half of what each of its agents would have handled in equal parts.
const CONTACTS: f64 = 5.0;
const SHARE: f64 = 0.02;
const OF_EQUAL_PART: f64 = 0.5;
/// Contacts that count for the queue's own pace beside an agent's, so that few contacts make nobody fast or slow.
const PRIOR: f64 = 50.0;

/// What the agents of some contacts handled.
#[derive(Debug, Default)]
pub(in crate::ingest::import) struct AgentsSeen {
    /// By agent and queue.
    of: MixedMap<(u32, u32), Handled>,
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
}

impl Handled {
    fn add(&mut self, others: Self) {
        self.contacts += others.contacts;
        self.time += others.time;
        self.timed += others.timed;
    }
}

impl AgentsSeen {
    /// Takes in one contact.
    pub(in crate::ingest::import) fn add(&mut self, contact: &Contact) {
        let Some(agent) = contact.agent.filter(|_| contact.ending == Ending::Handled) else { return };
        let day = contact.arrival.div_euclid(86_400);
        let (days, last) = self.days.entry(agent).or_default();
        if *last != day || days.is_empty() {
            days.insert(day);
            *last = day;
        }
        self.of.entry((agent, contact.queue)).or_default().add(Handled {
            contacts: contact.share,
            time: contact.handle_time.map_or(0.0, |time| time * contact.share),
            timed: contact.handle_time.map_or(0.0, |_| contact.share),
        });
    }

    /// Takes in what was seen elsewhere, under other numbers of agents and queues.
    pub(in crate::ingest::import) fn take_in(&mut self, others: Self, agents: &[u32], queues: &[u32]) {
        for ((agent, queue), handled) in others.of {
            self.of.entry((agents[agent as usize], queues[queue as usize])).or_default().add(handled);
        }
        for (agent, (days, last)) in others.days {
            let own = self.days.entry(agents[agent as usize]).or_default();
            own.0.extend(days);
            own.1 = last;
        }
    }
}

/// Agents in the order of their names.
pub(in crate::ingest::import) fn agents(seen: &AgentsSeen, names: &[String], queues: &[String]) -> Vec<FoundAgent> {
    let mut of: BTreeMap<u32, BTreeMap<u32, Handled>> = BTreeMap::new();
    for ((agent, queue), handled) in &seen.of {
        of.entry(*agent).or_default().insert(*queue, *handled);
    }
    let mut usual: BTreeMap<u32, Handled> = BTreeMap::new();
    for (queue, handled) in of.values().flatten() {
        usual.entry(*queue).or_default().add(*handled);
    }
    let equal_part = |queue: &u32| {
        let takers = of.values().filter(|handled| handled.contains_key(queue)).count();
        usual[queue].contacts / takers.max(1) as f64
    };
    let mut agents: Vec<FoundAgent> = of
        .iter()
        .map(|(agent, handled)| {
            let total: f64 = handled.values().map(|handled| handled.contacts).sum();
            let mut taken: Vec<(f64, String, f64)> = handled
                .iter()
                .filter(|(queue, handled)| {
                    let least = (SHARE * total).min(OF_EQUAL_PART * equal_part(queue));
                    handled.contacts >= CONTACTS.max(least)
                })
                .map(|(queue, handled)| {
                    let all = &usual[queue];
                    let mean = if all.timed > 0.0 { all.time / all.timed } else { 0.0 };
                    let own = (handled.time + PRIOR * mean) / (handled.timed + PRIOR);
                    let pace = if own > 0.0 { (mean / own).clamp(0.5, 2.0) } else { 1.0 };
                    (handled.contacts, queues[*queue as usize].clone(), (pace * 100.0).round() / 100.0)
                })
                .collect();
            taken.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let (days, _) = &seen.days[agent];
            let span = days.last().zip(days.first()).map_or(0, |(last, first)| last - first + 1);
            FoundAgent {
                name: names[*agent as usize].clone(),
                queues: taken.into_iter().map(|(_, queue, pace)| (queue, pace)).collect(),
                contacts: total,
                days: days.len(),
                weeks: (span as f64 / 7.0).max(1.0),
            }
        })
        .filter(|agent| !agent.queues.is_empty())
        .collect();
    agents.sort_by(|a, b| a.name.cmp(&b.name));
    agents
}
