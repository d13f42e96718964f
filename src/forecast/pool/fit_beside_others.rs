//! A queue fitted beside the others: what its own past does not tell is borrowed from them.

use crate::domain::time::Instant;
use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::params::ForecastParams;

use super::analogous_queue::borrow_history;
use super::event_priors::belief;
use super::queue_fit::QueueFit;

/// Fits every region to the first `known` intervals of history, with the events known at `origin`; what the queue's
/// own past does not tell is borrowed from other queues.
pub(super) fn fit_beside_others<'a>(
    history: &'a QueueHistory<'a>,
    known: usize,
    origin: Instant,
    params: &ForecastParams,
) -> QueueFit<'a> {
    let borrowed = borrow_history(history, known, origin, params);
    let believe = |kind| belief(history, known, origin, kind, params);
    QueueFit::with(history, known, origin, params, borrowed, believe)
}
