//! Several agents planned together while everything else stays: a large neighbourhood search (Shaw 1998) whose parts are solved
//! like the whole, by prices and a dive with column generation.
//!
//! Free are either some agents who can stand in for one another, on all days, or everybody on some days in a row. A
//! part's bound says when nothing is to be gained there; what stays unchanged too often is cut larger.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::roster::bound::bundle::{Bundle, Dive, Dived, Found};
use crate::roster::bound::restricted_master::RestrictedMaster;
use crate::roster::instance::Instance;
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::pricing::cheapest_line::is_legal;

use super::incumbent::Incumbent;
use super::part_sizes::{PartOutcome, Sizes};
use super::scratch::SearchScratch;

/// A saving below this is rounding.
const PAYS: f64 = 1e-6;

/// A search of neighbourhoods under way.
pub(crate) struct Neighbourhoods<'a> {
    instance: &'a Instance<'a>,
    /// Lines that agents can choose from, beside those they find.
    pool: &'a RestrictedMaster,
    /// Everybody at their line in the roster.
    base: Bundle,
    sizes: Sizes,
    rng: ChaCha8Rng,
    /// Lines that agents answered with, if they are kept.
    found: Vec<Found>,
}

/// A neighbourhood: the agents and the days that are free.
#[derive(Debug)]
struct Neighbourhood {
    agents: Vec<usize>,
    days: Vec<bool>,
    seed: u64,
}

impl<'a> Neighbourhoods<'a> {
    /// Around a roster, with the prices and lines of a bundle that has a model for every agent.
    pub(crate) fn new(
        instance: &'a Instance<'a>,
        bundle: &'a Bundle,
        roster: &Incumbent,
        sizes: Sizes,
        seed: u64,
    ) -> Self {
        let lines: Vec<Line> = roster.lines.iter().map(|line| line.clone().unwrap_or_default()).collect();
        let base = bundle.beside(instance, &lines);
        let rng = ChaCha8Rng::seed_from_u64(seed);
        Self { instance, pool: &bundle.master, base, sizes, rng, found: Vec::new() }
    }

    /// The sizes by now.
    pub(crate) fn sizes(&self) -> Sizes {
        self.sizes
    }

    /// Lines that agents answered with since the last call, if the bundle keeps them.
    pub(crate) fn take_found(&mut self) -> Vec<Found> {
        std::mem::take(&mut self.found)
    }

    /// Plans two parts side by side, and takes what makes the roster no dearer, the second beside the first. Returns how many
    /// agents were priced, days counted as parts of the plan.
    pub(crate) fn advance(&mut self, roster: &mut Incumbent, scratch: &mut SearchScratch) -> u64 {
        let of_days = self.rng.random_bool(self.sizes.of_days());
        let parts = [(); 2].map(|()| if of_days { self.some_days() } else { self.some_agents() });
        let answers: Vec<Dived> = parts.par_iter().map(|part| self.planned(part, roster)).collect();
        let mut priced = 0.0;
        for (part, Dived { lines, asked, found }) in parts.iter().zip(answers) {
            self.found.extend(found);
            let before = roster.cost;
            let outcome = match lines {
                None => PartOutcome::GivenUp,
                Some(lines) => {
                    if let Some(lines) = self.beside(roster, part, lines, scratch) {
                        self.replace(roster, part, lines, scratch);
                    }
                    if roster.cost < before - PAYS { PartOutcome::Cheaper } else { PartOutcome::Vain }
                }
            };
            let of_part = self.work_of(part, asked);
            let size = if of_days { &mut self.sizes.days } else { &mut self.sizes.agents };
            size.learn(outcome, before - roster.cost, of_part);
            priced += of_part;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of pricings")]
        let whole = priced.ceil() as u64;
        whole.max(1)
    }

    /// Whole lines priced where agents of a part were asked so often.
    fn work_of(&self, part: &Neighbourhood, asked: u64) -> f64 {
        /// What a pricing counts for, with its share of the time that the master takes.
        const MASTER: f64 = 2.0;
        let (free, days) = (part.days.iter().filter(|free| **free).count(), part.days.len().max(1));
        let strain = if free < days { self.instance.strain() } else { 1.0 };
        MASTER * asked as f64 * free as f64 / days as f64 / strain
    }

    /// Everybody on some days in a row.
    fn some_days(&mut self) -> Neighbourhood {
        let (days, length) = (self.instance.days(), self.sizes.days.now);
        let first = self.rng.random_range(0..=days - length);
        Neighbourhood {
            agents: (0..self.instance.models.len()).collect(),
            days: (0..days).map(|day| (first..first + length).contains(&day)).collect(),
            seed: self.rng.random(),
        }
    }

    /// A random agent and others who share a queue with it.
    fn some_agents(&mut self) -> Neighbourhood {
        let count = self.sizes.agents.now;
        let everybody: Vec<usize> = (0..self.instance.models.len()).collect();
        let first = self.rng.random_range(0..everybody.len());
        let agents = self.instance.related(first, count, &everybody, &mut self.rng);
        Neighbourhood { agents, days: vec![true; self.instance.days()], seed: self.rng.random() }
    }

    /// The lines of a part planned anew, unless they cannot make the roster cheaper.
    fn planned(&self, part: &Neighbourhood, roster: &Incumbent) -> Dived {
        /// Rounds before the dive.
        const ROUNDS: usize = 6;
        /// Share of the bound that is no longer worth a round.
        const SETTLED: f64 = 1e-5;
        let scope = roster.scope(self.instance, &part.agents, &part.days);
        let mut bundle = self.base.releasing(self.instance, self.pool, &part.agents, &part.days, scope);
        let limit = self.instance.below(roster.cost);
        let mut asked = 0;
        for _ in 0..ROUNDS {
            bundle.advance(self.instance);
            asked += part.agents.len() as u64;
            if bundle.bound >= limit {
                return Dived { lines: None, asked, found: bundle.take_found() };
            }
            if bundle.hope() <= SETTLED * bundle.bound.abs() {
                break;
            }
        }
        let dive = Dive { one_in: 5, rounds: 2, noise: 0.02, limit };
        let dived = bundle.dive(self.instance, &dive, &mut ChaCha8Rng::seed_from_u64(part.seed), &|| false);
        let of_part = |lines: Vec<Line>| part.agents.iter().map(|&agent| lines[agent].clone()).collect();
        Dived { lines: dived.lines.map(of_part), asked: asked + dived.asked, ..dived }
    }

    /// The lines of a part with the days that are not free as the roster has them by now; nothing if some agent may not work
    /// that.
    fn beside(
        &self,
        roster: &Incumbent,
        part: &Neighbourhood,
        lines: Vec<Line>,
        scratch: &mut SearchScratch,
    ) -> Option<Vec<Line>> {
        let instance = self.instance;
        let beside = |(&agent, line): (&usize, Line)| {
            let now = roster.lines[agent].as_ref()?;
            let kept = |line: &Line| line.shifts.iter().filter(|shift| !part.days[shift.day]).cloned().collect();
            let (stays, stayed): (Vec<LineShift>, Vec<LineShift>) = (kept(now), kept(&line));
            if stays == stayed {
                return Some(line);
            }
            let mut shifts: Vec<LineShift> = line.shifts.into_iter().filter(|shift| part.days[shift.day]).collect();
            shifts.extend(stays);
            shifts.sort_by_key(|shift| shift.day);
            let (model, library) = (&instance.models[agent], instance.library(agent));
            let line = Line::new(shifts, instance.agent(agent), library, &instance.slot_grid);
            is_legal(model, library, &line, &mut scratch.pricing).then_some(line)
        };
        part.agents.iter().zip(lines).map(beside).collect()
    }

    /// Gives the agents of a part new lines, and then each in turn the best beside the others, if that makes the roster no
    /// dearer: another roster that costs as much is a new place to search from.
    fn replace(&mut self, roster: &mut Incumbent, part: &Neighbourhood, lines: Vec<Line>, scratch: &mut SearchScratch) {
        const SWEEPS: usize = 2;
        let (instance, before) = (self.instance, roster.cost);
        roster.mark();
        let remove =
            |&agent: &usize| Some((agent, roster.remove_days(instance, agent, &part.days, &mut scratch.cover)?));
        let old: Vec<(usize, Line)> = part.agents.iter().filter_map(remove).collect();
        for (&agent, line) in part.agents.iter().zip(lines) {
            roster.insert_days(instance, agent, line, &part.days, &mut scratch.cover);
        }
        for &agent in part.agents.iter().cycle().take(SWEEPS * part.agents.len()) {
            let Some(now) = roster.remove_days(instance, agent, &part.days, &mut scratch.cover) else { continue };
            let line = roster.best_line(instance, agent, &now, &part.days, scratch).unwrap_or(now);
            roster.insert_days(instance, agent, line, &part.days, &mut scratch.cover);
        }
        if roster.cost > before || !roster.holds_seats(instance) {
            roster.take_back(instance, before, old, &part.days);
            return;
        }
        for (agent, old) in old {
            if let Some(line) = roster.lines[agent].as_ref().filter(|line| **line != old) {
                self.base.change(instance, agent, line.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::bound::dual_prices::DualPrices;
    use crate::roster::check::tiny_instance::TinyInstance;
    use crate::roster::pricing::cheapest_line::cheapest_of;
    use crate::roster::pricing::legal_models::prepared;
    use crate::roster::pricing::shift_prices::{Values, line_of_path};
    use crate::roster::search::construct::construct;

    /// Ten people who owe twelve hours in shifts of four or six, more need than they can serve, and some seats.
    fn busy(seats: u32) -> TinyInstance {
        let others = ["Ben", "Cem", "Dora", "Emil", "Fay", "Gus", "Hui", "Ida", "Jan"];
        let mut instance = TinyInstance::crowded(&others, seats);
        for (day, agents) in [("mon", 3.5), ("tue", 4.2), ("thu", 3.1), ("fri", 3.8), ("sun", 2.5)] {
            (9..17).for_each(|hour| instance.require(&format!("{day} {hour:02}:00"), agents));
        }
        instance
    }

    fn bundle_of(instance: &Instance<'_>) -> Bundle {
        let mut bundle = Bundle::new(instance, DualPrices::zero(instance), None);
        (0..20).for_each(|_| bundle.advance(instance));
        bundle
    }

    #[test]
    fn parts_add_up_to_a_roster_within_the_seats_that_gets_no_dearer() {
        let tiny = busy(7);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let (bundle, mut scratch) = (bundle_of(&instance), SearchScratch::default());
        let mut roster = construct(&instance, &mut scratch).expect("seats for all");
        let start = roster.cost;
        let mut parts = Neighbourhoods::new(&instance, &bundle, &roster, Sizes::new(&instance), 5);
        for _ in 0..25 {
            let before = roster.cost;
            assert!(parts.advance(&mut roster, &mut scratch) > 0);
            let lines: Vec<Line> = roster.lines.iter().cloned().map(|line| line.expect("a line")).collect();
            let whole = Incumbent::of(&instance, lines, &mut scratch.cover).expect("the seats hold");
            assert!((whole.cost - roster.cost).abs() < 1e-6, "{} is {}", roster.cost, whole.cost);
            assert!(roster.cost <= before);
        }
        assert!(roster.cost < start && roster.cost >= bundle.bound - 1e-6, "{} from {start}", roster.cost);
        assert!(roster.cost < 1.1 * bundle.bound, "{} above {}", roster.cost, bundle.bound);
    }

    #[test]
    fn days_planned_side_by_side_from_a_poor_roster_leave_its_cost_what_its_lines_come_to() {
        let tiny = busy(20);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let (bundle, mut scratch) = (bundle_of(&instance), SearchScratch::default());
        // Everybody where they cost least, whoever is missing.
        let nothing = vec![0.0; instance.slot_grid.slots + 1];
        let values = Values { worth: &nothing, present: None, full: None };
        let cheapest = |agent: usize| {
            let path = cheapest_of(&instance, agent, &values, &mut scratch.pricing).expect("a line");
            line_of_path(&instance, agent, &values, &path)
        };
        let lines: Vec<Line> = (0..instance.models.len()).map(cheapest).collect();
        let mut accepted = 0;
        for seed in 0..12 {
            let mut roster = Incumbent::of(&instance, lines.clone(), &mut scratch.cover).expect("seats for all");
            let mut sizes = Sizes::new(&instance);
            sizes.days.now = 4;
            let mut parts = Neighbourhoods::new(&instance, &bundle, &roster, sizes, seed);
            for _ in 0..4 {
                let before = roster.cost;
                parts.advance(&mut roster, &mut scratch);
                accepted += usize::from(roster.cost < before);
                let lines: Vec<Line> = roster.lines.iter().cloned().map(|line| line.expect("a line")).collect();
                let whole = Incumbent::of(&instance, lines, &mut scratch.cover).expect("the seats hold");
                assert!((whole.cost - roster.cost).abs() < 1e-6, "{} is {}", roster.cost, whole.cost);
                let may_work = |(agent, line): (usize, &Option<Line>)| {
                    let line = line.as_ref().expect("a line");
                    is_legal(&instance.models[agent], instance.library(agent), line, &mut scratch.pricing)
                };
                assert!(roster.lines.iter().enumerate().all(may_work));
            }
        }
        assert!(accepted > 20, "{accepted}");
    }

    #[test]
    fn the_bound_of_a_part_never_lies_above_the_roster_that_it_is_a_part_of() {
        let tiny = busy(7);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let bundle = bundle_of(&instance);
        let roster = construct(&instance, &mut SearchScratch::default()).expect("seats for all");
        let mut parts = Neighbourhoods::new(&instance, &bundle, &roster, Sizes::new(&instance), 5);
        let mut above_the_whole = 0;
        for turn in 0..12 {
            let part = if turn % 2 == 0 { parts.some_days() } else { parts.some_agents() };
            let scope = roster.scope(&instance, &part.agents, &part.days);
            let mut planned = parts.base.releasing(&instance, parts.pool, &part.agents, &part.days, scope);
            (0..30).for_each(|_| planned.advance(&instance));
            assert!(planned.bound <= roster.cost + 1e-6, "{} above {}", planned.bound, roster.cost);
            above_the_whole += usize::from(planned.bound > bundle.bound + 1e-3);
        }
        assert!(above_the_whole > 6, "what is fixed lifts the bound");
    }
}
