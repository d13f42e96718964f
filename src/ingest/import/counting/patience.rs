//! How long customers of a queue are ready to wait, from waits that ended with an answer or with giving up.
//!
//! Who was answered would have waited longer: such waits are censored. The curve is that of Kaplan and Meier (1958); mean and shape are
//! the likeliest Weibull distribution under the same censoring (Cohen, Technometrics 7, 1965). That a bank's customers lose patience in this way
//! is Brown et al., JASA 100, 2005.

use std::collections::BTreeMap;

use statrs::function::gamma::gamma;

use crate::domain::contact_records::Patience;

/// Below so many who gave up nothing is said.
const FEW: u64 = 30;
/// A shape as near to one as this is called exponential.
const NEAR_ONE: f64 = 0.12;

/// Waits of a queue by their length, to a tenth of a second: how many ended with an answer, and how many with giving up.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Waits {
    /// Of up to [`LISTED`] tenths, by their number.
    short: Vec<Ended>,
    long: BTreeMap<u32, Ended>,
}

/// An hour.
const LISTED: u32 = 36_000;

#[derive(Clone, Copy, Debug, Default)]
struct Ended {
    answered: u64,
    gave_up: u64,
}

impl Ended {
    fn all(self) -> f64 {
        (self.answered + self.gave_up) as f64
    }

    const fn add(&mut self, others: Self) {
        self.answered += others.answered;
        self.gave_up += others.gave_up;
    }
}

impl Waits {
    /// Adds one of so many seconds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not below zero; thirteen years at most"
    )]
    pub(in crate::ingest::import) fn add(&mut self, seconds: f64, gave_up: bool) {
        let one = Ended { answered: u64::from(!gave_up), gave_up: u64::from(gave_up) };
        self.of((seconds * 10.0).round() as u32).add(one);
    }

    /// Adds those of others.
    pub(in crate::ingest::import) fn take_in(&mut self, others: &Self) {
        others.all().for_each(|(tenths, ended)| self.of(tenths).add(ended));
    }

    fn of(&mut self, tenths: u32) -> &mut Ended {
        if tenths > LISTED {
            return self.long.entry(tenths).or_default();
        }
        let number = tenths as usize;
        if self.short.len() <= number {
            self.short.resize(number + 1, Ended::default());
        }
        &mut self.short[number]
    }

    fn all(&self) -> impl Iterator<Item = (u32, Ended)> {
        let short = (0..).zip(self.short.iter().copied()).filter(|(_, ended)| ended.answered + ended.gave_up > 0);
        short.chain(self.long.iter().map(|(tenths, ended)| (*tenths, *ended)))
    }

    /// Seconds, shortest first, and how they ended; without those of nothing.
    fn iter(&self) -> impl Iterator<Item = (f64, Ended)> {
        self.all().filter(|(tenths, _)| *tenths > 0).map(|(tenths, ended)| (f64::from(tenths) / 10.0, ended))
    }
}

/// Estimates patience from waits and whether each ended with giving up.
pub(in crate::ingest::import) fn patience(waits: &Waits) -> Option<Patience> {
    let waited: u64 = waits.iter().map(|(_, ended)| ended.answered + ended.gave_up).sum();
    let gave_up: u64 = waits.iter().map(|(_, ended)| ended.gave_up).sum();
    if gave_up < FEW {
        return None;
    }
    let shape = likeliest_shape(waits)?;
    let shape = if (shape - 1.0).abs() <= NEAR_ONE { 1.0 } else { shape };
    let power: f64 = waits.iter().map(|(wait, ended)| wait.powf(shape) * ended.all()).sum::<f64>() / gave_up as f64;
    let mean_s = power.powf(1.0 / shape) * gamma(1.0 + 1.0 / shape);
    let is_exponential = (shape - 1.0).abs() < f64::EPSILON;
    let first_tenth_s = survival(waits).into_iter().find(|(_, left)| *left <= 0.9).map(|(wait, _)| wait);
    let (waited, gave_up) = (usize::try_from(waited).ok()?, usize::try_from(gave_up).ok()?);
    Some(Patience { mean_s, shape: (!is_exponential).then_some(shape), waited, gave_up, first_tenth_s })
}

/// The share that would still wait after each wait at which somebody gave up (Kaplan and Meier).
fn survival(waits: &Waits) -> Vec<(f64, f64)> {
    let mut left = 1.0;
    let mut curve = Vec::new();
    let mut at_risk: f64 = waits.iter().map(|(_, ended)| ended.all()).sum();
    for (wait, ended) in waits.iter() {
        if ended.gave_up > 0 {
            left *= 1.0 - ended.gave_up as f64 / at_risk;
            curve.push((wait, left));
        }
        at_risk -= ended.all();
    }
    curve
}

/// Where the likelihood of the shape is greatest: its slope falls from plus to minus once.
fn likeliest_shape(waits: &Waits) -> Option<f64> {
    let gave_up: f64 = waits.iter().map(|(_, ended)| ended.gave_up as f64).sum();
    let mean_log = waits.iter().map(|(wait, ended)| wait.ln() * ended.gave_up as f64).sum::<f64>() / gave_up;
    let slope = |shape: f64| {
        let (weighted, all) = waits.iter().fold((0.0, 0.0), |(weighted, all), (wait, ended)| {
            let power = wait.powf(shape) * ended.all();
            (weighted + power * wait.ln(), all + power)
        });
        1.0 / shape + mean_log - weighted / all
    };
    let (mut low, mut high) = (0.1, 8.0);
    if slope(low) <= 0.0 || slope(high) >= 0.0 {
        return None;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if slope(middle) > 0.0 { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};

    /// Waits of customers with Weibull patience who are answered after exponential times.
    fn waits(mean: f64, shape: f64, offered_wait: f64) -> Vec<(f64, bool)> {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        let scale = mean / gamma(1.0 + 1.0 / shape);
        let mut exponential = || -(1.0 - random.random::<f64>()).ln();
        (0..20_000)
            .map(|_| {
                let (patience, answer) = (scale * exponential().powf(1.0 / shape), offered_wait * exponential());
                (patience.min(answer), patience < answer)
            })
            .collect()
    }

    fn of(waits: &[(f64, bool)]) -> Waits {
        let mut all = Waits::default();
        for (wait, gave_up) in waits {
            all.add(*wait, *gave_up);
        }
        all
    }

    #[test]
    fn patience_is_found_behind_answers() {
        // Four in five are answered before they give up.
        let exponential = patience(&of(&waits(240.0, 1.0, 60.0))).expect("enough");
        assert!((exponential.mean_s / 240.0 - 1.0).abs() < 0.04, "{exponential:?}");
        assert_eq!(exponential.shape, None);
        let early = patience(&of(&waits(300.0, 0.7, 60.0))).expect("enough");
        assert!(early.shape.is_some_and(|shape| (shape - 0.7).abs() < 0.04), "{early:?}");
        assert!((early.mean_s / 300.0 - 1.0).abs() < 0.12, "{early:?}");
        assert_eq!(patience(&of(&waits(240.0, 1.0, 60.0)[..50])), None, "too few gave up");
    }

    #[test]
    fn the_curve_is_that_of_kaplan_and_meier() {
        // Of six, one gives up at 2, one is answered at 3, two give up at 5, one is answered at 5, one gives up at 8.
        let waits = [(2.0, true), (3.0, false), (5.0, false), (5.0, true), (5.0, true), (8.0, true)];
        let curve = survival(&of(&waits));
        let expected = [(2.0, 5.0 / 6.0), (5.0, 5.0 / 6.0 * 0.5), (8.0, 0.0)];
        for ((wait, left), (at, share)) in curve.iter().zip(expected) {
            assert!((wait - at).abs() < 1e-12 && (left - share).abs() < 1e-12, "{curve:?}");
        }
    }
}
