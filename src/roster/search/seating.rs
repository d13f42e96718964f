//! Whether the seats suffice: a search over who leaves a crowded slot (conflict-based search, Sharon et al. 2015).
//!
//! Everybody takes the cheapest line alone. In a slot with more people than seats somebody has to go, so the search
//! branches on whom: one agent is kept out of the slot and takes its cheapest line beside what it is kept out of so far.
//! Every legal roster lies in some branch, so branches that all end with somebody who has no line left prove that there is
//! none.

use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;
use crate::roster::instance::shifts::running;
use crate::roster::pricing::cheapest_line::cheapest_of;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::{Values, line_of_path};

/// Agents priced before the search gives up.
const MOST_PRICED: usize = 20_000;

/// What the search found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seating {
    /// A line for each agent asked about, within the seats.
    Found(Vec<Line>),
    /// There is none.
    Impossible,
    /// The search gave up.
    Unknown,
}

/// Agents who provably cannot all be seated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Crowd {
    /// Who they are; nobody where nothing was proved.
    pub(crate) agents: Vec<usize>,
    /// Whether without any one of them the rest can be seated.
    pub(crate) is_irreducible: bool,
}

/// Seats for some agents, beside those still there from the roster before.
pub(super) fn seating(instance: &Instance<'_>, agents: &[usize], scratch: &mut Scratch) -> Seating {
    seating_within(instance, agents, &mut MOST_PRICED.clone(), scratch)
}

/// Of agents who cannot all be seated, some who cannot either: one after the other is left out for good if the rest still
/// cannot (deletion filter, Chinneck & Dravnieks 1991).
pub(super) fn smallest_crowd(instance: &Instance<'_>, agents: Vec<usize>, scratch: &mut Scratch) -> Crowd {
    let mut left = MOST_PRICED;
    let mut crowd = Crowd { agents, is_irreducible: true };
    let mut at = 0;
    while at < crowd.agents.len() {
        let mut others = crowd.agents.clone();
        others.remove(at);
        match seating_within(instance, &others, &mut left, scratch) {
            Seating::Impossible => crowd.agents = others,
            Seating::Found(_) => at += 1,
            Seating::Unknown => {
                crowd.is_irreducible = false;
                at += 1;
            }
        }
    }
    crowd
}

/// The same as long as no more agents have to be priced than are left.
pub(crate) fn seating_within(
    instance: &Instance<'_>,
    agents: &[usize],
    left: &mut usize,
    scratch: &mut Scratch,
) -> Seating {
    let Some(rest) = left.checked_sub(agents.len()) else { return Seating::Unknown };
    *left = rest;
    let mut search = SeatingSearch {
        instance,
        agents,
        barred: vec![vec![0; instance.slot_grid.slots]; agents.len()],
        lines: Vec::new(),
    };
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
struct SeatingSearch<'a> {
    instance: &'a Instance<'a>,
    agents: &'a [usize],
    /// Per agent and slot whether it is kept out: 1 or 0.
    barred: Vec<Vec<u32>>,
    lines: Vec<Line>,
}

impl SeatingSearch<'_> {
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
        for (site, seats) in self.instance.seats.iter().enumerate() {
            let Some(seats) = seats else { continue };
            let mut taken = vec![0; self.instance.slot_grid.slots];
            let carried = self.instance.carried.seated.iter().filter(|(of, _)| *of == site);
            carried.flat_map(|(_, slots)| slots.clone()).for_each(|slot| taken[slot] += 1);
            let mut planned = vec![false; taken.len()];
            let here =
                self.agents.iter().zip(&self.lines).filter(|(agent, _)| self.instance.models[**agent].site == site);
            for slot in here.flat_map(|(_, line)| line.present()) {
                taken[slot] += 1;
                planned[slot] = true;
            }
            for (slot, &taken) in taken.iter().enumerate().filter(|(slot, _)| planned[*slot]) {
                worst = worst.max((u32::saturating_sub(taken, *seats), site, slot));
            }
        }
        let (beyond, site, slot) = worst;
        let is_there = |at: &usize| {
            self.instance.models[self.agents[*at]].site == site && self.lines[*at].present().any(|there| there == slot)
        };
        (beyond > 0).then(|| (slot, (0..self.agents.len()).filter(is_there).collect()))
    }

    /// The cheapest line of an agent beside what it is kept out of.
    fn line(&self, at: usize, scratch: &mut Scratch) -> Option<Line> {
        let nothing = vec![0.0; self.instance.slot_grid.slots + 1];
        let barred = running(self.barred[at].iter().copied());
        let values = Values { worth: &nothing, present: None, full: Some(&barred) };
        let path = cheapest_of(self.instance, self.agents[at], &values, scratch)?;
        Some(line_of_path(self.instance, self.agents[at], &values, &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::units::Minutes;
    use crate::domain::workforce::WeekMinutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};
    use crate::roster::instance::line::LineShift;
    use crate::roster::pricing::legal_models::prepared;

    /// Three people, one seat, shifts of four hours that start at these hours, and what each owes.
    fn crowded(starts: StartWindow, hours: [i64; 3]) -> TinyInstance {
        let mut instance = TinyInstance::new(LabourRules {
            shift_lengths: vec![Minutes::hours(4)],
            starts: vec![starts],
            daily_rest: Minutes::hours(11),
            max_days_per_week: 5,
            ..lenient()
        });
        instance.hire("Ben");
        instance.hire("Cem");
        for (agent, hours) in instance.workforce.agents.iter_mut().zip(hours) {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
        }
        instance.workforce.sites[0].seats = Some(1);
        instance
    }

    #[test]
    fn two_shifts_a_day_one_after_the_other_seat_three_people_on_four_days_each() {
        // Twelve shifts; 8:00 to 12:00 and 12:00 to 16:00 on seven days are fourteen.
        let tiny = crowded(StartWindow { from: 8 * 60, until: 12 * 60, step: 240 }, [16; 3]);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let found = seating(&instance, &[0, 1, 2], &mut Scratch::default());
        let Seating::Found(lines) = found else { panic!("{found:?}") };
        let mut spans: Vec<_> = lines.iter().flat_map(|line| &line.shifts).map(LineShift::span).collect();
        spans.sort_by_key(|span| span.start);
        assert_eq!(spans.len(), 12);
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn of_three_people_the_two_who_owe_eight_days_of_a_week_between_them_are_too_many_for_one_seat() {
        // One shift a day; four days each are eight of seven. Who owes nothing is in nobody's way.
        let tiny = crowded(StartWindow { from: 8 * 60, until: 8 * 60, step: 60 }, [16, 0, 16]);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut scratch = Scratch::default();
        assert_eq!(seating(&instance, &[0, 1, 2], &mut scratch), Seating::Impossible);
        let crowd = smallest_crowd(&instance, vec![0, 1, 2], &mut scratch);
        assert_eq!(crowd, Crowd { agents: vec![0, 2], is_irreducible: true });
    }
}
