//! M/M/n+G: patience of any distribution.
//!
//! With Ḡ(x) the share of customers still patient after x, H(x) = ∫₀ˣ Ḡ and ψ(x) = λH(x) − nμx, the wait V offered to a
//! customer of endless patience has density λe^{ψ(v)}/Z for v > 0. With J = ∫₀^∞ e^ψ, J(T) the same from T,
//! E = 1/B(n−1, a) and Z = E + λJ: P(V > T) = λJ(T)/Z, P(abandon) = (1 + (λ − nμ)J)/Z and
//! P(answered, V ≤ T) = 1 − λJ/Z + ∫₀ᵀ Ḡ(v)·λe^{ψ(v)}/Z dv. Integrals are by quadrature in panels over which ψ changes
//! little; exponents are shifted by their maximum. Reference: Zeltyn & Mandelbaum, Queueing Systems 51 (2005).

use super::erlang_b;
use super::service_level::Fates;
use crate::domain::units::{Erlangs, Seconds, Share};
use crate::math::gauss_legendre::GaussLegendre;

/// How far ψ may change within a panel.
const STEP: f64 = 4.0;
/// Once ψ has fallen this far below its maximum, nothing is left to add.
const TAIL: f64 = 45.0;

/// The steady state as far as this model gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Impatience {
    /// Probability that a contact has to wait.
    pub p_wait: Share,
    /// Share of contacts that abandon.
    pub p_abandon: Share,
    /// What the service level is counted from.
    pub fates: Fates,
}

/// The steady state with at least one agent, where `patient` gives the share of customers still patient after so many
/// seconds: falling from 1, continuous, and below nμ/λ in the end. None where there is no load or no agent.
pub fn outcome(
    load: Erlangs,
    aht: Seconds,
    within: Seconds,
    agents: u64,
    patient: impl Fn(f64) -> f64,
) -> Option<Impatience> {
    if load.get() <= 0.0 || aht.get() <= 0.0 || agents == 0 {
        return None;
    }
    let (rate, service) = (load.get() / aht.get(), agents as f64 / aht.get());
    let mut offered = OfferedWait { rate, service, patient: &patient, at: 0.0, patience: 0.0, peak: 0.0 };
    let until = offered.integrals(Some(within.get()));
    let later = offered.integrals(None);

    // Everything in units of the largest exponent met.
    let shift = |part: &Integrals| (part.peak - offered.peak).exp();
    let (soon, late) = (rate * until.all * shift(&until), rate * later.all * shift(&later));
    let base = (-offered.peak).exp();
    let z = erlang_b::inverse(load.get(), agents - 1) * base + soon + late;
    let p_abandon = (base + (rate - service) / rate * (soon + late)) / z;
    let answered_soon = rate * until.answered * shift(&until) / z;
    let patient_now = patient(within.get());
    let p_wait = (soon + late) / z;
    Some(Impatience {
        p_wait: Share::clamped(p_wait),
        p_abandon: Share::clamped(p_abandon),
        fates: Fates {
            answered_within: 1.0 - p_wait + answered_soon,
            answered: 1.0 - p_abandon,
            abandoned_within: 1.0 - patient_now * late / z - (1.0 - p_wait + answered_soon),
        },
    })
}

/// The wait offered to a customer of endless patience, walked through from zero.
struct OfferedWait<'a, P> {
    rate: f64,
    service: f64,
    patient: &'a P,
    /// Where the walk stands, seconds.
    at: f64,
    /// H there.
    patience: f64,
    /// The largest ψ so far.
    peak: f64,
}

/// ∫ e^ψ and ∫ Ḡ e^ψ over a stretch, both divided by `exp(peak)`.
#[derive(Clone, Copy, Debug, Default)]
struct Integrals {
    all: f64,
    answered: f64,
    peak: f64,
}

impl<P: Fn(f64) -> f64> OfferedWait<'_, P> {
    /// Walks on, up to a time or to where nothing is left.
    fn integrals(&mut self, until: Option<f64>) -> Integrals {
        let rule = GaussLegendre::default();
        let mut sums = Integrals { peak: self.peak, ..Integrals::default() };
        loop {
            let left = until.map_or(f64::INFINITY, |until| until - self.at);
            let width = (STEP / self.rate.max(self.service)).min(left);
            let exponent = self.rate * self.patience - self.service * self.at;
            let done = until.is_none() && exponent < self.peak - TAIL;
            if width <= 0.0 || done {
                return sums;
            }
            let patience = |x: f64| self.patience + rule.panel(self.at, x - self.at, self.patient);
            let density = |x: f64| (self.rate * patience(x) - self.service * x - exponent).exp();
            let all = rule.panel(self.at, width, density);
            let answered = rule.panel(self.at, width, |x| density(x) * (self.patient)(x));
            let peak = sums.peak.max(exponent);
            let (before, now) = ((sums.peak - peak).exp(), (exponent - peak).exp());
            sums = Integrals {
                all: sums.all * before + all * now,
                answered: sums.answered * before + answered * now,
                peak,
            };
            self.peak = self.peak.max(peak);
            self.patience = patience(self.at + width);
            self.at += width;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_a;

    fn seconds(amount: f64) -> Seconds {
        Seconds::clamped(amount)
    }

    #[test]
    fn exponential_patience_is_erlang_a() {
        for (load, agents, patience, within) in
            [(10.0, 12, 60.0, 20.0), (10.0, 10, 300.0, 0.0), (40.0, 20, 120.0, 45.0), (200.0, 210, 180.0, 10.0)]
        {
            let load = Erlangs::clamped(load);
            let got = outcome(load, seconds(180.0), seconds(within), agents, |x| (-x / patience).exp());
            let expected = erlang_a::outcome(load, seconds(180.0), seconds(patience), seconds(within), agents);
            let Some(got) = got else { panic!("a steady state") };
            let near = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-9, "{got}, not {expected}");
            near(got.p_wait.get(), expected.p_wait.get());
            near(got.p_abandon.get(), expected.p_abandon.get());
            near(got.fates.answered_within, expected.fates.answered_within);
            near(got.fates.abandoned_within, expected.fates.abandoned_within);
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
    fn without_load_or_agents_there_is_no_steady_state_to_speak_of() {
        assert_eq!(outcome(Erlangs::ZERO, seconds(180.0), seconds(20.0), 3, |_| 0.0), None);
        assert_eq!(outcome(Erlangs::clamped(1.0), seconds(180.0), seconds(20.0), 0, |_| 0.0), None);
    }
}
