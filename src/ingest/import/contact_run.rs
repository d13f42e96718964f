//! The second half of an import of contact records: rows are counted, those of large files in parts.

use super::cell::durations::TimeUnit;
use super::counting::contacts::{self, ContactReading};
use super::counting::people;
use super::counting::repeats;
use super::counting::tally::{CountedAll, Counting, Tally};
use super::imported::Imported;
use super::reading::handle_time::{self, Seen, Units};
use super::reading::rows;
use super::reading::table::Table;
use super::reading::unreadable::refuse_unreadable;
use super::reading::usable;
use super::run::{Import, Read};
use super::sheets::gathered::Gathered;
use super::stated::roles::Role;
use super::stated::said::Said;
use crate::domain::problem::Problems;
use crate::domain::units::Minutes;
use tr::tr;

/// Minutes into which contacts are counted where nothing else is said.
const COUNTED_INTO: i64 = 15;

impl Import<'_> {
    /// Reads all rows, each a contact.
    pub(super) fn finish_contacts(mut self) -> Result<Imported, Problems> {
        let mut table = self.first_rows()?;
        let (handle, wait) = self.units_of_contacts(&table)?;
        let menu_first = self.system.is_some_and(|system| system.menu_first);
        let handle_time = handle.unwrap_or(SECONDS);
        let mut reading =
            ContactReading { declared: self.declared, handle: handle_time, wait, menu_first, includes_wait: false };
        let includes_wait = self.includes_wait(&table, reading);
        reading.includes_wait = includes_wait == Some(true);
        let minutes = self.declared.interval.map_or(COUNTED_INTO, Minutes::get);
        let clock = self.clock();
        let counting = Counting { clock: &clock, reading, interval: minutes * 60 };
        let mut tally = Tally::new(counting);
        if self.sheet.is_sample() {
            tally = self.in_batches(counting)?;
        } else {
            tally.count(&mut table, counting);
            tally.name(table);
        }
        refuse_unreadable(std::mem::take(&mut tally.unreadable), self.sheet)?;
        self.refuse_no_rows(tally.is_empty())?;
        self.refuse_many_queues(&tally.table)?;
        let mut said = std::mem::take(&mut self.said);
        if self.reading.columns.one(Role::Answered).is_none() {
            contacts::tell_unknown_endings(&tally.table.outcomes.names, self.declared, &mut said);
        }
        if self.declared.interval.is_none() {
            said.found(tr!("each row is a contact; they are counted into intervals of {minutes} minutes (interval_minutes says otherwise)", minutes));
        }
        usable::make_usable(&mut tally.table.queues.names, "queue", &mut said);
        usable::make_usable(&mut tally.table.regions.names, "region", &mut said);
        usable::make_usable(&mut tally.table.agents.names, "agent", &mut said);
        let CountedAll { cells, habits, people } = tally.finish(counting, &mut said)?;
        people::tell(&people, &mut said);
        self.said = said;
        let mut left_out = std::mem::take(&mut tally.table.left_out);
        self.tell_outgoing(&left_out);
        let (cells, without) = self.without_totals(cells, &tally.table.queues.names, &tally.of_queue, &mut left_out);
        let imported = self.imported(&Read {
            cells,
            table: &tally.table,
            left_out: &left_out,
            without: &without,
            is_local: tally.is_local,
            units: handle,
            interval: Some(minutes),
            includes_wait,
        });
        Ok(Imported { habits, agents: people.agents, learning: people.learning, ..imported })
    }

    /// The rows from which units are told: all of them but for a file of which only a sample stands here.
    fn first_rows(&mut self) -> Result<Table, Problems> {
        if self.sheet.is_sample() {
            return Ok(rows::read_what_can_be(self.sheet, &self.reading));
        }
        let mut table = rows::read(self.sheet, &self.reading)?;
        self.refuse_no_rows(table.rows.is_empty())?;
        let mut left_out = std::mem::replace(&mut table.left_out, Gathered::new());
        repeats::leave_out(self.sheet, &mut table, &mut left_out);
        table.left_out = left_out;
        Ok(table)
    }

    /// Units of handle times, where there are any, and of waits.
    fn units_of_contacts(&mut self, table: &Table) -> Result<(Option<Units>, Units), Problems> {
        let handle = self.units(table)?;
        let Some(column) = self.reading.columns.one(Role::Wait) else {
            return Ok((handle, handle.unwrap_or(SECONDS)));
        };
        let times = table.rows.iter().filter_map(|row| Some((row.wait?, 1.0))).collect();
        let name = &self.sheet.header()[column];
        let seen = Seen { column: name, shown: &self.sheet.shown, times, is_handling: false };
        let of_handling = TimeUnit::of_name(name).or(handle.map(|units| units.number));
        let declared = self.declared.time_unit.or(of_handling);
        let wait = handle_time::units(&seen, declared, None, &mut Said::default())?;
        Ok((handle, wait))
    }

    /// Whether handle times hold the waits: as was said, or as those who gave up tell, whom nobody handled.
    fn includes_wait(&mut self, table: &Table, reading: ContactReading<'_>) -> Option<bool> {
        let one = |role: Role| self.reading.columns.one(role);
        if one(Role::HandleTime).or(one(Role::HandleTimeTotal)).or(one(Role::Answered)).is_none() {
            // From arrival to end.
            return one(Role::Ended).map(|_| true);
        }
        let column = one(Role::HandleTime).filter(|_| one(Role::Wait).or(one(Role::Answered)).is_some())?;
        if self.declared.includes_wait.is_some() {
            return self.declared.includes_wait;
        }
        let found = contacts::includes_wait(table, reading);
        if found {
            let name = &self.sheet.header()[column];
            let sentence = tr!(
                "`{name}` holds the wait, which is taken off: those who gave up have as much of it as they waited",
                name
            );
            self.said.assumed(sentence, tr!("handle_time_includes_wait = false"));
        }
        found.then_some(true)
    }

    #[cfg(not(feature = "parquet"))]
    fn in_batches(&self, counting: Counting<'_>) -> Result<Tally, Problems> {
        Ok(Tally::new(counting))
    }
}

/// Durations without unit, where nothing tells.
const SECONDS: Units = Units { number: TimeUnit::Seconds, first_part: TimeUnit::Minutes };
