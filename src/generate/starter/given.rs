//! The history that a starter workspace is built around.

use crate::domain::contact_records::{FoundAgent, FoundLearning, Habits};

/// The history of a starter workspace: its files, and how they were read.
#[derive(Clone, Copy, Debug)]
pub struct StarterHistory<'a> {
    /// Names relative to the workspace.
    pub files: &'a [String],
    /// Keys and values of `[history.import]`.
    pub import: &'a [(String, String)],
    /// What single contacts told of the queues, if they were read one by one.
    pub habits: &'a [Habits],
    /// Agents found in them, who then stand in the place of invented ones.
    pub agents: &'a [FoundAgent],
    /// How newcomers among them get faster, if that was found.
    pub learning: Option<FoundLearning>,
}
