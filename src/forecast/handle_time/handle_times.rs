//! Handle times of a queue's regions over the plan, events included.
//!
//! The contacts an event causes take `f` times as long as others, so an interval of which they are the share `s` takes
//! `1 + s (f − 1)` times as long. `f` is stated, or learned per kind from past events: a regression of what handle times
//! lie above their usual on `s`, weighted by contacts and shrunk towards no difference.

use std::collections::BTreeMap;

use crate::domain::event::EventKind;
use crate::domain::explanation::HandleTimeAccuracy;
use crate::domain::units::Seconds;
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::pool::parts::ForecastParts;
use crate::forecast::pool::queue_fit::QueueFit;

use super::aht::{AhtModel, VARIATION};
use super::ordinary::ordinary;
use super::spread::{Spread, spread};

/// Prior standard deviation of `f − 1`.
const FACTOR_SPREAD: f64 = 0.15;
/// Seconds above or below the usual, relative, beyond which an interval says nothing more.
const FAR: f64 = 1.0;

/// Handle times over the plan, and what they were made with.
pub(crate) struct HandleTimes {
    /// Seconds per region and interval.
    pub(crate) seconds: Vec<Vec<f64>>,
    /// Handle time of an event's contacts over that of others, learned by kind.
    pub(crate) factors: BTreeMap<EventKind, f64>,
    /// How far a day's mean may lie off, and how far it did; none where no handle times were counted.
    pub(crate) spread: Option<(Spread, HandleTimeAccuracy)>,
}

/// Seconds per region and interval: fitted where history tells, else as in the queue's other regions, else declared,
/// else zero.
pub(crate) fn handle_times(
    history: &QueueHistory<'_>,
    fit: &QueueFit<'_>,
    parts: &[ForecastParts],
    target: &Target,
    known: usize,
) -> HandleTimes {
    let models: Vec<Option<AhtModel>> =
        (0..history.regions.len()).map(|region| ordinary(history, fit, region, known)).collect();
    let factors = learned_factors(history, fit, &models, known);
    let declared = history.queue.declared_aht.map_or(0.0, Seconds::get);
    let any = models.iter().flatten().next();
    let of_region = |(region, model): (usize, &Option<AhtModel>)| {
        let mut seconds: Vec<f64> = (0..target.grid.len())
            .map(|at| {
                let (date, slot) = target.placements[region].of(at);
                model.as_ref().or(any).map_or(declared, |model| model.seconds(date, slot))
            })
            .collect();
        let usual = seconds.clone();
        for (known, extra) in fit.events.extras(region, &target.grid) {
            let factor = known.stated.aht_factor.or(factors.get(&known.event.kind).copied()).unwrap_or(1.0);
            for (at, seconds) in seconds.iter_mut().enumerate().filter(|(at, _)| target.open[region][*at]) {
                let offered = parts[region].offered(at);
                let share = if offered > 0.0 { (extra[at] / offered).min(1.0) } else { 0.0 };
                *seconds += usual[at] * share * (factor.max(0.0) - 1.0);
            }
        }
        seconds.iter().map(|seconds| seconds.max(0.0)).collect()
    };
    let seconds = models.iter().enumerate().map(of_region).collect();
    HandleTimes { seconds, factors, spread: any.map(|_| spread(history, fit, target, known)) }
}

fn learned_factors(
    history: &QueueHistory<'_>,
    fit: &QueueFit<'_>,
    models: &[Option<AhtModel>],
    known: usize,
) -> BTreeMap<EventKind, f64> {
    let mut sums: BTreeMap<EventKind, (f64, f64)> = BTreeMap::new();
    for (region, model) in models.iter().enumerate() {
        let (Some(model), of) = (model, &history.regions[region]) else { continue };
        for (event, extra) in fit.events.extras(region, &history.grid) {
            let sum = sums.entry(event.event.kind).or_default();
            for (at, extra) in extra.iter().enumerate().take(known).filter(|(_, extra)| **extra > 0.0) {
                let figures =
                    of.aht_s.and_then(|aht_s| aht_s.get(at)).zip(of.offered.and_then(|offered| offered.get(at)));
                let Some((seconds, contacts)) = figures.filter(|figures| figures.0 > 0.0 && figures.1 > 0.0) else {
                    continue;
                };
                let (date, slot) = of.placement.of(at);
                let above = (seconds / model.seconds(date, slot) - 1.0).clamp(-FAR, FAR);
                let share = (extra / contacts.max(*extra)).min(1.0);
                let weight = contacts / VARIATION;
                sum.0 += weight * share * above;
                sum.1 += weight * share * share;
            }
        }
    }
    sums.into_iter().map(|(kind, (above, below))| (kind, 1.0 + above / (below + FACTOR_SPREAD.powi(-2)))).collect()
}
