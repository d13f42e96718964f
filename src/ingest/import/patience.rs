//! How long customers of a queue are ready to wait, from waits that ended with an answer or with giving up.
//!
//! Who was answered would have waited longer: such waits are censored. The curve is that of Kaplan and Meier (1958); mean and shape are
//! the likeliest Weibull distribution under the same censoring (Cohen, Technometrics 7, 1965). That a bank's customers lose patience in this way
//! is Brown et al., JASA 100, 2005.

use statrs::function::gamma::gamma;

use crate::domain::contact_records::Patience;

/// Below so many who gave up nothing is said.
pub(super) const FEW: usize = 30;
/// A shape as near to one as this is called exponential.
const NEAR_ONE: f64 = 0.12;

/// Estimates patience from waits in seconds and whether each ended with giving up.
pub(super) fn patience(waits: &[(f64, bool)]) -> Option<Patience> {
    let mut waits: Vec<(f64, bool)> = waits.iter().copied().filter(|(wait, _)| *wait > 0.0).collect();
    waits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let gave_up = waits.iter().filter(|(_, gave_up)| *gave_up).count();
    if gave_up < FEW {
        return None;
    }
    let shape = likeliest_shape(&waits)?;
    let shape = if (shape - 1.0).abs() <= NEAR_ONE { 1.0 } else { shape };
    let power: f64 = waits.iter().map(|(wait, _)| wait.powf(shape)).sum::<f64>() / gave_up as f64;
    let mean_s = power.powf(1.0 / shape) * gamma(1.0 + 1.0 / shape);
    let is_exponential = (shape - 1.0).abs() < f64::EPSILON;
    let first_tenth_s = survival(&waits).into_iter().find(|(_, left)| *left <= 0.9).map(|(wait, _)| wait);
    Some(Patience { mean_s, shape: (!is_exponential).then_some(shape), waited: waits.len(), gave_up, first_tenth_s })
}

/// The share that would still wait after each wait at which somebody gave up (Kaplan and Meier). Waits in order.
fn survival(waits: &[(f64, bool)]) -> Vec<(f64, f64)> {
    let mut left = 1.0;
    let mut curve = Vec::new();
    let mut at_risk = waits.len();
    for same in waits.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let gave_up = same.iter().filter(|(_, gave_up)| *gave_up).count();
        if gave_up > 0 {
            left *= 1.0 - gave_up as f64 / at_risk as f64;
            curve.push((same[0].0, left));
        }
        at_risk -= same.len();
    }
    curve
}

/// Where the likelihood of the shape is greatest: its slope falls from plus to minus once.
fn likeliest_shape(waits: &[(f64, bool)]) -> Option<f64> {
    let gave_up: Vec<f64> = waits.iter().filter(|(_, gave_up)| *gave_up).map(|(wait, _)| wait.ln()).collect();
    let mean_log = gave_up.iter().sum::<f64>() / gave_up.len() as f64;
    let slope = |shape: f64| {
        let (weighted, all) = waits.iter().fold((0.0, 0.0), |(weighted, all), (wait, _)| {
            let power = wait.powf(shape);
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

    #[test]
    fn patience_is_found_behind_answers() {
        // Four in five are answered before they give up.
        let exponential = patience(&waits(240.0, 1.0, 60.0)).expect("enough");
        assert!((exponential.mean_s / 240.0 - 1.0).abs() < 0.04, "{exponential:?}");
        assert_eq!(exponential.shape, None);
        let early = patience(&waits(300.0, 0.7, 60.0)).expect("enough");
        assert!(early.shape.is_some_and(|shape| (shape - 0.7).abs() < 0.04), "{early:?}");
        assert!((early.mean_s / 300.0 - 1.0).abs() < 0.12, "{early:?}");
        assert_eq!(patience(&waits(240.0, 1.0, 60.0)[..50]), None, "too few gave up");
    }

    #[test]
    fn the_curve_is_that_of_kaplan_and_meier() {
        // Of six, one gives up at 2, one is answered at 3, two give up at 5, one is answered at 5, one gives up at 8.
        let waits = [(2.0, true), (3.0, false), (5.0, false), (5.0, true), (5.0, true), (8.0, true)];
        let curve = survival(&waits);
        let expected = [(2.0, 5.0 / 6.0), (5.0, 5.0 / 6.0 * 0.5), (8.0, 0.0)];
        for ((wait, left), (at, share)) in curve.iter().zip(expected) {
            assert!((wait - at).abs() < 1e-12 && (left - share).abs() < 1e-12, "{curve:?}");
        }
    }
}
