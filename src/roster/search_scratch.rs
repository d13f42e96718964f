//! Scratch space of a search for rosters, which moves reuse.

use super::lattice::Sharer;
use super::scratch::Scratch;

/// Scratch space that calls reuse.
#[derive(Clone, Debug, Default)]
pub(super) struct SearchScratch {
    /// Of the cheapest line.
    pub(super) pricing: Scratch,
    /// Of the cost of cover.
    pub(super) cover: Sharer,
    /// Running sums of what an agent's slots are worth at work and on shift, and of full slots.
    pub(super) worth: Vec<f64>,
    pub(super) present: Vec<f64>,
    pub(super) full: Vec<u32>,
}
