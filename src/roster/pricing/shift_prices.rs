//! What every shift of an agent costs with its best breaks, for given values of the agent's time; and lines made of shifts.

use std::ops::Range;

use crate::domain::labour::BreakKind;
use crate::domain::workforce::Agent;
use crate::roster::instance::Instance;
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::breaks::{BreakTable, Pause, PlacedBreak};
use crate::roster::instance::line::{Line, LineShift};
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
        let Scratch { costs, parts, table, allowed, .. } = scratch;
        let costs = &mut costs[day];
        costs.clear();
        if allowed[day] != AllowedChoices::Any {
            costs.push(0.0);
            continue;
        }
        let mut price = |part: &SplitPart| price_part(model, library, values, part, &mut known, table);
        parts.clear();
        parts.extend(library.parts[day].iter().map(&mut price));
        for choice in &of.choices {
            let candidate = &library.days[day][choice.candidate];
            let cost = match candidate.split {
                None => price(&SplitPart { start: candidate.start, slots: candidate.slots, plan: candidate.plan }),
                Some(split) => {
                    let for_gap = model.hourly * library.gap_pay * split.slots as f64;
                    parts[split.parts[0]] + parts[split.parts[1]] + for_gap
                }
            };
            costs.push(cost + choice.wishes);
        }
    }
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

/// Turns a path into a line: breaks are placed where the same values put them.
pub(super) fn line_of(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    path: &Path,
    agent: &Agent,
    slot_grid: &SlotGrid,
) -> Line {
    let mut table = BreakTable::default();
    let shifts = path.picks.iter().map(|&pick| placed(model, library, values, pick, &mut table)).collect();
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
    let mut table = BreakTable::default();
    let shift = |&(day, choice): &(usize, usize)| {
        if !free[day] {
            let at = old.shifts.binary_search_by_key(&day, |shift| shift.day).ok()?;
            return Some(old.shifts[at].clone());
        }
        Some(placed(model, library, values, (day, choice), &mut table))
    };
    Line::new(path.picks.iter().filter_map(shift).collect(), instance.agent(agent), library, &instance.slot_grid)
}

/// The shift of a choice, its breaks at their best.
fn placed(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    pick: (usize, usize),
    table: &mut BreakTable,
) -> LineShift {
    let (day, choice) = pick;
    let candidate = &library.days[day][model.days[day].choices[choice].candidate];
    let (start, slots) = (candidate.start, candidate.slots);
    let Some(split) = candidate.split else {
        best_breaks(model.hourly, library, values, start, candidate.plan, table);
        return LineShift { day, start, slots, breaks: library.plans[candidate.plan].placed(table) };
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
    LineShift { day, start, slots, breaks }
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
    let between = |sums: &[f64], from: usize, slots: usize| sums[from + slots] - sums[from];
    library.plans[plan].best(
        |slot, offset| {
            let from = start + offset;
            let saved = match slot.kind {
                BreakKind::Unpaid => hourly * between(&library.pay, from, slot.slots),
                BreakKind::Paid => 0.0,
            };
            saved - between(values.worth, from, slot.slots)
        },
        table,
    )
}
