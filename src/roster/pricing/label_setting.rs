//! The cheapest line where nothing is counted over weeks, by labels that run over the dates.
//!
//! A label stands in a state of
//! [`crate::roster::instance::rule_automaton`], knows whether the rule week has had its long rest, and carries the end of the last shift. Within
//! a state, a label is kept unless another ended no later at no higher cost: rests are the only rules that
//! look at the end, and an earlier end never hurts them (dominance, as in Irnich & Desaulniers 2005).
//!
//! Where a contract holds a week's starts together, each rule week is run once for every span of the clock that can hold
//! them all, and what the runs leave at its end is one again: exact, at the price of one run a span.

use crate::roster::instance::agents::{AgentDay, AgentModel};
use crate::roster::instance::rule_automaton::NOWHERE;

use super::allowed_choices::AllowedChoices;
use super::label_lists::{Cell, EMPTY, LabelLists, OpenLabel, keep_undominated};
use super::path::{Label, Path, path_to};
use super::scratch::Scratch;

/// The cheapest line, given the cost of every choice.
pub(super) fn cheapest_path(model: &AgentModel, scratch: &mut Scratch) -> Option<Path> {
    scratch.lists.now.iter_mut().for_each(Vec::clear);
    scratch.lists.now.resize_with(2.max(scratch.lists.now.len()), Vec::new);
    scratch.lists.now[0].push(OpenLabel { end: model.before, cost: model.base, label: u32::MAX });
    for (week, clocks) in model.clocks.iter().enumerate() {
        match clocks.as_slice() {
            [clock] => run_week(model, week, *clock, scratch),
            clocks => run_week_by_clock(model, week, clocks, scratch),
        }
    }
    let best = scratch.lists.now[..2].iter().flatten().min_by(|a, b| a.cost.total_cmp(&b.cost))?;
    Some(path_to(best.label, best.cost, &scratch.labels))
}

/// Extends all labels over a rule week, once for each span of the clock in which its shifts may start.
fn run_week_by_clock(model: &AgentModel, week: usize, clocks: &[(u16, u16)], scratch: &mut Scratch) {
    let before = scratch.lists.now.clone();
    let mut together: Vec<Vec<OpenLabel>> = Vec::new();
    for &clock in clocks {
        scratch.lists.now.clone_from(&before);
        run_week(model, week, clock, scratch);
        together.resize_with(together.len().max(scratch.lists.now.len()), Vec::new);
        for (all, list) in together.iter_mut().zip(&mut scratch.lists.now) {
            all.append(list);
        }
    }
    together.iter_mut().for_each(keep_undominated);
    scratch.lists.now = together;
}

/// Extends all labels over a rule week whose shifts start within a span of the clock.
fn run_week(model: &AgentModel, week: usize, clock: (u16, u16), scratch: &mut Scratch) {
    scratch.lists.clock = clock;
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
    let Scratch { costs, labels, lists, allowed, .. } = scratch;
    let LabelLists { clock, now, next, cells } = lists;
    let (open, within) = (allowed[day].choices(of.choices.len()), allowed[day].ends(of));
    let may_rest = !matches!(allowed[day], AllowedChoices::Only(_));
    let (ends, width) = (within.len(), of.step.next.len().checked_div(of.step.states).unwrap_or(0));
    let week_start = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.0);
    cells.clear();
    cells.resize(2 * after * ends, EMPTY);
    next.resize_with(next.len().max(2 * after), Vec::new);
    next.iter_mut().for_each(Vec::clear);
    for state in 0..of.step.states {
        let row = &of.step.next[state * width..(state + 1) * width];
        let tolls = &of.step.toll[state * width..(state + 1) * width];
        for rested in 0..2 {
            let list = &now[2 * state + rested];
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
                list.push(OpenLabel {
                    end,
                    cost: cell.cost,
                    label: u32::try_from(labels.len() - 1).unwrap_or(u32::MAX),
                });
            }
        }
    }
    next[..2 * after].iter_mut().for_each(keep_undominated);
    std::mem::swap(now, next);
}

/// Rested or not, a label enters the next week unrested, if its own week had the long rest.
fn close_week(model: &AgentModel, week: usize, states: usize, scratch: &mut Scratch) {
    let Some(&(start, end)) = model.weeks.get(week) else { return };
    for pair in scratch.lists.now[..2 * states].chunks_mut(2) {
        let [unrested, rested] = pair else { continue };
        unrested.retain(|entry| end - entry.end.max(start) >= model.weekly_rest);
        unrested.append(rested);
        keep_undominated(unrested);
    }
}
