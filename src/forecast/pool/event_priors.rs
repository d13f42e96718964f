//! What other queues' events teach about a kind of which a queue has seen next to none.
//!
//! Asked only where it matters: an event of the kind is still to come or under way, and fewer than two of the queue's
//! own have passed. Responses of the other queues are pooled as logarithms, and so are scales and shapes of their
//! kernels, each by [`crate::forecast::events::random_effects`] around what is believed of any queue: the spread between queues, which is
//! wide, becomes the uncertainty of the new queue's belief.

use crate::domain::event::{Event, EventKind};
use crate::domain::ids::QueueIx;
use crate::domain::time::{Instant, instant_at_or_after};
use crate::domain::units::Minutes;
use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::events::model::{Belief, KindModel, prior, relative};
use crate::forecast::events::random_effects::{Estimate, Spread, pool};
use crate::forecast::params::ForecastParams;

use super::queue_fit::QueueFit;

/// Own events of a kind from which other queues are not asked.
const ENOUGH: usize = 2;
/// Queues that are asked at most: those with the most events of the kind.
const ASKED: usize = 4;
/// Spread between queues of the logarithm of responses, of scales and of shapes, before any was seen.
const RESPONSES: Spread = Spread { variance: 0.5, weight: 2.0 };
const SCALES: Spread = Spread { variance: 0.04, weight: 2.0 };
const SHAPES: Spread = Spread { variance: 0.01, weight: 2.0 };
/// Standard error of the logarithm of a learned shape.
const SHAPE_ERROR: f64 = 0.15;

/// What to believe of a kind of event on a queue before its own events are looked at.
pub(crate) fn belief(
    history: &QueueHistory<'_>,
    known: usize,
    origin: Instant,
    kind: EventKind,
    params: &ForecastParams,
) -> Belief {
    let usual = prior(kind).belief;
    let end = history.grid.start_of(known);
    let of_kind: Vec<&Event> =
        history.events.iter().copied().filter(|event| event.kind == kind && event.is_known(origin)).collect();
    let seen = of_kind.iter().filter(|event| has_passed(event, end)).count();
    if seen >= ENOUGH || seen == of_kind.len() {
        return usual;
    }
    let models: Vec<KindModel> = teachers(history, kind, origin, end)
        .into_iter()
        .filter_map(|teacher| {
            let teacher = QueueHistory::new(&history.input, teacher.0);
            let fit = QueueFit::alone(&teacher, known, origin, params);
            fit.events.kinds.get(&kind).copied().filter(|model| model.events > 0 && model.response > 0.0)
        })
        .collect();
    if models.is_empty() { usual } else { pooled(&usual, &models) }
}

/// Other queues with past events of a kind, those with the most events first.
fn teachers(history: &QueueHistory<'_>, kind: EventKind, origin: Instant, end: Instant) -> Vec<QueueIx> {
    let input = &history.input;
    let mut events = vec![0usize; input.queues.len()];
    for event in input.events.iter().filter(|event| event.kind == kind && event.is_known(origin)) {
        for effect in event.queues.iter().filter(|effect| effect.queue != history.index && has_passed(event, end)) {
            if let Some(count) = events.get_mut(effect.queue.0) {
                *count += 1;
            }
        }
    }
    let mut teachers: Vec<QueueIx> = (0..events.len()).filter(|queue| events[*queue] > 0).map(QueueIx).collect();
    teachers.sort_by_key(|queue| (std::cmp::Reverse(events[queue.0]), queue.0));
    teachers.truncate(ASKED);
    teachers
}

/// Whether most of an event had come by an instant, wherever its customers live.
fn has_passed(event: &Event, by: Instant) -> bool {
    let last = event.schedule.iter().map(|send| send.local).max();
    let days = prior(event.kind).masked_days / 2;
    last.is_some_and(|last| instant_at_or_after(last, chrono_tz::UTC) + Minutes::hours(24 * days).duration() <= by)
}

fn pooled(usual: &Belief, models: &[KindModel]) -> Belief {
    let over = |of: &dyn Fn(&KindModel) -> Estimate, middle: f64, deviation: f64, spread: Spread| {
        let estimates: Vec<Estimate> = models.iter().map(of).collect();
        pool(&estimates, Estimate { value: middle.ln(), variance: deviation * deviation }, spread).next()
    };
    let square = |error: f64| (error * error).max(1e-4);
    let response = over(
        &|model| Estimate {
            value: model.response.ln(),
            variance: square(relative(model.response, model.response_error)),
        },
        usual.response,
        usual.response_spread,
        RESPONSES,
    );
    let scale = over(
        &|model| Estimate { value: model.shared.scale_hours.ln(), variance: square(model.half_life_error) },
        usual.scale_hours,
        usual.scale_spread,
        SCALES,
    );
    let shape = over(
        &|model| Estimate { value: model.shared.shape.ln(), variance: square(SHAPE_ERROR) },
        usual.shape,
        usual.shape_spread,
        SHAPES,
    );
    Belief {
        response: response.value.exp(),
        response_spread: response.variance.sqrt().min(usual.response_spread),
        shape: shape.value.exp(),
        shape_spread: shape.variance.sqrt().min(usual.shape_spread),
        scale_hours: scale.value.exp(),
        scale_spread: scale.variance.sqrt().min(usual.scale_spread),
    }
}
