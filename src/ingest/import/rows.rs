//! The rows of a table, read: whose contacts, when on the file's clock, and how many.

use crate::domain::problem::Problems;

use super::columns::{Columns, position};
use super::dates::DayOrder;
use super::durations::{Duration, duration};
use super::gathered::{Gathered, Unreadable};
use super::numbers::{DecimalMark, is_blank, number};
use super::roles::{Role, is_footer, is_outgoing, is_total, plain};
use super::scan::{hour, scan};
use super::sheet::{Row, Sheet};
use super::table::{Counted, LeftOut, Names, Stamp, Table};

const DAY: i64 = 86_400;

/// How cells are read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) columns: Columns,
    pub(super) order: DayOrder,
    pub(super) mark: DecimalMark,
    /// Columns whose values make queues of their own.
    pub(super) queue_per: Vec<usize>,
    /// The queue of all rows, where no column names it.
    pub(super) queue: String,
    /// The hour that begins at midnight, in a column of hours.
    pub(super) first_hour: i64,
    /// Words of the direction column that count; empty: all but those known to go out.
    pub(super) directions: Vec<String>,
}

/// Reads all rows.
pub(super) fn read(sheet: &Sheet, reading: &Reading) -> Result<Table, Problems> {
    let mut reader = Reader {
        sheet,
        reading,
        unreadable: Unreadable::new(),
        table: Table {
            rows: Vec::new(),
            queues: Names::default(),
            regions: Names::default(),
            outcomes: Names::default(),
            agents: Names::default(),
            left_out: Gathered::new(),
            read: 0,
        },
    };
    sheet.rows(|row| reader.row(&row));
    let hint = |cause: &str| {
        match cause {
        NO_TIME => Some("if rows like it are titles or totals, take them out; if it is a form of time, say which column it is: columns.start, columns.date, columns.time".to_owned()),
        TOO_WIDE => Some("is a comma in a number or a name unquoted? Export it with quotes or with semicolons, or give the column a name".to_owned()),
        NO_NUMBER => Some("decimal_mark = \",\" or \".\" says which mark stands before decimals".to_owned()),
        _ => None,
    }
    };
    reader.unreadable.into_problems(sheet, hint).or(reader.table)
}

const NO_TIME: &str = "not a time";
const TOO_WIDE: &str = "more cells than the header has names";
const NO_NUMBER: &str = "not a number";
const NEGATIVE: &str = "less than nothing";
const NO_DURATION: &str = "not a duration";

struct Reader<'a> {
    sheet: &'a Sheet,
    reading: &'a Reading,
    unreadable: Unreadable,
    table: Table,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>) {
        self.table.read += 1;
        if self.sheet.repeats_header(row) {
            return self.table.left_out.add(LeftOut::Header, row.spot, "");
        }
        if let Some(cell) = row.beyond(self.sheet.width) {
            let last = self.sheet.header().last().cloned().unwrap_or_default();
            return self.unreadable.add((last, TOO_WIDE), row.spot, cell);
        }
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
        let is_contact = columns.layout == super::layouts::Layout::Contacts;
        let offered = if is_contact { Some(1.0) } else { self.count(row, Role::Offered) };
        let Some(offered) = offered else {
            return self.table.left_out.add(LeftOut::NoCount, row.spot, "");
        };
        let (handled, abandoned) = (self.count(row, Role::Handled), self.count(row, Role::Abandoned));
        let handle_time = self.duration(row, Role::HandleTimeTotal).or_else(|| self.duration(row, Role::HandleTime));
        let wait = self.duration(row, Role::Wait);
        let (outcome, agent) = (self.text(row, Role::Outcome), self.text(row, Role::Agent));
        let outcome = (!outcome.is_empty()).then(|| self.table.outcomes.number(outcome));
        let agent = (!is_nobody(agent)).then(|| self.table.agents.number(agent));
        let spot = row.spot;
        self.table.rows.push(Counted {
            spot,
            queue,
            region,
            time,
            offered,
            handled,
            abandoned,
            handle_time,
            wait,
            outcome,
            agent,
        });
    }

    /// Whether it is a contact that came in, as far as a column tells.
    fn comes_in(&self, row: &Row<'_>) -> bool {
        let Some(column) = self.reading.columns.one(Role::Direction) else { return true };
        let word = row.cell(column);
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
            Some(column) if row.cell(column).is_empty() => {
                self.unnamed(row, column, "no queue");
                return None;
            }
            Some(column) => row.cell(column),
        };
        if self.reading.queue_per.is_empty() {
            return Some(self.table.queues.number(name));
        }
        let mut name = name.to_owned();
        for value in self.reading.queue_per.iter().map(|column| row.cell(*column)).filter(|value| !value.is_empty()) {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&if name.is_empty() { value.to_owned() } else { value.to_lowercase() });
        }
        Some(self.table.queues.number(&name))
    }

    /// When the row is; none where it is left out or cannot be read.
    fn time(&mut self, row: &Row<'_>) -> Option<Stamp> {
        let columns = &self.reading.columns;
        let dated = columns.one(Role::Start).or_else(|| columns.one(Role::Date))?;
        let text = row.cell(dated);
        let scanned = scan(text);
        let day = scanned.and_then(|scanned| scanned.date).and_then(|date| date.day(self.reading.order));
        let (Some(scanned), Some(day)) = (scanned, day) else {
            self.unnamed(row, dated, NO_TIME);
            return None;
        };
        let Some(timed) = columns.one(Role::Time).filter(|_| columns.one(Role::Start).is_none()) else {
            return Some(Stamp { wall: day * DAY + scanned.clock.unwrap_or(0), offset: scanned.offset });
        };
        let clock = row.cell(timed);
        let by_clock =
            scan(clock).filter(|scanned| scanned.date.is_none_or(|date| matches!(date, super::dates::Date::Serial(_))));
        let read = by_clock.and_then(|scanned| Some((scanned.clock?, scanned.offset)));
        let read = read
            .or_else(|| hour(clock).map(|clock| (clock - self.reading.first_hour * 3600, None)))
            .or_else(|| part_of_day(clock));
        let Some((clock, offset)) = read else {
            self.unnamed(row, timed, NO_TIME);
            return None;
        };
        Some(Stamp { wall: day * DAY + clock, offset: offset.or(scanned.offset) })
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

fn is_negative(duration: Duration) -> bool {
    matches!(duration, Duration::Number(number) if number < 0.0)
}

fn added(one: Duration, other: Duration) -> Duration {
    match (one, other) {
        (Duration::Number(a), Duration::Number(b)) => Duration::Number(a + b),
        (Duration::TwoParts(a, b), Duration::TwoParts(c, d)) => Duration::TwoParts(a + c, b + d),
        (Duration::Seconds(a), Duration::Seconds(b)) => Duration::Seconds(a + b),
        (a, _) => a,
    }
}

/// A time of day as spreadsheets store it: the part of the day that has passed.
#[expect(clippy::cast_possible_truncation, reason = "at most a day")]
fn part_of_day(text: &str) -> Option<(i64, Option<i64>)> {
    let part = number(text, DecimalMark::Point).filter(|part| (0.0..1.0).contains(part))?;
    Some(((part * DAY as f64).round() as i64, None))
}

/// Words that stand for no agent.
fn is_nobody(text: &str) -> bool {
    is_blank(text) || matches!(plain(text).as_str(), "noserver" | "none" | "unknown" | "noagent" | "0")
}

/// The columns of declared names, which are known to be there.
pub(super) fn positions(sheet: &Sheet, names: &[String]) -> Vec<usize> {
    names.iter().filter_map(|name| position(sheet, name)).collect()
}

/// Whether a cell can be a time of day.
pub(super) fn is_time_of_day(text: &str) -> bool {
    hour(text).is_some() || scan(text).is_some_and(|scanned| scanned.date.is_none())
}
