//! One card per queue: goal against expectation, required against rostered, contacts against the week before.

use std::fmt::Write;

use super::html::escape;
use crate::domain::ids::QueueIx;
use crate::output::figures::{self, QueueFigures};
use crate::output::goals;
use crate::output::number::{grouped, hours, percent};
use crate::output::words;
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
        escape(&format!("{} · goal {}", words::channel(of), words::goal(of)))
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
    let (class, word) = if judgement.is_met() { ("good", "met") } else { ("bad", "missed") };
    format!(
        "<div class=\"service {class}\">{} <span class=\"badge {class}\">goal {} {word}</span></div>\n",
        percent(expected, 1),
        percent(figures.goal, 0)
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
    if let Some(judgement) = goals::judge(plan, queue) {
        facts.push((format!("{} below the goal", judgement.unit()), judgement.count()));
    }
    if let Some(cover) = &figures.cover {
        facts.push(("hours rostered".to_owned(), hours(cover.rostered)));
        facts.push(("short / over".to_owned(), format!("{} / {}", hours(cover.short), hours(cover.over))));
    }
    facts
}
