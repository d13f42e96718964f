//! What customers get when the roster is lived through contact by contact.

use super::html::{Column, escape, table};
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::service::{PeriodService, QueueService};
use crate::output::local_time;
use crate::output::number::{grouped, percent};
use crate::output::phrases;
use crate::plan::{Plan, Simulated};

pub(super) fn section(plan: &Plan) -> Option<String> {
    let simulated = plan.simulated.as_ref()?;
    let columns = [
        ("Queue", Column::Text),
        ("Goal", Column::Text),
        ("In time (95 % band)", Column::Number),
        ("Thinnest day", Column::Text),
        ("Goal reached", Column::Number),
        ("One bad time in ten", Column::Number),
        ("Give up", Column::Number),
        ("Answered after", Column::Number),
    ];
    let of_queues = plan.queues.iter().zip(&simulated.service.queues);
    let rows: Vec<Vec<String>> = of_queues.filter_map(|(queue, of)| row(queue, of)).collect();
    (!rows.is_empty()).then(|| table(&columns, &rows) + &assumed(simulated))
}

/// None where no contact came.
fn row(queue: &Queue, of: &QueueService) -> Option<Vec<String>> {
    let in_time = of.plan.in_time?;
    let shares = of.days.iter().filter_map(|day| Some((day, day.in_time?.share)));
    let (thinnest, share) = shares.min_by(|a, b| a.1.total_cmp(&b.1))?;
    // A goal over days is reached if every day's is: the day on which that is least likely tells.
    let periods = if queue.goal.over == GoalPeriod::Day { &of.days } else { &of.weeks };
    let least = |figure: fn(&PeriodService) -> Option<f64>| periods.iter().filter_map(figure).reduce(f64::min);
    Some(vec![
        queue.id.to_string(),
        phrases::goal_briefly(queue),
        format!("{} ({}–{})", percent(in_time.share, 1), percent(in_time.low, 1), percent(in_time.high, 1)),
        format!("{}: {}", local_time::day(thinnest.from), percent(share, 1)),
        least(|period| period.holds).map_or_else(String::new, |holds| percent(holds, 0)),
        least(|period| period.bad).map_or_else(String::new, |bad| percent(bad, 1)),
        percent(of.plan.abandoned, 1),
        waited(of.plan.asa.get()),
    ])
}

/// Seconds, or minutes where there are many.
fn waited(seconds: f64) -> String {
    const LONG: f64 = 600.0;
    if seconds < LONG { format!("{} s", grouped(seconds, 0)) } else { format!("{} min", grouped(seconds / 60.0, 0)) }
}

fn assumed(simulated: &Simulated) -> String {
    let (service, routing) = (&simulated.service, simulated.routing);
    let text = format!(
        "The roster was lived through {} times with {} contacts: calls find agents by contact_takes = {}, agents take calls by agent_takes = \
         {}, deferred work: {}. Goal reached: how often the week's share, or that of the least likely day, came up to the goal. Expected shares \
         elsewhere on this page are a formula's, each queue by itself; people who share queues serve more.",
        grouped(service.replications as f64, 0),
        grouped(service.contacts as f64, 0),
        routing.contact_takes.name(),
        routing.agent_takes.name(),
        routing.deferred.name(),
    );
    format!("<p class=\"quiet\">{}</p>\n", escape(&text))
}
