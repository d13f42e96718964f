//! The supervisor's workbook.
//!
//! | file | what is on the sheet |
//! |---|---|
//! | [`board`] | people × days, a sheet for every team |
//! | [`shifts`] | shifts as a list, with columns to lock and to change |
//! | [`coverage`] | required against rostered |
//! | [`payroll`] | pay by agent, day and class, with its totals |
//! | [`service`] | what customers get, simulated |
//! | [`sheet`], [`styles`] | how cells are written and how they look |

mod sheet;
mod styles;
mod board;
mod shifts;
mod coverage;
mod payroll;
mod service;

use chrono::{Datelike, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use tr::tr;

use self::sheet::MOST_ROWS;
use self::styles::Styles;
use crate::domain::time::Instant;
use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::results::Results;

/// The workbook. It says that it was made when the plan knew last: the clock is not asked.
pub(super) fn export(results: &Results) -> Result<Exported, OutputError> {
    let lists =
        [("shifts", results.shifts.len()), ("coverage", results.coverage.len()), ("payroll", results.payroll.len())];
    if let Some((name, rows)) = lists.into_iter().find(|(_, rows)| *rows > MOST_ROWS) {
        return Err(OutputError::TooLarge(tr!(
            "the sheet of {name} would have {rows} rows, and a sheet holds {MOST_ROWS}; export `parquet` or `payroll` instead",
            name,
            rows,
            MOST_ROWS
        )));
    }
    let bytes = workbook(results).map_err(|error| OutputError::Workbook(error.to_string()))?;
    Ok(Exported { files: vec![Artifact::new("xlsx/roster.xlsx", bytes)], notes: Vec::new() })
}

fn workbook(results: &Results) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let boards = results.sites.iter().map(|site| tr!("Roster {}", site.id));
    let boards: Vec<String> = if results.sites.len() == 1 { vec![tr!("Roster")] } else { boards.collect() };
    let lists = [tr!("Shifts"), tr!("Coverage"), tr!("Payroll"), tr!("Service")];
    let names = sheet::names(lists.iter().chain(&boards).map(String::as_str));
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(tr!("{} from {}", results.plan.name, results.plan.start))
        .set_author("obsada")
        .set_creation_datetime(&made_at(results.plan.as_of)?);
    book.set_properties(&properties);
    for (site, name) in names[lists.len()..].iter().enumerate() {
        book.push_worksheet(board::sheet(results, &styles, site, name)?.sheet);
    }
    book.push_worksheet(shifts::sheet(results, &styles, &names[0])?.sheet);
    book.push_worksheet(coverage::sheet(results, &styles, &names[1])?.sheet);
    book.push_worksheet(payroll::sheet(results, &styles, &names[2])?.sheet);
    book.push_worksheet(service::sheet(results, &styles, &names[3])?.sheet);
    book.save_to_buffer()
}

fn made_at(at: Instant) -> Result<ExcelDateTime, XlsxError> {
    let small = |value: u32| u8::try_from(value).unwrap_or_default();
    ExcelDateTime::from_ymd(u16::try_from(at.year()).unwrap_or(1900), small(at.month()), small(at.day()))?.and_hms(
        u16::try_from(at.hour()).unwrap_or_default(),
        small(at.minute()),
        f64::from(at.second()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::{ResultTable, sample};

    #[test]
    fn the_same_results_are_the_same_bytes() {
        let coverage = "queue,start,start_local,required,assigned,effective,short,over,service_expected\n\
                        orders,2026-10-20T08:00:00Z,2026-10-20T10:00:00+02:00,5.5,4,3.8,1.5,0,0.625\n";
        let payroll =
            "agent,shift_id,date,class,minutes,rate,amount\na1,a1-2026-10-24,2026-10-24,base,540,20.00,180.00\n";
        let summary = "{\"version\": 1, \"queues\": {}}";
        let files = [("coverage.csv", coverage), ("payroll.csv", payroll), ("summary.json", summary)];
        let needed = [ResultTable::Roster, ResultTable::Coverage, ResultTable::Payroll, ResultTable::Summary];
        let results = sample::results(&files, &needed).expect("results");
        let write = || export(&results).expect("a workbook").files.remove(0).bytes;
        let first = write();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(write() == first, "a workbook made a second later");
        assert!(first.starts_with(b"PK"));
    }
}
