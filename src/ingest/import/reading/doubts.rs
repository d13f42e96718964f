//! What speaks against the way a table is read: hours that count from one, times that are ends, handle times that are sums, more handled
//! than came.

use super::table::Table;
use crate::domain::problem::{Problem, Problems};
use crate::ingest::import::cell::durations::Duration;
use crate::ingest::import::cell::scan::hour;
use crate::ingest::import::meaning::columns::Columns;
use crate::ingest::import::meaning::profile::Profile;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::layouts::Layout;
use crate::ingest::import::stated::roles::Role;
use crate::ingest::import::stated::said::Said;
use crate::language::fixed;
use tr::tr;

/// The hour that begins at midnight in a column of hours: one, where there is a 24 and no 0.
pub(in crate::ingest::import) fn first_hour(
    sheet: &Sheet,
    profiles: &[Profile],
    columns: &Columns,
    declared: &Declared,
    said: &mut Said,
) -> i64 {
    let Some(column) = columns.one(Role::Time).filter(|_| columns.one(Role::Start).is_none()) else { return 0 };
    let (profile, name) = (&profiles[column], &sheet.header()[column]);
    if let Some(first) = declared.first_hour {
        return first;
    }
    let texts = profile.texts.as_ref().filter(|_| profile.mostly(profile.hours));
    let hours: Vec<i64> = texts.into_iter().flatten().filter_map(|(text, _)| hour(text)).collect();
    let from_one = hours.contains(&86_400) && !hours.contains(&0);
    if from_one {
        said.assumed(tr!("hours in `{name}` count from 1: there is a 24 and no 0", name), tr!("first_hour = 0"));
    }
    i64::from(from_one)
}

/// Moves times that are the ends of their intervals to their starts.
pub(in crate::ingest::import) fn from_ends(
    sheet: &Sheet,
    columns: &Columns,
    declared: &Declared,
    table: &mut Table,
    said: &mut Said,
) {
    let Some(column) = columns.one(Role::Start).or_else(|| columns.one(Role::Time)) else { return };
    let name = &sheet.header()[column];
    let words: Vec<String> = name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
    let says_end =
        words.iter().any(|word| ["end", "ends", "ending", "endtime", "koniec", "ende", "bis"].contains(&word.as_str()));
    if columns.layout == Layout::Contacts || !declared.times_are_ends.unwrap_or(says_end) {
        return;
    }
    let mut walls: Vec<i64> = table.rows.iter().map(|row| row.time.wall).collect();
    walls.sort_unstable();
    walls.dedup();
    let Some(length) = walls.windows(2).map(|pair| pair[1] - pair[0]).min() else { return };
    for row in &mut table.rows {
        row.time.wall -= length;
    }
    if declared.times_are_ends.is_none() {
        said.assumed(
            tr!("times in `{name}` are the ends of intervals of {} minutes", length / 60, name),
            tr!("times = \"start\""),
        );
    }
}

/// Refuses counts of which more were handled than came.
pub(in crate::ingest::import) fn refuse_fewer_offered(
    sheet: &Sheet,
    columns: &Columns,
    declared: &Declared,
    table: &Table,
) -> Result<(), Problems> {
    const SLACK: f64 = 1.02;
    let (offered, handled) = table.rows.iter().fold((0.0, 0.0), |(offered, handled), row| {
        (offered + row.handled.map_or(0.0, |_| row.offered), handled + row.handled.unwrap_or(0.0))
    });
    let (Some(came), Some(done)) = (columns.one(Role::Offered), columns.one(Role::Handled)) else { return Ok(()) };
    if handled <= SLACK * offered || declared.columns.contains_key(&Role::Offered) {
        return Ok(());
    }
    let (came, done) = (&sheet.header()[came], &sheet.header()[done]);
    let cause = tr!(
        "`{done}` adds up to {handled} and `{came}` to {offered}: more handled than came",
        done,
        handled = fixed(handled, 0),
        came,
        offered = fixed(offered, 0)
    );
    let hint = tr!(
        "name the column of all contacts that came: columns.offered = \"…\"; it is `{came}` only if you say so",
        came
    );
    Err(Problem::in_file(&sheet.shown, cause).in_column(came.as_str()).hinting(hint).into())
}

/// Whether handle times grow with the contacts of their rows, as those added up do and means do not.
pub(in crate::ingest::import) fn are_sums(table: &Table) -> bool {
    const FEW: usize = 20;
    const STEADIER: f64 = 0.6;
    let value = |duration: Duration| match duration {
        Duration::Number(value) | Duration::Seconds(value) => value,
        Duration::TwoParts(first, second) => first + second / 60.0,
    };
    let times: Vec<(f64, f64)> = table
        .rows
        .iter()
        .filter_map(|row| Some((value(row.handle_time?), row.handled.unwrap_or(row.offered))))
        .filter(|(time, contacts)| *time > 0.0 && *contacts >= 1.0)
        .collect();
    let spread = |values: &dyn Fn(&(f64, f64)) -> f64| {
        let mean = times.iter().map(values).sum::<f64>() / times.len() as f64;
        let variance = times.iter().map(|time| (values(time) - mean).powi(2)).sum::<f64>() / times.len() as f64;
        variance.sqrt() / mean
    };
    let contacts = spread(&|(_, contacts)| *contacts);
    times.len() >= FEW
        && contacts > 0.1
        && spread(&|(time, contacts)| time / contacts) < STEADIER * spread(&|(time, _)| *time)
}
