//! The rows of a table, read: whose contacts, when on the file's clock, and how many.

use crate::domain::problem::Problems;
use crate::domain::time::Zone;

use super::fill_down::Above;
use super::spans::Moments;
use super::table::{Counted, LeftOut, Stamp, Table, queue_name};
use super::unreadable::refuse_unreadable;
use crate::ingest::import::cell::dates::DayOrder;
use crate::ingest::import::cell::durations::{Duration, added, duration, is_negative};
use crate::ingest::import::cell::numbers::{DecimalMark, is_blank, number};
use crate::ingest::import::cell::scan::{Scanned, hour, minute_seconds, part_of_day, scan};
use crate::ingest::import::meaning::columns::{Columns, position};
use crate::ingest::import::sheets::gathered::Unreadable;
use crate::ingest::import::sheets::row::Row;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::causes::{NEGATIVE, NO_DURATION, NO_NUMBER, NO_QUEUE, NO_TIME, TOO_WIDE};
use crate::ingest::import::stated::roles::{Role, is_footer, is_nobody, is_outgoing, is_total, plain};

const DAY: i64 = 86_400;

/// How cells are read.
#[derive(Clone, Debug)]
pub(in crate::ingest::import) struct Reading {
    pub(in crate::ingest::import) columns: Columns,
    pub(in crate::ingest::import) order: DayOrder,
    pub(in crate::ingest::import) mark: DecimalMark,
    /// Columns whose values make queues of their own.
    pub(in crate::ingest::import) queue_per: Vec<usize>,
    /// The queue of all rows, where no column names it.
    pub(in crate::ingest::import) queue: String,
    /// The hour that begins at midnight, in a column of hours.
    pub(in crate::ingest::import) first_hour: i64,
    /// Columns whose blank cells are the ones above.
    pub(in crate::ingest::import) fill_down: Vec<usize>,
    /// The zone of times without offset.
    pub(in crate::ingest::import) zone: Option<Zone>,
    /// Words of the direction column that count; empty: all but those known to go out.
    pub(in crate::ingest::import) directions: Vec<String>,
}

/// Reads all rows.
pub(in crate::ingest::import) fn read(sheet: &Sheet, reading: &Reading) -> Result<Table, Problems> {
    let mut reader = Reader::new(sheet, reading);
    sheet.rows(|row| reader.row(&row));
    refuse_unreadable(reader.unreadable, sheet).map(|()| reader.table)
}

/// Reads the rows that can be.
pub(in crate::ingest::import) fn read_what_can_be(sheet: &Sheet, reading: &Reading) -> Table {
    let mut reader = Reader::new(sheet, reading);
    sheet.rows(|row| reader.row(&row));
    reader.table
}

/// Reads rows one after the other.
pub(in crate::ingest::import) struct Reader<'a> {
    pub(in crate::ingest::import) sheet: &'a Sheet,
    pub(in crate::ingest::import) reading: &'a Reading,
    pub(in crate::ingest::import) unreadable: Unreadable,
    pub(in crate::ingest::import) table: Table,
    pub(in crate::ingest::import) moments: Moments,
    above: Above,
}

impl<'a> Reader<'a> {
    pub(in crate::ingest::import) fn new(sheet: &'a Sheet, reading: &'a Reading) -> Self {
        let moments = Moments::of(&reading.columns, reading.zone);
        let (unreadable, table, above) = (Unreadable::default(), Table::default(), Above::default());
        Self { sheet, reading, unreadable, table, moments, above }
    }

    /// Reads a row of text.
    pub(in crate::ingest::import) fn row(&mut self, row: &Row<'_>) {
        self.table.read += 1;
        if self.sheet.repeats_header(row) {
            return self.table.left_out.add(LeftOut::Header, row.spot, "");
        }
        if let Some(cell) = row.beyond(self.sheet.width) {
            let last = self.sheet.header().last().cloned().unwrap_or_default();
            return self.unreadable.add((last, TOO_WIDE), row.spot, cell);
        }
        self.above.see(row, &self.reading.fill_down);
        if !self.comes_in(row) {
            return self.table.left_out.add(LeftOut::Outgoing, row.spot, "");
        }
        let Some(time) = self.time(row) else { return };
        let region = self.table.regions.number(self.text(row, Role::Region));
        if !self.reading.columns.wide.is_empty() {
            return self.wide(row, time, region);
        }
        let Some(queue) = self.queue(row) else { return };
        let columns = &self.reading.columns;
        let is_contact = columns.layout == crate::ingest::import::stated::layouts::Layout::Contacts;
        let offered = if is_contact { Some(1.0) } else { self.count(row, Role::Offered) };
        let Some(offered) = offered else {
            return self.table.left_out.add(LeftOut::NoCount, row.spot, "");
        };
        let (handled, abandoned) = (self.count(row, Role::Handled), self.count(row, Role::Abandoned));
        let handle_time = self.duration(row, Role::HandleTimeTotal).or_else(|| self.duration(row, Role::HandleTime));
        let wait = self.duration(row, Role::Wait);
        let spans = self.spans(row, time);
        let (outcome, agent) = (self.text(row, Role::Outcome), self.text(row, Role::Agent));
        let outcome = (!outcome.is_empty()).then(|| self.table.outcomes.number(outcome));
        let agents = &mut self.table.agents;
        let agent = agents.known(agent).or_else(|| (!is_nobody(agent)).then(|| agents.number(agent)));
        let spot = row.spot;
        self.table.rows.push(Counted {
            spot,
            queue,
            region,
            time,
            offered,
            handled,
            abandoned,
            handle_time: handle_time.or(spans.handle_time),
            wait: wait.or(spans.wait),
            answered: spans.answered,
            outcome,
            agent,
        });
    }

    /// Whether it is a contact that came in, as far as a column tells.
    fn comes_in(&self, row: &Row<'_>) -> bool {
        self.reading.columns.one(Role::Direction).is_none_or(|column| self.is_incoming(row.cell(column)))
    }

    /// Whether a word of the column of directions counts.
    pub(in crate::ingest::import) fn is_incoming(&self, word: &str) -> bool {
        let counts = |known: &String| plain(known) == plain(word);
        if self.reading.directions.is_empty() { !is_outgoing(word) } else { self.reading.directions.iter().any(counts) }
    }

    /// One count a column.
    fn wide(&mut self, row: &Row<'_>, time: Stamp, region: u32) {
        for column in &self.reading.columns.wide {
            let Some(offered) = self.number(row, *column) else { continue };
            let queue = self.table.queues.number(&self.sheet.header()[*column]);
            self.table.rows.push(Counted {
                spot: row.spot,
                queue,
                region,
                time,
                offered,
                handled: None,
                abandoned: None,
                handle_time: None,
                wait: None,
                answered: None,
                outcome: None,
                agent: None,
            });
        }
    }

    fn text<'r>(&self, row: &'r Row<'_>, role: Role) -> &'r str {
        self.reading.columns.one(role).map_or("", |column| row.cell(column))
    }

    /// The queue, with the values of the columns that make queues of their own behind its name.
    fn queue(&mut self, row: &Row<'_>) -> Option<u32> {
        let name = match self.reading.columns.one(Role::Queue) {
            None => self.reading.queue.as_str(),
            Some(column) => match self.cell(row, column) {
                "" => {
                    self.unnamed(row, column, NO_QUEUE);
                    return None;
                }
                name => name,
            },
        };
        let values = self.reading.queue_per.iter().map(|column| row.cell(*column));
        let name = queue_name(name, values).into_owned();
        Some(self.table.queues.number(&name))
    }

    /// The cell of a row, or the one above that it means.
    fn cell<'r>(&'r self, row: &'r Row<'_>, column: usize) -> &'r str {
        match row.cell(column) {
            "" => self.above.of(column, &self.reading.fill_down).unwrap_or_default(),
            cell => cell,
        }
    }

    /// When the row is; none where it is left out or cannot be read.
    fn time(&mut self, row: &Row<'_>) -> Option<Stamp> {
        let columns = &self.reading.columns;
        let dated = columns.one(Role::Start).or_else(|| columns.one(Role::Date))?;
        let Some((day, scanned)) = self.dated(self.cell(row, dated)) else {
            self.unnamed(row, dated, NO_TIME);
            return None;
        };
        let Some(timed) = columns.one(Role::Time).filter(|_| columns.one(Role::Start).is_none()) else {
            return Some(Stamp { wall: day * DAY + scanned.clock.unwrap_or(0), offset: scanned.offset });
        };
        let Some((clock, offset)) = self.timed(row.cell(timed)) else {
            self.unnamed(row, timed, NO_TIME);
            return None;
        };
        let minutes = columns.of.get(&Role::Time).into_iter().flatten().skip(1);
        let minutes: f64 = minutes.filter_map(|column| number(row.cell(*column), self.reading.mark)).sum();
        let clock = clock + minute_seconds(minutes);
        Some(Stamp { wall: day * DAY + clock, offset: offset.or(scanned.offset) })
    }

    /// The day since 1970 of a cell with a date, and what else it says of time.
    pub(in crate::ingest::import) fn dated(&self, text: &str) -> Option<(i64, Scanned)> {
        let scanned = scan(text)?;
        Some((scanned.date?.day(self.reading.order)?, scanned))
    }

    /// Seconds since midnight of a cell with a time of day, and seconds ahead of UTC where it says so.
    pub(in crate::ingest::import) fn timed(&self, text: &str) -> Option<(i64, Option<i64>)> {
        let by_clock = scan(text).filter(|scanned| {
            scanned.date.is_none_or(|date| matches!(date, crate::ingest::import::cell::dates::Date::Serial(_)))
        });
        let read = by_clock.and_then(|scanned| Some((scanned.clock?, scanned.offset)));
        read.or_else(|| hour(text).map(|clock| (clock - self.reading.first_hour * 3600, None)))
            .or_else(|| part_of_day(text))
    }

    /// A row without a time or a queue adds up others, or is wrong.
    fn unnamed(&mut self, row: &Row<'_>, column: usize, cause: &'static str) {
        let cells = || (0..self.sheet.header().len()).map(|column| row.cell(column)).filter(|cell| !cell.is_empty());
        if cells().count() == 1 && cells().all(is_footer) {
            self.table.left_out.add(LeftOut::Footer, row.spot, "");
        } else if cells().any(is_total) {
            self.table.left_out.add(LeftOut::Total, row.spot, "");
        } else {
            let name = self.sheet.header()[column].clone();
            self.unreadable.add((name, cause), row.spot, row.cell(column));
        }
    }

    /// The counts of a role's columns, added up; none where all are blank.
    fn count(&mut self, row: &Row<'_>, role: Role) -> Option<f64> {
        let reading = self.reading;
        let columns = reading.columns.of.get(&role)?;
        let counts: Vec<f64> = columns.iter().filter_map(|column| self.number(row, *column)).collect();
        (!counts.is_empty()).then(|| counts.iter().sum())
    }

    fn number(&mut self, row: &Row<'_>, column: usize) -> Option<f64> {
        let text = row.cell(column);
        if is_blank(text) {
            return None;
        }
        let read = number(text, self.reading.mark);
        match read {
            Some(read) if read >= 0.0 => return read.into(),
            Some(_) => self.unreadable.add((self.sheet.header()[column].clone(), NEGATIVE), row.spot, text),
            None => self.unreadable.add((self.sheet.header()[column].clone(), NO_NUMBER), row.spot, text),
        }
        None
    }

    /// The durations of a role's columns, added up: of one kind, or of seconds and numbers apart.
    fn duration(&mut self, row: &Row<'_>, role: Role) -> Option<Duration> {
        let reading = self.reading;
        let mut total: Option<Duration> = None;
        for column in reading.columns.of.get(&role)? {
            let text = row.cell(*column);
            if is_blank(text) {
                continue;
            }
            match duration(text, reading.mark) {
                Some(read) if !is_negative(read) => total = Some(total.map_or(read, |total| added(total, read))),
                _ => self.unreadable.add((self.sheet.header()[*column].clone(), NO_DURATION), row.spot, text),
            }
        }
        total
    }
}

/// The columns of declared names, which are known to be there.
pub(in crate::ingest::import) fn positions(sheet: &Sheet, names: &[String]) -> Vec<usize> {
    names.iter().filter_map(|name| position(sheet, name)).collect()
}

/// Whether a cell can be a time of day.
pub(in crate::ingest::import) fn is_time_of_day(text: &str) -> bool {
    hour(text).is_some() || scan(text).is_some_and(|scanned| scanned.date.is_none())
}
