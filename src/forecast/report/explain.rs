//! The explanation of a queue's forecast: what was learned of events, what they and holidays add, what looks wrong.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::domain::calendar::Holiday;
use crate::domain::event::EventKind;
use crate::domain::explanation::{Band, EventShare, Explanation, HolidayShare, LearnedKind, MethodWeight};
use crate::domain::forecast::Z90;
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::events::model::KindModel;
use crate::forecast::handle_time::handle_times::HandleTimes;
use crate::forecast::pool::parts::ForecastParts;
use crate::forecast::pool::queue_fit::QueueFit;

use super::findings::findings;
use super::strange_days::strange_days;

/// Events' worth of belief in the spread between events ([`crate::forecast::events::learning`], [`crate::forecast::events::kernel_fit`]).
const SPREAD_BELIEVED: f64 = 3.0;
/// Contacts of a day below which a holiday's part is not worth a line.
const LEAST_CONTACTS: f64 = 0.5;
/// Days from a holiday to the farthest day that feels it.
const REACH_DAYS: i64 = 4;

/// Explains a forecast from the parts that were given out.
pub(crate) fn explain(
    history: &QueueHistory<'_>,
    fit: &QueueFit<'_>,
    target: &Target,
    parts: &[ForecastParts],
    known: usize,
    handle_times: &HandleTimes,
    methods: Vec<MethodWeight>,
) -> Explanation {
    Explanation {
        methods,
        kinds: fit
            .events
            .kinds
            .iter()
            .map(|(kind, model)| learned(*kind, model, handle_times.factors.get(kind).copied().unwrap_or(1.0)))
            .collect(),
        handle_times: handle_times.spread.map(|(_, accuracy)| accuracy).filter(|accuracy| accuracy.days > 0),
        events: event_shares(fit, target),
        holidays: holiday_shares(history, target, parts),
        borrowed: fit.borrowed.as_ref().map(|borrowed| borrowed.told),
        findings: findings(history, fit, known),
        strange_days: strange_days(history, fit, known),
    }
}

fn learned(kind: EventKind, model: &KindModel, aht_factor: f64) -> LearnedKind {
    let half_life = model.shared.half_life_hours();
    let reach = reach(model.events);
    LearnedKind {
        kind,
        events: model.events,
        response: normal_band(model.response, reach * model.response_error),
        next_response: normal_band(model.response, reach * model.response_spread),
        half_life_hours: log_band(half_life, reach * model.half_life_error),
        next_half_life_hours: log_band(half_life, reach * model.half_life_spread),
        aht_factor,
    }
}

/// Deviations from the middle of an 80 % band to its ends, when the spread itself was estimated from so many events:
/// Student's t (Hartung & Knapp, Statistics in Medicine 20, 2001), with the freedom that the belief of the spread adds.
fn reach(events: usize) -> f64 {
    let freedom = events.saturating_sub(1) as f64 + SPREAD_BELIEVED;
    StudentsT::new(0.0, 1.0, freedom).map_or(Z90, |student| student.inverse_cdf(0.9))
}

/// The band of a figure that cannot be negative; `half` is from the middle to its upper end.
fn normal_band(middle: f64, half: f64) -> Band {
    Band { low: (middle - half).max(0.0), middle, high: middle + half }
}

/// The band of a positive figure with a relative standard deviation: log-normal of the same first two moments.
fn relative_band(middle: f64, relative: f64) -> Band {
    log_band(middle, Z90 * (relative * relative).ln_1p().sqrt())
}

fn log_band(middle: f64, half: f64) -> Band {
    Band { low: middle * (-half).exp(), middle, high: middle * half.exp() }
}

fn event_shares(fit: &QueueFit<'_>, target: &Target) -> Vec<EventShare> {
    let share = |known: &crate::forecast::events::model::KnownEvent<'_>| {
        let in_region = |region: usize| -> f64 {
            let extra = fit.events.extra(known, region, &target.grid).unwrap_or_default();
            extra.iter().zip(&target.open[region]).filter(|(_, open)| **open).map(|(extra, _)| extra).sum()
        };
        let contacts: f64 = (0..target.open.len()).map(in_region).sum();
        (contacts > 0.0)
            .then(|| EventShare { event: known.event.id.clone(), contacts: relative_band(contacts, known.spread) })
    };
    fit.events.events.iter().filter_map(share).collect()
}

fn holiday_shares(history: &QueueHistory<'_>, target: &Target, parts: &[ForecastParts]) -> Vec<HolidayShare> {
    let mut by_date: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for (parts, placement) in parts.iter().zip(&target.placements) {
        for (at, holiday) in parts.holiday.iter().enumerate().filter(|(_, holiday)| **holiday != 0.0) {
            *by_date.entry(placement.of(at).0).or_default() += holiday;
        }
    }
    let concerns = |holiday: &&Holiday| history.queue.regions.iter().any(|region| holiday.concerns(&region.id));
    let nearest = |date: NaiveDate| {
        let distance = |holiday: &&Holiday| (holiday.date - date).num_days().abs();
        let near = history.input.holidays.iter().filter(concerns).filter(|holiday| distance(holiday) <= REACH_DAYS);
        near.min_by_key(distance).map_or_else(String::new, |holiday| holiday.name.clone())
    };
    by_date
        .into_iter()
        .filter(|(_, contacts)| contacts.abs() >= LEAST_CONTACTS)
        .map(|(date, contacts)| HolidayShare { date, name: nearest(date), contacts })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_as_wide_in_ratio_on_both_sides() {
        let band = relative_band(10.0, 0.2);
        assert!((band.high / band.middle - band.middle / band.low).abs() < 1e-12 && band.holds(10.0));
        // σ² = ln 1.04: exp(1.2816 × 0.198) = 1.289.
        assert!((band.high - 12.89).abs() < 0.01, "{band:?}");
        let certain = relative_band(3.0, 0.0);
        assert!((certain.low - 3.0).abs() < 1e-12 && (certain.high - 3.0).abs() < 1e-12);
    }
}
