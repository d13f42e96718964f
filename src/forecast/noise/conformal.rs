//! Bands brought to what back-tests showed: split conformal prediction (Vovk, Gammerman & Shafer 2005; Lei, G'Sell,
//! Rinaldo, Tibshirani & Wasserman, JASA 113, 2018) with the band of the noise model as its measure of scale.
//!
//! Each outcome of the folds is scored by its distance from the median in half-widths of its band. The quantile of the
//! scores at the level promised is the factor that would have made the bands hold it; as days are few and intervals of
//! a day move together, it leans on 1.

use super::bands::quantiles;

/// What an 80 % band holds.
const LEVEL: f64 = 0.8;
/// Days' worth of trust in the noise model's own width.
const PRIOR_DAYS: f64 = 5.0;
/// No band is stretched or squeezed by more.
const LIMITS: (f64, f64) = (0.5, 2.0);

/// Distance from the median in half-widths of the 80 % band: at most 1 within it; none where nothing is expected.
pub(crate) fn score(mean: f64, excess: f64, actual: f64) -> Option<f64> {
    let [p10, p50, p90] = quantiles(mean, excess);
    let (distance, half) = if actual < p50 { (p50 - actual, p50 - p10) } else { (actual - p50, p90 - p50) };
    (half > 0.0).then(|| distance / half)
}

/// The factor on the widths from the scores of so many days.
pub(crate) fn width(mut scores: Vec<f64>, days: f64) -> f64 {
    if scores.is_empty() {
        return 1.0;
    }
    scores.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank among the scores")]
    let rank = (LEVEL * (scores.len() + 1) as f64).ceil() as usize;
    let found = scores[rank.clamp(1, scores.len()) - 1].clamp(LIMITS.0, LIMITS.1);
    (days * found + PRIOR_DAYS) / (days + PRIOR_DAYS)
}

/// The quantiles with their distance from the median multiplied; never below zero.
pub(super) fn stretched([p10, p50, p90]: [f64; 3], width: f64) -> [f64; 3] {
    [(p50 - width * (p50 - p10)).max(0.0), p50, p50 + width * (p90 - p50)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scores_that_are_spread_too_wide_stretch_the_band() {
        // 99 scores 0.02, 0.04, …, 1.98: the 80 % quantile is the 80th, 1.6. With 45 days: (45 · 1.6 + 5) / 50.
        let scores: Vec<f64> = (1..100).map(|at| f64::from(at) * 0.02).collect();
        assert!((width(scores, 45.0) - (45.0 * 1.6 + 5.0) / 50.0).abs() < 1e-9);
        assert!((width(vec![], 0.0) - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn a_band_stretched_by_the_score_just_holds_the_outcome(mean in 1.0f64..900.0, excess in 0.0f64..0.5, actual in 0.0f64..2000.0) {
            let score = score(mean, excess, actual).expect("a band");
            let [low, _, high] = stretched(quantiles(mean, excess), score * (1.0 + 1e-9) + 1e-9);
            prop_assert!(low <= actual + 1e-6 && actual <= high + 1e-6);
        }
    }
}
