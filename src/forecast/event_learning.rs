//! What past events teach: kernel and response by kind, response by event.
//!
//! Per queue, events of a kind share a Weibull kernel. It is found by weighted least squares on what history leaves
//! above a baseline that was fitted without the events' days: over a grid of shapes and scales that is then refined,
//! with a wide log-normal prior. Given the kernel, the response of each event is a regression through the origin, shrunk
//! towards the mean of its kind, and that mean towards a wide prior, each by the precision it deserves (the normal
//! hierarchical model; Gelman et al., Bayesian Data Analysis, 3rd ed., ch. 5). An event without data of its own thus has
//! the mean of its kind, and one event alone already teaches much.

use crate::domain::event::EventKind;
use crate::domain::units::Minutes;

use super::events::{EventModel, KindModel, minutes_between, prior, weibull};
use super::kernel::Table;
use super::profile::Profile;
use super::world::QueueWorld;

/// Prior standard deviations of the logarithms of a kernel's scale and shape.
const SCALE_SPREAD: f64 = 0.8;
const SHAPE_SPREAD: f64 = 0.35;
/// Factors on the prior's scale and shape where the search begins; its steps are halved this many times.
const SCALES: i32 = 5;
const SHAPES: i32 = 2;
const SCALE_STEP: f64 = 0.5;
const SHAPE_STEP: f64 = 0.35;
const REFINEMENTS: i32 = 4;
/// Intervals are taken together up to this many minutes.
const LONGEST_BIN: i64 = 60;
/// Prior spread of responses within a kind, relative to their mean, and how many events it weighs.
const RESPONSE_SPREAD: f64 = 0.25;
const SPREAD_EVENTS: f64 = 3.0;
/// Variance of an interval beyond counting noise, relative to its squared mean.
const EXCESS: f64 = 0.02;

/// One event in one region: what the baseline leaves, from the first send on.
struct Window {
    event: usize,
    region: usize,
    /// Position of the first interval in the history's grid.
    first: usize,
    /// Stretches of known, open intervals, an hour at most.
    bins: Vec<Bin>,
    /// Minutes from each send to the first interval, and the people it reached.
    sends: Vec<(f64, f64)>,
}

/// A stretch of intervals of a window.
struct Bin {
    /// Positions in the window, from and until.
    span: (usize, usize),
    /// Contacts counted less the baseline.
    above: f64,
    /// The same less all other events.
    left: f64,
    /// The baseline.
    baseline: f64,
    /// One over the variance.
    weight: f64,
}

/// Sums of a regression through the origin.
#[derive(Clone, Copy, Default)]
struct Sums {
    xx: f64,
    xy: f64,
}

impl EventModel<'_> {
    /// Learns from the first `known` intervals, given one baseline profile per region.
    pub(super) fn learn(&mut self, world: &QueueWorld<'_>, known: usize, profiles: &[Option<Profile<'_>>]) {
        let mut windows: Vec<Window> = Vec::new();
        for event in 0..self.events.len() {
            for (region, profile) in profiles.iter().enumerate() {
                windows.extend(profile.as_ref().and_then(|profile| self.window(event, region, world, profile, known)));
            }
        }
        if windows.is_empty() {
            return;
        }
        // The second sweep sees what overlapping events leave of each other, and weighs by the size of effects.
        for sweep in 0..2 {
            if sweep > 0 {
                self.leave_others_out(&mut windows, world);
            }
            let kinds: Vec<EventKind> = self.kinds.keys().copied().collect();
            for kind in kinds {
                let of_kind: Vec<&Window> =
                    windows.iter().filter(|window| self.events[window.event].event.kind == kind).collect();
                let model = learn_kernel(kind, &of_kind, world.grid.interval());
                self.settle(kind, model, &of_kind, world.grid.interval());
            }
        }
    }

    fn window(
        &self,
        event: usize,
        region: usize,
        world: &QueueWorld<'_>,
        profile: &Profile<'_>,
        known: usize,
    ) -> Option<Window> {
        let of = &self.events[event];
        let sends = self.sends(of.event, region);
        let first = sends.iter().map(|send| send.0).min()?;
        let last = sends.iter().map(|send| send.0).max()?;
        let until = last + Minutes::hours(24 * prior(of.event.kind).window_days).duration();
        let range = world.grid.range(first - world.grid.interval().duration(), until);
        let range = range.start..range.end.min(known);
        let counts = world.regions[region].offered?;
        if range.is_empty() {
            return None;
        }
        let start = world.grid.start_of(range.start);
        let baseline = expected(profile, &world.regions[region], range.clone());
        let most = usize::try_from(LONGEST_BIN / world.grid.interval().get().max(1)).unwrap_or(1).max(1);
        let mut bins: Vec<Bin> = Vec::new();
        for (at, (interval, expected)) in range.clone().zip(&baseline).enumerate() {
            let Some(count) = counts.get(interval).filter(|_| !expected.is_nan()) else { continue };
            match bins.last_mut() {
                Some(bin) if bin.span.1 == at && at - bin.span.0 < most => {
                    bin.span.1 = at + 1;
                    bin.above += count - expected;
                    bin.baseline += expected;
                }
                _ => bins.push(Bin {
                    span: (at, at + 1),
                    above: count - expected,
                    left: 0.0,
                    baseline: *expected,
                    weight: 0.0,
                }),
            }
        }
        for bin in &mut bins {
            bin.left = bin.above;
            bin.weigh(0.0);
        }
        let sends = sends.iter().map(|(sent, people)| (minutes_between(*sent, start), *people)).collect();
        Some(Window { event, region, first: range.start, bins, sends })
    }

    /// Takes from each window what all other events add to it, and weighs it by what is now expected.
    fn leave_others_out(&self, windows: &mut [Window], world: &QueueWorld<'_>) {
        for region in 0..world.regions.len() {
            let extras: Vec<Option<Vec<f64>>> =
                self.events.iter().map(|known| self.extra(known, region, &world.grid)).collect();
            for window in windows.iter_mut().filter(|window| window.region == region) {
                for bin in &mut window.bins {
                    let span = window.first + bin.span.0..window.first + bin.span.1;
                    let added =
                        |extra: &Option<Vec<f64>>| extra.as_ref().map_or(0.0, |extra| extra[span.clone()].iter().sum());
                    let own = added(&extras[window.event]);
                    let all: f64 = extras.iter().map(added).sum();
                    bin.left = bin.above - (all - own);
                    bin.weigh(all);
                }
            }
        }
    }

    /// Responses given a kernel: each event's own, shrunk towards the kind's mean; the mean, shrunk towards the prior.
    fn settle(&mut self, kind: EventKind, kernel: (f64, f64), windows: &[&Window], interval: Minutes) {
        let prior = prior(kind);
        let learned = weibull(kernel.0, kernel.1);
        let mut sums = vec![Sums::default(); self.events.len()];
        for window in windows {
            let own = self.events[window.event].event.kernel.unwrap_or(learned);
            sums[window.event].add(window.sums(&table(own, kind, &[window], interval), interval));
        }
        let seen: Vec<Sums> = sums.iter().copied().filter(|sums| sums.xx > 0.0).collect();
        let mean_of = |spread: f64| {
            let start = (prior.response.powi(-1), prior.response.powi(-2));
            let precision = |sums: &Sums| 1.0 / (1.0 / sums.xx + spread * spread);
            let (above, below) = seen
                .iter()
                .fold(start, |total, sums| (total.0 + precision(sums) * sums.xy / sums.xx, total.1 + precision(sums)));
            ((above / below).max(0.0), 1.0 / below)
        };
        // The spread of responses around their mean, by moments, leaning on its prior.
        let (rough, _) = mean_of(RESPONSE_SPREAD * prior.response);
        let scatter: f64 = seen.iter().map(|sums| ((sums.xy / sums.xx - rough).powi(2) - 1.0 / sums.xx).max(0.0)).sum();
        let relative = (scatter / rough.max(1e-12).powi(2)).min(seen.len() as f64);
        let spread =
            ((relative + SPREAD_EVENTS * RESPONSE_SPREAD.powi(2)) / (seen.len() as f64 + SPREAD_EVENTS)).sqrt();
        let (mean, variance) = mean_of(spread * rough);
        let around = (spread * mean).powi(2).max(1e-18);
        for (known, sums) in self.events.iter_mut().zip(&sums).filter(|(known, _)| known.event.kind == kind) {
            let own = (sums.xy + mean / around) / (sums.xx + 1.0 / around);
            known.response = known.stated.response.unwrap_or(own.max(0.0));
            known.kernel = known.event.kernel.unwrap_or(learned);
        }
        let uncertainty = (spread * spread + variance / mean.max(1e-12).powi(2)).sqrt().min(1.0);
        self.kinds.insert(kind, KindModel { kernel: learned, response: mean, spread: uncertainty });
    }
}

/// The baseline with holidays in each interval of a range; NaN where the region is closed.
fn expected(profile: &Profile<'_>, region: &super::world::RegionWorld<'_>, range: std::ops::Range<usize>) -> Vec<f64> {
    let mut today = None;
    range
        .map(|at| {
            let (date, slot) = region.placement.of(at);
            let total = match today {
                Some((day, total)) if day == date => total,
                _ => profile.total(date),
            };
            today = Some((date, total));
            if region.calendar.is_open(date, slot) { total * profile.shape.of(date)[slot] } else { f64::NAN }
        })
        .collect()
}

impl Bin {
    /// The weight that the variance of what is expected deserves: the baseline and what events add.
    fn weigh(&mut self, extra: f64) {
        let mean = self.baseline + extra;
        self.weight = 1.0 / (mean + EXCESS * mean * mean + 0.5);
    }
}

impl Window {
    fn longest(&self, interval: Minutes) -> f64 {
        let last = self.bins.last().map_or(0, |bin| bin.span.1);
        self.sends.iter().map(|send| send.0).fold(0.0, f64::max) + last as f64 * interval.get() as f64
    }

    fn sums(&self, table: &Table, interval: Minutes) -> Sums {
        let step = interval.get() as f64;
        let arrived = |at: usize| -> f64 {
            let elapsed = at as f64 * step;
            self.sends.iter().map(|(first, people)| people * table.arrived(first + elapsed)).sum()
        };
        let mut sums = Sums::default();
        let (mut edge, mut before) = (usize::MAX, 0.0);
        for bin in &self.bins {
            if bin.span.0 != edge {
                before = arrived(bin.span.0);
            }
            let after = arrived(bin.span.1);
            let people = after - before;
            sums.xx += bin.weight * people * people;
            sums.xy += bin.weight * people * bin.left;
            (edge, before) = (bin.span.1, after);
        }
        sums
    }
}

/// A table of a kernel in steps of a sixtieth of its kind's usual scale.
fn table(kernel: crate::domain::event::Kernel, kind: EventKind, windows: &[&Window], interval: Minutes) -> Table {
    let longest = windows.iter().map(|window| window.longest(interval)).fold(0.0, f64::max);
    let step = prior(kind).scale_hours.clamp(5.0, 60.0);
    Table::new(kernel, step, longest)
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.xx += other.xx;
        self.xy += other.xy;
    }
}

/// Shape and scale (hours) of the kernel that explains most of all windows, less what the prior charges.
fn learn_kernel(kind: EventKind, windows: &[&Window], interval: Minutes) -> (f64, f64) {
    let prior = prior(kind);
    let place = |shape: f64, scale: f64| {
        (prior.shape * (shape * SHAPE_STEP).exp(), prior.scale_hours * (scale * SCALE_STEP).exp())
    };
    let score = |shape: f64, scale: f64| -> f64 {
        let (kernel_shape, kernel_scale) = place(shape, scale);
        let table = table(weibull(kernel_shape, kernel_scale), kind, windows, interval);
        let mut explained = 0.0;
        for group in windows.chunk_by(|one, next| one.event == next.event) {
            let mut sums = Sums::default();
            for window in group {
                sums.add(window.sums(&table, interval));
            }
            explained += if sums.xx > 0.0 { sums.xy.max(0.0).powi(2) / sums.xx } else { 0.0 };
        }
        let charge = (shape * SHAPE_STEP / SHAPE_SPREAD).powi(2) + (scale * SCALE_STEP / SCALE_SPREAD).powi(2);
        0.5 * (explained - charge)
    };
    let mut best = (score(0.0, 0.0), 0.0, 0.0);
    let consider = |best: &mut (f64, f64, f64), shape: f64, scale: f64| {
        let found = score(shape, scale);
        if found > best.0 {
            *best = (found, shape, scale);
        }
    };
    for shape in -SHAPES..=SHAPES {
        for scale in -SCALES..=SCALES {
            consider(&mut best, f64::from(shape), f64::from(scale));
        }
    }
    for refinement in 1..=REFINEMENTS {
        let step = 0.5f64.powi(refinement);
        let (_, shape, scale) = best;
        for (along, across) in
            [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (1.0, -1.0)]
        {
            consider(&mut best, shape + along * step, scale + across * step);
        }
    }
    place(best.1, best.2)
}
