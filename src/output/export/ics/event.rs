//! VEVENT: one for a shift, two for a split one; its breaks stand in the description, on the clock of the site.

use chrono::{Duration, Offset};
use tr::tr;

use super::lines::Lines;
use crate::domain::roster::{Activity, Piece, ShiftStatus};
use crate::domain::span::Span;
use crate::domain::time::{Instant, Resolved, Zone, resolve};
use crate::output::local_time;
use crate::output::records::CancelledShift;
use crate::output::results::{Results, RosteredShift};

/// Whose calendar an event is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// The agent: the title says where.
    Agent,
    /// The supervisor: the title says who.
    Team,
}

/// The events of a shift.
pub(super) fn of_shift(results: &Results, of: &RosteredShift, sequence: u32, reader: Reader) -> Lines {
    let (agent, site, zone) = (results.agent(of), results.site(of), results.zone_of(of));
    let mut lines = Lines::default();
    let parts: Vec<&[Piece]> = of.shift.parts().collect();
    for (at, pieces) in parts.iter().enumerate() {
        let span = Span { from: pieces[0].span.from, until: pieces[pieces.len() - 1].span.until };
        begin(&mut lines, results, of.shift.id.as_str(), at + 1, sequence);
        let [start, end] = when(span, zone);
        lines.push(&format!("DTSTART{}", start.0), &start.1);
        lines.push(&format!("DTEND{}", end.0), &end.1);
        lines.text(
            "SUMMARY",
            &match reader {
                Reader::Agent => tr!("Shift, {}", site.id),
                Reader::Team => agent.name.clone(),
            },
        );
        lines.text("LOCATION", &site.id);
        lines.text("DESCRIPTION", &description(of, pieces, zone, (at + 1, parts.len())));
        let is_told = of.shift.status == ShiftStatus::Published;
        lines.push("STATUS", if is_told { "CONFIRMED" } else { "TENTATIVE" });
        lines.push("TRANSP", "OPAQUE");
        lines.push("END", "VEVENT");
    }
    lines
}

/// A shift that was told and is no more: calendars that know it take it away.
pub(super) fn of_cancelled(results: &Results, of: &CancelledShift) -> Lines {
    let mut lines = Lines::default();
    begin(&mut lines, results, &of.shift_id, of.part, of.sequence);
    lines.push("DTSTART", &utc(of.start));
    lines.push("DTEND", &utc(of.end));
    lines.text("SUMMARY", &tr!("Shift cancelled"));
    lines.push("STATUS", "CANCELLED");
    lines.push("END", "VEVENT");
    lines
}

fn begin(lines: &mut Lines, results: &Results, shift_id: &str, part: usize, sequence: u32) {
    lines.push("BEGIN", "VEVENT");
    lines.push("UID", &uid(&results.plan.name, shift_id, part));
    // No clock: the same plan is the same calendar.
    lines.push("DTSTAMP", &utc(results.plan.as_of));
    lines.push("SEQUENCE", &sequence.to_string());
}

/// The same for a shift however often it is planned anew, and no other shift's.
fn uid(plan: &str, shift_id: &str, part: usize) -> String {
    let part = if part > 1 { format!(".{part}") } else { String::new() };
    format!("{}.{}{part}@obsada", plain(plan), plain(shift_id))
}

/// ASCII letters, digits and dashes stay, every other octet is written as `%C5`.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_' {
            out.push(char::from(octet));
        } else {
            out.extend(['%', hexadecimal(octet >> 4), hexadecimal(octet & 15)]);
        }
    }
    out
}

fn hexadecimal(half: u8) -> char {
    char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase()
}

/// Start and end as parameter and value: on the zone's clock, or in UTC where either falls into the second of two equal hours. A wall
/// clock cannot tell them apart, and RFC 5545 (3.3.5) takes it for the first.
fn when(span: Span, zone: Zone) -> [(String, String); 2] {
    let both = [span.from, span.until];
    let is_second = |at: &Instant| {
        let wall = at.with_timezone(&zone).naive_local();
        matches!(resolve(wall, zone), Resolved::Twice(first, _) if first != *at)
    };
    if both.iter().any(is_second) {
        return both.map(|at| (String::new(), utc(at)));
    }
    both.map(|at| (format!(";TZID={}", zone.name()), at.with_timezone(&zone).format("%Y%m%dT%H%M%S").to_string()))
}

fn utc(at: Instant) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// What is done when, and what is paid.
fn description(of: &RosteredShift, pieces: &[Piece], zone: Zone, (part, parts): (usize, usize)) -> String {
    let span = of.shift.span();
    let offset = |at: Instant| at.with_timezone(&zone).offset().fix();
    let changes = offset(span.from) != offset(span.until - Duration::seconds(1));
    let clock = |at: Instant| {
        let clock = local_time::clock(at, zone);
        if changes { tr!("{clock} (UTC{})", offset(at), clock) } else { clock }
    };
    let mut lines: Vec<String> = pieces
        .iter()
        .map(|piece| {
            let does = match piece.activity {
                Activity::Work if of.queues.is_empty() => "work".to_owned(),
                Activity::Work => tr!("work: {}", of.queues.join(", ")),
                Activity::Break => tr!("break, paid"),
                Activity::Meal => tr!("meal, unpaid"),
                Activity::Session { of, is_paid: true } => tr!("{of}, paid", of),
                Activity::Session { of, is_paid: false } => tr!("{of}, unpaid", of),
            };
            format!("{}–{} {does}", clock(piece.span.from), clock(piece.span.until))
        })
        .collect();
    lines.push(tr!("Paid: {} h", of.shift.paid().told_in_hours()));
    if parts > 1 {
        lines.push(tr!(
            "Part {part} of {parts} of a split shift; paid hours are those of the whole shift",
            part,
            parts
        ));
    }
    if changes {
        lines.push(tr!("Clocks change during this shift, which lasts {} h", of.shift.length().told_in_hours()));
    }
    if of.shift.status == ShiftStatus::Draft {
        lines.push(tr!("Draft: not yet published"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::sample;

    fn text(at: usize, reader: Reader) -> String {
        let results = sample::rostered();
        let lines = of_shift(&results, &results.shifts[at], 2, reader);
        String::from_utf8(lines.into_bytes()).expect("text").replace("\r\n ", "")
    }

    #[test]
    fn a_night_of_twenty_five_hours_is_as_long_as_it_is() {
        let night = text(0, Reader::Agent);
        for line in [
            "DTSTART;TZID=Europe/Warsaw:20261024T220000",
            "DTEND;TZID=Europe/Warsaw:20261025T060000",
            "UID:Shop%20%26%20S%C3%B6hne.a1-2026-10-24@obsada",
            "DTSTAMP:20261015T220000Z",
            "SEQUENCE:2",
            "SUMMARY:Shift\\, krakow",
        ] {
            assert!(night.contains(line), "{line}\n{night}");
        }
        assert!(night.contains("02:30 (UTC+02:00)–02:45 (UTC+02:00) break\\, paid"), "{night}");
        assert!(night.contains("which lasts 9 h"), "{night}");
    }

    #[test]
    fn the_second_of_two_equal_hours_is_told_in_utc() {
        let zone = chrono_tz::Europe::Warsaw;
        let span = |from: &str, until: &str| Span {
            from: from.parse().expect("an instant"),
            until: until.parse().expect("an instant"),
        };
        // 02:30 for the first time is 00:30 UTC, for the second 01:30.
        let [first, _] = when(span("2026-10-25T00:30:00Z", "2026-10-25T08:00:00Z"), zone);
        assert_eq!(first, (";TZID=Europe/Warsaw".to_owned(), "20261025T023000".to_owned()));
        let second = when(span("2026-10-25T01:30:00Z", "2026-10-25T08:00:00Z"), zone);
        assert_eq!(second.map(|(_, value)| value), ["20261025T013000Z", "20261025T080000Z"]);
    }

    #[test]
    fn the_gap_of_a_split_shift_is_free_and_the_supervisor_reads_names() {
        let split = text(1, Reader::Team);
        assert_eq!(split.matches("BEGIN:VEVENT").count(), 2);
        assert!(split.contains("DTEND;TZID=Asia/Manila:20261020T120000") && split.contains("a3-2026-10-20.2@obsada"));
        assert!(split.contains("SUMMARY:Jun Cruz") && split.contains("work: orders\\, post"), "{split}");
    }
}
