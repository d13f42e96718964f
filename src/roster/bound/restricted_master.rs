//! A roster in fractions: every block of agents alike ([`super::blocks`]) shared out over lines ([`super::columns`]), every group's heads
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
//! on its curvature; steps of slope over curvature go down until prices and weights agree.

use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;

use super::columns::{Column, Load, shares};
use super::dual_prices::{Centre, DualPrices};
use super::head_count_loads::HeadcountLoads;
use super::head_flows::HeadFlows;
use super::lagrangian::Scope;
use super::piecewise_load::{PiecewiseLoad, TINY};

/// The master's state.
#[derive(Clone, Debug)]
pub(crate) struct RestrictedMaster {
    /// The agents of each block, all of one skill group.
    blocks: Vec<Vec<usize>>,
    /// Per block its lines; weights add up to 1.
    columns: Vec<Vec<Column>>,
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
    pub(crate) column: usize,
    pub(crate) weight: f64,
}

/// Heads that come and go.
struct Changes {
    at_work: PiecewiseLoad,
    on_shift: PiecewiseLoad,
}

/// A line without weight is dropped after so many rounds.
const IDLE_ROUNDS: u32 = 12;

impl RestrictedMaster {
    /// Everyone works one line, beside those still there from the roster before.
    pub(crate) fn new(instance: &Instance<'_>, blocks: Vec<Vec<usize>>, lines: &[Line], centre: &Centre) -> Self {
        let mut master = Self {
            columns: vec![Vec::new(); blocks.len()],
            fixed: vec![false; blocks.len()],
            blocks,
            heads: HeadFlows::new(instance),
            headcounts: HeadcountLoads::new(instance),
            outside: 0.0,
        };
        master.reprice(instance, centre);
        for &(t, group) in &instance.carried.heads {
            master.heads.add(instance, centre, group, t, 1.0);
        }
        master.offer(instance, lines);
        for block in 0..master.blocks.len() {
            let group = master.group(instance, block);
            let Some(agent) = master.blocks[block].first().copied() else { continue };
            let Some(column) = master.columns[block].first_mut() else { continue };
            column.weight = 1.0;
            let (works, present) = (column.works.clone(), column.present.clone());
            for (t, heads) in works.each() {
                master.heads.add(instance, centre, group, t, heads);
                master.headcounts.work(instance, centre, agent, t, heads);
            }
            for (t, heads) in present.each() {
                master.headcounts.attend(instance, centre, agent, t, heads);
            }
        }
        master
    }

    /// The blocks.
    pub(crate) fn blocks(&self) -> &[Vec<usize>] {
        &self.blocks
    }

    /// Per block its lines; one where it is fixed.
    pub(crate) fn columns(&self) -> &[Vec<Column>] {
        &self.columns
    }

    /// Puts more lines beside those of each block, without weight.
    pub(crate) fn add(&mut self, more: Vec<Vec<Column>>) {
        for (columns, more) in self.columns.iter_mut().zip(more) {
            for column in more {
                if !columns.iter().any(|known| known.is_no_worse(&column)) {
                    columns.push(column);
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
            self.columns[block].iter_mut().for_each(|column| column.keep_to(&scope.open));
            for column in pool.iter().flat_map(|pool| &pool.columns[block]) {
                if !self.columns[block].iter().any(|known| known.is_no_worse(column)) {
                    self.columns[block].push(Column { weight: 0.0, idle: 0, ..column.clone() });
                }
            }
        }
    }

    /// Gives the only agent of a block another line.
    pub(crate) fn change(&mut self, instance: &Instance<'_>, centre: &Centre, agent: usize, line: &Line) {
        let Some(block) = self.blocks.iter().position(|block| block[..] == [agent]) else { return };
        let column = Column::of_agent(instance, agent, line.clone());
        self.columns[block].push(column);
        let changes = self.changes(block, (0, 1));
        self.move_weight(instance, centre, block, (0, 1), (1.0, &changes));
        self.columns[block].swap_remove(0);
    }

    /// Recomputes all prices, after the centre moved.
    pub(super) fn reprice(&mut self, instance: &Instance<'_>, centre: &Centre) {
        self.heads.reprice(instance, centre);
        self.headcounts.reprice(instance, centre);
    }

    /// The prices of queues and headcounts.
    pub(crate) fn prices(&self, instance: &Instance<'_>) -> DualPrices {
        DualPrices::new(
            instance,
            self.heads.prices().to_vec(),
            self.heads.pool_prices().to_vec(),
            self.headcounts.prices().to_vec(),
        )
    }

    /// Agents of the largest block.
    pub(super) fn block_size(&self) -> usize {
        self.blocks.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Numbers that a pass looks at.
    pub(crate) fn size(&self) -> usize {
        let columns: usize = self.columns.iter().flatten().map(|column| column.works.intervals()).sum();
        (self.heads.places() + columns) * self.heads.prices_of_head()
    }

    /// An agent who stands for a block: all of it have one skill group and count alike.
    fn agent(&self, block: usize) -> usize {
        self.blocks[block].first().copied().unwrap_or(0)
    }

    /// The skill group of a block.
    fn group(&self, instance: &Instance<'_>, block: usize) -> usize {
        instance.models[self.agent(block)].group
    }

    /// Puts everybody's lines beside those of their blocks, without weight, where they are not there yet.
    pub(crate) fn offer(&mut self, instance: &Instance<'_>, lines: &[Line]) {
        let blocks = self.blocks.iter().zip(&mut self.columns).zip(&self.fixed);
        for ((block, columns), _) in blocks.filter(|(_, fixed)| !**fixed) {
            let mut column = Column::of(instance, block, lines);
            column.keep_to(self.heads.open());
            if !columns.iter().any(|known| known.is_no_worse(&column)) {
                columns.push(column);
            }
        }
    }

    /// Drops lines that had no weight for long.
    pub(super) fn age(&mut self) {
        for columns in &mut self.columns {
            for column in columns.iter_mut() {
                column.idle = if column.weight > TINY { 0 } else { column.idle + 1 };
            }
            columns.retain(|column| column.idle < IDLE_ROUNDS);
        }
    }

    /// The intervals that each agent works and is on shift, with the share of the agent there.
    pub(crate) fn loads(&self, instance: &Instance<'_>) -> Vec<Load> {
        let mut loads = vec![Load::default(); instance.models.len()];
        let mut load = vec![0.0; instance.slot_grid.intervals];
        for (block, columns) in self.blocks.iter().zip(&self.columns) {
            for (at, &agent) in block.iter().enumerate() {
                let in_use = || columns.iter().filter(|column| column.weight > TINY);
                let worked = in_use().flat_map(|column| column.lines[at].worked().map(|slot| (slot, column.weight)));
                loads[agent].at_work = shares(instance, worked, &mut load);
                if !instance.headcounts.profile_of(agent).on_shift.is_empty() {
                    let there =
                        in_use().flat_map(|column| column.lines[at].present().map(|slot| (slot, column.weight)));
                    loads[agent].on_shift = shares(instance, there, &mut load);
                }
            }
        }
        loads
    }

    /// The blocks that are not fixed yet, each with its line of most weight.
    pub(crate) fn open(&self) -> Vec<Open> {
        let most = |(block, columns): (usize, &Vec<Column>)| {
            let weights = columns.iter().map(|column| column.weight).enumerate();
            let (column, weight) = weights.max_by(|a, b| a.1.total_cmp(&b.1))?;
            (!self.fixed[block]).then_some(Open { block, column, weight })
        };
        self.columns.iter().enumerate().filter_map(most).collect()
    }

    /// Gives a block one of its lines for good; returns the lines of its agents.
    pub(super) fn fix(
        &mut self,
        instance: &Instance<'_>,
        centre: &Centre,
        block: usize,
        place: usize,
    ) -> impl Iterator<Item = (usize, Line)> + use<> {
        for other in (0..self.columns[block].len()).filter(|&other| other != place) {
            let weight = self.columns[block][other].weight;
            if weight > TINY {
                let changes = self.changes(block, (other, place));
                self.move_weight(instance, centre, block, (other, place), (weight, &changes));
            }
        }
        let column = self.columns[block].swap_remove(place);
        let lines: Vec<(usize, Line)> = self.blocks[block].iter().copied().zip(column.lines.iter().cloned()).collect();
        self.columns[block] = vec![Column { weight: 1.0, ..column }];
        self.fixed[block] = true;
        lines.into_iter()
    }

    /// Every agent's line of most weight.
    pub(crate) fn lines(&self, instance: &Instance<'_>) -> Vec<Line> {
        let mut lines = vec![Line::default(); instance.models.len()];
        for (block, columns) in self.blocks.iter().zip(&self.columns) {
            let Some(column) = columns.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)) else { continue };
            block.iter().zip(&column.lines).for_each(|(&agent, line)| lines[agent] = line.clone());
        }
        lines
    }

    /// Sum over the blocks of the least reduced cost among their lines at the master's prices.
    pub(super) fn least_scores(&self, instance: &Instance<'_>) -> f64 {
        (0..self.columns.len()).map(|block| self.least_score(instance, block)).sum()
    }

    /// The least reduced cost among a block's lines at the master's prices.
    pub(crate) fn least_score(&self, instance: &Instance<'_>, block: usize) -> f64 {
        self.columns[block].iter().map(|column| self.score(instance, block, column)).fold(f64::INFINITY, f64::min)
    }

    /// What the fractional roster costs: no less than the best bound that prices can give.
    pub(crate) fn cost(&self, instance: &Instance<'_>) -> f64 {
        let lines: f64 = self.columns.iter().flatten().map(|column| column.weight * column.cost).sum();
        lines + self.outside + self.heads.cost(instance) + self.headcounts.cost(instance)
    }

    /// The reduced cost of a block's line at the master's prices.
    pub(crate) fn score(&self, instance: &Instance<'_>, block: usize, column: &Column) -> f64 {
        let group = self.group(instance, block);
        let served = column.works.worth(self.heads.worth(group));
        column.cost - served - self.headcounts.worth(instance, self.agent(block), column)
    }

    /// How far the weights are from settled: what the lines in use cost beyond the cheapest at the master's prices.
    pub(crate) fn slack(&self, instance: &Instance<'_>) -> f64 {
        let of_block = |(block, columns): (usize, &Vec<Column>)| {
            let scores: Vec<f64> = columns.iter().map(|column| self.score(instance, block, column)).collect();
            let least = scores.iter().copied().fold(f64::INFINITY, f64::min);
            columns.iter().zip(&scores).map(|(column, score)| column.weight * (score - least)).sum::<f64>()
        };
        self.columns.iter().enumerate().map(of_block).sum()
    }

    /// Shifts weight between lines and heads between queues, `passes` times over everything.
    pub(crate) fn settle(&mut self, instance: &Instance<'_>, centre: &Centre, passes: usize) {
        for _ in 0..passes {
            for block in 0..self.columns.len() {
                self.shift_weight(instance, centre, block);
            }
            self.heads.balance(instance, centre);
        }
    }

    /// Moves weight from a block's dearest lines in use to its cheapest.
    fn shift_weight(&mut self, instance: &Instance<'_>, centre: &Centre, block: usize) {
        if self.columns[block].len() < 2 {
            return;
        }
        let group = self.group(instance, block);
        let (mut best, mut worst) = ((f64::INFINITY, 0), (f64::NEG_INFINITY, 0));
        for (index, column) in self.columns[block].iter().enumerate() {
            let score = self.score(instance, block, column);
            if score < best.0 {
                best = (score, index);
            }
            if column.weight > TINY && score > worst.0 {
                worst = (score, index);
            }
        }
        let saving = worst.0 - best.0;
        if saving <= TINY || saving.is_infinite() {
            return;
        }
        let changes = self.changes(block, (worst.1, best.1));
        let agent = self.agent(block);
        let speed = instance.skill_groups.fastest(group);
        let (worked, there) = (changes.at_work.squares(), changes.on_shift.squares());
        let counted = centre.proximity_weight * HeadcountLoads::curvature(instance, agent, worked, there);
        let curvature = centre.proximity_weight * (speed * speed + instance.pools.curvature(group)) * worked + counted;
        let weight = self.columns[block][worst.1].weight;
        let step = if curvature * weight <= saving { weight } else { saving / curvature };
        self.move_weight(instance, centre, block, (worst.1, best.1), (step, &changes));
    }

    /// The heads that come and go when a block changes from one line to another.
    fn changes(&self, block: usize, (from, to): (usize, usize)) -> Changes {
        let columns = &self.columns[block];
        Changes {
            at_work: columns[to].works.minus(&columns[from].works),
            on_shift: columns[to].present.minus(&columns[from].present),
        }
    }

    /// Moves weight from one line of a block to another.
    fn move_weight(
        &mut self,
        instance: &Instance<'_>,
        centre: &Centre,
        block: usize,
        (from, to): (usize, usize),
        (step, changes): (f64, &Changes),
    ) {
        let (group, agent) = (self.group(instance, block), self.agent(block));
        let left = self.columns[block][from].weight - step;
        self.columns[block][from].weight = if left <= TINY { 0.0 } else { left };
        self.columns[block][to].weight += step;
        for (t, heads) in changes.at_work.each() {
            if heads > 0.0 {
                self.heads.add(instance, centre, group, t, heads * step);
            } else {
                self.heads.take(instance, centre, group, t, -heads * step);
            }
            self.headcounts.work(instance, centre, agent, t, heads * step);
        }
        for (t, heads) in changes.on_shift.each() {
            self.headcounts.attend(instance, centre, agent, t, heads * step);
        }
    }
}
