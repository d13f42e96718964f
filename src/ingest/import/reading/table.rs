//! The rows of an export as they were read, and why others were not.

use std::borrow::Cow;
use tr::tr;

use crate::ingest::import::cell::durations::Duration;
use crate::ingest::import::sheets::gathered::Gathered;
use crate::ingest::import::sheets::row::Spot;
use crate::ingest::mixing::MixedMap;

/// One row, or one cell of a wide table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ingest::import) struct Counted {
    pub(in crate::ingest::import) spot: Spot,
    /// Index into [`Table::queues`].
    pub(in crate::ingest::import) queue: u32,
    /// Index into [`Table::regions`].
    pub(in crate::ingest::import) region: u32,
    pub(in crate::ingest::import) time: Stamp,
    /// Contacts that came; of a row a contact, one.
    pub(in crate::ingest::import) offered: f64,
    pub(in crate::ingest::import) handled: Option<f64>,
    pub(in crate::ingest::import) abandoned: Option<f64>,
    /// Mean handle time, or handle times added up.
    pub(in crate::ingest::import) handle_time: Option<Duration>,
    pub(in crate::ingest::import) wait: Option<Duration>,
    /// Of a contact, whether it was answered, where a column of answers tells.
    pub(in crate::ingest::import) answered: Option<bool>,
    /// Index into [`Table::outcomes`].
    pub(in crate::ingest::import) outcome: Option<u32>,
    /// Index into [`Table::agents`].
    pub(in crate::ingest::import) agent: Option<u32>,
}

/// A time on the file's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest::import) struct Stamp {
    /// Seconds since 1970, as if the clock ran on UTC.
    pub(in crate::ingest::import) wall: i64,
    /// Seconds ahead of UTC, where the cell says so.
    pub(in crate::ingest::import) offset: Option<i64>,
}

impl Stamp {
    /// A clock time of a day since 1970.
    pub(in crate::ingest::import) const fn of(day: i64, clock: i64, offset: Option<i64>) -> Self {
        Self { wall: day * 86_400 + clock, offset }
    }
}

/// Names met, each with a number.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Names {
    numbers: MixedMap<String, u32>,
    pub(in crate::ingest::import) names: Vec<String>,
}

impl Names {
    /// The number of a name that was met.
    pub(in crate::ingest::import) fn known(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(in crate::ingest::import) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.known(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    /// Takes in the names of others: what each of their numbers becomes.
    pub(in crate::ingest::import) fn take_in(&mut self, others: &Self) -> Vec<u32> {
        others.names.iter().map(|name| self.number(name)).collect()
    }
}

/// The name of a queue, with values that make queues of their own behind it.
pub(in crate::ingest::import) fn queue_name<'n>(name: &'n str, values: impl Iterator<Item = &'n str>) -> Cow<'n, str> {
    let mut name = Cow::Borrowed(name);
    for value in values.filter(|value| !value.is_empty()) {
        if name.is_empty() {
            name = Cow::Borrowed(value);
        } else {
            name.to_mut().push(' ');
            name.to_mut().push_str(&value.to_lowercase());
        }
    }
    name
}

/// Why a row is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest::import) enum LeftOut {
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
    /// It is of a longer interval, on a day that shorter ones tell as well.
    Longer,
}

impl LeftOut {
    /// Why, behind `… rows left out: `.
    pub(in crate::ingest::import) fn reason(self) -> String {
        match self {
            Self::Header => tr!("the header once more"),
            Self::Footer => tr!("titles or footers of pages"),
            Self::Total => tr!("adding up others"),
            Self::NoCount => tr!("without a count"),
            Self::Repeated => tr!("there twice, word for word"),
            Self::Corrected => tr!("corrected by a later row of the same queue and interval"),
            Self::Queue => tr!("of queues that are left out"),
            Self::Absent => tr!("of an hour that clocks skip, without contacts"),
            Self::Menu => tr!("hung up before they came to a queue"),
            Self::NoContact => tr!("no contacts, by their outcome"),
            Self::Longer => tr!("of longer intervals, on days that shorter ones tell as well"),
            Self::Outgoing => tr!("not of contacts that came in, by their direction"),
        }
    }
}

/// All rows of a file.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Table {
    pub(in crate::ingest::import) rows: Vec<Counted>,
    pub(in crate::ingest::import) queues: Names,
    pub(in crate::ingest::import) regions: Names,
    pub(in crate::ingest::import) outcomes: Names,
    pub(in crate::ingest::import) agents: Names,
    pub(in crate::ingest::import) left_out: Gathered<LeftOut>,
    /// Rows of the file, header aside.
    pub(in crate::ingest::import) read: u64,
}
