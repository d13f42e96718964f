//! What the hours since midnight say about the rest of the day.
//!
//! The forecast made at midnight stands for roots `ẑ`; hour by hour the day comes out at `ẑ (1 + r)`. The errors `r` of
//! a day are drawn together: `Cov(r_g, r_h) = v₀ + v₁ ρ^|g−h| + v₂ 1{g = h}`, a level of the whole day, a swing that
//! fades within hours and noise, as in the mixed model of Aldor-Noiman, Feigin & Mandelbaum (AOAS 3, 2009). The rest of
//! the day moves by its best linear prediction from the hours counted, `r̂ = K_rm (K_mm + M)⁻¹ r_m`: the penalised least
//! squares of Shen & Huang (MSOM 10, 2008, §4) with the hours as scores and the covariance that history shows in place
//! of one penalty chosen by trial. `v₀, v₁, v₂, ρ` follow from past days by moments, and the days' own covariance has its
//! say as far as its distance from the model exceeds what noise explains (Ledoit & Wolf, J. Empirical Finance 10, 2003;
//! Schäfer & Strimmer, SAGMB 4, 2005). What the prediction leaves of the variance is how uncertain the rest of the day
//! remains.

use nalgebra::{Cholesky, DMatrix, DVector};

/// Hours of a day's clock.
pub(crate) const HOURS: usize = 24;
/// Fading from hour to hour that is tried.
const FADING: [f64; 6] = [0.3, 0.5, 0.65, 0.8, 0.9, 0.95];
/// Variance of a root (Brown et al. 2005).
const ROOT_VARIANCE: f64 = 0.25;
/// No hour is moved by more, relative to its root.
const FARTHEST: f64 = 0.7;

/// One interval of the day so far, or of its rest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    /// Hour of the day, 0 to 23.
    pub(crate) hour: usize,
    /// Contacts expected at midnight.
    pub(crate) expected: f64,
}

/// Relative error of the root in each hour of a day, with the variance of its counting; none where nothing is known.
pub(crate) type HourlyErrors = Vec<Option<(f64, f64)>>;

/// The errors by hour of intervals given as hour, root expected and root found.
pub(crate) fn hourly_errors(hours: usize, roots: impl Iterator<Item = (usize, f64, f64)>) -> HourlyErrors {
    let mut sums = vec![(0.0, 0.0); hours];
    for (hour, expected, found) in roots {
        sums[hour].0 += expected * (found - expected);
        sums[hour].1 += expected * expected;
    }
    let relative = |(along, size): &(f64, f64)| (*size > 0.0).then(|| (along / size, ROOT_VARIANCE / size));
    sums.iter().map(relative).collect()
}

/// How the errors of a day's hours vary together.
#[derive(Clone, Debug)]
pub(crate) struct HourCovariance {
    /// Counting included.
    covariance: DMatrix<f64>,
    /// Mean variance of counting per hour.
    counting: Vec<f64>,
}

impl HourCovariance {
    /// From past days, each with its weight; none without days.
    pub(crate) fn fit(days: &[(f64, HourlyErrors)]) -> Option<Self> {
        let hours = days.first()?.1.len();
        let (mut sums, mut weights) = (DMatrix::<f64>::zeros(hours, hours), DMatrix::<f64>::zeros(hours, hours));
        let mut counting = vec![0.0; hours];
        for (weight, errors) in days {
            for (one, first) in errors.iter().enumerate() {
                let Some((first, counted)) = first else { continue };
                counting[one] += weight * counted;
                for (other, second) in errors.iter().enumerate() {
                    let Some((second, _)) = second else { continue };
                    sums[(one, other)] += weight * first * second;
                    weights[(one, other)] += weight;
                }
            }
        }
        if days.iter().map(|(weight, _)| weight).sum::<f64>() <= 0.0 {
            return None;
        }
        for (at, counting) in counting.iter_mut().enumerate() {
            *counting /= weights[(at, at)].max(1e-9);
        }
        let shown = sums.zip_map(&weights, |sum, weight| if weight > 0.0 { sum / weight } else { f64::NAN });
        let model = model(&shown, &counting);
        let kept = kept(&shown, &model, days);
        let mixed = |one: usize, other: usize| {
            let of_model = model[(one, other)] + if one == other { counting[one] } else { 0.0 };
            let shown = shown[(one, other)];
            if shown.is_nan() { of_model } else { kept * shown + (1.0 - kept) * of_model }
        };
        Some(Self { covariance: DMatrix::from_fn(hours, hours, mixed), counting })
    }

    /// The same with a whole day's variance of at least what earlier origins showed, relative to its contacts squared:
    /// days that a fit has seen come out nearer to it than days to come.
    #[must_use]
    pub(crate) fn with_day_variance(mut self, of_contacts: f64) -> Self {
        let hours: Vec<usize> = (0..self.counting.len()).filter(|hour| self.counting[*hour] > 0.0).collect();
        // A root moves by half of what its square does: a quarter of the variance.
        let lacking = (of_contacts / 4.0 - self.shared()).max(0.0);
        for (one, other) in hours.iter().flat_map(|one| hours.iter().map(move |other| (*one, *other))) {
            self.covariance[(one, other)] += lacking;
        }
        self
    }

    /// Mean covariance of two hours of a day, of those that were ever counted.
    fn shared(&self) -> f64 {
        let hours: Vec<usize> = (0..self.counting.len()).filter(|hour| self.counting[*hour] > 0.0).collect();
        let pairs = hours.iter().flat_map(|one| hours.iter().map(move |other| (*one, *other)));
        let apart = pairs.filter(|(one, other)| one != other).map(|at| self.covariance[at]);
        let (sum, count) = apart.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        if count > 0.0 { sum / count } else { 0.0 }
    }

    /// What the counted hours say of all; none where it cannot be told.
    pub(crate) fn shift(&self, counted: &HourlyErrors) -> Option<MorningUpdate> {
        let known: Vec<usize> = (0..counted.len()).filter(|hour| counted[*hour].is_some()).collect();
        let errors = DVector::from_iterator(known.len(), known.iter().filter_map(|hour| Some(counted[*hour]?.0)));
        let between = |one: usize, other: usize| {
            let (one, other) = (known[one], known[other]);
            // A part of an hour is counted less exactly than the whole.
            let more = counted[one].map_or(0.0, |(_, counting)| (counting - self.counting[one]).max(0.0));
            self.covariance[(one, other)] + if one == other { more + 1e-9 } else { 0.0 }
        };
        let inverse = Cholesky::new(DMatrix::from_fn(known.len(), known.len(), between))?.inverse();
        let shared = self.shared();
        let of_hour = |hour: usize| {
            let with = DVector::from_fn(known.len(), |at, _| {
                let own = if known[at] == hour { self.counting[hour] } else { 0.0 };
                self.covariance[(hour, known[at])] - own
            });
            let pull = &inverse * &with;
            // What is an hour's own stays with the noise of intervals; the part that hours share shrinks.
            let left = shared - pull.dot(&with);
            (pull.dot(&errors).clamp(-FARTHEST, FARTHEST), left.max(0.0))
        };
        let hours: Vec<(f64, f64)> = (0..counted.len()).map(of_hour).collect();
        hours.iter().all(|(moved, left)| moved.is_finite() && left.is_finite()).then_some(MorningUpdate { hours })
    }
}

/// The pairs of different hours that were seen on one day.
fn pairs(shown: &DMatrix<f64>) -> impl Iterator<Item = (usize, usize)> {
    let all = (0..shown.nrows()).flat_map(|one| (0..one).map(move |other| (one, other)));
    all.filter(|at| !shown[*at].is_nan())
}

/// How much a pair of hours tells: the variance of its covariance is about the product of the hours' variances, so that
/// a night of few contacts does not drown the day.
fn precision(shown: &DMatrix<f64>, (one, other): (usize, usize)) -> f64 {
    1.0 / (shown[(one, one)] * shown[(other, other)]).max(1e-12)
}

/// The share of what the days show that goes into the covariance: `1 − Σ Var(s) / Σ (s − m)²` over pairs of hours.
fn kept(shown: &DMatrix<f64>, model: &DMatrix<f64>, days: &[(f64, HourlyErrors)]) -> f64 {
    let (mut noise, mut distance) = (0.0, 0.0);
    for (one, other) in pairs(shown) {
        let (precision, mean) = (precision(shown, (one, other)), shown[(one, other)]);
        let (mut scatter, mut total) = (0.0, 0.0);
        for (weight, errors) in days {
            let (Some((first, _)), Some((second, _))) = (errors[one], errors[other]) else { continue };
            scatter += (weight * (first * second - mean)).powi(2);
            total += weight;
        }
        noise += precision * scatter / (total * total);
        distance += precision * (mean - model[(one, other)]).powi(2);
    }
    if distance > noise { 1.0 - noise / distance } else { 0.0 }
}

/// The three-part covariance nearest to what was shown off its diagonal, the rest of the diagonal being noise.
fn model(shown: &DMatrix<f64>, counting: &[f64]) -> DMatrix<f64> {
    let hours = shown.nrows();
    let mut best = (f64::INFINITY, 0.0, 0.0, 0.5);
    for fading in FADING {
        let swing = |(one, other): (usize, usize)| fading.powf(one.abs_diff(other) as f64);
        let (mut n, mut x, mut xx, mut y, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for at in pairs(shown) {
            let (swing, value, precision) = (swing(at), shown[at], precision(shown, at));
            n += precision;
            x += precision * swing;
            xx += precision * swing * swing;
            y += precision * value;
            xy += precision * swing * value;
        }
        let determinant: f64 = n * xx - x * x;
        let free = if determinant > 1e-12 * n * n { (n * xy - x * y) / determinant } else { 0.0 };
        // At the edges of what a variance may be the other part fits alone.
        let level_alone = (if n > 0.0 { (y / n).max(0.0) } else { 0.0 }, 0.0);
        let swing_alone = (0.0, if xx > 0.0 { (xy / xx).max(0.0) } else { 0.0 });
        let both = (if n > 0.0 { (y - free * x) / n } else { 0.0 }, free);
        let fits = [both, level_alone, swing_alone];
        for (level, size) in fits.into_iter().filter(|(level, size)| *level >= 0.0 && *size >= 0.0) {
            let off = |at: (usize, usize)| shown[at] - level - size * swing(at);
            let error: f64 = pairs(shown).map(|at| precision(shown, at) * off(at).powi(2)).sum();
            if error < best.0 {
                best = (error, level, size, fading);
            }
        }
    }
    let (_, level, size, fading) = best;
    DMatrix::from_fn(hours, hours, |one, other| {
        let common = level + size * fading.powf(one.abs_diff(other) as f64);
        let noise = (shown[(one, one)] - counting[one] - level - size).max(0.0);
        common + if one == other && noise.is_finite() { noise } else { 0.0 }
    })
}

/// By how much each hour's root is expected to be off, and the variance that leaves of what the hours share.
#[derive(Clone, Debug)]
pub(crate) struct MorningUpdate {
    hours: Vec<(f64, f64)>,
}

impl MorningUpdate {
    /// What the interval is expected to bring now.
    pub(crate) fn contacts(&self, cell: Cell) -> f64 {
        let root = (cell.expected + 0.25).sqrt() * (1.0 + self.hours[cell.hour].0);
        (root * root - 0.25).max(0.0)
    }

    /// Variance that remains of what the hours of the day share, relative to the square of their contacts.
    pub(crate) fn variance(&self, cell: Cell) -> f64 {
        4.0 * self.hours[cell.hour].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two hundred days of eight hours in which the whole day is up or down by a tenth, counted nearly exactly.
    fn level_days() -> Vec<(f64, HourlyErrors)> {
        (0..200).map(|day| (1.0, vec![Some((if day % 2 == 0 { 0.1 } else { -0.1 }, 1e-6)); 8])).collect()
    }

    #[test]
    fn where_whole_days_are_up_or_down_the_morning_says_it_all() {
        let covariance = HourCovariance::fit(&level_days()).expect("a covariance");
        let counted = (0..8).map(|hour| (hour < 3).then_some((0.05, 1e-6))).collect();
        let shift = covariance.shift(&counted).expect("a shift");
        let cell = Cell { hour: 6, expected: 400.0 };
        let expected = (400.25f64.sqrt() * 1.05).powi(2) - 0.25;
        assert!((shift.contacts(cell) - expected).abs() < 0.5, "{}", shift.contacts(cell));
        assert!(shift.variance(cell) < 1e-4, "{}", shift.variance(cell));
    }

    #[test]
    fn where_hours_go_their_own_way_the_morning_says_nothing() {
        let days: Vec<(f64, HourlyErrors)> = (0..256)
            .map(|day| {
                (1.0, (0..8).map(|hour| Some((if (day >> hour) % 2 == 0 { 0.1 } else { -0.1 }, 1e-6))).collect())
            })
            .collect();
        let covariance = HourCovariance::fit(&days).expect("a covariance");
        let counted = (0..8).map(|hour| (hour < 3).then_some((0.1, 1e-6))).collect();
        let cell = Cell { hour: 6, expected: 400.0 };
        let shift = covariance.shift(&counted).expect("a shift");
        assert!((shift.contacts(cell) - 400.0).abs() < 1.0, "{}", shift.contacts(cell));
        assert!(shift.variance(cell) < 0.002, "hours share nothing: {}", shift.variance(cell));
    }

    /// Days whose hours go their own way by a tenth, but for the last, which repeats the first.
    fn days_of_linked_ends(count: usize) -> Vec<(f64, HourlyErrors)> {
        let sign = |day: usize, hour: usize| if (day >> hour).is_multiple_of(2) { 1.0 } else { -1.0 };
        let error = |day: usize, hour: usize| if hour == 7 { 0.1 * sign(day, 0) } else { 0.1 * sign(day, hour) };
        (0..count).map(|day| (1.0, (0..8).map(|hour| Some((error(day, hour), 1e-6))).collect())).collect()
    }

    #[test]
    fn a_link_that_no_model_holds_is_kept_once_enough_days_show_it() {
        // 1,024 days: noise of 27 pairs at 1/1024 each against a distance near 1 (the linked pair alone).
        let covariance = HourCovariance::fit(&days_of_linked_ends(1024)).expect("a covariance");
        let counted = (0..8).map(|hour| (hour == 0).then_some((0.1, 1e-6))).collect();
        let shift = covariance.shift(&counted).expect("a shift");
        let moved = shift.contacts(Cell { hour: 7, expected: 400.0 });
        assert!(moved > 470.0, "nearly (20 × 1.1)² = 484: {moved}");
    }

    #[test]
    fn few_days_leave_the_model_alone() {
        // A model at nine tenths of what eight days show lies nearer to it than chance would bring them.
        let sign = |day: usize, hour: usize| if (day * 5 + hour * 3) % 7 < 3 { 0.1 } else { -0.1 };
        let days: Vec<(f64, HourlyErrors)> =
            (0..8).map(|day| (1.0, (0..8).map(|hour| Some((sign(day, hour), 1e-6))).collect())).collect();
        let shown = DMatrix::from_fn(8, 8, |one, other| {
            days.iter().map(|(_, of)| of[one].map_or(0.0, |of| of.0) * of[other].map_or(0.0, |of| of.0)).sum::<f64>()
                / 8.0
        });
        let near = shown.map(|value| 0.9 * value);
        assert!(kept(&shown, &near, &days).abs() < 1e-12);
    }

    #[test]
    fn an_empty_morning_changes_nothing() {
        let shift = HourCovariance::fit(&level_days()).and_then(|of| of.shift(&vec![None; 8])).expect("a shift");
        assert!((shift.contacts(Cell { hour: 3, expected: 50.0 }) - 50.0).abs() < 1e-9);
    }
}
