//! Where service is thin: stretches of hours with agents missing where a goal is missed, most agent-hours first.

use chrono::NaiveDate;

use super::html::{Column, table};
use crate::domain::ids::QueueIx;
use crate::domain::queue::GoalPeriod;
use crate::output::goals::{self, Judgement, NOTICED};
use crate::output::hours::{self, Hour, Hours};
use crate::output::number::{grouped, hours, percent};
use crate::output::{local_time, phrases};
use crate::plan::Plan;

/// Rows shown; the charts hold the rest.
const ROWS: usize = 10;

/// Consecutive hours of one day in which agents are missing and a queue misses its goal.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    queue: usize,
    date: NaiveDate,
    from: u32,
    until: u32,
    of: Hour,
}

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let mut thin: Vec<Stretch> = Vec::new();
    let mut missed = 0;
    for (index, queue) in plan.queues.iter().enumerate() {
        let Some(judgement) = goals::judge(plan, QueueIx(index)).filter(|judgement| !judgement.is_met()) else {
            continue;
        };
        missed += 1;
        let of_queue = hours::of_queue(plan, rostered, QueueIx(index));
        thin.extend(stretches(index, queue.goal.over, &judgement, &of_queue));
    }
    thin.sort_by(|one, other| other.of.short.total_cmp(&one.of.short));
    Some(match (missed, noticed(&thin).next().is_none()) {
        (0, _) => "<p>Nowhere: every goal is expected to be met, over the time for which it is set.</p>".to_owned(),
        (_, true) => {
            "<p>Nowhere for want of agents: where a goal is missed, all agents required are rostered, and more \
                      than required would be needed.</p>"
                .to_owned()
        }
        (_, false) => listed(plan, &thin),
    })
}

fn listed(plan: &Plan, thin: &[Stretch]) -> String {
    let columns = [
        ("When", Column::Text),
        ("Queue", Column::Text),
        ("Agent-hours missing", Column::Number),
        ("Agents missing at once", Column::Number),
        ("Expected in time", Column::Number),
        ("Goal", Column::Text),
        ("Contacts", Column::Number),
    ];
    let rows: Vec<Vec<String>> = noticed(thin).take(ROWS).map(|stretch| row(plan, stretch)).collect();
    let rest = noticed(thin).count() - rows.len();
    let slight = thin.len() - noticed(thin).count();
    let more = [
        (rest, format!("; {} more in the charts", phrases::count(rest, "stretches"))),
        (slight, format!("; in {} more hardly anybody is missing", phrases::count(slight, "stretches"))),
    ];
    let more: String = more.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    let note = format!(
        "<p class=\"quiet\">Where a goal is missed, over the day or the week where it is set for one, and agents are missing; \
         most agent-hours first{more}. Agents are heads of average speed to be rostered.</p>\n"
    );
    table(&columns, &rows) + &note
}

/// Those of which the table has something to say: what rounds to nothing is only counted.
fn noticed(thin: &[Stretch]) -> impl Iterator<Item = &Stretch> {
    thin.iter().filter(|stretch| stretch.of.short >= NOTICED)
}

/// `71 %`; where a goal is for intervals and only some are below it, `93 %, 15 min below` the goal.
fn in_time(of: Hour, over: GoalPeriod) -> String {
    let some = over == GoalPeriod::Interval && of.below < of.length - 1e-9;
    match of {
        of if of.contacts > 0.0 && some => {
            format!("{}, {} min below", percent(of.service(), 0), grouped(60.0 * of.below, 0))
        }
        of if of.contacts > 0.0 => percent(of.service(), 0),
        of if of.is_undecided() => "not decided within the plan".to_owned(),
        _ => "–".to_owned(),
    }
}

fn row(plan: &Plan, stretch: &Stretch) -> Vec<String> {
    let queue = &plan.queues[stretch.queue];
    let contacts = stretch.of.contacts + stretch.of.undecided;
    vec![
        format!("{} {:02}:00–{:02}:00", local_time::day(stretch.date), stretch.from, stretch.until),
        queue.id.to_string(),
        hours(stretch.of.short),
        format!("up to {}", grouped(stretch.of.most_short, 1)),
        in_time(stretch.of, queue.goal.over),
        phrases::goal_briefly(queue),
        grouped(contacts, usize::from(contacts < 9.5)),
    ]
}

/// Joins consecutive hours with agents missing: hours below the goal, or hours of a day or a week that misses it.
fn stretches(queue: usize, over: GoalPeriod, judgement: &Judgement, hours: &Hours) -> Vec<Stretch> {
    let thin = |date: NaiveDate, of: &Hour| {
        of.short > 0.0 && judgement.misses_on(date) && (over != GoalPeriod::Interval || of.below > 0.0)
    };
    let mut found: Vec<Stretch> = Vec::new();
    for ((date, hour), of) in hours.iter().filter(|((date, _), of)| thin(*date, of)) {
        match found.last_mut().filter(|last| last.date == *date && last.until == *hour) {
            Some(last) => {
                last.until = hour + 1;
                last.of = last.of.with(*of);
            }
            None => found.push(Stretch { queue, date: *date, from: *hour, until: hour + 1, of: *of }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coverage::QueueCoverage;
    use crate::domain::series::Series;
    use crate::output::example;

    /// Hours from 09:00 in Warsaw, two half-hours of ten contacts each: the share in time and the agents missing.
    fn found(over: GoalPeriod, of: &[(f64, f64)]) -> Vec<(u32, u32, f64)> {
        let mut queue = example::queue("orders");
        queue.goal.over = over;
        let halves = |value: fn(&(f64, f64)) -> f64| of.iter().flat_map(move |hour| [value(hour); 2]);
        let grid = example::grid(i64::try_from(2 * of.len()).expect("few"));
        let coverage = QueueCoverage {
            short: Series::new(grid, halves(|(_, short)| *short)),
            service_expected: halves(|(share, _)| *share).map(Some).collect(),
            ..QueueCoverage::nothing(grid)
        };
        let zone = chrono_tz::Europe::Warsaw;
        let judgement = Judgement::of(&queue, grid, &vec![10.0; 2 * of.len()], &coverage, zone);
        let hours = (9..).zip(of).map(|(hour, (share, short))| {
            let below = f64::from(u8::from(*share < 0.795));
            let of = Hour {
                contacts: 20.0,
                in_time: 20.0 * share,
                short: *short,
                most_short: *short,
                below,
                length: 1.0,
                ..Hour::default()
            };
            ((example::date("2026-11-30"), hour), of)
        });
        let stretches = stretches(0, over, &judgement, &hours.collect());
        stretches.iter().map(|stretch| (stretch.from, stretch.until, stretch.of.short)).collect()
    }

    #[test]
    fn neighbouring_hours_are_one_stretch_and_only_missing_agents_can_be_acted_on() {
        // 9 and 10 miss the goal with 1.5 agents missing each; 11 meets it; 12 misses it with nobody missing.
        let of = [(0.6, 1.5), (0.7, 1.5), (0.8, 0.2), (0.7, 0.0), (0.5, 0.5)];
        assert_eq!(found(GoalPeriod::Interval, &of), [(9, 11, 3.0), (13, 14, 0.5)]);
    }

    #[test]
    fn a_mean_above_the_goal_says_how_long_it_is_missed() {
        let hour = Hour { contacts: 20.0, in_time: 18.6, below: 0.5, length: 2.0, ..Hour::default() };
        assert_eq!(in_time(hour, GoalPeriod::Interval), "93\u{a0}%, 30 min below");
        assert_eq!(in_time(hour, GoalPeriod::Day), "93\u{a0}%");
        assert_eq!(in_time(Hour { below: 2.0, ..hour }, GoalPeriod::Interval), "93\u{a0}%");
        assert_eq!(
            in_time(Hour { contacts: 0.0, undecided: 3.0, ..hour }, GoalPeriod::Day),
            "not decided within the plan"
        );
    }

    #[test]
    fn a_day_that_meets_its_goal_has_no_thin_hours() {
        // 60 + 95 + 95: 83 % over the day; with 80 in place of the last 95, 78 %, and the hours short of it count.
        assert_eq!(found(GoalPeriod::Day, &[(0.6, 1.0), (0.95, 0.0), (0.95, 0.0)]), []);
        assert_eq!(found(GoalPeriod::Day, &[(0.6, 1.0), (0.95, 0.0), (0.8, 0.04)]), [(9, 10, 1.0), (11, 12, 0.04)]);
    }
}
