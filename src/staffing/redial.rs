//! Redials: customers who abandoned call again, and some who were served do too.
//!
//! Fresh contacts λ₀ become offered contacts λ' = λ₀ / (1 − ρ·P(abandon) − κ·(1 − P(abandon))), P(abandon) being that
//! of the queue at λ'. More load means more abandonment, so the fixed point is bracketed by λ₀ and λ₀/(1 − max(ρ, κ)).
//! Reference: Aguir, Karaesmen, Akşin & Chauvet, OR Spectrum 26 (2004).

use crate::domain::units::{Erlangs, Share};

/// How often people call again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Redial {
    /// ρ: share of those who abandoned.
    pub after_abandoning: Share,
    /// κ: share of those who were served.
    pub after_service: Share,
}

impl Redial {
    /// Whether nobody does.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.after_abandoning == Share::NONE && self.after_service == Share::NONE
    }

    /// The fresh load that an offered load began as, where this share of it is lost.
    #[must_use]
    pub fn fresh(&self, offered: Erlangs, lost: Share) -> Erlangs {
        Erlangs::clamped(offered.get() * self.first_calls(lost.get()))
    }

    /// First calls as a share of all.
    fn first_calls(&self, lost: f64) -> f64 {
        1.0 - self.after_abandoning.get() * lost - self.after_service.get() * (1.0 - lost)
    }
}

/// The offered load that a load of fresh contacts grows to, `lost` telling the share lost at any one load; none where
/// everyone calls again, for then it never stops, and where `lost` does not know.
pub fn offered_load(fresh: Erlangs, redial: Redial, lost: impl Fn(Erlangs) -> Option<Share>) -> Option<Erlangs> {
    /// The fixed point is looked for to this share of itself.
    const CLOSE: f64 = 1e-14;
    let most = redial.after_abandoning.get().max(redial.after_service.get());
    if most >= 1.0 {
        return None;
    }
    let (mut low, mut high) = (fresh.get(), fresh.get() / (1.0 - most));
    while high - low > CLOSE * high {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if fresh.get() / redial.first_calls(lost(Erlangs::clamped(middle))?.get()) > middle {
            low = middle;
        } else {
            high = middle;
        }
    }
    Erlangs::new(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Seconds;
    use crate::staffing::erlang_a;

    /// What ten erlangs of fresh contacts grow to where 12 agents serve customers of 180 s of patience, 180 s each.
    fn grown(after_abandoning: f64, after_service: f64) -> Option<f64> {
        let redial =
            Redial { after_abandoning: Share::clamped(after_abandoning), after_service: Share::clamped(after_service) };
        let seconds = Seconds::clamped(180.0);
        let lost = |load| Some(erlang_a::outcome(load, seconds, seconds, Seconds::ZERO, 12).p_abandon);
        offered_load(Erlangs::clamped(10.0), redial, lost).map(Erlangs::get)
    }

    #[test]
    fn ten_fresh_erlangs_grow_by_a_sixth() {
        let load = grown(0.5, 0.1);
        assert!(load.is_some_and(|load| (load / 10.0 - 1.163_775_839_17).abs() < 1e-9), "{load:?}");
    }

    #[test]
    fn what_it_grew_to_began_as_what_it_was() {
        let seconds = Seconds::clamped(180.0);
        let redial = Redial { after_abandoning: Share::clamped(0.5), after_service: Share::clamped(0.1) };
        let load = Erlangs::clamped(11.637_758_391_7);
        let lost = erlang_a::outcome(load, seconds, seconds, Seconds::ZERO, 12).p_abandon;
        assert!((redial.fresh(load, lost).get() - 10.0).abs() < 1e-8);
    }

    #[test]
    fn where_everyone_calls_again_it_never_stops() {
        assert_eq!(grown(1.0, 0.0), None);
    }
}
