//! The one doorway to linear programming: a model built from keys, solved by `HiGHS` on one thread with a fixed seed, so
//! that equal models give equal answers; values come back under the keys they were added with.
//!
//! References: Huangfu & Hall, Math. Prog. Comp. 10 (2018), for the solver's dual and primal simplex.

use std::ops::RangeInclusive;

use highs::{Col, HighsModelStatus, RowProblem, Sense};

/// A linear program that is minimised. `K` names its variables in the caller's words.
#[derive(Debug)]
pub struct LinearProgram<K> {
    problem: RowProblem,
    keys: Vec<K>,
    columns: Vec<Col>,
}

/// A variable of a program, to build rows with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable(usize);

/// The least cost and where it is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum<K> {
    /// Every variable's value, in the order in which they were added.
    pub values: Vec<(K, f64)>,
}

impl<K> Default for LinearProgram<K> {
    fn default() -> Self {
        Self { problem: RowProblem::default(), keys: Vec::new(), columns: Vec::new() }
    }
}

impl<K> LinearProgram<K> {
    /// A variable within a range, infinite ends allowed, with its cost per unit.
    pub fn variable(&mut self, key: K, cost: f64, range: RangeInclusive<f64>) -> Variable {
        self.columns.push(self.problem.add_column(cost, range));
        self.keys.push(key);
        Variable(self.keys.len() - 1)
    }

    /// A weighted sum of variables that lies within a range.
    pub fn row(&mut self, range: RangeInclusive<f64>, terms: &[(Variable, f64)]) {
        let terms: Vec<(Col, f64)> =
            terms.iter().map(|(variable, weight)| (self.columns[variable.0], *weight)).collect();
        self.problem.add_row(range, terms);
    }

    /// Whether there is nothing to decide.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The cheapest values; nothing where there is no optimum.
    #[must_use]
    pub fn minimise(self) -> Option<Optimum<K>> {
        let mut model = self.problem.optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("random_seed", 1);
        let solved = model.try_solve().ok()?;
        if solved.status() != HighsModelStatus::Optimal {
            return None;
        }
        let values = solved.get_solution().columns().to_vec();
        Some(Optimum { values: self.keys.into_iter().zip(values).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheaper_of_two_ways_is_taken_first() {
        // Three units of need; the way at 1 carries two of them, the way at 5 the rest: 2 × 1 + 1 × 5.
        let mut program = LinearProgram::default();
        let cheap = program.variable("cheap", 1.0, 0.0..=2.0);
        let dear = program.variable("dear", 5.0, 0.0..=f64::INFINITY);
        program.row(3.0..=f64::INFINITY, &[(cheap, 1.0), (dear, 1.0)]);
        assert_eq!(program.minimise().map(|best| best.values), Some(vec![("cheap", 2.0), ("dear", 1.0)]));
    }

    #[test]
    fn what_cannot_be_kept_has_no_optimum() {
        let mut program = LinearProgram::default();
        let one = program.variable((), 1.0, 0.0..=1.0);
        program.row(2.0..=3.0, &[(one, 1.0)]);
        assert_eq!(program.minimise(), None);
    }
}
