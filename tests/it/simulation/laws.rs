//! What must be true of every centre, drawn from a seed: small ones with everything that a workspace can say.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use obsada::domain::ids::QueueIx;
use obsada::domain::queue::{Channel, Escalation, Queue, ServiceDefinition, ServiceGoal};
use obsada::domain::routing::{
    AgentTakes, Behaviour, ContactTakes, DeferredWork, HandleTimeShape, PatienceShape, Redial, Routing, VirtualHold,
};
use obsada::domain::series::Series;
use obsada::domain::service::Service;
use obsada::domain::units::{Minutes, Seconds, Share};

use super::world::{World, voice};

/// What floating sums may be off by.
const ROUNDING: f64 = 1e-6;

type Random = ChaCha8Rng;

fn pick<T: Copy>(random: &mut Random, of: &[T]) -> T {
    of[random.random_range(0..of.len())]
}

fn maybe<T>(random: &mut Random, probability: f64, draw: impl FnOnce(&mut Random) -> T) -> Option<T> {
    random.random_bool(probability).then(|| draw(random))
}

fn share(random: &mut Random) -> Share {
    Share::clamped(random.random_range(0.0..1.0))
}

fn seconds(random: &mut Random, of: &[f64]) -> Seconds {
    Seconds::clamped(pick(random, of))
}

/// One to four queues, one to four groups, up to a dozen agents, a day or so.
fn centre(seed: u64) -> World {
    let random = &mut Random::seed_from_u64(seed);
    let mut world = World::of_hours(pick(random, &[1, 7, 26, 49]), pick(random, &[5, 15, 60]));
    world.routing = routing(random);
    world.requirement.unplanned_shrinkage = Share::clamped(pick(random, &[0.0, 0.1, 1.0]));
    let queues = random.random_range(1..=4);
    for at in 0..queues {
        let queue = queue(random, at, queues);
        let (contacts, open_from) = (random.random_range(0.0..8.0), random.random_range(0..4));
        let at = world.queue(queue, |interval| if interval % 12 >= open_from { contacts } else { 0.0 }, 0.0);
        let required = &mut world.requirement.queues[at.0];
        let aht = pick(random, &[0.0, 30.0, 200.0, 900.0]);
        let with_contacts = required.offered.iter().map(|offered| if *offered > 0.0 { aht } else { 0.0 });
        required.aht_s = Series::new(world.grid, with_contacts);
        required.open = required.offered.iter().map(|offered| *offered > 0.0).collect();
    }
    for _ in 0..random.random_range(1..=4) {
        let abilities: Vec<(QueueIx, u32, f64)> = (0..queues)
            .filter_map(|queue| {
                maybe(random, 0.6, |random| {
                    (QueueIx(queue), random.random_range(1..=3), pick(random, &[0.0, 0.6, 1.0, 1.4]))
                })
            })
            .collect();
        let group = world.group(&abilities);
        for _ in 0..random.random_range(0..=3) {
            let agent = world.agent(group);
            for _ in 0..random.random_range(0..=3) {
                let work = work(random, &world);
                world.shift(agent, &work);
            }
        }
    }
    world
}

/// Stretches of work that follow one another; shifts of one agent may overlap, for rosters edited by hand may.
fn work(random: &mut Random, world: &World) -> Vec<(i64, i64)> {
    let minutes = (world.grid.end() - world.grid.start()).num_minutes();
    let mut at = random.random_range(-120..minutes);
    let mut stretch = |random: &mut Random| {
        let from = at + pick(random, &[0, 15, 30]);
        at = from + pick(random, &[0, 15, 90, 240]);
        (from, at)
    };
    (0..random.random_range(1..=3)).map(|_| stretch(random)).collect()
}

fn routing(random: &mut Random) -> Routing {
    Routing {
        contact_takes: pick(random, &[ContactTakes::Rank, ContactTakes::LongestIdle]),
        agent_takes: pick(random, &[AgentTakes::Rank, AgentTakes::LongestWait]),
        deferred: pick(random, &[DeferredWork::Yields, DeferredWork::Held]),
    }
}

/// A queue at a position among so many; it may escalate to a later one.
fn queue(random: &mut Random, at: usize, queues: usize) -> Queue {
    let channel = match random.random_range(0..3) {
        0 => Channel::Voice,
        1 => Channel::Chat { concurrency: pick(random, &[1.0, 2.0, 2.4, 3.0]) },
        _ => Channel::Deferred { deadline: Minutes::hours(2) },
    };
    let plain = voice(pick(random, &[0.0, 20.0, 7_200.0]));
    let definition = pick(
        random,
        &[
            ServiceDefinition::Offered,
            ServiceDefinition::Answered,
            ServiceDefinition::AnsweredAndAbandoned,
            ServiceDefinition::AnsweredAndAbandonedAfter,
            ServiceDefinition::HandledOrAbandonedWithin,
        ],
    );
    Queue {
        channel,
        goal: ServiceGoal { definition, ..plain.goal },
        patience: maybe(random, 0.7, |random| seconds(random, &[1.0, 60.0, 600.0])),
        escalation: maybe(random, if at + 1 < queues { 0.5 } else { 0.0 }, |random| Escalation {
            to: QueueIx(random.random_range(at + 1..queues)),
            share: share(random),
            after: seconds(random, &[0.0, 60.0, 3_600.0]),
        }),
        behaviour: Behaviour {
            handle_times: pick(
                random,
                &[HandleTimeShape::Exponential, HandleTimeShape::Lognormal(0.0), HandleTimeShape::Lognormal(1.5)],
            ),
            patience: pick(
                random,
                &[PatienceShape::Exponential, PatienceShape::Weibull(0.5), PatienceShape::Lognormal(1.0)],
            ),
            redial: maybe(random, 0.4, |random| Redial { share: share(random), after: seconds(random, &[1.0, 300.0]) }),
            virtual_hold: maybe(random, 0.3, |random| VirtualHold {
                share: share(random),
                after: seconds(random, &[0.0, 30.0]),
            }),
            overflow_after: maybe(random, 0.4, |random| seconds(random, &[5.0, 60.0])),
            chat_interference: pick(random, &[0.0, 0.25, 1.0]),
        },
        ..plain
    }
}

/// Every contact is answered, gives up or still waits; shares are shares.
fn assert_contacts_are_kept(service: &Service) {
    for (number, queue) in service.queues.iter().enumerate() {
        for t in 0..service.grid.len() {
            let fates = queue.answered[t] + queue.abandoned[t] + queue.waiting[t];
            assert!(
                (queue.offered[t] - fates).abs() < ROUNDING,
                "queue {number}, interval {t}: {} and {fates}",
                queue.offered[t]
            );
            assert!(queue.asa[t] >= 0.0 && queue.asa[t].is_finite());
        }
        let days = queue.days.iter().chain(&queue.weeks).chain([&queue.plan]);
        let shares = queue.in_time.iter().copied().chain(days.map(|period| period.in_time));
        for band in shares.flatten() {
            assert!(
                0.0 <= band.low && band.low <= band.share && band.share <= band.high && band.high <= 1.0,
                "{band:?}"
            );
        }
    }
}

/// Nobody is busy for longer than at work, and what queues get is what groups give.
fn assert_time_is_kept(service: &Service) {
    for t in 0..service.grid.len() {
        for (number, group) in service.groups.iter().enumerate() {
            let busy: f64 = group.busy.iter().map(|(_, busy)| busy[t]).sum();
            assert!(
                busy <= group.at_work[t] + ROUNDING,
                "group {number}, interval {t}: {busy} of {}",
                group.at_work[t]
            );
        }
        // Groups list the queues that they can take alone: time spent on others would be missing here.
        for (number, queue) in service.queues.iter().enumerate() {
            let of_queue = service.groups.iter().flat_map(|group| &group.busy).filter(|(of, _)| of.0 == number);
            let given: f64 = of_queue.map(|(_, busy)| busy[t]).sum();
            assert!(
                (given - queue.busy[t]).abs() < ROUNDING,
                "queue {number}, interval {t}: {given} and {}",
                queue.busy[t]
            );
        }
    }
}

fn with_threads(threads: usize, world: &World) -> Service {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| world.live(10, 3))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn contacts_and_time_are_kept(seed in any::<u64>()) {
        let service = centre(seed).live(6, seed);
        assert_contacts_are_kept(&service);
        assert_time_is_kept(&service);
    }

    #[test]
    fn who_waits_longer_before_giving_up_breaks_nothing(seed in any::<u64>(), patience in 1.0f64..1e6) {
        let mut world = centre(seed);
        world.queues.iter_mut().for_each(|queue| queue.patience = Some(Seconds::clamped(patience)));
        let service = world.live(3, seed);
        assert_contacts_are_kept(&service);
        assert_time_is_kept(&service);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn threads_change_nothing_and_neither_does_a_second_run(seed in any::<u64>()) {
        let world = centre(seed);
        let one = with_threads(1, &world);
        prop_assert!(one == with_threads(2, &world), "threads");
        prop_assert!(one == with_threads(1, &world), "a second run");
    }

    #[test]
    fn calls_of_one_length_keep_people_busy_for_just_that_long(seed in any::<u64>(), contacts in 1.0f64..9.0, agents in 1usize..6) {
        // Nobody calls in the last four of eight hours, so all who did not give up are served: each for 200 seconds.
        let mut world = World::of_hours(8, 15);
        let plain = voice(20.0);
        let behaviour = Behaviour { handle_times: HandleTimeShape::Lognormal(0.0), ..plain.behaviour };
        let patience = Some(Seconds::clamped(120.0));
        let queue = world.queue(Queue { behaviour, patience, ..plain }, |t| if t < 16 { contacts } else { 0.0 }, 200.0);
        let group = world.group(&[(queue, 1, 1.0)]);
        world.agents(group, agents);
        let service = world.live(5, seed);
        let busy: f64 = service.queues[0].busy.total() * 900.0;
        let handled = service.queues[0].answered.total() * 200.0;
        prop_assert!((busy - handled).abs() < 1e-6 * handled.max(1.0), "{busy} s and {handled} s");
        prop_assert!(service.queues[0].waiting.iter().all(|waiting| *waiting < ROUNDING), "somebody still waits");
    }
}
