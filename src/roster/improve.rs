//! A first roster, agent by agent, and everyone re-planned in turn, each exactly at their best beside the others.

use super::incumbent::Incumbent;
use super::line::Line;
use super::pricing::Scratch;
use super::world::World;

/// A saving below this is rounding.
const PAYS: f64 = 1e-6;

/// Builds a first roster agent by agent, those with the least choice first.
///
/// # Errors
/// The agent whom seats leave without a line.
pub(super) fn construct(world: &World<'_>, scratch: &mut Scratch) -> Result<Incumbent, usize> {
    let mut order: Vec<usize> = (0..world.models.len()).collect();
    order.sort_by_key(|&agent| world.models[agent].days.iter().map(|day| day.choices.len()).sum::<usize>());
    let mut roster = Incumbent::empty(world);
    let free = vec![true; world.days()];
    for agent in order {
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
