//! `workspace.toml` of a starter workspace, with a comment wherever something was assumed.

use std::fmt::Write;

use chrono::Weekday;

use crate::domain::calendar::WeeklyHours;
use crate::domain::contact_records::FoundLearning;
use crate::domain::history::Survey;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

use super::given::StarterHistory;
use super::hours::DAYS;
use super::opening::Opening;
use super::queues::StarterQueue;
use super::remarks::remarks;
use super::terms::{DAYS_PER_WEEK, Terms};
use crate::generate::settings::{clock, list};

/// Rows of up to so many minutes are split along their slope, longer ones evenly; see the ingestion.
const SLOPED: i64 = 120;
/// Letters of a line of comment.
const LINE: usize = 110;

/// The id of the one site.
pub(super) const SITE: &str = "main";

/// The whole file.
pub(super) fn workspace_toml(
    survey: &Survey,
    zone: Zone,
    history: &StarterHistory<'_>,
    grid: Minutes,
    queues: &[StarterQueue],
    opening: &Opening,
    terms: &[Terms],
) -> String {
    let mut toml = head(survey, zone, history, grid);
    for queue in queues {
        toml += &queue_section(queue, zone);
    }
    let _ = write!(
        toml,
        "\n# Invented: one site whose hours span those of the queues.\n[[site]]\nid = \"{SITE}\"\ntimezone = \"{zone}\"\nhours = {{ {} }}\n",
        site_hours(opening)
    );
    toml += "\n# Invented: contracts that cover the opening hours. Put yours in their place, and in agents.csv.\n";
    for terms in terms {
        toml += &contract_section(terms);
    }
    toml += &learning_section(history);
    toml += ABSENCE_KINDS;
    toml
}

/// How newcomers get faster, where the records tell.
fn learning_section(history: &StarterHistory<'_>) -> String {
    let Some(FoundLearning { curve, error, newcomers }) = history.learning else { return String::new() };
    format!(
        "\n# Found: {newcomers} newcomers got faster, {:.0} ± {:.0} % longer at first. `from` in agents.csv and skills.csv tells who is new.\n\
         [learning]\nextra = {:.2}\nweeks = {}\n",
        100.0 * curve.extra,
        100.0 * error,
        curve.extra,
        curve.weeks
    )
}

fn head(survey: &Survey, zone: Zone, history: &StarterHistory<'_>, grid: Minutes) -> String {
    let found = survey.interval.get();
    let why = match grid.get() {
        minutes if minutes == found => "as in the history".to_owned(),
        minutes if minutes > found => format!("the history's {found} minutes are added up"),
        _ if found <= SLOPED => format!("the history's {found} minutes are split by their slope"),
        _ => format!(
            "the history's {found} minutes are split evenly over opening hours, or by `day_shape` of the [[queue]]"
        ),
    };
    let mut toml = format!(
        r#"# A starter workspace around your own history, written by `obsada init --history`.
# What stands here without a comment is a default; agents and contracts are invented. Change what is not so.
{remarks}
[plan]
start = "next-monday" # the Monday after the history ends, or a date
weeks = 1
week_start = "mon"
interval_minutes = {} # {why}
timezone = "{zone}"
currency = "EUR" # of all money below

[history]
files = [{}]
"#,
        grid.get(),
        history.files.iter().map(|file| quoted(file)).collect::<Vec<_>>().join(", "),
        remarks = remarks(survey).iter().map(|remark| wrapped(remark)).collect::<String>(),
    );
    if survey.queues.iter().any(|queue| queue.name.is_empty()) {
        toml += "queue = \"main\" # the history has no column of queues\n";
    }
    toml += "counted_at = \"arrival\" # assumed\n";
    if !history.import.is_empty() {
        toml += "\n# How `obsada import` read the export, and reads the next of its kind.\n[history.import]\n";
        for (key, value) in history.import {
            let _ = writeln!(toml, "{key} = {value}");
        }
    }
    toml += r#"
[staffing]
unplanned_shrinkage = 0.0 # say 0.04 if of 100 rostered people 4 do not turn up: every head then counts for 0.96
planned_shrinkage = 0.25 # a roster places breaks and absences itself: no stage uses this yet

[objective]
short_per_hour = 60.0
deep_short_per_hour = 120.0
deep_short_below = 0.8
over_per_hour = 1.0
preference = 15.0

# Public holidays of your customers, past years too: say holidays = ["PL"] in [plan], or "DE-BY" for a part of a country.
# Other special days have one entry each, and so has a public holiday on which you are closed:
# [[holiday]]
# date = "2026-12-25"
# name = "Christmas Day"
# service = "closed"
"#;
    toml
}

fn queue_section(queue: &StarterQueue, zone: Zone) -> String {
    let aht = if queue.is_aht_found {
        format!("aht_s = {:.1} # the mean found in the history, where an interval has none\n", queue.aht_s)
    } else {
        format!("aht_s = {:.1} # declared: the history tells none\n", queue.aht_s)
    };
    let mut toml = format!(
        r#"
[[queue]]
id = {}
channel = "voice" # assumed
skills = [{}]
priority = 1
goal = {{ share = 0.80, within_s = 20, definition = "offered", over = "interval" }}
{patience}max_occupancy = 0.88
{aht}{spread}price_lost = 5.0
price_late = 1.0
"#,
        quoted(&queue.id),
        quoted(&queue.skill),
        patience = patience_lines(queue),
        spread = queue.habits.as_ref().and_then(|habits| habits.handle_cv).map_or_else(String::new, |cv| {
            format!("handle_cv = {cv} # standard deviation over mean of the contacts' own handle times\n")
        }),
    );
    for region in &queue.regions {
        let _ = write!(
            toml,
            "\n  [[queue.region]]\n  id = {}\n  timezone = \"{zone}\"\n  hours = {{ {} }} # {}\n",
            quoted(region),
            weekly_hours(&queue.hours),
            queue.hours_from
        );
    }
    toml
}

/// Patience as the contacts' waits tell it, or assumed.
fn patience_lines(queue: &StarterQueue) -> String {
    let Some(found) = queue.habits.as_ref().and_then(|habits| habits.patience) else {
        return "patience_s = 180.0 # assumed\n".to_owned();
    };
    let tenth = found.first_tenth_s.map_or_else(String::new, |tenth| {
        format!("; of those not answered by then a tenth has given up after {tenth:.0} s")
    });
    let mut lines =
        format!("patience_s = {:.0} # of {} who waited {} gave up{tenth}\n", found.mean_s, found.waited, found.gave_up);
    if let Some(shape) = found.shape {
        let _ = writeln!(lines, "patience_weibull = {shape:.2} # the likeliest shape");
    }
    lines
}

/// Opening hours as the settings have them: `mon-fri = "08:00-20:00", sat = "09:00-15:00"`; empty where there are none.
#[must_use]
pub fn weekly_hours(hours: &WeeklyHours) -> String {
    let spans = |day: Weekday| -> Vec<(i64, i64)> {
        hours.on(day).iter().map(|span| (i64::from(span.from()), i64::from(span.until()))).collect()
    };
    by_weekday(&DAYS.map(spans))
}

fn site_hours(opening: &Opening) -> String {
    by_weekday(&opening.days.map(|day| day.into_iter().collect()))
}

/// `mon-fri = "08:00-20:00", sat = "09:00-15:00"`: days in a row with the same hours share an entry.
fn by_weekday(days: &[Vec<(i64, i64)>; 7]) -> String {
    let names = crate::generate::absences::WEEKDAYS;
    let mut entries = Vec::new();
    let mut first = 0;
    while first < 7 {
        let same = days[first..].iter().take_while(|spans| **spans == days[first]).count();
        let last = first + same - 1;
        let key = match (first, last) {
            (0, 6) => "daily".to_owned(),
            (first, last) if first == last => names[first].to_owned(),
            (first, last) => format!("{}-{}", names[first], names[last]),
        };
        let spans: Vec<String> =
            days[first].iter().map(|(from, until)| format!("\"{}-{}\"", clock(*from), clock(*until))).collect();
        match spans.as_slice() {
            [] => {}
            [one] => entries.push(format!("{key} = {one}")),
            several => entries.push(format!("{key} = [{}]", several.join(", "))),
        }
        first = last + 1;
    }
    entries.join(", ")
}

fn contract_section(terms: &Terms) -> String {
    let nights = if terms.nights { "nights = { from = \"22:00\", until = \"06:00\", max_per_week = 5 }\n" } else { "" };
    format!(
        r#"
[[contract]]
id = "{id}"
min_hours_per_week = {least}
max_hours_per_week = {most}
shift_lengths_minutes = [{lengths}] # elapsed, meals included
{starts}{breaks}min_between_breaks_minutes = 60
daily_rest_hours = 11
weekly_rest_hours = 35
max_consecutive_days = 6
max_days_per_week = {DAYS_PER_WEEK}
{nights}premiums = [
  {{ class = "night", share = 0.20, clock = "22:00-06:00" }},
  {{ class = "sunday", share = 0.50, weekday = "sun" }},
  {{ class = "holiday", share = 1.00, holiday = true }},
]
"#,
        id = terms.id,
        least = terms.hours.0,
        most = terms.hours.1,
        lengths = terms.lengths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        starts = list("starts", terms.starts.iter().map(|start| crate::generate::settings::start_window(*start))),
        breaks = list("breaks", {
            let longest = terms.lengths.iter().max().copied().unwrap_or(0);
            let kept = terms.breaks.iter().filter(move |rest| rest.from_length <= longest);
            kept.map(crate::generate::settings::break_rule)
        }),
    )
}

/// A remark as a comment of short lines.
fn wrapped(remark: &str) -> String {
    let mut comment = String::from("#");
    let mut length = 1;
    for (at, word) in "ATTENTION: ".split(' ').chain(remark.split(' ')).filter(|word| !word.is_empty()).enumerate() {
        if at > 0 && length + 1 + word.len() > LINE {
            comment += "\n#  ";
            length = 3;
        }
        comment.extend([" ", word]);
        length += 1 + word.len();
    }
    comment + "\n"
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

const ABSENCE_KINDS: &str = r#"
[[absence_kind]]
id = "vacation"
paid = true
credited_minutes_per_day = 480
counts_as_rest = true

[[absence_kind]]
id = "sick"
paid = true
credited_minutes_per_day = 480
counts_as_rest = true
"#;
