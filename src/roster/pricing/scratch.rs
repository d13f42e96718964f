//! Scratch space of pricing, which calls reuse.

use crate::roster::instance::breaks::BreakTable;
use crate::roster::instance::session_places::SessionPlaces;

use super::allowed_choices::AllowedChoices;
use super::completion_bound::PriceHint;
use super::label_buckets::BucketSearch;
use super::label_lists::LabelLists;
use super::path::Label;

/// Scratch space that calls reuse.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// Labels of a search at most, where they are not the usual number.
    pub(super) most_labels: Option<usize>,
    /// Where the next pricing begins with the prices of what is counted.
    pub(crate) hint: PriceHint,
    /// Where the last one left them.
    pub(crate) reached: PriceHint,
    pub(crate) costs: Vec<Vec<f64>>,
    /// Costs of the parts of a date's split shifts.
    pub(crate) parts: Vec<f64>,
    pub(crate) table: BreakTable,
    /// Breaks and sessions of shifts that hold some.
    pub(super) places: SessionPlaces,
    pub(super) labels: Vec<Label>,
    pub(super) allowed: Vec<AllowedChoices>,
    /// Labels where nothing is counted over weeks.
    pub(super) lists: LabelLists,
    /// Labels where something is.
    pub(super) buckets: BucketSearch,
}

impl Scratch {
    /// One for searches that take as long as it takes to tell what no line costs less than.
    pub(crate) fn thorough() -> Self {
        const LABELS: usize = 2_000_000;
        Self::looking_at(LABELS)
    }

    /// One for searches that look at so many labels at most.
    pub(super) fn looking_at(labels: usize) -> Self {
        Self { most_labels: Some(labels), ..Self::default() }
    }
}
