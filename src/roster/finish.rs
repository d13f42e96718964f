//! From lines to the roster that leaves the engine: shifts in pieces, heads shared among queues.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::ids::{AgentIx, GroupIx, QueueIx, ShiftId};
use crate::domain::labour::BreakKind;
use crate::domain::roster::{Activity, Flow, Piece, Roster, Shift};
use crate::domain::workforce::Span;

use super::axis::Axis;
use super::breaks::Pause;
use super::line::{Line, LineShift};
use super::simplex::Simplex;
use super::world::World;

/// Writes lines out as a roster; heads are shared afresh, so the same lines always give the same flows.
pub(super) fn roster_of(world: &World<'_>, lines: &[Option<Line>]) -> Roster {
    let dates: Vec<NaiveDate> = world.problem.period.dates().collect();
    let mut shifts = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let agent = world.agent(index);
        for shift in line.iter().flat_map(|line| &line.shifts) {
            let Some(&date) = dates.get(shift.day) else { continue };
            shifts.push(Shift {
                id: ShiftId::new(format!("{}-{date}", agent.id)),
                agent: AgentIx(index),
                site: agent.site,
                date,
                pieces: pieces_of(shift, &world.axis),
            });
        }
    }
    Roster {
        grid: world.problem.cover.grid,
        shifts,
        flows: world
            .heads_at_work(lines)
            .par_iter()
            .enumerate()
            .map_init(Simplex::default, |simplex, (t, heads)| flows_of(world, t, heads, simplex))
            .collect(),
    }
}

/// Work and breaks of a shift, one after the other; the gap of a split shift is no piece.
pub(super) fn pieces_of(shift: &LineShift, axis: &Axis) -> Vec<Piece> {
    let span = |from: usize, until: usize| Span { from: axis.instant(from), until: axis.instant(until) };
    let mut pieces = Vec::with_capacity(2 * shift.breaks.len() + 1);
    let mut at = shift.start;
    for placed in &shift.breaks {
        let from = shift.start + placed.offset;
        if from > at {
            pieces.push(Piece { activity: Activity::Work, span: span(at, from) });
        }
        let activity = match placed.pause {
            Pause::Break(BreakKind::Paid) => Some(Activity::Break),
            Pause::Break(BreakKind::Unpaid) => Some(Activity::Meal),
            Pause::Gap => None,
        };
        at = from + placed.slots;
        pieces.extend(activity.map(|activity| Piece { activity, span: span(from, at) }));
    }
    if shift.start + shift.slots > at {
        pieces.push(Piece { activity: Activity::Work, span: span(at, shift.start + shift.slots) });
    }
    pieces
}

/// The flows of one interval, by group and queue: all heads of a group that can serve anything, at least cost.
fn flows_of(world: &World<'_>, t: usize, heads: &[f64], simplex: &mut Simplex) -> Vec<Flow> {
    const NOBODY: f64 = 1e-9;
    simplex.solve(&world.transport.demand(t, heads), None);
    let mut flows: Vec<(usize, f64)> = simplex.basis().flows().filter(|(_, agents)| *agents > NOBODY).collect();
    flows.sort_unstable_by_key(|&(arc, _)| arc);
    let flow = |&(arc, agents): &(usize, f64)| {
        let arc = world.transport.arcs[arc];
        Flow { group: GroupIx(arc.group), queue: QueueIx(arc.queue), agents }
    };
    flows.iter().map(flow).collect()
}
