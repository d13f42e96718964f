//! Where service is thin: stretches of hours served well below their goal, those of queues that miss it first.

use std::cmp::Reverse;
use tr::tr;

use chrono::NaiveDate;

use super::html::{Column, table};
use crate::domain::ids::QueueIx;
use crate::output::goals::{self, Judgement};
use crate::output::hours::{self, Hour, Hours};
use crate::output::number::{grouped, percent, percent_or_dash};
use crate::output::{local_time, phrases};
use crate::plan::Plan;

/// Rows shown; the charts hold the rest.
const ROWS: usize = 10;
/// Contacts that are late beyond the goal and told; fewer than half of one are none.
const NOTICED: f64 = 0.5;

/// Consecutive hours of one day in which a queue is served below its goal.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    queue: usize,
    /// Whether they are part of a goal that is missed: of a day or a week that misses it, where it is set for one.
    counts: bool,
    date: NaiveDate,
    from: u32,
    until: u32,
    of: Hour,
}

pub(super) fn section(plan: &Plan) -> Option<String> {
    let simulated = plan.simulated.as_ref()?;
    let (mut thin, mut missed): (Vec<Stretch>, usize) = (Vec::new(), 0);
    for (index, queue) in plan.queues.iter().enumerate() {
        let Some(judgement) = goals::judge(plan, QueueIx(index)) else { continue };
        missed += usize::from(judgement.is_missed());
        let of_queue = hours::of_queue(plan, simulated, QueueIx(index));
        thin.extend(stretches(index, queue.goal.share.get(), &judgement, &of_queue));
    }
    let late = |stretch: &Stretch| stretch.of.late_beyond(plan.queues[stretch.queue].goal.share.get());
    thin.retain(|stretch| late(stretch) >= NOTICED);
    thin.sort_by(|one, other| late(other).total_cmp(&late(one)));
    thin.sort_by_key(|stretch| Reverse(stretch.counts));
    Some(match (missed, thin.is_empty()) {
        (0, true) => tr!(
            "<p>Nowhere: no goal is missed over the time for which it is set, and no hour lies well below its goal.</p>"
        ),
        (0, false) => {
            tr!(
                "<p>Nowhere that a goal is missed. Served below their goals by the hour, in days or weeks that make up for it:</p>\n"
            ) + &listed(plan, &thin, late)
        }
        (_, true) => tr!("<p>Nowhere in particular: a goal is missed, but no hour lies well below it.</p>"),
        (_, false) => listed(plan, &thin, late),
    })
}

fn listed(plan: &Plan, thin: &[Stretch], late: impl Fn(&Stretch) -> f64) -> String {
    let columns = [
        (tr!("When"), Column::Text),
        (tr!("Queue"), Column::Text),
        (tr!("In time, simulated"), Column::Number),
        (tr!("Goal"), Column::Text),
        (tr!("Contacts"), Column::Number),
        (tr!("Late beyond the goal"), Column::Number),
        (tr!("People there"), Column::Number),
        (tr!("Busy"), Column::Number),
    ];
    let row = |stretch: &Stretch| {
        let (queue, of) = (&plan.queues[stretch.queue], stretch.of);
        let state = if stretch.counts { tr!("goal" => "missed") } else { tr!("not missed") };
        vec![
            format!("{} {:02}:00–{:02}:00", local_time::day(stretch.date), stretch.from, stretch.until),
            queue.id.to_string(),
            percent(of.service(), 0),
            format!("{}, {state}", phrases::goal_briefly(queue)),
            grouped(of.contacts, usize::from(of.contacts < 9.5)),
            grouped(late(stretch), usize::from(late(stretch) < 9.5)),
            grouped(of.there / of.length, 1),
            percent_or_dash((of.there > 0.0).then(|| of.busy / of.there), 0),
        ]
    };
    let rows: Vec<Vec<String>> = thin.iter().take(ROWS).map(row).collect();
    let rest = thin.len() - rows.len();
    let more = if rest > 0 { tr!("; {} more in the charts", phrases::stretches(rest)) } else { String::new() };
    table(&columns, &rows)
        + &tr!(
            "<p class=\"quiet\">Hours more than two points below the goal, those of goals that are missed first, then those with most contacts \
             that come late beyond what the goal allows; less than half a contact is left out{more}. People there and how busy they are: all who can take the queue, on average, \
             whatever they have in hand.</p>\n",
            more
        )
}

/// Joins consecutive hours below the goal.
fn stretches(queue: usize, goal: f64, judgement: &Judgement, hours: &Hours) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for ((date, hour), of) in hours.iter().filter(|(_, of)| of.is_thin(goal)) {
        match found.last_mut().filter(|last| last.date == *date && last.until == *hour) {
            Some(last) => {
                last.until = hour + 1;
                last.of = last.of.with(*of);
            }
            None => found.push(Stretch {
                queue,
                counts: judgement.is_missed() && judgement.misses_on(*date),
                date: *date,
                from: *hour,
                until: hour + 1,
                of: *of,
            }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::GoalPeriod;
    use crate::output::example;

    /// Hours from 09:00 in Warsaw, twenty contacts in each, on a Monday served as a whole by so much.
    fn found(over: GoalPeriod, shares: &[f64], day: f64) -> Vec<(u32, u32, bool)> {
        let mut queue = example::queue("orders");
        queue.goal.over = over;
        let halves: Vec<f64> = shares.iter().flat_map(|share| [*share; 2]).collect();
        let of = example::served(&halves, &[day], day);
        let judgement = Judgement::of(&queue, &of, of.offered.grid(), chrono_tz::Europe::Warsaw).expect("contacts");
        let hours = (9..).zip(shares).map(|(hour, share)| {
            let of = Hour { contacts: 20.0, in_time: 20.0 * share, length: 1.0, ..Hour::default() };
            ((example::date("2026-11-30"), hour), of)
        });
        let stretches = stretches(0, 0.8, &judgement, &hours.collect());
        stretches.iter().map(|stretch| (stretch.from, stretch.until, stretch.counts)).collect()
    }

    #[test]
    fn neighbouring_hours_are_one_stretch_and_a_point_below_is_none() {
        // 9 and 10 lie well below 80 %; 11 lies a point below; 13 well below.
        let shares = [0.6, 0.7, 0.79, 0.9, 0.5];
        assert_eq!(found(GoalPeriod::Interval, &shares, 0.7), [(9, 11, true), (13, 14, true)]);
    }

    #[test]
    fn thin_hours_of_a_day_that_holds_its_goal_do_not_count() {
        assert_eq!(found(GoalPeriod::Day, &[0.6, 0.95, 0.95], 0.83), [(9, 10, false)]);
        assert_eq!(found(GoalPeriod::Day, &[0.6, 0.95, 0.8], 0.78), [(9, 10, true)]);
    }

    #[test]
    fn a_page_says_where_and_how_busy_people_are() {
        let html = section(&example::lived(0.7)).expect("a section");
        // 20 contacts an hour, 24 hours a day: 480 × (0.8 − 0.7) are late beyond the goal.
        assert!(html.contains("Mon 30 Nov 00:00–24:00") && html.contains("<td class=\"n\">48</td>"), "{html}");
        assert!(html.contains("<td class=\"n\">4.0</td><td class=\"n\">75\u{a0}%</td>"), "{html}");
        assert!(section(&example::lived(0.9)).is_some_and(|html| html.starts_with("<p>Nowhere: no goal is missed")));
        assert!(section(&example::lived(0.79)).is_some_and(|html| html.starts_with("<p>Nowhere in particular")));
        assert_eq!(section(&example::forecast_only()), None);
    }
}
