//! The least by which the costs of two rosters can differ.
//!
//! Where wages are not counted and every price is a whole number of currency units, so is the cost of every roster: then
//! a bound can be rounded up to the next whole number, and a roster that costs less costs at least one unit less. Shared heads
//! do not break units: at speed one the sharing is a network flow, whose optimum between whole supplies and breakpoints
//! is whole (Ahuja, Magnanti & Orlin 1993, theorem 9.10).

use crate::domain::workforce::{Agent, SkillGroup};
use crate::roster::problem::RosterProblem;

/// One unit of currency where the costs of all rosters are whole numbers; nothing where they may be anything.
pub(super) fn cost_step(problem: &RosterProblem<'_>) -> Option<f64> {
    let workforce = problem.workforce;
    let is_whole = workforce.agents.iter().all(costs_whole)
        && workforce.groups.iter().all(serves_at_speed_one)
        && problem.cover.pools.iter().all(|pool| pool.heads.iter().all(|worth| whole(*worth)))
        && problem.cover.queues.iter().chain(problem.cover.pools.iter().map(|pool| &pool.curves)).flatten().all(
            |curve| {
                let pieces = curve.pieces();
                whole(curve.cost(0.0))
                    && pieces.iter().all(|piece| whole(piece.slope) && whole_or_endless(piece.agents))
            },
        )
        && workforce.headcounts.iter().all(|headcount| {
            let price = &headcount.price;
            price.points().iter().all(|point| whole(point.count) && whole(point.cost)) && price.slopes().all(whole)
        });
    is_whole.then_some(1.0)
}

fn costs_whole(agent: &Agent) -> bool {
    agent.hourly_cost.as_f64() == 0.0 && agent.wishes.iter().all(|wish| whole(wish.price.as_f64()))
}

fn serves_at_speed_one(group: &SkillGroup) -> bool {
    group.abilities.iter().all(|ability| whole(ability.speed) && ability.speed <= 1.0)
}

/// Whether sums of such numbers are exact.
fn whole(value: f64) -> bool {
    const MOST: f64 = 1e9;
    value.fract() == 0.0 && value.abs() < MOST
}

fn whole_or_endless(value: f64) -> bool {
    value == f64::INFINITY || whole(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Money;
    use crate::roster::check::tiny_instance::TinyInstance;

    #[test]
    fn costs_come_in_whole_units_only_where_no_wage_and_no_broken_price_can_enter_them() {
        let mut tiny = TinyInstance::crowded(&["Ben"], 5);
        tiny.require("mon 09:00", 2.0);
        assert!(cost_step(&tiny.problem()).is_none(), "wages are paid");
        for agent in &mut tiny.workforce.agents {
            agent.hourly_cost = Money::ZERO;
        }
        assert!(cost_step(&tiny.problem()).is_some());
        let half = tiny.workforce.groups[0].abilities[0];
        tiny.workforce.groups[0].abilities[0].speed = 0.5;
        assert!(cost_step(&tiny.problem()).is_none(), "half a head is work");
        tiny.workforce.groups[0].abilities[0] = half;
        tiny.require("mon 10:00", 1.5);
        assert!(cost_step(&tiny.problem()).is_none(), "half a head is wanted");
    }
}
