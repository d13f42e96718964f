//! A roster under search, or the part of one that a worker has in hand: lines, heads at work, seats and cost, kept up to
//! date shift by shift.

use std::ops::Range;

use crate::roster::bound::lagrangian::Scope;
use crate::roster::cover::presence::Presence;
use crate::roster::instance::World;
use crate::roster::instance::head_counts::Part;
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::instance::shifts::running;
use crate::roster::pricing::allowed_choices::Settled;
use crate::roster::pricing::cheapest_line::{cheapest_of, cheapest_within};
use crate::roster::pricing::shift_prices::{Values, line_of_path, line_within};

use super::counts::Counts;
use super::cover_memo::{Lattice, Sharer};
use super::scratch::SearchScratch;

/// Lines and what follows from them, within a stretch of the axis.
#[derive(Clone, Debug)]
pub(crate) struct Incumbent {
    /// One per agent; none of agents who are being planned, or are in another worker's hand.
    pub(crate) lines: Vec<Option<Line>>,
    /// Wages and wishes of the lines and cover of the stretch, in the currency.
    pub(crate) cost: f64,
    /// The stretch.
    slots: Range<usize>,
    /// One per slot of the stretch that is an interval of the plan.
    intervals: Vec<Lattice>,
    /// Position of the first of them in the plan.
    first: usize,
    /// Headcounts in the same intervals.
    counts: Counts,
    /// Per site the seats taken per slot of the stretch, where they can run out.
    taken: Vec<Vec<u32>>,
    /// Per site what a seat costs per slot, in the currency, while a first roster is sought; empty otherwise.
    rents: Vec<Vec<f64>>,
    /// Intervals changed since the last mark, with where they stood.
    journal: Vec<(usize, u32)>,
    touched: Vec<bool>,
}

impl Incumbent {
    /// Nobody works but those whose shifts began before the plan.
    pub(super) fn empty(world: &World<'_>) -> Self {
        let mut heads = vec![vec![0u16; world.exchange.groups()]; world.axis.grid];
        for &(t, group) in &world.carried.heads {
            heads[t][group] += 1;
        }
        let mut sharer = Sharer::default();
        let lattices = heads.iter().enumerate().map(|(t, heads)| Lattice::new(world, t, heads, &mut sharer));
        let intervals: Vec<Lattice> = lattices.collect();
        let counts = Counts::of_nobody(world);
        let mut taken: Vec<Vec<u32>> =
            world.seats.iter().map(|seats| vec![0; seats.map_or(0, |_| world.axis.slots)]).collect();
        for (site, slots) in world.carried.seated.iter().filter(|(site, _)| world.seats[*site].is_some()) {
            taken[*site][slots.clone()].iter_mut().for_each(|taken| *taken += 1);
        }
        Self {
            lines: vec![None; world.models.len()],
            cost: intervals.iter().map(Lattice::cost).sum::<f64>() + counts.cost(world, 0),
            slots: 0..world.axis.slots,
            first: 0,
            touched: vec![false; intervals.len()],
            intervals,
            counts,
            taken,
            rents: Vec::new(),
            journal: Vec::new(),
        }
    }

    /// Everybody at a line; nothing if there are not the seats for it.
    pub(crate) fn of(world: &World<'_>, lines: Vec<Line>, sharer: &mut Sharer) -> Option<Self> {
        let mut roster = Self::empty(world);
        let free = vec![true; world.days()];
        for (agent, line) in lines.into_iter().enumerate() {
            roster.put(world, agent, line, &free, sharer);
        }
        roster.mark();
        roster.holds_seats(world).then_some(roster)
    }

    /// Where heads come and go when some agents change some days, and what cover costs elsewhere.
    pub(crate) fn scope(&self, world: &World<'_>, agents: &[usize], days: &[bool]) -> Scope {
        // Counts of heads have prices all over the plan.
        if world.headcounts.places().next().is_some() {
            return Scope::whole(world);
        }
        let open = world.intervals_of(agents, days);
        let outside = self.intervals[..open.start].iter().chain(&self.intervals[open.end..]);
        Scope { outside: outside.map(Lattice::cost).sum(), open }
    }

    /// Whether nobody is without a seat.
    pub(super) fn holds_seats(&self, world: &World<'_>) -> bool {
        let mut sites = self.taken.iter().zip(&world.seats);
        sites.all(|(taken, seats)| seats.is_none_or(|seats| taken.iter().all(|&at| at <= seats)))
    }

    /// No roster at all, to stand in for one that was handed out.
    pub(crate) fn nothing() -> Self {
        Self {
            lines: Vec::new(),
            cost: 0.0,
            slots: 0..0,
            intervals: Vec::new(),
            first: 0,
            counts: Counts::default(),
            taken: Vec::new(),
            rents: Vec::new(),
            journal: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// Starts a move that can be taken back.
    pub(crate) fn mark(&mut self) {
        for (at, _) in self.journal.drain(..) {
            self.touched[at] = false;
        }
    }

    /// Takes an agent's shifts on the free days out of the roster; returns the line as it was.
    pub(crate) fn tear(&mut self, world: &World<'_>, agent: usize, free: &[bool], sharer: &mut Sharer) -> Option<Line> {
        let line = self.lines[agent].take()?;
        self.cost -= line.cost;
        for shift in line.shifts.iter().filter(|shift| free[shift.day]) {
            self.work(world, agent, shift, Presence::Taken, sharer);
            self.attend(world, agent, shift, Presence::Taken);
        }
        Some(line)
    }

    /// Gives an agent a line of which the days that are not free stand already.
    pub(crate) fn put(&mut self, world: &World<'_>, agent: usize, line: Line, free: &[bool], sharer: &mut Sharer) {
        self.cost += line.cost;
        for shift in line.shifts.iter().filter(|shift| free[shift.day]) {
            self.work(world, agent, shift, Presence::Added, sharer);
            self.attend(world, agent, shift, Presence::Added);
        }
        self.lines[agent] = Some(line);
    }

    /// Undoes everything since the mark: `cost` and the `old` lines, torn on the free days, are as they were then.
    pub(crate) fn take_back(&mut self, world: &World<'_>, cost: f64, old: Vec<(usize, Line)>, free: &[bool]) {
        for (at, mark) in self.journal.drain(..) {
            self.intervals[at].return_to(mark);
            self.touched[at] = false;
        }
        for (agent, line) in old {
            if let Some(new) = self.lines[agent].take() {
                for shift in new.shifts.iter().filter(|shift| free[shift.day]) {
                    self.attend(world, agent, shift, Presence::Taken);
                }
            }
            for shift in line.shifts.iter().filter(|shift| free[shift.day]) {
                self.attend(world, agent, shift, Presence::Added);
            }
            self.lines[agent] = Some(line);
        }
        self.cost = cost;
    }

    fn work(&mut self, world: &World<'_>, agent: usize, shift: &LineShift, change: Presence, sharer: &mut Sharer) {
        let group = world.models[agent].group;
        for t in shift.stretches().flatten().filter_map(|slot| world.axis.in_grid(slot)) {
            let at = t - self.first;
            let interval = &mut self.intervals[at];
            if !std::mem::replace(&mut self.touched[at], true) {
                self.journal.push((at, interval.mark()));
            }
            self.cost -= interval.cost();
            interval.step(world, group, change, sharer);
            self.cost += interval.cost();
        }
    }

    /// A shift takes its seat and counts where heads are counted, or no longer.
    fn attend(&mut self, world: &World<'_>, agent: usize, shift: &LineShift, change: Presence) {
        self.cost += self.counts.change(world, agent, shift, change, self.first);
        let site = world.models[agent].site;
        if world.seats[site].is_some() {
            for slot in shift.present().flatten() {
                let taken = &mut self.taken[site][slot - self.slots.start];
                match change {
                    Presence::Added => *taken += 1,
                    Presence::Taken => *taken -= 1,
                }
            }
        }
    }

    /// The cheapest line of an agent beside all others, exactly; of an `old` one only the free days may change. Nothing if
    /// the free seats leave no legal line.
    pub(crate) fn best_line(
        &mut self,
        world: &World<'_>,
        agent: usize,
        old: &Line,
        free: &[bool],
        scratch: &mut SearchScratch,
    ) -> Option<Line> {
        let mut worth = std::mem::take(&mut scratch.worth);
        let mut present = std::mem::take(&mut scratch.present);
        let mut full = std::mem::take(&mut scratch.full);
        worth.resize(world.axis.slots + 1, 0.0);
        full.resize(world.axis.slots + 1, 0);
        let site = world.models[agent].site;
        let is_counted = !world.headcounts.profile_of(agent).on_shift.is_empty();
        present.resize(if is_counted { world.axis.slots + 1 } else { 0 }, 0.0);
        self.value(world, agent, free, (&mut worth, &mut present, &mut full), &mut scratch.cover);
        if let Some(rents) = self.rents.get(site).filter(|rents| !rents.is_empty()) {
            let due = running(rents.iter().map(|rent| -rent));
            present.resize(due.len(), 0.0);
            present.iter_mut().zip(due).for_each(|(worth, due)| *worth += due);
        }
        let limited = world.seats[site].is_some();
        let on_shift = (!present.is_empty()).then_some(present.as_slice());
        let values = Values { worth: &worth, present: on_shift, full: limited.then_some(&full) };
        let settled = Settled::of(&world.models[agent], world.library(agent), old, free);
        let path = cheapest_within(&world.models[agent], world.library(agent), &values, &settled, &mut scratch.pricing);
        let line = path.map(|path| line_within(world, agent, &values, &path, old, free));
        (scratch.worth, scratch.present, scratch.full) = (worth, present, full);
        line
    }

    /// Running sums of what an agent's slots at work and, where that counts, on shift are worth and of full slots, over
    /// the windows of the free days.
    fn value(
        &mut self,
        world: &World<'_>,
        agent: usize,
        free: &[bool],
        (worth, present, full): (&mut [f64], &mut [f64], &mut [u32]),
        sharer: &mut Sharer,
    ) {
        let model = &world.models[agent];
        let profile = world.headcounts.profile_of(agent);
        let seats = world.seats[model.site];
        let mut done = 0;
        for (window, _) in world.windows[agent].iter().zip(free).filter(|(_, free)| **free) {
            for slot in window.start.max(done)..window.end {
                let interval = world.axis.in_grid(slot);
                let mut gain =
                    interval.map_or(0.0, |t| self.intervals[t - self.first].gain(world, model.group, sharer));
                let counted = |parts: &[Part]| interval.map_or(0.0, |t| self.counts.gain(world, parts, t, self.first));
                if !profile.at_work.is_empty() {
                    gain += counted(&profile.at_work);
                }
                worth[slot + 1] = worth[slot] + gain;
                if !present.is_empty() {
                    present[slot + 1] = present[slot] + counted(&profile.on_shift);
                }
                let taken = || self.taken[model.site][slot - self.slots.start];
                full[slot + 1] = full[slot] + u32::from(seats.is_some_and(|seats| taken() >= seats));
            }
            done = done.max(window.end);
        }
    }

    /// Seats cost these rents from now on: per site and slot, in the currency.
    pub(super) fn let_seats(&mut self, rents: Vec<Vec<f64>>) {
        self.rents = rents;
    }

    /// The rents of seats, raised by a step for every agent left over, in the full slots of the line that would take it
    /// through the fewest of them; here seats are free of rent from now on.
    pub(super) fn rents_raised(
        &mut self,
        world: &World<'_>,
        left_over: &[usize],
        step: f64,
        scratch: &mut SearchScratch,
    ) -> Vec<Vec<f64>> {
        /// What keeps a line out of a full slot wherever it can be kept out, in the currency.
        const PROHIBITIVE: f64 = 1e6;
        let mut rents = std::mem::take(&mut self.rents);
        let nothing = vec![0.0; world.axis.slots + 1];
        for &agent in left_over {
            let site = world.models[agent].site;
            let is_full: Vec<bool> =
                self.taken[site].iter().map(|&taken| world.seats[site].is_some_and(|seats| taken >= seats)).collect();
            let due = |(&full, rent): (&bool, &f64)| if full { -PROHIBITIVE - rent } else { -rent };
            let present = running(is_full.iter().zip(&rents[site]).map(due));
            let values = Values { worth: &nothing, present: Some(&present), full: None };
            let Some(path) = cheapest_of(world, agent, &values, &mut scratch.pricing) else { continue };
            let line = line_of_path(world, agent, &values, &path);
            for slot in line.shifts.iter().flat_map(LineShift::present).flatten().filter(|&slot| is_full[slot]) {
                rents[site][slot] += step;
            }
        }
        rents
    }

    /// Forgets what the intervals remember, where it is too much.
    pub(super) fn forget(&mut self, world: &World<'_>, sharer: &mut Sharer) {
        /// Nodes that all intervals of a plan remember at most.
        const MOST: usize = 1 << 20;
        let most = (MOST / world.axis.grid.max(1)).max(256);
        self.mark();
        self.intervals.iter_mut().for_each(|interval| interval.forget(world, most, sharer));
    }

    /// Cuts the roster in two at a slot: all agents but those `chosen` stay with the first part.
    pub(crate) fn split(&mut self, world: &World<'_>, at: usize, chosen: &[bool]) -> Self {
        self.mark();
        let first = world.axis.interval_from(at);
        let intervals = self.intervals.split_off(first - self.first);
        let lines = self.lines.iter_mut().zip(chosen).map(|(line, chosen)| if *chosen { line.take() } else { None });
        let lines: Vec<Option<Line>> = lines.collect();
        let counts = self.counts.split_off(first - self.first);
        let cover = intervals.iter().map(Lattice::cost).sum::<f64>() + counts.cost(world, first);
        let cost = cover + lines.iter().flatten().map(|line| line.cost).sum::<f64>();
        self.cost -= cost;
        let from = at - self.slots.start;
        let taken = self.taken.iter_mut();
        let taken = taken.map(|taken| if taken.is_empty() { Vec::new() } else { taken.split_off(from) });
        let taken = taken.collect();
        let slots = at..std::mem::replace(&mut self.slots.end, at);
        self.touched = vec![false; self.intervals.len()];
        let touched = vec![false; intervals.len()];
        let rents = Vec::new();
        Self { lines, cost, slots, intervals, first, counts, taken, rents, journal: Vec::new(), touched }
    }

    /// Puts a part back that [`Self::split`] cut off.
    pub(crate) fn join(&mut self, mut part: Self) {
        self.mark();
        part.mark();
        self.cost += part.cost;
        self.slots.end = part.slots.end;
        self.intervals.append(&mut part.intervals);
        self.counts.append(&mut part.counts);
        self.touched = vec![false; self.intervals.len()];
        for (taken, more) in self.taken.iter_mut().zip(&mut part.taken) {
            taken.append(more);
        }
        for (line, more) in self.lines.iter_mut().zip(part.lines) {
            if more.is_some() {
                *line = more;
            }
        }
    }
}
