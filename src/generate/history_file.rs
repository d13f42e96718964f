//! What was counted: every open interval of history, drawn around its mean and written as an export writes it.

use std::fmt::Write;

use rayon::prelude::*;

use super::chance::stream;
use super::flaws::{Row, spoil};
use super::lines::Topic;
use super::noise::{abandoned, day_factors, offered};
use super::regions::COUNTRIES;
use super::world::World;

/// The text of `history.csv`, by queue, country and time; instants carry the offset of the customers' clock.
pub(super) fn history_csv(world: &World) -> String {
    let series: Vec<(usize, usize)> = (0..world.lines.len())
        .flat_map(|line| world.lines[line].countries.iter().map(move |country| (line, *country)))
        .filter(|(line, _)| world.lines[*line].topic != Topic::SecondTier)
        .collect();
    let parts: Vec<String> = series
        .into_par_iter()
        .map(|(line, country)| text(world, line, country, &spoil(world, line, country, counted(world, line, country))))
        .collect();
    format!("queue,region,start,offered,handled,abandoned,aht_s\n{}", parts.concat())
}

/// One row per open interval of history.
pub(super) fn counted(world: &World, line: usize, country: usize) -> Vec<Row> {
    let series = world.series(line, country);
    let clock = &world.clocks[country];
    let factors = day_factors(world.params.seed, line, country, clock.days);
    let mut random = stream(world.params.seed, &format!("contacts {}", world.lines[line].id), country);
    let usual = usual_abandonment(world.lines[line].topic);
    let mut rows = Vec::new();
    for (interval, mean) in world.past.clone().zip(series.means(&world.past)) {
        let Some(aht) = mean.aht() else { continue };
        let day = factors[clock.walls[interval].day];
        let offered = offered(&mut random, mean.offered(), day);
        let pressure = day * mean.offered() / mean.ordinary;
        let abandoned = abandoned(&mut random, offered, usual, pressure);
        let aht_s = series.time.observed(&mut random, aht, offered - abandoned);
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

fn text(world: &World, line: usize, country: usize, rows: &[Row]) -> String {
    let prefix = format!("{},{}", world.lines[line].id, COUNTRIES[country].id);
    let walls = &world.clocks[country].walls;
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
pub(super) fn backlog_csv(world: &World) -> String {
    let mut csv = String::from("queue,arrived,contacts\n");
    let hour = world.intervals_per_hour();
    let eve = world.horizon.start.saturating_sub(8 * hour)..world.horizon.start;
    for (line, of) in world.lines.iter().enumerate().filter(|(_, of)| of.topic == Topic::Email) {
        let means = world.queue_means(line, &eve);
        for (at, waiting) in eve.clone().step_by(hour).zip(means.chunks(hour)) {
            let contacts = waiting.iter().map(super::world::Mean::offered).sum::<f64>().round();
            if contacts > 0.0 {
                let arrived = world.grid.start_of(at).with_timezone(&super::world::PLAN_ZONE).to_rfc3339();
                let _ = writeln!(csv, "{},{arrived},{contacts}", of.id);
            }
        }
    }
    csv
}
