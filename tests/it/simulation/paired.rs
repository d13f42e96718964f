//! Two rosters on the same contacts: their difference is that of their figures, and far better known than either.

use obsada::domain::ids::QueueIx;
use obsada::domain::queue::Queue;
use obsada::domain::units::Seconds;

use super::world::{World, voice};

const REPLICATIONS: usize = 96;

/// Two queues of 120 and 60 calls an hour at 180 s, each with people of its own, half of whom would give up after two minutes.
fn centre(more: &[usize]) -> World {
    let mut world = World::of_hours(8, 30);
    let impatient = || Queue { patience: Some(Seconds::clamped(120.0)), ..voice(20.0) };
    let queues = [world.queue(impatient(), |_| 60.0, 180.0), world.queue(impatient(), |_| 30.0, 180.0)];
    let groups = queues.map(|queue| world.group(&[(queue, 1, 1.0)]));
    let people = [vec![0; 6], vec![1; 4], more.to_vec()].concat();
    for of in people {
        let agent = world.agent(groups[of]);
        world.shift(agent, &[(0, 480)]);
    }
    world
}

#[test]
fn a_difference_is_that_of_two_simulations_and_much_better_known() {
    let (few, more) = (centre(&[]), centre(&[0]));
    let change = more.outcomes(REPLICATIONS, 7).share_beyond(&few.outcomes(REPLICATIONS, 7), QueueIx(0)).unwrap();
    let [one, other] = [&few, &more].map(|world| world.live(REPLICATIONS, 7).queues[0].plan.in_time.unwrap());
    assert!((change.by - (other.share - one.share)).abs() < 1e-12, "{change:?} against {one:?} and {other:?}");
    // Six people for six erlangs: a seventh is felt, and the pair tells it more narrowly than two simulations would.
    assert!(change.by > 0.1 && !change.is_noise());
    assert!(change.half_width < 0.8 * one.half_width().hypot(other.half_width()), "{change:?}");
}

#[test]
fn whoever_takes_other_queues_changes_nothing_at_all() {
    let (few, more) = (centre(&[]).outcomes(REPLICATIONS, 3), centre(&[1]).outcomes(REPLICATIONS, 3));
    let change = more.share_beyond(&few, QueueIx(0)).unwrap();
    assert_eq!((change.by, change.half_width), (0.0, 0.0));
    let own = more.share_beyond(&few, QueueIx(1)).unwrap();
    assert!(own.by > 0.05 && !own.is_noise(), "{own:?}");
    // Who no longer gives up is served, and what each costs follows from the counts.
    let kept = more.kept_beyond(&few);
    assert!(kept.by > 1.0 && !kept.is_noise(), "{kept:?}");
    let spared = more.spared_beyond(&few, &[(5.0, 0.0), (5.0, 0.0)]);
    assert!((spared.by - 5.0 * kept.by).abs() < 1e-9 && (spared.half_width - 5.0 * kept.half_width).abs() < 1e-9);
}
