//! The one doorway to linear and mixed integer programming: a model built from keys, solved by `HiGHS` on one thread with
//! a fixed seed, so that equal models give equal answers; values come back under the keys they were added with.
//!
//! References: Huangfu & Hall, Math. Prog. Comp. 10 (2018), for the solver's dual and primal simplex.

use std::ops::RangeInclusive;
use std::time::Duration;

use highs::{Col, HighsModelStatus, HighsSolutionStatus, Model, RowProblem, Sense, SolvedModel};

/// A linear program that is minimised, some of its variables whole. `K` names its variables in the caller's words.
#[derive(Debug)]
pub struct LinearProgram<K> {
    problem: RowProblem,
    keys: Vec<K>,
    columns: Vec<Col>,
}

/// A variable of a program, to build rows with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable(usize);

/// Where the least cost is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum<K> {
    /// Every variable's value, in the order in which they were added.
    pub values: Vec<(K, f64)>,
}

/// How long branch and cut goes on.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Nodes, at most.
    pub nodes: i32,
    /// Wall clock, if it is bounded.
    pub time: Option<Duration>,
}

impl<K> Optimum<K> {
    fn of(keys: Vec<K>, solved: &SolvedModel) -> Self {
        Self { values: keys.into_iter().zip(solved.get_solution().columns().iter().copied()).collect() }
    }
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

    /// A variable that is zero or one, with what one costs.
    pub fn choice(&mut self, key: K, cost: f64) -> Variable {
        self.columns.push(self.problem.add_integer_column(cost, 0..=1));
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
        let (model, keys) = self.model();
        let solved = model.try_solve().ok()?;
        (solved.status() == HighsModelStatus::Optimal).then(|| Optimum::of(keys, &solved))
    }

    /// The best values found by branch and cut that cost less than a limit; nothing if it finds none. If the time
    /// ran out it finds none, whatever it had by then, so that no answer depends on the clock.
    #[must_use]
    pub fn minimise_below(self, limit: f64, patience: Patience) -> Option<Optimum<K>> {
        let (mut model, keys) = self.model();
        model.set_option("objective_bound", limit);
        model.set_option("mip_max_nodes", patience.nodes);
        model.set_option("mip_rel_gap", 0.0);
        if let Some(time) = patience.time {
            model.set_option("time_limit", time.as_secs_f64());
        }
        let solved = model.try_solve().ok()?;
        let is_found = solved.status() != HighsModelStatus::ReachedTimeLimit
            && solved.primal_solution_status() == HighsSolutionStatus::Feasible
            && solved.objective_value() < limit;
        is_found.then(|| Optimum::of(keys, &solved))
    }

    fn model(self) -> (Model, Vec<K>) {
        let mut model = self.problem.optimise(Sense::Minimise);
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("random_seed", 1);
        (model, self.keys)
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

    /// Three things that weigh 2, 2 and 3 and save 3, 3 and 4, of which a bag holds 4.
    fn bag() -> LinearProgram<&'static str> {
        let mut program = LinearProgram::default();
        let things = [("first", -3.0, 2.0), ("second", -3.0, 2.0), ("third", -4.0, 3.0)];
        let things = things.map(|(key, cost, weight)| (program.choice(key, cost), weight));
        program.row(0.0..=4.0, &things);
        program
    }

    #[test]
    fn choices_are_whole_and_only_what_costs_less_than_the_limit_is_found() {
        let patience = Patience { nodes: 10, time: None };
        let best = bag().minimise_below(-5.5, patience).map(|best| best.values);
        assert_eq!(best, Some(vec![("first", 1.0), ("second", 1.0), ("third", 0.0)]));
        assert_eq!(bag().minimise_below(-6.0, patience), None);
    }

    #[test]
    fn what_is_found_when_time_is_up_is_not_told() {
        let patience = Patience { nodes: 10, time: Some(Duration::ZERO) };
        assert_eq!(bag().minimise_below(0.0, patience), None);
    }

    #[test]
    fn what_cannot_be_kept_has_no_optimum() {
        let mut program = LinearProgram::default();
        let one = program.variable((), 1.0, 0.0..=1.0);
        program.row(2.0..=3.0, &[(one, 1.0)]);
        assert_eq!(program.minimise(), None);
    }
}
