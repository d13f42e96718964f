//! Service when the rate itself is uncertain.
//!
//! The load of an interval is gamma distributed around its forecast, with a coefficient of variation cv: that rate with the
//! noise of counting upon it is the negative binomial of which the forecast's bands are quantiles. More contacts
//! come when the load is high, so the service that contacts see on average weighs each load by itself: the weighted
//! density a·f(a)/E\[a\] is again a gamma density with its shape raised by one, and the mean is taken by quadrature.
//! How far the day's mean handle time may lie off is part of cv; contacts are no more numerous for being long, so that the weight of busy days
//! errs by the square of that part, a tenth of a per cent or two.
//! Reference: Steckley, Henderson & Mehrotra, Probability in the Engineering and Informational Sciences 23 (2009).

use statrs::distribution::{Continuous, ContinuousCDF, Gamma};

use super::service_level::Fates;
use crate::math::gauss_legendre::GaussLegendre;

/// Standard deviations below the mean beyond which nothing is looked at, and half of those above it: a gamma load leans to the right. All but about 1e-9
/// of the weight lies within.
const REACH: f64 = 9.0;
/// Panels of the quadrature.
const PANELS: u32 = 8;
/// A rate known to this share of itself is certain.
const CERTAIN: f64 = 1e-3;

/// The rate that is not exceeded so many times in a hundred, over the mean.
pub(super) fn percentile(cv: f64, percent: u8) -> f64 {
    let shape = 1.0 / (cv * cv);
    let rate = Gamma::new(shape, shape).ok().filter(|_| cv > CERTAIN);
    rate.map_or(1.0, |rate| rate.inverse_cdf(f64::from(percent) / 100.0))
}

/// Loads that an interval may have, each with the share of contacts that meet it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rates(Vec<(f64, f64)>);

impl Rates {
    /// The loads around a mean; none where there is none, or it is certain.
    pub(super) fn new(mean: f64, cv: f64) -> Option<Self> {
        let shape = 1.0 / (cv * cv);
        let weighted = Gamma::new(shape + 1.0, shape / mean).ok().filter(|_| cv > CERTAIN && mean > 0.0)?;
        let centre = mean * (1.0 + cv * cv);
        let reach = REACH * (mean * centre).sqrt() * cv;
        let (from, until) = ((centre - reach).max(0.0), centre + 2.0 * reach);
        let width = (until - from) / f64::from(PANELS);
        let rule = GaussLegendre::default();
        let panels = (0..PANELS).flat_map(|panel| rule.points(from + width * f64::from(panel), width));
        let points: Vec<(f64, f64)> =
            panels.map(|(load, weight)| (load, weight * weighted.ln_pdf(load).exp())).collect();
        let all: f64 = points.iter().map(|(_, weight)| weight).sum();
        Some(Self(points.into_iter().map(|(load, weight)| (load, weight / all)).collect()))
    }

    /// The fates of contacts on average, given those at any one load.
    pub(super) fn expected(&self, fates: impl Fn(f64) -> Fates) -> Fates {
        self.0.iter().fold(Fates::default(), |sum, (load, weight)| {
            let at = fates(*load);
            Fates {
                answered_within: sum.answered_within + weight * at.answered_within,
                answered: sum.answered + weight * at.answered,
                abandoned_within: sum.abandoned_within + weight * at.abandoned_within,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::{Erlangs, Seconds};
    use crate::staffing::erlang_a;

    #[test]
    fn uncertainty_costs_service() {
        // 10 erlangs, 12 agents, AHT and patience 180 s, T = 20 s; the references by a midpoint sum of 20,000 terms.
        // (METHODS.md §2 gives .80230, .78564 and .74258, the last two from a coarser rule: they agree to 1e-4.)
        let seconds = Seconds::clamped(180.0);
        let fates =
            |load| erlang_a::outcome(Erlangs::clamped(load), seconds, seconds, Seconds::clamped(20.0), 12).fates;
        for (cv, expected) in [(0.1, 0.785_593_750_165), (0.2, 0.742_479_959_604)] {
            let got = Rates::new(10.0, cv).map(|rates| rates.expected(fates).answered_within);
            assert!(got.is_some_and(|got| (got - expected).abs() < 1e-9), "cv {cv}: {got:?}, not {expected}");
        }
        assert_eq!((Rates::new(10.0, 0.0), Rates::new(0.0, 0.2)), (None, None));
    }

    #[test]
    fn a_service_that_does_not_depend_on_load_is_not_changed() {
        let same = Fates { answered_within: 0.7, answered: 0.9, abandoned_within: 0.1 };
        for cv in [0.002, 0.05, 0.084, 0.5, 2.0] {
            let got = Rates::new(10.0, cv).map(|rates| rates.expected(|_| same).answered_within);
            assert!(got.is_some_and(|got| (got - 0.7).abs() < 1e-12), "{got:?}");
        }
    }

    #[test]
    fn percentiles_are_those_of_a_gamma_rate() {
        // Chi-squared with 50 degrees of freedom over 50 is gamma of shape 25, cv 0.2: its tables give 49.335, 58.164, 63.167 and 76.154.
        for (percent, expected) in [(50, 49.335), (80, 58.164), (90, 63.167), (99, 76.154)] {
            let got = percentile(0.2, percent) * 50.0;
            assert!((got - expected).abs() < 1e-3, "p{percent}: {got}");
        }
        assert!((percentile(0.0, 99) - 1.0).abs() < 1e-12);
    }
}
