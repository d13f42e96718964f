//! Intervals that a file tells twice: rows of a day beside those of its quarters of an hour.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use tr::tr;

use super::table::{Counted, LeftOut, Table};
use crate::ingest::import::sheets::gathered::Gathered;
use crate::ingest::import::sheets::row::Spot;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::roles::plain;
use crate::ingest::import::stated::said::Said;

const DAY: i64 = 86_400;

/// Queue, region and day.
type Key = (u32, u32, i64);

fn key(row: &Counted) -> Key {
    (row.queue, row.region, row.time.wall.div_euclid(DAY))
}

/// Leaves out rows of longer intervals on days of which shorter ones tell, where a column says how long each is.
pub(in crate::ingest::import) fn without_longer(sheet: &Sheet, table: &mut Table, left_out: &mut Gathered<LeftOut>) {
    let Some(column) = sheet.header().iter().position(|name| plain(name) == "intervalduration") else { return };
    let mut lengths: HashMap<Spot, i64> = HashMap::new();
    sheet.rows(|row| lengths.extend(minutes(row.cell(column)).map(|minutes| (row.spot, minutes))));
    let mut shortest: HashMap<Key, i64> = HashMap::new();
    for row in &table.rows {
        if let Some(length) = lengths.get(&row.spot) {
            shortest.entry(key(row)).and_modify(|least| *least = (*least).min(*length)).or_insert(*length);
        }
    }
    retain(table, left_out, LeftOut::Longer, |row| lengths.get(&row.spot) <= shortest.get(&key(row)));
}

/// `15mins`, `1hour`, `daily`.
fn minutes(text: &str) -> Option<i64> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let number = || text[..digits].parse::<i64>().ok();
    match &text[digits..].trim().to_lowercase()[..] {
        "" | "min" | "mins" | "minutes" => number(),
        "hour" | "hours" => Some(number()? * 60),
        "daily" | "day" | "days" => Some(number().unwrap_or(1) * 1440),
        _ => None,
    }
}

/// Leaves out rows that, at one time of nearly every day, are the sum of the day's others.
pub(in crate::ingest::import) fn without_day_totals(
    table: &mut Table,
    declared: &Declared,
    left_out: &mut Gathered<LeftOut>,
    said: &mut Said,
) {
    const FEW_ROWS: usize = 4;
    const FEW_DAYS: usize = 2;
    if declared.keeps_day_totals == Some(true) {
        return;
    }
    let mut days: BTreeMap<Key, Vec<&Counted>> = BTreeMap::new();
    table.rows.iter().for_each(|row| days.entry(key(row)).or_default().push(row));
    let busy = |rows: &[&Counted]| rows.iter().filter(|row| row.offered > 0.0).count();
    let (mut seen, mut sums): (usize, Vec<&Counted>) = (0, Vec::new());
    for rows in days.values().filter(|rows| busy(rows) >= FEW_ROWS) {
        let all: f64 = rows.iter().map(|row| row.offered).sum();
        seen += 1;
        sums.extend(rows.iter().find(|row| (2.0 * row.offered - all).abs() < 1e-6 * all));
    }
    let clocks: BTreeSet<i64> = sums.iter().map(|row| row.time.wall.rem_euclid(DAY)).collect();
    let (1, true) = (clocks.len(), sums.len() >= FEW_DAYS && sums.len() * 10 >= seen * 9) else { return };
    let clock = clocks.first().map_or(0, |clock| clock / 60);
    let sentence = tr!(
        "{} rows at {}:{} are the sum of the others of their day and are left out",
        sums.len(),
        format_args!("{:02}", clock / 60),
        format_args!("{:02}", clock % 60)
    );
    said.assumed(sentence, tr!("day_totals = \"keep\""));
    let sums: BTreeSet<Spot> = sums.iter().map(|row| row.spot).collect();
    retain(table, left_out, LeftOut::Total, |row| !sums.contains(&row.spot));
}

/// Keeps some rows, and counts the others.
fn retain(table: &mut Table, left_out: &mut Gathered<LeftOut>, why: LeftOut, is_kept: impl Fn(&Counted) -> bool) {
    table.rows.retain(|row| {
        let is_kept = is_kept(row);
        if !is_kept {
            left_out.add(why, row.spot, "");
        }
        is_kept
    });
}
