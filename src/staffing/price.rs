//! The price of cover: what it is worth to have one agent more or fewer, per queue and interval.
//!
//! Up to the requirement each rostered agent saves the price of being short, the first ones (below a share of the
//! requirement) the price of being deeply short; beyond it each costs the price of being over. Prices per hour are
//! scaled to the interval. Priorities change no price: they only decide between queues that are equally priced.
//!
//! Where late contacts have a price, a missing agent of a live queue costs what is lost with it instead: [`super::loss`].

use super::loss::Loss;
use super::params::CoverPriceParams;
use crate::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::Requirement;

/// Deferred work that an interval does not get done can be done in another before its deadline, and work done early is
/// not lost: being short and being over both cost this share of the price, and shortness is never deep.
const MOVABLE: f64 = 0.5;

/// The curves over rostered agents of speed 1, in the currency; zero where exactly the requirement is rostered.
///
/// Prices that would not give a convex curve (see [`CoverPriceParams::validate`]) are raised until they do.
#[must_use]
pub fn price_cover(requirement: &Requirement, queues: &[Queue], params: &CoverPriceParams) -> CoverPrice {
    let hours = requirement.grid.interval().as_hours();
    let curves = queues.iter().zip(&requirement.queues).map(|(queue, required)| {
        let prices = Prices::of(queue, params, hours);
        let loss = params.late_contact.and_then(|price| Loss::of(queue, required, price.as_f64()));
        let short =
            |(t, agents): (usize, &f64)| loss.as_ref().map_or_else(|| prices.short_of(*agents), |loss| loss.pieces(t));
        let curve = |of: (usize, &f64)| prices.curve(*of.1, short(of));
        required.agents_scheduled.iter().enumerate().map(curve).collect()
    });
    let priorities = queues.iter().map(|queue| queue.priority).collect();
    CoverPrice { grid: requirement.grid, queues: curves.collect(), priorities, pools: Vec::new() }
}

/// Prices of one agent for one whole interval of a queue, in the currency.
#[derive(Clone, Copy, Debug)]
struct Prices {
    short: f64,
    deep_short: f64,
    over: f64,
    deep_below: f64,
}

impl Prices {
    fn of(queue: &Queue, params: &CoverPriceParams, hours: f64) -> Self {
        let movable = matches!(queue.channel, Channel::Deferred { .. });
        let share = if movable { MOVABLE } else { 1.0 };
        let short = params.short_per_hour.as_f64().max(0.0) * hours * share;
        let deep_short = (params.deep_short_per_hour.as_f64() * hours).max(short);
        Self {
            short,
            deep_short: if movable { short } else { deep_short },
            over: params.over_per_hour.as_f64().max(0.0) * hours * share,
            deep_below: params.deep_short_below.get(),
        }
    }

    /// Deep shortness and shortness of a requirement.
    fn short_of(&self, required: f64) -> Vec<CoverPiece> {
        let deep = CoverPiece { agents: required * self.deep_below, slope: -self.deep_short };
        let short = CoverPiece { agents: required - deep.agents, slope: -self.short };
        [deep, short].into_iter().filter(|piece| piece.agents > 0.0).collect()
    }

    /// What is short of a requirement, and surplus beyond it.
    fn curve(&self, required: f64, mut pieces: Vec<CoverPiece>) -> CoverCurve {
        pieces.push(CoverPiece { agents: f64::INFINITY, slope: self.over });
        CoverCurve::new(required, pieces).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::requirement::QueueRequirement;
    use crate::domain::series::Series;
    use crate::domain::units::{Minutes, Share};
    use crate::staffing::test_instances;

    /// Prices by the half-hour: short 30, deep 60, over 2.
    fn curve(queue: Queue, required: f64) -> CoverCurve {
        let grid = test_instances::grid(1, 30);
        let requirement = Requirement {
            grid,
            unplanned_shrinkage: Share::NONE,
            queues: vec![QueueRequirement {
                agents_scheduled: Series::flat(grid, required),
                ..QueueRequirement::nothing(grid)
            }],
        };
        price_cover(&requirement, &[queue], &CoverPriceParams::default()).queues[0][0].clone()
    }

    #[test]
    fn shortness_deepens_below_four_fifths() {
        // 12.5 required: below 10 it is deep.
        let curve = curve(test_instances::voice("orders"), 12.5);
        for (agents, cost) in [(12.5, 0.0), (13.5, 2.0), (11.5, 30.0), (10.0, 75.0), (9.0, 135.0), (0.0, 675.0)] {
            assert!((curve.cost(agents) - cost).abs() < 1e-9, "{agents} agents cost {}", curve.cost(agents));
        }
    }

    #[test]
    fn closed_intervals_only_price_surplus() {
        let curve = curve(test_instances::voice("orders"), 0.0);
        assert_eq!(curve.pieces().len(), 1);
        assert_eq!((curve.required(), curve.cost(0.0), curve.cost(3.0)), (0.0, 0.0, 6.0));
    }

    #[test]
    fn work_that_can_move_is_cheaper_to_miss() {
        let curve = curve(test_instances::email("email", Minutes::hours(24)), 10.0);
        assert!((curve.cost(0.0) - 150.0).abs() < 1e-9);
        assert!((curve.cost(11.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_priority_is_handed_on_and_changes_no_price() {
        let first = curve(test_instances::voice("first"), 12.5);
        let second = Queue { priority: 2, ..test_instances::voice("second") };
        assert_eq!(first, curve(second.clone(), 12.5));
        let grid = test_instances::grid(1, 30);
        let requirement =
            Requirement { grid, unplanned_shrinkage: Share::NONE, queues: vec![QueueRequirement::nothing(grid); 2] };
        let cover = price_cover(&requirement, &[test_instances::voice("first"), second], &CoverPriceParams::default());
        assert_eq!(cover.priorities, [1, 2]);
    }
}
