//! Payroll as a list below its totals, which follow when a row is changed.

use rust_xlsxwriter::{Formula, XlsxError};
use tr::tr;

use super::sheet::{Sheet, at};
use super::styles::Styles;
use crate::language::translated;
use crate::output::export::payroll::{PayKind, days};
use crate::output::results::Results;

/// Headings with the widths of their columns.
fn columns() -> [(String, f64); 9] {
    [
        (tr!("agent"), 11.0),
        (tr!("name"), 22.0),
        (tr!("site"), 12.0),
        (tr!("contract"), 12.0),
        (tr!("date"), 11.0),
        (tr!("kind"), 10.0),
        (tr!("class"), 12.0),
        (tr!("minutes"), 9.0),
        (tr!("amount"), 12.0),
    ]
}
const HEADINGS: usize = 4;

/// The sheet.
pub(super) fn sheet(results: &Results, styles: &Styles, name: &str) -> Result<Sheet, XlsxError> {
    let days = days(results);
    let mut list = Sheet::named(name, &tr!("{}: payroll, {}", results.plan.name, results.plan.currency))?;
    list.headings(HEADINGS, &columns(), 2, &styles.heading)?;
    for (at, day) in days.iter().enumerate() {
        let (row, agent) = (HEADINGS + 1 + at, &results.agents[day.agent]);
        let texts = [&agent.id, &agent.name, &agent.site, &agent.contract];
        for (column, text) in texts.into_iter().enumerate() {
            list.text(row, column, text, &styles.plain)?;
        }
        list.date(row, 4, day.date, &styles.date)?;
        list.text(row, 5, &translated(day.kind.name()), &styles.plain)?;
        list.text(row, 6, &day.class, &styles.plain)?;
        list.number(row, 7, Some(day.minutes as f64), &styles.plain)?;
        list.number(row, 8, Some(day.amount.as_f64()), &styles.money)?;
    }
    // Rows as workbooks count them, from 1.
    let (first, last) = (HEADINGS + 2, (HEADINGS + 1 + days.len()).max(HEADINGS + 2));
    let sum = |kind: Option<PayKind>| {
        let of: i64 =
            days.iter().filter(|day| kind.is_none_or(|kind| day.kind == kind)).map(|day| day.amount.millionths()).sum();
        crate::domain::units::Money::from_millionths(of).to_string()
    };
    for (row, kind) in [Some(PayKind::Wages), Some(PayKind::Premiums), None].into_iter().enumerate() {
        let (label, formula) = match kind {
            Some(kind) => {
                let name = translated(kind.name());
                (name.clone(), format!("=SUMIF(F{first}:F{last},\"{name}\",I{first}:I{last})"))
            }
            None => (tr!("labour cost"), format!("=SUM(I{first}:I{last})")),
        };
        list.text(row, 7, &label, &styles.total)?;
        let formula = Formula::new(formula).set_result(sum(kind));
        list.sheet.write_formula_with_format(at(row), 8, formula, &styles.total_money)?;
    }
    list.text(0, 0, &tr!("Payroll, {}", results.plan.currency), &styles.title)?;
    list.list(HEADINGS, HEADINGS + days.len(), columns().len())?;
    Ok(list)
}
