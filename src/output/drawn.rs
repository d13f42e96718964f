//! Charts as files and as parts of the page.

use super::artifact::Artifact;
use crate::domain::ids::QueueIx;

/// What a chart is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Contacts expected of a queue.
    Forecast(QueueIx),
    /// What a queue's contacts are made of.
    Causes(QueueIx),
    /// A queue's requirement, where there is no roster.
    Requirement(QueueIx),
    /// A queue's requirement against the roster.
    Coverage(QueueIx),
    /// The people there who can take a queue, how busy they are, and its simulated service.
    People(QueueIx),
    /// A queue's simulated service by day and hour.
    Service(QueueIx),
    /// What people who take the same queues are busy with, those with most hours first.
    Skills(usize),
    /// A page of the week at a glance.
    Week(usize),
    /// Scenarios side by side.
    Comparison,
}

/// A chart in both formats.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What it is about.
    pub subject: Subject,
    /// File name without its extension.
    pub name: String,
    /// What it says, in a sentence.
    pub title: String,
    /// Scalable, with text as text.
    pub svg: String,
    /// Pixels.
    pub png: Vec<u8>,
}

impl Drawn {
    /// The files of the chart.
    pub(super) fn into_artifacts(self) -> [Artifact; 2] {
        let path = |extension: &str| format!("charts/{}.{extension}", self.name);
        [Artifact::new(path("svg"), self.svg.into_bytes()), Artifact::new(path("png"), self.png)]
    }
}
