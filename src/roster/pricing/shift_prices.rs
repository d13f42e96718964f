//! What every shift of an agent costs with its best breaks and sessions, for given values of the agent's time; and lines made of shifts.

use std::ops::Range;

use crate::domain::labour::BreakKind;
use crate::domain::workforce::Agent;
use crate::roster::instance::Instance;
use crate::roster::instance::agents::{AgentModel, ShiftChoice};
use crate::roster::instance::breaks::{BreakSlot, BreakTable, Pause, PlacedBreak};
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::instance::session_places::SessionPlaces;
use crate::roster::instance::sessions::SessionBook;
use crate::roster::instance::shifts::ShiftLibrary;
use crate::roster::instance::slots::SlotGrid;
use crate::roster::instance::split_shifts::SplitPart;

use super::allowed_choices::AllowedChoices;
use super::path::Path;
use super::scratch::Scratch;

/// What slots are worth or cost to an agent; running sums along the slots (see [`crate::roster::instance::shifts::running`]).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values<'a> {
    /// Worth of serving queues.
    pub(crate) worth: &'a [f64],
    /// Worth of being on shift, breaks included, where it has any.
    pub(crate) present: Option<&'a [f64]>,
    /// Count of slots in which no seat is free, if any is full.
    pub(crate) full: Option<&'a [u32]>,
}

impl Values<'_> {
    /// What a line's slots are worth.
    pub(crate) fn of(&self, line: &Line) -> f64 {
        let sum = |sums: &[f64], slots: Range<usize>| sums[slots.end] - sums[slots.start];
        let worth = |shift: &LineShift| {
            let present = self.present.map_or(0.0, |sums| shift.present().map(|part| sum(sums, part)).sum::<f64>());
            present + shift.stretches().map(|stretch| sum(self.worth, stretch)).sum::<f64>()
        };
        line.shifts.iter().map(worth).sum()
    }
}

/// Prices every choice; the best breaks of a start are shared by all lengths with the same break plan, and a part by
/// all split shifts that have it.
pub(super) fn price_shifts(model: &AgentModel, library: &ShiftLibrary, values: &Values<'_>, scratch: &mut Scratch) {
    let mut known: Vec<(usize, f64)> = vec![(usize::MAX, 0.0); library.plans.len()];
    scratch.costs.resize_with(model.days.len(), Vec::new);
    for (day, of) in model.days.iter().enumerate() {
        let Scratch { costs, parts, table, places, allowed, .. } = scratch;
        let costs = &mut costs[day];
        costs.clear();
        if allowed[day] != AllowedChoices::Any {
            costs.push(0.0);
            continue;
        }
        let mut price = |part: &SplitPart| price_part(model, library, values, part, &mut known, table);
        parts.clear();
        parts.extend(library.parts[day].iter().map(&mut price));
        if let Some(book) = &model.sessions {
            open_date(book, (model, day), library, values, places);
        }
        for choice in &of.choices {
            let candidate = &library.days[day][choice.candidate];
            if choice.content > 0 {
                let cost = price_with_sessions(model, library, values, (day, choice), places);
                costs.push(as_promised(model, library, values, (day, choice), cost).0 + choice.wishes);
                continue;
            }
            let cost = match candidate.split {
                None => price(&SplitPart { start: candidate.start, slots: candidate.slots, plan: candidate.plan }),
                Some(split) => {
                    let for_gap = model.hourly * library.gap_pay * split.slots as f64;
                    parts[split.parts[0]] + parts[split.parts[1]] + for_gap
                }
            };
            costs.push(as_promised(model, library, values, (day, choice), cost).0 + choice.wishes);
        }
    }
}

/// What a choice costs, given what it does with its best breaks: of the shift that was promised the promised breaks may be dearer to give up
/// than to keep, and of one that stays or has begun they are kept. With it, whether they are.
fn as_promised(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    (day, choice): (usize, &ShiftChoice),
    cost: f64,
) -> (f64, bool) {
    let candidate = &library.days[day][choice.candidate];
    let Some(promise) = model.promises[day].as_ref().filter(|promise| promise.keeps(candidate)) else {
        return (cost, false);
    };
    let other = cost + promise.other_breaks;
    let kept = promise.shift.as_ref().filter(|_| promise.is_legal);
    let kept = kept.filter(|shift| model.content_of(shift) == Some(choice.content));
    let kept = kept.map_or(f64::INFINITY, |shift| cost_of_shift(model, library, values, shift));
    if kept <= other { (kept, true) } else { (other, false) }
}

/// Wages less worth of a shift with the breaks that it has; infinite where no seat is free.
fn cost_of_shift(model: &AgentModel, library: &ShiftLibrary, values: &Values<'_>, shift: &LineShift) -> f64 {
    let between = |sums: &[f64], slots: Range<usize>| sums[slots.end] - sums[slots.start];
    if values.full.is_some_and(|full| shift.present().any(|part| full[part.end] > full[part.start])) {
        return f64::INFINITY;
    }
    let unpaid = shift.breaks.iter().filter(|placed| !placed.pause.is_paid());
    let unpaid: f64 = unpaid.map(|placed| between(&library.pay, placed.after(shift.start))).sum();
    let for_gap = shift.gap().map_or(0.0, |gap| gap.slots as f64 * library.gap_pay);
    let wages = model.hourly * (between(&library.pay, shift.span()) - unpaid + for_gap);
    let present = values.present.map_or(0.0, |sums| shift.present().map(|part| between(sums, part)).sum());
    wages - present - shift.stretches().map(|stretch| between(values.worth, stretch)).sum::<f64>()
}

/// Wages less worth of a time at work with its best breaks; infinite where no seat is free. `known` holds per break plan
/// the start that it was last asked for, and the gain there.
fn price_part(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    part: &SplitPart,
    known: &mut [(usize, f64)],
    table: &mut BreakTable,
) -> f64 {
    let Range { start, end } = part.span();
    if values.full.is_some_and(|full| full[end] > full[start]) {
        return f64::INFINITY;
    }
    let of_plan = &mut known[part.plan];
    if of_plan.0 != start {
        *of_plan = (start, best_breaks(model.hourly, library, values, start, part.plan, table));
    }
    let wages = model.hourly * (library.pay[end] - library.pay[start]);
    let worth = values.worth[end] - values.worth[start];
    let present = values.present.map_or(0.0, |present| present[end] - present[start]);
    wages - worth - present - of_plan.1
}

/// Begins a date of shifts that hold sessions.
fn open_date(
    book: &SessionBook,
    (model, day): (&AgentModel, usize),
    library: &ShiftLibrary,
    values: &Values<'_>,
    places: &mut SessionPlaces,
) {
    let holding = model.days[day].choices.iter().filter(|choice| choice.content > 0);
    let candidates = holding.map(|choice| &library.days[day][choice.candidate]);
    places.open(book, candidates, |kind, slot| {
        let kind = &book.kinds[kind];
        let between = |sums: &[f64]| sums[slot + kind.slots] - sums[slot];
        between(values.worth) - if kind.is_paid { 0.0 } else { model.hourly * between(&library.pay) }
    });
}

/// Wages less worth of a shift that holds sessions, with the best places for them and its breaks; infinite where no seat is free.
fn price_with_sessions(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    (day, choice): (usize, &ShiftChoice),
    places: &mut SessionPlaces,
) -> f64 {
    let Some(book) = &model.sessions else { return f64::INFINITY };
    let candidate = &library.days[day][choice.candidate];
    let mut cost = candidate.split.map_or(0.0, |split| model.hourly * library.gap_pay * split.slots as f64);
    for Range { start, end } in candidate.present() {
        if values.full.is_some_and(|full| full[end] > full[start]) {
            return f64::INFINITY;
        }
        let present = values.present.map_or(0.0, |present| present[end] - present[start]);
        cost += model.hourly * (library.pay[end] - library.pay[start])
            - (values.worth[end] - values.worth[start])
            - present;
    }
    let gain = |slot: &BreakSlot, from: usize| gain_of_break(model.hourly, library, values, slot, from);
    cost - places.gain(book, library, (day, candidate), choice.content, gain)
}

/// Turns a path into a line: breaks are placed where the same values put them.
pub(super) fn line_of(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    path: &Path,
    agent: &Agent,
    slot_grid: &SlotGrid,
) -> Line {
    let (mut table, mut places) = (BreakTable::default(), SessionPlaces::default());
    let shift = |&pick: &(usize, usize)| placed(model, library, values, pick, (&mut table, &mut places));
    let shifts = path.picks.iter().map(shift).collect();
    Line::new(shifts, agent, library, slot_grid)
}

/// The line of a path found with the same values.
pub(crate) fn line_of_path(instance: &Instance<'_>, agent: usize, values: &Values<'_>, path: &Path) -> Line {
    line_of(&instance.models[agent], instance.library(agent), values, path, instance.agent(agent), &instance.slot_grid)
}

/// Turns a path into a line that keeps an old one on the days which are not free.
pub(crate) fn line_within(
    instance: &Instance<'_>,
    agent: usize,
    values: &Values<'_>,
    path: &Path,
    old: &Line,
    free: &[bool],
) -> Line {
    let (model, library) = (&instance.models[agent], instance.library(agent));
    let (mut table, mut places) = (BreakTable::default(), SessionPlaces::default());
    let shift = |&(day, choice): &(usize, usize)| {
        if !free[day] {
            let at = old.shifts.binary_search_by_key(&day, |shift| shift.day).ok()?;
            return Some(old.shifts[at].clone());
        }
        Some(placed(model, library, values, (day, choice), (&mut table, &mut places)))
    };
    Line::new(path.picks.iter().filter_map(shift).collect(), instance.agent(agent), library, &instance.slot_grid)
}

/// The shift of a choice, its breaks at their best.
fn placed(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    pick: (usize, usize),
    (table, places): (&mut BreakTable, &mut SessionPlaces),
) -> LineShift {
    let (day, choice) = (pick.0, &model.days[pick.0].choices[pick.1]);
    let candidate = &library.days[day][choice.candidate];
    let (start, slots) = (candidate.start, candidate.slots);
    let breaks = best_placed(model, library, values, (day, choice), (table, places));
    let shift = LineShift { day, start, slots, breaks };
    let Some(promise) = model.promises[day].as_ref().filter(|promise| promise.keeps(candidate)) else { return shift };
    let cost = cost_of_shift(model, library, values, &shift);
    match &promise.shift {
        Some(kept) if as_promised(model, library, values, (day, choice), cost).1 => kept.clone(),
        _ => shift,
    }
}

/// Breaks and sessions of a choice at their best.
fn best_placed(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    (day, choice): (usize, &ShiftChoice),
    (table, places): (&mut BreakTable, &mut SessionPlaces),
) -> Vec<PlacedBreak> {
    let candidate = &library.days[day][choice.candidate];
    let start = candidate.start;
    if let Some(book) = model.sessions.as_ref().filter(|_| choice.content > 0) {
        open_date(book, (model, day), library, values, places);
        let gain = |slot: &BreakSlot, from: usize| gain_of_break(model.hourly, library, values, slot, from);
        return places.placed(book, library, (day, candidate), choice.content, gain);
    }
    let Some(split) = candidate.split else {
        best_breaks(model.hourly, library, values, start, candidate.plan, table);
        return library.plans[candidate.plan].placed(table);
    };
    let mut breaks_of = |part: usize| {
        let part = &library.parts[day][part];
        best_breaks(model.hourly, library, values, part.start, part.plan, table);
        let moved = move |placed: PlacedBreak| PlacedBreak { offset: placed.offset + part.start - start, ..placed };
        library.plans[part.plan].placed(table).into_iter().map(moved)
    };
    let mut breaks: Vec<PlacedBreak> = breaks_of(split.parts[0]).collect();
    breaks.push(PlacedBreak { pause: Pause::Gap, offset: split.offset, slots: split.slots });
    breaks.extend(breaks_of(split.parts[1]));
    breaks
}

/// Gain of the best breaks of a shift that starts at a slot.
fn best_breaks(
    hourly: f64,
    library: &ShiftLibrary,
    values: &Values<'_>,
    start: usize,
    plan: usize,
    table: &mut BreakTable,
) -> f64 {
    library.plans[plan].best(|slot, offset| gain_of_break(hourly, library, values, slot, start + offset), table)
}

/// What a break from a slot on saves in wages, less what is given up.
fn gain_of_break(hourly: f64, library: &ShiftLibrary, values: &Values<'_>, slot: &BreakSlot, from: usize) -> f64 {
    let between = |sums: &[f64]| sums[from + slot.slots] - sums[from];
    let saved = match slot.kind {
        BreakKind::Unpaid => hourly * between(&library.pay),
        BreakKind::Paid => 0.0,
    };
    saved - between(values.worth)
}
