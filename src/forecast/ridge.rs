//! Weighted least squares with a normal prior on each coefficient (ridge; Hoerl & Kennard 1970), for sparse rows.

use nalgebra::{Cholesky, DMatrix, DVector};

/// The normal equations `(X'WX + Λ) β = X'Wz`, gathered row by row.
#[derive(Clone, Debug)]
pub(super) struct Ridge {
    normal: DMatrix<f64>,
    target: DVector<f64>,
}

impl Ridge {
    /// Starts from the prior precisions `Λ`.
    pub(super) fn new(precisions: &[f64]) -> Self {
        let diagonal = DVector::from_column_slice(precisions);
        Self { normal: DMatrix::from_diagonal(&diagonal), target: DVector::zeros(precisions.len()) }
    }

    /// Adds an observation with its weight (precision).
    pub(super) fn add(&mut self, row: &[(usize, f64)], observed: f64, weight: f64) {
        for (column, value) in row {
            self.target[*column] += weight * value * observed;
            for (other, factor) in row {
                self.normal[(*column, *other)] += weight * value * factor;
            }
        }
    }

    /// The coefficients; zeros where the equations cannot be solved, which positive precisions exclude.
    pub(super) fn solve(self) -> Vec<f64> {
        let len = self.target.len();
        Cholesky::new(self.normal)
            .map(|factor| factor.solve(&self.target).iter().copied().collect())
            .filter(|solution: &Vec<f64>| solution.iter().all(|value| value.is_finite()))
            .unwrap_or_else(|| vec![0.0; len])
    }
}

/// The fitted value of a row.
pub(super) fn fitted(row: &[(usize, f64)], coefficients: &[f64]) -> f64 {
    row.iter().map(|(column, value)| value * coefficients[*column]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prior_pulls_towards_zero_as_hard_as_its_precision_says() {
        // Three observations of 2 with weight 1 against a prior of precision 1: β = 3·2 / (3 + 1) = 1.5.
        let mut ridge = Ridge::new(&[1.0, 5.0]);
        (0..3).for_each(|_| ridge.add(&[(0, 1.0)], 2.0, 1.0));
        let solution = ridge.solve();
        assert!((solution[0] - 1.5).abs() < 1e-12 && solution[1].abs() < 1e-12);
    }
}
