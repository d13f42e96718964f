//! From lines to the roster that leaves the engine: shifts in pieces, heads shared among queues.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::ids::{AgentIx, GroupIx, QueueIx, ShiftId};
use crate::domain::roster::{Flow, Roster, Shift};
use crate::roster::cover::simplex::Simplex;
use crate::roster::cover::transport::Transport;
use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;

/// Writes lines out as a roster; heads are shared afresh, so the same lines always give the same flows.
pub(super) fn roster_of(instance: &Instance<'_>, lines: &[Option<Line>]) -> Roster {
    let dates: Vec<NaiveDate> = instance.problem.period.dates().collect();
    let mut shifts = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let agent = instance.agent(index);
        for shift in line.iter().flat_map(|line| &line.shifts) {
            let Some(&date) = dates.get(shift.day) else { continue };
            shifts.push(Shift::draft(
                ShiftId::new(format!("{}-{date}", agent.id)),
                AgentIx(index),
                agent.site,
                date,
                shift.pieces(&instance.slot_grid),
            ));
        }
    }
    Roster {
        grid: instance.problem.cover.grid,
        shifts,
        flows: instance
            .heads_at_work(lines)
            .par_iter()
            .enumerate()
            .map_init(Simplex::default, |simplex, (t, heads)| flows_of(&instance.transport, t, heads, simplex))
            .collect(),
    }
}

/// The flows of one interval, by group and queue: all heads of a group that can serve anything, at least cost.
pub(super) fn flows_of(transport: &Transport, t: usize, heads: &[f64], simplex: &mut Simplex) -> Vec<Flow> {
    const NOBODY: f64 = 1e-9;
    simplex.solve(&transport.supply(t, heads), None);
    let mut flows: Vec<(usize, f64)> = simplex.basis().flows().filter(|(_, agents)| *agents > NOBODY).collect();
    flows.sort_unstable_by_key(|&(arc, _)| arc);
    let flow = |&(arc, agents): &(usize, f64)| {
        let arc = transport.arcs[arc];
        Flow { group: GroupIx(arc.group), queue: QueueIx(arc.queue), agents }
    };
    flows.iter().map(flow).collect()
}
