//! The comparison in words, for the terminal.

use std::collections::BTreeSet;
use tr::tr;

use crate::language::translated;

use chrono::{DateTime, Duration, FixedOffset};

use super::change::{Change, ShiftChange, ShiftTimes};
use super::difference::RosterDifference;
use super::figures::{Figure, FigureKind};
use crate::output::local_time;
use crate::output::number::{grouped, percent_or_dash, signed};

/// What differs: how much of it, each shift, then the figures before and after.
#[must_use]
pub fn text(difference: &RosterDifference) -> String {
    let mut lines = vec![headline(difference)];
    lines.extend(difference.changes.iter().map(change));
    lines.push(String::new());
    lines.extend(table(difference));
    lines.join("\n") + "\n"
}

fn headline(difference: &RosterDifference) -> String {
    let (first, last) = difference.days;
    let days = local_time::days(first, last);
    let beside = if difference.is_of_some_days {
        tr!("; one of the two plans other days beside, which are left out")
    } else {
        String::new()
    };
    let changes = &difference.changes;
    if changes.is_empty() {
        return tr!("The rosters are the same, {days}{beside}.", days, beside);
    }
    let people = changes.iter().map(|of| of.agent.as_str()).collect::<BTreeSet<_>>().len();
    let count = |kind: &Change| changes.iter().filter(|of| of.change == *kind).count();
    let counts: Vec<String> = Change::ALL
        .iter()
        .filter(|kind| count(kind) > 0)
        .map(|kind| tr!("counted" => "{count} {word}", count = count(kind), word = translated(kind.name())))
        .collect();
    let shifts = tr!("{n} shift differs" | "{n} shifts differ" % changes.len());
    tr!(
        "{shifts}, of {people} of {} people, {days}{beside}: {}.",
        difference.people,
        counts.join(", "),
        shifts,
        people,
        days,
        beside
    )
}

/// `Ana Król (a1), Mon 30 Nov: moved from 08:00–16:00 to 10:00–18:00`.
fn change(of: &ShiftChange) -> String {
    let who = format!("{} ({}), {}", of.name, of.agent, local_time::day(of.date()));
    let word = translated(of.change.name());
    match (&of.before, &of.after) {
        (Some(was), Some(is)) if of.change == Change::Rearranged => {
            tr!("{who}: {word} within {}{}", times(was), at(was, is), who, word)
        }
        (Some(was), Some(is)) => {
            let day = if was.date == is.date { String::new() } else { format!("{} ", local_time::day(is.date)) };
            let by = match of.minutes_difference() {
                0 => String::new(),
                minutes => format!(" ({} h)", signed(minutes as f64 / 60.0, if minutes % 60 == 0 { 0 } else { 2 })),
            };
            tr!("{who}: {word} from {} to {day}{}{by}{}", times(was), times(is), at(was, is), who, word, day, by)
        }
        (Some(only), None) | (None, Some(only)) => tr!("{who}: {word} {} at {}", times(only), only.site, who, word),
        (None, None) => who,
    }
}

/// Another site, if it is one.
fn at(was: &ShiftTimes, is: &ShiftTimes) -> String {
    if was.site == is.site { String::new() } else { tr!(", from {} to {}", was.site, is.site) }
}

/// `22:00–06:00`; with offsets where clocks change in between.
fn times(of: &ShiftTimes) -> String {
    let is_changed = (of.end - Duration::seconds(1)).offset() != of.start.offset();
    let clock = |at: &DateTime<FixedOffset>| {
        if is_changed { at.format("%H:%M %:z").to_string() } else { at.format("%H:%M").to_string() }
    };
    format!("{}–{}", clock(&of.start), clock(&of.end))
}

/// Figures in columns: name, before, after, difference.
fn table(difference: &RosterDifference) -> Vec<String> {
    let mut rows = vec![[String::new(), tr!("before"), tr!("after"), tr!("difference")]];
    rows.extend(difference.figures.iter().map(|figure| row(figure, difference.currency.as_deref())));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2), width(3)];
    let line = |row: &[String; 4]| {
        let name = format!("{:<1$}", row[0], widths[0]);
        let figures: Vec<String> = (1..4).map(|column| format!("{:>1$}", row[column], widths[column])).collect();
        format!("{name}  {}", figures.join("  "))
    };
    rows.iter().map(line).collect()
}

fn row(of: &Figure, currency: Option<&str>) -> [String; 4] {
    let figure = |places: usize| {
        let told = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| grouped(value, places));
        let difference = of.difference().map_or_else(|| "–".to_owned(), |by| signed(by, places));
        [told(of.before), told(of.after), difference]
    };
    let money = |name: &str| match currency {
        Some(currency) => (format!("{name}, {currency}"), figure(2)),
        // Two currencies have no difference.
        None => (name.to_owned(), {
            let [before, after, _] = figure(2);
            [before, after, "–".to_owned()]
        }),
    };
    let (name, [before, after, by]) = match &of.kind {
        FigureKind::Shifts => (tr!("shifts"), figure(0)),
        FigureKind::Hours => (tr!("hours"), figure(2)),
        FigureKind::PaidHours => (tr!("paid hours"), figure(2)),
        FigureKind::Wages => money(&tr!("wages")),
        FigureKind::Premiums => money(&tr!("premiums")),
        FigureKind::LabourCost => money(&tr!("labour cost")),
        FigureKind::InTime(queue) => {
            let points = of.difference().map_or_else(|| "–".to_owned(), |by| tr!("{} points", signed(by * 100.0, 1)));
            (tr!("in time, {queue}", queue), [percent_or_dash(of.before, 1), percent_or_dash(of.after, 1), points])
        }
    };
    [name, before, after, by]
}

#[cfg(test)]
mod tests {
    use super::super::compare::compare;
    use super::*;
    use crate::output::results::sample::{ROSTER, results, rostered};
    use crate::output::results::{ResultTable, Results};

    fn told(roster: &str, more: &[(&str, &str)]) -> String {
        let files = [&[("roster.csv", roster)], more].concat();
        let mut needed = vec![ResultTable::Roster];
        needed.extend((!more.is_empty()).then_some(ResultTable::Payroll));
        let after: Results = results(&files, &needed).expect("results");
        text(&compare(&rostered(), &after).expect("the same days"))
    }

    #[test]
    fn a_night_over_the_clock_change_that_ends_earlier_is_told_with_its_offsets() {
        let told = told(&ROSTER.replace("2026-10-25T06:00:00+01:00", "2026-10-25T05:00:00+01:00"), &[]);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], "1 shift differs, of 1 of 2 people, Mon 19 Oct – Sun 25 Oct 2026: 1 shortened.");
        assert_eq!(
            lines[1],
            "Ana Król (a1), Sat 24 Oct: shortened from 22:00 +02:00–06:00 +01:00 to 22:00 +02:00–05:00 +01:00 (−1 h)"
        );
        // 9 and 8 hours; the split shift has 8 both times.
        let hours = lines.iter().find(|line| line.starts_with("hours")).expect("a row");
        assert_eq!(hours.split_whitespace().collect::<Vec<_>>(), ["hours", "17.00", "16.00", "−1.00"]);
    }

    #[test]
    fn shifts_are_matched_by_name_then_by_day_and_the_rest_is_added_or_removed() {
        // Jun's day under another name is the same shift; Ola gets one, Ana loses hers.
        let roster: String = ROSTER.replace("a3-2026-10-20", "other").replace("a1,a1-2026-10-24,", "a2,new,");
        let told = told(&roster, &[]);
        assert!(told.contains("2 shifts differ, of 2 of 3 people"), "{told}");
        assert!(told.contains("Ana Król (a1), Sat 24 Oct: removed 22:00 +02:00–06:00 +01:00 at krakow"), "{told}");
        assert!(told.contains("Ola; Nowak, jr (a2), Sat 24 Oct: added"), "{told}");
    }

    #[test]
    fn equal_rosters_are_told_to_be_and_what_is_not_known_is_a_dash() {
        let told = told(
            ROSTER,
            &[("payroll.csv", "agent,shift_id,date,class,minutes,rate,amount\na1,s,2026-10-24,base,60,20.00,20.00\n")],
        );
        assert!(told.starts_with("The rosters are the same, Mon 19 Oct – Sun 25 Oct 2026.\n"), "{told}");
        let wages = told.lines().find(|line| line.starts_with("wages, EUR")).expect("a row");
        assert_eq!(wages.split_whitespace().collect::<Vec<_>>(), ["wages,", "EUR", "–", "20.00", "–"]);
    }

    #[test]
    fn a_shift_on_another_day_is_moved_there() {
        let roster = ROSTER.replace("manila,2026-10-20", "manila,2026-10-21").replace("2026-10-20T", "2026-10-21T");
        let told = told(&roster, &[]);
        assert!(told.contains("Jun Cruz (a3), Tue 20 Oct: moved from 08:00–20:00 to Wed 21 Oct 08:00–20:00"), "{told}");
    }
}
