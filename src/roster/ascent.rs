//! Good prices by the volume algorithm (Barahona & Anbil 2000): a subgradient method whose direction is an average
//! over past answers, so that prices settle where single answers swing.

use super::lagrangian::{Evaluation, Prices, evaluate};
use super::world::World;

/// Prices on their way up.
#[derive(Clone, Debug)]
pub(super) struct Ascent {
    /// Best prices so far.
    pub(super) best: Prices,
    /// Their bound.
    pub(super) bound: f64,
    average: Prices,
    step: f64,
    worse: u32,
}

impl Ascent {
    /// Starts at some prices; the agents' answers there are returned.
    pub(super) fn new(world: &World<'_>, mut prices: Prices) -> (Self, Evaluation) {
        prices.project(world);
        let first = evaluate(world, &prices);
        let ascent = Self { best: prices, bound: first.bound, average: first.slack.clone(), step: 0.2, worse: 0 };
        (ascent, first)
    }

    /// One step towards `target`, a cost that a roster is known to reach.
    pub(super) fn advance(&mut self, world: &World<'_>, target: f64) -> Evaluation {
        const WORSE_BEFORE_SHORTER: u32 = 12;
        let norm = self.average.dot(&self.average).max(1e-12);
        let length = self.step * (target - self.bound).max(1e-3 * target.abs()) / norm;
        let mut prices = self.best.clone();
        prices.combine(&self.average, |price, slack| price + length * slack);
        prices.project(world);
        let answer = evaluate(world, &prices);
        let agrees = answer.slack.dot(&self.average) > 0.0;
        let weight = best_weight(&self.average, &answer.slack);
        self.average.combine(&answer.slack, |old, new| (1.0 - weight) * old + weight * new);
        if answer.bound > self.bound {
            self.bound = answer.bound;
            self.best = prices;
            self.worse = 0;
            self.step = (self.step * if agrees { 1.1 } else { 1.0 }).min(2.0);
        } else {
            self.worse += 1;
            if self.worse >= WORSE_BEFORE_SHORTER {
                self.worse = 0;
                self.step = (self.step * 0.66).max(1e-4);
            }
        }
        answer
    }
}

/// The weight of the newest answer that makes the average shortest, held within bounds that keep it moving.
fn best_weight(average: &Prices, newest: &Prices) -> f64 {
    let (aa, an, nn) = (average.dot(average), average.dot(newest), newest.dot(newest));
    let bend = aa - 2.0 * an + nn;
    if bend <= 1e-12 {
        return 0.1;
    }
    ((aa - an) / bend).clamp(0.01, 0.1)
}
