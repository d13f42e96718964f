//! What customers get when the roster is lived through contact by contact, and what that assumes.

use super::html::{Column, escape, table};
use super::queues::{least, occupancy};
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, Queue};
use crate::domain::routing::HandleTimeShape;
use crate::output::goals;
use crate::output::local_time;
use crate::output::number::{decimal, grouped, percent, percent_or_dash};
use crate::output::phrases;
use crate::plan::{Plan, Simulated};
use tr::tr;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let simulated = plan.simulated.as_ref()?;
    let columns = [
        (tr!("Queue"), Column::Text),
        (tr!("Goal"), Column::Text),
        (tr!("In time (95 % band)"), Column::Number),
        (tr!("Thinnest day"), Column::Text),
        (tr!("Goal reached"), Column::Number),
        (tr!("Bad one in ten"), Column::Number),
        (tr!("Give up"), Column::Number),
        (tr!("Wait"), Column::Number),
        (tr!("Busy"), Column::Number),
    ];
    let rows: Vec<Vec<String>> =
        (0..plan.queues.len()).filter_map(|queue| row(plan, simulated, QueueIx(queue))).collect();
    (!rows.is_empty()).then(|| table(&columns, &rows) + &explained(plan, simulated))
}

/// None where no contact came.
fn row(plan: &Plan, simulated: &Simulated, at: QueueIx) -> Option<Vec<String>> {
    let (queue, of) = (&plan.queues[at.0], &simulated.service.queues[at.0]);
    let in_time = of.plan.in_time?;
    let (thinnest, share) = least(&of.days, |day| Some(day.in_time?.share))?;
    // A goal over days is reached if every day's is: the day on which that is least likely tells.
    let periods = of.periods(queue.goal.over);
    Some(vec![
        queue.id.to_string(),
        phrases::goal_briefly(queue),
        goals::band(in_time),
        format!("{}: {}", local_time::day(thinnest.from), percent(share, 1)),
        percent_or_dash(least(periods, |period| period.holds).map(|(_, holds)| holds), 0),
        percent_or_dash(least(periods, |period| period.bad).map(|(_, bad)| bad), 1),
        percent(of.plan.abandoned, 1),
        phrases::waited(of.plan.asa.get()),
        percent_or_dash(occupancy(simulated, at), 0),
    ])
}

fn explained(plan: &Plan, simulated: &Simulated) -> String {
    let columns = tr!(
        "Goal reached: how often the week's share, or that of the least likely day, came up to the goal. Bad one in ten: the share \
                   that is not reached in one of ten such weeks or days. Wait: of those answered, on average. Busy: people who can take the queue, with whatever it is."
    );
    let assumed = assumed(plan, simulated);
    format!("<p class=\"quiet\">{}</p>\n<p class=\"quiet\">{}</p>\n", escape(&columns), escape(&assumed))
}

/// What the figures depend on beside the roster and the forecast, each with the key that sets it.
fn assumed(plan: &Plan, simulated: &Simulated) -> String {
    let (service, routing) = (&simulated.service, simulated.routing);
    let mut said = tr!(
        "The roster was lived through {} times with {} contacts. What was assumed moves service by some points: calls find agents by \
         contact_takes = {}, agents take calls by agent_takes = {}, deferred work: {}; {}",
        grouped(service.replications as f64, 0),
        grouped(service.contacts as f64, 0),
        routing.contact_takes.name(),
        routing.agent_takes.name(),
        routing.deferred.name(),
        differing(&plan.queues, |queue| Some(match queue.behaviour.handle_times {
            HandleTimeShape::Lognormal(cv) => tr!("handle times vary by {} of their mean", percent(cv, 0)),
            HandleTimeShape::Exponential => tr!("handle times are exponential"),
        }))
    );
    let slowed = differing(&plan.queues, |queue| {
        let slows = queue.behaviour.chat_interference;
        matches!(queue.channel, Channel::Chat { .. })
            .then(|| tr!("each further chat in hand slows the others (chat_interference = {})", decimal(slows, 2)))
    });
    if !slowed.is_empty() {
        said = format!("{said}; {slowed}");
    }
    said + &tr!(". Keys of [routing] and [[queue]] set this.")
}

/// What is said of queues, once where it is the same of all, else with the names of those of which it is said.
fn differing(queues: &[Queue], of: impl Fn(&Queue) -> Option<String>) -> String {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for (queue, words) in queues.iter().filter_map(|queue| Some((queue, of(queue)?))) {
        match said.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.push(queue.id.as_str()),
            None => said.push((words, vec![queue.id.as_str()])),
        }
    }
    let is_one = said.len() == 1;
    let named = |(words, names): &(String, Vec<&str>)| {
        if is_one { words.clone() } else { format!("{words} ({})", names.join(", ")) }
    };
    said.iter().map(named).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn what_is_assumed_stands_beside_the_figures() {
        let mut plan = example::lived(0.9);
        plan.queues[0].behaviour.handle_times = HandleTimeShape::Lognormal(0.8);
        let html = section(&plan).expect("a section");
        assert!(html.contains("90.0\u{a0}% (89.5–90.5)") && html.contains("Mon 30 Nov: 90.0\u{a0}%"), "{html}");
        assert!(
            html.contains("contact_takes = rank") && html.contains("handle times vary by 80\u{a0}% of their mean."),
            "{html}"
        );
        assert!(!html.contains("chat_interference"));
        plan.queues.push(Queue { channel: Channel::Chat { concurrency: 2.0 }, ..example::queue("chat") });
        plan.queues[1].behaviour.handle_times = HandleTimeShape::Exponential;
        let said = assumed(&plan, plan.simulated.as_ref().expect("a simulation"));
        assert!(
            said.contains("of their mean (orders <script>); handle times are exponential (chat); each further chat"),
            "{said}"
        );
        assert!(said.contains("(chat_interference = 0.25)"), "{said}");
    }
}
