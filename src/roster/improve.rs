//! A first roster, agent by agent, and everyone re-planned in turn, each exactly at their best beside the others.

use super::incumbent::Incumbent;
use super::line::Line;
use super::pricing::Scratch;
use super::world::World;

/// A saving below this is rounding.
const PAYS: f64 = 1e-6;

/// Builds a first roster agent by agent, those with the least choice first. Whom the seats leave without a line is
/// planned first in the next attempt (squeaky wheel, Joslin & Clements 1999).
///
/// # Errors
/// An agent whom seats leave without a line in every attempt.
pub(super) fn construct(world: &World<'_>, scratch: &mut Scratch) -> Result<Incumbent, usize> {
    /// Attempts per agent, and at most.
    const ATTEMPTS: usize = 3;
    const MOST: usize = 60;
    let agents = world.models.len();
    let mut order: Vec<usize> = (0..agents).collect();
    order.sort_by_key(|&agent| world.models[agent].days.iter().map(|day| day.choices.len()).sum::<usize>());
    let mut attempt = construct_in(world, &order, scratch);
    for _ in 1..(ATTEMPTS * agents).min(MOST) {
        let Err(without) = attempt else { break };
        order.retain(|agent| *agent != without);
        order.insert(0, without);
        attempt = construct_in(world, &order, scratch);
    }
    attempt
}

/// Plans everybody in an order, each at their best beside those before.
fn construct_in(world: &World<'_>, order: &[usize], scratch: &mut Scratch) -> Result<Incumbent, usize> {
    let mut roster = Incumbent::empty(world);
    let free = vec![true; world.days()];
    for &agent in order {
        let line = roster.best_line(world, agent, &Line::default(), &free, scratch).ok_or(agent)?;
        roster.put(world, agent, line, &free, &mut scratch.sharer);
    }
    Ok(roster)
}

/// Re-plans every agent once, in order; returns how much that saved.
pub(super) fn sweep(world: &World<'_>, roster: &mut Incumbent, scratch: &mut Scratch) -> f64 {
    let start = roster.cost;
    let free = vec![true; world.days()];
    for agent in 0..world.models.len() {
        let before = roster.cost;
        roster.mark();
        let Some(old) = roster.tear(world, agent, &free, &mut scratch.sharer) else { continue };
        let line = roster.best_line(world, agent, &old, &free, scratch);
        if let Some(line) = line {
            roster.put(world, agent, line, &free, &mut scratch.sharer);
        }
        if roster.lines[agent].is_none() || roster.cost >= before - PAYS {
            roster.take_back(world, before, vec![(agent, old)], &free);
        }
    }
    start - roster.cost
}
