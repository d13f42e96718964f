//! One figure per interval of a grid, all of one unit.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::time::IntervalGrid;

/// Figures of unit `U`, one per interval of a grid. Read as a slice of numbers; a series of agents is not one of erlangs.
#[derive(PartialEq)]
pub struct Series<U> {
    grid: IntervalGrid,
    values: Vec<f64>,
    unit: PhantomData<fn() -> U>,
}

impl<U> Series<U> {
    /// A figure for every interval of a grid, in the order of time.
    #[must_use]
    pub fn new(grid: IntervalGrid, values: impl IntoIterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.into_iter().collect();
        assert_eq!(values.len(), grid.len(), "a figure for every interval");
        Self { grid, values, unit: PhantomData }
    }

    /// The same figure everywhere.
    #[must_use]
    pub fn flat(grid: IntervalGrid, value: f64) -> Self {
        Self::new(grid, std::iter::repeat_n(value, grid.len()))
    }

    /// Nothing anywhere.
    #[must_use]
    pub fn zero(grid: IntervalGrid) -> Self {
        Self::flat(grid, 0.0)
    }

    /// The intervals.
    #[must_use]
    pub const fn grid(&self) -> IntervalGrid {
        self.grid
    }

    /// The sum of all figures, in the order of time.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.values.iter().sum()
    }

    /// Each figure made anew from the old one; it stays one of the same unit.
    #[must_use]
    pub fn map(&self, of: impl FnMut(&f64) -> f64) -> Self {
        Self::new(self.grid, self.values.iter().map(of))
    }

    /// The figures of the first intervals alone, those of another grid.
    #[must_use]
    pub fn first(&self, grid: IntervalGrid) -> Self {
        Self::new(grid, self.values[..grid.len()].iter().copied())
    }

    /// These figures, and those of the intervals that follow, on the grid of both.
    #[must_use]
    pub fn followed_by(&self, next: &[f64], grid: IntervalGrid) -> Self {
        Self::new(grid, self.values.iter().chain(next).copied())
    }

    /// Multiplies every figure.
    pub fn scale(&mut self, factor: f64) {
        self.values.iter_mut().for_each(|value| *value *= factor);
    }
}

impl<U> Deref for Series<U> {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.values
    }
}

impl<'a, U> IntoIterator for &'a Series<U> {
    type Item = &'a f64;
    type IntoIter = std::slice::Iter<'a, f64>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<U> Clone for Series<U> {
    fn clone(&self) -> Self {
        Self { grid: self.grid, values: self.values.clone(), unit: PhantomData }
    }
}

impl<U> fmt::Debug for Series<U> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values.fmt(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::{Agents, Minutes};

    #[test]
    fn a_series_has_a_figure_for_every_interval() {
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::hours(2), Minutes::new(60));
        let mut agents: Series<Agents> = Series::new(grid, vec![1.0, 2.5]);
        agents.scale(2.0);
        assert_eq!((&agents[..], agents.total(), agents.grid()), (&[2.0, 5.0][..], 7.0, grid));
        assert_eq!(agents.map(|value| value - 2.0)[..], [0.0, 3.0]);
        assert!(std::panic::catch_unwind(|| Series::<Agents>::new(grid, vec![1.0])).is_err());
    }
}
