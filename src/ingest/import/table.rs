//! The rows of an export as they were read, and why others were not.

use std::collections::HashMap;

use super::durations::Duration;
use super::gathered::Gathered;
use super::sheet::Spot;

/// One row, or one cell of a wide table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    pub(super) spot: Spot,
    /// Index into [`Table::queues`].
    pub(super) queue: u32,
    /// Index into [`Table::regions`].
    pub(super) region: u32,
    pub(super) time: Stamp,
    /// Contacts that came; of a row a contact, one.
    pub(super) offered: f64,
    pub(super) handled: Option<f64>,
    pub(super) abandoned: Option<f64>,
    /// Mean handle time, or handle times added up.
    pub(super) handle_time: Option<Duration>,
    pub(super) wait: Option<Duration>,
    /// Index into [`Table::outcomes`].
    pub(super) outcome: Option<u32>,
    /// Index into [`Table::agents`].
    pub(super) agent: Option<u32>,
}

/// A time on the file's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    /// Seconds since 1970, as if the clock ran on UTC.
    pub(super) wall: i64,
    /// Seconds ahead of UTC, where the cell says so.
    pub(super) offset: Option<i64>,
}

/// Names met, each with a number.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<String, u32>,
    pub(super) names: Vec<String>,
}

impl Names {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}

/// Why a row is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeftOut {
    /// It is the header once more.
    Header,
    /// It is the title or the footer of a page.
    Footer,
    /// It adds up others.
    Total,
    /// It has no count.
    NoCount,
    /// It stands there twice, word for word.
    Repeated,
    /// A later row of the same queue and interval corrects it.
    Corrected,
    /// Its queue is left out.
    Queue,
    /// Its local time never came, and it has no contacts.
    Absent,
    /// The contact left before it came to a queue.
    Menu,
    /// Its outcome says that it was no contact.
    NoContact,
    /// It did not come in.
    Outgoing,
}

impl LeftOut {
    /// Why, behind `… rows left out: `.
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Header => "the header once more",
            Self::Footer => "titles or footers of pages",
            Self::Total => "adding up others",
            Self::NoCount => "without a count",
            Self::Repeated => "there twice, word for word",
            Self::Corrected => "corrected by a later row of the same queue and interval",
            Self::Queue => "of queues that are left out",
            Self::Absent => "of an hour that clocks skip, without contacts",
            Self::Menu => "hung up before they came to a queue",
            Self::NoContact => "no contacts, by their outcome",
            Self::Outgoing => "not of contacts that came in, by their direction",
        }
    }
}

/// All rows of a file.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Counted>,
    pub(super) queues: Names,
    pub(super) regions: Names,
    pub(super) outcomes: Names,
    pub(super) agents: Names,
    pub(super) left_out: Gathered<LeftOut>,
    /// Rows of the file, header aside.
    pub(super) read: u64,
}
