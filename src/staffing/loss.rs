//! What an agent missing from a live queue loses, by the queueing model: the contacts that are served in time with it and not
//! without, at a price each.
//!
//! Below the load hardly anything is served in time and a further agent fewer loses no more by the model, though what waits then
//! burdens the intervals after: so no agent saves less than the next, which keeps the price of cover convex.

use super::live::LiveModel;
use crate::domain::cover::CoverPiece;
use crate::domain::queue::Queue;
use crate::domain::requirement::QueueRequirement;

/// Contacts of a live queue that are not served as its goal counts, at a price each.
pub(super) struct Loss<'a> {
    model: LiveModel,
    required: &'a QueueRequirement,
    price: f64,
}

impl<'a> Loss<'a> {
    /// Nothing for work that can wait. `price` is in the currency.
    pub(super) fn of(queue: &Queue, required: &'a QueueRequirement, price: f64) -> Option<Self> {
        LiveModel::of(queue).map(|model| Self { model, required, price })
    }

    /// What each rostered agent up to the requirement of an interval saves; the first ones at least as much as those after
    /// them.
    pub(super) fn pieces(&self, t: usize) -> Vec<CoverPiece> {
        /// Numbers of agents looked at, at most.
        const MOST: f64 = 48.0;
        let (net, scheduled) = (self.required.agents_net[t], self.required.agents_scheduled[t]);
        let (load, aht) = (self.required.load_erlangs[t], self.required.aht_s[t]);
        let late = |agents: f64| (1.0 - self.model.level_at(load, aht, agents)) * self.required.offered[t] * self.price;
        let step = (net / MOST).ceil().max(1.0);
        let (mut agents, mut lost, mut saved) = (net, late(net), 0.0_f64);
        let mut pieces = Vec::new();
        while agents > 0.0 {
            let fewer = (agents - step).max(0.0);
            let lost_by_fewer = late(fewer);
            saved = saved.max((lost_by_fewer - lost) / (agents - fewer));
            pieces.push(CoverPiece { agents: (agents - fewer) * scheduled / net, slope: -saved * net / scheduled });
            (agents, lost) = (fewer, lost_by_fewer);
        }
        pieces.reverse();
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cover::CoverCurve;
    use crate::domain::units::{Money, Seconds};
    use crate::staffing::{CoverPriceParams, StaffingParams, price_cover, test_instances};

    /// A hundred calls of 180 s in half an hour, for which 14 agents are required; a late one costs 2.
    fn by_loss(queue: &Queue, contacts: f64) -> (CoverCurve, QueueRequirement) {
        let forecast = test_instances::forecast(test_instances::grid(1, 30), &[vec![contacts]], 180.0);
        let queues = std::slice::from_ref(queue);
        let requirement =
            crate::staffing::require(&forecast, queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        let params = CoverPriceParams { late_contact: Some(Money::rounded(2.0)), ..CoverPriceParams::default() };
        (price_cover(&requirement, queues, &params).queues[0][0].clone(), requirement.queues[0].clone())
    }

    #[test]
    fn a_missing_agent_costs_the_contacts_that_are_late_without_it() {
        let lowest = test_instances::voice("orders");
        let (curve, _) = by_loss(&lowest, 100.0);
        // 88.8350 of 100 calls are in time with 14 agents, 79.5595 with 13.
        for (agents, cost) in [(14.0, 0.0), (15.0, 2.0), (13.0, 2.0 * 9.275_523)] {
            assert!((curve.cost(agents) - cost).abs() < 1e-4, "{agents} agents cost {}", curve.cost(agents));
        }
        assert!(curve.cost(0.0) > 2.0 * 88.835);
    }

    #[test]
    fn an_agent_fewer_costs_what_is_lost_at_least_and_no_less_than_the_one_before() {
        let mut patient = test_instances::voice("orders");
        for contacts in [0.02, 3.0, 40.0, 300.0] {
            for patience in [None, Some(Seconds::clamped(90.0))] {
                patient.patience = patience;
                let (curve, required) = by_loss(&patient, contacts);
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
}
