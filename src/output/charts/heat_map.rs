//! The service customers may expect of a queue, by day and hour: blue where the goal is met, orange where it is not.

use chrono::NaiveDate;

use super::canvas::{Align, Colour, Scene, Type, text_width};
use super::frame::{self, LABEL, MARGIN};
use super::palette::{GRID, INK, PAPER, QUIET};
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::time::Zone;
use crate::output::hours::{self, HALF_A_POINT, Hour, Hours};
use crate::output::number::{grouped, percent};
use crate::output::{wall, words};
use crate::plan::{Plan, Rostered};

const WIDTH: u32 = 1400;
const LEFT: i32 = 116;
const TOP: i32 = 140;
const CELL: (i32, i32) = (52, 34);

pub(super) fn scene(plan: &Plan, rostered: &Rostered, queue: QueueIx) -> Scene {
    let zone = plan.period.zone;
    let hours = hours::of_queue(plan, rostered, queue);
    let dates: Vec<NaiveDate> = plan.period.dates().collect();
    let rows = i32::try_from(dates.len()).unwrap_or(i32::MAX / 1000);
    let height = u32::try_from(TOP + rows * CELL.1 + 50).unwrap_or(WIDTH);
    let of = &plan.queues[queue.0];
    let mut scene = Scene::new(WIDTH, height, title(of, &hours));
    frame::heading(&mut scene, &subtitle(of, &hours, zone));
    legend(&mut scene, of.goal.share.get());
    for (row, date) in (0..).zip(&dates) {
        draw_day(&mut scene, row, *date, &hours, of.goal.share.get());
    }
    for hour in 0..24 {
        let at = (LEFT + hour * CELL.0 + CELL.0 / 2, TOP - 14);
        scene.text(at, format!("{hour:02}"), Type::new(LABEL, QUIET).align(Align::Centre));
    }
    let foot = format!("hour of the day in {zone}; weighted by the contacts of the hour");
    scene.text((MARGIN, TOP + rows * CELL.1 + 26), foot, Type::new(LABEL, QUIET));
    scene
}

fn title(queue: &Queue, hours: &Hours) -> String {
    let total = |of: fn(&Hour) -> f64| hours.values().map(of).sum::<f64>();
    let (contacts, goal) = (total(|hour| hour.contacts), queue.goal.share.get());
    if contacts <= 0.0 {
        return format!("{}: no contacts expected", queue.id);
    }
    let below = below(hours, goal).count();
    let found =
        if below == 0 { "met in every hour".to_owned() } else { format!("missed in {below} of {} hours", hours.len()) };
    let service = percent(total(|hour| hour.in_time) / contacts, 1);
    format!("{}: {service} expected {}, goal {} {found}", queue.id, words::within(queue), percent(goal, 0))
}

/// The hours that miss the goal.
fn below(hours: &Hours, goal: f64) -> impl Iterator<Item = (&(NaiveDate, u32), &Hour)> {
    hours.iter().filter(move |(_, hour)| hour.service() < goal - HALF_A_POINT)
}

fn subtitle(queue: &Queue, hours: &Hours, zone: Zone) -> String {
    let lowest =
        below(hours, queue.goal.share.get()).min_by(|one, other| one.1.service().total_cmp(&other.1.service()));
    let lowest = lowest.map_or_else(String::new, |((date, hour), of)| {
        format!(" · lowest: {} {hour:02}:00 with {}", wall::day(*date), percent(of.service(), 0))
    });
    format!("Expected share in time, %, by day and hour in {zone}; blank: no contacts expected{lowest}")
}

/// Distances from the goal in percentage points, lowest first, with their fills.
const CLASSES: [(f64, Colour, Colour, &str); 6] = [
    (f64::NEG_INFINITY, Colour(140, 45, 4), PAPER, "20 points or more below"),
    (-0.20, Colour(204, 76, 2), PAPER, "10 to 20 below"),
    (-0.10, Colour(251, 154, 60), INK, "3 to 10 below"),
    (-0.03, Colour(254, 217, 165), INK, "just below the goal"),
    (-HALF_A_POINT, Colour(198, 224, 240), INK, "at the goal"),
    (0.10, Colour(66, 146, 198), PAPER, "10 or more above"),
];

fn class(service: f64, goal: f64) -> (Colour, Colour) {
    let found = CLASSES.iter().rev().find(|(from, ..)| service - goal >= *from);
    found.map_or((GRID, INK), |(_, fill, text, _)| (*fill, *text))
}

fn legend(scene: &mut Scene, goal: f64) {
    let mut x = MARGIN;
    for (_, fill, _, text) in CLASSES.iter().filter(|(from, ..)| goal + from <= 1.0) {
        scene.rectangle((x, 76), (x + 22, 90), *fill);
        scene.text((x + 29, 83), *text, Type::new(LABEL, INK));
        x += 29 + text_width(text, LABEL) + 22;
    }
}

fn draw_day(scene: &mut Scene, row: i32, date: NaiveDate, hours: &Hours, goal: f64) {
    let top = TOP + row * CELL.1;
    scene.text((MARGIN, top + CELL.1 / 2), wall::day(date), Type::new(LABEL, INK));
    for hour in 0..24u32 {
        let left = LEFT + i32::try_from(hour).unwrap_or(0) * CELL.0;
        let (from, to) = ((left + 1, top + 1), (left + CELL.0 - 1, top + CELL.1 - 1));
        if let Some(of) = hours.get(&(date, hour)) {
            let (fill, ink) = class(of.service(), goal);
            scene.rectangle(from, to, fill);
            let at = (left + CELL.0 / 2, top + CELL.1 / 2);
            scene.text(at, grouped(of.service() * 100.0, 0), Type::new(15, ink).align(Align::Centre));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_title_counts_the_hours_below_the_goal() {
        // 32 of 40 contacts in time in one hour, 3 of 10 in the next: 35 of 50.
        let day = example::date("2026-11-30");
        let hour = |contacts, in_time| Hour { contacts, in_time, ..Hour::default() };
        let mut hours = Hours::from([((day, 9), hour(40.0, 32.0))]);
        let queue = example::queue("orders");
        assert_eq!(title(&queue, &hours), "orders: 80.0\u{a0}% expected within 20 s, goal 80\u{a0}% met in every hour");
        hours.insert((day, 10), hour(10.0, 3.0));
        assert_eq!(
            title(&queue, &hours),
            "orders: 70.0\u{a0}% expected within 20 s, goal 80\u{a0}% missed in 1 of 2 hours"
        );
        assert!(subtitle(&queue, &hours, chrono_tz::UTC).ends_with("lowest: Mon 30 Nov 10:00 with 30\u{a0}%"));
    }

    #[test]
    fn colours_part_at_the_goal() {
        assert_eq!(class(0.80, 0.8).0, CLASSES[4].1);
        assert_eq!(class(0.78, 0.8).0, CLASSES[3].1);
        assert_eq!(class(0.10, 0.8).0, CLASSES[0].1);
    }
}
