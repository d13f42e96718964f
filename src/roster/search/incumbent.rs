//! A roster under search, or the part of one that a worker has in hand: lines, heads at work, seats and cost, kept up to
//! date shift by shift.

use std::ops::Range;

use crate::roster::bound::lagrangian::Scope;
use crate::roster::cover::presence::Presence;
use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::CountPart;
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::instance::shifts::running;
use crate::roster::pricing::allowed_choices::FixedDays;
use crate::roster::pricing::cheapest_line::{cheapest_of, cheapest_within};
use crate::roster::pricing::shift_prices::{Values, line_of_path, line_within};

use super::counts::CountsUnderSearch;
use super::cover_memo::{CoverMemo, CoverSolver};
use super::scratch::SearchScratch;

/// Lines and what follows from them, within a stretch of slots.
#[derive(Clone, Debug)]
pub(crate) struct Incumbent {
    /// One per agent; none of agents who are being planned, or are in another worker's hand.
    pub(crate) lines: Vec<Option<Line>>,
    /// Wages and wishes of the lines and cover of the stretch, in the currency.
    pub(crate) cost: f64,
    /// The stretch.
    slots: Range<usize>,
    /// One per slot of the stretch that is an interval of the plan.
    pub(super) intervals: Vec<CoverMemo>,
    /// Position of the first of them in the plan.
    pub(super) first: usize,
    /// Headcounts in the same intervals.
    counts: CountsUnderSearch,
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
    pub(super) fn empty(instance: &Instance<'_>) -> Self {
        let mut heads = vec![vec![0u16; instance.skill_groups.groups()]; instance.slot_grid.intervals];
        for &(t, group) in &instance.carried.heads {
            heads[t][group] += 1;
        }
        let mut solver = CoverSolver::default();
        let memos = heads.iter().enumerate().map(|(t, heads)| CoverMemo::new(instance, t, heads, &mut solver));
        let intervals: Vec<CoverMemo> = memos.collect();
        let counts = CountsUnderSearch::of_nobody(instance);
        let mut taken: Vec<Vec<u32>> =
            instance.seats.iter().map(|seats| vec![0; seats.map_or(0, |_| instance.slot_grid.slots)]).collect();
        for (site, slots) in instance.carried.seated.iter().filter(|(site, _)| instance.seats[*site].is_some()) {
            taken[*site][slots.clone()].iter_mut().for_each(|taken| *taken += 1);
        }
        Self {
            lines: vec![None; instance.models.len()],
            cost: intervals.iter().map(CoverMemo::cost).sum::<f64>() + counts.cost(instance, 0),
            slots: 0..instance.slot_grid.slots,
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
    pub(crate) fn of(instance: &Instance<'_>, lines: Vec<Line>, solver: &mut CoverSolver) -> Option<Self> {
        let mut roster = Self::empty(instance);
        let free = vec![true; instance.days()];
        for (agent, line) in lines.into_iter().enumerate() {
            roster.insert_days(instance, agent, line, &free, solver);
        }
        roster.mark();
        roster.holds_seats(instance).then_some(roster)
    }

    /// Where heads come and go when some agents change some days, and what cover costs elsewhere.
    pub(crate) fn scope(&self, instance: &Instance<'_>, agents: &[usize], days: &[bool]) -> Scope {
        // Counts of heads have prices all over the plan.
        if instance.headcounts.places().next().is_some() {
            return Scope::whole(instance);
        }
        let open = instance.intervals_of(agents, days);
        let outside = self.intervals[..open.start].iter().chain(&self.intervals[open.end..]);
        Scope { outside: outside.map(CoverMemo::cost).sum(), open }
    }

    /// Whether nobody is without a seat.
    pub(super) fn holds_seats(&self, instance: &Instance<'_>) -> bool {
        let mut sites = self.taken.iter().zip(&instance.seats);
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
            counts: CountsUnderSearch::default(),
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
    pub(crate) fn remove_days(
        &mut self,
        instance: &Instance<'_>,
        agent: usize,
        free: &[bool],
        solver: &mut CoverSolver,
    ) -> Option<Line> {
        let line = self.lines[agent].take()?;
        self.cost -= line.cost;
        for shift in line.shifts.iter().filter(|shift| free[shift.day]) {
            self.work(instance, agent, shift, Presence::Taken, solver);
            self.attend(instance, agent, shift, Presence::Taken);
        }
        Some(line)
    }

    /// Gives an agent a line of which the days that are not free stand already.
    pub(crate) fn insert_days(
        &mut self,
        instance: &Instance<'_>,
        agent: usize,
        line: Line,
        free: &[bool],
        solver: &mut CoverSolver,
    ) {
        self.cost += line.cost;
        for shift in line.shifts.iter().filter(|shift| free[shift.day]) {
            self.work(instance, agent, shift, Presence::Added, solver);
            self.attend(instance, agent, shift, Presence::Added);
        }
        self.lines[agent] = Some(line);
    }

    /// Undoes everything since the mark: `cost` and the `old` lines, removed on the free days, are as they were then.
    pub(crate) fn take_back(&mut self, instance: &Instance<'_>, cost: f64, old: Vec<(usize, Line)>, free: &[bool]) {
        for (at, mark) in self.journal.drain(..) {
            self.intervals[at].return_to(mark);
            self.touched[at] = false;
        }
        for (agent, line) in old {
            if let Some(new) = self.lines[agent].take() {
                for shift in new.shifts.iter().filter(|shift| free[shift.day]) {
                    self.attend(instance, agent, shift, Presence::Taken);
                }
            }
            for shift in line.shifts.iter().filter(|shift| free[shift.day]) {
                self.attend(instance, agent, shift, Presence::Added);
            }
            self.lines[agent] = Some(line);
        }
        self.cost = cost;
    }

    fn work(
        &mut self,
        instance: &Instance<'_>,
        agent: usize,
        shift: &LineShift,
        change: Presence,
        solver: &mut CoverSolver,
    ) {
        let group = instance.models[agent].group;
        for t in shift.stretches().flatten().filter_map(|slot| instance.slot_grid.interval_of(slot)) {
            let at = t - self.first;
            let interval = &mut self.intervals[at];
            if !std::mem::replace(&mut self.touched[at], true) {
                self.journal.push((at, interval.mark()));
            }
            self.cost -= interval.cost();
            interval.step(instance, group, change, solver);
            self.cost += interval.cost();
        }
    }

    /// A shift takes its seat and counts where heads are counted, or no longer.
    fn attend(&mut self, instance: &Instance<'_>, agent: usize, shift: &LineShift, change: Presence) {
        self.cost += self.counts.change(instance, agent, shift, change, self.first);
        let site = instance.models[agent].site;
        if instance.seats[site].is_some() {
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
        instance: &Instance<'_>,
        agent: usize,
        old: &Line,
        free: &[bool],
        scratch: &mut SearchScratch,
    ) -> Option<Line> {
        let mut worth = std::mem::take(&mut scratch.worth);
        let mut present = std::mem::take(&mut scratch.present);
        let mut full = std::mem::take(&mut scratch.full);
        worth.resize(instance.slot_grid.slots + 1, 0.0);
        full.resize(instance.slot_grid.slots + 1, 0);
        let site = instance.models[agent].site;
        let is_counted = !instance.headcounts.profile_of(agent).on_shift.is_empty();
        present.resize(if is_counted { instance.slot_grid.slots + 1 } else { 0 }, 0.0);
        self.value(instance, agent, free, (&mut worth, &mut present, &mut full), &mut scratch.cover);
        if let Some(rents) = self.rents.get(site).filter(|rents| !rents.is_empty()) {
            let due = running(rents.iter().map(|rent| -rent));
            present.resize(due.len(), 0.0);
            present.iter_mut().zip(due).for_each(|(worth, due)| *worth += due);
        }
        let limited = instance.seats[site].is_some();
        let on_shift = (!present.is_empty()).then_some(present.as_slice());
        let values = Values { worth: &worth, present: on_shift, full: limited.then_some(&full) };
        let fixed_days = FixedDays::of(&instance.models[agent], instance.library(agent), old, free);
        let path = cheapest_within(
            &instance.models[agent],
            instance.library(agent),
            &values,
            &fixed_days,
            &mut scratch.pricing,
        );
        let line = path.map(|path| line_within(instance, agent, &values, &path, old, free));
        (scratch.worth, scratch.present, scratch.full) = (worth, present, full);
        line
    }

    /// Running sums of what an agent's slots at work and, where that counts, on shift are worth and of full slots, over
    /// the windows of the free days.
    fn value(
        &mut self,
        instance: &Instance<'_>,
        agent: usize,
        free: &[bool],
        (worth, present, full): (&mut [f64], &mut [f64], &mut [u32]),
        solver: &mut CoverSolver,
    ) {
        let model = &instance.models[agent];
        let profile = instance.headcounts.profile_of(agent);
        let seats = instance.seats[model.site];
        let mut done = 0;
        for (window, _) in instance.windows[agent].iter().zip(free).filter(|(_, free)| **free) {
            for slot in window.start.max(done)..window.end {
                let interval = instance.slot_grid.interval_of(slot);
                let mut gain =
                    interval.map_or(0.0, |t| self.intervals[t - self.first].gain(instance, model.group, solver));
                let counted =
                    |parts: &[CountPart]| interval.map_or(0.0, |t| self.counts.gain(instance, parts, t, self.first));
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
        instance: &Instance<'_>,
        left_over: &[usize],
        step: f64,
        scratch: &mut SearchScratch,
    ) -> Vec<Vec<f64>> {
        /// What keeps a line out of a full slot wherever it can be kept out, in the currency.
        const PROHIBITIVE: f64 = 1e6;
        let mut rents = std::mem::take(&mut self.rents);
        let nothing = vec![0.0; instance.slot_grid.slots + 1];
        for &agent in left_over {
            let site = instance.models[agent].site;
            let is_full: Vec<bool> = self.taken[site]
                .iter()
                .map(|&taken| instance.seats[site].is_some_and(|seats| taken >= seats))
                .collect();
            let due = |(&full, rent): (&bool, &f64)| if full { -PROHIBITIVE - rent } else { -rent };
            let present = running(is_full.iter().zip(&rents[site]).map(due));
            let values = Values { worth: &nothing, present: Some(&present), full: None };
            let Some(path) = cheapest_of(instance, agent, &values, &mut scratch.pricing) else { continue };
            let line = line_of_path(instance, agent, &values, &path);
            for slot in line.shifts.iter().flat_map(LineShift::present).flatten().filter(|&slot| is_full[slot]) {
                rents[site][slot] += step;
            }
        }
        rents
    }

    /// Forgets what the intervals remember, where it is too much.
    pub(super) fn forget(&mut self, instance: &Instance<'_>, solver: &mut CoverSolver) {
        /// Nodes that all intervals of a plan remember at most.
        const MOST: usize = 1 << 20;
        let most = (MOST / instance.slot_grid.intervals.max(1)).max(256);
        self.mark();
        self.intervals.iter_mut().for_each(|interval| interval.forget(instance, most, solver));
    }

    /// Cuts the roster in two at a slot: all agents but those `chosen` stay with the first part.
    pub(crate) fn split(&mut self, instance: &Instance<'_>, at: usize, chosen: &[bool]) -> Self {
        self.mark();
        let first = instance.slot_grid.interval_from(at);
        let intervals = self.intervals.split_off(first - self.first);
        let lines = self.lines.iter_mut().zip(chosen).map(|(line, chosen)| if *chosen { line.take() } else { None });
        let lines: Vec<Option<Line>> = lines.collect();
        let counts = self.counts.split_off(first - self.first);
        let cover = intervals.iter().map(CoverMemo::cost).sum::<f64>() + counts.cost(instance, first);
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
