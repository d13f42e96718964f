//! A whole roster under search: everyone's line, the heads they give, and the cost, kept up to date move by move.

use super::chains::Chains;
use super::finish::shared;
use super::flow::Sharing;
use super::lagrangian::Prices;
use super::line::Line;
use super::pricing::{Scratch, Values};
use super::shifts::running;
use super::world::World;

/// Whether a load comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// It comes.
    Added,
    /// It goes.
    Taken,
}

/// A roster; an agent without a line is being re-planned.
#[derive(Clone, Debug)]
pub(super) struct Incumbent {
    /// One line per agent.
    pub(super) lines: Vec<Option<Line>>,
    /// One sharing of heads per interval.
    pub(super) sharing: Vec<Sharing>,
    /// Cost of cover per interval.
    cover: Vec<f64>,
    /// Per site the seats taken per slot.
    taken: Vec<Vec<u32>>,
    /// `gains[interval × groups + group]`: what one more head saves; not a number where unknown.
    gains: Vec<f64>,
    /// Intervals changed since the last mark, as they were.
    journal: Vec<Before>,
    /// Whether an interval is in the journal.
    touched: Vec<bool>,
}

impl Incumbent {
    /// Nobody works but those whose shifts began before the plan.
    pub(super) fn empty(world: &World<'_>) -> Self {
        let sharing = shared(world, &[]);
        let mut taken: Vec<Vec<u32>> =
            world.seats.iter().map(|seats| vec![0; seats.map_or(0, |_| world.axis.slots)]).collect();
        for (site, slots) in world.carried.seated.iter().filter(|(site, _)| world.seats[*site].is_some()) {
            taken[*site][slots.clone()].iter_mut().for_each(|taken| *taken += 1);
        }
        Self {
            lines: vec![None; world.models.len()],
            cover: sharing.iter().enumerate().map(|(t, sharing)| world.cover_cost(t, sharing)).collect(),
            sharing,
            taken,
            gains: vec![f64::NAN; world.exchange.groups() * world.axis.grid],
            journal: Vec::new(),
            touched: vec![false; world.axis.grid],
        }
    }

    /// Wages, wishes and cover, in the currency.
    pub(super) fn cost(&self) -> f64 {
        self.lines.iter().flatten().map(|line| line.cost).sum::<f64>() + self.cover.iter().sum::<f64>()
    }

    /// Takes an agent's line away and returns it.
    pub(super) fn remove(&mut self, world: &World<'_>, agent: usize, chains: &mut Chains) -> Option<Line> {
        let line = self.lines[agent].take()?;
        let model = &world.models[agent];
        for t in line.worked().filter_map(|slot| world.axis.in_grid(slot)) {
            self.touch(world, t);
            world.exchange.take(&mut self.sharing[t], &world.curves[t], model.group, 1.0, chains);
            self.cover[t] = world.cover_cost(t, &self.sharing[t]);
        }
        if world.seats[model.site].is_some() {
            line.seated().for_each(|slot| self.taken[model.site][slot] -= 1);
        }
        Some(line)
    }

    /// Gives an agent a line.
    pub(super) fn insert(&mut self, world: &World<'_>, agent: usize, line: Line, chains: &mut Chains) {
        let model = &world.models[agent];
        for t in line.worked().filter_map(|slot| world.axis.in_grid(slot)) {
            self.touch(world, t);
            world.exchange.add(&mut self.sharing[t], &world.curves[t], model.group, 1.0, chains);
            self.cover[t] = world.cover_cost(t, &self.sharing[t]);
        }
        if world.seats[model.site].is_some() {
            line.seated().for_each(|slot| self.taken[model.site][slot] += 1);
        }
        self.lines[agent] = Some(line);
    }

    /// The best line of an agent who has none, all others as they are: exact for one agent.
    /// Nothing if the free seats leave no legal line.
    pub(super) fn best_line(&mut self, world: &World<'_>, agent: usize, scratch: &mut Scratch) -> Option<Line> {
        let model = &world.models[agent];
        let (groups, group) = (world.exchange.groups(), model.group);
        for &t in &world.reach[agent] {
            if self.gains[t * groups + group].is_nan() {
                self.gains[t * groups + group] =
                    world.exchange.gain(&self.sharing[t], &world.curves[t], model.group, &mut scratch.chains);
            }
        }
        let gain = |t: usize| Some(self.gains[t * groups + group]).filter(|gain| !gain.is_nan()).unwrap_or(0.0);
        let worth = world.along_axis(gain);
        let full = world.seats[model.site]
            .map(|seats| running(self.taken[model.site].iter().map(|&taken| u32::from(taken >= seats))));
        let values = Values { worth: &worth, full: full.as_deref() };
        let path = world.cheapest(agent, &values, scratch)?;
        Some(world.line(agent, &values, &path))
    }

    /// Adds or takes away an agent's average load, as heads in fractions.
    pub(super) fn shift_load(
        &mut self,
        world: &World<'_>,
        agent: usize,
        load: &[f64],
        present: Presence,
        chains: &mut Chains,
    ) {
        let group = world.models[agent].group;
        for (t, &share) in load.iter().enumerate().filter(|(_, share)| **share > 1e-3) {
            self.touch(world, t);
            let (sharing, curves) = (&mut self.sharing[t], &world.curves[t]);
            match present {
                Presence::Added => world.exchange.add(sharing, curves, group, share, chains),
                Presence::Taken => world.exchange.take(sharing, curves, group, share, chains),
            };
            self.cover[t] = world.cover_cost(t, &self.sharing[t]);
        }
    }

    /// What a bit more work would save per queue and interval, averaged with what a bit less would cost and smoothed
    /// over neighbouring intervals: prices to start from.
    pub(super) fn marginal_prices(&self, world: &World<'_>) -> Prices {
        const EACH_SIDE: usize = 3;
        let queues = world.problem.cover.queues.len();
        let marginal: Vec<Vec<f64>> =
            (0..world.axis.grid).map(|t| world.exchange.marginals(&self.sharing[t], &world.curves[t])).collect();
        let mut prices = vec![0.0; world.axis.grid * queues];
        for (t, row) in prices.chunks_mut(queues.max(1)).enumerate() {
            let near = &marginal[t.saturating_sub(EACH_SIDE)..(t + EACH_SIDE + 1).min(world.axis.grid)];
            for (q, price) in row.iter_mut().enumerate() {
                *price = near.iter().map(|at| at[q]).sum::<f64>() / near.len() as f64;
            }
        }
        prices
    }

    /// Whether no site has more people than seats.
    pub(super) fn seats_hold(&self, world: &World<'_>) -> bool {
        let sites = self.taken.iter().zip(&world.seats);
        sites.into_iter().all(|(taken, seats)| seats.is_none_or(|seats| taken.iter().all(|&taken| taken <= seats)))
    }

    /// Starts a move that can be taken back.
    pub(super) fn mark(&mut self) {
        for before in self.journal.drain(..) {
            self.touched[before.interval] = false;
        }
    }

    /// Mends the sharing of every interval changed since the mark.
    pub(super) fn mend(&mut self, world: &World<'_>, chains: &mut Chains) {
        for before in &self.journal {
            let t = before.interval;
            world.exchange.mend(&mut self.sharing[t], &world.curves[t], chains);
            self.cover[t] = world.cover_cost(t, &self.sharing[t]);
        }
    }

    /// Takes back everything since the mark; `lines` are the lines to return to.
    pub(super) fn take_back(&mut self, world: &World<'_>, lines: &[(usize, Line)]) {
        let groups = world.exchange.groups();
        for before in std::mem::take(&mut self.journal).into_iter().rev() {
            let t = before.interval;
            self.sharing[t] = before.sharing;
            self.cover[t] = before.cover;
            self.gains[t * groups..(t + 1) * groups].copy_from_slice(&before.gains);
            self.touched[t] = false;
        }
        for (agent, line) in lines {
            let site = world.models[*agent].site;
            if world.seats[site].is_some() {
                self.lines[*agent].iter().flat_map(Line::seated).for_each(|slot| self.taken[site][slot] -= 1);
                line.seated().for_each(|slot| self.taken[site][slot] += 1);
            }
            self.lines[*agent] = Some(line.clone());
        }
    }

    /// Remembers an interval before it first changes, and forgets its gains.
    fn touch(&mut self, world: &World<'_>, t: usize) {
        let groups = world.exchange.groups();
        let gains = &mut self.gains[t * groups..(t + 1) * groups];
        if !std::mem::replace(&mut self.touched[t], true) {
            self.journal.push(Before {
                interval: t,
                sharing: self.sharing[t].clone(),
                cover: self.cover[t],
                gains: gains.to_vec(),
            });
        }
        gains.fill(f64::NAN);
    }
}

/// An interval as it was.
#[derive(Clone, Debug)]
struct Before {
    interval: usize,
    sharing: Sharing,
    cover: f64,
    gains: Vec<f64>,
}
