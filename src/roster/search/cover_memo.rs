//! What an interval costs by how many heads of each group are at work in it, remembered.
//!
//! A roster search asks for the same few mixtures of heads over and over. Each becomes a node of a lattice whose
//! neighbours have one head of one group more or less; links are found once and followed from then on.

use std::collections::HashMap;

use crate::roster::cover::basis::Basis;
use crate::roster::cover::presence::Presence;
use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::World;

/// A link not yet followed.
const UNKNOWN: u32 = u32::MAX;

/// The mixtures of one interval.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
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
pub(crate) struct Sharer {
    simplex: Simplex,
    /// The mixture in question.
    asked: Vec<u16>,
    heads: Vec<f64>,
}

impl Lattice {
    /// Knows one mixture and stands at it.
    pub(crate) fn new(world: &World<'_>, t: usize, heads: &[u16], sharer: &mut Sharer) -> Self {
        let mut lattice = Self {
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
        sharer.asked.clear();
        sharer.asked.extend_from_slice(heads);
        lattice.node(world, None, sharer);
        lattice
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

    /// What one more head of a group saves; the mixture with it need not become a node.
    pub(crate) fn gain(&mut self, world: &World<'_>, group: usize, sharer: &mut Sharer) -> f64 {
        let link = self.at as usize * self.groups + group;
        if self.gain[link].is_nan() {
            let with = match self.more[link] {
                UNKNOWN => {
                    sharer.ask(self.heads(), group, Presence::Added);
                    self.solve(world, Some(self.at), sharer)
                }
                more => self.cost[more as usize],
            };
            self.gain[link] = self.cost() - with;
        }
        self.gain[link]
    }

    /// A head of a group comes or goes.
    pub(crate) fn step(&mut self, world: &World<'_>, group: usize, change: Presence, sharer: &mut Sharer) {
        self.at = self.neighbour(world, group, change, sharer);
    }

    /// Forgets everything but where it stands, once more is remembered than so many nodes.
    pub(super) fn forget(&mut self, world: &World<'_>, most: usize, sharer: &mut Sharer) {
        if self.cost.len() > most {
            *self = Self::new(world, self.t, self.heads(), sharer);
        }
    }

    fn neighbour(&mut self, world: &World<'_>, group: usize, change: Presence, sharer: &mut Sharer) -> u32 {
        let link = self.at as usize * self.groups + group;
        let known = match change {
            Presence::Added => self.more[link],
            Presence::Taken => self.less[link],
        };
        if known != UNKNOWN {
            return known;
        }
        sharer.ask(self.heads(), group, change);
        let found = self.node(world, Some(self.at), sharer);
        let back = found as usize * self.groups + group;
        match change {
            Presence::Added => (self.more[link], self.less[back]) = (found, self.at),
            Presence::Taken => (self.less[link], self.more[back]) = (found, self.at),
        }
        found
    }

    /// The node of the mixture asked for; the sharing of a neighbour's heads is near.
    fn node(&mut self, world: &World<'_>, near: Option<u32>, sharer: &mut Sharer) -> u32 {
        if let Some(&node) = self.known.get(&sharer.asked[..]) {
            return node;
        }
        let node = u32::try_from(self.cost.len()).unwrap_or(UNKNOWN);
        let cost = self.solve(world, near, sharer);
        self.cost.push(cost);
        sharer.simplex.basis().store(&mut self.bases);
        self.heads.extend_from_slice(&sharer.asked);
        self.more.resize(self.heads.len(), UNKNOWN);
        self.less.resize(self.heads.len(), UNKNOWN);
        self.gain.resize(self.heads.len(), f64::NAN);
        self.known.insert(sharer.asked[..].into(), node);
        node
    }

    /// The least cost of the mixture asked for.
    fn solve(&self, world: &World<'_>, near: Option<u32>, sharer: &mut Sharer) -> f64 {
        let width = Basis::width(self.groups, world.exchange.queues);
        let start = near.map(|near| &self.bases[near as usize * width..][..width]);
        sharer.heads.clear();
        sharer.heads.extend(sharer.asked.iter().map(|&heads| f64::from(heads)));
        sharer.simplex.solve(&world.transport.demand(self.t, &sharer.heads), start)
    }
}

impl Sharer {
    /// Asks for a mixture with one head of a group more or less.
    fn ask(&mut self, heads: &[u16], group: usize, change: Presence) {
        self.asked.clear();
        self.asked.extend_from_slice(heads);
        self.asked[group] = match change {
            Presence::Added => heads[group] + 1,
            Presence::Taken => heads[group].saturating_sub(1),
        };
    }
}
