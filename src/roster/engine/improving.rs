//! A roster made cheaper: by moves, by whole parts, by the best selection of the lines found.

use crate::roster::bound::bundle::Bundle;
use crate::roster::search::anneal::Annealing;
use crate::roster::search::construct::sweep;
use crate::roster::search::incumbent::Incumbent;
use crate::roster::search::neighbourhoods::Neighbourhoods;
use crate::roster::search::scratch::SearchScratch;
use crate::roster::search::selection::best_selection;
use crate::solver::Patience;

use super::solve::RosterSearch;

impl RosterSearch<'_> {
    /// Re-plans everybody in turn as long as that saves much.
    pub(crate) fn settle(&mut self, scratch: &mut SearchScratch) {
        const WORTH_ANOTHER: f64 = 1e-2;
        let agents = self.agents().max(1);
        while self.affords(1) {
            let (from, effort, budget, is_late) = (self.work, self.effort, self.budget, self.clock());
            let work = |agents_done: usize| from + agents_done as u64 * effort / agents;
            let is_over = |agents_done: usize| work(agents_done) >= budget || is_late();
            let (done, saved) = sweep(self.instance, &mut self.roster, scratch, is_over);
            self.work = work(done);
            if saved <= WORTH_ANOTHER * self.cost.abs() {
                break;
            }
            self.cost = self.roster.cost;
        }
        self.cost = self.roster.cost;
        self.report();
    }

    /// Plans parts of the roster anew by its first prices as long as that pays quickly: prices that begin beside a better
    /// roster have less far to go.
    pub(super) fn warm_up(&mut self, bundle: &Bundle, scratch: &mut SearchScratch) {
        /// The usual work is this many times as much as may be done here.
        const PART: u64 = 8;
        /// Pricings of everybody after which a share of the cost must be saved.
        const ROUNDS: u64 = 16;
        const WORTH_MORE: f64 = 1e-2;
        let from = self.work;
        for round in 1.. {
            let before = self.roster.cost;
            self.refine(bundle, ROUNDS * self.effort, u64::MAX - round, scratch);
            let is_worth_more = before - self.roster.cost > WORTH_MORE * self.roster.cost.abs();
            if self.done() || !is_worth_more || self.work - from > self.usual / PART {
                break;
            }
        }
    }

    /// Moves, few agents and days at a time, as long as they pay, then whole parts: until so much work is done since some
    /// point.
    pub(super) fn improve(
        &mut self,
        bundle: &Bundle,
        start: Incumbent,
        since: (u64, u64),
        round: u64,
        scratch: &mut SearchScratch,
    ) {
        /// Parts of the work of which moves get one after the first round.
        const PARTS: u64 = 3;
        let (from, length) = since;
        let left = length.saturating_sub(self.work - from).max(length / 4);
        let moves = match round {
            _ if self.instance.is_tied() => 0,
            0 => left,
            _ => left / PARTS,
        };
        if moves == 0 {
            self.roster = start;
        } else {
            self.anneal(start, (self.work, moves), round);
        }
        if moves < left {
            self.refine(bundle, left - moves, round, scratch);
        }
    }

    /// Plans parts of the roster anew, with so much work.
    pub(super) fn refine(&mut self, bundle: &Bundle, most: u64, round: u64, scratch: &mut SearchScratch) {
        let (from, seed) = (self.work, self.params.seed.wrapping_add(round << 32));
        let mut parts = Neighbourhoods::new(self.instance, bundle, &self.roster, self.sizes, seed);
        while self.agents() > 0 && !self.done() && self.work - from < most {
            let priced = parts.advance(&mut self.roster, scratch);
            self.work += priced * self.effort / self.agents();
            self.cost = self.cost.min(self.roster.cost);
            self.report();
        }
        self.sizes = parts.sizes();
        let found = parts.take_found();
        self.pool.offer(self.instance, found);
    }

    /// The best selection of the lines found, once the roster is so near its bound that few lines can be in a better one.
    pub(crate) fn select(&mut self, bundle: &Bundle, length: u64, scratch: &mut SearchScratch) {
        /// A share of the cost.
        const NEAR: f64 = 0.01;
        /// Nodes of branch and cut.
        const NODES: i32 = 1000;
        /// Work that a line to select from counts for; lines of an agent, at least; and all lines, at most.
        const PRICINGS: u64 = 20;
        const LEAST: usize = 50;
        const MOST: usize = 4000;
        let (gap, limit) = (self.roster.cost - bundle.bound, self.instance.below(self.roster.cost));
        let each = usize::try_from(length / PRICINGS).unwrap_or(MOST).min(MOST) / self.instance.models.len().max(1);
        if !bundle.keeps_found() || each < LEAST || limit <= bundle.bound || gap > NEAR * self.cost.abs() {
            return;
        }
        let lines = self.roster.lines.iter().cloned().enumerate();
        self.pool.offer(self.instance, lines.filter_map(|(agent, line)| Some((agent, line?))));
        let mut master = bundle.master.clone();
        master.add(self.pool.near(self.instance, &master, gap, each));
        let work = PRICINGS * master.columns().iter().map(Vec::len).sum::<usize>() as u64;
        if !self.affords(work) {
            return;
        }
        let time = self.params.time_limit.map(|limit| limit.saturating_sub(self.started.elapsed()));
        let patience = Patience { nodes: NODES, time };
        let lines = best_selection(self.instance, &master, limit, patience);
        if self.late() {
            return;
        }
        self.work += work;
        let selected = lines.and_then(|lines| Incumbent::of(self.instance, lines, &mut scratch.cover));
        self.keep(selected);
    }

    /// An annealing that cools down, until so much work is done since some point.
    pub(crate) fn anneal(&mut self, start: Incumbent, (from, length): (u64, u64), round: u64) {
        /// Moves of each worker in a round, at least.
        const MOVES: usize = 100;
        /// What a move may cost at the start, as a share of what an agent costs, where there is time to cool.
        const TEMPERATURE: f64 = 0.004;
        /// The same as a share of what a head missing in an interval costs.
        const SHORT: f64 = 0.05;
        /// Work per agent that is time enough.
        const ENOUGH: f64 = 250.0;
        let length = length.saturating_sub(self.work - from).max(length / 4);
        let agents = self.agents() as f64;
        let moves = MOVES.max(self.instance.models.len() / 4);
        let cooling_factor = (length as f64 / agents / ENOUGH).min(1.0);
        let temperature = cooling_factor
            * cooling_factor
            * (TEMPERATURE * self.cost.abs() / agents).max(SHORT * self.instance.typical_price());
        let from = self.work;
        let mut annealing = Annealing::new(self.instance, start, self.params.seed.wrapping_add(round << 32));
        while self.agents() > 0 && !self.done() && self.work - from < length {
            let left = 1.0 - (self.work - from) as f64 / length as f64;
            annealing.advance(self.instance, moves, temperature * left);
            self.work = from + annealing.work();
            if annealing.best_cost() < self.cost {
                self.cost = annealing.best_cost();
                self.report();
            }
        }
        self.roster = annealing.into_best(self.instance);
    }
}
