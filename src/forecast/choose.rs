//! The method a queue is forecast by, judged from a few earlier origins (Tashman, IJF 16, 2000).
//!
//! Each fold forgets everything after its origin, learns anew and forecasts the days that followed. Errors of so few
//! days tell close methods apart by luck, so there is a method in possession: day total × share with its yearly season
//! where history is long enough to know one (no recent fold can show what the season ahead is worth), else the mean of
//! methods. Another takes its place when its days' errors are smaller by more than two standard errors of the paired
//! differences (the one-standard-error rule of Breiman et al. 1984, made stricter because folds overlap).
//! The errors of the method that wins are also what the noise is fitted from.

use rayon::prelude::*;

use crate::domain::time::IntervalGrid;

use super::dispersion::{Noise, Outcome};
use super::fit::QueueFit;
use super::local_days::signed;
use super::method::Method;
use super::params::ForecastParams;
use super::total_share::Memory;
use super::world::{QueueWorld, Target};

/// History an origin needs before it.
const LEAST_TRAINING_DAYS: i64 = 21;
/// Standard errors by which another method must lead.
const CLEAR_LEAD: f64 = 2.0;

/// The earlier origins of a queue, and the method chosen from them.
pub(super) struct Choice {
    /// Position of the method among [`Method::ALL`].
    pub(super) best: usize,
    regions: usize,
    folds: Vec<Fold>,
}

/// Chooses among all methods with the first `known` intervals alone, for forecasts up to `lead_days` ahead.
pub(super) fn choose(world: &QueueWorld<'_>, known: usize, lead_days: u32, params: &ForecastParams) -> Choice {
    let per_day = 1440 / world.grid.interval().get().max(1);
    let horizon_days = i64::from(lead_days.max(7).min(params.fold_horizon_days));
    let first = first_known(world, known);
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
        .map(|(number, origin)| Fold::run(world, number, *origin, horizon, params))
        .collect();
    let seasoned = signed(known) - first >= i64::from(params.season_from_days) * per_day;
    let possession = match (folds.is_empty(), seasoned) {
        (true, _) => Method::DayTypeAverage,
        (false, true) => Method::TotalShare(Memory::Long),
        (false, false) => Method::Mean,
    };
    let possession = Method::ALL.iter().position(|method| *method == possession).unwrap_or(0);
    Choice { best: challenged(possession, &folds), regions: world.regions.len(), folds }
}

/// The method with the smallest error among those that beat the one in possession beyond doubt, or that one.
fn challenged(possession: usize, folds: &[Fold]) -> usize {
    let errors = |method: usize| -> Vec<f64> { folds.iter().flat_map(|fold| fold.daily_errors(method)).collect() };
    let held = errors(possession);
    let mut best = (0.0, possession);
    for method in 0..Method::ALL.len() {
        let gains: Vec<f64> = held.iter().zip(errors(method)).map(|(held, error)| held - error).collect();
        let count = gains.len() as f64;
        let mean = gains.iter().sum::<f64>() / count.max(1.0);
        let variance = gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
        if mean > best.0 && mean > CLEAR_LEAD * (variance / count.max(1.0)).sqrt() {
            best = (mean, method);
        }
    }
    best.1
}

impl Choice {
    /// The method chosen.
    pub(super) const fn method(&self) -> Method {
        Method::ALL[self.best]
    }

    /// The noise of the whole queue around one method's forecasts.
    pub(super) fn noise(&self, method: usize) -> Noise {
        Noise::fit(&self.folds.iter().flat_map(|fold| fold.whole(method)).collect::<Vec<_>>())
    }

    /// The noise of each region around the chosen method's forecasts.
    pub(super) fn region_noises(&self) -> Vec<Noise> {
        let of = |region: usize| self.folds.iter().flat_map(|fold| fold.region(self.best, region)).collect::<Vec<_>>();
        (0..self.regions).map(|region| Noise::fit(&of(region))).collect()
    }
}

/// The first interval with anything known.
fn first_known(world: &QueueWorld<'_>, known: usize) -> i64 {
    let counts = || world.regions.iter().filter_map(|region| region.offered);
    (0..known).find(|at| counts().any(|counts| counts.get(*at).is_some())).map_or(signed(known), signed)
}

/// One origin: what every method said, and what came.
struct Fold {
    target: Target,
    number: u32,
    /// Per method and region, contacts per interval.
    offered: Vec<Vec<Vec<f64>>>,
    /// Per region; NaN where nothing is known or the region is closed.
    actual: Vec<Vec<f64>>,
}

impl Fold {
    fn run(world: &QueueWorld<'_>, number: u32, origin: usize, horizon: usize, params: &ForecastParams) -> Self {
        let from = world.grid.start_of(origin);
        let until = world.grid.start_of(origin + horizon);
        let target = Target::new(IntervalGrid::covering(from, until, world.grid.interval()), world);
        let fit = QueueFit::new(world, origin, from, params);
        let offered = Method::ALL.map(|method| {
            let parts = fit.parts(method, &target, params);
            parts.iter().map(|parts| (0..target.grid.len()).map(|at| parts.offered(at)).collect()).collect()
        });
        let actual = world.regions.iter().enumerate().map(|(region, of)| {
            let known =
                |at: usize| of.offered.filter(|_| target.open[region][at]).and_then(|counts| counts.get(origin + at));
            (0..target.grid.len()).map(|at| known(at).unwrap_or(f64::NAN)).collect()
        });
        Self { actual: actual.collect(), number, offered: offered.into(), target }
    }

    /// Σ|error| of the whole queue on each day.
    fn daily_errors(&self, method: usize) -> Vec<f64> {
        let error = |outcome: &Outcome| (outcome.actual - outcome.forecast).abs();
        self.whole(method).chunk_by(|one, next| one.day == next.day).map(|day| day.iter().map(error).sum()).collect()
    }

    fn whole(&self, method: usize) -> Vec<Outcome> {
        self.outcomes(0, |at| {
            let known = (0..self.actual.len()).filter(|region| !self.actual[*region][at].is_nan());
            known
                .map(|region| (self.offered[method][region][at], self.actual[region][at]))
                .reduce(|sum, more| (sum.0 + more.0, sum.1 + more.1))
        })
    }

    fn region(&self, method: usize, region: usize) -> Vec<Outcome> {
        self.outcomes(region, |at| {
            Some((self.offered[method][region][at], self.actual[region][at])).filter(|pair| !pair.1.is_nan())
        })
    }

    fn outcomes(&self, clock: usize, pair: impl Fn(usize) -> Option<(f64, f64)>) -> Vec<Outcome> {
        let placement = &self.target.placements[clock];
        let first = placement.date(0);
        let outcome = |at: usize| {
            let (forecast, actual) = pair(at)?;
            let ahead = u32::try_from((placement.of(at).0 - first).num_days()).unwrap_or(0);
            Some(Outcome { day: self.number * 1000 + ahead, days_ahead: ahead + 1, forecast, actual })
        };
        (0..self.target.grid.len()).filter_map(outcome).collect()
    }
}
