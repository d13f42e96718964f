//! How noisy forecasts have been: Poisson with a factor per week, one per day and one per interval, by moments.
//!
//! With forecast `f`, error `e = y − f` and `Var y = f + φ f²`: `φ = Σ(e² − f) / Σf²` over intervals, and since all
//! intervals of a day share its factor, `φ_day = Σ_{s≠t} e_s e_t / Σ_{s≠t} f_s f_t` within days (Ibrahim, Ye, L'Ecuyer
//! & Shen, IJF 32, 2016; Jongbloed & Koole 2001 for the gamma–Poisson mixture), and likewise between the days of a week.
//! The errors are those of the back-test, so that what the model gets wrong counts as noise. Each horizon bucket leans
//! on the pool of all by a few days' weight. A few bad days swell moments more than they should: the widths of the
//! bands of intervals and of days are brought to what they held ([`super::conformal`]).

use crate::domain::forecast::{Dispersion, Z90};

use super::bands::quantiles;
use super::conformal::{score, stretched, width};

/// Horizon buckets: tomorrow, the two days after, the rest of ten, and later.
pub(crate) const BUCKETS: usize = 4;
/// Last day ahead of each bucket but the last, which has no end.
const BUCKET_ENDS: [u32; BUCKETS - 1] = [1, 3, 10];
/// Days' worth of weight of the pool in each bucket.
const POOL_DAYS: f64 = 8.0;
/// A day or two of errors say little: the prior of both variances, and how many days' worth it is.
const PRIOR: (f64, f64) = (0.01, 1.0);
/// How the variance of a day's factor usually grows with the horizon: of each bucket, relative to the pool of all.
const GROWTH: [f64; BUCKETS] = [0.65, 0.8, 1.0, 1.2];
/// Share of a day's variance that its week is thought to share, and how many weeks' worth that belief is.
const WEEK_PRIOR: (f64, f64) = (0.75, 8.0);
/// Degrees of freedom that the beliefs above stand for, however little history there is.
const LEAST_FREEDOM: f64 = 4.0;
/// No variance is believed to be larger.
const CEILING: f64 = 4.0;

/// One interval's forecast and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ForecastOutcome {
    /// Which day of which fold; intervals of a day are consecutive.
    pub(crate) day: u32,
    /// Days ahead of the origin, from 1.
    pub(crate) days_ahead: u32,
    /// Mean forecast.
    pub(crate) forecast: f64,
    /// What came.
    pub(crate) actual: f64,
}

/// The noise by days ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Noise {
    buckets: [Dispersion; BUCKETS],
    interval_widths: [f64; BUCKETS],
    day_width: f64,
    /// Factor on the variance of totals over several days: it is known from few weeks.
    of_few_weeks: f64,
}

impl Noise {
    /// Fits to back-test outcomes, grouped by day.
    pub(crate) fn fit(outcomes: &[ForecastOutcome]) -> Self {
        let days: Vec<&[ForecastOutcome]> = outcomes.chunk_by(|one, next| one.day == next.day).collect();
        let mut sums = [Moments::default(); BUCKETS];
        for day in &days {
            sums[bucket(day[0].days_ahead)].add(day);
        }
        let mut pool = Moments::default();
        for sum in &sums {
            pool.merge(sum);
        }
        let pooled = pool.dispersion(PRIOR.0, PRIOR.0, PRIOR.1);
        let (week, weeks) = between_days(&days);
        let shared = (weeks * week + WEEK_PRIOR.1 * WEEK_PRIOR.0 * pooled.day) / (weeks + WEEK_PRIOR.1);
        let of_bucket = |at: usize| {
            let of_all = sums[at].dispersion(GROWTH[at] * pooled.day, pooled.interval, POOL_DAYS);
            let week = shared.min(of_all.day);
            Dispersion { week, day: (of_all.day - week) / (1.0 + week), interval: of_all.interval }
        };
        let share = if pooled.day > 0.0 { shared / pooled.day } else { 0.0 };
        let mut noise = Self {
            buckets: std::array::from_fn(of_bucket),
            interval_widths: [1.0; BUCKETS],
            day_width: 1.0,
            of_few_weeks: predictive_widening(freedom(days.len() as f64, weeks, share)).powi(2),
        };
        noise.calibrate(&days);
        noise
    }

    /// Learns how wide the bands should have been.
    fn calibrate(&mut self, days: &[&[ForecastOutcome]]) {
        let scores_of = |wanted: &dyn Fn(u32) -> bool| -> (Vec<f64>, f64) {
            let chosen: Vec<&&[ForecastOutcome]> = days.iter().filter(|day| wanted(day[0].days_ahead)).collect();
            let of_interval = |of: &ForecastOutcome| score(of.forecast, excess(self.at(of.days_ahead)), of.actual);
            (chosen.iter().flat_map(|day| day.iter().filter_map(of_interval)).collect(), chosen.len() as f64)
        };
        let (scores, count) = scores_of(&|_| true);
        let pooled = width(scores, count);
        let widths = std::array::from_fn(|at| {
            let (scores, count) = scores_of(&|ahead| bucket(ahead) == at);
            (count * width(scores, count) + POOL_DAYS * pooled) / (count + POOL_DAYS)
        });
        let of_day = |day: &&[ForecastOutcome]| {
            let parts: Vec<(u32, f64)> = day.iter().map(|of| (of.days_ahead, of.forecast)).collect();
            let (mean, excess) = self.total(&parts);
            score(mean, excess, day.iter().map(|of| of.actual).sum())
        };
        let totals: Vec<f64> = days.iter().filter_map(of_day).collect();
        let count = totals.len() as f64;
        self.day_width = width(totals, count);
        self.interval_widths = widths;
    }

    /// The noise of a forecast so many days ahead, as the moments say.
    fn at(&self, days_ahead: u32) -> Dispersion {
        self.buckets[bucket(days_ahead)]
    }

    /// The noise of a forecast so many days ahead, brought to the widths that were found.
    pub(crate) fn calibrated(&self, days_ahead: u32) -> Dispersion {
        let of = self.at(days_ahead);
        let (whole, interval) = (self.day_width.powi(2), self.interval_widths[bucket(days_ahead)].powi(2));
        let (week, day) = (of.week * whole, of.day * whole);
        let total = excess(of) * interval;
        let own = (total - week - day - week * day) / ((1.0 + week) * (1.0 + day));
        Dispersion { week, day, interval: own.max(0.0) }
    }

    /// 10 %, 50 % and 90 % quantiles of an interval, `uncertain` being further variance relative to the mean's square.
    pub(crate) fn interval_band(&self, mean: f64, days_ahead: u32, uncertain: f64) -> [f64; 3] {
        let plain = quantiles(mean, excess(self.at(days_ahead)) + uncertain);
        stretched(plain, self.interval_widths[bucket(days_ahead)])
    }

    /// The same where a part of the day is known, which leaves `day` of the variance that its intervals share.
    pub(crate) fn rest_of_day_band(&self, mean: f64, day: f64, uncertain: f64) -> [f64; 3] {
        let known = Dispersion { week: 0.0, day: day.min(self.at(1).day + self.at(1).week), ..self.at(1) };
        stretched(quantiles(mean, excess(known) + uncertain), self.interval_widths[bucket(1)])
    }

    /// The same of a total over intervals, given by days ahead and mean, in order.
    pub(crate) fn total_band(&self, intervals: &[(u32, f64)], uncertain: f64) -> [f64; 3] {
        let (mean, excess) = self.total(intervals);
        stretched(quantiles(mean, excess + uncertain), self.day_width)
    }

    /// The same of the rest of a day, given by mean and by the variance left of what its intervals share, as a part of
    /// the day is known.
    pub(crate) fn rest_of_day_total_band(&self, intervals: &[(f64, f64)], uncertain: f64) -> [f64; 3] {
        let known = self.at(1);
        let (mut mean, mut shared, mut own) = (0.0, 0.0, 0.0);
        for (contacts, left) in intervals {
            let left = left.min(known.day + known.week);
            mean += contacts;
            shared += left.sqrt() * contacts;
            own += known.interval * (1.0 + left) * contacts * contacts;
        }
        let excess = if mean > 0.0 { (shared * shared + own) / (mean * mean) } else { 0.0 };
        stretched(quantiles(mean, excess + uncertain), self.day_width)
    }

    /// Mean and excess of a total within a week.
    fn total(&self, intervals: &[(u32, f64)]) -> (f64, f64) {
        let (mut mean, mut shared, mut variance, mut days) = (0.0, 0.0, 0.0, 0);
        for day in intervals.chunk_by(|one, next| one.0 == next.0) {
            let noise = self.at(day[0].0);
            let total: f64 = day.iter().map(|interval| interval.1).sum();
            let squares: f64 = day.iter().map(|interval| interval.1 * interval.1).sum();
            days += 1;
            mean += total;
            shared += noise.week.sqrt() * total;
            variance += (1.0 + noise.week) * (noise.day * total * total + noise.interval * (1.0 + noise.day) * squares);
        }
        let relative = if mean > 0.0 { (variance + shared * shared) / (mean * mean) } else { 0.0 };
        (mean, if days > 1 { relative * self.of_few_weeks } else { relative })
    }
}

/// `Σ_{c≠d} E_c E_d / Σ_{c≠d} F_c F_d` over the days of each fold's weeks, and how many weeks there were.
fn between_days(days: &[&[ForecastOutcome]]) -> (f64, f64) {
    let week = |day: &&[ForecastOutcome]| (day[0].day / 1000, (day[0].days_ahead - 1) / 7);
    let (mut cross, mut products, mut weeks) = (0.0, 0.0, 0.0);
    for week in days.chunk_by(|one, next| week(one) == week(next)).filter(|days| days.len() > 1) {
        let totals = week
            .iter()
            .map(|day| day.iter().fold((0.0, 0.0), |sum, of| (sum.0 + of.actual - of.forecast, sum.1 + of.forecast)));
        let (mut errors, mut forecasts, mut error_squares, mut squares) = (0.0, 0.0, 0.0, 0.0);
        for (error, forecast) in totals {
            errors += error;
            forecasts += forecast;
            error_squares += error * error;
            squares += forecast * forecast;
        }
        if forecasts > 0.0 {
            weeks += 1.0;
            cross += (errors * errors - error_squares) / (forecasts * forecasts);
            products += 1.0 - squares / (forecasts * forecasts);
        }
    }
    (ratio(cross, products, 0.0), weeks)
}

/// Independent days' worth of what days of so many weeks tell of a variance, when days of a week share `share` of it:
/// squares of normals correlated by ρ are correlated by ρ², and `n` of them in groups of `m` weigh
/// `n / (1 + (m − 1) ρ²)` (the design effect of Kish 1965).
fn freedom(days: f64, weeks: f64, share: f64) -> f64 {
    let of_a_week = if weeks > 0.0 { days / weeks } else { 1.0 };
    days / (1.0 + (of_a_week - 1.0).max(0.0) * share.min(1.0).powi(2))
}

/// 90 % quantile of Student's t over the normal's (Abramowitz & Stegun, 26.7.5): how much wider a band must be when its
/// variance was estimated with so many degrees of freedom. A prior stands behind the fewest.
fn predictive_widening(freedom: f64) -> f64 {
    let (z, freedom) = (Z90, freedom.max(LEAST_FREEDOM));
    let (first, second) = ((z.powi(2) + 1.0) / 4.0, (5.0 * z.powi(4) + 16.0 * z.powi(2) + 3.0) / 96.0);
    1.0 + first / freedom + second / (freedom * freedom)
}

/// The variance of the product of all factors: φ of one interval.
pub(crate) fn excess(dispersion: Dispersion) -> f64 {
    (1.0 + dispersion.week) * (1.0 + dispersion.day) * (1.0 + dispersion.interval) - 1.0
}

/// The bucket of a forecast so many days ahead, from 1.
pub(crate) fn bucket(days_ahead: u32) -> usize {
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
    fn add(&mut self, day: &[ForecastOutcome]) {
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

    /// The variances of day (its week's included) and interval, leaning on a prior.
    fn dispersion(&self, prior_day: f64, prior_interval: f64, prior_days: f64) -> Dispersion {
        let total = ratio(self.excess, self.squares, prior_day + prior_interval + prior_day * prior_interval);
        let day = ratio(self.cross, self.products, prior_day).min(total);
        let interval = (total - day) / (1.0 + day);
        let lean = |own: f64, prior: f64| (self.days * own + prior_days * prior) / (self.days + prior_days);
        Dispersion { week: 0.0, day: lean(day, prior_day), interval: lean(interval, prior_interval) }
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
        let outcomes: Vec<ForecastOutcome> = (0..4000)
            .map(|at| {
                let day = at / 10;
                let sign = |number: u32| if number.is_multiple_of(2) { 1.0 } else { -1.0 };
                let actual = 10_000.0 * (1.0 + 0.1 * sign(day)) * (1.0 + 0.05 * sign(at));
                ForecastOutcome { day, days_ahead: 1, forecast: 10_000.0, actual }
            })
            .collect();
        let noise = Noise::fit(&outcomes).at(1);
        let day = noise.week + noise.day;
        assert!((day - 0.01).abs() < 6e-4 && (noise.interval - 0.0025).abs() < 6e-4, "{noise:?}");
    }

    #[test]
    fn without_any_errors_a_cautious_prior_stands() {
        let noise = Noise::fit(&[]).at(5);
        assert!((noise.week - WEEK_PRIOR.0 * PRIOR.0).abs() < 1e-12 && (noise.interval - PRIOR.0).abs() < 1e-12);
        assert!((noise.week + noise.day - PRIOR.0).abs() < 1e-4, "{noise:?}");
    }
}
