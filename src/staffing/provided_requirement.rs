//! A requirement whose agents the planner states: what they would give is computed, not believed.

use super::live::LiveModel;
use super::params::StaffingParams;
use super::service::expected_service;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::series::Series;

/// The same requirement with these agents at work, `agents_net[queue][interval]`, instead of those computed for the
/// goals; the service level and occupancy they bring, and the agents to be rostered, follow from them.
#[must_use]
pub fn state(
    mut requirement: Requirement,
    queues: &[Queue],
    agents_net: Vec<Vec<f64>>,
    params: &StaffingParams,
) -> Requirement {
    let grid = requirement.grid;
    let service = expected_service(&requirement, queues, &agents_net);
    let of_queues = requirement.queues.iter_mut().zip(queues).zip(agents_net).zip(service);
    for (((required, queue), net), service) in of_queues {
        let model = LiveModel::of(queue);
        let occupancy = |interval: usize| {
            let (load, agents) = (required.load_erlangs[interval], net[interval]);
            match &model {
                _ if agents <= 0.0 => 0.0,
                Some(model) => model.occupancy_at(load, required.aht_s[interval], agents),
                None => (load / agents).min(queue.max_occupancy.get()),
            }
        };
        required.occupancy = Series::new(grid, (0..net.len()).map(occupancy));
        required.service_level = Series::new(grid, service.into_iter().map(|level| level.unwrap_or(1.0)));
        required.agents_net = Series::new(grid, net);
        required.agents_scheduled = required.agents_net.map(|net| params.scheduled(*net));
    }
    requirement
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Share;
    use crate::staffing::{require, test_instances};

    #[test]
    fn stated_agents_bring_the_service_they_would_have_brought() {
        // 100 calls of 180 s in half an hour: 14 agents reach 88.8 % in time, 13 reach 79.6 % and are busier.
        let queues = [test_instances::voice("orders")];
        let params = StaffingParams { unplanned_shrinkage: Share::clamped(0.04), ..StaffingParams::default() };
        let forecast = test_instances::forecast(test_instances::grid(1, 30), &[vec![100.0]], 180.0);
        let computed = require(&forecast, &queues, &[], &[], chrono_tz::UTC, &params);
        let same = state(computed.clone(), &queues, vec![vec![14.0]], &params);
        assert_eq!(same, computed);
        let fewer = state(computed, &queues, vec![vec![13.0]], &params);
        assert!((fewer.queues[0].service_level[0] - 0.795_594_788_418).abs() < 1e-9);
        assert!((fewer.queues[0].occupancy[0] - 10.0 / 13.0).abs() < 1e-12);
        assert!((fewer.queues[0].agents_scheduled[0] - 13.0 / 0.96).abs() < 1e-12);
    }
}
