//! A shift as somebody else would work it.

use crate::domain::ids::{AgentIx, ShiftId};
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::span::Span;
use crate::domain::time::{PlanPeriod, local_date};
use crate::domain::workforce::Workforce;
use crate::roster::pieces_of_shift;

/// The same hours, worked by another from the own site. Breaks are those of the own contract, at the times at which the shift has its own as
/// far as that goes; the sessions that somebody else was to attend are work.
pub(super) fn taken_by(workforce: &Workforce, period: &PlanPeriod, shift: &Shift, taker: AgentIx) -> Shift {
    let agent = &workforce.agents[taker.0];
    let rules = workforce.rules_of(agent);
    let minutes_at_work = |within: Span| -> f64 {
        let work = shift.pieces.iter().filter(|piece| piece.activity == Activity::Work).map(|piece| piece.span);
        let common = work.map(|span| (span.until.min(within.until) - span.from.max(within.from)).num_minutes());
        common.filter(|minutes| *minutes > 0).map(|minutes| minutes as f64).sum()
    };
    let parts = shift.present().map(|span| pieces_of_shift(rules, span, period.interval, minutes_at_work));
    let pieces =
        parts.collect::<Option<Vec<_>>>().map_or_else(|| without_sessions(&shift.pieces), |parts| parts.concat());
    let date = local_date(shift.span().from, workforce.site_of(agent).zone);
    Shift::draft(ShiftId::new(format!("{}-{date}", agent.id)), taker, agent.site, date, pieces)
}

/// Pieces in which sessions are work, one piece with the work around them.
fn without_sessions(pieces: &[Piece]) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let activity = if matches!(piece.activity, Activity::Session { .. }) { Activity::Work } else { piece.activity };
        match all.last_mut() {
            Some(last) if last.activity == activity && last.span.until == piece.span.from => {
                last.span.until = piece.span.until;
            }
            _ => all.push(Piece { activity, span: piece.span }),
        }
    }
    all
}
