//! From lines to the roster that leaves the engine: shifts in pieces, heads shared among queues.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::cover::CoverCurve;
use crate::domain::ids::{AgentIx, GroupIx, QueueIx, ShiftId};
use crate::domain::labour::BreakKind;
use crate::domain::roster::{Activity, Flow, Piece, Roster, Shift};
use crate::domain::workforce::Span;

use super::axis::Axis;
use super::chains::Chains;
use super::flow::Sharing;
use super::line::{Line, LineShift};
use super::sharing_exact::cheapest_flows;
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
        flows: shared(world, lines).par_iter().enumerate().map(|(t, sharing)| flows_of(world, t, sharing)).collect(),
    }
}

/// Work and breaks of a shift, one after the other.
fn pieces_of(shift: &LineShift, axis: &Axis) -> Vec<Piece> {
    let span = |from: usize, until: usize| Span { from: axis.instant(from), until: axis.instant(until) };
    let mut pieces = Vec::with_capacity(2 * shift.breaks.len() + 1);
    let mut at = shift.start;
    for placed in &shift.breaks {
        let from = shift.start + placed.offset;
        if from > at {
            pieces.push(Piece { activity: Activity::Work, span: span(at, from) });
        }
        let activity = match placed.kind {
            BreakKind::Paid => Activity::Break,
            BreakKind::Unpaid => Activity::Meal,
        };
        at = from + placed.slots;
        pieces.push(Piece { activity, span: span(from, at) });
    }
    if shift.start + shift.slots > at {
        pieces.push(Piece { activity: Activity::Work, span: span(at, shift.start + shift.slots) });
    }
    pieces
}

/// The best sharing per interval, from nothing, group by group; those still there from the roster before included.
pub(super) fn shared(world: &World<'_>, lines: &[Option<Line>]) -> Vec<Sharing> {
    let mut chains = Chains::default();
    let mut heads = vec![vec![0.0; world.exchange.groups()]; world.axis.grid];
    for &(t, group) in &world.carried.heads {
        heads[t][group] += 1.0;
    }
    for (model, line) in world.models.iter().zip(lines) {
        for t in line.iter().flat_map(Line::worked).filter_map(|slot| world.axis.in_grid(slot)) {
            heads[t][model.group] += 1.0;
        }
    }
    heads
        .iter()
        .zip(&world.curves)
        .map(|(heads, curves)| {
            let mut sharing = world.exchange.empty();
            for (group, &heads) in heads.iter().enumerate().filter(|(_, heads)| **heads > 0.0) {
                world.exchange.add(&mut sharing, curves, group, heads, &mut chains);
                world.exchange.mend(&mut sharing, curves, &mut chains);
            }
            sharing
        })
        .collect()
}

/// The flows of one interval, by group and queue: all heads of a group that can serve anything, at least cost.
fn flows_of(world: &World<'_>, t: usize, sharing: &Sharing) -> Vec<Flow> {
    let queues = world.problem.cover.queues.len().max(1);
    let curves: Vec<CoverCurve> =
        world.problem.cover.queues.iter().map(|queue| queue.get(t).cloned().unwrap_or_default()).collect();
    let exact = cheapest_flows(&world.exchange, &curves, sharing);
    let flows = exact.unwrap_or_else(|| with_surplus(world, t, sharing));
    let mut found = Vec::new();
    for (group, row) in flows.chunks(queues).enumerate() {
        let total: f64 = row.iter().sum();
        let fit = if total > 0.0 { sharing.heads[group] / total } else { 1.0 };
        for (queue, &agents) in row.iter().enumerate().filter(|(_, agents)| **agents > 1e-9) {
            found.push(Flow { group: GroupIx(group), queue: QueueIx(queue), agents: agents * fit });
        }
    }
    found
}

/// The search's own sharing, with the heads that no queue needs where they cost least.
fn with_surplus(world: &World<'_>, t: usize, sharing: &Sharing) -> Vec<f64> {
    let queues = world.problem.cover.queues.len().max(1);
    let mut flows = sharing.flow.clone();
    for group in 0..sharing.heads.len() {
        if let Some((_, queue)) = world.exchange.surplus(&world.curves[t], group) {
            flows[group * queues + queue] += world.exchange.idle(sharing, group).max(0.0);
        }
    }
    flows
}
