//! Heads of skill groups shared among queues at least cost, as a network: what the simplex method of
//! [`super::simplex`] reads, in flat tables.
//!
//! ```text
//! F(h) = min Σ_q cost(q, w(q))
//! s.t. Σ_q f(g, q) = h(g),   Σ_g speed(g, q) f(g, q) = w(q),   f ≥ 0
//! ```
//!
//! Every head of a group with skills serves some queue, also where nobody needs it. The cost of a queue is convex and
//! runs straight between breakpoints; the last piece has no end. This is a generalised transportation problem
//! (Charnes & Cooper 1954; Ahuja, Magnanti & Orlin 1993, ch. 15).

use crate::domain::cover::{CoverCurve, CoverPrice};

use super::cost_curve::Curve;
use super::skill_groups::SkillGroups;

/// What a head of a group gives to a queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    pub(crate) group: usize,
    pub(crate) queue: usize,
    pub(crate) speed: f64,
}

/// A straight piece of a queue's cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CostPiece {
    /// Work where it starts.
    pub(crate) start: f64,
    /// Work where it ends.
    pub(crate) end: f64,
    /// Cost of one more bit of work.
    pub(crate) slope: f64,
    /// Cost where it starts.
    pub(crate) cost: f64,
}

/// The arcs of all groups and the costs of all queues in all intervals.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    pub(crate) queues: usize,
    pub(crate) arcs: Vec<Arc>,
    /// The arcs of a group begin here; one place more than groups.
    first: Vec<usize>,
    pieces: Vec<CostPiece>,
    /// `pieces_from[interval × queues + queue]`; one place more.
    pieces_from: Vec<usize>,
}

/// One interval with so many heads per group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeadSupply<'a> {
    pub(super) net: &'a Transport,
    pub(crate) heads: &'a [f64],
    pieces_from: &'a [usize],
}

impl Transport {
    /// Of the queues and intervals of a price of cover.
    pub(crate) fn of(cover: &CoverPrice, skill_groups: &SkillGroups) -> Self {
        let curve = |queue: &Vec<CoverCurve>, t: usize| queue.get(t).map(Curve::new).unwrap_or_default();
        let at = |t| cover.queues.iter().map(|queue| curve(queue, t)).collect();
        let curves: Vec<Vec<Curve>> = (0..cover.grid.len()).map(at).collect();
        let nobody = |t: usize, queue: usize| cover.queues[queue].get(t).map_or(0.0, |curve| curve.cost(0.0));
        Self::new(skill_groups, &curves, &cover.priorities, nobody)
    }

    /// Reads groups and curves; `nobody` is what it costs a queue to get no work in an interval. Of queues whose work costs
    /// the same, the one of the lower priority number gets the heads (see [`ties`]).
    pub(crate) fn new(
        skill_groups: &SkillGroups,
        curves: &[Vec<Curve>],
        priorities: &[u32],
        nobody: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let ties = ties(priorities);
        let mut net = Self {
            queues: skill_groups.queues,
            arcs: Vec::new(),
            first: vec![0],
            pieces: Vec::new(),
            pieces_from: Vec::new(),
        };
        for group in 0..skill_groups.groups() {
            net.arcs.extend(skill_groups.speeds(group).map(|(queue, speed)| Arc { group, queue, speed }));
            net.first.push(net.arcs.len());
        }
        for (t, curves) in curves.iter().enumerate() {
            for (queue, curve) in curves.iter().enumerate() {
                net.pieces_from.push(net.pieces.len());
                net.add_pieces(curve, nobody(t, queue), ties.get(queue).copied().unwrap_or(1.0));
            }
        }
        net.pieces_from.push(net.pieces.len());
        net
    }

    /// Appends the pieces of a curve, what they save a hair more; work beyond its end costs nothing more.
    fn add_pieces(&mut self, curve: &Curve, nobody: f64, tie: f64) {
        let (mut start, mut cost) = (0.0, nobody);
        for &(end, slope) in curve.pieces() {
            let slope = if slope < 0.0 { slope * tie } else { slope };
            self.pieces.push(CostPiece { start, end, slope, cost });
            cost += slope * (end - start);
            start = end;
        }
        if start.is_finite() {
            self.pieces.push(CostPiece { start, end: f64::INFINITY, slope: 0.0, cost });
        }
    }

    /// Number of groups.
    pub(crate) fn groups(&self) -> usize {
        self.first.len() - 1
    }

    /// The arcs of a group.
    pub(super) fn arcs_of(&self, group: usize) -> std::ops::Range<usize> {
        self.first[group]..self.first[group + 1]
    }

    /// An interval with so many heads per group.
    pub(crate) fn supply<'a>(&'a self, t: usize, heads: &'a [f64]) -> HeadSupply<'a> {
        let at = t * self.queues;
        HeadSupply { net: self, heads, pieces_from: &self.pieces_from[at..=at + self.queues] }
    }
}

/// Factors on what work saves by which ties between queues are broken: so close to one that sharing by them costs the same to
/// far below a cent, and far enough apart for the simplex method to tell. They stay within the network: no cost or bound that is
/// told contains them.
fn ties(priorities: &[u32]) -> Vec<f64> {
    const APART: f64 = 1e-8;
    let mut ranks: Vec<u32> = priorities.to_vec();
    ranks.sort_unstable_by(|a, b| b.cmp(a));
    ranks.dedup();
    let rank = |priority: &u32| ranks.iter().position(|other| other == priority).unwrap_or(0);
    priorities.iter().map(|priority| 1.0 + APART * rank(priority) as f64).collect()
}

impl<'a> HeadSupply<'a> {
    /// The pieces of a queue's cost.
    pub(crate) fn pieces(&self, queue: usize) -> &'a [CostPiece] {
        &self.net.pieces[self.pieces_from[queue]..self.pieces_from[queue + 1]]
    }
}
