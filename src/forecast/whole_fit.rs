//! A queue fitted beside the others: what its own past does not tell is borrowed from them.

use crate::domain::time::Instant;

use super::borrow::borrow;
use super::fit::QueueFit;
use super::other_queues::belief;
use super::params::ForecastParams;
use super::world::QueueWorld;

/// Fits every region to the first `known` intervals of history, with the events known at `origin`; what the queue's
/// own past does not tell is borrowed from other queues.
pub(super) fn fit_beside_others<'a>(
    world: &'a QueueWorld<'a>,
    known: usize,
    origin: Instant,
    params: &ForecastParams,
) -> QueueFit<'a> {
    let loan = borrow(world, known, origin, params);
    let believe = |kind| belief(world, known, origin, kind, params);
    QueueFit::with(world, known, origin, params, loan, believe)
}
