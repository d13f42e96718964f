//! A sheet that is written cell by cell: real dates, text that is never a formula, and pages of A4.

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, IntoExcelDateTime, Worksheet, XlsxError};

/// What a sheet may hold: characters of a cell, letters of its name, and rows.
const CELL: usize = 32_000;
const NAME: usize = 31;
pub(super) const MOST_ROWS: usize = 1_048_000;

/// A sheet under its name.
pub(super) struct Sheet {
    pub(super) sheet: Worksheet,
}

/// Days since the epoch of workbooks, 30 December 1899.
struct Serial(f64);

impl IntoExcelDateTime for Serial {
    fn to_excel_serial_date(&self) -> f64 {
        self.0
    }
}

impl Serial {
    fn of(wall: NaiveDateTime) -> Self {
        let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
        Self((wall - epoch).num_seconds() as f64 / 86_400.0)
    }
}

impl Sheet {
    /// An empty sheet, A4 landscape, pages numbered.
    pub(super) fn named(name: &str, title: &str) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(9).set_landscape().set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        // `&` begins a code there.
        let title: String = title.replace('&', "&&").chars().take(120).collect();
        sheet.set_header(format!("&L{title}")).set_footer("&R&P / &N");
        Ok(Self { sheet })
    }

    pub(super) fn text(&mut self, row: usize, column: usize, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text: String = text.chars().take(CELL).collect();
        self.sheet.write_string_with_format(at(row), across(column), text, format)?;
        Ok(())
    }

    /// A number; an empty cell where there is none.
    pub(super) fn number(
        &mut self,
        row: usize,
        column: usize,
        value: Option<f64>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match value.filter(|value| value.is_finite()) {
            Some(value) => self.sheet.write_number_with_format(at(row), across(column), value, format)?,
            None => self.sheet.write_blank(at(row), across(column), format)?,
        };
        Ok(())
    }

    pub(super) fn date(
        &mut self,
        row: usize,
        column: usize,
        date: NaiveDate,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.moment(row, column, date.and_time(chrono::NaiveTime::MIN), format)
    }

    /// What a wall clock shows.
    pub(super) fn moment(
        &mut self,
        row: usize,
        column: usize,
        wall: NaiveDateTime,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_datetime_with_format(at(row), across(column), Serial::of(wall), format)?;
        Ok(())
    }

    /// A row of headings with the widths of their columns, in characters. It stays in sight and on every page; so do the first
    /// `fixed` columns.
    pub(super) fn headings(
        &mut self,
        row: usize,
        columns: &[(impl AsRef<str>, f64)],
        fixed: usize,
        format: &Format,
    ) -> Result<(), XlsxError> {
        for (column, (heading, width)) in columns.iter().enumerate() {
            self.text(row, column, heading.as_ref(), format)?;
            self.sheet.set_column_width(across(column), *width)?;
        }
        self.sheet.set_freeze_panes(at(row + 1), across(fixed))?;
        self.sheet.set_repeat_rows(at(row), at(row))?;
        Ok(())
    }

    /// A list from its headings to its last row: filtered, and as wide as a page.
    pub(super) fn list(&mut self, headings: usize, last: usize, columns: usize) -> Result<(), XlsxError> {
        self.sheet.autofilter(at(headings), 0, at(last.max(headings)), across(columns.saturating_sub(1)))?;
        self.sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

/// A row, which the callers keep within [`MOST_ROWS`].
pub(super) fn at(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A column.
pub(super) fn across(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Names of sheets that no two share: 31 letters at most, without what workbooks refuse.
pub(super) fn names<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    wanted
        .map(|name| {
            let plain: String = name
                .chars()
                .map(|letter| if "[]:*?/\\'".contains(letter) || letter.is_control() { '-' } else { letter })
                .collect();
            let mut count = 1;
            loop {
                let ending = if count > 1 { format!(" {count}") } else { String::new() };
                let kept = utf16(&plain, NAME - ending.len());
                let name = format!("{kept}{ending}");
                if !taken.contains(&name.to_lowercase()) {
                    taken.push(name.to_lowercase());
                    return name;
                }
                count += 1;
            }
        })
        .collect()
}

/// As many letters as fit into so many units of UTF-16, in which workbooks count.
fn utf16(text: &str, units: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|letter| {
            used += letter.len_utf16();
            used <= units
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_no_two_are_the_same() {
        let long = "a team whose name is longer than thirty-one letters";
        let found = names([long, long, "Kraków: 1/2", "KRAKÓW- 1-2"].into_iter());
        assert_eq!(found[0], "a team whose name is longer tha");
        assert_eq!(found[1], "a team whose name is longer t 2");
        assert_eq!(found[2..], ["Kraków- 1-2", "KRAKÓW- 1-2 2"]);
        assert!(found.iter().all(|name| name.chars().count() <= NAME));
    }

    #[test]
    fn a_date_is_the_serial_of_workbooks() {
        // 1 January 2026 is 46023 there; noon is half a day more.
        let noon = NaiveDate::from_ymd_opt(2026, 1, 1).and_then(|date| date.and_hms_opt(12, 0, 0)).expect("a time");
        assert!((Serial::of(noon).0 - 46_023.5).abs() < 1e-9);
    }
}
