//! Columns of a batch of rows as records of contacts use them: words, numbers or instants, without a text for every cell.

use std::hash::{BuildHasher, BuildHasherDefault};
use tr::tr;

use polars::prelude::{Column, DataType, PolarsError};

use crate::domain::problem::Problems;

use super::decode::{Naming, per_second, texts, wrong_type};
use super::mixing::{MixedMap, Mixer, mixed};

/// A column of few words, or taken as such: for each row the number of its text among the different ones.
pub(super) struct Words {
    pub(super) of_row: Vec<u32>,
    /// Without blanks at either end; the first is empty.
    pub(super) distinct: Vec<String>,
}

impl Words {
    /// A column without a word.
    pub(super) fn blank(rows: usize) -> Self {
        Self { of_row: vec![0; rows], distinct: vec![String::new()] }
    }
}

/// A column of any type as words; numbers and times as they are written.
pub(super) fn words(column: &Column, shown: &str) -> Result<Words, Problems> {
    let dtype = column.dtype();
    let wrong = |_| wrong_type(column, &tr!("text, numbers or timestamps"), shown);
    if dtype.is_integer() {
        return whole_numbers(column).map_err(wrong);
    }
    let mut naming = Naming::new(column.len());
    if dtype.is_string() || matches!(dtype, DataType::Binary) {
        let text = column.cast(&DataType::String).map_err(wrong)?;
        for chunk in text.str().map_err(wrong)?.downcast_iter() {
            chunk.iter().for_each(|word| naming.push(word.unwrap_or_default()));
        }
    } else {
        texts(column, shown)?.iter().for_each(|word| naming.push(word));
    }
    let names = naming.names();
    let distinct = names.distinct.iter().map(|word| word.trim().to_owned()).collect();
    Ok(Words { of_row: names.of_row, distinct })
}

fn whole_numbers(column: &Column) -> Result<Words, PolarsError> {
    let wide = column.cast(&DataType::Int64)?;
    let mut codes: MixedMap<u64, u32> = MixedMap::default();
    let mut words = Words { of_row: Vec::with_capacity(column.len()), distinct: vec![String::new()] };
    for value in wide.i64()?.downcast_iter().flat_map(|chunk| chunk.iter()) {
        let code = value.map_or(0, |value| {
            *codes.entry(value.cast_unsigned()).or_insert_with(|| {
                words.distinct.push(value.to_string());
                u32::try_from(words.distinct.len() - 1).unwrap_or(u32::MAX)
            })
        });
        words.of_row.push(code);
    }
    Ok(words)
}

/// A column of numbers, NaN where there is none; none of another type.
pub(super) fn numbers(column: &Column) -> Option<Vec<f64>> {
    if !column.dtype().is_numeric() {
        return None;
    }
    let wide = column.cast(&DataType::Float64).ok()?;
    let mut numbers = Vec::with_capacity(column.len());
    for chunk in wide.f64().ok()?.downcast_iter() {
        numbers.extend(chunk.iter().map(|value| value.copied().unwrap_or(f64::NAN)));
    }
    Some(numbers)
}

/// A column of timestamps or dates.
pub(super) struct Instants {
    /// Whole seconds since 1970, of UTC or of a wall clock as if it ran on UTC.
    pub(super) seconds: Vec<Option<i64>>,
    pub(super) is_utc: bool,
}

/// A column of timestamps or dates; none of another type.
pub(super) fn instants(column: &Column) -> Option<Instants> {
    let (ticks, per_second, is_utc) = match column.dtype() {
        DataType::Datetime(unit, zone) => (column.to_physical_repr(), per_second(*unit), zone.is_some()),
        DataType::Date => (column.to_physical_repr().cast(&DataType::Int64).ok()? * 86_400, 1, false),
        _ => return None,
    };
    let mut seconds = Vec::with_capacity(column.len());
    for chunk in ticks.i64().ok()?.downcast_iter() {
        seconds.extend(chunk.iter().map(|at| at.map(|at| at.div_euclid(per_second))));
    }
    Some(Instants { seconds, is_utc })
}

/// Adds the cells of one more column to numbers of rows: equal rows share them, and different ones by a chance of one in 2⁶⁴.
pub(super) fn add_fingerprints(rows: &mut [u64], column: &Column, shown: &str) -> Result<(), Problems> {
    let wrong = |_| wrong_type(column, &tr!("text, numbers or timestamps"), shown);
    let add = |row: &mut u64, cell: u64| *row = mixed(row.rotate_left(23) ^ cell);
    if column.dtype().is_string() || matches!(column.dtype(), DataType::Binary) {
        let hasher = BuildHasherDefault::<Mixer>::default();
        let text = column.cast(&DataType::String).map_err(wrong)?;
        let cells = text.str().map_err(wrong)?.downcast_iter().flat_map(|chunk| chunk.iter());
        rows.iter_mut().zip(cells).for_each(|(row, cell)| add(row, hasher.hash_one(cell.unwrap_or_default().trim())));
    } else if let Some(numbers) = numbers(column).filter(|_| column.dtype().is_float()) {
        rows.iter_mut().zip(numbers).for_each(|(row, cell)| add(row, cell.to_bits()));
    } else {
        let whole = column.to_physical_repr().cast(&DataType::Int64).map_err(wrong)?;
        let cells = whole.i64().map_err(wrong)?.downcast_iter().flat_map(|chunk| chunk.iter());
        rows.iter_mut().zip(cells).for_each(|(row, cell)| add(row, cell.map_or(u64::MAX, |cell| cell.cast_unsigned())));
    }
    Ok(())
}
