//! Whose export a table is: the systems whose files are known by their columns. Names are those of their public documentation.

use crate::domain::time::Zone;

use super::layouts::Layout;
use super::roles::{Role, plain};
use crate::ingest::import::cell::durations::TimeUnit;

/// The name of the system whose queue log is made a table.
pub(in crate::ingest::import) const ASTERISK: &str = "asterisk";

/// An export of one system.
#[derive(Debug)]
pub(in crate::ingest::import) struct System {
    /// Its name in the settings.
    pub(in crate::ingest::import) name: &'static str,
    /// Its name in sentences.
    pub(in crate::ingest::import) title: &'static str,
    /// Columns that together tell it: letters and digits only, in lower case. Of a file without header, none.
    pub(in crate::ingest::import) telling: &'static [&'static str],
    /// What its columns are. Several columns of one role are added up.
    pub(in crate::ingest::import) columns: &'static [(Role, &'static [&'static str])],
    pub(in crate::ingest::import) layout: Layout,
    /// Columns whose values make queues of their own.
    pub(in crate::ingest::import) queue_per: &'static [&'static str],
    /// Columns whose rows are added up.
    pub(in crate::ingest::import) sum_over: &'static [&'static str],
    /// The zone of times without offset, where the system has one.
    pub(in crate::ingest::import) zone: Option<Zone>,
    /// The unit of durations without one.
    pub(in crate::ingest::import) unit: Option<TimeUnit>,
    /// Whether a contact that gave up without waiting never came to the queue.
    pub(in crate::ingest::import) menu_first: bool,
}

const PLAIN: System = System {
    name: "",
    title: "",
    telling: &[],
    columns: &[],
    layout: Layout::Intervals,
    queue_per: &[],
    sum_over: &[],
    zone: None,
    unit: Some(TimeUnit::Seconds),
    menu_first: false,
};

/// All systems known.
pub(in crate::ingest::import) static KNOWN: [System; 8] = [
    System {
        name: "amazon_connect",
        title: "Amazon Connect",
        telling: &["queuename", "channeltype", "timestamp", "incomingcontactvolume"],
        columns: &[
            (Role::Start, &["timestamp"]),
            (Role::Queue, &["queuename"]),
            (Role::Offered, &["incomingcontactvolume"]),
            (Role::Handled, &["contactshandled"]),
            (Role::HandleTime, &["averagehandletime"]),
        ],
        queue_per: &["channeltype"],
        zone: Some(chrono_tz::UTC),
        ..PLAIN
    },
    System {
        name: "genesys_cloud",
        title: "Genesys Cloud",
        telling: &["intervalstartutcdate", "queue", "offered"],
        columns: &[
            (Role::Start, &["intervalstartutcdate"]),
            (Role::Queue, &["queue"]),
            (Role::Offered, &["offered"]),
            (Role::Handled, &["interactionshandled"]),
            (Role::HandleTimeTotal, &["totalhandletimeseconds"]),
            (Role::HandleTimeTotal, &["totalhandletime"]),
        ],
        queue_per: &["mediatype"],
        sum_over: &["skillset", "language"],
        zone: Some(chrono_tz::UTC),
        ..PLAIN
    },
    System {
        name: "teleopti",
        title: "Calabrio (Teleopti)",
        telling: &[],
        columns: &[
            (Role::Date, &["2"]),
            (Role::Time, &["3"]),
            (Role::Queue, &["5"]),
            (Role::Offered, &["6", "7"]),
            (Role::Handled, &["10"]),
            (Role::Abandoned, &["8"]),
            (Role::HandleTimeTotal, &["13", "14"]),
        ],
        ..PLAIN
    },
    System {
        name: "avaya_cms",
        title: "Avaya CMS",
        telling: &["rowdate", "starttime", "acdcalls", "abncalls"],
        columns: &[
            (Role::Date, &["rowdate"]),
            (Role::Time, &["starttime"]),
            (Role::Queue, &["split"]),
            (Role::Queue, &["vdn"]),
            (Role::Offered, &["callsoffered"]),
            (Role::Offered, &["acdcalls", "abncalls"]),
            (Role::Handled, &["acdcalls"]),
            (Role::Abandoned, &["abncalls"]),
            (Role::HandleTimeTotal, &["acdtime", "holdacdtime", "acwtime"]),
            (Role::HandleTimeTotal, &["acdtime", "holdtime", "acwtime"]),
            (Role::HandleTimeTotal, &["acdtime", "acwtime"]),
        ],
        ..PLAIN
    },
    System {
        name: "cisco_cuic",
        title: "Cisco CUIC",
        telling: &["interval", "callsoffered", "callshandled", "aht"],
        columns: &[
            (Role::Offered, &["callsoffered"]),
            (Role::Handled, &["callshandled"]),
            (Role::Abandoned, &["totalaban"]),
            (Role::HandleTime, &["aht"]),
        ],
        ..PLAIN
    },
    System {
        name: "nice_iex",
        title: "NICE IEX",
        telling: &["date", "period", "tz", "ctid"],
        columns: &[
            (Role::Date, &["date"]),
            (Role::Time, &["period"]),
            (Role::Queue, &["ctname"]),
            (Role::Queue, &["ctid"]),
        ],
        ..PLAIN
    },
    System {
        name: ASTERISK,
        title: "Asterisk (queue_log)",
        telling: &["callid", "enteredqueue", "queue", "agent", "outcome", "waits", "talks"],
        columns: &[
            (Role::Start, &["enteredqueue"]),
            (Role::Queue, &["queue"]),
            (Role::HandleTime, &["talks"]),
            (Role::Wait, &["waits"]),
            (Role::Outcome, &["outcome"]),
            (Role::Agent, &["agent"]),
        ],
        layout: Layout::Contacts,
        ..PLAIN
    },
    System {
        name: "technion_see",
        title: "the Technion's SEE Laboratory (bank of 1999)",
        telling: &["vruline", "callid", "vruexit", "qstart", "qtime", "outcome", "sertime", "server"],
        columns: &[
            (Role::Date, &["date"]),
            (Role::Time, &["vruexit"]),
            (Role::Queue, &["type"]),
            (Role::HandleTime, &["sertime"]),
            (Role::Wait, &["qtime"]),
            (Role::Outcome, &["outcome"]),
            (Role::Agent, &["server"]),
        ],
        layout: Layout::Contacts,
        menu_first: true,
        ..PLAIN
    },
];

impl System {
    /// The columns of a role in a header, where all of one of its sets are there.
    pub(in crate::ingest::import) fn columns_of(&self, role: Role, header: &[String]) -> Option<Vec<usize>> {
        let mut of_role = self.columns.iter().filter(|(theirs, _)| *theirs == role);
        of_role.find_map(|(_, names)| names.iter().map(|name| position(header, name)).collect())
    }

    /// The columns of a header that go by some names.
    pub(in crate::ingest::import) fn positions(names: &[&str], header: &[String]) -> Vec<usize> {
        names.iter().filter_map(|name| position(header, name)).collect()
    }
}

pub(in crate::ingest::import) fn position(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|theirs| plain(theirs) == name)
}

/// The system of that name.
pub(in crate::ingest::import) fn named(name: &str) -> Option<&'static System> {
    KNOWN.iter().find(|system| system.name == name)
}
