//! Rows of contacts from typed columns, a batch at a time: what is plain is taken as it is, any other row is read as the text it would be.

use polars::prelude::DataFrame;

use super::typed_cells::{Durations, Moments, Numbered, total};
use crate::domain::problem::Problems;
use crate::ingest::decode::texts;
use crate::ingest::import::cell::scan::Scanned;
use crate::ingest::import::reading::rows::Reader;
use crate::ingest::import::reading::spans::{Spans, spans};
use crate::ingest::import::reading::table::{Counted, LeftOut, Names, Stamp, queue_name};
use crate::ingest::import::sheets::row::{Row, Spot};
use crate::ingest::import::stated::roles::{Role, is_nobody};
use crate::ingest::typed::{self, Instants, Words};

const DAY: i64 = 86_400;

/// The columns of a batch that have a meaning.
pub(in crate::ingest::import) struct TypedRows<'a> {
    frame: &'a DataFrame,
    shown: &'a str,
    direction: Option<(Words, Vec<bool>)>,
    dated: Dated,
    /// Whether minutes stand in a column of their own.
    has_minutes: bool,
    timed: Option<Timed>,
    queue: Option<Numbered>,
    queue_per: Vec<Words>,
    /// Without a column, of an empty name.
    region: Numbered,
    handle_time_total: Vec<Durations>,
    handle_time: Vec<Durations>,
    wait: Vec<Durations>,
    answered: Option<Moments>,
    ended: Option<Moments>,
    outcome: Option<Numbered>,
    agent: Option<Numbered>,
}

/// A column of times of day: of each row the number of its word, and what each word says, seconds since midnight and ahead of UTC.
type Timed = (Vec<u32>, Vec<Option<(i64, Option<i64>)>>);

/// A column with dates.
enum Dated {
    Instants(Instants),
    Words(Vec<u32>, Vec<Option<(i64, Scanned)>>),
}

impl<'a> TypedRows<'a> {
    /// Makes the columns of a batch ready.
    pub(in crate::ingest::import) fn of(
        frame: &'a DataFrame,
        shown: &'a str,
        reader: &Reader<'_>,
    ) -> Result<Self, Problems> {
        let (header, columns) = (reader.sheet.header(), &reader.reading.columns);
        let named = |column: usize| frame.column(&header[column]).ok();
        let of = |role: Role| columns.one(role).and_then(named);
        let words = |role: Role| of(role).map(|column| typed::words(column, shown)).transpose();
        let numbered = |role: Role, is_none: fn(&str) -> bool| {
            words(role).map(|words| words.map(|words| Numbered::of(words, is_none)))
        };
        let durations = |role: Role| -> Result<Vec<Durations>, Problems> {
            let columns = columns.of.get(&role).into_iter().flatten().filter_map(|column| named(*column));
            columns.map(|column| Durations::of(column, reader, shown)).collect()
        };
        let moments = |role: Role| of(role).map(|column| Moments::of(column, reader, shown)).transpose();
        let dated = of(Role::Start).or_else(|| of(Role::Date));
        let dated = if let Some(instants) = dated.and_then(typed::instants) {
            Dated::Instants(instants)
        } else {
            let words = dated.map(|column| typed::words(column, shown)).transpose()?;
            let words = words.unwrap_or_else(|| Words::blank(frame.height()));
            let read = words.distinct.iter().map(|word| reader.dated(word)).collect();
            Dated::Words(words.of_row, read)
        };
        let timed = if of(Role::Start).is_some() { None } else { words(Role::Time)? };
        let timed = timed.map(|words| (words.of_row, words.distinct.iter().map(|word| reader.timed(word)).collect()));
        let direction = words(Role::Direction)?.map(|words| {
            let counts = words.distinct.iter().map(|word| reader.is_incoming(word)).collect();
            (words, counts)
        });
        let region = numbered(Role::Region, str::is_empty)?;
        let region = region.unwrap_or_else(|| Numbered::of(Words::blank(frame.height()), str::is_empty));
        let per = reader.reading.queue_per.iter().filter_map(|column| named(*column));
        Ok(Self {
            frame,
            shown,
            direction,
            dated,
            has_minutes: columns.of.get(&Role::Time).is_some_and(|columns| columns.len() > 1),
            timed,
            queue: numbered(Role::Queue, str::is_empty)?,
            queue_per: per.map(|column| typed::words(column, shown)).collect::<Result<_, _>>()?,
            region,
            handle_time_total: durations(Role::HandleTimeTotal)?,
            handle_time: durations(Role::HandleTime)?,
            wait: durations(Role::Wait)?,
            answered: moments(Role::Answered)?,
            ended: moments(Role::Ended)?,
            outcome: numbered(Role::Outcome, str::is_empty)?,
            agent: numbered(Role::Agent, is_nobody)?,
        })
    }

    /// Reads a row of the batch, which stands in a place of its file.
    pub(in crate::ingest::import) fn read(
        &mut self,
        row: usize,
        spot: Spot,
        reader: &mut Reader<'_>,
    ) -> Result<(), Problems> {
        if let Some((words, counts)) = &self.direction
            && !counts[words.of_row[row] as usize]
        {
            reader.table.read += 1;
            reader.table.left_out.add(LeftOut::Outgoing, spot, "");
            return Ok(());
        }
        match self.plain(row, spot, reader) {
            Some(counted) => {
                reader.table.read += 1;
                reader.table.rows.push(counted);
            }
            None => reader.row(&Row::of(spot, &self.texts(row, reader)?)),
        }
        Ok(())
    }

    /// The row, where every cell is what it should be.
    fn plain(&mut self, row: usize, spot: Spot, reader: &mut Reader<'_>) -> Option<Counted> {
        let time = self.time(row).filter(|_| !self.has_minutes)?;
        let handle_time = match total(&self.handle_time_total, row)? {
            Some(total) => Some(total),
            None => total(&self.handle_time, row)?,
        };
        let wait = total(&self.wait, row)?;
        let spans = match reader.moments.wanted {
            None => Spans::default(),
            Some(wanted) => {
                let moments = (Moments::at(self.answered.as_ref(), row)?, Moments::at(self.ended.as_ref(), row)?);
                spans(&mut reader.moments.clock, time, moments, wanted).ok()?
            }
        };
        let table = &mut reader.table;
        let region = self.region.number(row, &mut table.regions);
        let queue = self.queue(row, &reader.reading.queue, &mut table.queues)?;
        let outcome = self.outcome.as_mut().and_then(|column| column.named(row, &mut table.outcomes));
        let agent = self.agent.as_mut().and_then(|column| column.named(row, &mut table.agents));
        Some(Counted {
            spot,
            queue,
            region,
            time,
            offered: 1.0,
            handled: None,
            abandoned: None,
            handle_time: handle_time.or(spans.handle_time),
            wait: wait.or(spans.wait),
            answered: spans.answered,
            outcome,
            agent,
        })
    }

    fn time(&self, row: usize) -> Option<Stamp> {
        let (day, clock, offset) = match &self.dated {
            Dated::Instants(instants) => {
                let second = instants.seconds[row]?;
                (second.div_euclid(DAY), second.rem_euclid(DAY), instants.is_utc.then_some(0))
            }
            Dated::Words(of_row, read) => {
                let (day, scanned) = read[of_row[row] as usize]?;
                (day, scanned.clock.unwrap_or(0), scanned.offset)
            }
        };
        match &self.timed {
            None => Some(Stamp { wall: day * DAY + clock, offset }),
            Some((of_row, read)) => {
                let (clock, own) = read[of_row[row] as usize]?;
                Some(Stamp { wall: day * DAY + clock, offset: own.or(offset) })
            }
        }
    }

    fn queue(&mut self, row: usize, without_column: &str, queues: &mut Names) -> Option<u32> {
        let name = self.queue.as_ref().map_or(without_column, |column| column.word(row));
        if self.queue.is_some() && name.is_empty() {
            return None;
        }
        if !self.queue_per.is_empty() {
            let values = self.queue_per.iter().map(|words| words.distinct[words.of_row[row] as usize].as_str());
            return Some(queues.number(&queue_name(name, values)));
        }
        Some(match &mut self.queue {
            Some(column) => column.number(row, queues),
            None => queues.number(without_column),
        })
    }

    /// The cells of a row as text; blank where a column is not read.
    fn texts(&self, row: usize, reader: &Reader<'_>) -> Result<Vec<String>, Problems> {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        let cell = |name: &String| match self.frame.column(name) {
            Ok(column) => Ok(texts(&column.slice(row, 1), self.shown)?.pop().unwrap_or_default()),
            Err(_) => Ok(String::new()),
        };
        reader.sheet.header().iter().map(cell).collect()
    }
}
