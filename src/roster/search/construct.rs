//! A first roster, agent by agent, and everyone re-planned in turn, each exactly at their best beside the others.

use crate::roster::instance::World;
use crate::roster::instance::line::Line;

use super::incumbent::Incumbent;
use super::scratch::SearchScratch;
use super::seating::{Crowd, Seating, seating, smallest_crowd};

/// A saving below this is rounding.
const PAYS: f64 = 1e-6;

/// Whom the seats leave without a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unseated {
    /// An agent left over in the last attempt.
    pub(crate) agent: usize,
    /// Who cannot be seated together, where that was proved.
    pub(crate) crowd: Crowd,
}

/// Builds a first roster agent by agent, those with the least choice first. Those whom the seats leave without a line are
/// planned first in the next attempt (squeaky wheel, Joslin & Clements 1999), and the seats in their way cost a rent from
/// then on, which rises until those who can do without them do. If no attempt seats everybody, [`seating`] looks for any
/// way to do so.
///
/// # Errors
/// Agents whom seats leave without a line.
pub(crate) fn construct(world: &World<'_>, scratch: &mut SearchScratch) -> Result<Incumbent, Unseated> {
    /// Attempts per agent, and at most.
    const ATTEMPTS: usize = 10;
    const MOST: usize = 60;
    let agents = world.models.len();
    let mut order: Vec<usize> = (0..agents).collect();
    order.sort_by_key(|&agent| world.models[agent].days.iter().map(|day| day.choices.len()).sum::<usize>());
    let mut rents: Vec<Vec<f64>> =
        world.seats.iter().map(|seats| vec![0.0; seats.map_or(0, |_| world.axis.slots)]).collect();
    let mut left_over = Vec::new();
    for _ in 0..(ATTEMPTS * agents).clamp(1, MOST) {
        let mut roster = Incumbent::empty(world);
        roster.let_seats(rents);
        left_over = place(world, &order, &mut roster, scratch);
        rents = roster.rents_raised(world, &left_over, world.typical_price(), scratch);
        if left_over.is_empty() {
            return Ok(roster);
        }
        order.retain(|agent| !left_over.contains(agent));
        order.splice(0..0, left_over.iter().copied());
    }
    seat(world, &left_over, scratch)
}

/// Plans everybody in an order, each at their best beside those before; returns who is left without a line.
fn place(world: &World<'_>, order: &[usize], roster: &mut Incumbent, scratch: &mut SearchScratch) -> Vec<usize> {
    let free = vec![true; world.days()];
    let mut left_over = Vec::new();
    for &agent in order {
        match roster.best_line(world, agent, &Line::default(), &free, scratch) {
            Some(line) => roster.put(world, agent, line, &free, &mut scratch.cover),
            None => left_over.push(agent),
        }
    }
    left_over
}

/// Any roster within the seats, whatever it costs.
fn seat(world: &World<'_>, left_over: &[usize], scratch: &mut SearchScratch) -> Result<Incumbent, Unseated> {
    let everybody: Vec<usize> = (0..world.models.len()).collect();
    let crowd = match seating(world, &everybody, &mut scratch.pricing) {
        Seating::Found(lines) => match Incumbent::of(world, lines, &mut scratch.cover) {
            Some(roster) => return Ok(roster),
            None => Crowd::default(),
        },
        Seating::Impossible => smallest_crowd(world, everybody, &mut scratch.pricing),
        Seating::Unknown => Crowd::default(),
    };
    Err(Unseated { agent: left_over.first().copied().unwrap_or(0), crowd })
}

/// Re-plans every agent once, in order; returns how much that saved.
pub(crate) fn sweep(world: &World<'_>, roster: &mut Incumbent, scratch: &mut SearchScratch) -> f64 {
    let start = roster.cost;
    let free = vec![true; world.days()];
    for agent in 0..world.models.len() {
        let before = roster.cost;
        roster.mark();
        let Some(old) = roster.tear(world, agent, &free, &mut scratch.cover) else { continue };
        let line = roster.best_line(world, agent, &old, &free, scratch);
        if let Some(line) = line {
            roster.put(world, agent, line, &free, &mut scratch.cover);
        }
        if roster.lines[agent].is_none() || roster.cost >= before - PAYS {
            roster.take_back(world, before, vec![(agent, old)], &free);
        }
    }
    start - roster.cost
}
