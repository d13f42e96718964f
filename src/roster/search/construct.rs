//! A first roster, agent by agent, and everyone re-planned in turn, each exactly at their best beside the others.

use rayon::prelude::*;

use crate::roster::instance::Instance;
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
pub(crate) fn construct(instance: &Instance<'_>, scratch: &mut SearchScratch) -> Result<Incumbent, Unseated> {
    /// Attempts per agent, and at most.
    const ATTEMPTS: usize = 10;
    const MOST: usize = 60;
    let attempts = (ATTEMPTS * instance.models.len()).clamp(1, MOST);
    attempted(instance, attempts, scratch).or_else(|left_over| seat(instance, &left_over, scratch))
}

/// The same in a few attempts, for those who only want to know whether it is easily done; nothing where it is not.
pub(crate) fn construct_soon(instance: &Instance<'_>, scratch: &mut SearchScratch) -> Option<Incumbent> {
    const A_FEW: usize = 6;
    attempted(instance, A_FEW, scratch).ok()
}

/// A first roster in so many attempts, or whom the last one left over.
fn attempted(instance: &Instance<'_>, attempts: usize, scratch: &mut SearchScratch) -> Result<Incumbent, Vec<usize>> {
    let mut order: Vec<usize> = (0..instance.models.len()).collect();
    order.sort_by_key(|&agent| instance.models[agent].days.iter().map(|day| day.choices.len()).sum::<usize>());
    let mut rents: Vec<Vec<f64>> =
        instance.seats.iter().map(|seats| vec![0.0; seats.map_or(0, |_| instance.slot_grid.slots)]).collect();
    let mut left_over = Vec::new();
    for _ in 0..attempts {
        let mut roster = Incumbent::empty(instance);
        roster.let_seats(rents);
        left_over = place(instance, &order, &mut roster, scratch);
        rents = roster.rents_raised(instance, &left_over, instance.typical_price(), scratch);
        if left_over.is_empty() {
            return Ok(roster);
        }
        order.retain(|agent| !left_over.contains(agent));
        order.splice(0..0, left_over.iter().copied());
    }
    Err(left_over)
}

/// Plans everybody in an order, each at their best beside those before; returns who is left without a line. Where a line takes long and no seat
/// can be taken twice, some are planned side by side, each as if the others of them were not there.
fn place(instance: &Instance<'_>, order: &[usize], roster: &mut Incumbent, scratch: &mut SearchScratch) -> Vec<usize> {
    /// Agents side by side.
    const TOGETHER: usize = 3;
    let free = vec![true; instance.days()];
    let mut left_over = Vec::new();
    if instance.strain() > 1.0 && instance.seats.iter().all(Option::is_none) {
        for some in order.chunks(TOGETHER) {
            let line = |scratch: &mut SearchScratch, &agent: &usize| {
                roster.clone().best_line(instance, agent, &Line::default(), &free, scratch)
            };
            let lines: Vec<Option<Line>> = some.par_iter().map_init(SearchScratch::default, line).collect();
            for (&agent, line) in some.iter().zip(lines) {
                match line {
                    Some(line) => roster.insert_days(instance, agent, line, &free, &mut scratch.cover),
                    None => left_over.push(agent),
                }
            }
        }
        return left_over;
    }
    for &agent in order {
        match roster.best_line(instance, agent, &Line::default(), &free, scratch) {
            Some(line) => roster.insert_days(instance, agent, line, &free, &mut scratch.cover),
            None => left_over.push(agent),
        }
    }
    left_over
}

/// Any roster within the seats, whatever it costs.
fn seat(instance: &Instance<'_>, left_over: &[usize], scratch: &mut SearchScratch) -> Result<Incumbent, Unseated> {
    let everybody: Vec<usize> = (0..instance.models.len()).collect();
    let crowd = match seating(instance, &everybody, &mut scratch.pricing) {
        Seating::Found(lines) => match Incumbent::of(instance, lines, &mut scratch.cover) {
            Some(roster) => return Ok(roster),
            None => Crowd::default(),
        },
        Seating::Impossible => smallest_crowd(instance, everybody, &mut scratch.pricing),
        Seating::Unknown => Crowd::default(),
    };
    Err(Unseated { agent: left_over.first().copied().unwrap_or(0), crowd })
}

/// Re-plans every agent once, in order, or as many as there is time for; how many that were, and how much it saved.
pub(crate) fn sweep(
    instance: &Instance<'_>,
    roster: &mut Incumbent,
    scratch: &mut SearchScratch,
    is_over: impl Fn(usize) -> bool,
) -> (usize, f64) {
    let start = roster.cost;
    let free = vec![true; instance.days()];
    for agent in 0..instance.models.len() {
        if is_over(agent) {
            return (agent, start - roster.cost);
        }
        let before = roster.cost;
        roster.mark();
        let Some(old) = roster.remove_days(instance, agent, &free, &mut scratch.cover) else { continue };
        let line = roster.best_line(instance, agent, &old, &free, scratch);
        if let Some(line) = line {
            roster.insert_days(instance, agent, line, &free, &mut scratch.cover);
        }
        if roster.lines[agent].is_none() || roster.cost >= before - PAYS {
            roster.take_back(instance, before, vec![(agent, old)], &free);
        }
    }
    (instance.models.len(), start - roster.cost)
}
