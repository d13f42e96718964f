//! What holds for every queue, whatever its numbers.

use proptest::prelude::*;

use super::agents_for_goal::agents_needed;
use super::live::LiveModel;
use super::outcome::Outcome;
use crate::domain::queue::ServiceDefinition;
use crate::domain::units::{Seconds, Share};

const DEFINITIONS: [ServiceDefinition; 5] = [
    ServiceDefinition::Offered,
    ServiceDefinition::Answered,
    ServiceDefinition::AnsweredAndAbandoned,
    ServiceDefinition::AnsweredAndAbandonedAfter,
    ServiceDefinition::HandledOrAbandonedWithin,
];

/// Rounding that is not a broken law.
const SLACK: f64 = 1e-9;

/// Any live queue: patient or not, calls or chats, counted in any way.
fn any_model() -> impl Strategy<Value = LiveModel> {
    let patience = prop::option::of(1.0..2_000.0_f64);
    let concurrency = prop::option::of(1.0..4.0_f64);
    (patience, concurrency, 0.0..300.0_f64, prop::sample::select(DEFINITIONS.to_vec()))
        .prop_map(|(patience, concurrency, within, definition)| LiveModel { patience, within, definition, concurrency })
}

fn mean_wait(outcome: &Outcome) -> f64 {
    outcome.mean_wait.map_or(f64::INFINITY, Seconds::get)
}

proptest! {
    #[test]
    fn more_staff_never_lowers_service(
        model in any_model(), load in 0.01..120.0_f64, aht in 10.0..1_500.0_f64, agents in 0_u64..150, part in 0.0..1.0_f64
    ) {
        prop_assert!(model.level(load, aht, agents + 1) >= model.level(load, aht, agents) - SLACK);
        let (some, more) = (agents as f64 + part, agents as f64 + part + 0.3);
        prop_assert!(model.level_at(load, aht, more) >= model.level_at(load, aht, some) - SLACK);
    }

    #[test]
    fn more_load_never_raises_service(
        model in any_model(), load in 0.01..120.0_f64, more in 1.0..1.5_f64, aht in 10.0..1_500.0_f64, agents in 0_u64..150
    ) {
        prop_assert!(model.level(load * more, aht, agents) <= model.level(load, aht, agents) + SLACK);
        let (before, after) = (model.outcome(load, aht, agents), model.outcome(load * more, aht, agents));
        prop_assert!(after.p_wait.get() >= before.p_wait.get() - SLACK);
        prop_assert!(after.occupancy.get() >= before.occupancy.get() - SLACK);
        prop_assert!(mean_wait(&after) >= mean_wait(&before) * (1.0 - SLACK));
    }

    #[test]
    fn fates_add_up(
        model in any_model(), load in 0.01..500.0_f64, aht in 10.0..1_500.0_f64, agents in 0_u64..600
    ) {
        let outcome = model.outcome(load, aht, agents);
        let fates = outcome.fates;
        let abandoned = outcome.p_abandon.get();
        prop_assert!((fates.answered + abandoned - 1.0).abs() < SLACK);
        prop_assert!(fates.answered_within >= 0.0 && fates.answered_within <= fates.answered + SLACK);
        prop_assert!(fates.abandoned_within >= 0.0 && fates.abandoned_within <= abandoned + SLACK);
        for definition in DEFINITIONS {
            prop_assert!((0.0..=1.0).contains(&fates.level(definition).get()));
        }
        // Little's law on the agents: what they carry is what is answered.
        let capacity = agents as f64 * model.concurrency.unwrap_or(1.0);
        prop_assert!(outcome.occupancy.get() * capacity.floor() <= load * (1.0 - abandoned) + 1e-6);
    }

    #[test]
    fn more_volume_never_requires_fewer_agents(
        model in any_model(), load in 0.01..120.0_f64, more in 1.0..1.5_f64, aht in 10.0..1_500.0_f64,
        share in 0.0..0.99_f64, cap in 0.3..1.0_f64
    ) {
        let needed = |load: f64| agents_needed(&model, load, aht, Share::clamped(share), Share::clamped(cap)).agents;
        let agents = needed(load);
        prop_assert!(needed(load * more) >= agents);
        // One fewer breaks the goal, the cap, or the line.
        if agents > 0 {
            let fewer = model.outcome(load, aht, agents - 1);
            let kept = fewer.fates.level(model.definition).get() >= share && fewer.occupancy.get() <= cap;
            prop_assert!(!kept || fewer.mean_wait.is_none());
        }
    }
}
