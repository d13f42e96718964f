//! The second half of an import of intervals: their rows are read, and each interval of a queue is told once.

use std::collections::BTreeSet;

use super::cell::durations::TimeUnit;
use super::imported::Imported;
use super::reading::cells::{self, Cell};
use super::reading::doubles::{self, Settled};
use super::reading::doubts;
use super::reading::handle_time::Units;
use super::reading::placing;
use super::reading::rows;
use super::reading::table::{LeftOut, Stamp, Table};
use super::reading::told_twice;
use super::reading::usable;
use super::run::{Import, Read};
use super::sheets::gathered::Gathered;
use super::stated::roles::Role;
use super::stated::systems::System;
use crate::domain::problem::Problems;
use crate::ingest::instants::{Clock, Moment, Placed};
use tr::tr;

impl Import<'_> {
    /// Reads all rows, each an interval.
    pub(super) fn finish_intervals(mut self) -> Result<Imported, Problems> {
        let mut table = rows::read(self.sheet, &self.reading)?;
        let mut left_out = std::mem::replace(&mut table.left_out, Gathered::new());
        self.refuse_no_rows(table.rows.is_empty())?;
        self.refuse_many_queues(&table)?;
        self.tell_outgoing(&left_out);
        let columns = &self.reading.columns;
        doubts::refuse_fewer_offered(self.sheet, columns, self.declared, &table)?;
        doubts::from_ends(self.sheet, columns, self.declared, &mut table, &mut self.said);
        told_twice::without_longer(self.sheet, &mut table, &mut left_out);
        told_twice::without_day_totals(&mut table, self.declared, &mut left_out, &mut self.said);
        self.sums_by_their_looks(&table);
        let units = self.units(&table)?;
        let cells = self.intervals(&mut table, units, &mut left_out)?;
        usable::make_usable(&mut table.queues.names, "queue", &mut self.said);
        usable::make_usable(&mut table.regions.names, "region", &mut self.said);
        let mut of_queue = Gathered::new();
        table.rows.iter().for_each(|row| of_queue.add(row.queue, row.spot, ""));
        let (cells, without) = self.without_totals(cells, &table.queues.names, &of_queue, &mut left_out);
        let is_local = placing::is_local(&table);
        Ok(self.imported(&Read {
            cells,
            table: &table,
            left_out: &left_out,
            without: &without,
            is_local,
            units,
            interval: None,
            includes_wait: None,
        }))
    }

    /// Rows of intervals, each interval of a queue told once.
    fn intervals(
        &mut self,
        table: &mut Table,
        units: Option<Units>,
        left_out: &mut Gathered<LeftOut>,
    ) -> Result<Vec<Cell>, Problems> {
        let is_system_sum = self.system.is_some_and(|system| {
            let columns = System::positions(system.sum_over, self.sheet.header());
            columns.iter().any(|column| self.profiles[*column].different() != Some(1))
        });
        let settled = if is_system_sum && self.declared.doubles.is_none() {
            let names = System::positions(self.system.map_or(&[], |system| system.sum_over), self.sheet.header());
            let names: Vec<String> =
                names.into_iter().map(|column| format!("`{}`", self.sheet.header()[column])).collect();
            self.said.assumed(tr!("rows are added up over {}", names.join(" and ")), tr!("queue_per = [\"…\"]"));
            Settled::Sum
        } else {
            let mut clock = Clock::new(self.zone);
            let is_repeated = |time: Stamp| {
                time.offset.is_none() && matches!(clock.place(Moment::Wall(time.wall)), Placed::Twice(..))
            };
            let columns = &self.reading.columns;
            doubles::settle(
                self.sheet,
                table,
                (columns, &self.profiles),
                self.declared,
                is_repeated,
                left_out,
                &mut self.said,
            )?
        };
        let skipped = match settled {
            Settled::Sum => BTreeSet::new(),
            Settled::LeaveOut(rows) => rows,
            Settled::QueuePer(column) => {
                self.reading.queue_per.push(column);
                *table = rows::read(self.sheet, &self.reading)?;
                table.left_out = Gathered::new();
                return self.intervals(table, units, left_out);
            }
        };
        if !skipped.is_empty() {
            let mut index = 0..;
            table.rows.retain(|_| index.next().is_some_and(|row| !skipped.contains(&row)));
        }
        let placed = self.clock().place(&table.rows, left_out, &mut self.said)?;
        let is_total = self.reading.columns.of.contains_key(&Role::HandleTimeTotal);
        let units = units.unwrap_or(Units { number: TimeUnit::Seconds, first_part: TimeUnit::Minutes });
        Ok(cells::of_intervals(table, &placed, units, is_total))
    }
}
