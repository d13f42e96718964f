//! Heads wanted apart from what queues require: people on a site, supervisors for those on shift, heads of a skill
//! group. One notion for all three: a weighted count of agents, and a convex price of that count.

use super::ids::SiteIx;
use super::units::Money;

/// What a headcount is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadcountKind {
    /// People on shift at a site.
    OnSite(SiteIx),
    /// Supervisors for the others on shift at a site.
    Supervisors(SiteIx),
    /// Heads of a skill group, by the name that the user gave it.
    Group(String),
}

/// When an agent of a shift counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// From the shift's start to its end, breaks included.
    OnShift,
    /// While the agent serves queues.
    AtWork,
}

/// A corner of a price: this many heads cost this much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PricePoint {
    /// The count.
    pub count: f64,
    /// What it costs in an interval, in the currency.
    pub cost: f64,
}

/// A convex piecewise-linear price of a count that may be below zero.
#[derive(Clone, Debug, PartialEq)]
pub struct CountPrice {
    points: Vec<PricePoint>,
    /// Slope below the first corner.
    before: f64,
    /// Slope beyond the last.
    after: f64,
}

impl CountPrice {
    /// A price through its corners, straight beyond them with the slopes `before` and `after`. Nothing if there is no
    /// corner, counts do not rise or slopes fall.
    #[must_use]
    pub fn new(points: Vec<PricePoint>, before: f64, after: f64) -> Option<Self> {
        let rising = points.windows(2).all(|pair| pair[0].count < pair[1].count);
        let price = Self { points, before, after };
        let slopes: Vec<f64> = price.slopes().collect();
        let convex = slopes.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9 * pair[0].abs());
        (rising && convex && !price.points.is_empty()).then_some(price)
    }

    /// Nothing from `least` on; each head below it costs `each`.
    #[must_use]
    pub fn at_least(least: f64, each: f64) -> Self {
        Self { points: vec![PricePoint { count: least, cost: 0.0 }], before: -each.max(0.0), after: 0.0 }
    }

    /// The same price for a part or a multiple of the time.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let point = |point: &PricePoint| PricePoint { count: point.count, cost: point.cost * factor };
        let points = self.points.iter().map(point).collect();
        Self { points, before: self.before * factor, after: self.after * factor }
    }

    /// The slopes, from below the first corner to beyond the last.
    pub fn slopes(&self) -> impl Iterator<Item = f64> + '_ {
        let slope = |pair: &[PricePoint]| (pair[1].cost - pair[0].cost) / (pair[1].count - pair[0].count);
        let between = self.points.windows(2).map(slope);
        std::iter::once(self.before).chain(between).chain(std::iter::once(self.after))
    }

    /// The corners, counts rising.
    #[must_use]
    pub fn points(&self) -> &[PricePoint] {
        &self.points
    }

    /// What a count costs in an interval, in the currency.
    #[must_use]
    pub fn cost(&self, count: f64) -> f64 {
        let next = self.points.partition_point(|point| point.count < count);
        let (from, slope) = match (next.checked_sub(1).and_then(|at| self.points.get(at)), self.points.get(next)) {
            (None, Some(first)) => (first, self.before),
            (Some(last), None) => (last, self.after),
            (Some(low), Some(high)) => (low, (high.cost - low.cost) / (high.count - low.count)),
            (None, None) => return 0.0,
        };
        from.cost + slope * (count - from.count)
    }

    /// The least count from which on one more saves nothing; the last corner where each saves something, and no bound below
    /// where none does.
    #[must_use]
    pub fn wanted(&self) -> f64 {
        let falling = self.slopes().take_while(|slope| *slope < 0.0).count();
        let corner = falling.checked_sub(1).and_then(|at| self.points.get(at).or(self.points.last()));
        corner.map_or(f64::NEG_INFINITY, |point| point.count)
    }
}

/// A weighted count of agents in each interval, and its price.
#[derive(Clone, Debug, PartialEq)]
pub struct Headcount {
    /// What it is about.
    pub kind: HeadcountKind,
    /// One per agent, in the order of agents: what the agent adds to the count, 0 for whom it does not concern.
    pub weights: Vec<i32>,
    /// What one person missing would add to the count, whether or not there is such a person.
    pub per_head: i32,
    /// When an agent counts.
    pub counted: Counted,
    /// What the count costs in an interval of [`Self::applies`].
    pub price: CountPrice,
    /// One per interval of the plan: whether the price is asked for.
    pub applies: Vec<bool>,
}

impl Headcount {
    /// Whether the price is asked for in an interval; after the plan's end it is not.
    #[must_use]
    pub fn applies_in(&self, interval: usize) -> bool {
        self.applies.get(interval).copied().unwrap_or(false)
    }
}

/// What a headcount came to in a finished roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadcountResult {
    /// One per interval of the plan.
    pub counts: Vec<i64>,
    /// Its price over the plan.
    pub cost: Money,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(points: &[(f64, f64)], before: f64, after: f64) -> Option<CountPrice> {
        let points = points.iter().map(|&(count, cost)| PricePoint { count, cost }).collect();
        CountPrice::new(points, before, after)
    }

    #[test]
    fn a_price_runs_through_its_corners_and_straight_beyond_them() {
        // Below 2 heads 50 each, from 4 on 10 each; between them nothing.
        let price = price(&[(2.0, 0.0), (4.0, 0.0)], -50.0, 10.0).expect("convex");
        let costs = [-1.0, 0.0, 1.5, 2.0, 3.0, 4.0, 6.0].map(|count| price.cost(count)).to_vec();
        assert_eq!(costs, [150.0, 100.0, 25.0, 0.0, 0.0, 0.0, 20.0]);
        assert!((price.wanted() - 2.0).abs() < 1e-12);
        assert!((CountPrice::at_least(3.0, 20.0).cost(1.0) - 40.0).abs() < 1e-12);
    }

    #[test]
    fn the_corners_between_have_their_own_slopes() {
        // 0 heads cost 90, 1 costs 30, 3 cost 10: slopes −60, −10, then flat.
        let price = price(&[(0.0, 90.0), (1.0, 30.0), (3.0, 10.0)], -60.0, 0.0).expect("convex");
        let costs = [0.0, 0.5, 1.0, 2.0, 9.0].map(|count| price.cost(count)).to_vec();
        assert_eq!(costs, [90.0, 60.0, 30.0, 20.0, 10.0]);
        assert!((price.wanted() - 3.0).abs() < 1e-12);
    }

    #[test]
    fn falling_slopes_and_counts_are_refused() {
        assert_eq!(price(&[(0.0, 90.0), (1.0, 80.0), (2.0, 0.0)], -10.0, 0.0), None);
        assert_eq!(price(&[(2.0, 0.0), (1.0, 0.0)], -1.0, 1.0), None);
        assert_eq!(price(&[], 0.0, 0.0), None);
    }
}
