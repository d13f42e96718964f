//! Continuous ranked probability score of a count: `∫ (F(x) − 1{y ≤ x})² dx` (Matheson & Winkler 1976; Gneiting &
//! Raftery, JASA 102, 2007), in contacts; for a certain forecast it is the absolute error.
//!
//! The forecast is negative binomial with mean `m` and the variance that the 80 % band implies, summed over counts where
//! they are few; where they are many it is taken as normal.

use std::f64::consts::{PI, SQRT_2};

use statrs::function::erf::erf;

use crate::domain::forecast::Z90;

/// Means from which a count is taken as normal.
const NORMAL_FROM: f64 = 200.0;
/// Probability beyond which the sum says no more.
const TAIL: f64 = 1e-9;

/// The score of a forecast with this mean and 80 % band when `actual` came.
pub(crate) fn crps(mean: f64, p10: f64, p90: f64, actual: f64) -> f64 {
    if mean <= 0.0 {
        return actual.max(0.0);
    }
    let deviation = ((p90 - p10) / (2.0 * Z90)).max(0.0);
    if mean >= NORMAL_FROM {
        return normal(actual - mean, deviation.max(1e-9));
    }
    by_summing(mean, ((deviation * deviation - mean) / (mean * mean)).max(0.0), actual)
}

fn normal(error: f64, deviation: f64) -> f64 {
    let z = error / deviation;
    let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
    deviation * (z * erf(z / SQRT_2) + 2.0 * density - 1.0 / PI.sqrt())
}

/// `p_0 = (1 + φm)^(−1/φ)`, `p_{k+1} = p_k · m (1 + φk) / ((k + 1)(1 + φm))`.
fn by_summing(mean: f64, excess: f64, actual: f64) -> f64 {
    let growth = mean / (1.0 + excess * mean);
    let mut probability = if excess < 1e-9 { (-mean).exp() } else { (-(excess * mean).ln_1p() / excess).exp() };
    let last = (mean * (1.0 + excess) * 60.0 + 60.0).max(actual + 1.0);
    let (mut below, mut score, mut k) = (0.0, 0.0, 0.0);
    while k < last && (k < actual || 1.0 - below > TAIL) {
        below = f64::min(below + probability, 1.0);
        // Between k and k + 1 the distribution stands at `below`; the count may have come within.
        let before = (actual - k).clamp(0.0, 1.0);
        score += before * below * below + (1.0 - before) * (1.0 - below) * (1.0 - below);
        probability *= growth * (1.0 + excess * k) / (k + 1.0);
        k += 1.0;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_normal_met_in_its_middle_scores_as_published() {
        // Gneiting & Raftery: σ (√2 − 1) / √π = 0.2337 σ.
        assert!((normal(0.0, 2.0) - 2.0 * (SQRT_2 - 1.0) / PI.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn a_poisson_is_scored_alike_by_summing_and_as_normal() {
        for actual in [180.0, 199.0, 230.0] {
            let (summed, smooth) = (by_summing(199.0, 0.0, actual), normal(actual - 199.0, 199.0f64.sqrt()));
            assert!((summed - smooth).abs() < 0.15, "{summed} {smooth}");
        }
    }

    #[test]
    fn nothing_expected_is_wrong_by_what_came() {
        assert!((crps(0.0, 0.0, 0.0, 7.0) - 7.0).abs() < 1e-12);
        // Nearly nothing expected, three came: close to three.
        assert!((crps(1e-6, 0.0, 0.0, 3.0) - 3.0).abs() < 1e-3);
    }
}
