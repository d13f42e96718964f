//! What was counted: every open interval of history, drawn around its mean and written as an export writes it.

use std::fmt::Write;

use rayon::prelude::*;

use super::flaws::{Row, spoil};
use super::noise::{abandoned, day_factors, offered};
use super::queues::Topic;
use super::random::stream;
use super::regions::COUNTRIES;
use super::synthetic_centre::{Mean, PLAN_ZONE, SyntheticCentre};

/// The text of `history.csv`, by queue, country and time; instants carry the offset of the customers' clock.
pub(super) fn history_csv(centre: &SyntheticCentre) -> String {
    let series: Vec<(usize, usize)> = (0..centre.queues.len())
        .flat_map(|queue| centre.queues[queue].countries.iter().map(move |country| (queue, *country)))
        .filter(|(queue, _)| centre.queues[*queue].topic != Topic::SecondTier)
        .collect();
    let parts: Vec<String> = series
        .into_par_iter()
        .map(|(queue, country)| {
            text(centre, queue, country, &spoil(centre, queue, country, counted(centre, queue, country)))
        })
        .collect();
    format!("queue,region,start,offered,handled,abandoned,aht_s\n{}", parts.concat())
}

/// One row per open interval of history.
fn counted(centre: &SyntheticCentre, queue: usize, country: usize) -> Vec<Row> {
    draws(centre, queue, country, &centre.series(queue, country).means(&centre.past))
}

/// Contacts, who gave up, and handle times, drawn around the means of history.
pub(super) fn draws(centre: &SyntheticCentre, queue: usize, country: usize, means: &[Mean]) -> Vec<Row> {
    let time = centre.series(queue, country).time;
    let clock = &centre.clocks[country];
    let factors = day_factors(centre.params.seed, queue, country, clock.days);
    let mut random = stream(centre.params.seed, &format!("contacts {}", centre.queues[queue].id), country);
    let usual = usual_abandonment(centre.queues[queue].topic);
    let mut rows = Vec::new();
    for (interval, mean) in centre.past.clone().zip(means) {
        let Some(aht) = mean.aht() else { continue };
        let day = factors[clock.walls[interval].day];
        let offered = offered(&mut random, mean.offered(), day);
        let pressure = day * mean.offered() / mean.ordinary;
        let abandoned = abandoned(&mut random, offered, usual, pressure);
        let aht_s = time.observed(&mut random, aht, offered - abandoned);
        rows.push(Row { interval, offered, abandoned, aht_s });
    }
    rows
}

/// Share of contacts that give up on an ordinary day.
const fn usual_abandonment(topic: Topic) -> f64 {
    match topic {
        Topic::Orders => 0.035,
        Topic::Billing => 0.03,
        Topic::Technical => 0.05,
        Topic::Chat => 0.025,
        Topic::Email | Topic::SecondTier => 0.0,
    }
}

fn text(centre: &SyntheticCentre, queue: usize, country: usize, rows: &[Row]) -> String {
    let prefix = format!("{},{}", centre.queues[queue].id, COUNTRIES[country].id);
    let walls = &centre.clocks[country].walls;
    let mut text = String::with_capacity(rows.len() * (prefix.len() + 45));
    for row in rows {
        let wall = &walls[row.interval];
        let (hour, minute) = (wall.minute / 60, wall.minute % 60);
        let sign = if wall.offset < 0 { '-' } else { '+' };
        let ahead = wall.offset.unsigned_abs();
        let handled = row.offered - row.abandoned;
        let aht = row.aht_s.map(|seconds| format!("{seconds:.0}")).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{prefix},{}T{hour:02}:{minute:02}:00{sign}{:02}:{:02},{},{handled},{},{aht}",
            wall.date,
            ahead / 60,
            ahead % 60,
            row.offered,
            row.abandoned
        );
    }
    text
}

/// `backlog.csv`: written cases of the Sunday that wait when the week begins, hour by hour as expected on planning day.
pub(super) fn backlog_csv(centre: &SyntheticCentre) -> String {
    let mut csv = String::from("queue,arrived,contacts\n");
    let hour = centre.intervals_per_hour();
    let eve = centre.horizon.start.saturating_sub(8 * hour)..centre.horizon.start;
    for (queue, of) in centre.queues.iter().enumerate().filter(|(_, of)| of.topic == Topic::Email) {
        let means = centre.queue_means(queue, &eve);
        for (at, waiting) in eve.clone().step_by(hour).zip(means.chunks(hour)) {
            let contacts = waiting.iter().map(Mean::offered).sum::<f64>().round();
            if contacts > 0.0 {
                let arrived = centre.grid.start_of(at).with_timezone(&PLAN_ZONE).to_rfc3339();
                let _ = writeln!(csv, "{},{arrived},{contacts}", of.id);
            }
        }
    }
    csv
}
