//! The price of cover: what it is worth to have one agent more or fewer, per queue and interval.
//!
//! Up to the requirement each rostered agent saves the price of being short, the first ones (below a share of the
//! requirement) the price of being deeply short; beyond it each costs the price of being over. Prices per hour are
//! scaled to the interval. Where two queues are equally priced, the one with the higher priority is dearer to leave
//! short by a millionth part per rank: too little to matter in money, enough to decide.
//!
//! Where late contacts have a price, a missing agent of a live queue costs what is lost with it by the queueing model: the
//! contacts that are served in time with it and not without. Below the load hardly anything is served in time and a further
//! agent fewer loses no more by the model, though what waits then burdens the intervals after: so no agent saves less than the next.

use super::live::LiveModel;
use super::params::CoverPriceParams;
use crate::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::{QueueRequirement, Requirement};

/// Deferred work that an interval does not get done can be done in another before its deadline, and work done early is
/// not lost: being short and being over both cost this share of the price, and shortness is never deep.
const MOVABLE: f64 = 0.5;

/// Ranks beyond this are all the same.
const LOWEST_RANK: u32 = 1_000;

/// The curves over rostered agents of speed 1, in the currency; zero where exactly the requirement is rostered.
///
/// Prices that would not give a convex curve (see [`CoverPriceParams::validate`]) are raised until they do.
#[must_use]
pub fn price_cover(requirement: &Requirement, queues: &[Queue], params: &CoverPriceParams) -> CoverPrice {
    let hours = requirement.grid.interval().as_hours();
    let curves = queues.iter().zip(&requirement.queues).map(|(queue, required)| {
        let prices = Prices::of(queue, params, hours);
        let loss = params.late_contact.and_then(|price| Loss::of(queue, required, price.as_f64() * prices.rank));
        let curve = |(t, agents): (usize, &f64)| {
            loss.as_ref().map_or_else(|| prices.curve(*agents), |loss| prices.curve_of(loss, t))
        };
        required.agents_scheduled.iter().enumerate().map(curve).collect()
    });
    CoverPrice { grid: requirement.grid, queues: curves.collect() }
}

/// Prices of one agent for one whole interval of a queue, in the currency.
#[derive(Clone, Copy, Debug)]
struct Prices {
    short: f64,
    deep_short: f64,
    over: f64,
    deep_below: f64,
    /// Factor on prices by which priorities break ties.
    rank: f64,
}

impl Prices {
    fn of(queue: &Queue, params: &CoverPriceParams, hours: f64) -> Self {
        let movable = matches!(queue.channel, Channel::Deferred { .. });
        let share = if movable { MOVABLE } else { 1.0 };
        let rank = 1.0 + 1e-6 * f64::from(LOWEST_RANK.saturating_sub(queue.priority));
        let short = params.short_per_hour.as_f64().max(0.0) * hours * share * rank;
        let deep_short = (params.deep_short_per_hour.as_f64() * hours * rank).max(short);
        Self {
            short,
            deep_short: if movable { short } else { deep_short },
            over: params.over_per_hour.as_f64().max(0.0) * hours * share,
            deep_below: params.deep_short_below.get(),
            rank,
        }
    }

    /// Deep shortness, shortness and surplus around a requirement.
    fn curve(&self, required: f64) -> CoverCurve {
        let over = CoverPiece { agents: f64::INFINITY, slope: self.over };
        let deep = CoverPiece { agents: required * self.deep_below, slope: -self.deep_short };
        let short = CoverPiece { agents: required - deep.agents, slope: -self.short };
        let pieces = [deep, short].into_iter().filter(|piece| piece.agents > 0.0).chain([over]).collect();
        CoverCurve::new(required, pieces).unwrap_or_default()
    }
}

impl Prices {
    /// What is lost short of a requirement, and surplus beyond it.
    fn curve_of(&self, loss: &Loss<'_>, t: usize) -> CoverCurve {
        let over = CoverPiece { agents: f64::INFINITY, slope: self.over };
        let pieces = loss.pieces(t).into_iter().chain([over]).collect();
        CoverCurve::new(loss.required.agents_scheduled[t], pieces).unwrap_or_default()
    }
}

/// Contacts of a live queue that are not served as its goal counts, at a price each.
struct Loss<'a> {
    model: LiveModel,
    required: &'a QueueRequirement,
    price: f64,
}

impl<'a> Loss<'a> {
    /// Nothing for work that can wait.
    fn of(queue: &Queue, required: &'a QueueRequirement, price: f64) -> Option<Self> {
        let is_live = !matches!(queue.channel, Channel::Deferred { .. });
        LiveModel::of(queue).filter(|_| is_live).map(|model| Self { model, required, price })
    }

    /// What each agent up to the requirement of an interval saves; the first ones at least as much as those after them.
    fn pieces(&self, t: usize) -> Vec<CoverPiece> {
        /// Numbers of agents looked at, at most.
        const MOST: f64 = 48.0;
        let (net, scheduled) = (self.required.agents_net[t], self.required.agents_scheduled[t]);
        if net <= 0.0 {
            return Vec::new();
        }
        let (load, aht) = (self.required.load_erlangs[t], self.required.aht_s[t]);
        let late = |agents: f64| (1.0 - self.model.level_at(load, aht, agents)) * self.required.offered[t] * self.price;
        let step = (net / MOST).ceil().max(1.0);
        let (mut agents, mut saved) = (net, 0.0_f64);
        let mut pieces = Vec::new();
        while agents > 0.0 {
            let fewer = (agents - step).max(0.0);
            saved = saved.max((late(fewer) - late(agents)) / (agents - fewer));
            pieces.push(CoverPiece { agents: (agents - fewer) * scheduled / net, slope: -saved * net / scheduled });
            agents = fewer;
        }
        pieces.reverse();
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::requirement::QueueRequirement;
    use crate::domain::units::{Minutes, Money, Seconds, Share};
    use crate::staffing::{StaffingParams, worlds};

    /// Prices by the half-hour: short 30, deep 60, over 2.
    fn curve(queue: Queue, required: f64) -> CoverCurve {
        let requirement = Requirement {
            grid: worlds::grid(1, 30),
            unplanned_shrinkage: Share::NONE,
            queues: vec![QueueRequirement { agents_scheduled: vec![required], ..QueueRequirement::default() }],
        };
        let lowest = Queue { priority: LOWEST_RANK, ..queue };
        price_cover(&requirement, &[lowest], &CoverPriceParams::default()).queues[0][0].clone()
    }

    #[test]
    fn shortness_deepens_below_four_fifths() {
        // 12.5 required: below 10 it is deep.
        let curve = curve(worlds::voice("orders"), 12.5);
        for (agents, cost) in [(12.5, 0.0), (13.5, 2.0), (11.5, 30.0), (10.0, 75.0), (9.0, 135.0), (0.0, 675.0)] {
            assert!((curve.cost(agents) - cost).abs() < 1e-9, "{agents} agents cost {}", curve.cost(agents));
        }
    }

    /// A hundred calls of 180 s in half an hour, for which 14 agents are required; a late one costs 2.
    fn by_loss(queue: &Queue, contacts: f64) -> (CoverCurve, QueueRequirement) {
        let forecast = worlds::forecast(worlds::grid(1, 30), &[vec![contacts]], 180.0);
        let queues = std::slice::from_ref(queue);
        let requirement =
            crate::staffing::require(&forecast, queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        let params = CoverPriceParams { late_contact: Some(Money::rounded(2.0)), ..CoverPriceParams::default() };
        (price_cover(&requirement, queues, &params).queues[0][0].clone(), requirement.queues[0].clone())
    }

    #[test]
    fn a_missing_agent_costs_the_contacts_that_are_late_without_it() {
        let lowest = Queue { priority: LOWEST_RANK, ..worlds::voice("orders") };
        let (curve, _) = by_loss(&lowest, 100.0);
        // 88.8350 of 100 calls are in time with 14 agents, 79.5595 with 13.
        for (agents, cost) in [(14.0, 0.0), (15.0, 2.0), (13.0, 2.0 * 9.275_523)] {
            assert!((curve.cost(agents) - cost).abs() < 1e-4, "{agents} agents cost {}", curve.cost(agents));
        }
        assert!(curve.cost(0.0) > 2.0 * 88.835);
    }

    #[test]
    fn an_agent_fewer_costs_what_is_lost_at_least_and_no_less_than_the_one_before() {
        let mut patient = worlds::voice("orders");
        for contacts in [0.02, 3.0, 40.0, 300.0] {
            for patience in [None, Some(Seconds::clamped(90.0))] {
                patient.patience = patience;
                let (curve, required) = by_loss(&Queue { priority: LOWEST_RANK, ..patient.clone() }, contacts);
                let model = LiveModel::of(&patient).expect("a live queue");
                let net = required.agents_net[0];
                let late = |agents: f64| {
                    2.0 * contacts * (1.0 - model.level_at(required.load_erlangs[0], required.aht_s[0], agents))
                };
                assert!(curve.cost(net).abs() < 1e-9);
                for share in 0..20 {
                    let agents = (net * f64::from(share) / 20.0).floor().min(net - 1.0);
                    let lost = late(agents) - late(net);
                    assert!(net == 0.0 || curve.cost(agents) >= lost - 1e-6, "{agents}: {lost} are lost");
                }
                let slopes: Vec<f64> = curve.pieces().iter().map(|piece| piece.slope).collect();
                assert!(slopes.is_sorted() && (net == 0.0 || slopes[0] < 0.0), "{slopes:?}");
            }
        }
    }

    #[test]
    fn closed_intervals_only_price_surplus() {
        let curve = curve(worlds::voice("orders"), 0.0);
        assert_eq!(curve.pieces().len(), 1);
        assert_eq!((curve.required(), curve.cost(0.0), curve.cost(3.0)), (0.0, 0.0, 6.0));
    }

    #[test]
    fn work_that_can_move_is_cheaper_to_miss() {
        let curve = curve(worlds::email("email", Minutes::hours(24)), 10.0);
        assert!((curve.cost(0.0) - 150.0).abs() < 1e-9);
        assert!((curve.cost(11.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_first_priority_is_a_hair_dearer() {
        let first = Prices::of(&worlds::voice("first"), &CoverPriceParams::default(), 1.0).short;
        let second = Queue { priority: 2, ..worlds::voice("second") };
        let second = Prices::of(&second, &CoverPriceParams::default(), 1.0).short;
        assert!(first > second && first < second * 1.000_01);
    }
}
