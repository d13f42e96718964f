//! Scratch space of a search for rosters, which moves reuse.

use crate::roster::pricing::scratch::Scratch;

use super::cover_memo::CoverSolver;

/// Scratch space that calls reuse.
#[derive(Clone, Debug, Default)]
pub(crate) struct SearchScratch {
    /// Of the cheapest line.
    pub(crate) pricing: Scratch,
    /// Of the cost of cover.
    pub(crate) cover: CoverSolver,
    /// Running sums of what an agent's slots are worth at work and on shift, and of full slots.
    pub(crate) worth: Vec<f64>,
    pub(crate) present: Vec<f64>,
    pub(crate) full: Vec<u32>,
}
