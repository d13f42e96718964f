//! The cells of a row that say when its contact was answered and when it ended.

use super::rows::Reader;
use super::spans::{Spans, When, spans};
use super::table::Stamp;
use crate::ingest::import::cell::numbers::is_blank;
use crate::ingest::import::sheets::row::Row;
use crate::ingest::import::stated::causes::NO_TIME;
use crate::ingest::import::stated::roles::Role;

impl Reader<'_> {
    /// What the moments of a row tell. A cell that cannot be one is noted.
    pub(super) fn spans(&mut self, row: &Row<'_>, came: Stamp) -> Spans {
        let Some(wanted) = self.moments.wanted else { return Spans::default() };
        let (answered, ended) = (self.moment(row, Role::Answered), self.moment(row, Role::Ended));
        let (Some(answered), Some(ended)) = (answered, ended) else { return Spans::default() };
        match spans(&mut self.moments.clock, came, (answered, ended), wanted) {
            Ok(spans) => spans,
            Err((role, cause)) => {
                self.wrong_moment(row, role, cause);
                Spans::default()
            }
        }
    }

    fn moment(&mut self, row: &Row<'_>, role: Role) -> Option<When> {
        let Some(column) = self.reading.columns.one(role) else { return Some(When::Untold) };
        let when = self.when(row.cell(column));
        if when.is_none() {
            self.wrong_moment(row, role, NO_TIME);
        }
        when
    }

    /// What a cell says of a moment; none where that cannot be read.
    pub(in crate::ingest::import) fn when(&self, text: &str) -> Option<When> {
        if is_blank(text) {
            return Some(When::Never);
        }
        if let Some((day, scanned)) = self.dated(text) {
            return Some(When::At(Stamp::of(day, scanned.clock.unwrap_or(0), scanned.offset)));
        }
        self.timed(text).map(|(clock, offset)| When::Clock(clock, offset))
    }

    fn wrong_moment(&mut self, row: &Row<'_>, role: Role, cause: &'static str) {
        let Some(column) = self.reading.columns.one(role) else { return };
        self.unreadable.add((self.sheet.header()[column].clone(), cause), row.spot, row.cell(column));
    }
}
