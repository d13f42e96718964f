//! Coverage against requirement, interval by interval; what is missing is coloured.

use rust_xlsxwriter::XlsxError;
use tr::tr;

use super::sheet::Sheet;
use super::styles::Styles;
use crate::output::results::Results;

/// Headings with the widths of their columns.
fn columns() -> [(String, f64); 9] {
    [
        (tr!("queue"), 20.0),
        (tr!("date"), 11.0),
        (tr!("start"), 16.0),
        (tr!("required"), 10.0),
        (tr!("assigned"), 10.0),
        (tr!("effective"), 10.0),
        (tr!("short"), 8.0),
        (tr!("over"), 8.0),
        (tr!("service_expected"), 12.0),
    ]
}

/// Heads below this are rounding.
const SOME: f64 = 0.05;

/// The sheet, on the plan's clock. Intervals in which nobody is required or assigned are left out.
pub(super) fn sheet(results: &Results, styles: &Styles, name: &str) -> Result<Sheet, XlsxError> {
    let mut list = Sheet::named(name, &tr!("{}: coverage ({})", results.plan.name, results.zone))?;
    list.headings(0, &columns(), 1, &styles.heading)?;
    let mut row = 1;
    for of in results.coverage.iter().filter(|of| of.required > 0.0 || of.assigned > 0.0) {
        let wall = of.start.with_timezone(&results.zone).naive_local();
        list.text(row, 0, &of.queue, &styles.plain)?;
        list.date(row, 1, wall.date(), &styles.date)?;
        list.moment(row, 2, wall, &styles.moment)?;
        list.number(row, 3, Some(of.required), &styles.agents)?;
        list.number(row, 4, Some(of.assigned), &styles.agents)?;
        list.number(row, 5, Some(of.effective), &styles.agents)?;
        list.number(row, 6, Some(of.short), if of.short >= SOME { &styles.missing } else { &styles.agents })?;
        list.number(row, 7, Some(of.over), &styles.agents)?;
        list.number(row, 8, of.service_expected, &styles.share)?;
        row += 1;
    }
    list.list(0, row - 1, columns().len())?;
    Ok(list)
}
