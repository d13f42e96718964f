//! The 80 % band of an interval: quantiles of the negative binomial with mean `m` and variance `m + φ m²`.
//!
//! Counts are whole but people read bands as lines, so quantiles are interpolated: the probability of `k` is spread
//! evenly over `k ± ½`. Small means sum the probabilities up; large ones use the gamma of equal mean and variance with
//! the cube-root approximation of Wilson & Hilferty (1931), good to a thousandth of the mean there.

use crate::domain::forecast::Z90;

/// Means above it are taken as continuous.
const SUMMED_UP_TO: f64 = 200.0;

/// 10 %, 50 % and 90 % quantiles; zeros for a mean of zero.
pub(super) fn quantiles(mean: f64, excess: f64) -> [f64; 3] {
    if mean <= 0.0 || !mean.is_finite() {
        return [0.0; 3];
    }
    let excess = if excess.is_finite() { excess.clamp(0.0, 25.0) } else { 0.0 };
    if mean > SUMMED_UP_TO { by_gamma(mean, excess) } else { by_summing(mean, excess) }
}

fn by_gamma(mean: f64, excess: f64) -> [f64; 3] {
    let shape = mean / (1.0 + excess * mean);
    let cube_root = |z: f64| (1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt())).max(0.0);
    [-Z90, 0.0, Z90].map(|z| mean * cube_root(z).powi(3))
}

fn by_summing(mean: f64, excess: f64) -> [f64; 3] {
    // p_0 = (1 + φm)^(−1/φ); p_{k+1} = p_k · m (1 + φk) / ((k + 1)(1 + φm)); Poisson as φ → 0.
    let growth = mean / (1.0 + excess * mean);
    let mut probability = if excess < 1e-9 { (-mean).exp() } else { (-(excess * mean).ln_1p() / excess).exp() };
    let (mut below, mut found, mut next) = (0.0, [0.0; 3], 0);
    let levels = [0.1, 0.5, 0.9];
    let last = (mean * (1.0 + excess) * 60.0 + 60.0).ceil();
    let mut k = 0.0;
    while next < 3 && k <= last {
        while next < 3 && below + probability >= levels[next] {
            found[next] = (k - 0.5 + (levels[next] - below) / probability).max(0.0);
            next += 1;
        }
        below += probability;
        probability *= growth * (1.0 + excess * k) / (k + 1.0);
        k += 1.0;
    }
    found[next..].fill(k);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{DiscreteCDF, NegativeBinomial, Poisson};

    #[test]
    fn the_quantiles_of_a_poisson_of_nine_hold_its_probability() {
        // P(N ≤ 5) = 0.1157, P(N ≤ 4) = 0.0550: 10 % lies at 4.5 + (0.1 − 0.0550) / 0.0607 = 5.24.
        let [p10, p50, p90] = quantiles(9.0, 0.0);
        let poisson = Poisson::new(9.0).expect("a Poisson");
        assert!((p10 - (4.5 + (0.1 - poisson.cdf(4)) / (poisson.cdf(5) - poisson.cdf(4)))).abs() < 1e-9, "{p10}");
        assert!((8.5..9.5).contains(&p50) && (12.5..13.5).contains(&p90), "{p50} {p90}");
    }

    #[test]
    fn summing_and_the_gamma_agree_where_they_meet() {
        for excess in [0.0, 0.01, 0.1, 0.5] {
            let (summed, gamma) = (by_summing(200.0, excess), by_gamma(200.0, excess));
            for (summed, gamma) in summed.iter().zip(&gamma) {
                assert!((summed - gamma).abs() < 0.01 * 200.0, "φ = {excess}: {summed} against {gamma}");
            }
        }
    }

    proptest! {
        #[test]
        fn bands_are_ordered_and_hold_what_they_say(mean in 0.01f64..500.0, excess in 0.001f64..2.0) {
            let [p10, p50, p90] = quantiles(mean, excess);
            prop_assert!(0.0 <= p10 && p10 <= p50 && p50 <= p90 && p90.is_finite());
            if mean < SUMMED_UP_TO {
                let truth = NegativeBinomial::new(1.0 / excess, 1.0 / (1.0 + excess * mean)).expect("a distribution");
                // The integer at or above the interpolated 90 % quantile holds at least 90 %.
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
                let count = (p90 + 0.5).floor() as u64;
                prop_assert!(truth.cdf(count) >= 0.9 - 1e-6);
            }
        }
    }
}
