//! What customers get, simulated: every queue over the plan, its weeks and its days.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, XlsxError};
use tr::tr;

use super::sheet::Sheet;
use super::styles::Styles;
use crate::output::records::PeriodService;
use crate::output::results::Results;

/// Headings with the widths of their columns.
fn columns() -> [(String, f64); 12] {
    [
        (tr!("queue"), 20.0),
        (tr!("period" => "over"), 8.0),
        (tr!("from"), 12.0),
        (tr!("goal"), 9.0),
        (tr!("standing"), 10.0),
        (tr!("in_time"), 9.0),
        (tr!("in_time_low"), 11.0),
        (tr!("in_time_high"), 11.0),
        (tr!("goal_reached"), 12.0),
        (tr!("offered"), 10.0),
        (tr!("abandoned"), 11.0),
        (tr!("asa_s"), 9.0),
    ]
}

/// The sheet.
pub(super) fn sheet(results: &Results, styles: &Styles, name: &str) -> Result<Sheet, XlsxError> {
    let mut list = Sheet::named(name, &tr!("{}: service, simulated", results.plan.name))?;
    list.headings(0, &columns(), 2, &styles.heading)?;
    let service = results.summary.as_ref().and_then(|summary| summary.service.as_ref());
    let Some(service) = service else {
        list.text(1, 0, &tr!("This roster was not simulated."), &styles.plain)?;
        return Ok(list);
    };
    let mut row = 1;
    for (queue, of) in &service.queues {
        let goal = results.plan.queues.iter().find(|entry| entry.id == *queue).map(|entry| entry.goal_share);
        let whole = [("plan", &of.plan)].into_iter();
        let weeks = of.weeks.iter().filter(|_| of.weeks.len() > 1).map(|week| ("week", week));
        for (over, period) in whole.chain(weeks).chain(of.days.iter().map(|day| ("day", day))) {
            let standing = if over == "plan" { of.standing.as_deref() } else { None };
            let texts = [queue, over, "", "", standing.unwrap_or_default()];
            for (column, text) in texts.into_iter().enumerate().filter(|(column, _)| ![2, 3].contains(column)) {
                list.text(row, column, text, &styles.plain)?;
            }
            list.number(row, 3, goal, &styles.share)?;
            figures(&mut list, styles, period, row)?;
            row += 1;
        }
    }
    list.list(0, row - 1, columns().len())?;
    Ok(list)
}

fn figures(list: &mut Sheet, styles: &Styles, period: &PeriodService, row: usize) -> Result<(), XlsxError> {
    match period.from.parse::<NaiveDate>() {
        Ok(date) => list.date(row, 2, date, &styles.date)?,
        Err(_) => list.text(row, 2, &period.from, &styles.plain)?,
    }
    let figures: [(Option<f64>, &Format); 7] = [
        (period.in_time, &styles.share),
        (period.in_time_low, &styles.share),
        (period.in_time_high, &styles.share),
        (period.goal_reached, &styles.share),
        (period.offered, &styles.count),
        (period.abandoned, &styles.share),
        (period.asa_s, &styles.count),
    ];
    for (at, (value, format)) in figures.into_iter().enumerate() {
        list.number(row, 5 + at, value, format)?;
    }
    Ok(())
}
