//! Weighted least squares with a normal prior on each coefficient (ridge; Hoerl & Kennard 1970), for sparse rows.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// The columns that a set of rows uses; all others keep their prior mean, zero.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    all: usize,
    used: Vec<usize>,
}

impl Columns {
    /// The columns, out of `all`, that any of the rows uses.
    pub(crate) fn used<'a>(all: usize, rows: impl Iterator<Item = &'a Vec<(usize, f64)>>) -> Self {
        let mut is_used = vec![false; all];
        for (column, _) in rows.flatten() {
            is_used[*column] = true;
        }
        Self { all, used: (0..all).filter(|column| is_used[*column]).collect() }
    }

    /// Whether each of all columns is used.
    pub(super) fn is_used(&self) -> Vec<bool> {
        let mut is_used = vec![false; self.all];
        self.used.iter().for_each(|column| is_used[*column] = true);
        is_used
    }

    /// A row in positions among the used columns, in order.
    pub(super) fn compact(&self, row: &[(usize, f64)]) -> Vec<(usize, f64)> {
        let position = |(column, value): &(usize, f64)| Some((self.used.binary_search(column).ok()?, *value));
        let mut compact: Vec<(usize, f64)> = row.iter().filter_map(position).collect();
        compact.sort_by_key(|(position, _)| *position);
        compact
    }

    /// Coefficients of all columns from those of the used ones.
    pub(super) fn expand(&self, coefficients: &[f64]) -> Vec<f64> {
        let mut all = vec![0.0; self.all];
        for (column, value) in self.used.iter().zip(coefficients) {
            all[*column] = *value;
        }
        all
    }

    /// The entries of the used columns.
    pub(crate) fn select(&self, of_all: &[f64]) -> Vec<f64> {
        self.used.iter().map(|column| of_all[*column]).collect()
    }
}

/// The normal equations `(X'WX + Λ) β = X'Wz`, gathered row by row.
#[derive(Clone, Debug)]
pub(super) struct Ridge {
    /// `X'WX`, the lower triangle.
    normal: DMatrix<f64>,
    target: DVector<f64>,
}

impl Ridge {
    /// Nothing gathered yet, of so many columns.
    pub(crate) fn new(columns: usize) -> Self {
        Self { normal: DMatrix::zeros(columns, columns), target: DVector::zeros(columns) }
    }

    /// Adds an observation with its weight (precision); the row's columns are in order.
    pub(crate) fn add(&mut self, row: &[(usize, f64)], observed: f64, weight: f64) {
        let len = self.target.len();
        // Column by column in memory, and of the symmetric matrix only the lower triangle, which the factorisation reads.
        for (first, (column, value)) in row.iter().enumerate() {
            let weighted = weight * value;
            self.target[*column] += weighted * observed;
            let below = &mut self.normal.as_mut_slice()[column * len..(column + 1) * len];
            for (other, factor) in &row[first..] {
                below[*other] += weighted * factor;
            }
        }
    }

    fn factor(&self, precisions: &[f64]) -> Option<Cholesky<f64, Dyn>> {
        let mut normal = self.normal.clone();
        for (at, precision) in precisions.iter().enumerate() {
            normal[(at, at)] += precision;
        }
        Cholesky::new(normal)
    }

    /// The coefficients under the prior precisions `Λ`; zeros where the equations cannot be solved, which positive
    /// precisions exclude.
    pub(crate) fn solve(&self, precisions: &[f64]) -> Vec<f64> {
        self.factor(precisions)
            .map(|factor| factor.solve(&self.target).iter().copied().collect())
            .filter(|solution: &Vec<f64>| solution.iter().all(|value| value.is_finite()))
            .unwrap_or_else(|| vec![0.0; self.target.len()])
    }

    /// The logarithm of the evidence for prior precisions, up to what does not depend on them (`MacKay`, Neural Computation 4,
    /// 1992): how probable the observations are when coefficients are drawn from the prior.
    pub(crate) fn evidence(&self, precisions: &[f64]) -> f64 {
        let Some(factor) = self.factor(precisions) else { return f64::NEG_INFINITY };
        let explained = factor.solve(&self.target).dot(&self.target);
        let posterior: f64 = factor.l_dirty().diagonal().iter().map(|root| root.ln()).sum();
        let prior: f64 = precisions.iter().map(|precision| precision.ln()).sum();
        0.5 * explained - posterior + 0.5 * prior
    }
}

/// The fitted value of a row.
pub(crate) fn fitted(row: &[(usize, f64)], coefficients: &[f64]) -> f64 {
    row.iter().map(|(column, value)| value * coefficients[*column]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prior_pulls_towards_zero_as_hard_as_its_precision_says() {
        // Three observations of 2 with weight 1 against a prior of precision 1: β = 3·2 / (3 + 1) = 1.5.
        let rows = [vec![(2, 1.0)]];
        let columns = Columns::used(3, rows.iter());
        let precisions = columns.select(&[9.0, 5.0, 1.0]);
        let mut ridge = Ridge::new(precisions.len());
        for _ in 0..3 {
            ridge.add(&columns.compact(&rows[0]), 2.0, 1.0);
        }
        let solution = columns.expand(&ridge.solve(&precisions));
        assert!((solution[2] - 1.5).abs() < 1e-12 && solution[..2] == [0.0, 0.0]);
    }

    #[test]
    fn two_columns_are_told_apart() {
        // y = 3a + 5b, with next to no prior.
        let mut ridge = Ridge::new(2);
        for (a, b) in [(1.0, 0.0), (1.0, 1.0), (2.0, 1.0)] {
            ridge.add(&[(0, a), (1, b)], 3.0 * a + 5.0 * b, 1.0);
        }
        let solution = ridge.solve(&[1e-9, 1e-9]);
        assert!((solution[0] - 3.0).abs() < 1e-6 && (solution[1] - 5.0).abs() < 1e-6);
    }

    #[test]
    fn the_evidence_is_the_probability_of_what_was_seen() {
        // One observation of 2 with variance 1/4: normal around zero with variance 1/4 + 1/λ.
        let mut ridge = Ridge::new(1);
        ridge.add(&[(0, 1.0)], 2.0, 4.0);
        let log_density = |variance: f64| -0.5 * variance.ln() - 2.0 / variance;
        let difference = ridge.evidence(&[1.0]) - ridge.evidence(&[100.0]);
        assert!((difference - (log_density(1.25) - log_density(0.26))).abs() < 1e-9, "{difference}");
    }
}
