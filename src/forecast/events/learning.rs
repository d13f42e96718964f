//! What past events teach: kernel and response by kind, pace and response by event, and how sure all of it is.
//!
//! Per queue, events of a kind share a Weibull kernel ([`super::kernel_fit`]). Given each event's kernel, its response is a
//! regression through the origin on what history leaves above a baseline that was fitted without the events' days, under
//! noise that hours of a day and days after an event share ([`super::sums`]).
//! Responses and paces are drawn towards the mean of their kind, and that mean towards what is believed of the kind, each
//! by the precision it deserves ([`super::random_effects`]). How far responses differ within a kind is learned from all
//! kinds of the queue together, each kind then adding its own, so that a single recall is not taken for the rule. An
//! event without data of its own has the mean of its kind, and is as uncertain as the spread between events and the
//! error of the mean together.

use std::collections::BTreeMap;

use crate::domain::event::EventKind;
use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::profile::region_profile::Profile;

use super::kernel::{SharedKernel, weibull};
use super::kernel_fit::{days_by_event, doubt_of_shape, paces, pooled_pace, shared_kernel, sums_by_event};
use super::model::{Belief, EventModel, KindModel, relative};
use super::random_effects::{Estimate, Pooled, Spread, pool};
use super::sums::{Noise, Sums};
use super::windows::{Window, leave_others_out, table, windows};

/// The squared relative spread of responses within a kind before any was seen, and how many events it weighs.
const RESPONSE_SPREAD: Spread = Spread { variance: 0.0625, weight: 3.0 };
/// What all kinds of a queue say of a kind's spread weighs at most so many events.
const OTHER_KINDS: f64 = 6.0;
/// Step of the logarithm of the scale by which the slope of responses is taken.
const SLOPE_STEP: f64 = 0.15;

/// What the windows of one kind say before its spread is known.
struct Lesson {
    kind: EventKind,
    kernel: SharedKernel,
    pace: Pooled,
    /// Position of each event in the model, its own pace, and its response relative to `rough`.
    events: Vec<(usize, Estimate, Estimate)>,
    /// A first mean of responses, contacts per person.
    rough: f64,
    /// Variance that the shape's doubt adds to the logarithm of half-lives.
    shape_doubt: f64,
    /// How far responses rise with the pace, both as logarithms: who misjudges one misjudges the other.
    slope: f64,
}

impl EventModel<'_> {
    /// Learns from the first `known` intervals, given one baseline profile per region.
    pub(crate) fn learn(&mut self, history: &QueueHistory<'_>, known: usize, profiles: &[Option<Profile<'_>>]) {
        let mut windows: Vec<Window> = windows(self, history, known, profiles);
        if windows.is_empty() {
            return;
        }
        // The second sweep sees what overlapping events leave of each other, and weighs by the size of effects.
        for sweep in 0..2 {
            if sweep > 0 {
                leave_others_out(self, &mut windows, history);
            }
            let kinds: Vec<(EventKind, Belief)> = self.beliefs.iter().map(|(kind, belief)| (*kind, *belief)).collect();
            let lessons: Vec<Lesson> = kinds
                .iter()
                .filter_map(|(kind, belief)| {
                    let of_kind = windows.iter().filter(|window| self.events[window.event].event.kind == *kind);
                    self.lesson(*kind, belief, &of_kind.collect::<Vec<_>>())
                })
                .collect();
            let among_all = lessons.iter().fold(RESPONSE_SPREAD, |spread, lesson| spread.learn(&lesson.responses()));
            for lesson in &lessons {
                self.settle(lesson, among_all.weighing(OTHER_KINDS));
            }
        }
    }

    fn lesson(&self, kind: EventKind, belief: &Belief, windows: &[&Window]) -> Option<Lesson> {
        windows.first()?;
        let before = self.kinds.get(&kind).filter(|model| model.events > 0).map(|model| model.shared);
        let known = before.map_or(Noise::BELIEVED, |kernel| noise(windows, kernel, belief));
        let kernel = shared_kernel(windows, belief, known, before);
        let noise = noise(windows, kernel, belief);
        let paces = paces(windows, kernel, belief, noise);
        let pace = pooled_pace(&paces, kernel, belief);
        let responses: Vec<Option<Estimate>> = windows
            .chunk_by(|one, next| one.event == next.event)
            .zip(&paces)
            .map(|(of_event, own)| {
                let scale = kernel.scale_hours * pace.posterior(*own).value.exp();
                let learned = weibull(kernel.shape, scale);
                let stated = self.events[of_event[0].event].event.kernel;
                let table = table(stated.unwrap_or(learned), belief.step(), of_event);
                let mut days = Vec::new();
                for window in of_event {
                    window.add_days(&table, &mut days);
                }
                Sums::of(&days, noise).response()
            })
            .collect();
        let seen: Vec<Estimate> = responses.iter().flatten().copied().collect();
        let prior = Estimate { value: belief.response, variance: (belief.response_spread * belief.response).powi(2) };
        let around = Spread { variance: RESPONSE_SPREAD.variance * belief.response.powi(2), ..RESPONSE_SPREAD };
        let rough = pool(&seen, prior, around).mean.value.max(1e-3 * belief.response);
        let relative = |of: Estimate| Estimate { value: of.value / rough, variance: of.variance / (rough * rough) };
        let events = windows
            .chunk_by(|one, next| one.event == next.event)
            .zip(paces.iter().zip(responses))
            .filter_map(|(of_event, (pace, response))| Some((of_event[0].event, *pace, relative(response?))))
            .collect();
        Some(Lesson {
            kind,
            kernel,
            pace,
            events,
            rough,
            slope: slope(windows, kernel, belief, noise),
            shape_doubt: doubt_of_shape(windows, kernel, belief, noise),
        })
    }

    /// Gives each event, and the kind, what was learned.
    fn settle(&mut self, lesson: &Lesson, spread: Spread) {
        let Some(belief) = self.beliefs.get(&lesson.kind).copied() else { return };
        let prior = Estimate {
            value: belief.response / lesson.rough,
            variance: (belief.response_spread * belief.response / lesson.rough).powi(2),
        };
        let responses = lesson.responses();
        let pooled = pool(&responses, prior, spread);
        let mean = lesson.with_pace(pooled.mean.positive(), lesson.pace.mean.variance);
        let next = Estimate { value: mean.value, variance: mean.variance + pooled.between };
        let kernel =
            SharedKernel { scale_hours: lesson.kernel.scale_hours * lesson.pace.mean.value.exp(), ..lesson.kernel };
        let model = KindModel {
            kernel: weibull(kernel.shape, kernel.scale_hours),
            shared: kernel,
            response: mean.value * lesson.rough,
            response_error: mean.variance.sqrt() * lesson.rough,
            response_spread: next.variance.sqrt() * lesson.rough,
            half_life_error: (lesson.pace.mean.variance + lesson.shape_doubt).sqrt(),
            half_life_spread: (lesson.pace.next().variance + lesson.shape_doubt).sqrt(),
            events: responses.len(),
        };
        self.kinds.insert(lesson.kind, model);
        let own: BTreeMap<usize, (Estimate, Estimate)> =
            lesson.events.iter().map(|(event, pace, response)| (*event, (*pace, *response))).collect();
        for (position, known) in self.events.iter_mut().enumerate() {
            if known.event.kind != lesson.kind {
                continue;
            }
            let (pace, response) = match own.get(&position) {
                Some((pace, response)) => {
                    let pace = lesson.pace.posterior(*pace);
                    (pace.value, lesson.with_pace(pooled.posterior(*response).positive(), pace.variance))
                }
                None => (lesson.pace.mean.value, next),
            };
            let learned = response.value * lesson.rough;
            known.response = known.stated.response.unwrap_or(learned);
            known.spread = match known.stated.response {
                Some(_) => 0.0,
                None => relative(learned, response.variance.sqrt() * lesson.rough),
            };
            let scale = lesson.kernel.scale_hours * pace.exp();
            known.kernel = known.event.kernel.unwrap_or_else(|| weibull(kernel.shape, scale));
        }
    }
}

impl Lesson {
    /// A response with the error that an uncertain pace adds to it.
    fn with_pace(&self, response: Estimate, pace_variance: f64) -> Estimate {
        let added = self.slope * self.slope * pace_variance * response.value * response.value;
        Estimate { variance: response.variance + added, ..response }
    }

    fn responses(&self) -> Vec<Estimate> {
        self.events.iter().map(|(_, _, response)| *response).collect()
    }
}

/// The slope of the logarithm of responses over that of the kernel's scale.
fn slope(windows: &[&Window], kernel: SharedKernel, belief: &Belief, noise: Noise) -> f64 {
    let total = |step: f64| {
        let moved = SharedKernel { scale_hours: kernel.scale_hours * step.exp(), ..kernel };
        let sums = sums_by_event(windows, moved, belief.step(), noise);
        sums.iter().filter_map(Sums::response).map(|response| response.value).sum::<f64>()
    };
    let (below, above) = (total(-SLOPE_STEP), total(SLOPE_STEP));
    if below > 0.0 && above > 0.0 { ((above / below).ln() / (2.0 * SLOPE_STEP)).clamp(-1.0, 1.0) } else { 0.0 }
}

/// The noise of what each event's own response leaves under one kernel.
fn noise(windows: &[&Window], kernel: SharedKernel, belief: &Belief) -> Noise {
    let days = days_by_event(windows, kernel, belief.step());
    let response = |days: &Vec<_>| Sums::of(days, Noise::BELIEVED).response().map_or(0.0, |response| response.value);
    let responses: Vec<f64> = days.iter().map(response).collect();
    Noise::left_by(&days, &responses)
}
