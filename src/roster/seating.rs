//! Whether the seats suffice: a search over who leaves a crowded slot (conflict-based search, Sharon et al. 2015).
//!
//! Everybody takes the cheapest line alone. In a slot with more people than seats somebody has to go, so the search
//! branches on whom: one agent is kept out of the slot and takes its cheapest line beside what it is kept out of so far.
//! Every legal roster lies in some branch, so branches that all end with somebody who has no line left prove that there is
//! none.

use super::line::{Line, LineShift};
use super::pricing::{Scratch, Values};
use super::shifts::running;
use super::world::World;

/// Agents priced before the search gives up.
const MOST_PRICED: usize = 20_000;

/// What the search found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Seating {
    /// A line for each agent asked about, within the seats.
    Found(Vec<Line>),
    /// There is none.
    Impossible,
    /// The search gave up.
    Unknown,
}

/// Seats for some agents, beside those still there from the roster before.
pub(super) fn seating(world: &World<'_>, agents: &[usize], scratch: &mut Scratch) -> Seating {
    seating_within(world, agents, &mut MOST_PRICED.clone(), scratch)
}

/// Agents who cannot all be seated, of some who cannot: without any one of them the rest can be, as far as the search
/// tells before it gives up.
pub(super) fn smallest_crowd(world: &World<'_>, mut agents: Vec<usize>, scratch: &mut Scratch) -> Vec<usize> {
    let mut left = MOST_PRICED;
    let mut at = 0;
    while at < agents.len() {
        let mut others = agents.clone();
        others.remove(at);
        match seating_within(world, &others, &mut left, scratch) {
            Seating::Impossible => agents = others,
            _ => at += 1,
        }
    }
    agents
}

fn seating_within(world: &World<'_>, agents: &[usize], left: &mut usize, scratch: &mut Scratch) -> Seating {
    let mut search = Search { world, agents, barred: vec![vec![0; world.axis.slots]; agents.len()], lines: Vec::new() };
    for at in 0..agents.len() {
        match search.line(at, scratch) {
            Some(line) => search.lines.push(line),
            None => return Seating::Impossible,
        }
    }
    match search.descend(left, scratch) {
        Some(true) => Seating::Found(search.lines),
        Some(false) => Seating::Impossible,
        None => Seating::Unknown,
    }
}

/// A branch of the search.
struct Search<'a> {
    world: &'a World<'a>,
    agents: &'a [usize],
    /// Per agent and slot whether it is kept out: 1 or 0.
    barred: Vec<Vec<u32>>,
    lines: Vec<Line>,
}

impl Search<'_> {
    /// Whether the branch holds a seating, which then stands in `lines`; nothing if the search gave up.
    fn descend(&mut self, left: &mut usize, scratch: &mut Scratch) -> Option<bool> {
        let Some((slot, crowd)) = self.most_crowded() else { return Some(true) };
        for at in crowd {
            *left = left.checked_sub(1)?;
            self.barred[at][slot] = 1;
            if let Some(line) = self.line(at, scratch) {
                let before = std::mem::replace(&mut self.lines[at], line);
                if self.descend(left, scratch)? {
                    return Some(true);
                }
                self.lines[at] = before;
            }
            self.barred[at][slot] = 0;
        }
        Some(false)
    }

    /// The slot with the most people beyond its seats, if there is one, and who is there.
    fn most_crowded(&self) -> Option<(usize, Vec<usize>)> {
        let mut worst = (0, 0, 0);
        for (site, seats) in self.world.seats.iter().enumerate() {
            let Some(seats) = seats else { continue };
            let mut taken = vec![0; self.world.axis.slots];
            let carried = self.world.carried.seated.iter().filter(|(of, _)| *of == site);
            carried.flat_map(|(_, slots)| slots.clone()).for_each(|slot| taken[slot] += 1);
            let mut planned = vec![false; taken.len()];
            let here = self.agents.iter().zip(&self.lines).filter(|(agent, _)| self.world.models[**agent].site == site);
            for slot in here.flat_map(|(_, line)| &line.shifts).flat_map(LineShift::span) {
                taken[slot] += 1;
                planned[slot] = true;
            }
            for (slot, &taken) in taken.iter().enumerate().filter(|(slot, _)| planned[*slot]) {
                worst = worst.max((u32::saturating_sub(taken, *seats), site, slot));
            }
        }
        let (beyond, site, slot) = worst;
        let is_there = |at: &usize| {
            self.world.models[self.agents[*at]].site == site
                && self.lines[*at].shifts.iter().any(|shift| shift.span().contains(&slot))
        };
        (beyond > 0).then(|| (slot, (0..self.agents.len()).filter(is_there).collect()))
    }

    /// The cheapest line of an agent beside what it is kept out of.
    fn line(&self, at: usize, scratch: &mut Scratch) -> Option<Line> {
        let nothing = vec![0.0; self.world.axis.slots + 1];
        let barred = running(self.barred[at].iter().copied());
        let values = Values { worth: &nothing, present: None, full: Some(&barred) };
        let path = self.world.cheapest(self.agents[at], &values, scratch)?;
        Some(self.world.line(self.agents[at], &values, &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::units::Minutes;
    use crate::domain::workforce::WeekMinutes;
    use crate::roster::check::world::{World as Tiny, lenient};

    /// Three people who owe so many hours each, in shifts of four that start at 8:00, 10:00 or 12:00 on at most two
    /// days, and one seat.
    fn crowded(hours: i64) -> Tiny {
        let mut world = Tiny::new(LabourRules {
            shift_lengths: vec![Minutes::hours(4)],
            starts: vec![StartWindow { from: 8 * 60, until: 12 * 60, step: 120 }],
            daily_rest: Minutes::hours(11),
            max_days_per_week: 5,
            ..lenient()
        });
        world.hire("Ben");
        world.hire("Cem");
        for agent in &mut world.workforce.agents {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
        }
        world.workforce.sites[0].seats = Some(1);
        world
    }

    fn asked(tiny: &Tiny, agents: &[usize]) -> Seating {
        let problem = tiny.problem();
        let world = World::new(&problem).expect("everybody has a line");
        seating(&world, agents, &mut Scratch::default())
    }

    #[test]
    fn seven_days_of_two_shifts_one_after_the_other_seat_fourteen() {
        // Four days each are twelve shifts; 8:00 to 12:00 and 12:00 to 16:00 on seven days are fourteen.
        let Seating::Found(lines) = asked(&crowded(16), &[0, 1, 2]) else { panic!("seats for all") };
        let mut spans: Vec<_> = lines.iter().flat_map(|line| &line.shifts).map(LineShift::span).collect();
        spans.sort_by_key(|span| span.start);
        assert_eq!(spans.len(), 12);
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
}
