//! The cheapest line where something is counted over weeks or the whole plan.
//!
//! Labels as in [`super::pricing`], each with its paid units so far in the settlement period and its counts
//! ([`super::tally`]). Labels of one state and as many units are kept unless another is no dearer, ended no later and has
//! no higher count. What the dates still to come can add in units, by their latitudes and the runs that the rules
//! allow, cuts labels that can no longer end within their period's limits.

use super::agents::{AgentDay, AgentModel};
use super::latitude::Latitude;
use super::pricing::{Label, Path, Scratch, path_to};
use super::states::NOWHERE;
use super::tally::{Counts, Tally};

/// Scratch space.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    now: Layer,
    next: Layer,
    bounds: Vec<Bounds>,
}

/// What matters of a line so far.
#[derive(Clone, Copy, Debug)]
struct Entry {
    cost: f64,
    /// End of the last shift, minutes of the axis, or a later time by which nothing is lost.
    end: i32,
    /// Paid units of the settlement period so far.
    units: i32,
    counts: Counts,
    label: u32,
    /// The next entry of the same cell.
    next: u32,
}

/// Labels before a date, by state, whether the week has had its long rest, and units.
#[derive(Clone, Debug, Default)]
struct Layer {
    heads: Vec<u32>,
    entries: Vec<Entry>,
    least: i32,
    width: usize,
}

/// Units that labels after a date can have and still finish.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    least: i32,
    most: i32,
    /// An end before this loses nothing against it.
    end: i32,
    /// What settled dates to come add to the counts, weekends aside.
    adds: Counts,
}

const NONE: u32 = u32::MAX;

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}

impl Layer {
    fn clear(&mut self, states: usize, bounds: &Bounds) {
        self.least = bounds.least;
        self.width = usize::try_from(bounds.most - bounds.least + 1).unwrap_or(0);
        self.entries.clear();
        self.heads.clear();
        self.heads.resize(2 * states * self.width, NONE);
    }

    /// Keeps an entry unless one of its cell is as good, and tells whether; drops those that are no better.
    fn offer(&mut self, tally: &Tally, place: usize, entry: Entry) -> bool {
        let Some(column) = usize::try_from(entry.units - self.least).ok().filter(|column| *column < self.width) else {
            return false;
        };
        let head = place * self.width + column;
        let (mut before, mut at) = (NONE, self.heads[head]);
        while at != NONE {
            let known = self.entries[at as usize];
            if known.cost <= entry.cost && known.end <= entry.end && tally.no_more(known.counts, entry.counts) {
                return false;
            }
            if entry.cost <= known.cost && entry.end <= known.end && tally.no_more(entry.counts, known.counts) {
                match before {
                    NONE => self.heads[head] = known.next,
                    before => self.entries[before as usize].next = known.next,
                }
            } else {
                before = at;
            }
            at = known.next;
        }
        self.entries.push(Entry { next: self.heads[head], ..entry });
        self.heads[head] = small(self.entries.len() - 1);
        true
    }

    /// The entries of a state.
    fn of(&self, place: usize) -> impl Iterator<Item = &Entry> {
        let heads = &self.heads[place * self.width..(place + 1) * self.width];
        heads.iter().flat_map(|&head| {
            std::iter::successors(self.entries.get(head as usize), |entry| self.entries.get(entry.next as usize))
        })
    }
}

/// The cheapest line within the latitudes, given the cost of every choice.
pub(super) fn cheapest_path(model: &AgentModel, tally: &Tally, scratch: &mut Scratch) -> Option<Path> {
    let mut layers = std::mem::take(&mut scratch.layers);
    layers.bounds = bounds(model, tally, &scratch.latitudes);
    layers.now.clear(1, &Bounds::default());
    let first = Entry { cost: model.base, end: model.before, units: 0, counts: tally.start, label: NONE, next: NONE };
    layers.now.offer(tally, 0, first);
    for (week, clocks) in model.clocks.iter().enumerate() {
        match clocks.as_slice() {
            [clock] => run_week(model, tally, week, *clock, &mut layers, scratch),
            clocks => run_week_by_clock(model, tally, week, clocks, &mut layers, scratch),
        }
    }
    let ended = layers.now.of(0).chain(layers.now.of(1));
    let best = ended.min_by(|a, b| a.cost.total_cmp(&b.cost)).map(|best| (best.label, best.cost));
    scratch.layers = layers;
    best.map(|(label, cost)| path_to(label, cost, &scratch.labels))
}

/// Extends all labels over a rule week, once for each span of the clock in which its shifts may start.
fn run_week_by_clock(
    model: &AgentModel,
    tally: &Tally,
    week: usize,
    clocks: &[(u16, u16)],
    layers: &mut Layers,
    scratch: &mut Scratch,
) {
    let before = layers.now.clone();
    let mut together: Option<Layer> = None;
    for &clock in clocks {
        layers.now.clone_from(&before);
        run_week(model, tally, week, clock, layers, scratch);
        let Some(together) = &mut together else {
            together = Some(layers.now.clone());
            continue;
        };
        for place in 0..layers.now.heads.len() / layers.now.width.max(1) {
            for entry in layers.now.of(place) {
                together.offer(tally, place, *entry);
            }
        }
    }
    layers.now = together.unwrap_or_default();
}

/// Extends all labels over a rule week whose shifts start within a span of the clock.
fn run_week(
    model: &AgentModel,
    tally: &Tally,
    week: usize,
    clock: (u16, u16),
    layers: &mut Layers,
    scratch: &mut Scratch,
) {
    for (day, of) in model.days.iter().enumerate().skip(7 * week).take(7) {
        let after = model.days.get(day + 1).map_or(1, |next| next.step.states);
        run_day(model, tally, (day, of), after, clock, layers, scratch);
        if (day + 1).is_multiple_of(7) {
            close_week(model, tally, day / 7, after, layers);
        }
        close_period(tally, day, after, layers);
    }
}

/// Extends all labels over one date: a day off, or one of its shifts.
fn run_day(
    model: &AgentModel,
    tally: &Tally,
    (day, of): (usize, &AgentDay),
    after: usize,
    clock: (u16, u16),
    layers: &mut Layers,
    scratch: &mut Scratch,
) {
    let Layers { now, next, bounds } = layers;
    let Scratch { costs, labels, latitudes, .. } = scratch;
    let bounds = &bounds[day];
    let open = latitudes[day].choices(of.choices.len());
    let may_rest = !matches!(latitudes[day], Latitude::Only(_));
    let width = of.step.next.len().checked_div(of.step.states).unwrap_or(0);
    let week_start = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.0);
    let counts_units = tally.period(day).is_some();
    next.clear(after, bounds);
    for state in 0..of.step.states {
        let row = state * width..(state + 1) * width;
        let (to, toll, weekend) = (&of.step.next[row.clone()], &of.step.toll[row.clone()], &of.step.weekend[row]);
        for rested in 0..2 {
            for entry in now.of(2 * state + rested) {
                if may_rest && to[0] != NOWHERE {
                    let end = entry.end.max(bounds.end);
                    next.offer(tally, 2 * to[0] as usize + rested, Entry { end, ..*entry });
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
                    let (units, adds) = of.adds[choice.class];
                    let units = if counts_units { units } else { 0 };
                    let counts = entry.counts + adds + if weekend[move_by] { tally.weekend } else { 0 };
                    if !tally.holds(counts) || !tally.holds(counts + bounds.adds) || entry.units + units > bounds.most {
                        continue;
                    }
                    let long = choice.start - model.weekly_rest;
                    let rested = rested == 1 || (long >= week_start && entry.end <= long);
                    let longer = Entry {
                        cost: entry.cost + cost + toll[move_by],
                        end: of.ends[choice.end].max(bounds.end),
                        units: entry.units + units,
                        counts,
                        label: small(labels.len()),
                        next: NONE,
                    };
                    if next.offer(tally, 2 * to[move_by] as usize + usize::from(rested), longer) {
                        labels.push(Label { parent: entry.label, day: small(day), choice: small(index) });
                    }
                }
            }
        }
    }
    std::mem::swap(now, next);
}

/// Rested or not, a label enters the next week unrested, if its own week had the long rest.
fn close_week(model: &AgentModel, tally: &Tally, week: usize, states: usize, layers: &mut Layers) {
    let Some(&(start, end)) = model.weeks.get(week) else { return };
    let Layers { now, next, .. } = layers;
    let same = Bounds { least: now.least, most: now.least + i32::try_from(now.width).unwrap_or(0) - 1, ..Bounds::default() };
    next.clear(states, &same);
    for state in 0..states {
        let long = now.of(2 * state).filter(|entry| end - entry.end.max(start) >= model.weekly_rest);
        for entry in long.chain(now.of(2 * state + 1)) {
            next.offer(tally, 2 * state, *entry);
        }
    }
    std::mem::swap(now, next);
}

/// Units begin anew where a settlement period ends; labels outside its limits were cut by the bounds.
fn close_period(tally: &Tally, day: usize, states: usize, layers: &mut Layers) {
    if !tally.periods.iter().any(|period| period.days.end == day + 1) {
        return;
    }
    let Layers { now, next, .. } = layers;
    next.clear(states, &Bounds::default());
    for place in 0..2 * states {
        for entry in now.of(place) {
            next.offer(tally, place, Entry { units: 0, ..*entry });
        }
    }
    std::mem::swap(now, next);
}

/// What labels after each date may have.
fn bounds(model: &AgentModel, tally: &Tally, latitudes: &[Latitude]) -> Vec<Bounds> {
    let mut bounds = vec![Bounds::default(); model.days.len()];
    ends(model, &mut bounds);
    let mut adds = 0;
    for day in (0..model.days.len()).rev() {
        bounds[day].adds = adds;
        if let Latitude::Only(choice) = latitudes[day] {
            adds += model.days[day].adds[model.days[day].choices[choice].class].1;
        }
    }
    for period in &tally.periods {
        let mut ahead = Reach::default();
        for day in period.days.clone().rev() {
            let (least, most) = ahead.units(tally);
            bounds[day].least = (period.least - most).max(0);
            bounds[day].most = period.most - least;
            ahead.add(&model.days[day], latitudes[day], tally);
        }
        let mut behind = Reach::default();
        for day in period.days.clone() {
            behind.add(&model.days[day], latitudes[day], tally);
            let (least, most) = behind.units(tally);
            bounds[day].least = bounds[day].least.max(least);
            bounds[day].most = bounds[day].most.min(most).max(bounds[day].least - 1);
        }
    }
    bounds
}

/// The last end after each date from which every rest before the next possible start is kept all the same.
fn ends(model: &AgentModel, bounds: &mut [Bounds]) {
    let rest = model.daily_rest.max(model.weekly_rest);
    let mut earliest = i32::MAX >> 1;
    for day in (0..model.days.len()).rev() {
        let week_end = model.weeks.get(day / 7).map_or(i32::MIN >> 1, |week| week.1);
        bounds[day].end = earliest.min(week_end) - rest;
        earliest = model.days[day].choices.first().map_or(earliest, |choice| choice.start.min(earliest));
    }
}

/// Units that a stretch of dates can hold.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    /// Those of settled shifts.
    settled: i32,
    /// Most of the free dates before the last settled one.
    most: i32,
    /// Dates since then, the free ones among them, and their longest shift.
    run: usize,
    free: usize,
    longest: i32,
}

impl Reach {
    fn add(&mut self, day: &AgentDay, latitude: Latitude, tally: &Tally) {
        match latitude {
            Latitude::Any if !day.choices.is_empty() => {
                self.run += 1;
                self.free += 1;
                self.longest = day.adds.iter().map(|adds| adds.0).fold(self.longest, i32::max);
            }
            Latitude::Any | Latitude::Off => self.run += 1,
            Latitude::Only(choice) => {
                self.most = self.units(tally).1 - self.settled;
                (self.run, self.free, self.longest) = (0, 0, 0);
                self.settled += day.adds[day.choices[choice].class].0;
            }
        }
    }

    /// Least and most.
    fn units(&self, tally: &Tally) -> (i32, i32) {
        let days = tally.most_days(self.run).min(self.free);
        let free = i32::try_from(days).unwrap_or(0) * self.longest;
        (self.settled, self.settled + self.most + free)
    }
}
