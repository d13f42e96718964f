//! The price of cover: for each queue and interval a convex piecewise-linear cost of the agents assigned.
//!
//! The pieces are short and over staffing at stated prices, or what the queueing model says is lost.

use super::ids::QueueIx;
use super::time::IntervalGrid;

/// A stretch of agents and what each agent in it adds to the cost (negative: what it saves).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverPiece {
    /// Agents in the stretch; the last piece of a curve is infinite.
    pub agents: f64,
    /// Cost of one more agent for the whole interval, in the currency.
    pub slope: f64,
}

/// The cost of assigned agents in one interval: convex, zero where exactly the required agents are assigned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverCurve {
    required: f64,
    pieces: Vec<CoverPiece>,
}

impl CoverCurve {
    /// A curve from pieces with rising slopes; the first `required` agents are those that shortness is counted from.
    /// Nothing if slopes fall or a width is negative.
    #[must_use]
    pub fn new(required: f64, pieces: Vec<CoverPiece>) -> Option<Self> {
        let rising = pieces.windows(2).all(|pair| pair[0].slope <= pair[1].slope);
        let widths = pieces.iter().all(|piece| piece.agents >= 0.0);
        (rising && widths && required >= 0.0).then_some(Self { required, pieces })
    }

    /// Any number of agents at no cost.
    #[must_use]
    pub fn free() -> Self {
        Self { required: 0.0, pieces: vec![CoverPiece { agents: f64::INFINITY, slope: 0.0 }] }
    }

    /// Agents at which the cost is zero.
    #[must_use]
    pub const fn required(&self) -> f64 {
        self.required
    }

    /// The stretches, in order of agents, slopes rising.
    #[must_use]
    pub fn pieces(&self) -> &[CoverPiece] {
        &self.pieces
    }

    /// Cost of the first `agents` agents relative to none, in the currency.
    fn cost_beside_none(&self, agents: f64) -> f64 {
        let mut left = agents.max(0.0);
        let mut cost = 0.0;
        for piece in &self.pieces {
            let taken = left.min(piece.agents);
            cost += taken * piece.slope;
            left -= taken;
            if left <= 0.0 {
                break;
            }
        }
        cost
    }

    /// Cost of having `agents` assigned, in the currency: zero at the requirement.
    #[must_use]
    pub fn cost(&self, agents: f64) -> f64 {
        self.cost_beside_none(agents) - self.cost_beside_none(self.required)
    }
}

/// Queues whose people are counted together: everybody who can take one of them, whatever they are busy with.
#[derive(Clone, Debug, PartialEq)]
pub struct QueuePool {
    /// The queues.
    pub queues: Vec<QueueIx>,
    /// Per skill group what a head at work is worth in the pool; 0 where it can take none of the queues.
    pub heads: Vec<f64>,
    /// One per interval.
    pub curves: Vec<CoverCurve>,
}

/// The curves of all queues: `queues[queue][interval]`, and of pools of queues.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverPrice {
    /// The intervals.
    pub grid: IntervalGrid,
    /// One list of curves per queue, one curve per interval.
    pub queues: Vec<Vec<CoverCurve>>,
    /// Each queue's priority: where heads cost as much in one queue as in another, the lower number gets them. No price says so.
    pub priorities: Vec<u32>,
    /// Pools of queues, where people are counted by what they can do; then the queues' own curves mostly ask for nobody.
    pub pools: Vec<QueuePool>,
}

impl CoverPrice {
    /// No queue has a price: a problem of rules alone.
    #[must_use]
    pub fn of_no_queue(grid: IntervalGrid) -> Self {
        Self { grid, queues: Vec::new(), priorities: Vec::new(), pools: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_is_zero_at_the_requirement_and_convex_around_it() {
        // 4 agents required: the first 3 save 20 each, the fourth 10, every further one costs 2.
        let pieces = [(3.0, -20.0), (1.0, -10.0), (f64::INFINITY, 2.0)];
        let curve = CoverCurve::new(4.0, pieces.map(|(agents, slope)| CoverPiece { agents, slope }).to_vec());
        let cost = |agents| curve.as_ref().map(|curve| curve.cost(agents));
        assert_eq!(cost(4.0), Some(0.0));
        assert_eq!(cost(3.0), Some(10.0));
        assert_eq!(cost(2.0), Some(30.0));
        assert_eq!(cost(6.5), Some(5.0));
    }

    #[test]
    fn falling_slopes_are_refused() {
        let pieces = vec![CoverPiece { agents: 1.0, slope: 1.0 }, CoverPiece { agents: 1.0, slope: 0.0 }];
        assert_eq!(CoverCurve::new(1.0, pieces), None);
    }
}
