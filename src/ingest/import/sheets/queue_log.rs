//! The queue log of Asterisk → a table of contacts: its lines are events (`epoch|call|queue|agent|event|data…`), several of one contact.
//!
//! A contact begins with `ENTERQUEUE`; `CONNECT` tells who took it and how long it waited; what ends it tells how long it was spoken, or
//! that it gave up. Source: "Queue Logs", docs.asterisk.org.

use std::collections::HashMap;
use tr::tr;

/// The columns of the table.
const HEADER: [&str; 7] = ["Call ID", "Entered queue", "Queue", "Agent", "Outcome", "Wait (s)", "Talk (s)"];

/// Events by which a log is known.
const EVENTS: [&str; 9] = [
    "ENTERQUEUE",
    "CONNECT",
    "ABANDON",
    "COMPLETEAGENT",
    "COMPLETECALLER",
    "EXITWITHTIMEOUT",
    "RINGNOANSWER",
    "QUEUESTART",
    "CONFIGRELOAD",
];

/// A queue log as a table.
pub(in crate::ingest::import) struct QueueLog {
    /// The header and a row a contact, each with the line on which it entered its queue.
    pub(in crate::ingest::import) rows: Vec<(u64, Vec<String>)>,
    /// What is to be said of it.
    pub(in crate::ingest::import) notes: Vec<String>,
}

/// Whether a text is a queue log, by its first lines.
pub(in crate::ingest::import) fn is_queue_log(text: &str) -> bool {
    const LOOKED_AT: usize = 80;
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
    let events = lines().filter_map(Event::of);
    let known = events.clone().filter(|event| EVENTS.contains(&event.kind)).count();
    known > 0 && events.count() * 10 >= lines().count() * 9
}

/// One line of a log.
#[derive(Clone, Copy, Debug)]
struct Event<'t> {
    /// Seconds since 1970.
    at: i64,
    call: &'t str,
    queue: &'t str,
    agent: &'t str,
    kind: &'t str,
    data: [&'t str; 5],
}

impl<'t> Event<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let mut parts = line.trim().split('|');
        let mut next = || parts.next();
        let (at, call, queue, agent, kind) = (next()?, next()?, next()?, next()?, next()?);
        let at = at.split('.').next().filter(|at| at.len() == 10)?.parse().ok()?;
        let is_kind = kind.len() > 2 && kind.bytes().all(|letter| letter.is_ascii_uppercase());
        let data = std::array::from_fn(|_| next().unwrap_or_default());
        is_kind.then_some(Self { at, call, queue, agent, kind, data })
    }
}

/// A contact as far as it is told.
struct Contact<'t> {
    line: u64,
    entered: Event<'t>,
    connected: Option<Event<'t>>,
    /// How it ended, seconds of waiting and seconds of talking.
    end: Option<(&'static str, &'t str, String)>,
}

/// Makes a table of a log.
pub(in crate::ingest::import) fn contacts(text: &str) -> QueueLog {
    let mut contacts: Vec<Contact<'_>> = Vec::new();
    let mut open: HashMap<(&str, &str), usize> = HashMap::new();
    let mut before = 0;
    for (line, event) in (1..).zip(text.lines()).filter_map(|(line, text)| Some((line, Event::of(text)?))) {
        let key = (event.call, event.queue);
        if event.kind == "ENTERQUEUE" {
            open.insert(key, contacts.len());
            contacts.push(Contact { line, entered: event, connected: None, end: None });
            continue;
        }
        let is_of_contact = event.kind == "CONNECT" || outcome(event.kind).is_some();
        let Some(contact) = open.get(&key).map(|number| &mut contacts[*number]) else {
            before += u64::from(outcome(event.kind).is_some());
            continue;
        };
        if event.kind == "CONNECT" {
            contact.connected = Some(event);
        } else if is_of_contact {
            contact.end = contact.ended(&event);
            open.remove(&key);
        }
    }
    let rows = contacts.iter().map(|contact| (contact.line, contact.cells().to_vec()));
    let header = HEADER.map(str::to_owned).to_vec();
    let unfinished = contacts.iter().filter(|contact| contact.end.is_none()).count();
    let mut notes = Vec::new();
    if before > 0 {
        notes.push(tr!("{before} contacts that entered their queue before the log begins are left out", before));
    }
    if unfinished > 0 {
        notes.push(tr!("of {unfinished} contacts the log does not tell the end: it breaks off before", unfinished));
    }
    QueueLog { rows: std::iter::once((0, header)).chain(rows).collect(), notes }
}

/// What an event that ends a contact's time in the queue is called in the table.
fn outcome(kind: &str) -> Option<&'static str> {
    match kind {
        "COMPLETEAGENT" | "COMPLETECALLER" | "TRANSFER" | "BLINDTRANSFER" | "ATTENDEDTRANSFER" => Some("answered"),
        "ABANDON" => Some("abandoned"),
        "EXITWITHTIMEOUT" => Some("exitwithtimeout"),
        "EXITWITHKEY" => Some("exitwithkey"),
        "EXITEMPTY" => Some("exitempty"),
        _ => None,
    }
}

impl<'t> Contact<'t> {
    /// How an event ends it.
    fn ended(&self, event: &Event<'t>) -> Option<(&'static str, &'t str, String)> {
        let outcome = outcome(event.kind)?;
        let seconds =
            |text: &'t str| (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text);
        let (wait, talk) = match event.kind {
            "COMPLETEAGENT" | "COMPLETECALLER" => (event.data[0], seconds(event.data[1])),
            "EXITWITHKEY" => (event.data[3], None),
            "ABANDON" | "EXITWITHTIMEOUT" | "EXITEMPTY" => (event.data[2], None),
            _ => (event.data[2], seconds(event.data[3])),
        };
        let talk = match (talk, self.connected) {
            (Some(talk), _) => talk.to_owned(),
            (None, Some(connected)) if outcome == "answered" => (event.at - connected.at).max(0).to_string(),
            _ => String::new(),
        };
        Some((outcome, seconds(wait).unwrap_or_default(), talk))
    }

    fn cells(&self) -> [String; HEADER.len()] {
        let (outcome, wait, talk) = match &self.end {
            Some((outcome, wait, talk)) => (*outcome, *wait, talk.as_str()),
            None if self.connected.is_some() => ("answered", "", ""),
            None => ("", "", ""),
        };
        let wait = self.connected.map_or(wait, |connected| connected.data[0]);
        let agent = self.connected.map_or("", |connected| connected.agent);
        let entered = self.entered.at.to_string();
        [self.entered.call, &entered, self.entered.queue, agent, outcome, wait, talk].map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "1788771600|NONE|NONE|NONE|QUEUESTART|\n\
        1788771601|c0|help|SIP/101|COMPLETEAGENT|4|60|1\n\
        1788771610|c1|help|NONE|ENTERQUEUE||5551234|1\n\
        1788771620|c1|help|SIP/102|RINGNOANSWER|5000\n\
        1788771625|c2|help|NONE|ENTERQUEUE||5555678|2\n\
        1788771630|c1|help|SIP/101|CONNECT|20|c9|3\n\
        1788771655|c2|help|NONE|ABANDON|1|2|30\n\
        1788771700|c3|help|NONE|ENTERQUEUE||5550000|1\n\
        1788771730|c1|help|SIP/101|COMPLETECALLER|20|100|1\n\
        1788771760|c3|help|NONE|EXITWITHTIMEOUT|1|1|60\n\
        1788771760|c3|orders|NONE|ENTERQUEUE||5550000|1\n\
        1788771770|c3|orders|SIP/103|CONNECT|10|c8|2\n\
        1788771870|c3|orders|SIP/103|BLINDTRANSFER|200|internal|10|100|1\n\
        1788771900|c4|orders|NONE|ENTERQUEUE||5550001|1\n";

    #[test]
    fn events_become_contacts() {
        assert!(is_queue_log(LOG));
        assert!(!is_queue_log("epoch|call|queue|agent|event\n"));
        let log = contacts(LOG);
        let rows: Vec<(u64, String)> = log.rows[1..].iter().map(|(line, cells)| (*line, cells.join("|"))).collect();
        let expected = [
            (3, "c1|1788771610|help|SIP/101|answered|20|100"),
            (5, "c2|1788771625|help||abandoned|30|"),
            (8, "c3|1788771700|help||exitwithtimeout|60|"),
            (11, "c3|1788771760|orders|SIP/103|answered|10|100"),
            (14, "c4|1788771900|orders||||"),
        ];
        assert_eq!(rows, expected.map(|(line, cells)| (line, cells.to_owned())));
        assert_eq!(log.notes.len(), 2, "{:?}", log.notes);
    }
}
