//! `[routing]`, and what a `[[queue]]` says of how its contacts behave: what a simulation has to assume.

use super::fields::Fields;
use crate::domain::routing::{
    AgentTakes, Behaviour, ContactTakes, DeferredWork, HandleTimeShape, PatienceShape, Redial, Routing, VirtualHold,
};
use crate::domain::units::Seconds;
use crate::workspace::words::{Refusal, above, choice, number, share};
use tr::tr;

/// Seconds of a week: longer pauses and waits are mistakes.
const WEEK_S: f64 = 7.0 * 86_400.0;

/// Reads `[routing]`; what is not given stays at its default.
pub(super) fn routing(root: &Fields<'_>) -> Routing {
    let default = Routing::default();
    let Some(fields) = root.section("routing") else { return default };
    let agents = ContactTakes::ALL.map(|takes| (takes.name(), takes));
    let contacts = AgentTakes::ALL.map(|takes| (takes.name(), takes));
    let deferred = DeferredWork::ALL.map(|work| (work.name(), work));
    let routing = Routing {
        contact_takes: fields.or("contact_takes", default.contact_takes, choice(&agents)),
        agent_takes: fields.or("agent_takes", default.agent_takes, choice(&contacts)),
        deferred: fields.or("deferred", default.deferred, choice(&deferred)),
    };
    fields.finish();
    routing
}

/// What a queue says of its contacts.
pub(super) fn behaviour(fields: &Fields<'_>) -> Behaviour {
    let default = Behaviour::default();
    let shapes = [("lognormal", false), ("exponential", true)];
    let cv = fields.optional("handle_cv", number(0.0..=5.0));
    let is_exponential = fields.or("handle_times", false, choice(&shapes));
    if is_exponential && cv.is_some() {
        let refusal = Refusal::new(tr!("exponential handle times have a coefficient of variation of 1"));
        fields.refuse("handle_cv", refusal.hinting(tr!("leave out one of the two")));
    }
    let weibull = fields.optional("patience_weibull", number(0.2..=10.0));
    let lognormal = fields.optional("patience_cv", number(0.05..=5.0));
    if weibull.is_some() && lognormal.is_some() {
        let refusal = Refusal::new(tr!("patience is Weibull or lognormal, not both"));
        fields.refuse("patience_cv", refusal.hinting(tr!("leave out one of the two")));
    }
    Behaviour {
        handle_times: match (is_exponential, cv) {
            (true, _) => HandleTimeShape::Exponential,
            (false, Some(cv)) => HandleTimeShape::Lognormal(cv),
            (false, None) => default.handle_times,
        },
        patience: match (weibull, lognormal) {
            (Some(shape), _) => PatienceShape::Weibull(shape),
            (None, Some(cv)) => PatienceShape::Lognormal(cv),
            (None, None) => default.patience,
        },
        redial: fields.section("redial").and_then(redial),
        virtual_hold: fields.section("virtual_hold").and_then(virtual_hold),
        overflow_after: fields.optional("overflow_after_s", above(WEEK_S)).map(Seconds::clamped),
        chat_interference: fields.or("chat_interference", default.chat_interference, number(0.0..=1.0)),
    }
}

/// `{ share = 0.3, after_s = 300 }`.
fn redial(fields: Fields<'_>) -> Option<Redial> {
    let share = fields.required("share", share);
    let after = fields.required("after_s", above(WEEK_S));
    fields.finish();
    Some(Redial { share: share?, after: Seconds::clamped(after?) })
}

/// `{ share = 0.5, after_s = 60 }`.
fn virtual_hold(fields: Fields<'_>) -> Option<VirtualHold> {
    let share = fields.required("share", share);
    let after = fields.or("after_s", 0.0, number(0.0..=WEEK_S));
    fields.finish();
    Some(VirtualHold { share: share?, after: Seconds::clamped(after) })
}
