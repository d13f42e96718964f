//! What every format comes to.

use crate::output::artifact::Artifact;

/// What a format comes to.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// The files, each within the folder of the export.
    pub files: Vec<Artifact>,
    /// What the user should know of them, a sentence each.
    pub notes: Vec<String>,
}
