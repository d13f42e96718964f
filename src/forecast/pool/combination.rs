//! How much each method says, by how far ahead: weights from the errors of earlier origins, leaning on equal ones.
//!
//! Errors of different methods partly cancel (Bates & Granger, OR Quarterly 20, 1969), and with the few origins a
//! history affords, estimated weights must lean on a prior to beat the equal ones (Diebold & Pauly, IJF 6, 1990;
//! Timmermann, Handbook of Economic Forecasting 1, 2006). Per horizon bucket the weights minimise
//! `Σ_days w'E_d w + κ |w − w₀|²` over `w ≥ 0, Σ w = 1`, where `E_d` holds the products of the methods' relative errors
//! on a day, and `κ` is the error variance of `w₀` over the prior variance of a weight. The prior `w₀` shares equally
//! among the methods that follow recent days when tomorrow is asked for, and leans on the average as the horizon grows:
//! beyond a few days a plain average is hard to beat (Taylor, Mgmt Sci 54, 2008). Where history is long enough to know a
//! yearly season, day total × share takes the average's place, as no average knows the season ahead. Where most intervals have
//! less than a contact, methods that learn from single intervals or from logarithms of days have no prior weight: day totals and a smoothed shape know more.

use crate::domain::explanation::MethodWeight;
use crate::forecast::baseline::method::Method;
use crate::forecast::baseline::total_share::Memory;
use crate::forecast::noise::dispersion::{BUCKETS, bucket};

/// Prior weight of the average per bucket.
const AVERAGE: [f64; BUCKETS] = [0.0, 0.05, 0.1, 0.3];
/// Prior standard deviation of a weight per bucket.
const SPREAD: [f64; BUCKETS] = [0.25, 0.2, 0.15, 0.1];
/// Days' worth of all buckets' errors in each bucket's.
const POOL_DAYS: f64 = 8.0;
/// Steps of the search for the least error.
const STEPS: usize = 400;

/// How many methods there are.
pub(super) const METHODS: usize = Method::ALL.len();

/// One weight per method; they sum to 1.
pub(super) type Weights = [f64; METHODS];

/// Products of the methods' relative errors, summed over days.
#[derive(Clone, Debug)]
pub(crate) struct ErrorProducts {
    days: f64,
    products: [[f64; METHODS]; METHODS],
}

impl ErrorProducts {
    /// Of no day.
    pub(crate) const fn none() -> Self {
        Self { days: 0.0, products: [[0.0; METHODS]; METHODS] }
    }

    /// Adds a day: each method's forecast and the count, by interval. Intervals weigh by one over their variance.
    pub(super) fn add_day(&mut self, intervals: &[([f64; METHODS], f64)]) {
        let mean = |forecasts: &[f64; METHODS]| forecasts.iter().sum::<f64>() / METHODS as f64;
        let total: f64 = intervals.iter().map(|(forecasts, _)| mean(forecasts)).sum();
        if total <= 0.0 {
            return;
        }
        self.days += 1.0;
        for (forecasts, actual) in intervals {
            let scale = 1.0 / ((mean(forecasts) + 0.5) * total);
            let errors = forecasts.map(|forecast| forecast - actual);
            for (row, one) in self.products.iter_mut().zip(errors) {
                for (product, other) in row.iter_mut().zip(errors) {
                    *product += scale * one * other;
                }
            }
        }
    }

    fn plus(&self, other: &Self, scale: f64) -> Self {
        let mut sum = self.clone();
        sum.days += scale * other.days;
        for (row, more) in sum.products.iter_mut().zip(&other.products) {
            for (product, more) in row.iter_mut().zip(more) {
                *product += scale * more;
            }
        }
        sum
    }

    /// `w'E`: half the gradient of the squared error.
    fn times(&self, weights: &Weights) -> Weights {
        std::array::from_fn(|one| (0..METHODS).map(|other| self.products[one][other] * weights[other]).sum())
    }
}

/// What a history is long and busy enough for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Whether it knows a yearly season.
    pub(crate) is_seasoned: bool,
    /// Whether most intervals have less than one contact.
    pub(crate) is_sparse: bool,
}

/// Weights per horizon bucket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Combination {
    buckets: [Weights; BUCKETS],
}

impl Combination {
    /// One method alone.
    pub(super) fn only(method: Method) -> Self {
        let alone = std::array::from_fn(|at| if Method::ALL[at] == method { 1.0 } else { 0.0 });
        Self { buckets: [alone; BUCKETS] }
    }

    /// Weighs by errors per bucket.
    pub(crate) fn weigh(errors: &[ErrorProducts; BUCKETS], history: Known) -> Self {
        let all = errors.iter().fold(ErrorProducts::none(), |sum, bucket| sum.plus(bucket, 1.0));
        let pool = if all.days > 0.0 { (POOL_DAYS / all.days).min(1.0) } else { 0.0 };
        Self {
            buckets: std::array::from_fn(|at| {
                least_error(&errors[at].plus(&all, pool), &prior(at, history), SPREAD[at])
            }),
        }
    }

    /// The weights for a forecast so many days ahead, from 1.
    pub(crate) fn at(&self, days_ahead: u32) -> &Weights {
        &self.buckets[bucket(days_ahead)]
    }

    /// The methods that weigh anything so many days ahead, the heaviest first.
    pub(crate) fn named_weights(&self, days_ahead: u32) -> Vec<MethodWeight> {
        let weights = self.at(days_ahead).iter().zip(Method::ALL).filter(|(weight, _)| **weight > 0.0);
        let mut named: Vec<MethodWeight> = weights
            .map(|(weight, method)| MethodWeight { method: method.name().to_owned(), weight: *weight })
            .collect();
        named.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        named
    }

    /// For people to read: the weights of the buckets up to so many days ahead, in whole percent.
    pub(crate) fn describe(&self, farthest_day: u32) -> String {
        let names = ["1 day ahead", "2–3", "4–10", "later"];
        let of_bucket = |(name, weights): (&str, &Weights)| {
            let mut named: Vec<(f64, &str)> =
                weights.iter().zip(Method::ALL).map(|(weight, method)| (weight * 100.0, method.name())).collect();
            named.sort_by(|one, other| other.0.total_cmp(&one.0));
            let parts = named.iter().filter(|(percent, _)| *percent >= 0.5);
            let parts: Vec<String> = parts.map(|(percent, method)| format!("{method} {percent:.0} %")).collect();
            format!("{name}: {}", parts.join(", "))
        };
        let last = bucket(farthest_day);
        let buckets: Vec<String> = names.into_iter().zip(&self.buckets).take(last + 1).map(of_bucket).collect();
        buckets.join("; ")
    }
}

fn prior(bucket: usize, history: Known) -> Weights {
    let anchor = if history.is_seasoned { Method::TotalShare(Memory::Long) } else { Method::DayTypeAverage };
    let is_member = |method: Method| method.follows_recent_days() && !(history.is_sparse && method.needs_counts());
    let members = Method::ALL.iter().filter(|method| is_member(**method)).count() as f64;
    std::array::from_fn(|at| {
        let method = Method::ALL[at];
        let equal = if is_member(method) { (1.0 - AVERAGE[bucket]) / members } else { 0.0 };
        equal + if method == anchor { AVERAGE[bucket] } else { 0.0 }
    })
}

/// Projected gradient descent, whose step is one over the largest curvature there can be.
fn least_error(errors: &ErrorProducts, prior: &Weights, spread: f64) -> Weights {
    let variance = prior.iter().zip(errors.times(prior)).map(|(weight, error)| weight * error).sum::<f64>();
    if errors.days <= 0.0 || !variance.is_finite() || variance <= 0.0 {
        return *prior;
    }
    let stiffness = variance / errors.days / (spread * spread);
    let trace: f64 = (0..METHODS).map(|at| errors.products[at][at]).sum();
    let step = 1.0 / (trace + stiffness);
    let mut weights = *prior;
    for _ in 0..STEPS {
        let slope = errors.times(&weights);
        weights = onto_simplex(std::array::from_fn(|at| {
            weights[at] - step * (slope[at] + stiffness * (weights[at] - prior[at]))
        }));
    }
    weights
}

/// The nearest weights that are not negative and sum to 1 (Duchi, Shalev-Shwartz, Singer & Chandra, ICML 2008).
fn onto_simplex(point: Weights) -> Weights {
    let mut sorted = point;
    sorted.sort_by(|one, other| other.total_cmp(one));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (at, value) in sorted.iter().enumerate() {
        sum += value;
        let candidate = (sum - 1.0) / (at + 1) as f64;
        if *value > candidate {
            shift = candidate;
        }
    }
    point.map(|value| (value - shift).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn position(method: Method) -> usize {
        Method::ALL.iter().position(|other| *other == method).expect("a method")
    }

    #[test]
    fn without_errors_tomorrow_is_shared_equally_and_next_month_leans_on_the_average() {
        let none = std::array::from_fn(|_| ErrorProducts::none());
        let weights = Combination::weigh(&none, Known::default());
        assert!((weights.at(1)[position(Method::SvdFactors)] - 1.0 / 6.0).abs() < 1e-12);
        assert!((weights.at(30)[position(Method::DayTypeAverage)] - 0.3).abs() < 1e-12);
        assert!(
            Combination::weigh(&none, Known { is_seasoned: true, is_sparse: false }).at(30)
                [position(Method::TotalShare(Memory::Long))]
                > 0.3
        );
    }

    #[test]
    fn where_intervals_are_nearly_empty_day_totals_share_the_forecast() {
        let none = std::array::from_fn(|_| ErrorProducts::none());
        let weights = Combination::weigh(&none, Known { is_seasoned: false, is_sparse: true });
        assert!(weights.at(1)[position(Method::SvdFactors)] < 1e-12);
        assert!((weights.at(1)[position(Method::CountSmoothing)] - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_method_that_is_always_right_gains_weight_with_every_day() {
        let exact = position(Method::FourierRegression);
        let after = |days: usize| {
            let mut errors: [ErrorProducts; BUCKETS] = std::array::from_fn(|_| ErrorProducts::none());
            for day in 0..days {
                let off = if day % 2 == 0 { 20.0 } else { -20.0 };
                let said = std::array::from_fn(|at| if at == exact { 100.0 } else { 100.0 + off });
                errors[0].add_day(&vec![(said, 100.0); 4]);
            }
            Combination::weigh(&errors, Known::default()).at(1)[exact]
        };
        assert!(
            (after(0) - 1.0 / 6.0).abs() < 1e-12 && after(4) > 0.35 && after(40) > after(4),
            "{} {}",
            after(4),
            after(40)
        );
    }

    #[test]
    fn the_weights_are_named_largest_first_as_far_as_is_asked() {
        let none = std::array::from_fn(|_| ErrorProducts::none());
        let text = Combination::weigh(&none, Known::default()).describe(3);
        assert!(text.starts_with("1 day ahead: ") && text.contains("; 2–3: ") && !text.contains("later"), "{text}");
        assert!(text.contains("SVD factors 17 %"), "{text}");
    }

    proptest! {
        #[test]
        fn the_simplex_is_met(values in prop::array::uniform::<_, METHODS>(-3.0f64..3.0)) {
            let weights = onto_simplex(values);
            prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(weights.iter().all(|weight| *weight >= 0.0));
        }
    }
}
