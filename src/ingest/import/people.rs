//! Who answered what: agents, the queues they take and their pace, from records of contacts.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contact_records::FoundAgent;

use super::contacts::{Contact, Ending};

/// An agent takes a queue who handled so many of its contacts, if they are such a share of the agent's own or, of a small
/// queue, half of what each of its agents would have handled in equal parts.
const CONTACTS: f64 = 5.0;
const SHARE: f64 = 0.02;
const OF_EQUAL_PART: f64 = 0.5;
/// Contacts that count for the queue's own pace beside an agent's, so that few contacts make nobody fast or slow.
const PRIOR: f64 = 50.0;

/// Agents in the order of their names.
pub(super) fn agents(contacts: &[Contact], names: &[String], queues: &[String]) -> Vec<FoundAgent> {
    #[derive(Default)]
    struct Handled {
        contacts: f64,
        time: f64,
        timed: f64,
    }
    let mut of: BTreeMap<u32, BTreeMap<u32, Handled>> = BTreeMap::new();
    let mut days: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
    let mut usual: BTreeMap<u32, Handled> = BTreeMap::new();
    for contact in contacts.iter().filter(|contact| contact.ending == Ending::Handled) {
        let Some(agent) = contact.agent else { continue };
        days.entry(agent).or_default().insert(contact.arrival.div_euclid(86_400));
        let own = of.entry(agent).or_default().entry(contact.queue).or_default();
        for handled in [own, usual.entry(contact.queue).or_default()] {
            handled.contacts += contact.share;
            handled.time += contact.handle_time.map_or(0.0, |time| time * contact.share);
            handled.timed += contact.handle_time.map_or(0.0, |_| contact.share);
        }
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
            let days = &days[agent];
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
