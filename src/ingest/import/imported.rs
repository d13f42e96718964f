//! An export that was read.

use super::stated::layouts::Layout;
use super::stated::said::Said;
use crate::domain::contact_records::{FoundAgent, FoundLearning, Habits};

/// An export that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Plain history: the bytes of a `history.csv`.
    pub history: Vec<u8>,
    /// How it was read: keys and values of `[history.import]`.
    pub settings: Vec<(String, String)>,
    /// What its rows count.
    pub layout: Layout,
    /// What was found and assumed.
    pub said: Said,
    /// Rows of the file, its header aside.
    pub rows: u64,
    /// Rows that were not read: how many, why, and where.
    pub left_out: Vec<String>,
    /// Queues of the history; one without a name where the file names none.
    pub queues: Vec<String>,
    /// Contacts in the history.
    pub contacts: f64,
    /// Of contact records, what they tell of each queue's customers and contacts.
    pub habits: Vec<Habits>,
    /// Of contact records, who handled them.
    pub agents: Vec<FoundAgent>,
    /// Of contact records, how newcomers get faster, where they tell.
    pub learning: Option<FoundLearning>,
}
