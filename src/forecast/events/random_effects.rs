//! Several noisy estimates of things that differ: their mean, how far they differ, and each one drawn towards it.
//!
//! The random-effects model `y_i ~ N(μ_i, v_i)`, `μ_i ~ N(μ, τ²)`. τ² is found by moments (R. DerSimonian & N. Laird,
//! Controlled Clinical Trials 7, 1986) and leans on a prior by so many estimates' worth, because moments of three or
//! four estimates say little; μ has a normal prior. A single estimate is then the posterior mean of `μ_i` (Gelman et al.,
//! Bayesian Data Analysis, 3rd ed., ch. 5). Values are on any scale; τ and errors are on the same.

use statrs::function::erf::erfc;

/// A value with the variance of its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Estimate {
    /// The value.
    pub(crate) value: f64,
    /// Variance of its error, positive.
    pub(crate) variance: f64,
}

/// What is believed of τ² before anything was seen, and how many estimates that weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    /// Variance between the things estimated.
    pub(crate) variance: f64,
    /// How many estimates it weighs.
    pub(crate) weight: f64,
}

/// The mean of what was estimated, and the variance between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pooled {
    /// μ and the variance of its error.
    pub(crate) mean: Estimate,
    /// τ².
    pub(crate) between: f64,
}

impl Spread {
    /// The moments of a group of estimates added to what was believed.
    pub(crate) fn learn(self, estimates: &[Estimate]) -> Self {
        let free = estimates.len().saturating_sub(1) as f64;
        let Some(moments) = between_by_moments(estimates) else { return self };
        let weight = self.weight + free;
        Self { variance: (self.weight * self.variance + free * moments) / weight, weight }
    }

    /// The same belief, weighing no more than so many estimates.
    pub(super) fn weighing(self, weight: f64) -> Self {
        Self { weight: self.weight.min(weight), ..self }
    }
}

/// Pools estimates under a prior of their mean and of their spread.
pub(crate) fn pool(estimates: &[Estimate], mean: Estimate, spread: Spread) -> Pooled {
    let between = spread.learn(estimates).variance;
    let start = (mean.value / mean.variance, 1.0 / mean.variance);
    let (above, below) = estimates.iter().fold(start, |sum, estimate| {
        let precision = 1.0 / (estimate.variance + between);
        (sum.0 + precision * estimate.value, sum.1 + precision)
    });
    Pooled { mean: Estimate { value: above / below, variance: 1.0 / below }, between }
}

impl Estimate {
    /// The same of a quantity that cannot be negative: mean and variance of the normal distribution cut at zero.
    pub(super) fn positive(self) -> Self {
        let deviation = self.variance.sqrt();
        let distance = if deviation > 0.0 { self.value / deviation } else { f64::INFINITY };
        if distance > 8.0 {
            return self;
        }
        // Far below zero the ratio of density to tail is the distance itself, and what is left is exponential.
        let tail = 0.5 * erfc(-distance / std::f64::consts::SQRT_2);
        let ratio = if distance < -8.0 {
            -distance - 1.0 / distance
        } else {
            (-0.5 * distance * distance).exp() / (2.0 * std::f64::consts::PI).sqrt() / tail
        };
        let kept = (1.0 - ratio * (ratio + distance)).clamp(1e-3, 1.0);
        Self { value: self.value + deviation * ratio, variance: self.variance * kept }
    }
}

impl Pooled {
    /// What to believe of one of the things after its own estimate.
    pub(super) fn posterior(&self, own: Estimate) -> Estimate {
        let (between, error) = (self.between.max(1e-12), own.variance.max(1e-12));
        let kept = between / (between + error);
        let value = kept * own.value + (1.0 - kept) * self.mean.value;
        Estimate { value, variance: kept * error + (1.0 - kept).powi(2) * self.mean.variance }
    }

    /// What to believe of the next thing of the kind: the spread between things and the error of their mean.
    pub(crate) fn next(&self) -> Estimate {
        Estimate { value: self.mean.value, variance: self.mean.variance + self.between }
    }
}

/// DerSimonian & Laird, eq. (8): `τ² = (Q − (k − 1)) / (Σw − Σw²/Σw)` with `w = 1/v`; none of fewer than two.
fn between_by_moments(estimates: &[Estimate]) -> Option<f64> {
    let weights = || estimates.iter().map(|estimate| 1.0 / estimate.variance);
    let (sum, squares) = weights().fold((0.0, 0.0), |sum, weight| (sum.0 + weight, sum.1 + weight * weight));
    let free = estimates.len().checked_sub(1).filter(|free| *free > 0)? as f64;
    let mean = estimates.iter().zip(weights()).map(|(estimate, weight)| weight * estimate.value).sum::<f64>() / sum;
    let scatter: f64 =
        estimates.iter().zip(weights()).map(|(estimate, weight)| weight * (estimate.value - mean).powi(2)).sum();
    Some(((scatter - free) / (sum - squares / sum)).max(0.0)).filter(|between| between.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    const VAGUE: Estimate = Estimate { value: 0.0, variance: 1e9 };

    #[test]
    fn equal_estimates_have_their_mean_and_no_spread_beyond_the_prior() {
        // Two estimates of 10 with variance 2 and no spread: the mean has variance 1.
        let estimates = [Estimate { value: 10.0, variance: 2.0 }; 2];
        let pooled = pool(&estimates, VAGUE, Spread { variance: 0.0, weight: 1.0 });
        assert!((pooled.mean.value - 10.0).abs() < 1e-6 && (pooled.mean.variance - 1.0).abs() < 1e-6);
        assert!(pooled.between.abs() < 1e-12);
    }

    #[test]
    fn scatter_beyond_error_is_the_spread_of_the_things() {
        // 8 and 12 with error variance 1: Q = 8, k − 1 = 1, Σw − Σw²/Σw = 1, so τ² = 7; half of it with a prior of
        // no spread that weighs as much.
        let estimates = [8.0, 12.0].map(|value| Estimate { value, variance: 1.0 });
        let pooled = pool(&estimates, VAGUE, Spread { variance: 0.0, weight: 1.0 });
        assert!((pooled.between - 3.5).abs() < 1e-9, "{pooled:?}");
        // Mean variance (1 + 3.5) / 2; the next thing differs by τ² more.
        assert!((pooled.next().variance - 5.75).abs() < 1e-6);
        // 12 is drawn towards 10 by 1 / 4.5.
        assert!((pooled.posterior(estimates[1]).value - (12.0 - 2.0 / 4.5)).abs() < 1e-6);
    }

    #[test]
    fn what_cannot_be_negative_is_the_upper_half_of_a_normal_around_zero() {
        // The half-normal of σ = 2 has mean 2 √(2/π) = 1.596 and variance 4 (1 − 2/π) = 1.4535.
        let half = Estimate { value: 0.0, variance: 4.0 }.positive();
        assert!((half.value - 1.595_769).abs() < 1e-5 && (half.variance - 1.453_52).abs() < 1e-4, "{half:?}");
        let far = Estimate { value: 10.0, variance: 1.0 };
        assert_eq!(far.positive(), far);
        let below = Estimate { value: -20.0, variance: 1.0 }.positive();
        assert!(below.value > 0.0 && below.value < 0.1 && below.variance > 0.0, "{below:?}");
    }

    #[test]
    fn without_estimates_the_prior_stands() {
        let prior = Estimate { value: 3.0, variance: 4.0 };
        let pooled = pool(&[], prior, Spread { variance: 0.5, weight: 3.0 });
        assert_eq!((pooled.next().value, pooled.next().variance), (3.0, 4.5));
    }
}
