//! The cheapest line of one agent for given values of its time, exactly.
//!
//! First every shift is priced with its best breaks ([`super::shift_prices`]); then labels run over the dates. A label stands in a state of
//! [`super::states`], knows whether the rule week has had its long rest, and carries the end of the last shift. Within
//! a state, a label is kept unless another ended no later at no higher cost: rests are the only rules that
//! look at the end, and an earlier end never hurts them (dominance, as in Irnich & Desaulniers 2005).
//!
//! Where a contract holds a week's starts together, each rule week is run once for every span of the clock that can hold
//! them all, and what the runs leave at its end is one again: exact, at the price of one run a span.

use super::agents::{AgentDay, AgentModel};
use super::breaks::BreakTable;
use super::completion::Hint;
use super::counted;
use super::extension::Layers;
use super::latitude::{Latitude, Settled};
use super::lattice::Sharer;
use super::line::Line;
use super::shift_prices::{Values, price_shifts};
use super::shifts::ShiftLibrary;
use super::states::NOWHERE;

/// Scratch space that calls reuse.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// Labels of a search at most, where they are not the usual number.
    pub(super) most_labels: Option<usize>,
    /// Where the next pricing begins with the prices of what is counted.
    pub(super) hint: Hint,
    /// Where the last one left them.
    pub(super) reached: Hint,
    pub(super) costs: Vec<Vec<f64>>,
    /// Costs of the parts of a date's split shifts.
    pub(super) parts: Vec<f64>,
    /// The span of the clock, ends included, in which shifts of the week under way start.
    clock: (u16, u16),
    pub(super) table: BreakTable,
    pub(super) labels: Vec<Label>,
    lists: Vec<Vec<Entry>>,
    next: Vec<Vec<Entry>>,
    cells: Vec<Cell>,
    pub(super) latitudes: Vec<Latitude>,
    pub(super) layers: Layers,
    /// Running sums of [`super::incumbent`].
    pub(super) worth: Vec<f64>,
    pub(super) present: Vec<f64>,
    pub(super) full: Vec<u32>,
    /// Scratch space of [`super::lattice`], kept here so that a search carries one bag.
    pub(super) sharer: Sharer,
}

impl Scratch {
    /// One for searches that take as long as it takes to tell what no line costs less than.
    pub(super) fn thorough() -> Self {
        const LABELS: usize = 2_000_000;
        Self::looking_at(LABELS)
    }

    /// One for searches that look at so many labels at most.
    pub(super) fn looking_at(labels: usize) -> Self {
        Self { most_labels: Some(labels), ..Self::default() }
    }
}

/// A shift of a line and the label before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) parent: u32,
    pub(super) day: u32,
    pub(super) choice: u32,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    end: i32,
    cost: f64,
    label: u32,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    cost: f64,
    parent: u32,
    choice: u32,
}

const EMPTY: Cell = Cell { cost: f64::INFINITY, parent: 0, choice: 0 };

/// The shifts of a line: date and choice, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Path {
    /// Cost of the line less the worth of its slots.
    pub(super) cost: f64,
    /// What no legal line costs less than: the same, unless there were too many lines to look at.
    pub(super) least: f64,
    /// Date and choice.
    pub(super) picks: Vec<(usize, usize)>,
}

/// The cheapest line and its reduced cost; nothing if no line is legal.
pub(super) fn cheapest(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    scratch: &mut Scratch,
) -> Option<Path> {
    scratch.latitudes.clear();
    scratch.latitudes.resize(model.days.len(), Latitude::Any);
    price_shifts(model, library, values, scratch);
    cheapest_path(model, scratch)
}

/// The cheapest line where some dates are settled; its cost leaves those dates out.
pub(super) fn cheapest_within(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    settled: &Settled,
    scratch: &mut Scratch,
) -> Option<Path> {
    scratch.latitudes.clear();
    scratch.latitudes.extend(settled.latitudes());
    price_shifts(model, library, values, scratch);
    if let Some(tally) = &model.tally {
        return counted::cheapest_path_within(model, tally, settled, scratch);
    }
    cheapest_path(model, scratch)
}

/// Whether an agent may work a line.
pub(super) fn is_legal(model: &AgentModel, library: &ShiftLibrary, line: &Line, scratch: &mut Scratch) -> bool {
    let settled = Settled::of(model, library, line, &vec![false; model.days.len()]);
    if settled.choices.iter().flatten().count() != line.shifts.len() {
        return false;
    }
    scratch.latitudes.clear();
    scratch.latitudes.extend(settled.latitudes());
    scratch.costs.clear();
    scratch.costs.resize(model.days.len(), vec![0.0]);
    cheapest_path(model, scratch).is_some()
}

/// The cheapest line when each choice has a cost of its own: `cost(day, choice)`.
pub(super) fn cheapest_by(
    model: &AgentModel,
    cost: impl Fn(usize, usize) -> f64,
    scratch: &mut Scratch,
) -> Option<Path> {
    let days = model.days.iter().enumerate();
    scratch.latitudes.clear();
    scratch.latitudes.resize(model.days.len(), Latitude::Any);
    scratch.costs = days.map(|(day, of)| (0..of.choices.len()).map(|choice| cost(day, choice)).collect()).collect();
    cheapest_path(model, scratch)
}

/// Labels over the dates, given the cost of every choice.
fn cheapest_path(model: &AgentModel, scratch: &mut Scratch) -> Option<Path> {
    scratch.labels.clear();
    if let Some(tally) = &model.tally {
        return counted::cheapest_path(model, tally, scratch);
    }
    cheapest_uncounted(model, scratch)
}

/// The same with nothing counted over weeks.
fn cheapest_uncounted(model: &AgentModel, scratch: &mut Scratch) -> Option<Path> {
    scratch.lists.iter_mut().for_each(Vec::clear);
    scratch.lists.resize_with(2.max(scratch.lists.len()), Vec::new);
    scratch.lists[0].push(Entry { end: model.before, cost: model.base, label: u32::MAX });
    for (week, clocks) in model.clocks.iter().enumerate() {
        match clocks.as_slice() {
            [clock] => run_week(model, week, *clock, scratch),
            clocks => run_week_by_clock(model, week, clocks, scratch),
        }
    }
    let best = scratch.lists[..2].iter().flatten().min_by(|a, b| a.cost.total_cmp(&b.cost))?;
    Some(path_to(best.label, best.cost, &scratch.labels))
}

/// The path that ends with a label.
pub(super) fn path_to(mut label: u32, cost: f64, labels: &[Label]) -> Path {
    let mut path = Path { cost, least: cost, picks: Vec::new() };
    while let Some(of) = labels.get(label as usize) {
        path.picks.push((of.day as usize, of.choice as usize));
        label = of.parent;
    }
    path.picks.reverse();
    path
}

/// Extends all labels over a rule week, once for each span of the clock in which its shifts may start.
fn run_week_by_clock(model: &AgentModel, week: usize, clocks: &[(u16, u16)], scratch: &mut Scratch) {
    let before = scratch.lists.clone();
    let mut together: Vec<Vec<Entry>> = Vec::new();
    for &clock in clocks {
        scratch.lists.clone_from(&before);
        run_week(model, week, clock, scratch);
        together.resize_with(together.len().max(scratch.lists.len()), Vec::new);
        for (all, list) in together.iter_mut().zip(&mut scratch.lists) {
            all.append(list);
        }
    }
    together.iter_mut().for_each(keep_undominated);
    scratch.lists = together;
}

/// Extends all labels over a rule week whose shifts start within a span of the clock.
fn run_week(model: &AgentModel, week: usize, clock: (u16, u16), scratch: &mut Scratch) {
    scratch.clock = clock;
    for (day, of) in model.days.iter().enumerate().skip(7 * week).take(7) {
        let ends_week = (day + 1).is_multiple_of(7);
        let after = model.days.get(day + 1).map_or(1, |next| next.step.states);
        run_day(model, day, of, after, scratch);
        if ends_week {
            close_week(model, day / 7, after, scratch);
        }
    }
}

/// Extends all labels over one date: a day off, or one of its shifts.
fn run_day(model: &AgentModel, day: usize, of: &AgentDay, after: usize, scratch: &mut Scratch) {
    let Scratch { costs, labels, lists, next, cells, latitudes, .. } = scratch;
    let (open, within) = (latitudes[day].choices(of.choices.len()), latitudes[day].ends(of));
    let may_rest = !matches!(latitudes[day], Latitude::Only(_));
    let (ends, width) = (within.len(), of.step.next.len().checked_div(of.step.states).unwrap_or(0));
    let week_start = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.0);
    cells.clear();
    cells.resize(2 * after * ends, EMPTY);
    next.resize_with(next.len().max(2 * after), Vec::new);
    next.iter_mut().for_each(Vec::clear);
    let clock = scratch.clock;
    for state in 0..of.step.states {
        let row = &of.step.next[state * width..(state + 1) * width];
        let tolls = &of.step.toll[state * width..(state + 1) * width];
        for rested in 0..2 {
            let list = &lists[2 * state + rested];
            if list.is_empty() {
                continue;
            }
            if may_rest && row[0] != NOWHERE {
                next[2 * row[0] as usize + rested].extend_from_slice(list);
            }
            let (mut ready, mut fresh) = (0, 0);
            for (index, (choice, &cost)) in open.clone().zip(of.choices[open.clone()].iter().zip(&costs[day])) {
                while ready < list.len() && list[ready].end + model.daily_rest <= choice.start {
                    ready += 1;
                }
                let to = row[choice.class + 1];
                if ready == 0 || to == NOWHERE || cost == f64::INFINITY {
                    continue;
                }
                if choice.clock < clock.0 || choice.clock > clock.1 {
                    continue;
                }
                let cost = cost + tolls[choice.class + 1];
                let mut offer = |from: usize, rested: usize| {
                    let cell = &mut cells[(2 * to as usize + rested) * ends + choice.end - within.start];
                    if list[from].cost + cost < cell.cost {
                        let choice = u32::try_from(index).unwrap_or(u32::MAX);
                        *cell = Cell { cost: list[from].cost + cost, parent: list[from].label, choice };
                    }
                };
                if rested == 1 {
                    offer(ready - 1, 1);
                    continue;
                }
                if choice.start - model.weekly_rest >= week_start {
                    while fresh < ready && list[fresh].end + model.weekly_rest <= choice.start {
                        fresh += 1;
                    }
                }
                if fresh > 0 {
                    offer(fresh - 1, 1);
                }
                if fresh < ready {
                    offer(ready - 1, 0);
                }
            }
        }
    }
    let day = u32::try_from(day).unwrap_or(u32::MAX);
    for (list, cells) in next.iter_mut().zip(cells.chunks(ends.max(1))) {
        for (cell, &end) in cells.iter().zip(&of.ends[within.clone()]) {
            if cell.cost < f64::INFINITY {
                labels.push(Label { parent: cell.parent, day, choice: cell.choice });
                list.push(Entry { end, cost: cell.cost, label: u32::try_from(labels.len() - 1).unwrap_or(u32::MAX) });
            }
        }
    }
    next[..2 * after].iter_mut().for_each(keep_undominated);
    std::mem::swap(lists, next);
}

/// Rested or not, a label enters the next week unrested, if its own week had the long rest.
fn close_week(model: &AgentModel, week: usize, states: usize, scratch: &mut Scratch) {
    let Some(&(start, end)) = model.weeks.get(week) else { return };
    for pair in scratch.lists[..2 * states].chunks_mut(2) {
        let [unrested, rested] = pair else { continue };
        unrested.retain(|entry| end - entry.end.max(start) >= model.weekly_rest);
        unrested.append(rested);
        keep_undominated(unrested);
    }
}

/// Sorts by end and keeps what is cheaper than everything that ended before.
fn keep_undominated(list: &mut Vec<Entry>) {
    list.sort_unstable_by(|a, b| a.end.cmp(&b.end).then(a.cost.total_cmp(&b.cost)).then(a.label.cmp(&b.label)));
    let mut best = f64::INFINITY;
    list.retain(|entry| {
        let better = entry.cost < best;
        best = best.min(entry.cost);
        better
    });
}
