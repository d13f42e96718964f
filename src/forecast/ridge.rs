//! Weighted least squares with a normal prior on each coefficient (ridge; Hoerl & Kennard 1970), for sparse rows.

use nalgebra::{Cholesky, DMatrix, DVector};

/// The normal equations `(X'WX + Λ) β = X'Wz`, gathered row by row over the columns in use.
#[derive(Clone, Debug)]
pub(super) struct Ridge {
    /// Position of each column among those in use; columns that no row uses keep their prior mean, zero.
    position: Vec<Option<usize>>,
    normal: DMatrix<f64>,
    target: DVector<f64>,
}

impl Ridge {
    /// Starts from the prior precisions `Λ`, for rows that use only columns of `rows`.
    pub(super) fn new<'a>(precisions: &[f64], rows: impl Iterator<Item = &'a Vec<(usize, f64)>>) -> Self {
        let mut used = vec![false; precisions.len()];
        rows.flatten().for_each(|(column, _)| used[*column] = true);
        let mut next = 0..;
        let position: Vec<Option<usize>> = used.iter().map(|used| if *used { next.next() } else { None }).collect();
        let active: Vec<f64> =
            precisions.iter().zip(&used).filter(|(_, used)| **used).map(|(precision, _)| *precision).collect();
        let diagonal = DVector::from_vec(active);
        Self { position, normal: DMatrix::from_diagonal(&diagonal), target: DVector::zeros(diagonal.len()) }
    }

    /// Adds an observation with its weight (precision).
    pub(super) fn add(&mut self, row: &[(usize, f64)], observed: f64, weight: f64) {
        for (column, value) in row {
            let Some(at) = self.position[*column] else { continue };
            self.target[at] += weight * value * observed;
            for (other, factor) in row {
                // The factorisation reads the lower triangle only.
                if let Some(below) = self.position[*other].filter(|below| *below >= at) {
                    self.normal[(below, at)] += weight * value * factor;
                }
            }
        }
    }

    /// The coefficients; zeros where the equations cannot be solved, which positive precisions exclude.
    pub(super) fn solve(self) -> Vec<f64> {
        let Self { position, normal, target } = self;
        let solution = Cholesky::new(normal)
            .map(|factor| factor.solve(&target))
            .filter(|all| all.iter().all(|value| value.is_finite()));
        let value = |at: &Option<usize>| at.and_then(|at| Some(solution.as_ref()?[at])).unwrap_or(0.0);
        position.iter().map(value).collect()
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
        let rows = [vec![(2, 1.0)]];
        let mut ridge = Ridge::new(&[9.0, 5.0, 1.0], rows.iter());
        (0..3).for_each(|_| ridge.add(&rows[0], 2.0, 1.0));
        let solution = ridge.solve();
        assert!((solution[2] - 1.5).abs() < 1e-12 && solution[..2] == [0.0, 0.0]);
    }
}
