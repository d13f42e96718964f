//! Group sessions that have come apart in the search, taken back: whoever was to attend serves queues instead.

use crate::domain::activity::ActivityKind;
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::time::Instant;
use crate::roster::problem::RosterProblem;

use super::sharing::share;

/// A roster in which every group session has the people that it needs: the others are not held, nor any that needs a time settled for all as
/// long as none is.
#[must_use]
pub fn whole_sessions(problem: &RosterProblem<'_>, roster: Roster, is_settled: bool) -> Roster {
    let mut roster = roster;
    let mut is_changed = false;
    for kind in problem.workforce.activities.iter().filter(|kind| kind.is_shared()) {
        for start in starts_of(kind, &roster) {
            if !is_settled || comes_apart(problem, &roster, kind, start) {
                roster.shifts.iter_mut().for_each(|shift| give_up(shift, kind, start));
                is_changed = true;
            }
        }
    }
    if is_changed { share(problem, roster.shifts) } else { roster }
}

/// When sessions of a kind start.
fn starts_of(kind: &ActivityKind, roster: &Roster) -> Vec<Instant> {
    let pieces = roster.shifts.iter().flat_map(|shift| &shift.pieces).filter(|piece| is_of(piece, kind));
    let mut starts: Vec<Instant> = pieces.map(|piece| piece.span.from).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

fn is_of(piece: &Piece, kind: &ActivityKind) -> bool {
    matches!(piece.activity, Activity::Session { of, .. } if of == kind.id)
}

/// Whether those who start a session at an instant are too few or too many for any number of sessions, or lack people to lead them.
fn comes_apart(problem: &RosterProblem<'_>, roster: &Roster, kind: &ActivityKind, start: Instant) -> bool {
    let Some(group) = &kind.group else { return false };
    let is_there = |shift: &&Shift| shift.pieces.iter().any(|piece| is_of(piece, kind) && piece.span.from == start);
    let may_lead = |shift: &&Shift| group.may_lead(shift.agent);
    let there = roster.shifts.iter().filter(is_there);
    // What has begun, or is locked, is held whoever has become ill of it since.
    if there.clone().any(|shift| problem.workforce.agents[shift.agent.0].stays_on(shift.date)) {
        return false;
    }
    let (people, leaders) = (there.clone().count(), there.filter(may_lead).count());
    let is_led = group.needs_leader();
    let holds = |sessions: usize| {
        let attend = people.saturating_sub(if is_led { sessions } else { 0 });
        let (least, most) = (group.least as usize, group.most as usize);
        (!is_led || leaders >= sessions) && (sessions * least..=sessions.saturating_mul(most)).contains(&attend)
    };
    !(1..=group.at_once as usize).any(holds)
}

/// The session that starts at an instant becomes work, one piece with the work around it.
fn give_up(shift: &mut Shift, kind: &ActivityKind, start: Instant) {
    let Some(at) = shift.pieces.iter().position(|piece| is_of(piece, kind) && piece.span.from == start) else { return };
    shift.pieces[at].activity = Activity::Work;
    let mut pieces: Vec<Piece> = Vec::with_capacity(shift.pieces.len());
    for piece in shift.pieces.drain(..) {
        match pieces.last_mut() {
            Some(last)
                if last.activity == Activity::Work
                    && piece.activity == Activity::Work
                    && last.span.until == piece.span.from =>
            {
                last.span.until = piece.span.until;
            }
            _ => pieces.push(piece),
        }
    }
    shift.pieces = pieces;
}
