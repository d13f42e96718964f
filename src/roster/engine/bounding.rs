//! Prices that raise the bound, and rosters made of the fractions behind it.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::roster::bound::bundle::{Bundle, Dive, Dived, Found};
use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::bound::lagrangian::evaluate_once;
use crate::roster::bound::starting_prices::{SCALES, marginal_prices};
use crate::roster::instance::Instance;
use crate::roster::search::average_dive::dive;
use crate::roster::search::construct::sweep;
use crate::roster::search::incumbent::Incumbent;
use crate::roster::search::scratch::SearchScratch;

use super::solve::RosterSearch;

impl RosterSearch<'_> {
    /// The roster's marginal prices, scaled to where the bound is best: a roster that is short or over nearly nowhere
    /// prices work between nothing and the price of being short, far from what one more hour really costs.
    pub(super) fn first_prices(&mut self) -> Option<DualPrices> {
        let marginal = marginal_prices(self.instance, &self.roster.lines);
        let mut best = (self.bound, DualPrices::zero(self.instance));
        for scale in SCALES {
            if !self.affords(self.effort) {
                return None;
            }
            let mut prices = marginal.scaled(scale);
            prices.project(self.instance);
            let bound = evaluate_once(self.instance, &prices).bound;
            self.work += self.effort;
            if bound > best.0 {
                best = (bound, prices);
            }
        }
        if let Some(prices) = self.prices.take() {
            let bound = evaluate_once(self.instance, &prices).bound;
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
            bundle.advance(self.instance);
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
            bundle.prove(self.instance);
            self.bound = self.bound.max(bundle.bound);
        }
        self.pool.offer(self.instance, bundle.take_found());
        self.report();
    }

    /// A roster made of the fractions behind the bound, re-planned in turn, in a round with so much work; where lines are
    /// soon priced the better of two made side by side, since the master then takes most of the time, and one core.
    pub(crate) fn dive(
        &mut self,
        bundle: &Bundle,
        (round, length): (u64, u64),
        scratch: &mut SearchScratch,
    ) -> Option<Incumbent> {
        // Prices leave seats aside, so where these can run out every other dive is of the kind that needs none.
        let is_asked_anew = bundle.is_by_agent() && (round % 2 == 0 || self.relaxed().is_empty());
        let dives = if is_asked_anew && !self.instance.is_tied() { 2 } else { 1 };
        let least = (1 + SWEEPS) * self.effort;
        if !self.affords(dives * least) {
            return None;
        }
        let before = self.work;
        let instance = self.instance;
        let rng = ChaCha8Rng::seed_from_u64(self.params.seed.wrapping_add(round << 32));
        let mut best = None;
        if is_asked_anew {
            let (depth, is_late) = (self.depth(length, dives), self.clock());
            let made: Vec<Made> = (0..dives)
                .into_par_iter()
                .map(|at| {
                    let mut rng = rng.clone();
                    rng.set_stream(at);
                    made_of(instance, bundle.clone(), &depth, &mut rng, &is_late)
                })
                .collect();
            self.work += dives * least;
            best = self.cheapest(made);
        }
        if best.is_none() && !self.late() {
            self.work += least;
            let lines = dive(instance, &bundle.master, &mut rng.clone(), &mut scratch.pricing);
            let roster = lines.and_then(|lines| Incumbent::of(instance, lines, &mut scratch.cover));
            best = roster.map(|roster| swept(instance, roster, scratch, &self.clock()));
        }
        if self.late() {
            // What the clock breaks off counts for nothing, so that the work done repeats the run.
            self.work = before;
            return None;
        }
        let roster = best?;
        self.cost = self.cost.min(roster.cost);
        self.report();
        Some(roster)
    }

    /// The cheapest of some rosters, if there is one; the work of all counts.
    fn cheapest(&mut self, made: Vec<Made>) -> Option<Incumbent> {
        let mut best: Option<Incumbent> = None;
        for Made { roster, asked, found } in made {
            self.pool.offer(self.instance, found);
            self.work += asked * self.effort / self.agents().max(1);
            let is_better = |best: &Incumbent| roster.as_ref().is_some_and(|roster| roster.cost < best.cost);
            best = if best.as_ref().is_none_or(is_better) { roster } else { best };
        }
        best
    }

    /// How carefully to dive so often in a round with so much work.
    pub(super) fn depth(&self, length: u64, dives: u64) -> Dive {
        /// Parts of the work of which dives are one, where lines take long to price and where they are soon priced.
        const PARTS: [u64; 2] = [4, 8];
        /// Rounds between lines that are fixed, likewise: the more a line ties, the longer it takes the others to answer.
        const ROUNDS: [usize; 2] = [8, 3];
        const COARSEST: u64 = 4;
        const NOISE: f64 = 0.01;
        // Everybody is asked as often as there are rounds, times one in how many is fixed at once; half as often where one
        // is fixed at a time.
        let kind = usize::from(!self.instance.is_tied());
        let (parts, rounds) = (PARTS[kind], ROUNDS[kind]);
        let affordable = length / (dives * parts * self.effort * rounds as u64).max(1);
        let one_in = if 2 * affordable >= self.agents() { self.agents() } else { affordable.max(COARSEST) };
        let one_in = usize::try_from(one_in).unwrap_or(usize::MAX);
        Dive { one_in, rounds, noise: NOISE, limit: f64::INFINITY }
    }
}

/// Sweeps after a dive.
const SWEEPS: u64 = 4;

/// A roster that a dive made, and what that took.
struct Made {
    roster: Option<Incumbent>,
    /// How many agents were asked.
    asked: u64,
    /// What they answered, if that is kept.
    found: Vec<Found>,
}

/// A roster made of the fractions of a bundle by a dive with column generation; none where seats, which the prices leave
/// aside, do not suffice for it.
fn made_of(
    instance: &Instance<'_>,
    bundle: Bundle,
    depth: &Dive,
    rng: &mut ChaCha8Rng,
    is_late: &dyn Fn() -> bool,
) -> Made {
    let mut scratch = SearchScratch::default();
    let Dived { lines, asked, found } = bundle.dive(instance, depth, rng, is_late);
    let roster = lines.and_then(|lines| Incumbent::of(instance, lines, &mut scratch.cover));
    Made { roster: roster.map(|roster| swept(instance, roster, &mut scratch, is_late)), asked, found }
}

/// A roster with everybody re-planned in turn, while there is time.
fn swept(
    instance: &Instance<'_>,
    mut roster: Incumbent,
    scratch: &mut SearchScratch,
    is_late: &dyn Fn() -> bool,
) -> Incumbent {
    for _ in 0..SWEEPS {
        if is_late() {
            break;
        }
        sweep(instance, &mut roster, scratch, |_| false);
    }
    roster
}
