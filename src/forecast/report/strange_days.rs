//! Open days far from what was expected that nobody declared special: among them are the holidays that are not listed.

use crate::domain::explanation::StrangeDay;
use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::pool::queue_fit::QueueFit;

/// How far below and above the expected a day counts as strange, as a share of it.
const BELOW: f64 = 0.75;
const ABOVE: f64 = 1.35;
/// Robust weight up to which a day lies beyond chance.
const BEYOND_CHANCE: f64 = 0.3;
/// Expected contacts of a day from which its size says anything.
const LEAST_EXPECTED: f64 = 30.0;
/// Share of a day's shape that must have been counted.
const LEAST_KNOWN: f64 = 0.5;

/// Every such day of the first `known` intervals, by region, then date.
pub(crate) fn strange_days(history: &QueueHistory<'_>, fit: &QueueFit<'_>, known: usize) -> Vec<StrangeDay> {
    let mut strange = Vec::new();
    for (region, profile) in fit.profiles().iter().enumerate() {
        let of = &history.regions[region];
        let Some((profile, raw)) = profile.as_ref().zip(of.days(of.offered, known)) else { continue };
        let mut outages = std::collections::BTreeMap::new();
        for (at, counted) in of.outages.iter().filter(|(at, _)| *at < known) {
            *outages.entry(of.placement.of(*at).0).or_insert(0.0) += counted;
        }
        for day in 0..raw.len() {
            let date = raw.date(day);
            if !of.calendar.is_open_day(date) || !of.calendar.marks(date).is_empty() {
                continue;
            }
            let shape = profile.shape.of(date);
            let cells = raw.day(day).iter().zip(shape).filter(|(count, _)| !count.is_nan());
            let (mut counted, share) = cells.fold((0.0, 0.0), |sum, (count, share)| (sum.0 + count, sum.1 + share));
            let outage = outages.get(&date).copied();
            counted += outage.unwrap_or(0.0);
            let expected = profile.total(date) * if outage.is_some() { 1.0 } else { share };
            let is_known = outage.is_some() || share >= LEAST_KNOWN;
            let is_far =
                outage.is_some() || profile.level.robust()[day] <= BEYOND_CHANCE || profile.levels.is_in_burst(day);
            let factor = counted / expected;
            if is_known && is_far && expected >= LEAST_EXPECTED && !(BELOW..=ABOVE).contains(&factor) {
                strange.push(StrangeDay { region, date, factor });
            }
        }
    }
    strange
}
