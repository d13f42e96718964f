//! Flaws that real exports have: missing stretches, an hour exported twice, a day on which the telephones were dead.
//!
//! Clock changes need nothing here: rows carry their offset, and spring has 23 hours by itself.

use rand::RngExt;

use super::queues::Topic;
use super::random::stream;
use super::synthetic_centre::SyntheticCentre;

/// One row of the export.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    /// Interval of the grid.
    pub(super) interval: usize,
    /// Contacts that came.
    pub(super) offered: u64,
    /// Of these, who gave up.
    pub(super) abandoned: u64,
    /// Mean handle time of the others, seconds; none where there were none.
    pub(super) aht_s: Option<f64>,
}

/// Spoils the rows of one queue and country as the export did.
pub(super) fn spoil(centre: &SyntheticCentre, queue: usize, country: usize, rows: Vec<Row>) -> Vec<Row> {
    let rows = without_telephones(centre, queue, country, rows);
    let rows = with_gaps(centre, queue, country, rows);
    with_an_hour_twice(centre, queue, country, rows)
}

/// On one Wednesday the exchange was down: nothing reached any voice queue of the continent.
fn without_telephones(centre: &SyntheticCentre, queue: usize, country: usize, mut rows: Vec<Row>) -> Vec<Row> {
    let on_the_phone = matches!(centre.queues[queue].topic, Topic::Orders | Topic::Billing | Topic::Technical);
    if on_the_phone && country < 2 {
        let walls = &centre.clocks[country].walls;
        let around = walls[centre.past.end * 3 / 5];
        let dead = (around.day + 2).saturating_sub(around.weekday);
        for row in rows.iter_mut().filter(|row| walls[row.interval].day == dead) {
            *row = Row { interval: row.interval, offered: 0, abandoned: 0, aht_s: None };
        }
    }
    rows
}

/// Now and then a stretch of up to three hours never reached the file.
fn with_gaps(centre: &SyntheticCentre, queue: usize, country: usize, mut rows: Vec<Row>) -> Vec<Row> {
    let mut random = stream(centre.params.seed, &format!("gaps {}", centre.queues[queue].id), country);
    let longest = 3 * centre.intervals_per_hour();
    for _ in 0..random.random_range(0..3) {
        if rows.len() > 10 * longest {
            let from = random.random_range(0..rows.len() - longest);
            rows.drain(from..from + random.random_range(1..=longest));
        }
    }
    rows
}

/// One hour of the second country's first queue stands in the file twice.
fn with_an_hour_twice(centre: &SyntheticCentre, queue: usize, country: usize, mut rows: Vec<Row>) -> Vec<Row> {
    if (queue, country) == (0, 1) {
        let hour = centre.intervals_per_hour();
        let from = rows.len() * 2 / 3;
        let again: Vec<Row> = rows.iter().skip(from).take(hour).copied().collect();
        let at = (from + again.len()).min(rows.len());
        rows.splice(at..at, again);
    }
    rows
}
