//! What history leaves above its baseline after the sends of past events: the data that events are learned from.

use crate::domain::event::Kernel;
use crate::domain::units::Minutes;
use crate::forecast::calendar::queue_history::{QueueHistory, RegionHistory};
use crate::forecast::profile::region_profile::Profile;

use super::kernel::KernelTable;
use super::model::{EventModel, minutes_between, prior};
use super::sums::DaySums;

/// Intervals are taken together up to this many minutes.
const LONGEST_BIN: i64 = 60;
/// Variance of an hour beyond counting noise, relative to its squared mean.
const EXCESS: f64 = 0.02;

/// One event in one region: what the baseline leaves, from the first send on.
pub(super) struct Window {
    /// Position of the event in the model.
    pub(crate) event: usize,
    region: usize,
    /// Position of the first interval in the history's grid.
    first: usize,
    /// Minutes of one interval.
    step: f64,
    /// Days touched, in the region's local time.
    days: usize,
    /// Stretches of known, open intervals of a day, an hour at most.
    bins: Vec<Bin>,
    /// Minutes from each send to the first interval, and the people it reached.
    sends: Vec<(f64, f64)>,
}

/// A stretch of intervals of a window.
struct Bin {
    /// Positions in the window, from and until.
    span: (usize, usize),
    /// Days after the window's first.
    day: usize,
    /// Contacts counted less the baseline.
    above: f64,
    /// The same less all other events.
    left: f64,
    /// The baseline.
    baseline: f64,
    /// The baseline and what events add.
    expected: f64,
    /// One over the variance.
    weight: f64,
}

/// The windows of all events that lie in the first `known` intervals, event by event.
pub(crate) fn windows(
    model: &EventModel<'_>,
    history: &QueueHistory<'_>,
    known: usize,
    profiles: &[Option<Profile<'_>>],
) -> Vec<Window> {
    let mut windows = Vec::new();
    for event in 0..model.events.len() {
        for (region, profile) in profiles.iter().enumerate() {
            windows.extend(profile.as_ref().and_then(|profile| window(model, event, region, history, profile, known)));
        }
    }
    windows
}

fn window(
    model: &EventModel<'_>,
    event: usize,
    region: usize,
    history: &QueueHistory<'_>,
    profile: &Profile<'_>,
    known: usize,
) -> Option<Window> {
    let of = &model.events[event];
    let sends = model.sends(of.event, region);
    let first = sends.iter().map(|send| send.0).min()?;
    let last = sends.iter().map(|send| send.0).max()?;
    let until = last + Minutes::hours(24 * prior(of.event.kind).window_days).duration();
    let range = history.grid.range(first - history.grid.interval().duration(), until);
    let range = range.start..range.end.min(known);
    let counts = history.regions[region].offered?;
    if range.is_empty() {
        return None;
    }
    let start = history.grid.start_of(range.start);
    let baseline = expected(profile, &history.regions[region], range.clone());
    let most = usize::try_from(LONGEST_BIN / history.grid.interval().get().max(1)).unwrap_or(1).max(1);
    let placement = &history.regions[region].placement;
    let first_day = placement.of(range.start).0;
    let mut bins: Vec<Bin> = Vec::new();
    for (at, (interval, expected)) in range.clone().zip(&baseline).enumerate() {
        let Some(count) = counts.get(interval).filter(|_| !expected.is_nan()) else { continue };
        let day = usize::try_from((placement.of(interval).0 - first_day).num_days()).unwrap_or(0);
        match bins.last_mut() {
            Some(bin) if bin.span.1 == at && at - bin.span.0 < most && bin.day == day => {
                bin.span.1 = at + 1;
                bin.above += count - expected;
                bin.baseline += expected;
            }
            _ => bins.push(Bin {
                span: (at, at + 1),
                day,
                above: count - expected,
                left: 0.0,
                baseline: *expected,
                expected: 0.0,
                weight: 0.0,
            }),
        }
    }
    for bin in &mut bins {
        bin.left = bin.above;
        bin.weigh(0.0);
    }
    let sends = sends.iter().map(|(sent, people)| (minutes_between(*sent, start), *people)).collect();
    let step = history.grid.interval().get() as f64;
    let days = bins.last().map_or(0, |bin| bin.day + 1);
    Some(Window { event, region, first: range.start, step, days, bins, sends })
}

/// The baseline with holidays in each interval of a range; NaN where the region is closed or its line was dead.
fn expected(profile: &Profile<'_>, region: &RegionHistory<'_>, range: std::ops::Range<usize>) -> Vec<f64> {
    let mut today = None;
    range
        .map(|at| {
            let (date, slot) = region.placement.of(at);
            let total = match today {
                Some((day, total)) if day == date => total,
                _ => profile.total(date),
            };
            today = Some((date, total));
            let known = profile.days.get(profile.days.position(date), slot).is_some();
            if known { total * profile.shape.of(date)[slot] } else { f64::NAN }
        })
        .collect()
}

/// Takes from each window what all other events add to it, and weighs it by what is now expected.
pub(super) fn leave_others_out(model: &EventModel<'_>, windows: &mut [Window], history: &QueueHistory<'_>) {
    for region in 0..history.regions.len() {
        let extras: Vec<Option<Vec<f64>>> =
            model.events.iter().map(|known| model.extra(known, region, &history.grid)).collect();
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

impl Bin {
    /// The weight that the variance of what is expected deserves: the baseline and what events add.
    fn weigh(&mut self, extra: f64) {
        let mean = self.baseline + extra;
        self.expected = mean;
        self.weight = 1.0 / (mean + EXCESS * mean * mean + 0.5);
    }
}

impl Window {
    /// Adds the sums of each day, from the first send's on, given the people whose response a kernel lets arrive in
    /// each bin.
    pub(super) fn add_days(&self, table: &KernelTable, days: &mut Vec<DaySums>) {
        if days.len() < self.days {
            days.resize(self.days, DaySums::default());
        }
        self.each_bin(table, |bin, people| days[bin.day].add(bin.weight, people, bin.left, bin.expected));
    }

    fn each_bin(&self, table: &KernelTable, mut visit: impl FnMut(&Bin, f64)) {
        let arrived = |at: usize| -> f64 {
            let elapsed = at as f64 * self.step;
            self.sends.iter().map(|(first, people)| people * table.arrived(first + elapsed)).sum()
        };
        let (mut edge, mut before) = (usize::MAX, 0.0);
        for bin in &self.bins {
            if bin.span.0 != edge {
                before = arrived(bin.span.0);
            }
            let after = arrived(bin.span.1);
            visit(bin, after - before);
            (edge, before) = (bin.span.1, after);
        }
    }

    fn longest(&self) -> f64 {
        let last = self.bins.last().map_or(0, |bin| bin.span.1);
        self.sends.iter().map(|send| send.0).fold(0.0, f64::max) + last as f64 * self.step
    }
}

/// A table of a kernel, `step` minutes apart, long enough for all windows.
pub(super) fn table(kernel: Kernel, step: f64, windows: &[&Window]) -> KernelTable {
    KernelTable::new(kernel, step, windows.iter().map(|window| window.longest()).fold(0.0, f64::max))
}
