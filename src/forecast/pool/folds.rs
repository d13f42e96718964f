//! Rolling origins within a queue's own history: what the methods would have said (Tashman, IJF 16, 2000).
//!
//! Each fold forgets everything after its origin, learns anew and forecasts the days that followed. From their errors
//! come the weights of the methods ([`super::combination`]) and the noise of the bands ([`crate::forecast::noise::dispersion`]).

use rayon::prelude::*;

use crate::domain::time::IntervalGrid;
use crate::forecast::baseline::method::Method;
use crate::forecast::calendar::local_days::signed;
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::noise::dispersion::{BUCKETS, ForecastOutcome, Noise, bucket};
use crate::forecast::params::ForecastParams;

use super::combination::{Combination, ErrorProducts, Known, METHODS, Weights};
use super::fit_beside_others::fit_beside_others;

/// Contacts of the mean interval below which single intervals tell nothing.
const SPARSE: f64 = 1.0;
/// History an origin needs before it.
const LEAST_TRAINING_DAYS: i64 = 21;

/// The earlier origins of a queue, and what follows from them.
pub(crate) struct MethodChoice {
    /// How the methods are weighed.
    pub(crate) combination: Combination,
    regions: usize,
    folds: Vec<Fold>,
}

/// Whose noise is asked for.
#[derive(Clone, Copy)]
pub(crate) enum NoiseOf {
    /// One method, by its position among [`Method::ALL`].
    Method(usize),
    /// All methods, weighed.
    Combination,
}

/// Weighs all methods with the first `known` intervals alone, for forecasts up to `lead_days` ahead.
pub(super) fn choose(
    history: &QueueHistory<'_>,
    known: usize,
    lead_days: u32,
    params: &ForecastParams,
) -> MethodChoice {
    let per_day = 1440 / history.grid.interval().get().max(1);
    let horizon_days = i64::from(lead_days.max(7).min(params.fold_horizon_days));
    let first = first_known(history, known);
    let origins: Vec<usize> = (0..params.folds)
        .map(|fold| signed(known) - (horizon_days + signed(fold) * i64::from(params.fold_step_days)) * per_day)
        .filter(|origin| origin - first >= LEAST_TRAINING_DAYS * per_day)
        .filter_map(|origin| usize::try_from(origin).ok())
        .collect();
    let horizon = usize::try_from(horizon_days * per_day).unwrap_or(0);
    let folds: Vec<Fold> = (0..)
        .zip(&origins)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(number, origin)| Fold::run(history, number, *origin, horizon, params))
        .collect();
    let known_of = Known {
        is_seasoned: signed(known) - first >= i64::from(params.season_from_days) * per_day,
        is_sparse: is_sparse(history, known),
    };
    let combination = if folds.is_empty() {
        Combination::only(Method::DayTypeAverage)
    } else {
        let mut errors = std::array::from_fn(|_| ErrorProducts::none());
        for fold in &folds {
            fold.add_errors(&mut errors);
        }
        Combination::weigh(&errors, known_of)
    };
    MethodChoice { combination, regions: history.regions.len(), folds }
}

impl MethodChoice {
    /// The noise of the whole queue around a method's forecasts.
    pub(crate) fn noise(&self, of: NoiseOf) -> Noise {
        Noise::fit(&self.folds.iter().flat_map(|fold| fold.whole(|ahead| self.weights(of, ahead))).collect::<Vec<_>>())
    }

    /// The noise of each region around the combined forecasts.
    pub(crate) fn region_noises(&self) -> Vec<Noise> {
        let of = |region: usize| {
            let outcomes = self.folds.iter().flat_map(|fold| fold.region(region, |ahead| *self.combination.at(ahead)));
            outcomes.collect::<Vec<_>>()
        };
        (0..self.regions).map(|region| Noise::fit(&of(region))).collect()
    }

    fn weights(&self, of: NoiseOf, days_ahead: u32) -> Weights {
        match of {
            NoiseOf::Combination => *self.combination.at(days_ahead),
            NoiseOf::Method(method) => std::array::from_fn(|at| if at == method { 1.0 } else { 0.0 }),
        }
    }
}

/// Whether the mean interval that was counted has less than [`SPARSE`] contacts.
fn is_sparse(history: &QueueHistory<'_>, known: usize) -> bool {
    let counted = history.regions.iter().filter_map(|region| region.offered);
    let counts = counted.flat_map(|counts| counts.iter().take(known).flatten());
    let (contacts, intervals) = counts.fold((0.0, 0.0), |sum, count| (sum.0 + count, sum.1 + 1.0));
    contacts < SPARSE * intervals
}

/// The first interval with anything known.
fn first_known(history: &QueueHistory<'_>, known: usize) -> i64 {
    let counts = || history.regions.iter().filter_map(|region| region.offered);
    (0..known).find(|at| counts().any(|counts| counts.get(*at).is_some())).map_or(signed(known), signed)
}

/// One origin: what every method said, and what came.
struct Fold {
    target: Target,
    number: u32,
    /// Per region and interval, contacts each method said.
    offered: Vec<Vec<Weights>>,
    /// Per region; NaN where nothing is known or the region is closed.
    actual: Vec<Vec<f64>>,
}

impl Fold {
    fn run(history: &QueueHistory<'_>, number: u32, origin: usize, horizon: usize, params: &ForecastParams) -> Self {
        let from = history.grid.start_of(origin);
        let until = history.grid.start_of(origin + horizon);
        let target = Target::new(IntervalGrid::covering(from, until, history.grid.interval()), history, from);
        let fit = fit_beside_others(history, origin, from, params);
        let mut offered = vec![vec![[0.0; METHODS]; target.grid.len()]; history.regions.len()];
        for (at, by_region) in fit.pool(&target, params).iter().enumerate() {
            for (offered, parts) in offered.iter_mut().zip(by_region) {
                offered.iter_mut().enumerate().for_each(|(interval, said)| said[at] = parts.offered(interval));
            }
        }
        let actual = history.regions.iter().enumerate().map(|(region, of)| {
            let known =
                |at: usize| of.offered.filter(|_| target.open[region][at]).and_then(|counts| counts.get(origin + at));
            (0..target.grid.len()).map(|at| known(at).unwrap_or(f64::NAN)).collect()
        });
        Self { actual: actual.collect(), number, offered, target }
    }

    /// Adds each day's errors to its bucket.
    fn add_errors(&self, errors: &mut [ErrorProducts; BUCKETS]) {
        let intervals = self.known(0, |at| self.sum(at));
        for day in intervals.chunk_by(|one, next| one.0 == next.0) {
            let pairs: Vec<(Weights, f64)> = day.iter().map(|(_, pair)| *pair).collect();
            errors[bucket(day[0].0 + 1)].add_day(&pairs);
        }
    }

    fn whole(&self, weights: impl Fn(u32) -> Weights) -> Vec<ForecastOutcome> {
        self.outcomes(&self.known(0, |at| self.sum(at)), weights)
    }

    fn region(&self, region: usize, weights: impl Fn(u32) -> Weights) -> Vec<ForecastOutcome> {
        let pair =
            |at: usize| Some((self.offered[region][at], self.actual[region][at])).filter(|pair| !pair.1.is_nan());
        self.outcomes(&self.known(region, pair), weights)
    }

    /// What was said and what came over the regions known in an interval.
    fn sum(&self, at: usize) -> Option<(Weights, f64)> {
        let known = (0..self.actual.len()).filter(|region| !self.actual[*region][at].is_nan());
        known
            .map(|region| (self.offered[region][at], self.actual[region][at]))
            .reduce(|sum, more| (std::array::from_fn(|method| sum.0[method] + more.0[method]), sum.1 + more.1))
    }

    /// Days after the first, said and come, of every interval that is known.
    fn known(&self, clock: usize, pair: impl Fn(usize) -> Option<(Weights, f64)>) -> Vec<(u32, (Weights, f64))> {
        let placement = &self.target.placements[clock];
        let first = placement.date(0);
        let day = |at: usize| u32::try_from((placement.of(at).0 - first).num_days()).unwrap_or(0);
        (0..self.target.grid.len()).filter_map(|at| Some((day(at), pair(at)?))).collect()
    }

    fn outcomes(&self, known: &[(u32, (Weights, f64))], weights: impl Fn(u32) -> Weights) -> Vec<ForecastOutcome> {
        let outcome = |(day, (said, actual)): &(u32, (Weights, f64))| {
            let forecast = said.iter().zip(weights(day + 1)).map(|(said, weight)| said * weight).sum();
            ForecastOutcome { day: self.number * 1000 + day, days_ahead: day + 1, forecast, actual: *actual }
        };
        known.iter().map(outcome).collect()
    }
}
