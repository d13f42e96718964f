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
    /// Who has the nights and weekends.
    Burdens,
    /// Scenarios side by side.
    Comparison,
    /// Scenarios by money and fairness.
    Fairness,
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
    /// How it is shown on a narrow screen.
    pub narrow: Narrow,
}

/// A chart on a narrow screen: parts of the drawing one below the other, so that they need not be made small.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// What stands below the title.
    pub subtitle: String,
    /// The parts; none of a chart that is not parted.
    pub panels: Vec<NarrowPanel>,
}

/// A panel of a chart in rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NarrowPanel {
    /// The unit of its values.
    pub unit: String,
    /// What its colours mean.
    pub legend: Vec<LegendEntry>,
    /// Parts of the drawing, side by side in rows.
    pub rows: Vec<Vec<Window>>,
}

/// What a colour means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// `#0072b2`.
    pub colour: String,
    /// Whether it is that of a line.
    pub is_line: bool,
    /// The words.
    pub text: String,
}

/// A part of a drawing, in its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Left end.
    pub x: i32,
    /// Upper end.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Drawn {
    /// The files of the chart.
    pub(super) fn into_artifacts(self) -> [Artifact; 2] {
        let path = |extension: &str| format!("charts/{}.{extension}", self.name);
        [Artifact::new(path("svg"), self.svg.into_bytes()), Artifact::new(path("png"), self.png)]
    }
}
