//! Contacts whose whole row stands there before: an export that was appended twice, say.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use crate::ingest::import::reading::table::{LeftOut, Table};
use crate::ingest::import::sheets::gathered::Gathered;
use crate::ingest::import::sheets::row::{Row, Spot};
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::roles::{is_contact_number, plain};
use crate::ingest::mixing::Mixer;

/// Whether rows have numbers of their own in a column of this name.
pub(in crate::ingest::import) fn is_number(column: &str) -> bool {
    is_contact_number(column) || ["id", "sid", "recordid"].contains(&plain(column).as_str())
}

/// Whether so many rows that stand there before are no chance: one row in a hundred, or rows with numbers of their own.
pub(in crate::ingest::import) fn is_no_chance(sheet: &Sheet, repeated: usize, rows: usize) -> bool {
    const ONE_IN: usize = 100;
    sheet.header().iter().any(|name| is_number(name)) || repeated * ONE_IN >= rows
}

/// Leaves out the contacts of a table that stand there before, where that is no chance.
pub(in crate::ingest::import) fn leave_out(sheet: &Sheet, table: &mut Table, left_out: &mut Gathered<LeftOut>) {
    let fingerprint = |row: &Row<'_>| {
        let mut hasher = Mixer::default();
        (0..sheet.width).for_each(|column| row.cell(column).hash(&mut hasher));
        hasher.finish()
    };
    let mut all: Vec<u64> = Vec::with_capacity(table.rows.len());
    sheet.rows(|row| all.push(fingerprint(&row)));
    all.sort_unstable();
    let twice: HashSet<u64> = all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    if twice.is_empty() {
        return;
    }
    let mut seen: HashSet<u64> = HashSet::new();
    let mut repeated: HashSet<Spot> = HashSet::new();
    sheet.rows(|row| {
        let fingerprint = fingerprint(&row);
        if twice.contains(&fingerprint) && !seen.insert(fingerprint) {
            repeated.insert(row.spot);
        }
    });
    if !is_no_chance(sheet, repeated.len(), table.rows.len()) {
        return;
    }
    table.rows.retain(|row| {
        let is_kept = !repeated.contains(&row.spot);
        if !is_kept {
            left_out.add(LeftOut::Repeated, row.spot, "");
        }
        is_kept
    });
}
