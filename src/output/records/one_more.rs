//! `one_more` of `summary.json`: what one more person of each kind would change.

use serde::{Deserialize, Serialize};

use super::in_order;

/// Each of the largest kinds of people, those who bring most first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneMoreSummary {
    /// How often the roster was lived through with and without each.
    pub replications: usize,
    /// Kinds of people left out: those with fewest hours.
    pub left_out: usize,
    /// The kinds.
    pub kinds: Vec<OneMoreEntry>,
}

/// One person more who takes certain queues.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneMoreEntry {
    /// The queues.
    pub queues: Vec<String>,
    /// The agent whose shifts the person works.
    pub like: String,
    /// Hours at work.
    pub hours_at_work: Option<f64>,
    /// What the person is paid for the plan.
    pub pay: f64,
    /// Change of the share served in time, by queue; those of which nothing is decided are left out.
    #[serde(with = "in_order")]
    pub shares: Vec<(String, DifferenceEntry)>,
    /// Contacts more that are served in time.
    pub more_in_time: DifferenceEntry,
    /// Contacts that no longer give up.
    pub no_longer_lost: DifferenceEntry,
    /// What lost and late contacts cost less, if they have a price.
    pub spared: Option<DifferenceEntry>,
}

/// A difference with the ends of its 95 % band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DifferenceEntry {
    /// The difference.
    pub by: Option<f64>,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}
