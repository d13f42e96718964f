//! One card per queue: goal against expectation, required against rostered, contacts against the week before.

use std::fmt::Write;

use super::html::escape;
use crate::domain::ids::QueueIx;
use crate::domain::queue::Channel;
use crate::output::figures::{self, QueueFigures};
use crate::output::goals;
use crate::output::number::{grouped, hours, percent};
use crate::output::phrases;
use crate::plan::Plan;

pub(super) fn section(plan: &Plan) -> String {
    let cards: String = (0..plan.queues.len()).map(|queue| card(plan, QueueIx(queue))).collect();
    format!("<div class=\"cards\">\n{cards}</div>\n")
}

fn card(plan: &Plan, queue: QueueIx) -> String {
    let (of, figures) = (&plan.queues[queue.0], figures::of_queue(plan, queue));
    let mut card = format!(
        "<div class=\"card\"><h3><a href=\"#queue-{}\">{}</a></h3>\n<div class=\"quiet\">{}</div>\n",
        queue.0,
        escape(of.id.as_str()),
        escape(&format!("{} · goal {}", phrases::channel(of), phrases::goal(of)))
    );
    card.push_str(&service(plan, queue, &figures));
    card.push_str("<dl>\n");
    for (name, value) in facts(plan, queue, &figures) {
        let _ = writeln!(card, "<dt>{}</dt><dd>{}</dd>", escape(&name), escape(&value));
    }
    card.push_str("</dl></div>\n");
    card
}

/// The expected service over the whole plan in large, and whether the goal is met over the time for which it is set.
fn service(plan: &Plan, queue: QueueIx, figures: &QueueFigures) -> String {
    let expected = figures.cover.and_then(|cover| cover.expected);
    let (Some(expected), Some(judgement)) = (expected, goals::judge(plan, queue)) else { return String::new() };
    let class = if judgement.is_met() { "good" } else { "bad" };
    format!(
        "<div class=\"service {class}\">{} <span class=\"badge {class}\">goal {} {}</span></div>\n",
        percent(expected, 1),
        percent(figures.goal, 0),
        judgement.verdict()
    )
}

fn facts(plan: &Plan, queue: QueueIx, figures: &QueueFigures) -> Vec<(String, String)> {
    let mut facts = vec![("contacts expected".to_owned(), grouped(figures.offered, 0))];
    if let Some(before) = figures::before(plan, queue) {
        let change = figures.offered / before.contacts - 1.0;
        let sign = if change >= 0.0005 { "+" } else { "" };
        let value = format!("{} ({sign}{})", grouped(before.contacts, 0), percent(change, 1));
        facts.push((before.words(plan), value));
    }
    if figures.arriving - figures.offered >= 0.5 {
        facts.push(("escalated to it".to_owned(), grouped(figures.arriving - figures.offered, 0)));
    }
    if let Some(required) = figures.required_hours {
        facts.push(("hours required".to_owned(), hours(required)));
    }
    if let Some(beyond) = plan.beyond_mean.iter().find(|beyond| beyond.queue == queue) {
        facts.push((
            format!("of them, staffed for {}", phrases::staffed_for(&plan.queues[queue.0])),
            phrases::beyond_mean(beyond, &plan.currency),
        ));
    }
    if let Some(cover) = &figures.cover {
        facts.push(("hours rostered".to_owned(), hours(cover.rostered)));
        facts.push(("short / over".to_owned(), format!("{} / {}", hours(cover.short), hours(cover.over))));
    }
    facts
}

/// The cap on occupancy counts as reached within this share of it.
const AT_CAP: f64 = 0.01;
/// Service this far above the goal is not what the goal asked for.
const WELL_ABOVE: f64 = 0.03;

/// Whether the cap on occupancy rather than the goal decides the agents required, said in a sentence.
pub(super) fn capped(plan: &Plan, queue: QueueIx) -> Option<String> {
    let (of, required) = (&plan.queues[queue.0], &plan.requirement.as_ref()?.queues[queue.0]);
    if matches!(of.channel, Channel::Deferred { .. }) {
        return None;
    }
    let (cap, goal) = (of.max_occupancy.get(), of.goal.share.get());
    let (mut busy, mut at_cap, mut contacts, mut in_time) = (0, 0, 0.0, 0.0);
    for (interval, offered) in required.offered.iter().enumerate().filter(|(_, offered)| **offered > 0.0) {
        let served = required.service_level[interval];
        busy += 1;
        at_cap += usize::from(required.occupancy[interval] >= cap * (1.0 - AT_CAP) && served > goal + WELL_ABOVE);
        contacts += offered;
        in_time += offered * served;
    }
    (2 * at_cap > busy).then(|| {
        format!(
            "The cap of {} on occupancy, not the goal, decides how many agents are required most of the time: with \
             them {} are expected in time.",
            percent(cap, 0),
            percent(in_time / contacts, 0)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_cap_that_decides_is_said() {
        let mut plan = example::forecast_only();
        assert_eq!(capped(&plan, QueueIx(0)), None);
        let mut requirement = example::requirement(plan.forecast.grid);
        plan.requirement = Some(requirement.clone());
        assert_eq!(capped(&plan, QueueIx(0)), None);
        // The cap is 90 %, agents are busy 89.5 % of their time, and 90 % are in time where 80 % would do.
        requirement.queues[0].occupancy = requirement.queues[0].occupancy.map(|_| 0.895);
        plan.requirement = Some(requirement);
        let said = capped(&plan, QueueIx(0)).expect("a sentence");
        assert!(said.starts_with("The cap of 90\u{a0}% on occupancy, not the goal"), "{said}");
        assert!(said.ends_with("with them 90\u{a0}% are expected in time."), "{said}");
    }
}
