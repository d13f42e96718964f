//! Who could take a change: everybody who takes the same queues equally well and whose roster stays legal with it.

use rayon::prelude::*;

use crate::domain::ids::{AgentIx, ShiftId};
use crate::domain::roster::{Piece, Shift};
use crate::domain::span::Span;
use crate::domain::time::local_date;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;

use super::candidates::{Candidate, Kind, with_ends};
use super::legal::Judge;

/// People who are named; and of whom at most the whole roster is checked to find them.
const NAMED: usize = 5;
const LOOKED_AT: usize = 12;

/// A change as one person would make it, and what that pays more.
#[derive(Clone, Debug)]
pub(super) struct Volunteer {
    pub(super) candidate: Candidate,
    pub(super) price: Money,
}

/// The cheapest who could make a change, for whom the whole roster was found legal with it.
pub(super) fn volunteers(workforce: &Workforce, judge: &Judge<'_>, candidate: &Candidate) -> Vec<Volunteer> {
    let agents = &workforce.agents;
    let group = agents[candidate.shift.agent.0].group;
    let alike: Vec<AgentIx> = (0..agents.len()).filter(|at| agents[*at].group == group).map(AgentIx).collect();
    let volunteer = |agent: &AgentIx| {
        let candidate = taken_by(workforce, judge, candidate, *agent)?;
        let price = judge.more_pay(candidate.exchange())?;
        Some(Volunteer { candidate, price })
    };
    let mut volunteers: Vec<Volunteer> = alike.par_iter().filter_map(volunteer).collect();
    volunteers.sort_by_key(|of| (of.price, of.candidate.shift.agent));
    volunteers.truncate(LOOKED_AT);
    let is_legal = |of: &Volunteer| judge.more_pay_of_all(of.candidate.exchange()) == Some(of.price);
    volunteers.into_iter().filter(is_legal).take(NAMED).collect()
}

/// The same hours as somebody of the same skills would take them; none where these have other plans.
fn taken_by(workforce: &Workforce, judge: &Judge<'_>, of: &Candidate, agent: AgentIx) -> Option<Candidate> {
    if agent == of.shift.agent {
        return Some(of.clone());
    }
    let own = || judge.shifts_of(agent).iter().filter(|shift| !shift.locked);
    let (instead, pieces) = match (&of.instead, of.kind) {
        (None, _) => (None, of.shift.pieces.clone()),
        (Some(before), Kind::Lengthen) => {
            let more = beyond(before, &of.shift)?;
            let longer = |shift: &Shift| Some((Some(shift.clone()), with(&shift.pieces, shift.span(), more)?));
            own().find_map(longer)?
        }
        (Some(before), _) => {
            (Some(own().find(|shift| shift.pieces == before.pieces)?.clone()), of.shift.pieces.clone())
        }
    };
    let model = &workforce.agents[agent.0];
    let date = local_date(pieces.first()?.span.from, workforce.site_of(model).zone);
    let shift = match &instead {
        Some(before) => Shift { date, pieces, ..before.clone() },
        None => Shift::draft(ShiftId::new(format!("{}-{date}", model.id)), agent, model.site, date, pieces),
    };
    Some(Candidate { instead, shift, ..of.clone() })
}

/// The time by which a shift is longer than before, where it only begins sooner or ends later and its breaks stay.
fn beyond(before: &Shift, after: &Shift) -> Option<Span> {
    let (old, new) = (before.span(), after.span());
    let is_kept = with_ends(&before.pieces, new).is_some_and(|pieces| pieces == after.pieces);
    let more = if new.from < old.from { Span { until: old.from, ..new } } else { Span { from: old.until, ..new } };
    is_kept.then_some(more)
}

/// Pieces of a shift with a time more at work before or after them; none where it does not join on.
fn with(pieces: &[Piece], span: Span, more: Span) -> Option<Vec<Piece>> {
    if more.until == span.from {
        with_ends(pieces, Span { from: more.from, ..span })
    } else if more.from == span.until {
        with_ends(pieces, Span { until: more.until, ..span })
    } else {
        None
    }
}
