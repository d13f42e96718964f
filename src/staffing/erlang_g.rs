//! M/M/n+G: patience of any distribution.
//!
//! With Ḡ(x) the share of customers still patient after x, H(x) = ∫₀ˣ Ḡ and ψ(x) = λH(x) − nμx, the wait V offered to a
//! customer of endless patience has density f(v) = λe^{ψ(v)}/Z for v > 0. With J = ∫₀^∞ e^ψ, J(T) the same from T,
//! E = 1/B(n−1, a) and Z = E + λJ: P(V > T) = λJ(T)/Z, P(abandon) = ∫ (1 − Ḡ)f, P(answered, V ≤ T) = 1 − λJ/Z + ∫₀ᵀ Ḡf,
//! the mean wait of all is ∫ Hf, and that of the answered ∫ vḠf / P(answered). ψ is concave and highest where Ḡ falls
//! below nμ/λ: what lies far below that is left out, and elsewhere integrals are by quadrature in panels over which ψ
//! changes little and Ḡ is smooth. Reference: Zeltyn & Mandelbaum, Queueing Systems 51 (2005).

use super::erlang_b;
use super::outcome::Outcome;
use super::service_level::Fates;
use crate::domain::units::{Erlangs, Seconds, Share};
use crate::math::gauss_legendre::GaussLegendre;

/// How far ψ may change within a panel.
const STEP: f64 = 4.0;
/// Once ψ has fallen this far below its maximum, nothing is left to add.
const TAIL: f64 = 45.0;
/// How far the patience summed over a panel may differ from that over its halves, as a share of the panel.
const SMOOTH: f64 = 1e-12;
/// A panel is halved no more often than this: narrower ones hold nothing.
const HALVINGS: u32 = 60;
/// Panels looked at, at most. A few hundred do.
const MOST_PANELS: usize = 50_000;

/// The steady state with at least one agent, where `patient` gives the share of customers still patient after so many
/// seconds: falling from 1, continuous, and below nμ/λ in the end. None where there is no load or no agent, or where the
/// integrals come to no end.
pub fn outcome(
    load: Erlangs,
    aht: Seconds,
    within: Seconds,
    agents: u64,
    patient: impl Fn(f64) -> f64,
) -> Option<Outcome> {
    if load.get() <= 0.0 || aht.get() <= 0.0 || agents == 0 {
        return None;
    }
    let (rate, service) = (load.get() / aht.get(), agents as f64 / aht.get());
    let mut offered = OfferedWait::new(rate, service, aht.get(), &patient)?;
    let soon = offered.integrals(within.get())?;
    let late = offered.integrals(f64::INFINITY)?;

    // Everything in units of the largest exponent.
    let z = erlang_b::inverse(load.get(), agents - 1) * (-offered.peak).exp() + rate * (soon.all + late.all);
    let share = |integral: f64| rate * integral / z;
    let both = |of: fn(&Integrals) -> f64| share(of(&soon) + of(&late));
    let p_wait = both(|of| of.all);
    let p_abandon = both(|of| of.all - of.answered).clamp(0.0, 1.0);
    let answered_within = 1.0 - p_wait + share(soon.answered);
    let mean_wait = both(|of| of.wait);
    Some(Outcome {
        p_wait: Share::clamped(p_wait),
        p_abandon: Share::clamped(p_abandon),
        mean_wait: Seconds::new(mean_wait),
        asa: Seconds::new(both(|of| of.answered_wait) / (1.0 - p_abandon)),
        mean_queue: Some(rate * mean_wait),
        occupancy: Share::clamped(load.get() * (1.0 - p_abandon) / agents as f64),
        fates: Fates {
            answered_within,
            answered: 1.0 - p_abandon,
            abandoned_within: (1.0 - patient(within.get()) * share(late.all) - answered_within).max(0.0),
        },
    })
}

/// A time with what has been survived of it on average: H.
#[derive(Clone, Copy, Debug, Default)]
struct Point {
    at: f64,
    survived: f64,
}

/// The wait offered to a customer of endless patience, walked through from zero.
struct OfferedWait<'a, P> {
    rate: f64,
    service: f64,
    patient: &'a P,
    rule: GaussLegendre,
    /// Where ψ is highest, and how high.
    top: f64,
    peak: f64,
    /// Where the walk stands, and how wide its next panel may be.
    here: Point,
    width: f64,
    panels: usize,
}

/// Integrals over a stretch, all divided by `exp(peak)`.
#[derive(Clone, Copy, Debug, Default)]
struct Integrals {
    /// ∫ e^ψ.
    all: f64,
    /// ∫ Ḡ e^ψ.
    answered: f64,
    /// ∫ x Ḡ e^ψ.
    answered_wait: f64,
    /// ∫ H e^ψ.
    wait: f64,
}

impl<'a, P: Fn(f64) -> f64> OfferedWait<'a, P> {
    /// Finds the maximum of ψ; none if it has none within reach.
    fn new(rate: f64, service: f64, first_width: f64, patient: &'a P) -> Option<Self> {
        let mut walk = Self {
            rate,
            service,
            patient,
            rule: GaussLegendre::default(),
            top: highest(rate, service, first_width, patient)?,
            peak: 0.0,
            here: Point::default(),
            width: first_width,
            panels: 0,
        };
        while walk.here.at < walk.top {
            walk.here = walk.smooth_panel(walk.top)?;
        }
        walk.peak = walk.exponent(walk.here);
        (walk.here, walk.width, walk.panels) = (Point::default(), first_width, 0);
        Some(walk)
    }

    fn exponent(&self, at: Point) -> f64 {
        self.rate * at.survived - self.service * at.at
    }

    fn slope(&self, at: f64) -> f64 {
        self.rate * (self.patient)(at) - self.service
    }

    /// The end of a panel from here, at most `until`, over which Ḡ is smooth; the next may be twice as wide.
    fn smooth_panel(&mut self, until: f64) -> Option<Point> {
        self.panels += 1;
        if self.panels > MOST_PANELS {
            return None;
        }
        let from = self.here.at;
        let mut width = self.width.min(until - from);
        for _ in 0..HALVINGS {
            let whole = self.rule.panel(from, width, self.patient);
            let half = width / 2.0;
            let halves = self.rule.panel(from, half, self.patient) + self.rule.panel(from + half, half, self.patient);
            if (whole - halves).abs() <= SMOOTH * width {
                break;
            }
            width = half;
        }
        self.width = 2.0 * width;
        let at = if width >= until - from { until } else { from + width };
        let survived = self.here.survived + self.rule.panel(from, at - from, self.patient);
        Some(Point { at, survived })
    }

    /// Walks on, up to a time or to where nothing is left.
    fn integrals(&mut self, until: f64) -> Option<Integrals> {
        let mut sums = Integrals::default();
        while self.here.at < until {
            let is_over = self.here.at >= self.top && self.exponent(self.here) < self.peak - TAIL;
            if is_over {
                break;
            }
            let next = self.smooth_panel(until)?;
            let is_before = next.at <= self.top && self.exponent(next) < self.peak - TAIL;
            let width = next.at - self.here.at;
            let change = self.slope(self.here.at).abs().max(self.slope(next.at).abs()) * width;
            if !is_before && change > STEP && self.here.at + width / 2.0 > self.here.at {
                self.width = width / 2.0;
                continue;
            }
            if !is_before {
                self.add(width, &mut sums);
            }
            self.here = next;
        }
        Some(sums)
    }

    /// Adds a panel from here.
    fn add(&self, width: f64, to: &mut Integrals) {
        let from = self.here;
        for (x, weight) in self.rule.points(from.at, width) {
            let survived = from.survived + self.rule.panel(from.at, x - from.at, self.patient);
            let density = weight * (self.exponent(Point { at: x, survived }) - self.peak).exp();
            let answered = density * (self.patient)(x);
            to.all += density;
            to.answered += answered;
            to.answered_wait += answered * x;
            to.wait += density * survived;
        }
    }
}

/// Where Ḡ falls below nμ/λ, at 0 where it never was above; none where that is beyond all times.
fn highest(rate: f64, service: f64, first: f64, patient: &impl Fn(f64) -> f64) -> Option<f64> {
    /// Doublings of a handle time, beyond which nobody waits; and bisections to the last digit.
    const DOUBLINGS: i32 = 200;
    let is_rising = |x: f64| rate * patient(x) > service;
    if !is_rising(0.0) {
        return Some(0.0);
    }
    let mut high = (0..DOUBLINGS).map(|times| first * 2.0_f64.powi(times)).find(|x| !is_rising(*x))?;
    let mut low = 0.0;
    for _ in 0..DOUBLINGS {
        let middle = f64::midpoint(low, high);
        if is_rising(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::routing::PatienceShape;
    use crate::staffing::erlang_a;
    use crate::staffing::patience::Patience;

    fn seconds(amount: f64) -> Seconds {
        Seconds::clamped(amount)
    }

    #[test]
    fn exponential_patience_is_erlang_a() {
        for (load, agents, patience, within) in [
            (10.0, 12, 60.0, 20.0),
            (10.0, 10, 300.0, 0.0),
            (40.0, 20, 120.0, 45.0),
            (200.0, 210, 180.0, 10.0),
            (5_000.0, 100, 180.0, 20.0),
            (3.0, 50, 60.0, 1e9),
        ] {
            let load = Erlangs::clamped(load);
            let got = outcome(load, seconds(180.0), seconds(within), agents, |x| (-x / patience).exp());
            let expected = erlang_a::outcome(load, seconds(180.0), seconds(patience), seconds(within), agents);
            let Some(got) = got else { panic!("a steady state") };
            let near = |got: f64, expected: f64, by: f64| assert!((got - expected).abs() < by, "{got}, not {expected}");
            near(got.p_wait.get(), expected.p_wait.get(), 1e-9);
            near(got.p_abandon.get(), expected.p_abandon.get(), 1e-9);
            near(got.fates.answered_within, expected.fates.answered_within, 1e-9);
            near(got.fates.abandoned_within, expected.fates.abandoned_within, 1e-9);
            near(got.occupancy.get(), expected.occupancy.get(), 1e-9);
            let wait = |of: &Outcome| (of.mean_wait.unwrap_or_default().get(), of.asa.unwrap_or_default().get());
            near(wait(&got).0, wait(&expected).0, 1e-6);
            near(wait(&got).1, wait(&expected).1, 1e-6);
        }
    }

    #[test]
    fn people_who_hang_up_early_or_wait_long_differ_from_the_average_of_both() {
        // Half have 10 s, half 350 s: the same mean as 180 s, but more is lost at the start.
        let mixed = |x: f64| f64::midpoint((-x / 10.0).exp(), (-x / 350.0).exp());
        let load = Erlangs::clamped(10.0);
        let got = outcome(load, seconds(180.0), seconds(20.0), 10, mixed).map(|got| got.p_abandon.get());
        let even = erlang_a::outcome(load, seconds(180.0), seconds(180.0), seconds(20.0), 10).p_abandon.get();
        assert!(got.is_some_and(|got| got > even), "{got:?} against {even}");
    }

    #[test]
    fn a_crowd_that_gives_up_as_one_waits_as_long_as_it_is_patient() {
        // A million erlangs for a thousand agents, patience 120 s to a twentieth: all but a thousandth give up near 120 s.
        let patience = Patience { mean: seconds(120.0), shape: PatienceShape::Lognormal(0.05) };
        let patient = |x: f64| patience.survivors(x);
        let got = outcome(Erlangs::clamped(1e6), seconds(180.0), seconds(20.0), 1_000, patient);
        let Some(got) = got else { panic!("a steady state") };
        assert!((got.p_abandon.get() - 0.999).abs() < 1e-9, "{got:?}");
        assert!(got.mean_wait.is_some_and(|wait| (wait.get() - 120.0).abs() < 0.1), "{got:?}");
        assert!(got.fates.abandoned_within < 1e-9 && got.fates.answered_within < 1e-9, "{got:?}");
    }

    #[test]
    fn without_load_or_agents_there_is_no_steady_state_to_speak_of() {
        assert_eq!(outcome(Erlangs::ZERO, seconds(180.0), seconds(20.0), 3, |_| 0.0), None);
        assert_eq!(outcome(Erlangs::clamped(1.0), seconds(180.0), seconds(20.0), 0, |_| 0.0), None);
    }
}
