//! Labels of [`super::resource_constrained`], run from date to date.

use crate::roster::instance::agents::{AgentDay, AgentModel};
use crate::roster::instance::counters::Counters;
use crate::roster::instance::rule_automaton::NOWHERE;

use super::allowed_choices::AllowedChoices;
use super::completion_bound::CompletionBound;
use super::fallback_line::weekend_of;
use super::label_buckets::{BucketSearch, LabelBuckets, NONE, ResourceLabel, UnitCells, small};
use super::path::Label;
use super::scratch::Scratch;

/// Extends all labels over a rule week, once for each span of the clock in which its shifts may start.
pub(super) fn run_week(
    model: &AgentModel,
    counters: &Counters,
    week: usize,
    buckets: &mut BucketSearch,
    scratch: &mut Scratch,
) {
    let days = 7 * week..(7 * week + 7).min(model.days.len());
    if let [clock] = model.clocks[week][..] {
        days.for_each(|day| run_date(model, counters, day, clock, buckets, scratch));
        return;
    }
    let before = buckets.now.clone();
    let mut together: Option<LabelBuckets> = None;
    for &clock in &model.clocks[week] {
        buckets.now.clone_from(&before);
        days.clone().for_each(|day| run_date(model, counters, day, clock, buckets, scratch));
        let Some(together) = &mut together else {
            together = Some(buckets.now.clone());
            continue;
        };
        for place in 0..buckets.now.heads.len() / buckets.now.width.max(1) {
            for entry in buckets.now.of(place) {
                together.offer((&buckets.watched, buckets.most), place, *entry);
            }
        }
    }
    buckets.now = together.unwrap_or_default();
}

/// Extends all labels over one date, and closes the week and the settlement period that end with it.
pub(super) fn run_date(
    model: &AgentModel,
    counters: &Counters,
    day: usize,
    clock: (u16, u16),
    buckets: &mut BucketSearch,
    scratch: &mut Scratch,
) {
    let after = model.days.get(day + 1).map_or(1, |next| next.step.states);
    run_day(model, counters, (day, &model.days[day]), after, clock, buckets, scratch);
    if (day + 1).is_multiple_of(7) {
        close_week(model, day / 7, after, buckets);
    }
    if counters.ends_period(day) {
        close_period(after, buckets);
    }
}

/// Extends all labels over one date: a day off, or one of its shifts.
fn run_day(
    model: &AgentModel,
    counters: &Counters,
    (day, of): (usize, &AgentDay),
    after: usize,
    clock: (u16, u16),
    buckets: &mut BucketSearch,
    scratch: &mut Scratch,
) {
    let BucketSearch { now, next, windows, limit, watched, completion, most, grain } = buckets;
    let Scratch { costs, labels, allowed, .. } = scratch;
    let windows = &windows[day];
    let open = allowed[day].choices(of.choices.len());
    let may_rest = !matches!(allowed[day], AllowedChoices::Only(_));
    let width = of.step.next.len().checked_div(of.step.states).unwrap_or(0);
    let week_start = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.0);
    let counts_units = counters.period(day).is_some();
    let goes_on = counters.period_at(day).filter(|&at| counters.periods[at].days.end > day + 1);
    let period_after = goes_on.unwrap_or(usize::MAX);
    let price = completion.as_ref().map_or(0.0, |completion| completion.unit(period_after));
    next.clear(after, UnitCells { least: windows.least, most: windows.most, grain: *grain, price });
    for state in 0..of.step.states {
        let row = state * width..(state + 1) * width;
        let (to, toll, weekend) = (&of.step.next[row.clone()], &of.step.toll[row.clone()], &of.step.weekend[row]);
        for rested in 0..2 {
            for entry in now.of(2 * state + rested) {
                let hope = |to: u32, units: i32, priced: f64| match &*completion {
                    Some(completion) => priced + completion.least(day + 1, to, (period_after, units)),
                    None => windows.hope,
                };
                if may_rest && to[0] != NOWHERE && entry.cost + hope(to[0], entry.units, entry.priced) < *limit {
                    let end = entry.end.max(windows.end);
                    next.offer((watched, *most), 2 * to[0] as usize + rested, ResourceLabel { end, ..*entry });
                }
                for (index, (choice, &cost)) in open.clone().zip(of.choices[open.clone()].iter().zip(&costs[day])) {
                    let move_by = choice.class + 1;
                    if to[move_by] == NOWHERE
                        || entry.end + model.daily_rest > choice.start
                        || choice.clock < clock.0
                        || choice.clock > clock.1
                        || cost == f64::INFINITY
                    {
                        continue;
                    }
                    let cost = entry.cost + cost + toll[move_by];
                    let (units, adds) = of.adds[choice.class];
                    let units = if counts_units { units } else { 0 };
                    let of_counts = |of: &CompletionBound| of.counts(day, choice.class, weekend[move_by]);
                    let priced = entry.priced + completion.as_ref().map_or(0.0, of_counts);
                    if cost + hope(to[move_by], entry.units + units, priced) >= *limit {
                        continue;
                    }
                    let counts = entry.counts + adds + weekend_of(counters, weekend[move_by]);
                    if watched.exceeded(counts + windows.adds) || entry.units + units > windows.most {
                        continue;
                    }
                    let long = choice.start - model.weekly_rest;
                    let rested = rested == 1 || (long >= week_start && entry.end <= long);
                    let longer = ResourceLabel {
                        cost,
                        end: of.ends[choice.end].max(windows.end),
                        units: entry.units + units,
                        counts,
                        priced,
                        label: small(labels.len()),
                        next: NONE,
                    };
                    if next.offer((watched, *most), 2 * to[move_by] as usize + usize::from(rested), longer) {
                        labels.push(Label { parent: entry.label, day: small(day), choice: small(index) });
                    }
                }
            }
        }
    }
    std::mem::swap(now, next);
}

/// Rested or not, a label enters the next week unrested, if its own week had the long rest.
fn close_week(model: &AgentModel, week: usize, states: usize, buckets: &mut BucketSearch) {
    let Some(&(start, end)) = model.weeks.get(week) else { return };
    let BucketSearch { now, next, watched, most, .. } = buckets;
    next.clear(states, now.unit_cells);
    for state in 0..states {
        let long = now.of(2 * state).filter(|entry| end - entry.end.max(start) >= model.weekly_rest);
        for entry in long.chain(now.of(2 * state + 1)) {
            next.offer((watched, *most), 2 * state, *entry);
        }
    }
    std::mem::swap(now, next);
}

/// Units begin anew where a settlement period ends; labels outside its limits were cut by the bounds.
fn close_period(states: usize, buckets: &mut BucketSearch) {
    let BucketSearch { now, next, watched, most, .. } = buckets;
    next.clear(states, UnitCells::default());
    for place in 0..2 * states {
        for entry in now.of(place) {
            next.offer((watched, *most), place, ResourceLabel { units: 0, ..*entry });
        }
    }
    std::mem::swap(now, next);
}
