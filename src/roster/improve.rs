//! Better rosters: everyone re-planned in turn, then small groups of agents torn out and put back
//! (ruin and recreate, Schrimpf et al. 2000), each agent exactly. Counted in agents priced.
//!
//! A round runs a fixed number of searches side by side, each with its own seed and from the same roster; what they
//! found is then played onto one roster in order, keeping what still helps. The result depends on the
//! seed alone, however many threads there are.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::incumbent::{Incumbent, Presence};
use super::line::Line;
use super::pricing::Scratch;
use super::world::World;

/// Searches that run side by side in a round.
const SEARCHES: u64 = 4;
/// Agents torn out at once, at most.
const MOST_TORN: usize = 6;

/// Lines that agents changed to in one move that paid.
type Move = Vec<(usize, Line)>;

/// Builds a first roster agent by agent, those with the least choice first; nothing if seats leave somebody without.
pub(super) fn construct(world: &World<'_>, scratch: &mut Scratch) -> Result<Incumbent, usize> {
    let mut order: Vec<usize> = (0..world.models.len()).collect();
    order.sort_by_key(|&agent| world.models[agent].days.iter().map(|day| day.choices.len()).sum::<usize>());
    let mut roster = Incumbent::empty(world);
    for agent in order {
        let line = roster.best_line(world, agent, scratch).ok_or(agent)?;
        roster.insert(world, agent, line);
    }
    Ok(roster)
}

/// Builds a roster from average loads (a dive): everybody starts as their average, and one after the other, in an order drawn from
/// the seed, an average gives way to the line that is best beside the rest. Nothing if seats leave somebody without.
pub(super) fn dive(world: &World<'_>, loads: &[Vec<f64>], seed: u64) -> Option<Incumbent> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut scratch = Scratch::default();
    let mut roster = Incumbent::empty(world);
    for (agent, load) in loads.iter().enumerate() {
        roster.shift_load(world, agent, load, Presence::Added);
        roster.mark();
    }
    let mut order: Vec<usize> = (0..loads.len()).collect();
    order.shuffle(&mut rng);
    for agent in order {
        roster.shift_load(world, agent, &loads[agent], Presence::Taken);
        let line = roster.best_line(world, agent, &mut scratch)?;
        roster.insert(world, agent, line);
        roster.mark();
    }
    let lines = std::mem::take(&mut roster.lines);
    let mut roster = Incumbent::empty(world);
    for (agent, line) in lines.into_iter().enumerate() {
        roster.insert(world, agent, line?);
        roster.mark();
    }
    Some(roster)
}

/// Re-plans every agent once, in order; returns how much that saved.
pub(super) fn sweep(world: &World<'_>, roster: &mut Incumbent, scratch: &mut Scratch) -> f64 {
    let before = roster.cost();
    for agent in 0..world.models.len() {
        replan(world, roster, &[agent], scratch);
    }
    before - roster.cost()
}

/// One round of searches of `moves` moves each; returns the work done.
pub(super) fn round(world: &World<'_>, roster: &mut Incumbent, seed: u64, moves: usize) -> u64 {
    let found: Vec<(Vec<Move>, u64)> = (0..SEARCHES)
        .into_par_iter()
        .map(|search| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(SEARCHES).wrapping_add(search));
            search_alone(world, roster.clone(), &mut rng, moves)
        })
        .collect();
    let work = found.iter().map(|(_, work)| work).sum();
    for moved in found.into_iter().flat_map(|(moves, _)| moves) {
        play(world, roster, moved);
    }
    work
}

/// Tears out and puts back; returns the moves that paid, in order.
fn search_alone(world: &World<'_>, mut roster: Incumbent, rng: &mut ChaCha8Rng, moves: usize) -> (Vec<Move>, u64) {
    let mut scratch = Scratch::default();
    let (mut found, mut work) = (Vec::new(), 0);
    for _ in 0..moves {
        let torn = choose(world, rng);
        work += torn.len() as u64;
        if replan(world, &mut roster, &torn, &mut scratch) {
            found.push(torn.iter().filter_map(|&agent| Some((agent, roster.lines[agent].clone()?))).collect());
        }
    }
    (found, work)
}

/// A random agent and others who share a queue with it, in random order.
fn choose(world: &World<'_>, rng: &mut ChaCha8Rng) -> Vec<usize> {
    let agents = world.models.len();
    let count = rng.random_range(2..=MOST_TORN).min(agents);
    let mut torn = vec![rng.random_range(0..agents)];
    let mut tries = 0;
    while torn.len() < count && tries < 20 * count {
        tries += 1;
        let other = rng.random_range(0..agents);
        let related = world.exchange.related(world.models[torn[0]].group, world.models[other].group);
        if !torn.contains(&other) && (related || tries > 10 * count) {
            torn.push(other);
        }
    }
    torn
}

/// Takes agents out and puts them back in the same order, each at its best; undone unless it pays.
fn replan(world: &World<'_>, roster: &mut Incumbent, agents: &[usize], scratch: &mut Scratch) -> bool {
    let before = roster.cost();
    roster.mark();
    let old: Move =
        agents.iter().filter_map(|&agent| Some((agent, roster.remove(world, agent)?))).collect();
    for &agent in agents {
        let Some(line) = roster.best_line(world, agent, scratch) else {
            roster.take_back(world, &old);
            return false;
        };
        roster.insert(world, agent, line);
    }
    let paid = roster.cost() < before - PAYS;
    if !paid {
        roster.take_back(world, &old);
    }
    paid
}

/// A saving below this is rounding.
const PAYS: f64 = 1e-6;

/// Plays a move found elsewhere, if it still pays and the seats allow it.
fn play(world: &World<'_>, roster: &mut Incumbent, moved: Move) {
    let before = roster.cost();
    roster.mark();
    let old: Move = moved.iter().filter_map(|(agent, _)| Some((*agent, roster.remove(world, *agent)?))).collect();
    for (agent, line) in moved {
        roster.insert(world, agent, line);
    }
    if roster.cost() >= before - PAYS || !roster.seats_hold(world) {
        roster.take_back(world, &old);
    }
}
