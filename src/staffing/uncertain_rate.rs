//! Service when the rate itself is uncertain.
//!
//! The load of an interval is gamma distributed around its forecast, with a coefficient of variation cv. More contacts
//! come when the load is high, so the service that contacts see on average weighs each load by itself: the weighted
//! density a·f(a)/E\[a\] is again a gamma density with its shape raised by one, and the mean is taken by quadrature.
//! Reference: Steckley, Henderson & Mehrotra, Probability in the Engineering and Informational Sciences 23 (2009).

use statrs::distribution::{Continuous, Gamma};

use crate::domain::units::{Erlangs, Share};
use crate::math::gauss_legendre::GaussLegendre;

/// Standard deviations below the mean beyond which nothing is looked at, and half of those above it: a gamma load leans to the right. All but about 1e-9
/// of the weight lies within.
const REACH: f64 = 9.0;

/// The volume-weighted service level, given the level at any one load, for a gamma load of this mean and cv.
pub fn service_level(mean: Erlangs, cv: f64, level: impl Fn(Erlangs) -> Share) -> Share {
    let shape = 1.0 / (cv * cv);
    let Some(weighted) = Gamma::new(shape + 1.0, shape / mean.get()).ok().filter(|_| cv > 1e-6) else {
        return level(mean);
    };
    let centre = mean.get() * (1.0 + cv * cv);
    let reach = REACH * (mean.get() * centre).sqrt() * cv;
    let at = |load: f64| weighted.pdf(load) * level(Erlangs::clamped(load)).get();
    Share::clamped(GaussLegendre::default().integrate((centre - reach).max(0.0), centre + 2.0 * reach, 24, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::ServiceDefinition;
    use crate::domain::units::Seconds;
    use crate::staffing::erlang_a;

    #[test]
    fn uncertainty_costs_service() {
        // 10 erlangs, 12 agents, AHT and patience 180 s, T = 20 s; the references by a midpoint sum of 20,000 terms.
        // (METHODS.md §2 gives .80230, .78564 and .74258, the last two from a coarser rule: they agree to 1e-4.)
        let seconds = Seconds::clamped(180.0);
        let level = |load| {
            let outcome = erlang_a::outcome(load, seconds, seconds, Seconds::clamped(20.0), 12);
            outcome.fates.level(ServiceDefinition::Offered)
        };
        for (cv, expected) in [(0.0, 0.802_303_867_284), (0.1, 0.785_593_750_165), (0.2, 0.742_479_959_604)] {
            let got = service_level(Erlangs::clamped(10.0), cv, level).get();
            assert!((got - expected).abs() < 1e-9, "cv {cv}: {got}, not {expected}");
        }
    }

    #[test]
    fn a_service_that_does_not_depend_on_load_is_not_changed() {
        let got = service_level(Erlangs::clamped(10.0), 0.5, |_| Share::clamped(0.7)).get();
        assert!((got - 0.7).abs() < 1e-9, "{got}");
    }
}
