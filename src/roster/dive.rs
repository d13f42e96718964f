//! A dive from the fractional roster to a whole one: agent after agent is fixed to the line that has most of them, and
//! the others settle anew around it, with new lines asked for as they go.

use rayon::prelude::*;

use super::bundle::Bundle;
use super::incumbent::Incumbent;
use super::lagrangian::{project, worths};
use super::pricing::{Scratch, Values};
use super::world::World;

/// Passes over all agents after each step.
const PASSES: usize = 4;
/// Steps of a dive, at most: of many agents several are fixed at once.
const STEPS: usize = 80;

/// Agents fixed in one step.
fn at_once(agents: usize) -> usize {
    agents.div_ceil(STEPS).max(1)
}

/// Agents that a dive prices.
pub(super) fn deep_dive_work(agents: usize, between: usize) -> u64 {
    let open_after = (1..=agents.div_ceil(at_once(agents))).map(|step| agents.saturating_sub(step * at_once(agents)));
    let asked = open_after.enumerate().filter(|(step, _)| (step + 1).is_multiple_of(between)).map(|(_, open)| open);
    asked.sum::<usize>() as u64
}

/// Fixes everybody, asking for new lines after every `between` steps. No roster if the seats do not hold it, or
/// if it shall `stop`.
pub(super) fn deep_dive(
    world: &World<'_>,
    bundle: &Bundle,
    between: usize,
    stop: &(dyn Fn() -> bool + Sync),
    scratch: &mut Scratch,
) -> Option<Incumbent> {
    let mut bundle = bundle.clone();
    let mut open: Vec<usize> = (0..world.models.len()).collect();
    let mut roster = Incumbent::empty(world);
    let mut step = 0;
    while !open.is_empty() {
        if stop() {
            return None;
        }
        for agent in most_decided(&bundle, &mut open, at_once(world.models.len())) {
            let line = bundle.fix(world, agent)?;
            roster.insert(world, agent, line, &mut scratch.chains);
            roster.mark();
        }
        bundle.settle(world, PASSES);
        step += 1;
        if step % between == 0 {
            ask(world, &mut bundle, &open);
        }
    }
    roster.seats_hold(world).then_some(roster)
}

/// Takes the agents out of whom one line has the largest share; the first of equals.
fn most_decided(bundle: &Bundle, open: &mut Vec<usize>, count: usize) -> Vec<usize> {
    let share = |agent: usize| bundle.mixture.atoms[agent].iter().map(|atom| atom.weight).fold(0.0, f64::max);
    let mut shares: Vec<(f64, usize)> = open.iter().map(|&agent| (share(agent), agent)).collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let taken: Vec<usize> = shares.into_iter().take(count).map(|(_, agent)| agent).collect();
    open.retain(|agent| !taken.contains(agent));
    taken
}

/// Moves the centre to the settled prices and lets the agents not yet fixed answer to them.
fn ask(world: &World<'_>, bundle: &mut Bundle, open: &[usize]) {
    let mut prices = bundle.mixture.price.clone();
    project(world, &mut prices);
    let worths = worths(world, &prices);
    let lines: Vec<_> = open
        .par_iter()
        .map_init(Scratch::default, |scratch, &agent| {
            let values = Values { worth: &worths[world.models[agent].group], full: None };
            world.cheapest(agent, &values, scratch).map(|path| world.line(agent, &values, &path))
        })
        .collect();
    for (&agent, line) in open.iter().zip(lines) {
        if let Some(line) = line {
            bundle.mixture.offer(world, agent, line);
        }
    }
    bundle.recentre(world, prices);
}
