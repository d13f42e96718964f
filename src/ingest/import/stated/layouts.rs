//! What a row of an export counts.

/// How rows count contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One row an interval and queue, with its counts.
    Intervals,
    /// One row an interval, one column a queue.
    ColumnPerQueue,
    /// One row a contact.
    Contacts,
}

impl Layout {
    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intervals => "intervals",
            Self::ColumnPerQueue => "column_per_queue",
            Self::Contacts => "contacts",
        }
    }
}
