//! What the contacts of each queue tell of its customers and of its handle times.

use std::collections::BTreeMap;

use crate::domain::contact_records::Habits;

use super::contacts::{Contact, Ending};
use super::patience::patience;

/// Handle times from which a spread is told.
const FEW: usize = 50;

/// Queue by queue, in the order of their numbers.
pub(super) fn habits(contacts: &[Contact], names: &[String]) -> Vec<Habits> {
    let mut waits: BTreeMap<u32, Vec<(f64, bool)>> = BTreeMap::new();
    let mut times: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for contact in contacts {
        if let (Some(wait), true) = (contact.wait, contact.ending != Ending::Unknown) {
            waits.entry(contact.queue).or_default().push((wait, contact.ending == Ending::Abandoned));
        }
        if let Some(time) = contact.handle_time {
            times.entry(contact.queue).or_default().push(time);
        }
    }
    let of_queue = |(number, name): (u32, &String)| Habits {
        queue: name.clone(),
        patience: waits.get(&number).and_then(|waits| patience(waits)),
        handle_cv: times.get(&number).and_then(|times| spread(times)),
    };
    (0..).zip(names).map(of_queue).collect()
}

/// Standard deviation over mean.
fn spread(times: &[f64]) -> Option<f64> {
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (times.len() >= FEW && mean > 0.0).then(|| (variance.sqrt() / mean * 100.0).round() / 100.0)
}
