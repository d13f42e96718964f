//! The cells of typed columns: names by their numbers, durations, and when something happened.

use polars::prelude::Column;

use crate::domain::problem::Problems;
use crate::ingest::import::cell::durations::{Duration, added, duration};
use crate::ingest::import::cell::numbers::is_blank;
use crate::ingest::import::reading::rows::Reader;
use crate::ingest::import::reading::spans::When;
use crate::ingest::import::reading::table::{Names, Stamp};
use crate::ingest::typed::{self, Instants, Words};

/// A column of when something happened.
pub(super) enum Moments {
    Instants(Instants),
    /// What each word says; none where that cannot be read.
    Words(Vec<u32>, Vec<Option<When>>),
}

/// A column of handle times or waits.
pub(super) enum Durations {
    /// NaN where there is none.
    Numbers(Vec<f64>),
    /// What each word says: nothing, a duration, or what cannot be read.
    Words(Vec<u32>, Vec<Result<Option<Duration>, Unread>>),
}

/// A cell that cannot be read as it should.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unread;

/// A column of names: the numbers of those that were met.
pub(super) struct Numbered {
    words: Words,
    /// Whether each word stands for nobody, or nothing.
    is_none: Vec<bool>,
    /// None: not met yet.
    numbers: Vec<Option<u32>>,
}

impl Moments {
    pub(super) fn of(column: &Column, reader: &Reader<'_>, shown: &str) -> Result<Self, Problems> {
        if let Some(instants) = typed::instants(column) {
            return Ok(Self::Instants(instants));
        }
        let words = typed::words(column, shown)?;
        let read = words.distinct.iter().map(|word| reader.when(word)).collect();
        Ok(Self::Words(words.of_row, read))
    }

    /// What a row of the column says; none where that cannot be read.
    pub(super) fn at(column: Option<&Self>, row: usize) -> Option<When> {
        match column {
            None => Some(When::Untold),
            Some(Self::Instants(instants)) => Some(
                instants.seconds[row]
                    .map_or(When::Never, |wall| When::At(Stamp { wall, offset: instants.is_utc.then_some(0) })),
            ),
            Some(Self::Words(of_row, read)) => read[of_row[row] as usize],
        }
    }
}

impl Numbered {
    pub(super) fn of(words: Words, is_none: fn(&str) -> bool) -> Self {
        let is_none = words.distinct.iter().map(|word| is_none(word)).collect();
        Self { numbers: vec![None; words.distinct.len()], is_none, words }
    }

    /// The number of the name in a row, where there is one.
    pub(super) fn named(&mut self, row: usize, names: &mut Names) -> Option<u32> {
        (!self.is_none[self.words.of_row[row] as usize]).then(|| self.number(row, names))
    }

    pub(super) fn word(&self, row: usize) -> &str {
        &self.words.distinct[self.words.of_row[row] as usize]
    }

    pub(super) fn number(&mut self, row: usize, names: &mut Names) -> u32 {
        let word = self.words.of_row[row] as usize;
        *self.numbers[word].get_or_insert_with(|| names.number(&self.words.distinct[word]))
    }
}

impl Durations {
    pub(super) fn of(column: &Column, reader: &Reader<'_>, shown: &str) -> Result<Self, Problems> {
        if let Some(numbers) = typed::numbers(column) {
            return Ok(Self::Numbers(numbers));
        }
        let words = typed::words(column, shown)?;
        let read = |word: &String| match duration(word, reader.reading.mark) {
            _ if is_blank(word) => Ok(None),
            Some(Duration::Number(number)) if number < 0.0 => Err(Unread),
            Some(found) => Ok(Some(found)),
            None => Err(Unread),
        };
        let read = words.distinct.iter().map(read).collect();
        Ok(Self::Words(words.of_row, read))
    }

    pub(super) fn at(&self, row: usize) -> Result<Option<Duration>, Unread> {
        match self {
            Self::Numbers(numbers) => match numbers[row] {
                number if number.is_nan() => Ok(None),
                number if number >= 0.0 && number.is_finite() => Ok(Some(Duration::Number(number))),
                _ => Err(Unread),
            },
            Self::Words(of_row, read) => read[of_row[row] as usize],
        }
    }
}

/// The durations of a row's columns, added up: none where one of them cannot be read, nothing where all are blank.
#[expect(clippy::option_option, reason = "whether it can be read, and whether there is one")]
pub(super) fn total(columns: &[Durations], row: usize) -> Option<Option<Duration>> {
    let mut total: Option<Duration> = None;
    for column in columns {
        if let Some(read) = column.at(row).ok()? {
            total = Some(total.map_or(read, |total| added(total, read)));
        }
    }
    Some(total)
}
