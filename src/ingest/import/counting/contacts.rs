//! One row a contact: when it arrived, how it ended, how long it waited and how long it was handled.

use crate::ingest::import::cell::durations::Duration;
use crate::ingest::import::reading::handle_time::Units;
use crate::ingest::import::reading::placing::At;
use crate::ingest::import::reading::table::{Counted, LeftOut, Names, Table};
use crate::ingest::import::sheets::gathered::Gathered;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::roles::plain;
use crate::ingest::import::stated::said::Said;
use tr::tr;

/// How a contact ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::import) enum Ending {
    /// Somebody handled it.
    Handled,
    /// It gave up.
    Abandoned,
    /// It came; how it ended is not told.
    Unknown,
    /// It was none.
    None,
}

/// Words of outcomes. Longer texts count by their first word.
const HANDLED: [&str; 14] = [
    "agent",
    "answered",
    "answer",
    "handled",
    "completed",
    "complete",
    "connected",
    "completeagent",
    "completecaller",
    "served",
    "accepted",
    "success",
    "odebrane",
    "obsłużone",
];
const ABANDONED: [&str; 16] = [
    "hang",
    "hangup",
    "abandoned",
    "abandon",
    "abandons",
    "noanswer",
    "missed",
    "lost",
    "unanswered",
    "cancel",
    "canceled",
    "cancelled",
    "timeout",
    "exitwithtimeout",
    "porzucone",
    "nieodebrane",
];
const NONE: [&str; 5] = ["phantom", "test", "internal", "outbound", "failed"];

/// What a word of the outcome column means: as was said of all words, or as they are usually meant.
pub(in crate::ingest::import) fn ending(text: &str, declared: &Declared) -> Ending {
    let word = plain(text);
    let stated = |words: &[String]| words.iter().any(|stated| plain(stated) == word);
    let is_stated = !declared.answered.is_empty() || !declared.abandoned.is_empty();
    if stated(&declared.answered) {
        Ending::Handled
    } else if stated(&declared.abandoned) {
        Ending::Abandoned
    } else if is_stated {
        Ending::None
    } else if HANDLED.contains(&word.as_str()) {
        Ending::Handled
    } else if ABANDONED.contains(&word.as_str()) {
        Ending::Abandoned
    } else if NONE.contains(&word.as_str()) {
        Ending::None
    } else {
        Ending::Unknown
    }
}

/// Says which words of the outcome column mean nothing known.
pub(in crate::ingest::import) fn tell_unknown_endings(texts: &[String], declared: &Declared, said: &mut Said) {
    let unknown = texts.iter().filter(|text| ending(text, declared) == Ending::Unknown);
    let unknown: Vec<&str> = unknown.map(String::as_str).take(5).collect();
    if !unknown.is_empty() {
        let sentence = tr!("rows with the outcome {} are contacts, whose end is not known", unknown.join(", "));
        said.assumed(
            sentence,
            tr!("answered = [\"…\"] and abandoned = [\"…\"]; rows of other outcomes are then left out"),
        );
    }
}

/// A contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ingest::import) struct Contact {
    pub(in crate::ingest::import) queue: u32,
    pub(in crate::ingest::import) region: u32,
    /// Seconds since 1970.
    pub(in crate::ingest::import) arrival: i64,
    /// One, or a half where its hour came twice.
    pub(in crate::ingest::import) share: f64,
    pub(in crate::ingest::import) ending: Ending,
    /// Seconds.
    pub(in crate::ingest::import) wait: Option<f64>,
    /// Seconds.
    pub(in crate::ingest::import) handle_time: Option<f64>,
    pub(in crate::ingest::import) agent: Option<u32>,
}

/// How the rows of contacts are read.
#[derive(Clone, Copy)]
pub(in crate::ingest::import) struct ContactReading<'a> {
    pub(in crate::ingest::import) declared: &'a Declared,
    pub(in crate::ingest::import) handle: Units,
    pub(in crate::ingest::import) wait: Units,
    /// Whether who gave up without waiting never came to the queue.
    pub(in crate::ingest::import) menu_first: bool,
    /// Whether handle times hold the waits.
    pub(in crate::ingest::import) includes_wait: bool,
}

/// Whether the handle times of those who gave up are their waits, while no other is shorter than its wait.
pub(in crate::ingest::import) fn includes_wait(table: &Table, reading: ContactReading<'_>) -> bool {
    const FEW: usize = 5;
    const SLACK: f64 = 2.0;
    let endings = endings(&table.outcomes, reading.declared);
    let times = |ending: Ending| {
        let endings = &endings;
        let outcome = move |row: &&Counted| {
            let stated = row.outcome.map(|at| endings[at as usize]);
            stated_or_answered(stated, row.answered) == Some(ending)
        };
        table
            .rows
            .iter()
            .filter(outcome)
            .filter_map(|row| Some((reading.handle.seconds(row.handle_time?), reading.wait.seconds(row.wait?))))
    };
    let waited = || times(Ending::Abandoned).filter(|(_, wait)| *wait > SLACK);
    let same = waited().filter(|(time, wait)| (time - wait).abs() <= SLACK).count();
    let (gave_up, handled) = (waited().count(), times(Ending::Handled).count());
    let shorter = times(Ending::Handled).filter(|(time, wait)| time + SLACK < *wait).count();
    gave_up >= FEW && same * 10 >= gave_up * 9 && shorter * 100 <= handled
}

/// What each word of the outcome column means.
fn endings(outcomes: &Names, declared: &Declared) -> Vec<Ending> {
    outcomes.names.iter().map(|text| ending(text, declared)).collect()
}

/// The ending that a word of outcome says; where it says nothing known, whether the contact was answered.
fn stated_or_answered(stated: Option<Ending>, answered: Option<bool>) -> Option<Ending> {
    let of_answer = answered.map(|answered| if answered { Ending::Handled } else { Ending::Abandoned });
    stated.filter(|ending| *ending != Ending::Unknown).or(of_answer).or(stated)
}

/// Gives the contacts of rows; rows that are none are counted.
pub(in crate::ingest::import) fn contacts(
    rows: &[Counted],
    outcomes: &Names,
    placed: &[At],
    reading: ContactReading<'_>,
    left_out: &mut Gathered<LeftOut>,
    mut each: impl FnMut(&Contact),
) {
    let endings = endings(outcomes, reading.declared);
    for at in placed {
        let row = &rows[at.row];
        let wait = row.wait.map(|wait| reading.wait.seconds(wait));
        let waited = wait.filter(|_| reading.includes_wait).unwrap_or(0.0);
        let handle_time = row.handle_time.map(|time| reading.handle.seconds(time) - waited);
        let handle_time = handle_time.filter(|seconds| *seconds > 0.0);
        let stated = row.outcome.map(|outcome| endings[outcome as usize]);
        let ending =
            stated_or_answered(stated, row.answered).unwrap_or(match (handle_time, row.agent, row.handle_time) {
                (Some(_), ..) | (_, Some(_), _) => Ending::Handled,
                // A time of nothing, where times are told: nobody handled it.
                (None, None, Some(Duration::Number(_) | Duration::Seconds(_) | Duration::TwoParts(..))) => {
                    Ending::Abandoned
                }
                (None, None, None) => Ending::Unknown,
            });
        if ending == Ending::None {
            left_out.add(LeftOut::NoContact, row.spot, "");
            continue;
        }
        if reading.menu_first && ending == Ending::Abandoned && wait.is_none_or(|wait| wait <= 0.0) {
            left_out.add(LeftOut::Menu, row.spot, "");
            continue;
        }
        each(&Contact {
            queue: row.queue,
            region: row.region,
            arrival: at.start,
            share: at.share,
            ending,
            wait,
            handle_time: handle_time.filter(|_| ending != Ending::Abandoned),
            agent: row.agent.filter(|_| ending == Ending::Handled),
        });
    }
}
