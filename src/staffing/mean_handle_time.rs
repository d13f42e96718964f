//! The handle time of a queue as a whole.

use crate::domain::queue::Queue;
use crate::domain::units::Seconds;

/// The mean handle time of what arrives, seconds, or the declared one where nothing does.
pub(super) fn mean_aht(queue: &Queue, contacts: &[f64], aht: &[f64]) -> f64 {
    let volume: f64 = contacts.iter().sum();
    let work: f64 = contacts.iter().zip(aht).map(|(contacts, aht)| contacts * aht).sum();
    if volume > 0.0 && work > 0.0 { work / volume } else { queue.declared_aht.map_or(0.0, Seconds::get) }
}
