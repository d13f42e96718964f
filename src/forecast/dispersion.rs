//! How noisy forecasts have been: gamma–Poisson with a factor per day and one per interval, by moments.
//!
//! With forecast `f`, error `e = y − f` and `Var y = f + φ f²`: `φ = Σ(e² − f) / Σf²` over intervals, and since all
//! intervals of a day share its factor, `φ_day = Σ_{s≠t} e_s e_t / Σ_{s≠t} f_s f_t` within days (Ibrahim, Ye, L'Ecuyer
//! & Shen, IJF 32, 2016; Jongbloed & Koole 2001 for the gamma–Poisson mixture). The errors are those of the back-test,
//! so that what the model gets wrong counts as noise. Each horizon bucket leans on the pool of all by a few days' weight.

use crate::domain::forecast::Dispersion;

/// Horizon buckets: tomorrow, the two days after, the rest of ten, and later.
pub(super) const BUCKETS: usize = 4;
/// Last day ahead of each bucket but the last, which has no end.
const BUCKET_ENDS: [u32; BUCKETS - 1] = [1, 3, 10];
/// Days' worth of weight of the pool in each bucket.
const POOL_DAYS: f64 = 8.0;
/// A day or two of errors say little: the prior of both variances, and how many days' worth it is.
const PRIOR: (f64, f64) = (0.01, 3.0);
/// Neither variance is believed to be larger.
const CEILING: f64 = 4.0;

/// One interval's forecast and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outcome {
    /// Which day of which fold; intervals of a day are consecutive.
    pub(super) day: u32,
    /// Days ahead of the origin, from 1.
    pub(super) days_ahead: u32,
    /// Mean forecast.
    pub(super) forecast: f64,
    /// What came.
    pub(super) actual: f64,
}

/// The noise by days ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Noise {
    buckets: [Dispersion; BUCKETS],
}

impl Noise {
    /// Fits to back-test outcomes, grouped by day.
    pub(super) fn fit(outcomes: &[Outcome]) -> Self {
        let mut sums = [Moments::default(); BUCKETS];
        for day in outcomes.chunk_by(|one, next| one.day == next.day) {
            sums[bucket(day[0].days_ahead)].add(day);
        }
        let mut pool = Moments::default();
        for sum in &sums {
            pool.merge(sum);
        }
        let pooled = pool.dispersion(Dispersion { day: PRIOR.0, interval: PRIOR.0 }, PRIOR.1);
        Self { buckets: sums.map(|sum| sum.dispersion(pooled, POOL_DAYS)) }
    }

    /// The noise of a forecast so many days ahead.
    pub(super) fn at(&self, days_ahead: u32) -> Dispersion {
        self.buckets[bucket(days_ahead)]
    }
}

/// The variance of the product of both factors: φ of one interval.
pub(super) fn excess(dispersion: Dispersion) -> f64 {
    dispersion.day + dispersion.interval + dispersion.day * dispersion.interval
}

/// The bucket of a forecast so many days ahead, from 1.
pub(super) fn bucket(days_ahead: u32) -> usize {
    BUCKET_ENDS.iter().position(|end| days_ahead <= *end).unwrap_or(BUCKET_ENDS.len())
}

#[derive(Clone, Copy, Default)]
struct Moments {
    days: f64,
    excess: f64,
    squares: f64,
    cross: f64,
    products: f64,
}

impl Moments {
    fn add(&mut self, day: &[Outcome]) {
        let (mut errors, mut forecasts, mut error_squares, mut forecast_squares) = (0.0, 0.0, 0.0, 0.0);
        for outcome in day {
            let error = outcome.actual - outcome.forecast;
            errors += error;
            forecasts += outcome.forecast;
            error_squares += error * error;
            forecast_squares += outcome.forecast * outcome.forecast;
        }
        // Days count alike, however busy: divide by the square of the day's total.
        let scale = if forecasts > 0.0 { forecasts.powi(-2) } else { 0.0 };
        self.days += 1.0;
        self.excess += (error_squares - forecasts) * scale;
        self.squares += forecast_squares * scale;
        self.cross += (errors * errors - error_squares) * scale;
        self.products += (forecasts * forecasts - forecast_squares) * scale;
    }

    fn merge(&mut self, other: &Self) {
        self.days += other.days;
        self.excess += other.excess;
        self.squares += other.squares;
        self.cross += other.cross;
        self.products += other.products;
    }

    fn dispersion(&self, prior: Dispersion, prior_days: f64) -> Dispersion {
        let total = ratio(self.excess, self.squares, excess(prior));
        let day = ratio(self.cross, self.products, prior.day).min(total);
        let interval = (total - day) / (1.0 + day);
        let lean = |own: f64, prior: f64| (self.days * own + prior_days * prior) / (self.days + prior_days);
        Dispersion { day: lean(day, prior.day), interval: lean(interval, prior.interval) }
    }
}

fn ratio(above: f64, below: f64, otherwise: f64) -> f64 {
    if below > 0.0 { (above / below).clamp(0.0, CEILING) } else { otherwise }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_move_together_are_the_day_and_the_rest_is_the_interval() {
        // 400 days of 10 intervals of 10,000 contacts, where counting noise is nothing: whole days are 10 % up or down,
        // and intervals alternate by 5 %: φ_day → 0.01, φ_interval → 0.0025.
        let outcomes: Vec<Outcome> = (0..4000)
            .map(|at| {
                let day = at / 10;
                let sign = |number: u32| if number.is_multiple_of(2) { 1.0 } else { -1.0 };
                let actual = 10_000.0 * (1.0 + 0.1 * sign(day)) * (1.0 + 0.05 * sign(at));
                Outcome { day, days_ahead: 1, forecast: 10_000.0, actual }
            })
            .collect();
        let noise = Noise::fit(&outcomes).at(1);
        assert!((noise.day - 0.01).abs() < 6e-4 && (noise.interval - 0.0025).abs() < 6e-4, "{noise:?}");
    }

    #[test]
    fn without_any_errors_a_cautious_prior_stands() {
        assert_eq!(Noise::fit(&[]).at(5), Dispersion { day: PRIOR.0, interval: PRIOR.0 });
    }
}
