//! One import, from what the file settles to its history.

use super::history_file;
use super::imported::Imported;
use super::meaning::columns;
use super::meaning::profile::{self, Profile};
use super::meaning::recognise;
use super::meaning::settle;
use super::reading::cells::{self, Cell};
use super::reading::doubts;
use super::reading::fill_down;
use super::reading::handle_time::Units;
use super::reading::placing::FileClock;
use super::reading::rows::{self, Reading};
use super::reading::table::{LeftOut, Table};
use super::reading::usable;
use super::settings;
use super::sheets::gathered::{Gathered, Rows};
use super::sheets::sheet::Sheet;
use super::stated::declared::Declared;
use super::stated::layouts::Layout;
use super::stated::roles::Role;
use super::stated::said::Said;
use super::stated::systems::{self, System};
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use tr::tr;

/// An import under way.
pub(super) struct Import<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) declared: &'a Declared,
    pub(super) profiles: Vec<Profile>,
    pub(super) system: Option<&'static System>,
    pub(super) reading: Reading,
    pub(super) zone: Option<Zone>,
    pub(super) said: Said,
}

/// What was read, as it is told.
pub(super) struct Read<'r> {
    pub(super) cells: Vec<Cell>,
    pub(super) table: &'r Table,
    pub(super) left_out: &'r Gathered<LeftOut>,
    /// Queues that are left out.
    pub(super) without: &'r [String],
    /// Whether any time carries no offset.
    pub(super) is_local: bool,
    pub(super) units: Option<Units>,
    /// Minutes into which contacts were counted.
    pub(super) interval: Option<i64>,
    /// Whether handle times of contacts hold their waits, where it matters.
    pub(super) includes_wait: Option<bool>,
}

impl<'a> Import<'a> {
    /// Settles how the file is read.
    pub(super) fn of(sheet: &'a Sheet, declared: &'a Declared, zone: Option<Zone>) -> Result<Self, Problems> {
        let mut said = Said::default();
        let profiles = profile::profiles(sheet);
        let system = match &declared.system {
            Some(name) => systems::named(name),
            None => recognise::recognised(sheet.header(), sheet.header_line().is_some(), &profiles),
        };
        if let Some(system) = system.filter(|_| declared.system.is_none()) {
            said.found(tr!("this is an export of {}", system.title));
        }
        sheet.notes.iter().for_each(|note| said.found(note.as_str()));
        if !sheet.unreadable.is_empty() {
            let columns: Vec<String> =
                sheet.unreadable.iter().map(|(name, kind)| format!("`{name}` ({kind})")).collect();
            said.found(tr!("columns of neither text, numbers nor times are not read: {}", columns.join(", ")));
        }
        if let Some((encoding, true)) = sheet.form.encoding {
            said.assumed(tr!("letters are stored as {}", encoding.name()), tr!("encoding = \"…\""));
        }
        if let Some(line) = sheet.header_line().filter(|line| *line > 1) {
            said.found(tr!("the columns' names stand on line {line}", line));
        }
        let columns = columns::columns(sheet, &profiles, declared, system, &mut said)?;
        let order = settle::day_order(sheet, &profiles, &columns, declared, &mut said)?;
        let mark = settle::decimal_mark(sheet, &profiles, &columns, declared, &mut said)?;
        let several = |column: &usize| profiles[*column].different() != Some(1);
        let queue_per = match system {
            _ if !declared.queue_per.is_empty() => rows::positions(sheet, &declared.queue_per),
            Some(system) => {
                let summed = rows::positions(sheet, &declared.sum_over);
                let per = System::positions(system.queue_per, sheet.header()).into_iter();
                per.filter(|column| several(column) && !summed.contains(column)).collect()
            }
            _ => Vec::new(),
        };
        for column in queue_per.iter().filter(|_| declared.queue_per.is_empty()) {
            let name = &sheet.header()[*column];
            said.assumed(
                tr!("each `{name}` of a queue is a queue of its own", name),
                tr!("sum_over = [\"{name}\"]", name),
            );
        }
        let zone = declared
            .zone
            .or_else(|| system.and_then(|system| system.zone))
            .or_else(|| settle::utc_by_name(sheet, &columns))
            .or_else(|| settle::zone_by_title(sheet))
            .or(zone);
        settle::tell_zone(sheet, zone, &mut said);
        let queue = declared.queue.clone().unwrap_or_default();
        let first_hour = doubts::first_hour(sheet, &profiles, &columns, declared, &mut said);
        let fill_down = fill_down::columns(sheet, &columns, declared, &mut said);
        let directions = declared.directions.clone();
        let reading = Reading { columns, order, mark, queue_per, queue, first_hour, fill_down, zone, directions };
        Ok(Self { sheet, declared, profiles, system, reading, zone, said })
    }

    /// Whether each row is a contact.
    pub(super) fn is_of_contacts(&self) -> bool {
        self.reading.columns.layout == Layout::Contacts
    }

    /// Reads all rows.
    pub(super) fn finish(self) -> Result<Imported, Problems> {
        if self.is_of_contacts() { self.finish_contacts() } else { self.finish_intervals() }
    }

    /// What was read, with how.
    pub(super) fn imported(self, read: &Read<'_>) -> Imported {
        let settled = settings::Settled {
            sheet: self.sheet,
            reading: &self.reading,
            system: self.system,
            zone: self.zone,
            is_local: read.is_local,
            units: read.units,
            left_out: read.without,
            interval: read.interval,
            includes_wait: read.includes_wait,
        };
        let count = |(kind, rows): (&LeftOut, &Rows)| {
            tr!(
                "{n} row left out: {reason} ({lines})" | "{n} rows left out: {reason} ({lines})" % rows.count,
                reason = kind.reason(),
                lines = rows.lines(self.sheet)
            )
        };
        let (queues, regions) = (&read.table.queues.names, &read.table.regions.names);
        Imported {
            settings: settings::settings(&settled, self.declared),
            layout: self.reading.columns.layout,
            history: history_file::csv(&read.cells, queues, regions, self.zone),
            rows: read.table.read,
            left_out: read.left_out.iter().map(count).collect(),
            queues: queues.iter().filter(|name| !read.without.contains(name)).cloned().collect(),
            contacts: read.cells.iter().map(|cell| cell.offered).sum(),
            said: self.said,
            habits: Vec::new(),
            agents: Vec::new(),
            learning: None,
        }
    }

    pub(super) fn refuse_no_rows(&self, is_empty: bool) -> Result<(), Problems> {
        if !is_empty {
            return Ok(());
        }
        let problem = Problem::in_file(&self.sheet.shown, tr!("no rows that can be used"));
        Err(problem.accepting(tr!("rows with a time and a count")).into())
    }

    /// Says that rows did not come in, where there are some.
    pub(super) fn tell_outgoing(&mut self, left_out: &Gathered<LeftOut>) {
        if let (Some(rows), Some(column)) =
            (left_out.get(&LeftOut::Outgoing), self.reading.columns.one(Role::Direction))
        {
            let name = &self.sheet.header()[column];
            let sentence =
                tr!("{} rows whose `{name}` is outbound or internal are no contacts that came in", rows.count, name);
            self.said.assumed(sentence, tr!("directions = [\"…\"]"));
        }
    }

    /// More queues than any centre has are names of something else, and a row for each of their intervals would fill the memory.
    pub(super) fn refuse_many_queues(&self, table: &Table) -> Result<(), Problems> {
        const MOST: usize = 1000;
        let count = table.queues.names.len();
        let Some(column) = self.reading.columns.one(Role::Queue).filter(|_| count > MOST) else { return Ok(()) };
        let name = self.sheet.header()[column].as_str();
        let problem = Problem::in_file(&self.sheet.shown, tr!("{count} different queues", count)).in_column(name);
        Err(problem
            .accepting(tr!("at most {MOST}", MOST))
            .hinting(tr!("columns.queue = \"…\" names the column of queues"))
            .into())
    }

    /// What is known of the file's clock.
    pub(super) fn clock(&self) -> FileClock<'a> {
        FileClock { zone: self.zone, declared: self.declared, layout: self.reading.columns.layout, sheet: self.sheet }
    }

    /// Cells without the queues that add up others.
    pub(super) fn without_totals(
        &mut self,
        mut cells: Vec<Cell>,
        names: &[String],
        of_queue: &Gathered<u32>,
        left_out: &mut Gathered<LeftOut>,
    ) -> (Vec<Cell>, Vec<String>) {
        let queues: Vec<u32> = match &self.declared.leave_out {
            Some(stated) => (0_u32..)
                .zip(names)
                .filter(|(_, name)| stated.iter().any(|stated| usable::usable(stated) == **name))
                .map(|(queue, _)| queue)
                .collect(),
            None => cells::totals(&cells, names),
        };
        let named: Vec<String> = queues.iter().map(|queue| names[*queue as usize].clone()).collect();
        if self.declared.leave_out.is_none() && !named.is_empty() {
            let sentence =
                tr!("`{}` is left out: its contacts are those of the other queues added up", named.join("`, `"));
            self.said.assumed(sentence, tr!("leave_out = []"));
        }
        for rows in queues.iter().filter_map(|queue| of_queue.get(queue)) {
            left_out.add_all(LeftOut::Queue, rows);
        }
        cells.retain(|cell| !queues.contains(&cell.queue));
        (cells, named)
    }
}
