//! What a column of an export is, and the names under which systems export it.

use crate::ingest::import::cell::numbers::is_blank;

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Start of the interval, or arrival of the contact: date and time in one.
    Start,
    /// The date alone.
    Date,
    /// The time of day alone: a clock time, an hour, or a label such as `08:00-08:30`.
    Time,
    /// The queue.
    Queue,
    /// The customers' region.
    Region,
    /// Contacts that came.
    Offered,
    /// Contacts that were handled.
    Handled,
    /// Contacts that gave up.
    Abandoned,
    /// Mean handle time; of a contact, its handle time.
    HandleTime,
    /// Handle times added up; several columns are added.
    HandleTimeTotal,
    /// How long a contact waited.
    Wait,
    /// When a contact was answered: date and time, or the time of day alone.
    Answered,
    /// When a contact ended, likewise.
    Ended,
    /// How a contact ended.
    Outcome,
    /// Who handled a contact.
    Agent,
    /// Whether a contact came in or went out.
    Direction,
}

impl Role {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 16] = [
        Self::Start,
        Self::Date,
        Self::Time,
        Self::Queue,
        Self::Region,
        Self::Offered,
        Self::Handled,
        Self::Abandoned,
        Self::HandleTime,
        Self::HandleTimeTotal,
        Self::Wait,
        Self::Answered,
        Self::Ended,
        Self::Outcome,
        Self::Agent,
        Self::Direction,
    ];

    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Date => "date",
            Self::Time => "time",
            Self::Queue => "queue",
            Self::Region => "region",
            Self::Offered => "offered",
            Self::Handled => "handled",
            Self::Abandoned => "abandoned",
            Self::HandleTime => "handle_time",
            Self::HandleTimeTotal => "handle_time_total",
            Self::Wait => "wait",
            Self::Answered => "answered",
            Self::Ended => "ended",
            Self::Outcome => "outcome",
            Self::Agent => "agent",
            Self::Direction => "direction",
        }
    }
}

/// Lower case without blanks, underscores or brackets: `Interval Start UTC Date` → `intervalstartutcdate`.
pub(in crate::ingest::import) fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether contacts have numbers of their own in a column of this name.
pub(in crate::ingest::import) fn is_contact_number(column: &str) -> bool {
    const NUMBERED: [&str; 7] =
        ["callid", "uniqueid", "contactid", "conversationid", "interactionid", "callsid", "callnumber"];
    NUMBERED.contains(&plain(column).as_str())
}

/// Columns that tell the medium of a contact.
pub(in crate::ingest::import) fn is_medium(column: &str) -> bool {
    ["mediatype", "media", "medium", "channel", "channeltype", "mediaroutingdomain", "kanał"]
        .contains(&plain(column).as_str())
}

/// Words that stand in reports where a line adds up the others.
pub(in crate::ingest::import) fn is_total(text: &str) -> bool {
    const TOTALS: [&str; 18] = [
        "total",
        "totals",
        "grandtotal",
        "subtotal",
        "sum",
        "overall",
        "summary",
        "average",
        "avg",
        "mean",
        "razem",
        "suma",
        "ogółem",
        "łącznie",
        "średnia",
        "gesamt",
        "summe",
        "insgesamt",
    ];
    TOTALS.contains(&plain(text).as_str()) || ends_in_total(text)
}

/// `Orders Total`, `Daily total`, `Suma dnia`: a label of which one end says that it adds up others.
fn ends_in_total(text: &str) -> bool {
    const ENDS: [&str; 7] = ["total", "totals", "subtotal", "razem", "suma", "gesamt", "summe"];
    let mut words = text.split_whitespace().map(plain);
    let (first, last) = (words.next(), words.next_back());
    text.len() < 40 && [first, last].iter().flatten().any(|word| ENDS.contains(&word.as_str()))
}

/// Whether a text alone on its row is a page's footer.
pub(in crate::ingest::import) fn is_footer(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "page",
        "report",
        "generated",
        "printed",
        "created",
        "source",
        "strona",
        "raport",
        "wygenerowano",
        "utworzono",
        "seite",
        "bericht",
    ];
    text.split_whitespace().next().is_some_and(|word| WORDS.contains(&plain(word).as_str()))
}

/// Words that stand for no agent.
pub(in crate::ingest::import) fn is_nobody(text: &str) -> bool {
    is_blank(text) || matches!(plain(text).as_str(), "noserver" | "none" | "unknown" | "noagent" | "0")
}

/// Words of contacts that did not come in.
pub(in crate::ingest::import) fn is_outgoing(text: &str) -> bool {
    const OUT: [&str; 16] = [
        "out",
        "outbound",
        "outgoing",
        "outboundapi",
        "outbounddial",
        "internal",
        "intern",
        "consult",
        "outboundcall",
        "internalcall",
        "manualout",
        "preview",
        "wychodzące",
        "wychodzace",
        "wewnętrzne",
        "ausgehend",
    ];
    OUT.contains(&plain(text).as_str())
}

/// Columns of numbers that count nothing: parts of the calendar, lengths and row numbers.
pub(in crate::ingest::import) fn is_calendar(column: &str) -> bool {
    const CALENDAR: [&str; 27] = [
        "week",
        "weekno",
        "weeknumber",
        "weekofyear",
        "isoweek",
        "wk",
        "weekday",
        "dayofweek",
        "dow",
        "month",
        "year",
        "quarter",
        "day",
        "no",
        "nr",
        "lp",
        "row",
        "id",
        "interval",
        "intervallength",
        "intervalminutes",
        "tydzień",
        "miesiąc",
        "rok",
        "kw",
        "monat",
        "jahr",
    ];
    CALENDAR.contains(&plain(column).as_str())
}
