//! One row a contact: counted into intervals by arrival, with how it ended, how long it waited and how long it was handled.

use std::collections::BTreeSet;

use super::cells::{Cell, added_up};
use super::declared::Declared;
use super::durations::Duration;
use super::gathered::Gathered;
use super::handle_time::Units;
use super::placing::At;
use super::roles::plain;
use super::said::Said;
use super::table::{LeftOut, Table};

/// How a contact ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
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

/// What each word of the outcome column means.
pub(super) fn endings(table: &Table, declared: &Declared, said: &mut Said) -> Vec<Ending> {
    let stated = |words: &[String], text: &str| words.iter().any(|word| plain(word) == plain(text));
    let is_stated = !declared.answered.is_empty() || !declared.abandoned.is_empty();
    let mut unknown = Vec::new();
    let endings = table
        .outcomes
        .names
        .iter()
        .map(|text| {
            let word = plain(text);
            if stated(&declared.answered, text) {
                Ending::Handled
            } else if stated(&declared.abandoned, text) {
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
                unknown.push(text.clone());
                Ending::Unknown
            }
        })
        .collect();
    if !unknown.is_empty() {
        unknown.truncate(5);
        let sentence = format!("rows with the outcome {} are contacts, whose end is not known", unknown.join(", "));
        said.assumed(sentence, "answered = [\"…\"] and abandoned = [\"…\"]; rows of other outcomes are then left out");
    }
    endings
}

/// A contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Contact {
    pub(super) queue: u32,
    pub(super) region: u32,
    /// Seconds since 1970.
    pub(super) arrival: i64,
    /// One, or a half where its hour came twice.
    pub(super) share: f64,
    pub(super) ending: Ending,
    /// Seconds.
    pub(super) wait: Option<f64>,
    /// Seconds.
    pub(super) handle_time: Option<f64>,
    pub(super) agent: Option<u32>,
}

/// How the rows of contacts are read.
pub(super) struct ContactReading<'a> {
    pub(super) endings: &'a [Ending],
    pub(super) handle: Units,
    pub(super) wait: Units,
    /// Whether who gave up without waiting never came to the queue.
    pub(super) menu_first: bool,
}

/// The contacts of a table; rows that are none are counted.
pub(super) fn contacts(
    table: &Table,
    placed: &[At],
    reading: &ContactReading<'_>,
    left_out: &mut Gathered<LeftOut>,
) -> Vec<Contact> {
    let mut contacts = Vec::with_capacity(placed.len());
    for at in placed {
        let row = &table.rows[at.row];
        let wait = row.wait.map(|wait| reading.wait.seconds(wait));
        let handle_time = row.handle_time.map(|time| reading.handle.seconds(time)).filter(|seconds| *seconds > 0.0);
        let stated = row.outcome.map(|outcome| reading.endings[outcome as usize]);
        let ending = stated.unwrap_or(match (handle_time, row.agent, row.handle_time) {
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
        contacts.push(Contact {
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
    contacts
}

/// Contacts counted into intervals of so many seconds. Intervals without contacts on days with some are zeros; days without any
/// are gaps, and named.
pub(super) fn counted(contacts: &[Contact], interval: i64, said: &mut Said) -> Vec<Cell> {
    let knows_ends = contacts.iter().any(|contact| contact.ending != Ending::Unknown);
    let mut cells: Vec<Cell> = contacts
        .iter()
        .map(|contact| {
            let of = |ending| knows_ends.then_some(if contact.ending == ending { contact.share } else { 0.0 });
            Cell {
                queue: contact.queue,
                region: contact.region,
                start: contact.arrival.div_euclid(interval) * interval,
                offered: contact.share,
                handled: of(Ending::Handled),
                abandoned: of(Ending::Abandoned),
                time: contact.handle_time.map_or(0.0, |time| time * contact.share),
                timed: contact.handle_time.map_or(0.0, |_| contact.share),
            }
        })
        .collect();
    cells.extend(zeros(contacts, interval, knows_ends, said));
    added_up(cells)
}

/// An empty cell for each interval of each queue and region on the days that have contacts at all.
fn zeros(contacts: &[Contact], interval: i64, knows_ends: bool, said: &mut Said) -> Vec<Cell> {
    const DAY: i64 = 86_400;
    let mut series: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut days: BTreeSet<i64> = BTreeSet::new();
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for contact in contacts {
        series.insert((contact.queue, contact.region));
        days.insert(contact.arrival.div_euclid(DAY));
        first = first.min(contact.arrival);
        last = last.max(contact.arrival);
    }
    let gaps: Vec<String> = days
        .iter()
        .zip(days.iter().skip(1))
        .filter(|(day, next)| **next > **day + 1)
        .map(|(day, next)| {
            let date = |day: i64| crate::ingest::instants::instant(day * DAY).format("%Y-%m-%d").to_string();
            if *next == day + 2 { date(day + 1) } else { format!("{} to {}", date(day + 1), date(next - 1)) }
        })
        .collect();
    if !gaps.is_empty() {
        let named = gaps.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let more = if gaps.len() > 5 { ", …" } else { "" };
        said.found(format!(
            "no contact at all on {named}{more} (days of UTC): closed, or a gap in the log; not a day without demand"
        ));
    }
    let mut zeros = Vec::new();
    for ((queue, region), day) in series.iter().flat_map(|key| days.iter().map(move |day| (*key, *day))) {
        let from = (day * DAY).max(first.div_euclid(interval) * interval);
        let until = ((day + 1) * DAY).min(last + 1);
        let mut start = from.div_euclid(interval) * interval;
        while start < until {
            let none = knows_ends.then_some(0.0);
            zeros.push(Cell {
                queue,
                region,
                start,
                offered: 0.0,
                handled: none,
                abandoned: none,
                time: 0.0,
                timed: 0.0,
            });
            start += interval;
        }
    }
    zeros
}
