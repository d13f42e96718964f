//! Contact records of large files, counted a batch of rows at a time on all threads. Batches are taken in in the order of the file, so
//! that neither results nor messages depend on the number of threads.

use std::collections::HashSet;

use rayon::prelude::*;

use super::counting::fingerprints::{self, Repeats};
use super::counting::repeats;
use super::counting::tally::{Counting, Tally};
use super::counting::typed_rows::TypedRows;
use super::reading::rows::Reader;
use super::reading::table::LeftOut;
use super::run::Import;
use super::sheets::row::Spot;
use crate::domain::problem::Problems;
use crate::ingest::parquet_batches::{Batch, Batches};

/// Batches that are read before they are taken in: enough that no thread waits long.
const TOGETHER: usize = 8;
/// Rows that are counted together: few enough to stay near the processor.
const ROWS: usize = 1 << 15;

/// A batch, and the number of its file.
type Piece<'b> = (u32, &'b Batches, &'b Batch);

impl Import<'_> {
    /// Counts all rows of the files. Rows that stand there twice are found by their fingerprints; where there are such, everything is
    /// counted once more without them.
    pub(super) fn in_batches(&self, counting: Counting<'_>) -> Result<Tally, Problems> {
        let (tally, rows) = self.counted(counting, &HashSet::new())?;
        let alike = fingerprints::alike(rows);
        if !self.is_no_chance(alike.repeated, alike.rows) {
            return Ok(tally);
        }
        let repeated = self.repeated(&alike.fingerprints)?;
        if !self.is_no_chance(repeated.len(), alike.rows) {
            return Ok(tally);
        }
        drop(tally);
        Ok(self.counted(counting, &repeated)?.0)
    }

    /// All rows but those that stand there before, and a fingerprint of each.
    fn counted(&self, counting: Counting<'_>, repeated: &HashSet<Spot>) -> Result<(Tally, Vec<u64>), Problems> {
        let wanted = self.columns_wanted();
        let rows: u64 = self.sheet.batches.iter().map(Batches::rows).sum();
        let mut fingerprints = Vec::with_capacity(usize::try_from(rows).unwrap_or(0));
        let mut all = Tally::new(counting);
        for pieces in self.pieces().chunks(TOGETHER) {
            let count = |piece: &Piece<'_>| self.of_batch(*piece, &wanted, counting, repeated);
            for counted in pieces.par_iter().map(count).collect::<Vec<_>>() {
                let (tally, own) = counted?;
                all.take_in(tally);
                fingerprints.extend(own);
            }
        }
        Ok((all, fingerprints))
    }

    /// One batch, and a fingerprint of each of its rows.
    fn of_batch(
        &self,
        (part, file, batch): Piece<'_>,
        wanted: &[String],
        counting: Counting<'_>,
        repeated: &HashSet<Spot>,
    ) -> Result<(Tally, Vec<u64>), Problems> {
        let frame = file.read(batch, wanted)?;
        let mut reader = Reader::new(self.sheet, &self.reading);
        let mut rows = TypedRows::of(&frame, &file.shown, &reader)?;
        let mut tally = Tally::new(counting);
        for row in 0..frame.height() {
            let spot = Spot::new(part, batch.first + row as u64 + 2);
            let before = reader.table.rows.len();
            rows.read(row, spot, &mut reader)?;
            if !repeated.is_empty() && repeated.contains(&spot) && reader.table.rows.len() > before {
                reader.table.rows.pop();
                reader.table.left_out.add(LeftOut::Repeated, spot, "");
            }
            if reader.table.rows.len() == ROWS {
                tally.count(&mut reader.table, counting);
            }
        }
        tally.count(&mut reader.table, counting);
        tally.unreadable = reader.unreadable;
        tally.name(reader.table);
        let fingerprints = if repeated.is_empty() { fingerprints::of_rows(&frame, &file.shown)? } else { Vec::new() };
        Ok((tally, fingerprints))
    }

    /// Rows whose every cell stands in a row before.
    fn repeated(&self, alike: &HashSet<u64>) -> Result<HashSet<Spot>, Problems> {
        let wanted = self.columns_wanted();
        let mut repeats = Repeats::default();
        for pieces in self.pieces().chunks(TOGETHER) {
            let whole = |(part, file, batch): &Piece<'_>| {
                let frame = file.read(batch, self.sheet.header())?;
                let few = frame.select(&wanted).map_err(|error| file.broken(&error))?;
                let (few, all) =
                    (fingerprints::of_rows(&few, &file.shown)?, fingerprints::of_rows(&frame, &file.shown)?);
                let suspects = few.into_iter().zip(all).enumerate().filter(|(_, (few, _))| alike.contains(few));
                let spot = |row: usize| Spot::new(*part, batch.first + row as u64 + 2);
                Ok(suspects.map(|(row, (_, all))| (spot(row), all)).collect::<Vec<_>>())
            };
            for suspects in pieces.par_iter().map(whole).collect::<Vec<Result<_, Problems>>>() {
                repeats.add(suspects?);
            }
        }
        Ok(repeats.repeated)
    }

    /// Columns with a meaning, and those in which contacts have numbers of their own.
    fn columns_wanted(&self) -> Vec<String> {
        let (header, reading) = (self.sheet.header(), &self.reading);
        let is_wanted = |column: usize| {
            reading.columns.has(column) || reading.queue_per.contains(&column) || repeats::is_number(&header[column])
        };
        (0..header.len()).filter(|column| is_wanted(*column)).map(|column| header[column].clone()).collect()
    }

    fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        for (part, file) in (0..).zip(&self.sheet.batches) {
            pieces.extend(file.parts.iter().map(|batch| (part, file, batch)));
        }
        pieces
    }

    fn is_no_chance(&self, repeated: usize, rows: usize) -> bool {
        repeated > 0 && repeats::is_no_chance(self.sheet, repeated, rows)
    }
}
