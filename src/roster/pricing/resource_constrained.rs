//! The cheapest line where something is counted over weeks or the whole plan.
//!
//! Labels as in [`super::cheapest_line`], each with its paid units so far in the settlement period and its counts
//! ([`crate::roster::instance::counters`]). Labels of one state and as many units are kept unless another is no dearer, ended no later and has
//! no higher count. What the dates still to come can add in units, by what is allowed on them and the runs that the rules
//! allow, cuts labels that can no longer end within their period's limits.

use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::counters::{CounterValues, Counters, WatchedLimits};

use super::allowed_choices::{AllowedChoices, FixedDays};
use super::completion_bound::{CompletionBound, PriceHint};
use super::fallback_line::{FallbackLine, PrefixState};
use super::label_buckets::BucketSearch;
use super::label_extension::{run_date, run_week};
use super::path::{Path, path_to};
use super::resource_windows::{ResourceWindow, corridor, windows};
use super::scratch::Scratch;

/// Effort above which a search for the cheapest line mostly takes too many labels.
const LONG: u64 = 30;

/// The cheapest line within what is allowed, given the cost of every choice.
///
/// The bound of [`CompletionBound`] mostly lies close below the optimum: so the search first looks for lines little above it,
/// where hardly a label survives, and then further and further up. Where that takes too many labels, the line is the cheapest
/// of some whose units grow steadily, or of the few that look best at every date where lines are long; what no line costs less
/// than is where the search got to. If there is none among them, it is the legal line that is known, or else any.
pub(super) fn cheapest_path(model: &AgentModel, counters: &Counters, scratch: &mut Scratch) -> Option<Path> {
    /// How far to look above the bound at first, as a share of what a shift costs, and how many times that next.
    const FIRST: f64 = 0.02;
    const TIMES: f64 = 3.0;
    const LEVELS: usize = 8;
    /// Labels of one search, at most.
    const QUICK: usize = 100_000;
    /// Effort up to which patience is worth all its labels.
    const SHORT: u64 = 10;
    let exact = windows(model, counters, &scratch.allowed);
    let hint = std::mem::take(&mut scratch.hint);
    let completion = CompletionBound::new(model, counters, (&scratch.costs, &scratch.allowed), &hint);
    scratch.reached = completion.hint();
    let (mut least, typical) = (completion.bound() + model.base, completion.typical);
    let bound = least;
    let mut above = FIRST * typical;
    let labels = match scratch.most_labels {
        None if model.effort > LONG => 0,
        None => QUICK,
        Some(labels) => labels / usize::try_from((model.effort / SHORT).max(1)).unwrap_or(1),
    };
    let mut cut = Cut { limit: bound, kept: usize::MAX, grain: 1, labels, completion: Some(completion) };
    let levels = if labels > 0 { LEVELS } else { 0 };
    for _ in 0..levels {
        cut.limit = bound + above + ROUNDING;
        match cheapest_between(model, counters, exact.clone(), &cut, scratch) {
            Searched::Found(path) => return Some(path),
            Searched::Nothing => least = bound + above,
            Searched::TooMany => break,
        }
        above *= TIMES;
    }
    let completion = cut.completion.take();
    let few = |scratch: &mut Scratch| cheapest_of_few(model, counters, &exact, completion, scratch);
    let steady = |scratch: &mut Scratch| cheapest_of_steady(model, counters, &exact, scratch);
    let first = if model.effort > LONG { few(scratch) } else { steady(scratch) };
    let path = first
        .or_else(|| cheapest_sparing(model, counters, &exact, &hint, scratch))
        .or_else(|| legal(model, counters, scratch))
        .or_else(|| cheapest_between(model, counters, exact.clone(), &Cut::kept(usize::MAX), scratch).found())?;
    Some(Path { least: least.min(path.cost), ..path })
}

/// The legal line that is known of an agent, at these costs, where dates may hold anything.
fn legal(model: &AgentModel, counters: &Counters, scratch: &Scratch) -> Option<Path> {
    let legal = model.legal.as_ref().filter(|_| scratch.allowed.iter().all(|of| *of == AllowedChoices::Any))?;
    let mut fixed_days = FixedDays { choices: vec![None; model.days.len()], free: vec![true; model.days.len()] };
    for &(day, choice) in legal {
        fixed_days.choices[day] = Some(choice);
    }
    let cost = FallbackLine::walk(model, counters, &fixed_days, &scratch.costs)?.cost;
    (cost < f64::INFINITY).then(|| Path { cost, least: f64::NEG_INFINITY, picks: legal.clone() })
}

/// The cheapest of the few lines that look best at every date, by what their rest costs at least, of those whose units grow
/// steadily.
fn cheapest_of_few(
    model: &AgentModel,
    counters: &Counters,
    exact: &[ResourceWindow],
    completion: Option<CompletionBound>,
    scratch: &mut Scratch,
) -> Option<Path> {
    /// Labels kept of a cell, and those kept if so few lead to no line.
    const KEPT: [usize; 2] = [2, 10];
    /// Longest shifts by which units may lie off a steady growth, and those that make a cell.
    const OFF: i32 = 4;
    const GRAIN: i32 = 2;
    let narrow = corridor(model, counters, exact, OFF * counters.longest);
    let mut cut = Cut { grain: GRAIN * counters.longest, completion, ..Cut::kept(0) };
    KEPT.into_iter().find_map(|kept| {
        cut.kept = kept;
        cheapest_between(model, counters, narrow.clone(), &cut, scratch).found()
    })
}

/// The same with a little saved of everything limited at every date.
fn cheapest_sparing(
    model: &AgentModel,
    counters: &Counters,
    exact: &[ResourceWindow],
    hint: &PriceHint,
    scratch: &mut Scratch,
) -> Option<Path> {
    let completion = CompletionBound::sparing(model, counters, (&scratch.costs, &scratch.allowed), hint);
    cheapest_of_few(model, counters, exact, Some(completion), scratch)
}

/// The cheapest of some lines whose units grow steadily, few labels kept of a cell.
fn cheapest_of_steady(
    model: &AgentModel,
    counters: &Counters,
    exact: &[ResourceWindow],
    scratch: &mut Scratch,
) -> Option<Path> {
    /// Cells of the narrowest corridor, how many times that next, and corridors.
    const CELLS: usize = 30_000;
    const TIMES: usize = 10;
    const CORRIDORS: u32 = 2;
    /// Labels kept of a cell.
    const KEPT: usize = 2;
    let states: usize = model.days.iter().map(|day| day.step.states).sum();
    (0..CORRIDORS).find_map(|width| {
        let half = i32::try_from(CELLS * TIMES.pow(width) / (2 * states.max(1))).unwrap_or(i32::MAX).max(2);
        cheapest_between(model, counters, corridor(model, counters, exact, half), &Cut::kept(KEPT), scratch).found()
    })
}

/// Which labels a search leaves out.
struct Cut {
    /// Those that come to so much at least.
    limit: f64,
    /// The dearest of a cell beyond so many.
    kept: usize,
    /// How many neighbouring units share a cell.
    grain: i32,
    /// All, once there were so many.
    labels: usize,
    /// What the rest of a line costs at least, where that is known.
    completion: Option<CompletionBound>,
}

impl Cut {
    /// The dearest of a cell beyond so many.
    fn kept(kept: usize) -> Self {
        Self { limit: f64::INFINITY, kept, grain: 1, labels: usize::MAX, completion: None }
    }
}

/// What a search found.
enum Searched {
    Found(Path),
    /// No line costs less than the limit.
    Nothing,
    TooMany,
}

impl Searched {
    fn found(self) -> Option<Path> {
        match self {
            Self::Found(path) => Some(path),
            Self::Nothing | Self::TooMany => None,
        }
    }
}

/// The cheapest line whose units keep within some bounds, of the labels that are left in.
fn cheapest_between(
    model: &AgentModel,
    counters: &Counters,
    windows: Vec<ResourceWindow>,
    cut: &Cut,
    scratch: &mut Scratch,
) -> Searched {
    let mut buckets = std::mem::take(&mut scratch.buckets);
    buckets.windows = windows;
    buckets.limit = cut.limit;
    buckets.most = cut.kept;
    buckets.grain = cut.grain;
    buckets.completion.clone_from(&cut.completion);
    buckets.watched = match &cut.completion {
        _ if cut.kept < usize::MAX => counters.all(),
        Some(completion) => completion.priced(counters),
        None => WatchedLimits::default(),
    };
    let searched = loop {
        scratch.labels.clear();
        buckets.start(1, &PrefixState::start(model, counters));
        for week in 0..model.clocks.len() {
            run_week(model, counters, week, &mut buckets, scratch);
            if scratch.labels.len() > cut.labels {
                break;
            }
        }
        if scratch.labels.len() > cut.labels {
            break Searched::TooMany;
        }
        let best = buckets.now.cheapest(0).copied().filter(|best| best.cost < buckets.limit);
        let Some(best) = best else { break Searched::Nothing };
        if !counters.watch(best.counts, &mut buckets.watched) {
            break Searched::Found(path_to(best.label, best.cost, &scratch.labels));
        }
    };
    scratch.buckets = buckets;
    searched
}

/// The same where a legal line is known and all but its free dates are settled: labels run from the week of the first
/// free date until each has come back to the state that the known line has, from where it goes on as that does.
pub(super) fn cheapest_path_within(
    model: &AgentModel,
    counters: &Counters,
    fixed_days: &FixedDays,
    scratch: &mut Scratch,
) -> Option<Path> {
    let (first, last) = fixed_days.free_dates()?;
    let Some(known) = FallbackLine::walk(model, counters, fixed_days, &scratch.costs) else {
        return cheapest_path(model, counters, scratch);
    };
    if model.effort > LONG && fixed_days.free.iter().all(|free| *free) {
        return cheapest_path(model, counters, scratch).filter(|path| path.cost < known.cost);
    }
    let mut buckets = std::mem::take(&mut scratch.buckets);
    buckets.windows = windows(model, counters, &scratch.allowed);
    buckets.hope_for(model, &scratch.costs, &fixed_days.free);
    buckets.watched = WatchedLimits::default();
    buckets.completion = None;
    buckets.most = usize::MAX;
    buckets.grain = 1;
    let start = first - first % 7;
    let back = loop {
        scratch.labels.clear();
        buckets.limit = known.cost + ROUNDING;
        buckets.start(model.days[start].step.states, &known.prefixes[start]);
        let back = run_until_back(model, counters, &known, start / 7, last, &mut buckets, scratch);
        if back.is_none_or(|back| !counters.watch(back.counts, &mut buckets.watched)) {
            break back;
        }
    };
    scratch.buckets = buckets;
    let is_cut = scratch.labels.len() > MOST_WITHIN;
    let Some(back) = back else {
        let itself = || Path {
            cost: known.cost,
            least: f64::NEG_INFINITY,
            picks: fixed_days.picks(0..model.days.len()).collect(),
        };
        return (is_cut && known.cost < f64::INFINITY).then(itself);
    };
    let mut path = path_to(back.label, back.cost, &scratch.labels);
    if is_cut {
        path.least = f64::NEG_INFINITY;
    }
    path.picks.splice(0..0, fixed_days.picks(0..start));
    path.picks.extend(fixed_days.picks(back.day..model.days.len()));
    Some(path)
}

/// Labels beside a known line, at most.
const MOST_WITHIN: usize = 50_000;

/// Runs from the start of a week until every label is back at the known line after the last free date.
fn run_until_back(
    model: &AgentModel,
    counters: &Counters,
    known: &FallbackLine,
    first_week: usize,
    last: usize,
    buckets: &mut BucketSearch,
    scratch: &mut Scratch,
) -> Option<Back> {
    let mut back: Option<Back> = None;
    for week in first_week..model.clocks.len() {
        let days = 7 * week..(7 * week + 7).min(model.days.len());
        if model.weekly_rest > 0 || model.clocks[week].len() > 1 {
            if days.start > last && buckets.come_back(known, days.start, &mut back) {
                return back;
            }
            run_week(model, counters, week, buckets, scratch);
            if scratch.labels.len() > MOST_WITHIN {
                return back;
            }
            continue;
        }
        for day in days {
            if day > last && buckets.come_back(known, day, &mut back) {
                return back;
            }
            run_date(model, counters, day, model.clocks[week][0], buckets, scratch);
            if scratch.labels.len() > MOST_WITHIN {
                return back;
            }
        }
    }
    buckets.come_back(known, model.days.len(), &mut back);
    back
}

/// The cheapest label that came back to the known line.
#[derive(Clone, Copy, Debug)]
struct Back {
    cost: f64,
    counts: CounterValues,
    label: u32,
    /// The date from which it goes on as the known line does.
    day: usize,
}

/// A difference in cost that is only rounding.
const ROUNDING: f64 = 1e-7;

impl BucketSearch {
    /// What the free dates after each date can save at most.
    fn hope_for(&mut self, model: &AgentModel, costs: &[Vec<f64>], free: &[bool]) {
        let mut hope = 0.0;
        for (windows, (of, (costs, free))) in
            self.windows.iter_mut().zip(model.days.iter().zip(costs.iter().zip(free))).rev()
        {
            windows.hope = hope;
            hope += of.least_toll;
            hope += if *free { costs.iter().copied().fold(0.0, f64::min) } else { 0.0 };
        }
    }

    /// Takes out the labels that can go on as the known line does from a date on; tells whether none is left that could be cheaper.
    fn come_back(&mut self, known: &FallbackLine, day: usize, back: &mut Option<Back>) -> bool {
        let (at, end) = (&known.prefixes[day], &known.prefixes[known.prefixes.len() - 1]);
        let latest = match day.checked_sub(1) {
            _ if day + 1 == known.prefixes.len() => i32::MAX,
            Some(before) => at.end.max(self.windows[before].end),
            None => at.end,
        };
        for entry in self.now.of(2 * at.state).chain(self.now.of(2 * at.state + 1)) {
            let counts = entry.counts + (end.counts - at.counts);
            let can = entry.end <= latest && !self.watched.exceeded(counts);
            let cost = entry.cost + (end.cost - at.cost);
            if can && back.is_none_or(|back| cost < back.cost) {
                *back = Some(Back { cost, counts, label: entry.label, day });
            }
        }
        let limit = back.map_or(self.limit, |back| back.cost - ROUNDING);
        self.limit = self.limit.min(limit);
        !self.now.all().any(|entry| entry.cost < limit)
    }
}
