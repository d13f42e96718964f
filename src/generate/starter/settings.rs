//! `workspace.toml` of a starter workspace, with a comment wherever something was assumed.

use std::fmt::Write;

use chrono::Weekday;

use crate::domain::calendar::WeeklyHours;
use crate::domain::history::Survey;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

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
    history_file: &str,
    grid: Minutes,
    queues: &[StarterQueue],
    opening: &Opening,
    terms: &[Terms],
) -> String {
    let mut toml = head(survey, zone, history_file, grid);
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
    toml += ABSENCE_KINDS;
    toml
}

fn head(survey: &Survey, zone: Zone, history_file: &str, grid: Minutes) -> String {
    let found = survey.interval.get();
    let why = match grid.get() {
        minutes if minutes == found => "as in the history".to_owned(),
        minutes if minutes > found => format!("the history's {found} minutes are added up"),
        _ if found <= SLOPED => format!("the history's {found} minutes are split by their slope"),
        _ => format!("the history's {found} minutes are split evenly over opening hours"),
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
        quoted(history_file),
        remarks = remarks(survey).iter().map(|remark| wrapped(remark)).collect::<String>(),
    );
    if survey.needs_zone {
        let _ = writeln!(toml, "timezone = \"{zone}\" # the file's times carry no offset");
        let why = if survey.repeated_hours_once {
            "the autumn hour that comes twice has one row: its contacts are shared"
        } else {
            "where the autumn hour has two rows, they are its first and its second coming"
        };
        let _ = writeln!(toml, "repeated_hour = \"both\" # {why}");
        toml += "absent_hour = \"skip\" # rows in the spring hour that never was are left out, each listed in cleaning.csv\n";
    }
    if survey.queues.iter().any(|queue| queue.name.is_empty()) {
        toml += "queue = \"main\" # the file has no column of queues\n";
    }
    let renamed: Vec<String> = survey
        .columns
        .iter()
        .filter(|(ours, theirs)| ours != theirs)
        .map(|(ours, theirs)| format!("{ours} = {}", quoted(theirs)))
        .collect();
    if !renamed.is_empty() {
        let _ = writeln!(toml, "columns = {{ {} }} # our name = the file's name", renamed.join(", "));
    }
    toml += r#"counted_at = "arrival" # assumed

[staffing]
unplanned_shrinkage = 0.0 # say 0.04 if of 100 rostered people 4 do not turn up: every head then counts for 0.96
planned_shrinkage = 0.25 # a roster places breaks and absences itself: no stage uses this yet

[objective]
short_per_hour = 60.0
deep_short_per_hour = 120.0
deep_short_below = 0.8
over_per_hour = 1.0
preference = 15.0

# Public holidays are not known here. One entry each, past years too, so that the forecast learns what they do:
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
skills = ["{}"]
priority = 1
goal = {{ share = 0.80, within_s = 20, definition = "offered", over = "interval" }}
patience_s = 180.0 # assumed
max_occupancy = 0.88
{aht}price_lost = 5.0
price_late = 1.0
"#,
        quoted(&queue.id),
        queue.skill,
    );
    for region in &queue.regions {
        let _ = write!(
            toml,
            "\n  [[queue.region]]\n  id = {}\n  timezone = \"{zone}\"\n  hours = {{ {} }} # {}\n",
            quoted(region),
            hours_of(&queue.hours),
            queue.hours_from
        );
    }
    toml
}

fn hours_of(hours: &WeeklyHours) -> String {
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
