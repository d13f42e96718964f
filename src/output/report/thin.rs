//! Where service is thin: stretches of hours below the goal, worst first by the contacts that will wait too long.

use std::fmt::Write;

use chrono::NaiveDate;

use super::html::{Column, table};
use crate::domain::ids::QueueIx;
use crate::output::hours::{self, HALF_A_POINT, Hour, Hours};
use crate::output::number::{grouped, hours, percent};
use crate::output::wall;
use crate::plan::Plan;

/// Rows shown; the tables hold the rest.
const ROWS: usize = 10;

/// Consecutive hours of one day in which a queue misses its goal.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    queue: usize,
    date: NaiveDate,
    from: u32,
    until: u32,
    of: Hour,
    goal: f64,
}

impl Stretch {
    /// Contacts served too late beyond those the goal allows.
    fn beyond_goal(&self) -> f64 {
        self.of.contacts * self.goal - self.of.in_time
    }
}

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let mut thin: Vec<Stretch> = Vec::new();
    for (index, queue) in plan.queues.iter().enumerate() {
        let of_queue = hours::of_queue(plan, rostered, QueueIx(index));
        thin.extend(stretches(index, queue.goal.share.get(), &of_queue));
    }
    thin.sort_by(|one, other| other.beyond_goal().total_cmp(&one.beyond_goal()));
    if thin.is_empty() {
        return Some("<p>Nowhere: every queue is expected to meet its goal in every hour.</p>".to_owned());
    }
    let rows: Vec<Vec<String>> = thin.iter().take(ROWS).map(|stretch| row(plan, stretch)).collect();
    let mut out = table(
        &[
            ("When", Column::Text),
            ("Queue", Column::Text),
            ("Expected in time", Column::Number),
            ("Goal", Column::Number),
            ("Agents missing", Column::Number),
            ("Contacts", Column::Number),
            ("Too late beyond the goal", Column::Number),
        ],
        &rows,
    );
    if thin.len() > ROWS {
        let _ =
            write!(out, "<p class=\"quiet\">The worst {ROWS} of {} stretches; all are in the charts.</p>", thin.len());
    }
    Some(out)
}

fn row(plan: &Plan, stretch: &Stretch) -> Vec<String> {
    let span = f64::from(stretch.until - stretch.from);
    vec![
        format!("{} {:02}:00–{:02}:00", wall::day(stretch.date), stretch.from, stretch.until),
        plan.queues[stretch.queue].id.to_string(),
        percent(stretch.of.service(), 0),
        percent(stretch.goal, 0),
        format!("{} ({})", grouped(stretch.of.short / span, 1), hours(stretch.of.short)),
        grouped(stretch.of.contacts, 0),
        grouped(stretch.beyond_goal(), 0),
    ]
}

/// Joins consecutive hours below the goal within a day.
fn stretches(queue: usize, goal: f64, hours: &Hours) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for ((date, hour), of) in hours.iter().filter(|(_, of)| of.service() < goal - HALF_A_POINT) {
        match found.last_mut().filter(|last| last.date == *date && last.until == *hour) {
            Some(last) => {
                last.until = hour + 1;
                last.of.contacts += of.contacts;
                last.of.in_time += of.in_time;
                last.of.short += of.short;
            }
            None => found.push(Stretch { queue, date: *date, from: *hour, until: hour + 1, of: *of, goal }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn neighbouring_hours_are_one_stretch() {
        // Goal 80 %: 9 to 11 misses it with 60 and 70 of 100 each; 11 meets it; 12 misses it again.
        let day = example::date("2026-11-30");
        let hour = |in_time| Hour { contacts: 100.0, in_time, short: 1.5 };
        let hours = Hours::from([
            ((day, 9), hour(60.0)),
            ((day, 10), hour(70.0)),
            ((day, 11), hour(80.0)),
            ((day, 12), hour(79.0)),
        ]);
        let found = stretches(0, 0.8, &hours);
        assert_eq!(found.iter().map(|of| (of.from, of.until)).collect::<Vec<_>>(), [(9, 11), (12, 13)]);
        assert!((found[0].beyond_goal() - 30.0).abs() < 1e-9);
        assert!((found[0].of.short - 3.0).abs() < 1e-9);
    }
}
