//! What the handle times of an import are: means or sums, and of which unit.

use super::cell::durations::Duration;
use super::reading::doubts::are_sums;
use super::reading::handle_time::{self, Seen, Units};
use super::reading::table::{Counted, Table};
use super::run::Import;
use super::stated::layouts::Layout;
use super::stated::roles::Role;
use crate::domain::problem::Problems;
use tr::tr;

impl Import<'_> {
    /// A column that is called a handle time and grows with the contacts of its rows is their sum.
    pub(super) fn sums_by_their_looks(&mut self, table: &Table) {
        let is_stated = self.declared.columns.contains_key(&Role::HandleTime);
        let columns = &mut self.reading.columns;
        if columns.layout != Layout::Intervals || is_stated || !are_sums(table) {
            return;
        }
        if let Some(times) = columns.of.remove(&Role::HandleTime) {
            let name = &self.sheet.header()[times[0]];
            let sentence = tr!("`{name}` adds up the handle times of its rows: it grows with their contacts", name);
            self.said.assumed(sentence, tr!("columns.handle_time = \"{name}\"", name));
            columns.of.insert(Role::HandleTimeTotal, times);
        }
    }

    /// Units of the handle times, and of waits alike.
    pub(super) fn units(&mut self, table: &Table) -> Result<Option<Units>, Problems> {
        let columns = &self.reading.columns;
        let is_total = columns.of.contains_key(&Role::HandleTimeTotal);
        let role = if is_total { Role::HandleTimeTotal } else { Role::HandleTime };
        let Some(column) = columns.one(role) else { return Ok(None) };
        let of_row = |row: &Counted| {
            let contacts = row.handled.unwrap_or(row.offered);
            let weight = if is_total || columns.layout == Layout::Contacts {
                contacts
            } else {
                f64::from(u8::from(contacts > 0.0))
            };
            row.handle_time
                .map(|time| (time, weight))
                .filter(|(time, weight)| *weight > 0.0 && *time != Duration::Number(0.0))
        };
        let seen = Seen {
            column: &self.sheet.header()[column],
            shown: &self.sheet.shown,
            times: table.rows.iter().filter_map(of_row).collect(),
            is_handling: true,
        };
        let of_system = self.system.filter(|system| system.columns_of(role, self.sheet.header()).is_some());
        let of_system = of_system.and_then(|system| system.unit);
        handle_time::units(&seen, self.declared.time_unit, of_system, &mut self.said).map(Some)
    }
}
