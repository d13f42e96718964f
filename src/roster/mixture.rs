//! A roster in fractions: every agent a mixture of lines, every group's heads shared among queues, prices that follow.
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

use super::curve::Curve;
use super::exchange::Exchange;
use super::headcount_loads::HeadcountLoads;
use super::lagrangian::Prices;
use super::line::{Line, LineShift};
use super::world::World;

/// A line in an agent's mixture.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// The line.
    pub(super) line: Line,
    /// Intervals worked, rising.
    pub(super) works: Vec<u32>,
    /// Intervals on shift, rising; only where heads on shift are counted.
    pub(super) present: Vec<u32>,
    /// Share of the agent that works it.
    pub(super) weight: f64,
    /// Rounds since it last had weight.
    idle: u32,
}

/// The master's state.
#[derive(Clone, Debug)]
pub(super) struct Mixture {
    /// Per agent its lines; weights add up to 1.
    pub(super) atoms: Vec<Vec<Atom>>,
    /// `flow[(group × intervals + interval) × queues + queue]`, heads.
    flow: Vec<f64>,
    /// `idle[group × intervals + interval]`, heads of groups without skills.
    idle: Vec<f64>,
    /// `supply[interval × queues + queue]`, speed counted.
    supply: Vec<f64>,
    /// Prices μ(y), in the same order.
    price: Vec<f64>,
    /// `worth[group × intervals + interval]`: best price times speed open to a head of the group.
    worth: Vec<f64>,
    /// The queue that gives it and the speed there, in the same order; none for a group without skills.
    chosen: Vec<Option<(usize, f64)>>,
    /// Counts and their prices.
    headcounts: HeadcountLoads,
    /// Per queue the groups that can serve it.
    servers: Vec<Vec<usize>>,
    intervals: usize,
    queues: usize,
}

/// The share of each interval that an agent works, and is on shift where that is counted.
#[derive(Clone, Debug)]
pub(super) struct Load {
    /// At work.
    pub(super) at_work: Vec<f64>,
    /// On shift, breaks included.
    pub(super) on_shift: Vec<f64>,
}

/// The centre of the proximal term.
#[derive(Clone, Debug)]
pub(super) struct Centre {
    /// μ̂.
    pub(super) prices: Prices,
    /// s: how much a price moves per head that is missing.
    pub(super) stiffness: f64,
}

const TINY: f64 = 1e-9;
/// A line without weight is dropped after so many rounds.
const IDLE_ROUNDS: u32 = 12;

impl Mixture {
    /// Everyone works one line, beside those still there from the roster before.
    pub(super) fn new(world: &World<'_>, lines: &[Line], centre: &Centre) -> Self {
        let (intervals, queues, groups) = (world.axis.grid, world.problem.cover.queues.len(), world.exchange.groups());
        let mut mixture = Self {
            atoms: vec![Vec::new(); lines.len()],
            flow: vec![0.0; groups * intervals * queues],
            idle: vec![0.0; groups * intervals],
            supply: vec![0.0; intervals * queues],
            price: vec![0.0; intervals * queues],
            worth: vec![0.0; groups * intervals],
            chosen: vec![None; groups * intervals],
            headcounts: HeadcountLoads::new(world),
            servers: (0..queues)
                .map(|q| (0..groups).filter(|&g| world.exchange.speeds(g).any(|(of, _)| of == q)).collect())
                .collect(),
            intervals,
            queues,
        };
        mixture.reprice(world, centre);
        for &(t, group) in &world.carried.heads {
            mixture.add_heads(world, centre, group, t, 1.0);
        }
        for (agent, line) in lines.iter().enumerate() {
            mixture.offer(world, agent, line.clone());
            if let Some(atom) = mixture.atoms[agent].first_mut() {
                atom.weight = 1.0;
                let (works, present) = (atom.works.clone(), atom.present.clone());
                let group = world.models[agent].group;
                for t in works {
                    mixture.add_heads(world, centre, group, t as usize, 1.0);
                    mixture.headcounts.work(world, centre, agent, t as usize, 1.0);
                }
                for t in present {
                    mixture.headcounts.attend(world, centre, agent, t as usize, 1.0);
                }
            }
        }
        mixture
    }

    /// Recomputes all prices, after the centre moved.
    pub(super) fn reprice(&mut self, world: &World<'_>, centre: &Centre) {
        for t in 0..self.intervals {
            for q in 0..self.queues {
                self.reprice_queue(world, centre, t, q);
            }
            for group in 0..world.exchange.groups() {
                self.reprice_group(world, t, group);
            }
        }
        self.headcounts.reprice(world, centre);
    }

    /// The prices of queues and headcounts.
    pub(super) fn prices(&self) -> Prices {
        self.price.iter().chain(self.headcounts.prices()).copied().collect()
    }

    /// Puts a line into an agent's mixture, without weight, unless it is there.
    pub(super) fn offer(&mut self, world: &World<'_>, agent: usize, line: Line) {
        let interval = |slot| world.axis.in_grid(slot).and_then(|t| u32::try_from(t).ok());
        let works: Vec<u32> = line.worked().filter_map(interval).collect();
        let counted = !world.headcounts.profile_of(agent).on_shift.is_empty();
        let shifts = line.shifts.iter().filter(|_| counted);
        let present: Vec<u32> = shifts.flat_map(LineShift::span).filter_map(interval).collect();
        let atoms = &mut self.atoms[agent];
        let same = |atom: &Atom| atom.works == works && atom.present == present;
        if !atoms.iter().any(|atom| same(atom) && atom.line.cost <= line.cost + TINY) {
            atoms.push(Atom { line, works, present, weight: 0.0, idle: 0 });
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

    /// The share of each interval that an agent works.
    pub(super) fn load(&self, agent: usize) -> Load {
        let mut load = Load { at_work: vec![0.0; self.intervals], on_shift: vec![0.0; self.intervals] };
        for atom in &self.atoms[agent] {
            atom.works.iter().for_each(|&t| load.at_work[t as usize] += atom.weight);
            atom.present.iter().for_each(|&t| load.on_shift[t as usize] += atom.weight);
        }
        load
    }

    /// Least reduced cost among an agent's lines at the mixture's prices.
    pub(super) fn least_score(&self, world: &World<'_>, agent: usize) -> f64 {
        self.atoms[agent].iter().map(|atom| self.score(world, agent, atom)).fold(f64::INFINITY, f64::min)
    }

    fn score(&self, world: &World<'_>, agent: usize, atom: &Atom) -> f64 {
        let group = world.models[agent].group;
        let worth = &self.worth[group * self.intervals..(group + 1) * self.intervals];
        let served = atom.works.iter().map(|&t| worth[t as usize]).sum::<f64>();
        atom.line.cost - served - self.headcounts.worth(world, agent, atom)
    }

    /// Shifts weight between lines and heads between queues, `passes` times over everything.
    pub(super) fn settle(&mut self, world: &World<'_>, centre: &Centre, passes: usize) {
        for _ in 0..passes {
            for agent in 0..self.atoms.len() {
                self.shift_weight(world, centre, agent);
            }
            for group in 0..world.exchange.groups() {
                for t in 0..self.intervals {
                    self.balance(world, centre, group, t);
                }
            }
        }
    }

    /// Moves weight from an agent's dearest line in use to its cheapest.
    fn shift_weight(&mut self, world: &World<'_>, centre: &Centre, agent: usize) {
        let group = world.models[agent].group;
        let (mut best, mut worst) = ((f64::INFINITY, 0), (f64::NEG_INFINITY, 0));
        for (index, atom) in self.atoms[agent].iter().enumerate() {
            let score = self.score(world, agent, atom);
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
        let changes = difference(&self.atoms[agent][best.1].works, &self.atoms[agent][worst.1].works);
        let present = difference(&self.atoms[agent][best.1].present, &self.atoms[agent][worst.1].present);
        let speed = world.exchange.fastest(group);
        let counted = centre.stiffness * HeadcountLoads::curvature(world, agent, changes.len(), present.len());
        let curvature = centre.stiffness * speed * speed * changes.len() as f64 + counted;
        let weight = self.atoms[agent][worst.1].weight;
        let step = if curvature * weight <= saving { weight } else { saving / curvature };
        let left = weight - step;
        self.atoms[agent][worst.1].weight = if left <= TINY { 0.0 } else { left };
        self.atoms[agent][best.1].weight += step;
        for (t, sign) in changes {
            if sign > 0.0 {
                self.add_heads(world, centre, group, t, step);
            } else {
                self.take_heads(world, centre, group, t, step);
            }
            self.headcounts.work(world, centre, agent, t, sign * step);
        }
        for (t, sign) in present {
            self.headcounts.attend(world, centre, agent, t, sign * step);
        }
    }

    /// New heads serve the queue that values them most.
    fn add_heads(&mut self, world: &World<'_>, centre: &Centre, group: usize, t: usize, heads: f64) {
        match self.chosen[group * self.intervals + t] {
            Some((q, speed)) => self.serve(world, centre, (group, t, q), heads, speed),
            None => self.idle[group * self.intervals + t] += heads,
        }
    }

    /// Heads that leave are the idle ones first, then those that are valued least.
    fn take_heads(&mut self, world: &World<'_>, centre: &Centre, group: usize, t: usize, heads: f64) {
        let idle = &mut self.idle[group * self.intervals + t];
        let from_idle = idle.min(heads);
        *idle -= from_idle;
        let mut left = heads - from_idle;
        while left > TINY {
            let Some((_, q, speed)) = self.least_valued(&world.exchange, group, t) else { break };
            let flow = self.flow[(group * self.intervals + t) * self.queues + q];
            let moved = flow.min(left);
            self.serve(world, centre, (group, t, q), -moved, speed);
            left -= moved;
        }
    }

    /// The queue served by a group to which a head is worth least.
    fn least_valued(&self, exchange: &Exchange, group: usize, t: usize) -> Option<(f64, usize, f64)> {
        let row = (group * self.intervals + t) * self.queues;
        let served = exchange.speeds(group).filter(|&(q, _)| self.flow[row + q] > 0.0);
        served.map(|(q, speed)| (speed * self.price[t * self.queues + q], q, speed)).min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// Moves heads of a group from where they are worth least to where they are worth most.
    fn balance(&mut self, world: &World<'_>, centre: &Centre, group: usize, t: usize) {
        let place = group * self.intervals + t;
        let Some((to, fast)) = self.chosen[place] else { return };
        let Some((low, from, slow)) = self.least_valued(&world.exchange, group, t) else { return };
        let high = self.worth[place];
        if high - low <= TINY || to == from {
            return;
        }
        let moved = ((high - low) / (centre.stiffness * (slow * slow + fast * fast)))
            .min(self.flow[place * self.queues + from]);
        self.serve(world, centre, (group, t, from), -moved, slow);
        self.serve(world, centre, (group, t, to), moved, fast);
    }

    /// Changes a flow and the prices that depend on it.
    fn serve(&mut self, world: &World<'_>, centre: &Centre, at: (usize, usize, usize), heads: f64, speed: f64) {
        let (group, t, q) = at;
        let flow = &mut self.flow[(group * self.intervals + t) * self.queues + q];
        *flow += heads;
        if *flow < TINY * TINY {
            *flow = 0.0;
        }
        self.supply[t * self.queues + q] += heads * speed;
        self.reprice_queue(world, centre, t, q);
        for at in 0..self.servers[q].len() {
            self.reprice_group(world, t, self.servers[q][at]);
        }
    }

    fn reprice_queue(&mut self, world: &World<'_>, centre: &Centre, t: usize, q: usize) {
        let at = t * self.queues + q;
        let (middle, stiffness) = (centre.prices[at], centre.stiffness);
        self.price[at] = proximal_price(&world.bound_curves[t][q], self.supply[at], middle, stiffness);
    }

    fn reprice_group(&mut self, world: &World<'_>, t: usize, group: usize) {
        let best = world.exchange.worth(group, |q| self.price[t * self.queues + q]);
        let place = group * self.intervals + t;
        self.worth[place] = best.map_or(0.0, |best| best.0);
        self.chosen[place] = best.map(|(_, queue, speed)| (queue, speed));
    }
}

/// μ(y) of the module's formula: n is where the curve's slope meets the price that the difference n − y sets.
pub(super) fn proximal_price(curve: &Curve, supply: f64, middle: f64, stiffness: f64) -> f64 {
    let mut start = 0.0;
    for &(end, slope) in curve.pieces() {
        let wanted = supply + (-slope - middle) / stiffness;
        if wanted < start {
            break;
        }
        if wanted <= end {
            return -slope;
        }
        start = end;
    }
    middle + stiffness * (start - supply)
}

/// What is only in the first list (+1) and only in the second (−1); both rise.
fn difference(first: &[u32], second: &[u32]) -> Vec<(usize, f64)> {
    let (mut i, mut j, mut changes) = (0, 0, Vec::new());
    while i < first.len() || j < second.len() {
        let (a, b) = (first.get(i).copied().unwrap_or(u32::MAX), second.get(j).copied().unwrap_or(u32::MAX));
        if a < b {
            changes.push((a as usize, 1.0));
        } else if b < a {
            changes.push((b as usize, -1.0));
        }
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    changes
}
