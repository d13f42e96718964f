//! The cheapest sharing of heads in one interval, exactly, as a linear program:
//!
//! ```text
//! min Σ slope(q, k) y(q, k)
//! s.t. Σ_q f(g, q) = heads(g),   Σ_g speed(g, q) f(g, q) = Σ_k y(q, k),   0 ≤ y(q, k) ≤ width(q, k)
//! ```
//!
//! The search keeps its sharings by transfers, which are fast and can end a little short of the optimum where several
//! breakpoints meet; what leaves the engine is shared by this program.

use super::flow::{Exchange, Sharing};
use crate::domain::cover::CoverCurve;
use crate::solver::{LinearProgram, Variable};

/// A variable of the program.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key {
    /// Heads of a group that serve a queue.
    Flow { group: usize, queue: usize },
    /// Work within a piece of a queue's curve.
    Piece,
}

/// The cheapest flows `[group × queues + queue]` of the heads of a sharing; nothing where the solver finds no optimum.
pub(super) fn cheapest_flows(exchange: &Exchange, curves: &[CoverCurve], sharing: &Sharing) -> Option<Vec<f64>> {
    let mut program = LinearProgram::default();
    let mut served: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); curves.len()];
    for (group, &heads) in sharing.heads.iter().enumerate().filter(|(_, heads)| **heads > 0.0) {
        let mut given = Vec::new();
        for (queue, speed) in exchange.speeds(group) {
            let flow = program.variable(Key::Flow { group, queue }, 0.0, 0.0..=heads);
            served[queue].push((flow, speed));
            given.push((flow, 1.0));
        }
        if !given.is_empty() {
            program.row(heads..=heads, &given);
        }
    }
    for (curve, mut terms) in curves.iter().zip(served).filter(|(_, terms)| !terms.is_empty()) {
        for piece in curve.pieces().iter().filter(|piece| piece.agents > 0.0) {
            terms.push((program.variable(Key::Piece, piece.slope, 0.0..=piece.agents), -1.0));
        }
        program.row(0.0..=0.0, &terms);
    }
    let mut flows = vec![0.0; sharing.flow.len()];
    if program.is_empty() {
        return Some(flows);
    }
    let best = program.minimise()?;
    for (key, value) in best.values {
        if let Key::Flow { group, queue } = key {
            flows[group * curves.len() + queue] = value.max(0.0);
        }
    }
    Some(flows)
}
