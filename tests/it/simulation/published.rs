//! Figures that the simulation library `ContactCenters` publishes of its examples: 1,000 days of 480 minutes that start empty.

use obsada::domain::queue::Queue;
use obsada::domain::service::PeriodService;
use obsada::domain::units::Seconds;

use super::world::{World, voice};

/// 4.2 calls a minute of two minutes each, twelve agents, to be answered within 20 seconds.
fn twelve_agents(patience: Option<Seconds>) -> PeriodService {
    let mut world = World::of_hours(8, 10);
    let queue = world.queue(Queue { patience, ..voice(20.0) }, |_| 42.0, 120.0);
    let group = world.group(&[(queue, 1, 1.0)]);
    world.agents(group, 12);
    world.live(1_000, 1).queues[0].plan.clone()
}

/// Whether two figures with bands of 95 % say the same: their difference has the root of the sum of their squares.
fn assert_agree(name: &str, (ours, half): (f64, f64), (theirs, their_half): (f64, f64)) {
    eprintln!("{name}: {ours:.4} ± {half:.4}, published {theirs} ± {their_half}");
    assert!((ours - theirs).abs() <= half.hypot(their_half), "{name}: {ours} ± {half}, not {theirs} ± {their_half}");
}

#[test]
fn calls_that_wait_for_ever_are_answered_as_published() {
    let plan = twelve_agents(None);
    let in_time = plan.in_time.expect("calls");
    assert_agree("service level", (in_time.share, in_time.half_width()), (0.902, 0.002));
    assert_agree("in time", (in_time.share * plan.offered, in_time.half_width() * plan.offered), (1_816.2, 3.5));
    // Minutes; ours is of those answered, which are all but the few who wait when the day ends.
    assert_agree("wait", (plan.asa.get() / 60.0, 0.0025), (0.0995, 0.0025));
}

#[test]
fn calls_that_give_up_after_a_minute_on_average_fare_as_published() {
    let plan = twelve_agents(Some(Seconds::clamped(60.0)));
    let in_time = plan.in_time.expect("calls");
    assert_agree("in time", (in_time.share * plan.offered, in_time.half_width() * plan.offered), (1_906.0, 2.2));
    assert_agree("abandoned", (plan.abandoned * plan.offered, 0.95), (58.6, 0.95));
}
