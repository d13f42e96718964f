//! SVD factors with autoregressive scores: Shen & Huang, MSOM 10 (2008), and AOAS 2 (2008).
//!
//! The matrix of square roots, rows discounted by age, is `Z ≈ B V'` with a few orthonormal columns `V` (the leading
//! right singular vectors): curves of the day, of which each day has its scores `b_i = V'z_i`. Each score is a series
//! over days with a mean by weekday and AR(1) around it ([`super::score_model`]); the forecast of a day is
//! `V b̂`, squared back with its variance.
//!
//! Cells that are unknown are filled from what the factors say of the rest of their day, in turns with the factors
//! (Srebro & Jaakkola, ICML 2003). The vectors are found by orthogonal iteration (Golub & Van Loan 2013, §8.2), whose
//! start is fixed, so that the same history gives the same vectors.

use chrono::NaiveDate;
use nalgebra::{DMatrix, DVector};

use crate::forecast::calendar::local_days::signed;
use crate::forecast::noise::hour_covariance::{HOURS, HourlyErrors, hourly_errors};
use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;
use super::root_rows::{DividedOut, RootRows, contacts, residual_variance, weekday};
use super::score_model::{Score, ScoreModel};

/// Factors; the paper finds three to four enough for call centres.
pub(super) const FACTORS: usize = 4;
/// Share of a day's open cells from which it counts as whole.
const WHOLE: f64 = 0.9;
/// Rounds of filling unknown cells, and steps of the orthogonal iteration in each.
const FILLINGS: usize = 3;
const STEPS: usize = 12;

/// Factors of the day and the models of their scores.
pub(crate) struct SvdFactors<'a> {
    profile: &'a Profile<'a>,
    factors: Factors,
    scores: Vec<ScoreModel>,
    variance: Vec<f64>,
    /// How each day's hours came out against what the days before foretold, with the day's weight.
    surprises: Vec<(f64, HourlyErrors)>,
}

impl<'a> SvdFactors<'a> {
    /// Fits to rows whose weight halves every `half_life_days`.
    pub(crate) fn fit(profile: &'a Profile<'a>, half_life_days: f64) -> Self {
        let rows = RootRows::new(profile, half_life_days, DividedOut::Season);
        let factors = Factors::fit(&rows, profile);
        let scores: Vec<ScoreModel> = (0..factors.count())
            .map(|factor| {
                let of_row = |row: usize| {
                    let weight = rows.weights[row];
                    let known = factors.known[row] > 0.5;
                    (weight > 0.0 && known).then(|| Score {
                        value: factors.scores[(row, factor)],
                        measurement: 0.25 / factors.known[row],
                        weight,
                    })
                };
                let of_rows: Vec<Option<Score>> = (0..rows.len()).map(of_row).collect();
                ScoreModel::fit(&of_rows, &rows.weekdays)
            })
            .collect();
        let fitted = |row: usize| {
            factors.curve(&scores.iter().map(|model| model.at(row, rows.weekdays[row])).collect::<Vec<_>>())
        };
        let variance = residual_variance(&rows, fitted);
        let surprises = surprises(&rows, &factors, &scores);
        Self { profile, factors, scores, variance, surprises }
    }

    /// How each day's hours came out against what the days before foretold, with the day's weight.
    pub(crate) fn surprises(&self) -> &[(f64, HourlyErrors)] {
        &self.surprises
    }
}

impl Baseline for SvdFactors<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let days = &self.profile.days;
        let ahead = (date - self.profile.last()).num_days();
        let first = signed(self.factors.first);
        let score = |model: &ScoreModel| match usize::try_from(days.position(date) - first) {
            Ok(row) if ahead <= 0 => model.at(row, weekday(date)),
            _ => model.ahead(ahead.max(1), weekday(date)),
        };
        let roots = self.factors.curve(&self.scores.iter().map(score).collect::<Vec<_>>());
        let open = self.profile.calendar.usual(date);
        let factor = DividedOut::Season.factor(self.profile, date);
        let of_slot = |(slot, root): (usize, f64)| {
            if open[slot] { factor * contacts(root, self.variance[slot]) } else { 0.0 }
        };
        roots.into_iter().enumerate().map(of_slot).collect()
    }
}

/// Curves of the day and each row's part in them.
struct Factors {
    first: usize,
    slots: usize,
    /// The slots open on any weekday.
    columns: Vec<usize>,
    /// Column × factor, orthonormal.
    vectors: DMatrix<f64>,
    /// Row × factor.
    scores: DMatrix<f64>,
    /// Share of each row's open cells that are known.
    known: Vec<f64>,
}

impl Factors {
    fn fit(rows: &RootRows, profile: &Profile<'_>) -> Self {
        let week: Vec<NaiveDate> = profile.days.date(0).iter_days().take(7).collect();
        let open: Vec<&[bool]> = week.iter().map(|date| profile.calendar.usual(*date)).collect();
        let slots = profile.days.slots();
        let columns: Vec<usize> = (0..slots).filter(|slot| open.iter().any(|open| open[*slot])).collect();
        let count = FACTORS.min(columns.len());
        let mut matrix = DMatrix::zeros(columns.len(), rows.len());
        let mut unknown = Vec::new();
        let mut known = vec![0.0; rows.len()];
        for row in 0..rows.len() {
            let date = profile.days.date(rows.first + row);
            let usual = profile.calendar.usual(date);
            let shares = profile.shape.of(date);
            let level = profile.level.level(date, profile.calendar) / DividedOut::Season.factor(profile, date);
            let mut of_row = (0.0, 0.0f64);
            for (at, slot) in columns.iter().enumerate().filter(|(_, slot)| usual[**slot]) {
                let value = rows.row(row)[*slot];
                of_row.1 += 1.0;
                if value.is_nan() {
                    matrix[(at, row)] = (shares[*slot] * level + 0.25).sqrt();
                    unknown.push((at, row));
                } else {
                    of_row.0 += 1.0;
                    matrix[(at, row)] = value;
                }
            }
            known[row] = of_row.0 / of_row.1.max(1.0);
        }
        unknown.retain(|(_, row)| rows.weights[*row] > 0.0);
        let mut vectors = start(columns.len(), count);
        let mut scores = DMatrix::zeros(rows.len(), count);
        for filling in 0..FILLINGS {
            vectors = leading(&matrix, &rows.weights, vectors);
            scores = matrix.tr_mul(&vectors);
            if unknown.is_empty() {
                break;
            }
            for (at, row) in unknown.iter().filter(|_| filling + 1 < FILLINGS) {
                matrix[(*at, *row)] = vectors.row(*at).dot(&scores.row(*row));
            }
        }
        Self { first: rows.first, slots, columns, vectors, scores, known }
    }

    fn count(&self) -> usize {
        self.vectors.ncols()
    }

    /// Roots by slot of a day with these scores.
    fn curve(&self, scores: &[f64]) -> Vec<f64> {
        let roots = &self.vectors * DVector::from_column_slice(scores);
        let mut curve = vec![0.0; self.slots];
        for (slot, root) in self.columns.iter().zip(roots.iter()) {
            curve[*slot] = *root;
        }
        curve
    }
}

fn surprises(rows: &RootRows, factors: &Factors, scores: &[ScoreModel]) -> Vec<(f64, HourlyErrors)> {
    let per_hour = (factors.slots / HOURS).max(1);
    let of_row = |row: usize| {
        let foretold: Vec<f64> = scores.iter().map(|model| model.foretold(row, rows.weekdays[row])).collect();
        let curve = factors.curve(&foretold);
        let known = rows.row(row).iter().enumerate().filter(|(slot, root)| !root.is_nan() && curve[*slot] > 0.0);
        let roots = known.map(|(slot, root)| ((slot / per_hour).min(HOURS - 1), curve[slot], *root));
        (rows.weights[row], hourly_errors(HOURS, roots))
    };
    (0..rows.len()).filter(|row| rows.weights[*row] > 0.0 && factors.known[*row] > WHOLE).map(of_row).collect()
}

/// Cosines of rising frequency: the first is the mean, and no real curve of the day is orthogonal to all.
fn start(columns: usize, count: usize) -> DMatrix<f64> {
    DMatrix::from_fn(columns, count, |at, factor| {
        (std::f64::consts::PI * factor as f64 * (at as f64 + 0.5) / columns as f64).cos()
    })
}

/// Leading left singular vectors of the columns of `matrix`, each weighted.
fn leading(matrix: &DMatrix<f64>, weights: &[f64], start: DMatrix<f64>) -> DMatrix<f64> {
    let mut vectors = start;
    for _ in 0..STEPS {
        let mut scores = matrix.tr_mul(&vectors);
        for (row, weight) in weights.iter().enumerate() {
            scores.row_mut(row).scale_mut(*weight);
        }
        vectors = orthonormal(matrix * scores, &vectors);
    }
    vectors
}

/// Gram–Schmidt, twice for safety; a direction without extent keeps its former vector's remainder, or nothing.
fn orthonormal(mut vectors: DMatrix<f64>, former: &DMatrix<f64>) -> DMatrix<f64> {
    for at in 0..vectors.ncols() {
        let size = vectors.column(at).norm();
        if size <= 1e-12 {
            vectors.set_column(at, &former.column(at));
        }
        for _ in 0..2 {
            for before in 0..at {
                let along = vectors.column(before).dot(&vectors.column(at));
                let taken = vectors.column(before) * along;
                let mut column = vectors.column_mut(at);
                column -= taken;
            }
        }
        let left = vectors.column(at).norm();
        let scale = if left > 1e-9 * size.max(1e-9) { 1.0 / left } else { 0.0 };
        vectors.column_mut(at).scale_mut(scale);
    }
    vectors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_curves_that_made_the_rows_are_found_again() {
        // Rows are 3 u + s v with u even and v alternating: the leading vectors are u and v themselves.
        let (u, v) = (0.5, [0.5, -0.5, 0.5, -0.5]);
        let matrix = DMatrix::from_fn(4, 6, |at, row| 3.0 * u + [1.0, -1.0][row % 2] * v[at]);
        let vectors = leading(&matrix, &[1.0; 6], start(4, 2));
        assert!(vectors.column(0).iter().all(|value| (value.abs() - 0.5).abs() < 1e-9), "{vectors}");
        assert!((0..4).all(|at| (vectors[(at, 1)] - v[at] * vectors[(0, 1)] / 0.5).abs() < 1e-9), "{vectors}");
        assert!(vectors.column(0).dot(&vectors.column(1)).abs() < 1e-12);
    }

    #[test]
    fn rows_of_fewer_curves_than_factors_do_not_break() {
        let matrix = DMatrix::from_element(3, 5, 2.0);
        let vectors = leading(&matrix, &[1.0; 5], start(3, 3));
        let scores = matrix.tr_mul(&vectors);
        let back = &vectors * scores.transpose();
        assert!(back.iter().all(|value| (value - 2.0).abs() < 1e-9), "{back}");
    }
}
