//! Headcounts in fractions: what lines in fractions add to each count, and the prices that follow.
//!
//! The headcounts' part of [`super::restricted_master`], by the same formula: a count wanted and a count supplied may differ at
//! the centre's price and a penalty on the square, here of the difference in heads.

use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::{CountPart, CountProfile};

use super::columns::Column;
use super::dual_prices::Centre;
use super::head_flows::proximal_price;
use super::piecewise_load::PiecewiseLoad;

/// Counts, and what they make of an agent's intervals.
#[derive(Clone, Debug)]
pub(super) struct HeadcountLoads {
    /// `supply[headcount × intervals + interval]`.
    supply: Vec<f64>,
    /// Prices of the counts, in the same order.
    price: Vec<f64>,
    /// `at_work[profile × intervals + interval]`: worth of an interval at work.
    at_work: Vec<f64>,
    /// The same of an interval on shift, breaks included.
    on_shift: Vec<f64>,
    /// Per headcount the profiles that it concerns.
    concerned: Vec<Vec<usize>>,
    intervals: usize,
}

impl HeadcountLoads {
    /// Those who are still there from the roster before.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let (headcounts, intervals) = (&instance.headcounts, instance.slot_grid.intervals);
        let profiles = headcounts.profiles();
        let concerns = |profile: &CountProfile, row: usize| {
            profile.at_work.iter().chain(&profile.on_shift).any(|part| part.row == row)
        };
        let concerned = |row| (0..profiles.len()).filter(|&at| concerns(&profiles[at], row)).collect();
        Self {
            supply: headcounts.counts(&instance.slot_grid, &[]),
            price: vec![0.0; headcounts.len() * intervals],
            at_work: vec![0.0; profiles.len() * intervals],
            on_shift: vec![0.0; profiles.len() * intervals],
            concerned: (0..headcounts.len()).map(concerned).collect(),
            intervals,
        }
    }

    /// Prices of the counts, in the order of all prices.
    pub(crate) fn prices(&self) -> &[f64] {
        &self.price
    }

    /// Recomputes all prices, after the centre moved.
    pub(super) fn reprice(&mut self, instance: &Instance<'_>, centre: &Centre) {
        for (row, t) in instance.headcounts.places() {
            self.reprice_at(instance, centre, row, t);
        }
    }

    /// What the lines of a block, for which an agent stands, are worth to the counts.
    pub(crate) fn worth(&self, instance: &Instance<'_>, agent: usize, column: &Column) -> f64 {
        let profile = instance.headcounts.profile(agent);
        let place = profile * self.intervals..(profile + 1) * self.intervals;
        let CountProfile { at_work, on_shift } = &instance.headcounts.profiles()[profile];
        let worth = |parts: &[CountPart], of: &[f64], heads: &PiecewiseLoad| {
            if parts.is_empty() { 0.0 } else { heads.worth(of) }
        };
        worth(at_work, &self.at_work[place.clone()], &column.works)
            + worth(on_shift, &self.on_shift[place], &column.present)
    }

    /// A bound on how fast the slope of a block, for which an agent stands, changes, per unit of proximity weight and by the sums of the
    /// squares of heads that change at work and on shift.
    pub(super) fn curvature(instance: &Instance<'_>, agent: usize, worked: f64, present: f64) -> f64 {
        let CountProfile { at_work, on_shift } = instance.headcounts.profile_of(agent);
        let squares = |parts: &[CountPart]| parts.iter().map(|part| heads(instance, *part).powi(2)).sum::<f64>();
        squares(at_work) * worked + squares(on_shift) * present
    }

    /// What the counts cost.
    pub(crate) fn cost(&self, instance: &Instance<'_>) -> f64 {
        let headcounts = &instance.headcounts;
        let of = |(row, t): (usize, usize)| {
            headcounts.cost(instance.problem, (row, t), self.supply[row * self.intervals + t] - headcounts.floor(row))
        };
        headcounts.places().map(of).sum()
    }

    /// More or less of an agent in some intervals at work.
    pub(crate) fn work(&mut self, instance: &Instance<'_>, centre: &Centre, agent: usize, t: usize, share: f64) {
        for &part in &instance.headcounts.profile_of(agent).at_work {
            self.add(instance, centre, part, t, share);
        }
    }

    /// More or less of an agent in some intervals on shift.
    pub(crate) fn attend(&mut self, instance: &Instance<'_>, centre: &Centre, agent: usize, t: usize, share: f64) {
        for &part in &instance.headcounts.profile_of(agent).on_shift {
            self.add(instance, centre, part, t, share);
        }
    }

    fn add(&mut self, instance: &Instance<'_>, centre: &Centre, part: CountPart, t: usize, share: f64) {
        self.supply[part.row * self.intervals + t] += share * f64::from(part.weight);
        self.reprice_at(instance, centre, part.row, t);
    }

    fn reprice_at(&mut self, instance: &Instance<'_>, centre: &Centre, row: usize, t: usize) {
        let headcounts = &instance.headcounts;
        let at = row * self.intervals + t;
        let proximity_weight = centre.proximity_weight / headcounts.scale(row).powi(2);
        let (curve, supply) = (headcounts.curve(instance.problem, row, t), self.supply[at] - headcounts.floor(row));
        let middle = centre.prices.heads(row, t);
        self.price[at] = proximal_price(curve, supply, middle, proximity_weight);
        for &profile in &self.concerned[row] {
            let of = &headcounts.profiles()[profile];
            let worth = |part: &CountPart| f64::from(part.weight) * self.price[part.row * self.intervals + t];
            let place = profile * self.intervals + t;
            self.at_work[place] = of.at_work.iter().map(worth).sum();
            self.on_shift[place] = of.on_shift.iter().map(worth).sum();
        }
    }
}

/// What a part is in heads.
fn heads(instance: &Instance<'_>, part: CountPart) -> f64 {
    f64::from(part.weight) / instance.headcounts.scale(part.row)
}
