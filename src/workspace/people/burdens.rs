//! Burdens as one plan sees them: what each agent has had so far, and what more of them costs.

use super::model::{People, Person};
use crate::domain::fairness::{BurdenKind, BurdenPrice};
use crate::domain::time::Instant;
use crate::domain::units::Money;
use crate::domain::workforce::Agent;

/// What a person has had so far, by the latest balance of each kind as of an instant; in the order of [`BurdenKind::ALL`].
pub(super) fn had(person: &Person, as_of: Instant) -> Vec<u32> {
    let latest = |kind: BurdenKind| {
        let of_kind = person.balances.iter().filter(|of| of.kind == kind && of.as_of <= as_of);
        of_kind.max_by_key(|of| of.as_of).map_or(0, |of| of.count)
    };
    BurdenKind::ALL.map(latest).to_vec()
}

/// Prices the burdens of agents against those of the others on their site, by full time.
pub(super) fn price(people: &People, agents: &mut [Agent]) {
    let of = &people.fairness;
    if of.price == Money::ZERO {
        return;
    }
    let hours = |agent: &Agent| people.contracts[agent.contract.0].rules.max_week.as_hours();
    let full = agents.iter().map(hours).fold(1.0, f64::max);
    let part: Vec<f64> = agents.iter().map(|agent| (hours(agent) / full).clamp(0.05, 1.0)).collect();
    let points: Vec<f64> = agents.iter().zip(&part).map(|(agent, part)| points(people, agent) / part).collect();
    for at in 0..agents.len() {
        let peers = (0..agents.len()).filter(|&other| agents[other].site == agents[at].site);
        let least = peers.map(|other| points[other]).fold(f64::INFINITY, f64::min);
        agents[at].burden = BurdenPrice::ahead_by(points[at] - least, part[at], of.price);
    }
}

fn points(people: &People, agent: &Agent) -> f64 {
    let counts = BurdenKind::ALL.iter().zip(&agent.burdens_before);
    counts.map(|(kind, count)| f64::from(people.fairness.rules.points_of(*kind) * count)).sum()
}
