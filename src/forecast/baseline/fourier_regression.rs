//! Fourier regression of the day on square roots, with an AR(1) scale from day to day.
//!
//! `z_ds = g_weekday(s) · (1 + a_d) + ε`: the curve of a weekday is a polynomial-trigonometric regression (Eubank &
//! Speckman, Biometrika 77, 1990): sines and cosines over the open hours, with a parabola that frees their ends where
//! the day does not close upon itself. All weekdays share one curve, and each has a deviation with harmonics of its own;
//! how many of either is told by the Bayesian information criterion (Schwarz 1978). The day's scale `a_d` has a mean
//! by weekday of nothing and AR(1) errors ([`super::score_model`]), as harmonic regression with autocorrelated errors
//! is used for arrivals (Ibrahim, Ye, L'Ecuyer & Shen, IJF 32, 2016).

use chrono::NaiveDate;
use nalgebra::{Cholesky, DMatrix, DVector};

use crate::forecast::calendar::local_days::signed;
use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;
use super::root_rows::{DividedOut, RootRows, contacts, residual_variance, weekday};
use super::score_model::{Score, ScoreModel};

/// Numbers of harmonics that are tried.
const HARMONICS: [usize; 8] = [0, 2, 4, 6, 8, 12, 16, 24];
/// Precision of the prior on every coefficient, in days of one slot: it matters only where nothing is known.
const PRIOR: f64 = 1e-3;
/// The same for a weekday's deviation from the common curve.
const DEVIATION_PRIOR: f64 = 4.0;

/// Curves by weekday and the scale of days.
pub(crate) struct FourierRegression<'a> {
    profile: &'a Profile<'a>,
    first: usize,
    curves: Vec<Vec<f64>>,
    scale: ScoreModel,
    variance: Vec<f64>,
}

impl<'a> FourierRegression<'a> {
    /// Fits to rows whose weight halves every `half_life_days`.
    pub(crate) fn fit(profile: &'a Profile<'a>, half_life_days: f64) -> Self {
        let rows = RootRows::new(profile, half_life_days, DividedOut::Calendar);
        let basis = Basis::new(profile);
        let flat = vec![1.0; rows.len()];
        let rough = curves(&rows, &basis, &flat);
        // A second look divides each row by its own scale, so that days of another level do not blur the curve.
        let scales: Vec<f64> = scores(&rows, &rough).iter().map(|of| of.map_or(1.0, |of| 1.0 + of.value)).collect();
        let curves = curves(&rows, &basis, &scales);
        let scale = ScoreModel::fit(&scores(&rows, &curves), &rows.weekdays);
        let fitted = |row: usize| {
            let factor = 1.0 + scale.at(row, rows.weekdays[row]);
            curves[rows.weekdays[row]].iter().map(|root| root * factor).collect()
        };
        let variance = residual_variance(&rows, fitted);
        Self { profile, first: rows.first, curves, scale, variance }
    }
}

impl Baseline for FourierRegression<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let ahead = (date - self.profile.last()).num_days();
        let weekday = weekday(date);
        let scale = match usize::try_from(self.profile.days.position(date) - signed(self.first)) {
            Ok(row) if ahead <= 0 => self.scale.at(row, weekday),
            _ => self.scale.ahead(ahead.max(1), weekday),
        };
        let factor = DividedOut::Calendar.factor(self.profile, date);
        let open = self.profile.calendar.usual(date);
        let of_slot = |(slot, root): (usize, &f64)| {
            let contacts = factor * contacts(root * (1.0 + scale), self.variance[slot]);
            if open[slot] { contacts } else { 0.0 }
        };
        self.curves[weekday].iter().enumerate().map(of_slot).collect()
    }
}

/// How far each row lies above its weekday's curve, relative.
fn scores(rows: &RootRows, curves: &[Vec<f64>]) -> Vec<Option<Score>> {
    let score = |row: usize| {
        let known = rows.row(row).iter().zip(&curves[rows.weekdays[row]]).filter(|(value, _)| !value.is_nan());
        let (along, size) = known.fold((0.0, 0.0), |sum, (value, root)| (sum.0 + value * root, sum.1 + root * root));
        let weight = rows.weights[row];
        let usable = weight > 0.0 && size > 0.0;
        usable.then(|| Score { value: along / size - 1.0, measurement: 0.25 / size, weight })
    };
    (0..rows.len()).map(score).collect()
}

/// The functions of the slot.
struct Basis {
    slots: usize,
    /// Slot × function: parabola first, then pairs of waves.
    functions: Vec<Vec<f64>>,
    /// How many come before the waves.
    fixed: usize,
}

impl Basis {
    fn new(profile: &Profile<'_>) -> Self {
        let slots = profile.days.slots();
        let week: Vec<NaiveDate> = profile.days.date(0).iter_days().take(7).collect();
        let is_open = |slot: usize| week.iter().any(|date| profile.calendar.usual(*date)[slot]);
        let first = (0..slots).find(|slot| is_open(*slot)).unwrap_or(0);
        let last = (0..slots).rev().find(|slot| is_open(*slot)).unwrap_or(slots - 1);
        let length = (last - first + 1) as f64;
        let around_the_clock = last - first + 1 == slots;
        let most = ((last - first + 1) / 3).min(HARMONICS[HARMONICS.len() - 1]);
        let of_slot = |slot: usize| {
            let phase = (slot as f64 - first as f64 + 0.5) / length;
            let mut functions = vec![1.0];
            if !around_the_clock {
                functions.extend([2.0 * phase - 1.0, (2.0 * phase - 1.0).powi(2)]);
            }
            for harmonic in 1..=most {
                let (sin, cos) = (std::f64::consts::TAU * harmonic as f64 * phase).sin_cos();
                functions.extend([sin, cos]);
            }
            functions
        };
        Self { slots, functions: (0..slots).map(of_slot).collect(), fixed: if around_the_clock { 1 } else { 3 } }
    }

    fn len(&self) -> usize {
        self.functions[0].len()
    }
}

/// Weighted sums of one group of rows by slot: all that a regression on functions of the slot needs.
#[derive(Clone)]
struct Sums {
    weights: Vec<f64>,
    values: Vec<f64>,
    squares: f64,
    cells: f64,
}

impl Sums {
    fn over(rows: &RootRows, scales: &[f64], members: impl Fn(usize) -> bool) -> Self {
        let slots = rows.row(0).len();
        let mut sums = Self { weights: vec![0.0; slots], values: vec![0.0; slots], squares: 0.0, cells: 0.0 };
        for row in (0..rows.len()).filter(|row| rows.weights[*row] > 0.0 && members(*row)) {
            let (weight, scale) = (rows.weights[row], scales[row].clamp(0.2, 5.0));
            for (slot, value) in rows.row(row).iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                sums.weights[slot] += weight * scale * scale;
                sums.values[slot] += weight * scale * value;
                sums.squares += weight * value * value;
                sums.cells += weight;
            }
        }
        sums
    }

    /// The same, as deviations from a curve.
    fn around(&self, curve: &[f64]) -> Self {
        let mut left = self.clone();
        for ((value, weight), curve) in left.values.iter_mut().zip(&self.weights).zip(curve) {
            left.squares += weight * curve * curve - 2.0 * *value * curve;
            *value -= weight * curve;
        }
        left
    }
}

/// A curve per weekday: the common one and the weekday's deviation.
fn curves(rows: &RootRows, basis: &Basis, scales: &[f64]) -> Vec<Vec<f64>> {
    let all = Sums::over(rows, scales, |_| true);
    let common = regression(basis, std::slice::from_ref(&all), PRIOR).remove(0);
    let weekdays: Vec<Sums> =
        (0..7).map(|weekday| Sums::over(rows, scales, |row| rows.weekdays[row] == weekday).around(&common)).collect();
    let deviations = regression(basis, &weekdays, DEVIATION_PRIOR);
    deviations.iter().map(|own| own.iter().zip(&common).map(|(own, common)| own + common).collect()).collect()
}

/// Fits one curve per group, all with as many harmonics as the criterion says.
fn regression(basis: &Basis, groups: &[Sums], prior: f64) -> Vec<Vec<f64>> {
    let equations: Vec<(DMatrix<f64>, DVector<f64>)> = groups.iter().map(|sums| normal(basis, sums)).collect();
    let cells: f64 = groups.iter().map(|sums| sums.cells).sum();
    let mut best: Option<(f64, Vec<DVector<f64>>)> = None;
    for harmonics in HARMONICS {
        let used = basis.fixed + 2 * harmonics;
        if used > basis.len() || (best.is_some() && cells < 2.0 * (used * groups.len()) as f64) {
            break;
        }
        let (mut left, mut solutions, mut fitted) = (0.0, Vec::with_capacity(groups.len()), 0usize);
        for ((normal, target), sums) in equations.iter().zip(groups) {
            let mut penalised = normal.view((0, 0), (used, used)).into_owned();
            for at in 0..used {
                penalised[(at, at)] += prior;
            }
            let target = target.rows(0, used).into_owned();
            let solution = Cholesky::new(penalised).map_or_else(|| DVector::zeros(used), |of| of.solve(&target));
            left += sums.squares - 2.0 * solution.dot(&target)
                + solution.dot(&(normal.view((0, 0), (used, used)) * &solution));
            fitted += if sums.cells > 0.0 { used } else { 0 };
            solutions.push(solution);
        }
        let criterion = cells * (left.max(1e-9) / cells.max(1.0)).ln() + fitted as f64 * cells.max(2.0).ln();
        if best.as_ref().is_none_or(|best| criterion < best.0) {
            best = Some((criterion, solutions));
        }
    }
    let solutions = best.map(|best| best.1).unwrap_or_default();
    let value = |solution: &DVector<f64>, slot: usize| -> f64 {
        solution.iter().zip(&basis.functions[slot]).map(|(coefficient, function)| coefficient * function).sum()
    };
    solutions.iter().map(|solution| (0..basis.slots).map(|slot| value(solution, slot)).collect()).collect()
}

fn normal(basis: &Basis, sums: &Sums) -> (DMatrix<f64>, DVector<f64>) {
    let len = basis.len();
    let (mut normal, mut target) = (DMatrix::zeros(len, len), DVector::zeros(len));
    for (slot, functions) in basis.functions.iter().enumerate().filter(|(slot, _)| sums.weights[*slot] > 0.0) {
        for (at, value) in functions.iter().enumerate() {
            target[at] += sums.values[slot] * value;
            let weighted = sums.weights[slot] * value;
            for (sum, other) in normal.column_mut(at).rows_mut(at, len - at).iter_mut().zip(&functions[at..]) {
                *sum += weighted * other;
            }
        }
    }
    normal.fill_upper_triangle_with_lower_triangle();
    (normal, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis(slots: usize, harmonics: usize) -> Basis {
        let of_slot = |slot: usize| {
            let phase = (slot as f64 + 0.5) / slots as f64;
            let waves = (1..=harmonics).flat_map(|harmonic| {
                let (sin, cos) = (std::f64::consts::TAU * harmonic as f64 * phase).sin_cos();
                [sin, cos]
            });
            std::iter::once(1.0).chain(waves).collect()
        };
        Basis { slots, functions: (0..slots).map(of_slot).collect(), fixed: 1 }
    }

    #[test]
    fn a_curve_of_two_harmonics_is_found_and_no_more_are_used() {
        // Fifty days of 48 slots: 10 + 3 sin + 1 cos of twice the frequency, and a small noise that alternates.
        let truth = |slot: usize| {
            let turn = std::f64::consts::TAU * (slot as f64 + 0.5) / 48.0;
            10.0 + 3.0 * turn.sin() + (2.0 * turn).cos()
        };
        let mut sums = Sums { weights: vec![50.0; 48], values: vec![0.0; 48], squares: 0.0, cells: 2400.0 };
        for day in 0..50 {
            for slot in 0..48 {
                let value = truth(slot) + if (day + slot) % 2 == 0 { 0.5 } else { -0.5 };
                sums.values[slot] += value;
                sums.squares += value * value;
            }
        }
        let curve = regression(&basis(48, 16), &[sums], PRIOR).remove(0);
        assert!((0..48).all(|slot| (curve[slot] - truth(slot)).abs() < 1e-3), "{curve:?}");
    }
}
