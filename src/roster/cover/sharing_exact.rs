//! The cheapest sharing of heads in one interval, exactly, as a linear program:
//!
//! ```text
//! min Σ slope(q, k) y(q, k)
//! s.t. Σ_q f(g, q) = heads(g),   Σ_g speed(g, q) f(g, q) = Σ_k y(q, k),   0 ≤ y(q, k) ≤ width(q, k)
//! ```
//!
//! Tests hold [`super::simplex`] against it.

use crate::domain::cover::CoverCurve;
use crate::solver::{LinearProgram, Variable};

use super::skill_groups::SkillGroups;

/// A variable of the program.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key {
    /// Heads of a group that serve a queue.
    Flow,
    /// Work within a piece of a queue's curve, with its slope.
    CostPiece(f64),
}

/// The least cost of the heads of all groups; nothing where the solver finds no optimum.
pub(super) fn least_cost(skill_groups: &SkillGroups, curves: &[CoverCurve], heads: &[f64]) -> Option<f64> {
    let mut program = LinearProgram::default();
    let mut served: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); curves.len()];
    for (group, &heads) in heads.iter().enumerate().filter(|(_, heads)| **heads > 0.0) {
        let mut given = Vec::new();
        for (queue, speed) in skill_groups.speeds(group) {
            let flow = program.variable(Key::Flow, 0.0, 0.0..=heads);
            served[queue].push((flow, speed));
            given.push((flow, 1.0));
        }
        if !given.is_empty() {
            program.row(heads..=heads, &given);
        }
    }
    // Work at a queue without a cost is free: it needs no row.
    let rows = curves.iter().zip(served).filter(|(curve, terms)| !terms.is_empty() && !curve.pieces().is_empty());
    for (curve, mut terms) in rows {
        for piece in curve.pieces().iter().filter(|piece| piece.agents > 0.0) {
            terms.push((program.variable(Key::CostPiece(piece.slope), piece.slope, 0.0..=piece.agents), -1.0));
        }
        program.row(0.0..=0.0, &terms);
    }
    let nobody: f64 = curves.iter().map(|curve| curve.cost(0.0)).sum();
    if program.is_empty() {
        return Some(nobody);
    }
    let slopes = |(key, work): (Key, f64)| match key {
        Key::CostPiece(slope) => slope * work,
        Key::Flow => 0.0,
    };
    Some(nobody + program.minimise()?.values.into_iter().map(slopes).sum::<f64>())
}
