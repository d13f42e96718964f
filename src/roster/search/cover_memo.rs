//! What an interval costs by how many heads of each group are at work in it, remembered.
//!
//! A roster search asks for the same few numbers of heads by group over and over. Each becomes a node whose
//! neighbours have one head of one group more or less; links are found once and followed from then on.

use std::collections::HashMap;

use crate::roster::cover::basis::Basis;
use crate::roster::cover::presence::Presence;
use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::Instance;

/// A link not yet followed.
const UNKNOWN: u32 = u32::MAX;

/// The costs of one interval by its heads, each found once.
#[derive(Clone, Debug)]
pub(super) struct CoverMemo {
    t: usize,
    groups: usize,
    /// `heads[node × groups + group]`.
    heads: Vec<u16>,
    cost: Vec<f64>,
    /// One head more and one head less, in the same order.
    more: Vec<u32>,
    less: Vec<u32>,
    /// What one head more saves, in the same order; not a number where unknown.
    gain: Vec<f64>,
    /// Per node an optimal basis of its sharing.
    bases: Vec<u16>,
    known: HashMap<Box<[u16]>, u32>,
    /// The node of the heads at work now.
    at: u32,
}

/// Scratch space for new nodes.
#[derive(Clone, Debug, Default)]
pub(crate) struct CoverSolver {
    simplex: Simplex,
    /// The heads by group in question.
    asked: Vec<u16>,
    heads: Vec<f64>,
}

impl CoverMemo {
    /// Knows the cost of some heads and stands there.
    pub(crate) fn new(instance: &Instance<'_>, t: usize, heads: &[u16], solver: &mut CoverSolver) -> Self {
        let mut memo = Self {
            t,
            groups: heads.len(),
            heads: Vec::new(),
            cost: Vec::new(),
            more: Vec::new(),
            less: Vec::new(),
            gain: Vec::new(),
            bases: Vec::new(),
            known: HashMap::new(),
            at: 0,
        };
        solver.asked.clear();
        solver.asked.extend_from_slice(heads);
        memo.node(instance, None, solver);
        memo
    }

    /// What the interval costs now.
    pub(crate) fn cost(&self) -> f64 {
        self.cost[self.at as usize]
    }

    /// Where it stands, to come back to.
    pub(crate) fn mark(&self) -> u32 {
        self.at
    }

    /// Comes back to a mark.
    pub(super) fn return_to(&mut self, mark: u32) {
        self.at = mark;
    }

    /// Heads of a group now.
    pub(crate) fn heads(&self) -> &[u16] {
        let from = self.at as usize * self.groups;
        &self.heads[from..from + self.groups]
    }

    /// What one more head of a group saves; the heads with it need not become a node.
    pub(crate) fn gain(&mut self, instance: &Instance<'_>, group: usize, solver: &mut CoverSolver) -> f64 {
        let link = self.at as usize * self.groups + group;
        if self.gain[link].is_nan() {
            let with = match self.more[link] {
                UNKNOWN => {
                    solver.ask(self.heads(), group, Presence::Added);
                    self.solve(instance, Some(self.at), solver)
                }
                more => self.cost[more as usize],
            };
            self.gain[link] = self.cost() - with;
        }
        self.gain[link]
    }

    /// A head of a group comes or goes.
    pub(crate) fn step(&mut self, instance: &Instance<'_>, group: usize, change: Presence, solver: &mut CoverSolver) {
        self.at = self.neighbour(instance, group, change, solver);
    }

    /// Forgets everything but where it stands, once more is remembered than so many nodes.
    pub(super) fn forget(&mut self, instance: &Instance<'_>, most: usize, solver: &mut CoverSolver) {
        if self.cost.len() > most {
            *self = Self::new(instance, self.t, self.heads(), solver);
        }
    }

    fn neighbour(&mut self, instance: &Instance<'_>, group: usize, change: Presence, solver: &mut CoverSolver) -> u32 {
        let link = self.at as usize * self.groups + group;
        let known = match change {
            Presence::Added => self.more[link],
            Presence::Taken => self.less[link],
        };
        if known != UNKNOWN {
            return known;
        }
        solver.ask(self.heads(), group, change);
        let found = self.node(instance, Some(self.at), solver);
        let back = found as usize * self.groups + group;
        match change {
            Presence::Added => (self.more[link], self.less[back]) = (found, self.at),
            Presence::Taken => (self.less[link], self.more[back]) = (found, self.at),
        }
        found
    }

    /// The node of the heads asked for; the sharing of a neighbour's heads is near.
    fn node(&mut self, instance: &Instance<'_>, near: Option<u32>, solver: &mut CoverSolver) -> u32 {
        if let Some(&node) = self.known.get(&solver.asked[..]) {
            return node;
        }
        let node = u32::try_from(self.cost.len()).unwrap_or(UNKNOWN);
        let cost = self.solve(instance, near, solver);
        self.cost.push(cost);
        solver.simplex.basis().store(&mut self.bases);
        self.heads.extend_from_slice(&solver.asked);
        self.more.resize(self.heads.len(), UNKNOWN);
        self.less.resize(self.heads.len(), UNKNOWN);
        self.gain.resize(self.heads.len(), f64::NAN);
        self.known.insert(solver.asked[..].into(), node);
        node
    }

    /// The least cost of the heads asked for.
    fn solve(&self, instance: &Instance<'_>, near: Option<u32>, solver: &mut CoverSolver) -> f64 {
        let width = Basis::width(self.groups, instance.skill_groups.queues);
        let start = near.map(|near| &self.bases[near as usize * width..][..width]);
        solver.heads.clear();
        solver.heads.extend(solver.asked.iter().map(|&heads| f64::from(heads)));
        let shared = solver.simplex.solve(&instance.transport.supply(self.t, &solver.heads), start);
        shared + instance.pools.cost(self.t, &solver.heads)
    }
}

impl CoverSolver {
    /// Asks for the heads with one head of a group more or less.
    fn ask(&mut self, heads: &[u16], group: usize, change: Presence) {
        self.asked.clear();
        self.asked.extend_from_slice(heads);
        self.asked[group] = match change {
            Presence::Added => heads[group] + 1,
            Presence::Taken => heads[group].saturating_sub(1),
        };
    }
}
