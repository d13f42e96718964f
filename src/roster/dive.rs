//! A dive from the fractional roster to a whole one: agent after agent is fixed to the line that has most of them, and
//! the others settle anew around it, with new lines asked for as they go.

use rayon::prelude::*;

use super::bundle::Bundle;
use super::incumbent::Incumbent;
use super::lagrangian::{project, worths};
use super::pricing::{Scratch, Values};
use super::world::World;

/// Passes over all agents after each one that is fixed.
const PASSES: usize = 4;
/// Fixes everybody, asking for new lines whenever `between` more agents are fixed; returns the roster and the agents
/// priced. No roster if the seats do not hold it.
pub(super) fn deep_dive(
    world: &World<'_>,
    bundle: &Bundle,
    between: usize,
    scratch: &mut Scratch,
) -> (Option<Incumbent>, u64) {
    let mut bundle = bundle.clone();
    let mut open: Vec<usize> = (0..world.models.len()).collect();
    let mut roster = Incumbent::empty(world);
    let mut work = 0;
    while let Some(place) = most_decided(&bundle, &open) {
        let agent = open.remove(place);
        let Some(line) = bundle.fix(world, agent) else { return (None, work) };
        roster.insert(world, agent, line, &mut scratch.chains);
        roster.mark();
        bundle.settle(world, PASSES);
        if open.len().is_multiple_of(between) {
            work += open.len() as u64;
            ask(world, &mut bundle, &open);
        }
    }
    (roster.seats_hold(world).then_some(roster), work)
}

/// The agent of whom one line has the largest share; the first of equals.
fn most_decided(bundle: &Bundle, open: &[usize]) -> Option<usize> {
    let share = |agent: usize| bundle.mixture.atoms[agent].iter().map(|atom| atom.weight).fold(0.0, f64::max);
    let shares = open.iter().enumerate().map(|(place, &agent)| (place, share(agent)));
    shares.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(place, _)| place)
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
