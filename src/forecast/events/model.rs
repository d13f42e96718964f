//! What all events add: reach × response × kernel over the time since each send, in the customer's local time.
//!
//! The expected extra contacts of an event in an open interval `[t, t + Δ)` of one region are
//!
//! `reach × w_region × response × Σ_sends share × (F(t + Δ − send) − F(t − send))`
//!
//! with sends on the wall clock of the region's customers, `w` the region's part of the people reached (its declared
//! share, or its share of the queue's contacts) and `F` the kernel's distribution function. What would come while a
//! region is closed is lost: responses per person are those of a line that never closes. Overlapping events add.
//! What is not stated of an event is learned from the past ones: [`super::learning`].

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::event::{Event, EventKind, Kernel, QueueEffect};
use crate::domain::queue::Region;
use crate::domain::time::{Instant, IntervalGrid, instant_at_or_after};
use crate::domain::units::{Minutes, Share};
use crate::forecast::calendar::queue_history::QueueHistory;

use super::kernel::{SharedKernel, arrived, weibull};

/// Where the effect of a kind of event is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prior {
    /// What is believed of it before any was seen.
    pub(crate) belief: Belief,
    /// Days from a send in which the effect is looked for.
    pub(super) window_days: i64,
    /// Days from a send that the first baseline is fitted without.
    pub(crate) masked_days: i64,
}

/// What is believed of a kind of event on one queue before one of the queue's own was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Belief {
    /// Contacts per person reached, and its standard deviation relative to it.
    pub(crate) response: f64,
    /// Relative standard deviation of the response.
    pub(crate) response_spread: f64,
    /// Weibull shape of the kernel.
    pub(crate) shape: f64,
    /// Standard deviation of its logarithm.
    pub(crate) shape_spread: f64,
    /// Weibull scale of the kernel, hours.
    pub(crate) scale_hours: f64,
    /// Standard deviation of its logarithm.
    pub(crate) scale_spread: f64,
}

impl Belief {
    const fn of(response: f64, shape: f64, scale_hours: f64) -> Self {
        Self { response, response_spread: 1.0, shape, shape_spread: 0.35, scale_hours, scale_spread: 0.8 }
    }

    /// Minutes between the values of a kernel's table: a sixtieth of the usual scale.
    pub(crate) const fn step(&self) -> f64 {
        self.scale_hours.clamp(5.0, 60.0)
    }
}

/// Messages and news are answered within a day or two, recalls for weeks.
pub(crate) const fn prior(kind: EventKind) -> Prior {
    match kind {
        EventKind::Campaign => Prior { belief: Belief::of(0.005, 1.0, 14.0), window_days: 7, masked_days: 4 },
        EventKind::Recall => Prior { belief: Belief::of(0.1, 1.0, 72.0), window_days: 35, masked_days: 16 },
        EventKind::Announcement => Prior { belief: Belief::of(0.003, 1.2, 14.0), window_days: 7, masked_days: 4 },
    }
}

/// Days after a send beyond which nothing of any kernel is looked for.
const LONGEST_DAYS: i64 = 120;

/// What was learned for one kind of event on one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct KindModel {
    /// How responses spread.
    pub(crate) kernel: Kernel,
    /// Contacts per person reached.
    pub(crate) response: f64,
    /// The same kernel by shape and scale.
    pub(crate) shared: SharedKernel,
    /// Standard error of the mean response, contacts per person.
    pub(crate) response_error: f64,
    /// How far a new event's response may lie from the mean: one standard deviation, contacts per person.
    pub(crate) response_spread: f64,
    /// Standard error of the logarithm of the half-life.
    pub(crate) half_life_error: f64,
    /// How far the logarithm of a new event's half-life may lie from that of the kind.
    pub(crate) half_life_spread: f64,
    /// Past events that taught it.
    pub(crate) events: usize,
}

/// One event with what is used of it: stated where stated, learned else.
#[derive(Clone, Debug)]
pub(crate) struct KnownEvent<'a> {
    /// The event.
    pub(crate) event: &'a Event,
    /// What the planner stated for this queue.
    pub(crate) stated: QueueEffect,
    /// Contacts per person reached.
    pub(crate) response: f64,
    /// How they spread.
    pub(crate) kernel: Kernel,
    /// Standard deviation of the response relative to it; zero where stated.
    pub(crate) spread: f64,
}

/// All events of one queue that are known at an origin.
#[derive(Clone, Debug)]
pub(crate) struct EventModel<'a> {
    /// The events, in the workspace's order.
    pub(crate) events: Vec<KnownEvent<'a>>,
    /// What is believed of each kind.
    pub(crate) kinds: BTreeMap<EventKind, KindModel>,
    /// What was believed of each kind before the queue's own events were seen.
    pub(super) beliefs: BTreeMap<EventKind, Belief>,
    regions: Vec<&'a Region>,
    weights: Vec<f64>,
}

impl<'a> EventModel<'a> {
    /// The events known at `origin`, with nothing but the prior believed of them; `volumes` are the regions' contacts.
    pub(crate) fn before_learning(
        history: &QueueHistory<'a>,
        origin: Instant,
        volumes: Vec<f64>,
        believe: impl Fn(EventKind) -> Belief,
    ) -> Self {
        let regions: Vec<&Region> = history.regions.iter().map(|region| region.calendar.region()).collect();
        let declared: Option<Vec<f64>> = regions.iter().map(|region| region.share.map(Share::get)).collect();
        let weights = declared.filter(|shares| shares.iter().sum::<f64>() > 0.0).unwrap_or(volumes);
        let beliefs = BTreeMap::new();
        let mut model = Self { events: Vec::new(), kinds: BTreeMap::new(), beliefs, regions, weights };
        for event in history.events.iter().filter(|event| event.is_known(origin)) {
            let Some(stated) = event.queues.iter().find(|effect| effect.queue == history.index).copied() else {
                continue;
            };
            let belief = *model.beliefs.entry(event.kind).or_insert_with(|| believe(event.kind));
            let kind = unlearned(&belief);
            model.kinds.insert(event.kind, kind);
            let kernel = event.kernel.unwrap_or(kind.kernel);
            let unstated = (kind.response, relative(kind.response, kind.response_spread));
            let (response, spread) = stated.response.map_or(unstated, |response| (response, 0.0));
            model.events.push(KnownEvent { event, stated, response, kernel, spread });
        }
        model
    }

    /// Whether the first baseline of a region is to be fitted without a date.
    pub(crate) fn masks(&self, region: usize, date: NaiveDate) -> bool {
        let covers = |event: &Event| {
            let days = prior(event.kind).masked_days;
            event.schedule.iter().any(|send| (0..=days).contains(&(date - send.local.date()).num_days()))
        };
        self.events.iter().any(|known| known.event.concerns(&self.regions[region].id) && covers(known.event))
    }

    /// What each event adds to each interval of a grid in one region, as if it never closed; none where it adds nothing.
    pub(crate) fn extras(&self, region: usize, grid: &IntervalGrid) -> Vec<(&KnownEvent<'a>, Vec<f64>)> {
        let of = |known: &'_ KnownEvent<'a>| self.extra(known, region, grid);
        self.events.iter().filter_map(|known| Some((known, of(known)?))).collect()
    }

    /// What one event adds in one region.
    pub(crate) fn extra(&self, known: &KnownEvent<'a>, region: usize, grid: &IntervalGrid) -> Option<Vec<f64>> {
        let mut extra: Option<Vec<f64>> = None;
        let step = grid.interval().get() as f64;
        for (sent, people) in self.sends(known.event, region) {
            let contacts = people * known.response;
            let touched =
                grid.range(sent - grid.interval().duration(), sent + Minutes::hours(24 * LONGEST_DAYS).duration());
            if contacts <= 0.0 || touched.is_empty() {
                continue;
            }
            let extra = extra.get_or_insert_with(|| vec![0.0; grid.len()]);
            let first = minutes_between(sent, grid.start_of(touched.start));
            let mut before = arrived(known.kernel, first);
            for (steps, at) in touched.enumerate() {
                let after = arrived(known.kernel, first + (steps + 1) as f64 * step);
                extra[at] += contacts * (after - before);
                before = after;
                if after > 0.999_999 {
                    break;
                }
            }
        }
        extra
    }

    /// When an event's waves reach a region, and how many people each.
    pub(crate) fn sends(&self, event: &Event, region: usize) -> Vec<(Instant, f64)> {
        let concerned = |position: &usize| event.concerns(&self.regions[*position].id);
        let all: f64 = (0..self.regions.len()).filter(concerned).map(|position| self.weights[position]).sum();
        if !concerned(&region) || all <= 0.0 {
            return Vec::new();
        }
        let people = event.reach.max(0.0) * self.weights[region] / all;
        let zone = self.regions[region].zone;
        event.schedule.iter().map(|send| (instant_at_or_after(send.local, zone), people * send.share.get())).collect()
    }
}

/// Minutes from one instant to another.
pub(super) fn minutes_between(from: Instant, until: Instant) -> f64 {
    (until - from).num_seconds() as f64 / 60.0
}

fn unlearned(belief: &Belief) -> KindModel {
    let shared = SharedKernel { shape: belief.shape, scale_hours: belief.scale_hours };
    KindModel {
        kernel: weibull(belief.shape, belief.scale_hours),
        shared,
        response: belief.response,
        response_error: belief.response_spread * belief.response,
        response_spread: belief.response_spread * belief.response,
        half_life_error: belief.scale_spread,
        half_life_spread: belief.scale_spread,
        events: 0,
    }
}

/// A deviation relative to its mean, at most as large as it.
pub(crate) fn relative(mean: f64, deviation: f64) -> f64 {
    if mean > 0.0 { (deviation / mean).min(1.0) } else { 0.0 }
}
