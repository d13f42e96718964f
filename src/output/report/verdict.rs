//! The first ten seconds: legal or not, served or not, what it costs, how good it is proved to be.

use std::fmt::Write;

use super::html::escape;
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::output::figures::{self, CoverFigures};
use crate::output::goals::{self, Judgement, NOTICED};
use crate::output::missing_heads;
use crate::output::number::{grouped, hours, money, percent, percent_or_dash};
use crate::output::phrases;
use crate::plan::{Plan, Rostered};

pub(super) fn section(plan: &Plan) -> String {
    match &plan.rostered {
        Some(rostered) => format!("{}{}", verdict(plan, rostered), tiles(&of_roster(plan, rostered))),
        None => tiles(&without_roster(plan)),
    }
}

/// What there is to say of each queue that misses its goal, and how many queues expect contacts.
fn missed(plan: &Plan) -> (Vec<String>, usize) {
    let judged: Vec<(&Queue, Judgement)> = plan
        .queues
        .iter()
        .enumerate()
        .filter_map(|(index, of)| Some((of, goals::judge(plan, QueueIx(index))?)))
        .collect();
    let found = judged.iter().filter_map(|(queue, of)| Some(format!("{}: {}.", queue.id, of.finding()?)));
    (found.collect(), judged.len())
}

/// Queues named one by one; beyond these they are only counted.
const NAMED: usize = 6;

fn verdict(plan: &Plan, rostered: &Rostered) -> String {
    let (missed, of) = missed(plan);
    let class = if missed.is_empty() { "verdict" } else { "verdict thin" };
    let headline = headline(missed.len(), of);
    let mut out = format!("<div class=\"{class}\"><strong>{}</strong>\n<ul>\n", escape(&headline));
    let more = missed.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("and {} more below their goals.", phrases::count(more, "queues")));
    let findings = missed.into_iter().take(NAMED).chain(more);
    let findings = findings.chain(missing_heads(plan).into_iter().map(|sentence| format!("{sentence}.")));
    for sentence in findings.chain([legality(rostered), pay(plan, rostered), proof(plan, rostered)]) {
        let _ = writeln!(out, "<li>{}</li>", escape(&sentence));
    }
    out.push_str("</ul></div>\n");
    out
}

fn headline(missed: usize, of: usize) -> String {
    match (missed, of) {
        (_, 0) => "The roster is legal; no contacts are expected.".to_owned(),
        (0, 1) => "The roster is legal, and the queue is expected to meet its goal.".to_owned(),
        (0, of) => format!("The roster is legal, and all {of} queues are expected to meet their goals."),
        (1, 1) => "The roster is legal, but the queue is expected to miss its goal.".to_owned(),
        (1, of) => format!("The roster is legal, but 1 of {of} queues is expected to miss its goal."),
        (missed, of) => format!("The roster is legal, but {missed} of {of} queues are expected to miss their goals."),
    }
}

fn legality(rostered: &Rostered) -> String {
    let shifts = rostered.checked.roster().shifts.len();
    format!(
        "0 violations: the independent check read {} of {} against every labour rule.",
        phrases::count(shifts, "shifts"),
        phrases::count(rostered.workforce.agents.len(), "agents")
    )
}

fn pay(plan: &Plan, rostered: &Rostered) -> String {
    let cost = rostered.checked.cost();
    format!(
        "Payroll pays {}: wages {} and premiums {}. {} of agents are missing and {} are more than required.",
        money(cost.labour(), &plan.currency),
        money(cost.wages, &plan.currency),
        money(cost.premiums, &plan.currency),
        hours(rostered.coverage.short_hours()),
        hours(rostered.coverage.over_hours()),
    )
}

/// The bound and both gaps in plain words.
fn proof(plan: &Plan, rostered: &Rostered) -> String {
    let checked = &rostered.checked;
    let avoidable = if checked.gap_beyond_wages().is_finite() {
        format!(
            ", or {} of what remains after wages that nobody can avoid",
            percent(checked.gap_beyond_wages().max(0.0), 1)
        )
    } else {
        String::new()
    };
    let (objective, bound) = (checked.cost().objective(), checked.bound().objective);
    format!(
        "Pay and prices together are {}; it is proved that no legal roster gets below {}. At most {} could still be \
         saved: {} of the whole{avoidable}.",
        money(objective, &plan.currency),
        money(bound, &plan.currency),
        money(objective - bound, &plan.currency),
        percent(checked.gap().max(0.0), 2),
    )
}

/// A big figure and what it is.
type Tile = (String, String);

fn tiles(tiles: &[Tile]) -> String {
    let tile = |(figure, words): &Tile| {
        format!("<div class=\"tile\"><b>{}</b><span>{}</span></div>\n", escape(figure), escape(words))
    };
    format!("<div class=\"tiles\">\n{}</div>\n", tiles.iter().map(tile).collect::<String>())
}

fn of_roster(plan: &Plan, rostered: &Rostered) -> Vec<Tile> {
    let checked = &rostered.checked;
    let covers: Vec<CoverFigures> =
        (0..plan.queues.len()).filter_map(|queue| figures::of_queue(plan, QueueIx(queue)).cover).collect();
    let rostered_hours: f64 = covers.iter().map(|cover| cover.rostered).sum();
    let (missed, of) = missed(plan);
    let service = percent_or_dash(plan.service_overall(), 1);
    vec![
        (service, format!("of contacts in time; {} of {} met", of - missed.len(), phrases::count(of, "goals"))),
        (
            hours(rostered.coverage.short_hours()),
            format!("short{}, of {} required", short_but_served(plan), hours(required(plan))),
        ),
        (hours(rostered.coverage.over_hours()), format!("over; {} rostered in all", hours(rostered_hours))),
        (money(checked.cost().labour(), &plan.currency), "wages and premiums".to_owned()),
        (percent(checked.gap().max(0.0), 2), "of what the plan costs could still be saved, at most".to_owned()),
    ]
}

/// The hours short of queues that meet their goals, which nobody needs to mend; nothing where there are none to speak of.
fn short_but_served(plan: &Plan) -> String {
    let is_met = |queue: &QueueIx| goals::judge(plan, *queue).is_some_and(|judgement| judgement.is_met());
    let met = (0..plan.queues.len()).map(QueueIx).filter(is_met);
    let short: f64 = met.filter_map(|queue| Some(figures::of_queue(plan, queue).cover?.short)).sum();
    if short < NOTICED { String::new() } else { format!(" ({} in queues that meet their goals)", hours(short)) }
}

fn without_roster(plan: &Plan) -> Vec<Tile> {
    let contacts: f64 = (0..plan.queues.len()).map(|queue| figures::of_queue(plan, QueueIx(queue)).offered).sum();
    let mut tiles = vec![
        (grouped(contacts, 0), "contacts expected".to_owned()),
        (plan.queues.len().to_string(), phrases::unit(plan.queues.len() == 1, "queues").to_owned()),
    ];
    tiles.extend(against_before(plan));
    if plan.requirement.is_some() {
        tiles.push((hours(required(plan)), "of agents required".to_owned()));
    }
    tiles
}

/// The change against as long a time right before, over the queues of which that is known.
fn against_before(plan: &Plan) -> Option<Tile> {
    let (mut ahead, mut behind, mut words) = (0.0, 0.0, None);
    for queue in (0..plan.queues.len()).map(QueueIx) {
        let just_before = figures::before(plan, queue).filter(|of| of.weeks_back == i64::from(plan.period.weeks));
        if let Some(before) = just_before {
            ahead += figures::of_queue(plan, queue).offered;
            behind += before.contacts;
            words = Some(before.words(plan));
        }
    }
    let sign = if ahead > behind { "+" } else { "" };
    words.map(|words| (format!("{sign}{}", percent(ahead / behind - 1.0, 1)), format!("against {words}")))
}

fn required(plan: &Plan) -> f64 {
    (0..plan.queues.len()).filter_map(|queue| figures::of_queue(plan, QueueIx(queue)).required_hours).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_counts_queues_below_their_goals() {
        assert_eq!(headline(0, 1), "The roster is legal, and the queue is expected to meet its goal.");
        assert_eq!(headline(1, 6), "The roster is legal, but 1 of 6 queues is expected to miss its goal.");
        assert_eq!(headline(2, 6), "The roster is legal, but 2 of 6 queues are expected to miss their goals.");
    }
}
