//! What the hours since midnight say about the rest of the day: the penalised update of Shen & Huang (MSOM 10, 2008, §4).
//!
//! The forecast made at midnight stands for a curve of roots `ẑ`. The morning's counts `z_m` move the scores of the day's
//! factors from it by `δ = (V_m'V_m / σ² + Σ⁻¹)⁻¹ V_m'(z_m − ẑ_m) / σ²`, and the rest of the day by `V δ`. The paper
//! chooses one penalty λ by trial; here the penalty is the inverse covariance `Σ` of how far scores have come out from
//! one day to the next ([`super::svd_factors`]), which is the λ that the history itself calls for, one for each
//! direction. What is left of that covariance is how uncertain the rest of the day remains.

use nalgebra::{Cholesky, DMatrix, DVector};

/// One interval of the day so far, or of its rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Slot of the day.
    pub(super) slot: usize,
    /// Contacts expected at midnight.
    pub(super) expected: f64,
}

/// Curves of the day (slot × factor), how scores vary around their forecast, and the noise of one root.
#[derive(Clone, Debug)]
pub(super) struct DayFactors {
    /// Slot × factor.
    pub(super) curves: DMatrix<f64>,
    /// Covariance of the scores' forecast errors.
    pub(super) covariance: DMatrix<f64>,
    /// Variance of a root around its curve.
    pub(super) noise: f64,
}

/// The shift of the day's scores, and what remains unknown of them.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    curves: DMatrix<f64>,
    scores: DVector<f64>,
    left: DMatrix<f64>,
}

impl DayFactors {
    /// The shift that the cells counted so far call for; none where it cannot be told.
    pub(super) fn shift(&self, counted: &[(Cell, f64)]) -> Option<Shift> {
        let factors = self.curves.ncols();
        let mut precision = Cholesky::new(self.covariance.clone())?.inverse();
        let mut pull = DVector::zeros(factors);
        for (cell, actual) in counted {
            let row = self.curves.row(cell.slot).transpose();
            let surprise = (actual + 0.25).sqrt() - (cell.expected + 0.25).sqrt();
            pull += &row * (surprise / self.noise);
            precision += &row * row.transpose() / self.noise;
        }
        let left = Cholesky::new(precision)?.inverse();
        let scores = &left * pull;
        scores.iter().all(|score| score.is_finite()).then(|| Shift { curves: self.curves.clone(), scores, left })
    }
}

impl Shift {
    /// What the interval is expected to bring now.
    pub(super) fn contacts(&self, cell: Cell) -> f64 {
        let step = (self.curves.row(cell.slot) * &self.scores)[0];
        let root = ((cell.expected + 0.25).sqrt() + step).max(0.0);
        (root * root - 0.25).max(0.0)
    }

    /// Variance of the day's factor that remains at the interval, relative to the square of its contacts.
    pub(super) fn variance(&self, cell: Cell) -> f64 {
        let row = self.curves.row(cell.slot);
        4.0 * (row * &self.left * row.transpose())[0] / (cell.expected + 0.25)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten slots of 100 contacts (root 10) and one flat factor, whose score has a deviation of 3: a tenth of the level.
    fn flat() -> DayFactors {
        let curves = DMatrix::from_element(10, 1, 0.1f64.sqrt());
        DayFactors { curves, covariance: DMatrix::from_element(1, 1, 9.0), noise: 0.25 }
    }

    #[test]
    fn a_morning_a_fifth_above_what_was_expected_raises_the_afternoon_nearly_as_much() {
        let counted: Vec<(Cell, f64)> = (0..5).map(|slot| (Cell { slot, expected: 100.0 }, 120.0)).collect();
        let shift = flat().shift(&counted).expect("a shift");
        // Precision of five roots 5 · 0.1 / 0.25 = 2 against a prior of 1/9: 2 / (2 + 1/9) = 0.947 of the surprise.
        let surprise = 120.25f64.sqrt() - 100.25f64.sqrt();
        let expected = (100.25f64.sqrt() + 0.947_368 * surprise).powi(2) - 0.25;
        let afternoon = Cell { slot: 8, expected: 100.0 };
        assert!((shift.contacts(afternoon) - expected).abs() < 1e-3, "{}", shift.contacts(afternoon));
        // Of the variance 4 · 0.1 · 9 / 100.25 a nineteenth is left.
        assert!((shift.variance(afternoon) - 3.6 / 100.25 / 19.0).abs() < 1e-6);
    }

    #[test]
    fn an_empty_morning_changes_nothing() {
        let shift = flat().shift(&[]).expect("a shift");
        assert!((shift.contacts(Cell { slot: 3, expected: 50.0 }) - 50.0).abs() < 1e-9);
    }
}
