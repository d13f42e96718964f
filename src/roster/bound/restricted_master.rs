//! A roster in fractions: every block of agents alike ([`super::blocks`]) a mixture of lines ([`super::columns`]), every group's heads
//! shared among queues, prices that follow.
//!
//! This is the master of the proximal bundle method, in its primal form. Work wanted n and work supplied y of a queue
//! in an interval may differ, at the centre's price μ̂ for the difference and a penalty on its square:
//!
//! ```text
//! ψ(y) = min_n cost(n) + μ̂ (n − y) + ½ s (n − y)²,    μ(y) = −ψ'(y) = μ̂ + s (n − y)
//! ```
//!
//! ψ is smooth, so shifting weight between two lines of an agent, or heads between two queues, has a slope and a bound
//! on its curvature; steps of slope over curvature go down until prices and mixtures agree.

use crate::roster::instance::World;
use crate::roster::instance::line::Line;

use super::columns::{Atom, Load, shares};
use super::head_count_loads::HeadcountLoads;
use super::head_flows::{Centre, HeadFlows};
use super::lagrangian::{Prices, Scope};
use super::piecewise_load::{Runs, TINY};

/// The master's state.
#[derive(Clone, Debug)]
pub(crate) struct Mixture {
    /// The agents of each block, all of one skill group.
    blocks: Vec<Vec<usize>>,
    /// Per block its lines; weights add up to 1.
    atoms: Vec<Vec<Atom>>,
    /// Heads of all lines, shared among queues.
    heads: HeadFlows,
    /// Counts and their prices.
    headcounts: HeadcountLoads,
    /// Whether a block keeps its one line for good.
    fixed: Vec<bool>,
    /// What cover costs where nobody can come or go any more.
    outside: f64,
}

/// A block that is not fixed yet, with its line of most weight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) block: usize,
    /// The line's place.
    pub(crate) atom: usize,
    pub(crate) weight: f64,
}

/// Heads that come and go.
struct Changes {
    at_work: Runs,
    on_shift: Runs,
}

/// A line without weight is dropped after so many rounds.
const IDLE_ROUNDS: u32 = 12;

impl Mixture {
    /// Everyone works one line, beside those still there from the roster before.
    pub(crate) fn new(world: &World<'_>, blocks: Vec<Vec<usize>>, lines: &[Line], centre: &Centre) -> Self {
        let mut mixture = Self {
            atoms: vec![Vec::new(); blocks.len()],
            fixed: vec![false; blocks.len()],
            blocks,
            heads: HeadFlows::new(world),
            headcounts: HeadcountLoads::new(world),
            outside: 0.0,
        };
        mixture.reprice(world, centre);
        for &(t, group) in &world.carried.heads {
            mixture.heads.add(world, centre, group, t, 1.0);
        }
        mixture.offer(world, lines);
        for block in 0..mixture.blocks.len() {
            let group = mixture.group(world, block);
            let Some(agent) = mixture.blocks[block].first().copied() else { continue };
            let Some(atom) = mixture.atoms[block].first_mut() else { continue };
            atom.weight = 1.0;
            let (works, present) = (atom.works.clone(), atom.present.clone());
            for (t, heads) in works.each() {
                mixture.heads.add(world, centre, group, t, heads);
                mixture.headcounts.work(world, centre, agent, t, heads);
            }
            for (t, heads) in present.each() {
                mixture.headcounts.attend(world, centre, agent, t, heads);
            }
        }
        mixture
    }

    /// The blocks.
    pub(crate) fn blocks(&self) -> &[Vec<usize>] {
        &self.blocks
    }

    /// Per block its lines; one where it is fixed.
    pub(crate) fn atoms(&self) -> &[Vec<Atom>] {
        &self.atoms
    }

    /// Puts more lines beside those of each block, without weight.
    pub(crate) fn add(&mut self, more: Vec<Vec<Atom>>) {
        for (atoms, more) in self.atoms.iter_mut().zip(more) {
            for atom in more {
                if !atoms.iter().any(|known| known.is_no_worse(&atom)) {
                    atoms.push(atom);
                }
            }
        }
    }

    /// Everybody keeps what they have.
    pub(super) fn fix_all(&mut self) {
        self.fixed.fill(true);
    }

    /// Agents, each a block of their own, are free to choose again, lines of a pool included.
    pub(super) fn release(&mut self, free: &[usize], pool: Option<&Self>, scope: &Scope) {
        self.heads.keep_to(scope.open.clone());
        self.outside = scope.outside;
        for (block, agents) in self.blocks.iter().enumerate() {
            if !agents.iter().any(|agent| free.contains(agent)) {
                continue;
            }
            self.fixed[block] = false;
            self.atoms[block].iter_mut().for_each(|atom| atom.keep_to(&scope.open));
            for atom in pool.iter().flat_map(|pool| &pool.atoms[block]) {
                if !self.atoms[block].iter().any(|known| known.is_no_worse(atom)) {
                    self.atoms[block].push(Atom { weight: 0.0, idle: 0, ..atom.clone() });
                }
            }
        }
    }

    /// Gives the only agent of a block another line.
    pub(crate) fn change(&mut self, world: &World<'_>, centre: &Centre, agent: usize, line: &Line) {
        let Some(block) = self.blocks.iter().position(|block| block[..] == [agent]) else { return };
        let atom = Atom::of_agent(world, agent, line.clone());
        self.atoms[block].push(atom);
        let changes = self.changes(block, (0, 1));
        self.move_weight(world, centre, block, (0, 1), (1.0, &changes));
        self.atoms[block].swap_remove(0);
    }

    /// Recomputes all prices, after the centre moved.
    pub(super) fn reprice(&mut self, world: &World<'_>, centre: &Centre) {
        self.heads.reprice(world, centre);
        self.headcounts.reprice(world, centre);
    }

    /// The prices of queues and headcounts.
    pub(crate) fn prices(&self) -> Prices {
        self.heads.prices().iter().chain(self.headcounts.prices()).copied().collect()
    }

    /// Agents of the largest block.
    pub(super) fn block_size(&self) -> usize {
        self.blocks.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Numbers that a pass looks at.
    pub(crate) fn size(&self) -> usize {
        self.heads.places() + self.atoms.iter().flatten().map(|atom| atom.works.intervals()).sum::<usize>()
    }

    /// An agent who stands for a block: all of it have one skill group and count alike.
    fn agent(&self, block: usize) -> usize {
        self.blocks[block].first().copied().unwrap_or(0)
    }

    /// The skill group of a block.
    fn group(&self, world: &World<'_>, block: usize) -> usize {
        world.models[self.agent(block)].group
    }

    /// Puts everybody's lines into the mixtures, without weight, where they are not there yet.
    pub(crate) fn offer(&mut self, world: &World<'_>, lines: &[Line]) {
        let blocks = self.blocks.iter().zip(&mut self.atoms).zip(&self.fixed);
        for ((block, atoms), _) in blocks.filter(|(_, fixed)| !**fixed) {
            let mut atom = Atom::of(world, block, lines);
            atom.keep_to(self.heads.open());
            if !atoms.iter().any(|known| known.is_no_worse(&atom)) {
                atoms.push(atom);
            }
        }
    }

    /// Drops lines that had no weight for long.
    pub(super) fn age(&mut self) {
        for atoms in &mut self.atoms {
            for atom in atoms.iter_mut() {
                atom.idle = if atom.weight > TINY { 0 } else { atom.idle + 1 };
            }
            atoms.retain(|atom| atom.idle < IDLE_ROUNDS);
        }
    }

    /// The intervals that each agent works and is on shift, with the share of the agent there.
    pub(crate) fn loads(&self, world: &World<'_>) -> Vec<Load> {
        let mut loads = vec![Load::default(); world.models.len()];
        let mut load = vec![0.0; world.axis.grid];
        for (block, atoms) in self.blocks.iter().zip(&self.atoms) {
            for (at, &agent) in block.iter().enumerate() {
                let in_use = || atoms.iter().filter(|atom| atom.weight > TINY);
                let worked = in_use().flat_map(|atom| atom.lines[at].worked().map(|slot| (slot, atom.weight)));
                loads[agent].at_work = shares(world, worked, &mut load);
                if !world.headcounts.profile_of(agent).on_shift.is_empty() {
                    let there = in_use().flat_map(|atom| atom.lines[at].present().map(|slot| (slot, atom.weight)));
                    loads[agent].on_shift = shares(world, there, &mut load);
                }
            }
        }
        loads
    }

    /// The blocks that are not fixed yet, each with its line of most weight.
    pub(crate) fn open(&self) -> Vec<Open> {
        let most = |(block, atoms): (usize, &Vec<Atom>)| {
            let weights = atoms.iter().map(|atom| atom.weight).enumerate();
            let (atom, weight) = weights.max_by(|a, b| a.1.total_cmp(&b.1))?;
            (!self.fixed[block]).then_some(Open { block, atom, weight })
        };
        self.atoms.iter().enumerate().filter_map(most).collect()
    }

    /// Gives a block one of its lines for good; returns the lines of its agents.
    pub(super) fn fix(
        &mut self,
        world: &World<'_>,
        centre: &Centre,
        block: usize,
        place: usize,
    ) -> impl Iterator<Item = (usize, Line)> + use<> {
        for other in (0..self.atoms[block].len()).filter(|&other| other != place) {
            let weight = self.atoms[block][other].weight;
            if weight > TINY {
                let changes = self.changes(block, (other, place));
                self.move_weight(world, centre, block, (other, place), (weight, &changes));
            }
        }
        let atom = self.atoms[block].swap_remove(place);
        let lines: Vec<(usize, Line)> = self.blocks[block].iter().copied().zip(atom.lines.iter().cloned()).collect();
        self.atoms[block] = vec![Atom { weight: 1.0, ..atom }];
        self.fixed[block] = true;
        lines.into_iter()
    }

    /// Every agent's line of most weight.
    pub(crate) fn lines(&self, world: &World<'_>) -> Vec<Line> {
        let mut lines = vec![Line::default(); world.models.len()];
        for (block, atoms) in self.blocks.iter().zip(&self.atoms) {
            let Some(atom) = atoms.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)) else { continue };
            block.iter().zip(&atom.lines).for_each(|(&agent, line)| lines[agent] = line.clone());
        }
        lines
    }

    /// Sum over the blocks of the least reduced cost among their lines at the mixture's prices.
    pub(super) fn least_scores(&self, world: &World<'_>) -> f64 {
        (0..self.atoms.len()).map(|block| self.least_score(world, block)).sum()
    }

    /// The least reduced cost among a block's lines at the mixture's prices.
    pub(crate) fn least_score(&self, world: &World<'_>, block: usize) -> f64 {
        self.atoms[block].iter().map(|atom| self.score(world, block, atom)).fold(f64::INFINITY, f64::min)
    }

    /// What the fractional roster costs: no less than the best bound that prices can give.
    pub(crate) fn cost(&self, world: &World<'_>) -> f64 {
        let lines: f64 = self.atoms.iter().flatten().map(|atom| atom.weight * atom.cost).sum();
        lines + self.outside + self.heads.cost(world) + self.headcounts.cost(world)
    }

    /// The reduced cost of a block's line at the mixture's prices.
    pub(crate) fn score(&self, world: &World<'_>, block: usize, atom: &Atom) -> f64 {
        let group = self.group(world, block);
        let served = atom.works.worth(self.heads.worth(group));
        atom.cost - served - self.headcounts.worth(world, self.agent(block), atom)
    }

    /// How far the mixtures are from settled: what the lines in use cost beyond the cheapest at the mixture's prices.
    pub(crate) fn slack(&self, world: &World<'_>) -> f64 {
        let of_block = |(block, atoms): (usize, &Vec<Atom>)| {
            let scores: Vec<f64> = atoms.iter().map(|atom| self.score(world, block, atom)).collect();
            let least = scores.iter().copied().fold(f64::INFINITY, f64::min);
            atoms.iter().zip(&scores).map(|(atom, score)| atom.weight * (score - least)).sum::<f64>()
        };
        self.atoms.iter().enumerate().map(of_block).sum()
    }

    /// Shifts weight between lines and heads between queues, `passes` times over everything.
    pub(crate) fn settle(&mut self, world: &World<'_>, centre: &Centre, passes: usize) {
        for _ in 0..passes {
            for block in 0..self.atoms.len() {
                self.shift_weight(world, centre, block);
            }
            self.heads.balance(world, centre);
        }
    }

    /// Moves weight from a block's dearest lines in use to its cheapest.
    fn shift_weight(&mut self, world: &World<'_>, centre: &Centre, block: usize) {
        if self.atoms[block].len() < 2 {
            return;
        }
        let group = self.group(world, block);
        let (mut best, mut worst) = ((f64::INFINITY, 0), (f64::NEG_INFINITY, 0));
        for (index, atom) in self.atoms[block].iter().enumerate() {
            let score = self.score(world, block, atom);
            if score < best.0 {
                best = (score, index);
            }
            if atom.weight > TINY && score > worst.0 {
                worst = (score, index);
            }
        }
        let saving = worst.0 - best.0;
        if saving <= TINY || saving.is_infinite() {
            return;
        }
        let changes = self.changes(block, (worst.1, best.1));
        let agent = self.agent(block);
        let speed = world.exchange.fastest(group);
        let (worked, there) = (changes.at_work.squares(), changes.on_shift.squares());
        let counted = centre.stiffness * HeadcountLoads::curvature(world, agent, worked, there);
        let curvature = centre.stiffness * speed * speed * worked + counted;
        let weight = self.atoms[block][worst.1].weight;
        let step = if curvature * weight <= saving { weight } else { saving / curvature };
        self.move_weight(world, centre, block, (worst.1, best.1), (step, &changes));
    }

    /// The heads that come and go when a block changes from one line to another.
    fn changes(&self, block: usize, (from, to): (usize, usize)) -> Changes {
        let atoms = &self.atoms[block];
        Changes {
            at_work: atoms[to].works.minus(&atoms[from].works),
            on_shift: atoms[to].present.minus(&atoms[from].present),
        }
    }

    /// Moves weight from one line of a block to another.
    fn move_weight(
        &mut self,
        world: &World<'_>,
        centre: &Centre,
        block: usize,
        (from, to): (usize, usize),
        (step, changes): (f64, &Changes),
    ) {
        let (group, agent) = (self.group(world, block), self.agent(block));
        let left = self.atoms[block][from].weight - step;
        self.atoms[block][from].weight = if left <= TINY { 0.0 } else { left };
        self.atoms[block][to].weight += step;
        for (t, heads) in changes.at_work.each() {
            if heads > 0.0 {
                self.heads.add(world, centre, group, t, heads * step);
            } else {
                self.heads.take(world, centre, group, t, -heads * step);
            }
            self.headcounts.work(world, centre, agent, t, heads * step);
        }
        for (t, heads) in changes.on_shift.each() {
            self.headcounts.attend(world, centre, agent, t, heads * step);
        }
    }
}
