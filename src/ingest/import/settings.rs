//! How a file was read, as the keys of `[history.import]`: the next file of its kind needs no word.

use super::cell::durations::TimeUnit;
use super::cell::numbers::DecimalMark;
use super::reading::handle_time::Units;
use super::reading::rows::Reading;
use super::sheets::sheet::Sheet;
use super::stated::declared::Declared;
use super::stated::layouts::Layout;
use super::stated::roles::Role;
use super::stated::systems::System;
use crate::domain::time::Zone;
use crate::text::Encoding;

/// What was settled of a file.
pub(super) struct Settled<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) reading: &'a Reading,
    pub(super) system: Option<&'static System>,
    pub(super) zone: Option<Zone>,
    pub(super) is_local: bool,
    pub(super) units: Option<Units>,
    pub(super) left_out: &'a [String],
    pub(super) interval: Option<i64>,
    /// Whether handle times of contacts hold their waits, where it matters.
    pub(super) includes_wait: Option<bool>,
}

/// Key and value, as TOML has them, in the order in which they are explained.
pub(super) fn settings(settled: &Settled<'_>, declared: &Declared) -> Vec<(String, String)> {
    let (sheet, reading) = (settled.sheet, settled.reading);
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut line = |key: &str, value: String| lines.push((key.to_owned(), value));
    if let Some(system) = settled.system {
        line("system", text(system.name));
    }
    line("layout", text(reading.columns.layout.name()));
    if let Some(name) = &declared.sheet {
        line("sheet", text(name));
    }
    if let Some((encoding, _)) = sheet.form.encoding.filter(|(encoding, _)| *encoding != Encoding::Utf8) {
        line("encoding", text(encoding.name()));
    }
    if let Some(separator) = sheet.form.separator {
        line("separator", text(&char::from(separator).to_string()));
    }
    if let Some(number) = declared.header_line.or(sheet.header_line().is_none().then_some(0)) {
        line("header_line", number.to_string());
    }
    for role in Role::ALL {
        if let Some(columns) = reading.columns.of.get(&role) {
            let names: Vec<String> = columns.iter().map(|column| text(&sheet.header()[*column])).collect();
            let value = if let [name] = &names[..] { name.clone() } else { format!("[{}]", names.join(", ")) };
            line(&format!("columns.{}", role.name()), value);
        }
    }
    line("day_order", text(reading.order.name()));
    line("decimal_mark", text(if reading.mark == DecimalMark::Comma { "," } else { "." }));
    if let Some(units) = settled.units {
        let hours = units.first_part == TimeUnit::Hours;
        line("time_unit", text(if hours { TimeUnit::Hours } else { units.number }.name()));
    } else if let Some(unit) = declared.time_unit {
        line("time_unit", text(unit.name()));
    }
    if let Some(zone) = settled.zone.filter(|_| settled.is_local).or(declared.zone) {
        line("timezone", text(zone.name()));
    }
    if let Some(repeated) = declared.repeated_hour {
        line("repeated_hour", text(repeated.name()));
    }
    if let Some(absent) = declared.absent_hour {
        line("absent_hour", text(absent.name()));
    }
    choices(settled, declared, &mut line);
    lines
}

/// What becomes of rows, and how their words are meant.
fn choices(settled: &Settled<'_>, declared: &Declared, line: &mut dyn FnMut(&str, String)) {
    let (sheet, reading) = (settled.sheet, settled.reading);
    let is_named = reading.columns.of.contains_key(&Role::Queue) || reading.columns.layout == Layout::ColumnPerQueue;
    if !is_named && !reading.queue.is_empty() {
        line("queue", text(&reading.queue));
    }
    let names = |columns: &[usize]| list(columns.iter().map(|column| sheet.header()[*column].as_str()));
    if !reading.queue_per.is_empty() {
        line("queue_per", names(&reading.queue_per));
    }
    if !declared.sum_over.is_empty() {
        line("sum_over", list(declared.sum_over.iter().map(String::as_str)));
    }
    if let Some(doubles) = declared.doubles {
        line("doubles", text(if doubles == super::Doubles::Sum { "sum" } else { "last" }));
    }
    if let Some(overlap) = declared.overlap {
        line("overlap", text(if overlap == super::Overlap::Earlier { "earlier" } else { "later" }));
    }
    if !settled.left_out.is_empty() || declared.leave_out.is_some() {
        let names = declared.leave_out.as_deref().unwrap_or(settled.left_out);
        line("leave_out", list(names.iter().map(String::as_str)));
    }
    if let Some(minutes) = settled.interval {
        line("interval_minutes", minutes.to_string());
    }
    if reading.first_hour != 0 || declared.first_hour.is_some() {
        line("first_hour", reading.first_hour.to_string());
    }
    if let Some(are_ends) = declared.times_are_ends {
        line("times", text(if are_ends { "end" } else { "start" }));
    }
    if let Some(keeps) = declared.keeps_day_totals {
        line("day_totals", text(if keeps { "keep" } else { "leave_out" }));
    }
    if let Some(includes) = settled.includes_wait {
        line("handle_time_includes_wait", includes.to_string());
    }
    if let Some(fills) = declared.fill_down {
        line("fill_down", fills.to_string());
    }
    let directions = ("directions", &declared.directions);
    for (key, words) in [directions, ("answered", &declared.answered), ("abandoned", &declared.abandoned)] {
        if !words.is_empty() {
            line(key, list(words.iter().map(String::as_str)));
        }
    }
}

/// A TOML string.
fn text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    format!("[{}]", texts.map(text).collect::<Vec<_>>().join(", "))
}
