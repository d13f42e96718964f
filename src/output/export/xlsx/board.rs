//! The roster as a board: people down, days across, a cell a shift, coloured by when it starts. A sheet for every team.

use chrono::NaiveDate;
use rust_xlsxwriter::XlsxError;
use tr::tr;

use super::sheet::{Sheet, across, at};
use super::styles::Styles;
use crate::domain::time::Zone;
use crate::output::local_time;
use crate::output::results::{Results, RosteredShift};
use crate::output::shift_kind::ShiftKind;

/// Widths of the columns before the days: agent, name, contract, paid hours.
const WHO: [f64; 4] = [11.0, 22.0, 12.0, 8.0];
const DAY: f64 = 12.0;
const TITLE: usize = 0;
const LEGEND: usize = 1;
const HEADINGS: usize = 2;

/// The board of a site under a name.
pub(super) fn sheet(results: &Results, styles: &Styles, site: usize, name: &str) -> Result<Sheet, XlsxError> {
    let (id, zone) = (&results.sites[site].id, results.site_zones[site]);
    let dates = results.dates();
    let days = match (dates.first(), dates.last()) {
        (Some(first), Some(last)) => local_time::days(*first, *last),
        _ => String::new(),
    };
    let title = tr!("Roster {id}, {days} ({zone})", id, days, zone);
    let mut board = Sheet::named(name, &format!("{}: {title}", results.plan.name))?;
    board.text(TITLE, 0, &title, &styles.title)?;
    legend(&mut board, styles)?;
    let who = [tr!("Agent"), tr!("Name"), tr!("Contract"), tr!("Paid h")];
    board.headings(HEADINGS, &std::array::from_fn::<_, 4, _>(|at| (&who[at], WHO[at])), 2, &styles.heading)?;
    for (day, date) in dates.iter().enumerate() {
        board.date(HEADINGS, WHO.len() + day, *date, &styles.heading_date)?;
        board.sheet.set_column_width(across(WHO.len() + day), DAY)?;
    }
    let mut row = HEADINGS + 1;
    for agent in people(results, site) {
        person(&mut board, results, styles, (agent, site), &dates, row)?;
        row += 1;
    }
    board.text(row, 1, &tr!("People with a shift"), &styles.total)?;
    for (day, date) in dates.iter().enumerate() {
        let of_day = results.shifts.iter().filter(|of| of.shift.site.0 == site && of.shift.date == *date);
        let mut there: Vec<usize> = of_day.map(|of| of.shift.agent.0).collect();
        there.dedup();
        board.number(row, WHO.len() + day, Some(there.len() as f64), &styles.total)?;
    }
    print(&mut board, results, &dates)?;
    Ok(board)
}

/// Everybody of the site, and whoever else has a shift there.
fn people(results: &Results, site: usize) -> Vec<usize> {
    let here = |agent: usize| results.shifts_of(agent).iter().any(|of| of.shift.site.0 == site);
    let all = results.agents.iter().enumerate();
    all.filter(|(at, agent)| agent.site == results.sites[site].id || here(*at)).map(|(at, _)| at).collect()
}

fn legend(board: &mut Sheet, styles: &Styles) -> Result<(), XlsxError> {
    for (at, kind) in [ShiftKind::Early, ShiftKind::Late, ShiftKind::Night].into_iter().enumerate() {
        board.text(LEGEND, WHO.len() + at, &kind.words(), styles.of_kind(kind))?;
    }
    board.text(LEGEND, 0, &tr!("Times on the clock of the site; * is a shift that is locked"), &styles.quiet)
}

fn person(
    board: &mut Sheet,
    results: &Results,
    styles: &Styles,
    (agent, site): (usize, usize),
    dates: &[NaiveDate],
    row: usize,
) -> Result<(), XlsxError> {
    let entry = &results.agents[agent];
    let own: Vec<&RosteredShift> = results.shifts_of(agent).iter().filter(|of| of.shift.site.0 == site).collect();
    let paid: i64 = own.iter().map(|of| of.shift.paid().get()).sum();
    board.text(row, 0, &entry.id, &styles.plain)?;
    board.text(row, 1, &entry.name, &styles.plain)?;
    board.text(row, 2, &entry.contract, &styles.plain)?;
    board.number(row, 3, Some(paid as f64 / 60.0), &styles.hours)?;
    for (day, date) in dates.iter().enumerate() {
        let of_day: Vec<&&RosteredShift> = own.iter().filter(|of| of.shift.date == *date).collect();
        let zone = results.site_zones[site];
        match of_day.first() {
            Some(first) => {
                let told: Vec<String> = of_day.iter().map(|of| times(of, zone)).collect();
                let style = styles.of_kind(ShiftKind::of(&first.shift, zone));
                board.text(row, WHO.len() + day, &told.join("\n"), style)?;
                let lines = told.iter().map(|of| of.lines().count()).sum::<usize>();
                if lines > 1 {
                    board.sheet.set_row_height(at(row), 15.0 * lines as f64)?;
                }
            }
            None => board.text(row, WHO.len() + day, "", &styles.free)?,
        }
    }
    Ok(())
}

/// `22:00–06:00`, the parts of a split shift one below the other.
fn times(of: &RosteredShift, zone: Zone) -> String {
    let lock = if of.shift.locked { "*" } else { "" };
    let part = |span: crate::domain::span::Span| {
        format!("{}–{}{lock}", local_time::clock(span.from, zone), local_time::clock(span.until, zone))
    };
    of.shift.present().map(part).collect::<Vec<_>>().join("\n")
}

/// A week is a page wide: more weeks are pages beside each other, with the names on each.
fn print(board: &mut Sheet, results: &Results, dates: &[NaiveDate]) -> Result<(), XlsxError> {
    board.sheet.set_repeat_columns(0, 1)?;
    if results.plan.weeks == 1 {
        board.sheet.set_print_fit_to_pages(1, 0);
        return Ok(());
    }
    let begins_week = |date: &NaiveDate| {
        let day = (*date - results.plan.start).num_days();
        day > 0 && day % 7 == 0 && day < 7 * i64::from(results.plan.weeks)
    };
    let breaks: Vec<u32> =
        dates.iter().enumerate().filter(|(_, date)| begins_week(date)).map(|(day, _)| at(WHO.len() + day)).collect();
    board.sheet.set_vertical_page_breaks(&breaks)?.set_print_scale(90);
    Ok(())
}
