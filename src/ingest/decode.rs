//! Columns of polars become columns of our own, a part at a time on all threads.

use polars::prelude::{Column, DataType, PolarsError, StringChunked, TimeUnit};
use rayon::prelude::*;
use tr::tr;

use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;

use super::figures::{Figures, Names, Odd, Starts};
use super::instants::{Clock, Moment, instant};
use super::mixing::MixedMap;

/// Rows read together by one thread.
const PART: usize = 1 << 16;

/// Works through a column of text in parts on all threads; the parts come back in order.
fn in_parts<S: Send>(
    column: &StringChunked,
    begin: impl Fn(usize) -> S + Sync,
    step: impl Fn(&mut S, u32, Option<&str>) + Sync,
) -> Vec<S> {
    let parts: Vec<usize> = (0..column.len()).step_by(PART).collect();
    parts
        .into_par_iter()
        .map(|first| {
            let part = column.slice(i64::try_from(first).unwrap_or(0), PART);
            let mut state = begin(part.len());
            let mut row = u32::try_from(first).unwrap_or(u32::MAX);
            for chunk in part.downcast_iter() {
                for value in chunk {
                    step(&mut state, row, value);
                    row += 1;
                }
            }
            state
        })
        .collect()
}

/// A column of names, of any type that can be written as text.
pub(super) fn read_names(column: &Column, shown: &str) -> Result<Names, Problems> {
    let text = column.cast(&DataType::String).map_err(|_| wrong_type(column, "text", shown))?;
    let text = text.str().map_err(|_| wrong_type(column, "text", shown))?;
    let parts = in_parts(text, Naming::new, |naming, _, name| naming.push(name.unwrap_or_default()));
    let mut all = Naming::new(column.len());
    for part in parts {
        let codes: Vec<u32> = part.names.distinct.iter().map(|name| all.code(name.trim())).collect();
        all.names.of_row.extend(part.names.of_row.iter().map(|code| codes[*code as usize]));
    }
    Ok(all.names)
}

/// Gives names codes in order of first appearance.
pub(super) struct Naming {
    names: Names,
    codes: MixedMap<String, u32>,
    last: u32,
}

impl Naming {
    pub(super) fn new(rows: usize) -> Self {
        let names = Names { of_row: Vec::with_capacity(rows), distinct: vec![String::new()] };
        Self { names, codes: MixedMap::from_iter([(String::new(), 0)]), last: 0 }
    }

    pub(super) fn push(&mut self, name: &str) {
        if self.names.distinct[self.last as usize] != name {
            self.last = self.code(name);
        }
        self.names.of_row.push(self.last);
    }

    /// The names of all rows.
    #[cfg(feature = "parquet")]
    pub(super) fn names(self) -> Names {
        self.names
    }

    fn code(&mut self, name: &str) -> u32 {
        if let Some(code) = self.codes.get(name) {
            return *code;
        }
        let code = u32::try_from(self.names.distinct.len()).unwrap_or(u32::MAX);
        self.names.distinct.push(name.to_owned());
        self.codes.insert(name.to_owned(), code);
        code
    }
}

/// A column of times: text, timestamps with or without a zone, or dates that stand for their midnights.
pub(super) fn read_starts(column: &Column, zone: Option<Zone>, shown: &str) -> Result<Starts, Problems> {
    let wrong = |_| wrong_type(column, &tr!("text or timestamps"), shown);
    let mut starts = Starts { of_row: Vec::with_capacity(column.len()), ..Starts::default() };
    match column.dtype() {
        DataType::String => {
            let begin = |rows| (Starts { of_row: Vec::with_capacity(rows), ..Starts::default() }, Clock::new(zone));
            let parts = in_parts(column.str().map_err(wrong)?, begin, |(starts, clock), row, text| {
                starts.push_text(row, text, clock);
            });
            for (part, _) in parts {
                starts.extend(part);
            }
        }
        DataType::Datetime(unit, written_zone) => {
            let per_second = per_second(*unit);
            let moment = if written_zone.is_some() { Moment::Utc } else { Moment::Wall };
            starts.local = written_zone.is_none();
            read_timestamps(column, zone, per_second, moment, &mut starts).map_err(wrong)?;
        }
        DataType::Date => {
            let midnights = column.to_physical_repr().cast(&DataType::Int64).map_err(wrong)? * 86_400;
            starts.local = true;
            read_timestamps(&midnights, zone, 1, Moment::Wall, &mut starts).map_err(wrong)?;
        }
        _ => return Err(wrong_type(column, &tr!("text or timestamps"), shown)),
    }
    Ok(starts)
}

fn read_timestamps(
    column: &Column,
    zone: Option<Zone>,
    per_second: i64,
    moment: impl Fn(i64) -> Moment,
    starts: &mut Starts,
) -> Result<(), PolarsError> {
    let physical = column.to_physical_repr();
    let mut clock = Clock::new(zone);
    for (row, value) in (0_u32..).zip(physical.i64()?.downcast_iter().flat_map(|chunk| chunk.iter())) {
        let text = |at: i64| instant(at.div_euclid(per_second)).naive_utc().to_string();
        match value.copied() {
            None => starts.push_odd(row, Odd::Empty, String::new),
            Some(at) if at % per_second != 0 => starts.push_odd(row, Odd::Unreadable, || text(at)),
            Some(at) => starts.push_placed(row, clock.place(moment(at / per_second)), || text(at)),
        }
    }
    Ok(())
}

/// A column of figures: numbers of any width, or text.
pub(super) fn read_figures(column: &Column, shown: &str) -> Result<Figures, Problems> {
    let wrong = |_| wrong_type(column, "numbers", shown);
    let mut figures = Figures { of_row: Vec::with_capacity(column.len()), ..Figures::default() };
    if column.dtype().is_string() {
        let parts = in_parts(column.str().map_err(wrong)?, |_| Figures::default(), Figures::push_text);
        for part in parts {
            figures.extend(part);
        }
    } else if column.dtype().is_numeric() {
        let wide = column.cast(&DataType::Float64).map_err(wrong)?;
        for chunk in wide.f64().map_err(wrong)?.downcast_iter() {
            figures.of_row.extend(chunk.iter().map(|value| value.copied().unwrap_or(f64::NAN)));
        }
    } else if column.dtype().is_null() {
        figures.of_row.resize(column.len(), f64::NAN);
    } else {
        return Err(wrong_type(column, "numbers", shown));
    }
    Ok(figures)
}

pub(super) fn wrong_type(column: &Column, accepted: &str, shown: &str) -> Problems {
    Problem::in_file(shown, tr!("this column holds {}", column.dtype()))
        .in_column(column.name().as_str())
        .accepting(accepted)
        .into()
}

/// A column as text, cell by cell: dates and timestamps as exports write them, those of a zone with `Z`.
#[cfg(feature = "parquet")]
pub(super) fn texts(column: &Column, shown: &str) -> Result<Vec<String>, Problems> {
    let wrong = |_| wrong_type(column, &tr!("text, numbers or timestamps"), shown);
    let numbers = |text: &dyn Fn(i64) -> String| -> Result<Vec<String>, PolarsError> {
        let physical = column.to_physical_repr().cast(&DataType::Int64)?;
        let chunks = physical.i64()?.downcast_iter();
        Ok(chunks.flat_map(|chunk| chunk.iter()).map(|value| value.copied().map_or_else(String::new, text)).collect())
    };
    match column.dtype() {
        DataType::Datetime(unit, zone) => {
            let mark = if zone.is_some() { "Z" } else { "" };
            let second = |at: i64| instant(at.div_euclid(per_second(*unit)));
            numbers(&|at| format!("{}{mark}", second(at).format("%Y-%m-%dT%H:%M:%S"))).map_err(wrong)
        }
        DataType::Date => numbers(&|day| instant(day * 86_400).format("%Y-%m-%d").to_string()).map_err(wrong),
        _ => {
            let text = column.cast(&DataType::String).map_err(wrong)?;
            let chunks = text.str().map_err(wrong)?.downcast_iter();
            Ok(chunks.flat_map(|chunk| chunk.iter()).map(|cell| cell.unwrap_or_default().to_owned()).collect())
        }
    }
}

/// Ticks of a timestamp's clock in a second.
pub(super) const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Milliseconds => 1_000,
        TimeUnit::Microseconds => 1_000_000,
        TimeUnit::Nanoseconds => 1_000_000_000,
    }
}
