//! One queue's forecast at one origin, midnight or within a day: what the run and its back-test share.
//!
//! Within a day the rest of it is forecast from midnight and moved by what came since ([`crate::forecast::noise::hour_covariance`]); the days
//! after are forecast from all that is known, the part of a day among it.

use crate::domain::time::{Instant, IntervalGrid, local_date, start_of_day};
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::noise::dispersion::Noise;
use crate::forecast::noise::hour_covariance::{Cell, HOURS, hourly_errors};
use crate::forecast::params::ForecastParams;

use super::combination::Combination;
use super::fit_beside_others::fit_beside_others;
use super::folds::{MethodChoice, choose};
use super::parts::ForecastParts;
use super::queue_fit::{QueueFit, combine};

/// A queue fitted, its methods weighed, and what they say.
pub(crate) struct Prediction<'a> {
    /// Fitted to all that is known.
    pub(crate) fit: QueueFit<'a>,
    /// How the methods are weighed.
    pub(crate) choice: MethodChoice,
    /// What each method says, by region.
    pub(crate) pool: Vec<Vec<ForecastParts>>,
    /// What all say together, by region, not yet rounded.
    pub(crate) combined: Vec<ForecastParts>,
    /// Per interval, what is left of the day's variance where its morning is known.
    pub(crate) day_variance: Vec<Option<f64>>,
}

/// Forecasts the target from the first `known` intervals and the events known at `events_known`.
pub(crate) fn predict<'a>(
    history: &'a QueueHistory<'a>,
    known: usize,
    events_known: Instant,
    target: &Target,
    params: &ForecastParams,
) -> Prediction<'a> {
    let origin = history.grid.start_of(known);
    let midnight = last_midnight(history, known);
    let fit = fit_beside_others(history, known, events_known, params);
    let lead_days = u32::try_from((target.grid.end() - origin).num_days()).unwrap_or(0);
    let choice = choose(history, midnight, lead_days, params);
    let pool = fit.pool(target, params);
    let mut combined = combine(&pool, &choice.combination, target);
    let mut day_variance = vec![None; target.grid.len()];
    if midnight < known && target.grid.start() < day_end(history, known) {
        let at_midnight = fit_beside_others(history, midnight, events_known, params);
        let today = Today { midnight, known, end: day_end(history, known) };
        let noises = choice.region_noises();
        today.update(
            history,
            &at_midnight,
            &choice.combination,
            &noises,
            target,
            params,
            &mut combined,
            &mut day_variance,
        );
    }
    Prediction { fit, choice, pool, combined, day_variance }
}

/// How many intervals were known at the last midnight of the first region; all, if nothing was counted since.
fn last_midnight(history: &QueueHistory<'_>, known: usize) -> usize {
    let Some(region) = history.regions.first() else { return known };
    let zone = region.calendar.region().zone;
    let midnight = start_of_day(local_date(history.grid.start_of(known), zone), zone);
    let first = history.grid.range(history.grid.start(), midnight).end.min(known);
    let counted =
        |at: usize| history.regions.iter().any(|of| of.offered.is_some_and(|counts| counts.get(at).is_some()));
    if (first..known).any(counted) { first } else { known }
}

/// The next midnight of the first region.
fn day_end(history: &QueueHistory<'_>, known: usize) -> Instant {
    let origin = history.grid.start_of(known);
    let Some(region) = history.regions.first() else { return origin };
    let zone = region.calendar.region().zone;
    local_date(origin, zone).succ_opt().map_or(origin, |next| start_of_day(next, zone))
}

/// A day of which a part is known.
struct Today {
    midnight: usize,
    known: usize,
    end: Instant,
}

impl Today {
    /// Forecasts the whole day from midnight and moves its rest by what came.
    #[expect(clippy::too_many_arguments, reason = "a step of `predict`, which owns all of them")]
    fn update(
        &self,
        history: &QueueHistory<'_>,
        fit: &QueueFit<'_>,
        combination: &Combination,
        noises: &[Noise],
        target: &Target,
        params: &ForecastParams,
        combined: &mut [ForecastParts],
        day_variance: &mut [Option<f64>],
    ) {
        let start = history.grid.start_of(self.midnight);
        let day = Target::new(IntervalGrid::covering(start, self.end, history.grid.interval()), history, start);
        let parts = combine(&fit.pool(&day, params), combination, &day);
        let mut variances = vec![(0.0, 0.0); target.grid.len()];
        for (region, parts) in parts.iter().enumerate() {
            let per_hour = usize::try_from(60 / history.grid.interval().get().max(1)).unwrap_or(1).max(1);
            let cell = |at: usize| {
                let hour = (day.placements[region].of(at).1 / per_hour).min(HOURS - 1);
                Cell { hour, expected: parts.offered(at) }
            };
            let counts = history.regions[region].offered;
            let counted = (0..self.known - self.midnight)
                .filter(|at| day.open[region][*at] && parts.offered(*at) > 0.0)
                .filter_map(|at| Some((cell(at), counts?.get(self.midnight + at)?)))
                .map(|(cell, actual)| (cell.hour, (cell.expected + 0.25).sqrt(), (actual + 0.25).sqrt()));
            let errors = hourly_errors(HOURS, counted);
            let noise = noises[region].calibrated(1);
            let shift = fit
                .hour_covariance(region, params)
                .and_then(|covariance| covariance.with_day_variance(noise.week + noise.day).shift(&errors));
            for (at, spread) in variances.iter_mut().enumerate() {
                let Some(of_day) = day.grid.index_of(target.grid.start_of(at)) else { continue };
                let before = cell(of_day);
                let copied = &mut combined[region];
                (copied.baseline[at], copied.holiday[at]) = (parts.baseline[of_day], parts.holiday[of_day]);
                (copied.event[at], copied.doubt[at]) = (parts.event[of_day], parts.doubt[of_day]);
                let Some(shift) = shift.as_ref().filter(|_| before.expected > 0.0) else { continue };
                let now = shift.contacts(before);
                copied.scale(at, now / before.expected);
                spread.0 += shift.variance(before) * now * now;
                spread.1 += now;
            }
        }
        for (left, (variance, contacts)) in day_variance.iter_mut().zip(variances) {
            *left = (contacts > 0.0).then(|| variance / (contacts * contacts));
        }
    }
}
