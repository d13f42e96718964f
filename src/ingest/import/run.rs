//! One import, from what the file settles to its history.

use super::cells::{self, Cell};
use super::contacts::{self, ContactReading};
use super::declared::Declared;
use super::doubles::{self, Settled};
use super::durations::TimeUnit;
use super::gathered::{Gathered, Rows};
use super::handle_time::{self, Seen, Units};
use super::imported::Imported;
use super::layouts::Layout;
use super::placing::{self, At, FileClock};
use super::profile::{self, Profile};
use super::roles::Role;
use super::rows::{self, Reading};
use super::said::Said;
use super::sheet::Sheet;
use super::systems::{self, System};
use super::table::{LeftOut, Stamp, Table};
use super::{columns, doubts, habits, history_file, people, recognise, settings, settle};
use crate::domain::contact_records::{FoundAgent, Habits};
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::ingest::instants::{Clock, Moment, Placed};

/// Minutes into which contacts are counted where nothing else is said.
const COUNTED_INTO: i64 = 15;

/// An import under way.
pub(super) struct Import<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) declared: &'a Declared,
    profiles: Vec<Profile>,
    pub(super) system: Option<&'static System>,
    pub(super) reading: Reading,
    zone: Option<Zone>,
    pub(super) said: Said,
    habits: Vec<Habits>,
    agents: Vec<FoundAgent>,
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
            said.found(format!("this is an export of {}", system.title));
        }
        if let Some((encoding, true)) = sheet.form.encoding {
            said.assumed(format!("letters are stored as {}", encoding.name()), "encoding = \"…\"");
        }
        if let Some(line) = sheet.header_line().filter(|line| *line > 1) {
            said.found(format!("the columns' names stand on line {line}"));
        }
        let columns = columns::columns(sheet, &profiles, declared, system, &mut said)?;
        let order = settle::day_order(sheet, &profiles, &columns, declared, &mut said)?;
        let mark = settle::decimal_mark(sheet, &profiles, &columns, declared, &mut said)?;
        let several = |column: &usize| profiles[*column].different() != Some(1);
        let queue_per = match system {
            _ if !declared.queue_per.is_empty() => rows::positions(sheet, &declared.queue_per),
            Some(system) if declared.sum_over.is_empty() => {
                System::positions(system.queue_per, sheet.header()).into_iter().filter(several).collect()
            }
            _ => Vec::new(),
        };
        for column in queue_per.iter().filter(|_| declared.queue_per.is_empty()) {
            let name = &sheet.header()[*column];
            said.assumed(format!("each `{name}` of a queue is a queue of its own"), format!("sum_over = [\"{name}\"]"));
        }
        let zone = declared
            .zone
            .or_else(|| system.and_then(|system| system.zone))
            .or_else(|| utc_by_name(sheet, &columns))
            .or(zone);
        let queue = declared.queue.clone().unwrap_or_default();
        let first_hour = doubts::first_hour(sheet, &profiles, &columns, declared, &mut said);
        let directions = declared.directions.clone();
        let reading = Reading { columns, order, mark, queue_per, queue, first_hour, directions };
        Ok(Self { sheet, declared, profiles, system, reading, zone, said, habits: Vec::new(), agents: Vec::new() })
    }

    /// Reads all rows.
    pub(super) fn finish(mut self) -> Result<Imported, Problems> {
        let mut table = rows::read(self.sheet, &self.reading)?;
        let mut left_out = std::mem::replace(&mut table.left_out, Gathered::new());
        if table.rows.is_empty() {
            let problem = Problem::in_file(&self.sheet.shown, "no rows that can be used");
            return Err(problem.accepting("rows with a time and a count").into());
        }
        self.refuse_many_queues(&table)?;
        let columns = &self.reading.columns;
        if let (Some(rows), Some(column)) = (left_out.get(&LeftOut::Outgoing), columns.one(Role::Direction)) {
            let name = &self.sheet.header()[column];
            let sentence =
                format!("{} rows whose `{name}` is outbound or internal are no contacts that came in", rows.count);
            self.said.assumed(sentence, "directions = [\"…\"]");
        }
        doubts::refuse_fewer_offered(self.sheet, columns, self.declared, &table)?;
        doubts::from_ends(self.sheet, columns, self.declared, &mut table, &mut self.said);
        if columns.layout == Layout::Contacts {
            doubts::without_repeated(self.sheet, &mut table, &mut left_out);
        }
        self.sums_by_their_looks(&table);
        let units = self.units(&table)?;
        let (cells, interval) = if self.reading.columns.layout == Layout::Contacts {
            let (cells, minutes) = self.contacts(&table, units, &mut left_out)?;
            (cells, Some(minutes))
        } else {
            (self.intervals(&mut table, units, &mut left_out)?, None)
        };
        let (cells, queues_left_out) = self.without_totals(cells, &table, &mut left_out);
        let is_local = placing::is_local(&table);
        let settled = settings::Settled {
            sheet: self.sheet,
            reading: &self.reading,
            system: self.system,
            zone: self.zone,
            is_local,
            units,
            left_out: &queues_left_out,
            interval,
        };
        let count = |(kind, rows): (&LeftOut, &Rows)| {
            let what = if rows.count == 1 { "row" } else { "rows" };
            format!("{} {what} left out: {} ({})", rows.count, kind.reason(), rows.lines(self.sheet))
        };
        Ok(Imported {
            settings: settings::settings(&settled, self.declared),
            history: history_file::csv(&cells, &table.queues.names, &table.regions.names, self.zone),
            rows: table.read,
            left_out: left_out.iter().map(count).collect(),
            queues: table.queues.names.iter().filter(|name| !queues_left_out.contains(name)).cloned().collect(),
            contacts: cells.iter().map(|cell| cell.offered).sum(),
            said: self.said,
            habits: self.habits,
            agents: self.agents,
        })
    }

    /// More queues than any centre has are names of something else, and a row for each of their intervals would fill the memory.
    fn refuse_many_queues(&self, table: &Table) -> Result<(), Problems> {
        const MOST: usize = 1000;
        let count = table.queues.names.len();
        let Some(column) = self.reading.columns.one(Role::Queue).filter(|_| count > MOST) else { return Ok(()) };
        let name = self.sheet.header()[column].as_str();
        let problem = Problem::in_file(&self.sheet.shown, format!("{count} different queues")).in_column(name);
        Err(problem
            .accepting(format!("at most {MOST}"))
            .hinting("columns.queue = \"…\" names the column of queues")
            .into())
    }

    fn place(&mut self, table: &Table, left_out: &mut Gathered<LeftOut>) -> Result<Vec<At>, Problems> {
        let clock = FileClock {
            zone: self.zone,
            declared: self.declared,
            layout: self.reading.columns.layout,
            sheet: self.sheet,
        };
        clock.place(&table.rows, left_out, &mut self.said)
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
            self.said.assumed(format!("rows are added up over {}", names.join(" and ")), "queue_per = [\"…\"]");
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
            Settled::Sum => std::collections::BTreeSet::new(),
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
        let placed = self.place(table, left_out)?;
        let is_total = self.reading.columns.of.contains_key(&Role::HandleTimeTotal);
        let units = units.unwrap_or(Units { number: TimeUnit::Seconds, first_part: TimeUnit::Minutes });
        Ok(cells::of_intervals(table, &placed, units, is_total))
    }

    /// Contacts counted, and the minutes into which.
    fn contacts(
        &mut self,
        table: &Table,
        units: Option<Units>,
        left_out: &mut Gathered<LeftOut>,
    ) -> Result<(Vec<Cell>, i64), Problems> {
        let placed = self.place(table, left_out)?;
        let handle = units.unwrap_or(Units { number: TimeUnit::Seconds, first_part: TimeUnit::Minutes });
        let wait = match self.reading.columns.one(Role::Wait) {
            Some(column) => {
                let times = table.rows.iter().filter_map(|row| Some((row.wait?, 1.0))).collect();
                let name = &self.sheet.header()[column];
                let seen = Seen { column: name, shown: &self.sheet.shown, times, is_handling: false };
                let of_handling = TimeUnit::of_name(name).or(units.map(|units| units.number));
                handle_time::units(&seen, self.declared.time_unit.or(of_handling), None, &mut Said::default())?
            }
            None => handle,
        };
        let endings = contacts::endings(table, self.declared, &mut self.said);
        let menu_first = self.system.is_some_and(|system| system.menu_first);
        let reading = ContactReading { endings: &endings, handle, wait, menu_first };
        let contacts = contacts::contacts(table, &placed, &reading, left_out);
        self.habits = habits::habits(&contacts, &table.queues.names);
        self.agents = people::agents(&contacts, &table.agents.names, &table.queues.names);
        let minutes = self.declared.interval.map_or(COUNTED_INTO, Minutes::get);
        if self.declared.interval.is_none() {
            self.said.found(format!("each row is a contact; they are counted into intervals of {minutes} minutes (interval_minutes says otherwise)"));
        }
        Ok((contacts::counted(&contacts, minutes * 60, &mut self.said), minutes))
    }

    /// Cells without the queues that add up others.
    fn without_totals(
        &mut self,
        mut cells: Vec<Cell>,
        table: &Table,
        left_out: &mut Gathered<LeftOut>,
    ) -> (Vec<Cell>, Vec<String>) {
        let names = &table.queues.names;
        let queues: Vec<u32> = match &self.declared.leave_out {
            Some(stated) => {
                (0_u32..).zip(names).filter(|(_, name)| stated.contains(name)).map(|(queue, _)| queue).collect()
            }
            None => cells::totals(&cells, names),
        };
        let named: Vec<String> = queues.iter().map(|queue| names[*queue as usize].clone()).collect();
        if self.declared.leave_out.is_none() && !named.is_empty() {
            let sentence =
                format!("`{}` is left out: its contacts are those of the other queues added up", named.join("`, `"));
            self.said.assumed(sentence, "leave_out = []");
        }
        for row in table.rows.iter().filter(|row| queues.contains(&row.queue)) {
            left_out.add(LeftOut::Queue, row.spot, "");
        }
        cells.retain(|cell| !queues.contains(&cell.queue));
        (cells, named)
    }
}

/// UTC, where the name of the column of times says so.
fn utc_by_name(sheet: &Sheet, columns: &columns::Columns) -> Option<Zone> {
    let column = columns.one(Role::Start).or_else(|| columns.one(Role::Date))?;
    let name = sheet.header()[column].to_lowercase();
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    (words.contains(&"utc") || words.contains(&"gmt")).then_some(chrono_tz::UTC)
}
