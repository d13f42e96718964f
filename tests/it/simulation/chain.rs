//! Two queues, specialists and all-rounders: a Markov chain solved numerically, for no formula covers it.
//!
//! A contact of the first queue goes to a specialist if one is free, else to an all-rounder; one of the second to an all-rounder. An
//! all-rounder takes from the second queue first. The state is who serves what and how many wait; lines are cut off where
//! next to nobody ever stands.

use std::collections::HashMap;

use obsada::domain::queue::Queue;
use obsada::domain::service::Service;
use obsada::domain::units::Seconds;

use super::bands::{Band, Compared};
use super::world::{World, voice};

/// Rates are per hour.
#[derive(Clone, Copy, Debug)]
struct Rates {
    arrival: [f64; 2],
    /// Of a specialist at the first queue.
    specialist: f64,
    /// Of an all-rounder at either.
    all_rounder: [f64; 2],
    leaving: [f64; 2],
    specialists: usize,
    all_rounders: usize,
}

/// Specialists busy, all-rounders busy with either queue, and those who wait in either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct State {
    special: usize,
    round: [usize; 2],
    wait: [usize; 2],
}

/// Nobody stands further back in a line than this.
const LONGEST: usize = 22;

impl Rates {
    /// Where a state leads, at which rate.
    fn moves(&self, from: State) -> Vec<(State, f64)> {
        let mut moves = Vec::new();
        let round_free = from.round[0] + from.round[1] < self.all_rounders;
        for (queue, &rate) in self.arrival.iter().enumerate() {
            let mut to = from;
            if queue == 0 && from.special < self.specialists {
                to.special += 1;
            } else if round_free {
                to.round[queue] += 1;
            } else if from.wait[queue] < LONGEST {
                to.wait[queue] += 1;
            }
            moves.push((to, rate));
            let mut to = from;
            if from.wait[queue] > 0 {
                to.wait[queue] -= 1;
                moves.push((to, self.leaving[queue] * from.wait[queue] as f64));
            }
        }
        if from.special > 0 {
            let mut to = from;
            if from.wait[0] > 0 {
                to.wait[0] -= 1;
            } else {
                to.special -= 1;
            }
            moves.push((to, self.specialist * from.special as f64));
        }
        for queue in [0, 1] {
            if from.round[queue] > 0 {
                let mut to = from;
                to.round[queue] -= 1;
                if let Some(next) = [1, 0].into_iter().find(|&next| from.wait[next] > 0) {
                    to.wait[next] -= 1;
                    to.round[next] += 1;
                }
                moves.push((to, self.all_rounder[queue] * from.round[queue] as f64));
            }
        }
        moves
    }

    /// The states that can be reached from an empty centre, with their stationary probabilities: sweeps of Gauss and Seidel.
    fn stationary(&self) -> Vec<(State, f64)> {
        let mut states = vec![State::default()];
        let mut number = HashMap::from([(State::default(), 0)]);
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
        let mut out = Vec::new();
        let mut at = 0;
        while at < states.len() {
            let from = states[at];
            let moves: Vec<_> = self.moves(from).into_iter().filter(|(to, _)| *to != from).collect();
            out.push(moves.iter().map(|(_, rate)| rate).sum::<f64>());
            for (to, rate) in moves {
                let to = *number.entry(to).or_insert_with(|| {
                    states.push(to);
                    into.push(Vec::new());
                    states.len() - 1
                });
                into[to].push((at, rate));
            }
            at += 1;
        }
        let mut probability = vec![1.0 / states.len() as f64; states.len()];
        for _ in 0..3_000 {
            for state in 0..states.len() {
                let flow: f64 = into[state].iter().map(|&(from, rate)| probability[from] * rate).sum();
                probability[state] = flow / out[state];
            }
            let all: f64 = probability.iter().sum();
            for p in &mut probability {
                *p /= all;
            }
        }
        states.into_iter().zip(probability).collect()
    }
}

const DAYS: i64 = 40;

/// The same centre, lived through.
fn lived_through(rates: &Rates, seed: u64) -> Service {
    let mut world = World::of_hours(24 * DAYS, 60);
    let [first, second] = [0, 1].map(|queue| {
        let patience = Some(Seconds::clamped(3_600.0 / rates.leaving[queue]));
        // The first queue's handle time is that of a specialist.
        let aht = 3_600.0 / if queue == 0 { rates.specialist } else { rates.all_rounder[1] };
        world.queue(Queue { patience, ..voice(0.0) }, |_| rates.arrival[queue], aht)
    });
    let specialists = world.group(&[(first, 1, 1.0)]);
    let all_rounders = world.group(&[(first, 2, rates.all_rounder[0] / rates.specialist), (second, 1, 1.0)]);
    world.agents(specialists, rates.specialists);
    world.agents(all_rounders, rates.all_rounders);
    world.live(48, seed)
}

fn compare(rates: &Rates, seed: u64, compared: &mut Compared) {
    let stationary = rates.stationary();
    let mean = |of: &dyn Fn(&State) -> f64| stationary.iter().map(|(state, p)| p * of(state)).sum::<f64>();
    for queue in [0, 1] {
        let last = mean(&|state| f64::from(u8::from(state.wait[queue] == LONGEST)));
        assert!(last < 1e-6, "the line of queue {queue} is cut off too early: {last}");
    }
    let service = lived_through(rates, seed);
    let days = |hours: &[f64]| {
        let of_day = |day: &[f64]| day.iter().sum::<f64>() / 24.0;
        Band::of(hours[24..].chunks(24).map(of_day).collect::<Vec<f64>>())
    };
    for queue in [0, 1] {
        let abandoned = mean(&|state| state.wait[queue] as f64) * rates.leaving[queue] / rates.arrival[queue];
        let at_once = mean(&|state| {
            let round = state.round[0] + state.round[1] < rates.all_rounders;
            f64::from(u8::from(round || queue == 0 && state.special < rates.specialists))
        });
        let of_days = &service.queues[queue].days[1..];
        let served = of_days.iter().map(|day| day.in_time.expect("contacts").share);
        compared.add(&format!("{seed}: queue {queue} served at once"), Band::of(served), at_once);
        let left = of_days.iter().map(|day| day.abandoned);
        compared.add(&format!("{seed}: queue {queue} abandoned"), Band::of(left), abandoned);
        let all_rounders = days(&service.groups[1].busy[queue].1);
        compared.add(
            &format!("{seed}: all-rounders at {queue}"),
            all_rounders,
            mean(&|state| state.round[queue] as f64),
        );
    }
    let specialists = days(&service.groups[0].busy[0].1);
    compared.add(&format!("{seed}: specialists"), specialists, mean(&|state| state.special as f64));
}

#[test]
fn specialists_and_all_rounders_fare_as_their_markov_chain_says() {
    let plain = Rates {
        arrival: [40.0, 25.0],
        specialist: 15.0,
        all_rounder: [12.0, 10.0],
        leaving: [30.0, 20.0],
        specialists: 2,
        all_rounders: 3,
    };
    let settings = [
        plain,
        Rates { arrival: [30.0, 12.0], specialists: 3, all_rounders: 2, ..plain },
        Rates { arrival: [20.0, 40.0], leaving: [60.0, 15.0], specialists: 1, all_rounders: 4, ..plain },
        Rates { arrival: [60.0, 10.0], leaving: [40.0, 40.0], all_rounder: [20.0, 8.0], ..plain },
    ];
    let mut compared = Compared::default();
    settings.iter().zip(1..).for_each(|(rates, seed)| compare(rates, seed, &mut compared));
    // Of 28 figures 1.4 are expected outside.
    compared.assert_inside();
}
