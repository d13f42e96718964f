//! The square-root rule: what n = a + β√a agents mean for a large load.
//!
//! As a grows with β held, P(wait) tends to a number strictly between 0 and 1. References: Halfin & Whitt, Operations
//! Research 29 (1981), without abandonment; Garnett, Mandelbaum & Reiman, MSOM 4 (2002), with it.

use statrs::distribution::{Continuous, ContinuousCDF, Normal};

use crate::domain::units::{Erlangs, Share};

/// P(wait) → 1 / (1 + β Φ(β)/φ(β)) without abandonment; 1 where β is not positive, for then the line never settles.
#[must_use]
pub fn halfin_whitt(beta: f64) -> Share {
    let normal = Normal::standard();
    Share::clamped(if beta > 0.0 { 1.0 / (1.0 + beta * normal.cdf(beta) / normal.pdf(beta)) } else { 1.0 })
}

/// P(wait) → 1 / (1 + √r·h(β/√r)/h(−β)) where customers abandon, r being handle time over patience and h = φ/(1 − Φ)
/// the hazard of the normal distribution; `beta` may be negative.
#[must_use]
pub fn garnett(beta: f64, r: f64) -> Share {
    let root = r.sqrt();
    Share::clamped(1.0 / (1.0 + root * hazard(beta / root) / hazard(-beta)))
}

/// h(x) = φ(x)/(1 − Φ(x)); far out, where both underflow, by its asymptotic series.
fn hazard(x: f64) -> f64 {
    const FAR: f64 = 30.0;
    let normal = Normal::standard();
    if x > FAR { x + 1.0 / x - 2.0 / x.powi(3) } else { normal.pdf(x) / normal.sf(x) }
}

/// β of a number of agents: (n − a)/√a.
#[must_use]
pub fn beta(load: Erlangs, agents: u64) -> f64 {
    (agents as f64 - load.get()) / load.get().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Seconds;
    use crate::staffing::{erlang_a, erlang_c};

    #[test]
    fn halfin_and_whitt_agree_with_the_reference() {
        assert!((halfin_whitt(0.5).get() - 0.504_538_640_998).abs() < 1e-9);
        assert!((halfin_whitt(1.0).get() - 0.223_361_274_798).abs() < 1e-9);
        assert_eq!(halfin_whitt(0.0), Share::ALL);
    }

    #[test]
    fn large_centres_come_close_to_the_limits() {
        // 10,000 erlangs and 10,050 agents: β = ½. The error falls with 1/√a.
        let (load, second) = (Erlangs::clamped(10_000.0), Seconds::clamped(1.0));
        assert!((beta(load, 10_050) - 0.5).abs() < 1e-12);
        let patient = erlang_c::outcome(load, second, Seconds::ZERO, 10_050).p_wait.get();
        assert!((patient - halfin_whitt(0.5).get()).abs() < 5e-3, "{patient}");
        let impatient = erlang_a::outcome(load, second, Seconds::clamped(0.5), Seconds::ZERO, 10_050).p_wait.get();
        assert!((impatient - garnett(0.5, 2.0).get()).abs() < 5e-3, "{impatient}");
    }

    #[test]
    fn endless_patience_leads_from_garnett_to_halfin_and_whitt() {
        assert!((garnett(1.0, 1e-9).get() - halfin_whitt(1.0).get()).abs() < 1e-6);
    }
}
