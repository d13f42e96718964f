//! Prices that raise the bound, and rosters made of the fractions behind it.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::Search;
use crate::roster::bundle::{Bundle, Dive, Dived};
use crate::roster::dive::dive;
use crate::roster::finish::marginal_prices;
use crate::roster::improve::sweep;
use crate::roster::incumbent::Incumbent;
use crate::roster::lagrangian::{Prices, evaluate_once, project};
use crate::roster::pricing::Scratch;

impl Search<'_> {
    /// The roster's marginal prices, scaled to where the bound is best: a roster that is short or over nearly nowhere
    /// prices work between nothing and the price of being short, far from what one more hour really costs.
    pub(super) fn first_prices(&mut self) -> Option<Prices> {
        const SCALES: [f64; 6] = [1.0, 0.6, 0.4, 0.25, 0.15, 0.1];
        let marginal = marginal_prices(self.world, &self.roster.lines);
        let mut best = (self.bound, vec![0.0; marginal.len()]);
        for scale in SCALES {
            if !self.affords(self.effort) {
                return None;
            }
            let mut prices: Prices = marginal.iter().map(|price| price * scale).collect();
            project(self.world, &mut prices);
            let bound = evaluate_once(self.world, &prices).bound;
            self.work += self.effort;
            if bound > best.0 {
                best = (bound, prices);
            }
        }
        self.bound = best.0;
        Some(best.1)
    }

    /// Raises the bound until little more can be hoped for or it has had its share of so much work since some point.
    pub(super) fn raise_bound(&mut self, bundle: &mut Bundle, (from, length): (u64, u64)) {
        /// Share of the work, at most.
        const SHARE: f64 = 0.5;
        /// Rounds, those that find the first prices included, after which there mostly is little left to raise.
        const ENOUGH: f64 = 80.0;
        /// Share by which a bound must rise in some rounds to go on beyond them: nothing good comes of prices so far from
        /// settled.
        const FAST: f64 = 0.05;
        const SETTLED: f64 = 2e-5;
        const ROUNDS: u32 = 8;
        /// Rounds that it takes as long as to ask everybody thoroughly.
        const PROOF: u64 = 10;
        let mut round = 0;
        let (mut before, mut is_fast) = (bundle.bound, true);
        let (most, enough) = (SHARE * length as f64, ENOUGH * self.effort as f64);
        while self.affords(self.effort) {
            let done = (self.work - from) as f64;
            let is_settled = bundle.hope() <= SETTLED * bundle.bound.abs();
            if is_settled || done >= most || done >= enough && !is_fast {
                break;
            }
            bundle.advance(self.world);
            self.work += self.effort;
            self.bound = self.bound.max(bundle.bound);
            round += 1;
            if round % ROUNDS == 0 {
                is_fast = bundle.bound - before > FAST * bundle.bound.abs();
                before = bundle.bound;
                self.report();
            }
        }
        if bundle.is_rough() && round > 0 && self.affords(PROOF * self.effort) {
            self.work += PROOF * self.effort;
            bundle.prove(self.world);
            self.bound = self.bound.max(bundle.bound);
        }
        self.pool.offer(self.world, bundle.take_found());
        self.report();
    }

    /// A roster made of the fractions behind the bound, re-planned in turn, in a round with so much work.
    pub(super) fn dive(
        &mut self,
        bundle: &Bundle,
        (round, length): (u64, u64),
        scratch: &mut Scratch,
    ) -> Option<Incumbent> {
        const SWEEPS: u64 = 4;
        if !self.affords((1 + SWEEPS) * self.effort) {
            return None;
        }
        let before = self.work;
        self.work += (1 + SWEEPS) * self.effort;
        let mut rng = ChaCha8Rng::seed_from_u64(self.params.seed.wrapping_add(round << 32));
        // Prices leave seats aside: lines fixed one after the other by them would crowd.
        let lines = if bundle.is_by_agent() && self.relaxed().is_empty() {
            let (depth, is_late) = (self.depth(length), || self.late());
            let Dived { lines, asked, found } = bundle.clone().dive(self.world, &depth, &mut rng, &is_late);
            self.pool.offer(self.world, found);
            self.work += asked * self.effort / self.agents().max(1);
            lines
        } else {
            dive(self.world, &bundle.mixture, &mut rng, scratch)
        };
        let mut roster = lines.and_then(|lines| Incumbent::of(self.world, lines, &mut scratch.sharer));
        for _ in 0..SWEEPS {
            if self.late() {
                // What the clock breaks off counts for nothing, so that the work done repeats the run.
                self.work = before;
                return None;
            }
            if let Some(roster) = &mut roster {
                sweep(self.world, roster, scratch);
            }
        }
        let roster = roster?;
        self.cost = self.cost.min(roster.cost);
        self.report();
        Some(roster)
    }

    /// How carefully to dive in a round with so much work.
    pub(super) fn depth(&self, length: u64) -> Dive {
        /// Parts of the work of which a dive is one.
        const PARTS: u64 = 4;
        const ROUNDS: usize = 3;
        const COARSEST: u64 = 4;
        const NOISE: f64 = 0.01;
        // Everybody is asked as often as there are rounds, times one in how many is fixed at once; half as often where one
        // is fixed at a time.
        let affordable = length / (PARTS * self.effort * ROUNDS as u64).max(1);
        let one_in = if 2 * affordable >= self.agents() { self.agents() } else { affordable.max(COARSEST) };
        let one_in = usize::try_from(one_in).unwrap_or(usize::MAX);
        Dive { one_in, rounds: ROUNDS, noise: NOISE, limit: f64::INFINITY }
    }
}
