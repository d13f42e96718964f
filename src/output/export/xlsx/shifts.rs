//! Shifts as a list, with two columns to fill in: which to lock, and how to change one. `shift_id` is the key.

use rust_xlsxwriter::{DataValidation, Note, XlsxError};
use tr::tr;

use super::sheet::{Sheet, across, at};
use super::styles::Styles;
use crate::domain::roster::Activity;
use crate::domain::span::Span;
use crate::output::local_time;
use crate::output::results::{Results, RosteredShift};

const COLUMNS: [(&str, f64); 14] = [
    ("shift_id", 18.0),
    ("agent", 10.0),
    ("name", 22.0),
    ("site", 12.0),
    ("date", 11.0),
    ("start", 16.0),
    ("end", 16.0),
    ("hours", 7.0),
    ("paid_hours", 10.0),
    ("breaks", 30.0),
    ("queues", 20.0),
    ("status", 10.0),
    ("lock", 7.0),
    ("change", 18.0),
];
const LOCK: usize = 12;
const CHANGE: usize = 13;

/// What may stand in the two columns.
fn about_lock() -> String {
    tr!("yes: the shift stays as it is when the plan is made again. Empty or no: it may move.")
}

fn about_change() -> String {
    tr!("New times on the clock of the site, such as 09:00-17:00, or off to take the shift away. Empty: as it is.")
}

/// The sheet.
pub(super) fn sheet(results: &Results, styles: &Styles, name: &str) -> Result<Sheet, XlsxError> {
    let mut list = Sheet::named(name, &tr!("{}: shifts", results.plan.name))?;
    list.headings(0, &COLUMNS, 3, &styles.heading)?;
    for (row, of) in results.shifts.iter().enumerate() {
        shift(&mut list, results, styles, of, row + 1)?;
    }
    let last = results.shifts.len().max(1);
    let choice = DataValidation::new()
        .allow_list_strings(&["yes", "no"])?
        .set_input_title("lock")?
        .set_input_message(about_lock())?;
    list.sheet.add_data_validation(1, across(LOCK), at(last), across(LOCK), &choice)?;
    let words = DataValidation::new().allow_any_value().set_input_title("change")?.set_input_message(about_change())?;
    list.sheet.add_data_validation(1, across(CHANGE), at(last), across(CHANGE), &words)?;
    list.sheet.insert_note(0, across(LOCK), &Note::new(about_lock()).add_author_prefix(false))?;
    list.sheet.insert_note(0, across(CHANGE), &Note::new(about_change()).add_author_prefix(false))?;
    list.list(0, results.shifts.len(), COLUMNS.len())?;
    Ok(list)
}

fn shift(
    list: &mut Sheet,
    results: &Results,
    styles: &Styles,
    of: &RosteredShift,
    row: usize,
) -> Result<(), XlsxError> {
    let (agent, zone) = (results.agent(of), results.zone_of(of));
    let span = of.shift.span();
    let wall = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).naive_local();
    let texts = [of.shift.id.as_str(), &agent.id, &agent.name, &results.site(of).id];
    for (column, text) in texts.into_iter().enumerate() {
        list.text(row, column, text, &styles.plain)?;
    }
    list.date(row, 4, of.shift.date, &styles.date)?;
    list.moment(row, 5, wall(span.from), &styles.moment)?;
    list.moment(row, 6, wall(span.until), &styles.moment)?;
    list.number(row, 7, Some(of.shift.length().as_hours()), &styles.hours)?;
    list.number(row, 8, Some(of.shift.paid().as_hours()), &styles.hours)?;
    let clock = |at| local_time::clock(at, zone);
    let breaks = of.shift.pieces.iter().filter(|piece| piece.activity != Activity::Work);
    let told = |span: Span, what: &str| format!("{}–{} {what}", clock(span.from), clock(span.until));
    let mut breaks: Vec<(Span, String)> =
        breaks.map(|piece| (piece.span, told(piece.span, piece.activity.name()))).collect();
    let gaps = of.shift.pieces.windows(2).map(|pair| Span { from: pair[0].span.until, until: pair[1].span.from });
    breaks.extend(gaps.filter(|gap| gap.from < gap.until).map(|gap| (gap, told(gap, "gap"))));
    breaks.sort_by_key(|(span, _)| span.from);
    let breaks: Vec<String> = breaks.into_iter().map(|(_, told)| told).collect();
    list.text(row, 9, &breaks.join(", "), &styles.wrapped)?;
    list.text(row, 10, &of.queues.join(", "), &styles.plain)?;
    list.text(row, 11, of.shift.status.name(), &styles.plain)?;
    list.text(row, LOCK, if of.shift.locked { "yes" } else { "" }, &styles.input)?;
    list.text(row, CHANGE, "", &styles.input)
}
