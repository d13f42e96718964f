//! Simulated annealing over days: the shifts of a few agents on a day or two are removed and inserted again one agent after
//! the other, each exactly at its best with the rest of its line as it is (ruin and recreate, Schrimpf et al. 2000).
//!
//! Such a move touches a day's intervals and prices one day, so there can be many. Two workers share a roster: a
//! day between them is left alone, and every agent belongs to one of them for a round, so what they do adds up. Counted
//! in agents priced, a day of an agent being its part of the plan's days.

use std::ops::Range;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;

use super::cover_memo::CoverSolver;
use super::incumbent::Incumbent;
use super::scratch::SearchScratch;

/// Agents whose days are removed at once, at most.
const MOST_REMOVED: usize = 4;
/// The same where stretches of days are removed.
const MOST_REMOVED_STRETCHES: usize = 3;
/// A saving below this is rounding.
const PAYS: f64 = 1e-6;

/// An annealing under way.
#[derive(Debug)]
pub(crate) struct Annealing {
    rng: ChaCha8Rng,
    roster: Incumbent,
    best: Vec<Option<Line>>,
    best_cost: f64,
    days: usize,
    /// Agent-days priced.
    priced: u64,
}

/// What a worker may change in a round.
struct Worker {
    roster: Incumbent,
    agents: Vec<usize>,
    days: Range<usize>,
    rng: ChaCha8Rng,
    priced: u64,
}

impl Annealing {
    /// Starts from a roster.
    pub(crate) fn new(instance: &Instance<'_>, roster: Incumbent, seed: u64) -> Self {
        let days = instance.days();
        let rng = ChaCha8Rng::seed_from_u64(seed);
        Self { rng, best: roster.lines.clone(), best_cost: roster.cost, roster, days, priced: 0 }
    }

    /// Cost of the best roster so far.
    pub(crate) fn best_cost(&self) -> f64 {
        self.best_cost
    }

    /// The best roster so far.
    pub(crate) fn into_best(mut self, instance: &Instance<'_>) -> Incumbent {
        let (free, mut solver) = (vec![true; self.days], CoverSolver::default());
        for (agent, best) in self.best.into_iter().enumerate() {
            if self.roster.lines[agent] != best {
                self.roster.remove_days(instance, agent, &free, &mut solver);
                if let Some(best) = best {
                    self.roster.insert_days(instance, agent, best, &free, &mut solver);
                }
            }
        }
        self.roster
    }

    /// Agents priced so far, days counted as parts of the plan.
    pub(crate) fn work(&self) -> u64 {
        self.priced / self.days.max(1) as u64
    }

    /// A round: each worker makes so many moves; `temperature` is how much dearer a move may make the roster, on average.
    pub(crate) fn advance(&mut self, instance: &Instance<'_>, moves: usize, temperature: f64) {
        let mut workers = self.workers(instance);
        rayon::scope(|scope| {
            for worker in &mut workers {
                scope.spawn(move |_| {
                    let mut scratch = SearchScratch::default();
                    worker.roster.forget(instance, &mut scratch.cover);
                    for _ in 0..moves {
                        worker.make_move(instance, temperature, &mut scratch);
                    }
                });
            }
        });
        let mut workers = workers.into_iter();
        if let Some(first) = workers.next() {
            self.roster = first.roster;
            self.priced += first.priced;
        }
        for worker in workers {
            self.roster.join(worker.roster);
            self.priced += worker.priced;
        }
        if self.roster.cost < self.best_cost - PAYS {
            self.best_cost = self.roster.cost;
            self.best.clone_from(&self.roster.lines);
        }
    }

    /// Deals days and agents out to the workers.
    fn workers(&mut self, instance: &Instance<'_>) -> Vec<Worker> {
        /// Days each worker has at least.
        const LEAST_DAYS: usize = 2;
        let mut roster = std::mem::replace(&mut self.roster, Incumbent::nothing());
        let (agents, days) = (roster.lines.len(), self.days);
        let cut = (days > 2 * LEAST_DAYS).then(|| self.rng.random_range(LEAST_DAYS..days - LEAST_DAYS));
        let apart = cut.and_then(|day| Some((day, instance.cut_between(0..day, day + 1..days)?)));
        let second = self.rng.random::<u64>();
        let worker = |roster, agents, days, seed| {
            let rng = ChaCha8Rng::seed_from_u64(seed);
            Worker { roster, agents, days, rng, priced: 0 }
        };
        let first = self.rng.random::<u64>();
        let Some((day, slot)) = apart else {
            return vec![worker(roster, (0..agents).collect(), 0..days, first)];
        };
        let chosen: Vec<bool> = (0..agents).map(|_| self.rng.random()).collect();
        let part = roster.split(instance, slot, &chosen);
        let of = |wanted: bool| (0..agents).filter(|agent| chosen[*agent] == wanted).collect::<Vec<usize>>();
        let both = [worker(roster, of(false), 0..day, first), worker(part, of(true), day + 1..days, second)];
        both.into_iter().collect()
    }
}

impl Worker {
    /// Tears out and puts back; undone unless the roster gets dearer by less than chance allows.
    fn make_move(&mut self, instance: &Instance<'_>, temperature: f64, scratch: &mut SearchScratch) {
        if self.agents.is_empty() {
            return;
        }
        let allowed = -temperature * self.rng.random::<f64>().max(1e-12).ln() - PAYS;
        let removed = self.choose_agents(instance);
        let free = self.choose_days(instance, removed.iter().filter_map(|&agent| instance.stretches[agent]).max());
        let before = self.roster.cost;
        self.roster.mark();
        let mut solver = std::mem::take(&mut scratch.cover);
        let remove = |&agent: &usize| Some((agent, self.roster.remove_days(instance, agent, &free, &mut solver)?));
        let old: Vec<(usize, Line)> = removed.iter().filter_map(remove).collect();
        scratch.cover = solver;
        let mut whole = true;
        for (agent, line) in &old {
            let Some(line) = self.roster.best_line(instance, *agent, line, &free, scratch) else {
                whole = false;
                break;
            };
            self.roster.insert_days(instance, *agent, line, &free, &mut scratch.cover);
        }
        self.priced += (removed.len() * free.iter().filter(|free| **free).count()) as u64;
        if !whole || self.roster.cost >= before + allowed {
            self.roster.take_back(instance, before, old, &free);
        }
    }

    /// One day, two that follow each other, or any two; a stretch of days for agents whose rules tie days together.
    fn choose_days(&mut self, instance: &Instance<'_>, stretch: Option<usize>) -> Vec<bool> {
        const ALONE: f64 = 0.5;
        const NEXT: f64 = 0.75;
        /// All days, where days are tied together.
        const WHOLE: f64 = 0.03;
        let mut free = vec![false; instance.days()];
        if let Some(longest) = stretch {
            let length = if self.rng.random_bool(WHOLE) { self.days.len() } else { self.rng.random_range(1..=longest) };
            let length = length.min(self.days.len());
            let first = self.rng.random_range(self.days.start..=self.days.end - length);
            free[first..first + length].fill(true);
            return free;
        }
        let day = self.rng.random_range(self.days.clone());
        free[day] = true;
        let roll: f64 = self.rng.random();
        if roll >= NEXT {
            free[self.rng.random_range(self.days.clone())] = true;
        } else if roll >= ALONE && day + 1 < self.days.end {
            free[day + 1] = true;
        }
        free
    }

    /// A random agent and others who share a queue with it, in random order.
    fn choose_agents(&mut self, instance: &Instance<'_>) -> Vec<usize> {
        let first = self.agents[self.rng.random_range(0..self.agents.len())];
        let most = if instance.stretches[first].is_some() { MOST_REMOVED_STRETCHES } else { MOST_REMOVED };
        let count = self.rng.random_range(2..=most).min(self.agents.len());
        instance.related(first, count, &self.agents, &mut self.rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::check::tiny_instance::TinyInstance;
    use crate::roster::pricing::legal_models::prepared;
    use crate::roster::search::construct::construct;

    /// Six people who owe twelve hours in shifts of four or six, two queues' worth of need, and seats for four.
    fn busy() -> TinyInstance {
        let mut instance = TinyInstance::crowded(&["Ben", "Cem", "Dora", "Emil", "Fay"], 4);
        for day in ["mon", "tue", "thu", "fri", "sun"] {
            for hour in 9..16 {
                instance.require(&format!("{day} {hour:02}:00"), 2.5);
            }
        }
        instance
    }

    #[test]
    fn what_the_workers_did_apart_adds_up_to_what_the_roster_costs_as_a_whole() {
        let tiny = busy();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut scratch = SearchScratch::default();
        let roster = construct(&instance, &mut scratch).expect("seats for all");
        let start = roster.cost;
        let mut annealing = Annealing::new(&instance, roster, 7);
        for round in 0..40 {
            annealing.advance(&instance, 20, if round < 20 { 5.0 } else { 0.0 });
            let lines: Vec<Line> = annealing.roster.lines.iter().cloned().map(|line| line.expect("a line")).collect();
            let whole = Incumbent::of(&instance, lines, &mut scratch.cover).expect("the seats hold");
            assert!((whole.cost - annealing.roster.cost).abs() < 1e-6, "{} is {}", annealing.roster.cost, whole.cost);
        }
        let (best, work) = (annealing.best_cost(), annealing.work());
        assert!(best <= start && work > 0, "{best} from {start} by {work}");
        assert!((annealing.into_best(&instance).cost - best).abs() < 1e-6);
    }

    #[test]
    fn chance_comes_from_the_seed_alone() {
        let tiny = busy();
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let found = |seed: u64| {
            let roster = construct(&instance, &mut SearchScratch::default()).expect("seats for all");
            let mut annealing = Annealing::new(&instance, roster, seed);
            (0..10).for_each(|_| annealing.advance(&instance, 20, 3.0));
            annealing.roster.lines.clone()
        };
        assert_eq!(found(3), found(3));
        assert_ne!(found(3), found(4));
    }
}
