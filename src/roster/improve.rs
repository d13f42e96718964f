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
const SEARCHES: u64 = 2;
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
        roster.insert(world, agent, line, &mut scratch.chains);
    }
    Ok(roster)
}

/// Builds a roster from average loads (a dive): everybody starts as their average, and one after the other, in an order drawn from
/// the seed, an average gives way to the line that is best beside the rest. Nothing if seats leave somebody without.
pub(super) fn dive(world: &World<'_>, loads: &[Vec<f64>], seed: u64, scratch: &mut Scratch) -> Option<Incumbent> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut roster = Incumbent::empty(world);
    for (agent, load) in loads.iter().enumerate() {
        roster.shift_load(world, agent, load, Presence::Added, &mut scratch.chains);
        roster.mark();
    }
    let mut order: Vec<usize> = (0..loads.len()).collect();
    order.shuffle(&mut rng);
    for agent in order {
        roster.shift_load(world, agent, &loads[agent], Presence::Taken, &mut scratch.chains);
        let line = roster.best_line(world, agent, scratch)?;
        roster.insert(world, agent, line, &mut scratch.chains);
        roster.mark();
    }
    let lines = std::mem::take(&mut roster.lines);
    let mut roster = Incumbent::empty(world);
    for (agent, line) in lines.into_iter().enumerate() {
        roster.insert(world, agent, line?, &mut scratch.chains);
        roster.mark();
    }
    Some(roster)
}

/// Re-plans every agent once, in order; returns how much that saved.
pub(super) fn sweep(world: &World<'_>, roster: &mut Incumbent, scratch: &mut Scratch) -> f64 {
    let before = roster.cost();
    for agent in 0..world.models.len() {
        replan(world, roster, &[agent], -PAYS, scratch);
    }
    before - roster.cost()
}

/// Searches side by side, each with its own seed, roster and best roster.
pub(super) struct Searches {
    each: Vec<Chain>,
}

#[derive(Clone)]
struct Chain {
    rng: ChaCha8Rng,
    roster: Incumbent,
    best: Incumbent,
    best_cost: f64,
}

impl Searches {
    /// Starts all searches from one roster.
    pub(super) fn new(roster: &Incumbent, seed: u64) -> Self {
        let chain = |search: u64| Chain {
            rng: ChaCha8Rng::seed_from_u64(seed.wrapping_mul(SEARCHES).wrapping_add(search)),
            roster: roster.clone(),
            best: roster.clone(),
            best_cost: roster.cost(),
        };
        Self { each: (0..SEARCHES).map(chain).collect() }
    }

    /// A number of moves in each search; `warmth` is how much dearer a roster may become by a move. Returns the work.
    pub(super) fn advance(&mut self, world: &World<'_>, moves: usize, warmth: f64) -> u64 {
        let work: Vec<u64> = self
            .each
            .par_iter_mut()
            .map_init(Scratch::default, |scratch, chain| chain.advance(world, moves, warmth, scratch))
            .collect();
        work.iter().sum()
    }

    /// The best roster of all searches.
    pub(super) fn best(&self) -> Option<&Incumbent> {
        self.each.iter().min_by(|a, b| a.best_cost.total_cmp(&b.best_cost)).map(|chain| &chain.best)
    }
}

impl Chain {
    fn advance(&mut self, world: &World<'_>, moves: usize, warmth: f64, scratch: &mut Scratch) -> u64 {
        let mut work = 0;
        for _ in 0..moves {
            let torn = choose(world, &mut self.rng);
            work += torn.len() as u64;
            let allowed = -warmth * self.rng.random::<f64>().max(1e-12).ln();
            if replan(world, &mut self.roster, &torn, allowed - PAYS, scratch) {
                let cost = self.roster.cost();
                if cost < self.best_cost - PAYS {
                    self.best_cost = cost;
                    self.best.clone_from(&self.roster);
                }
            }
        }
        work
    }
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

/// Takes agents out and puts them back in the same order, each at its best; undone unless the roster
/// gets dearer by less than `dearer`.
fn replan(world: &World<'_>, roster: &mut Incumbent, agents: &[usize], dearer: f64, scratch: &mut Scratch) -> bool {
    let before = roster.cost();
    roster.mark();
    let old: Move =
        agents.iter().filter_map(|&agent| Some((agent, roster.remove(world, agent, &mut scratch.chains)?))).collect();
    for &agent in agents {
        let Some(line) = roster.best_line(world, agent, scratch) else {
            roster.take_back(world, &old);
            return false;
        };
        roster.insert(world, agent, line, &mut scratch.chains);
    }
    let kept = roster.cost() < before + dearer;
    if kept {
        roster.mend(world, &mut scratch.chains);
    } else {
        roster.take_back(world, &old);
    }
    kept
}

/// A saving below this is rounding.
const PAYS: f64 = 1e-6;
