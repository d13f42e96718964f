//! The first ten seconds: legal or not, served or not, what it costs, how good it is proved to be.

use std::fmt::Write;

use super::html::escape;
use crate::domain::ids::QueueIx;
use crate::output::figures::{self, CoverFigures};
use crate::output::hours::HALF_A_POINT;
use crate::output::number::{grouped, hours, money, percent};
use crate::plan::{Plan, Rostered};

pub(super) fn section(plan: &Plan) -> String {
    match &plan.rostered {
        Some(rostered) => format!("{}{}", verdict(plan, rostered), tiles(&of_roster(plan, rostered))),
        None => tiles(&without_roster(plan)),
    }
}

/// The queues with contacts that do not reach their goal over the whole plan, and how many have contacts.
fn missed(plan: &Plan) -> (Vec<&str>, usize) {
    let mut missed = Vec::new();
    let mut known = 0;
    for (index, queue) in plan.queues.iter().enumerate() {
        let of = figures::of_queue(plan, QueueIx(index));
        if let Some(expected) = of.cover.and_then(|cover| cover.expected) {
            known += 1;
            if expected < of.goal - HALF_A_POINT {
                missed.push(queue.id.as_str());
            }
        }
    }
    (missed, known)
}

fn verdict(plan: &Plan, rostered: &Rostered) -> String {
    let (missed, of) = missed(plan);
    let (class, service) = if missed.is_empty() {
        ("verdict", format!("each of the {of} queues is expected to reach its goal over the whole plan"))
    } else {
        let (are, their) = if missed.len() == 1 { ("is", "its") } else { ("are", "their") };
        let names = named(&missed);
        ("verdict thin", format!("{} of {of} queues {are} expected to miss {their} goal: {names}", missed.len()))
    };
    let service = escape(&service);
    let mut out = format!("<div class=\"{class}\"><strong>The roster is legal, and {service}.</strong>\n<ul>\n");
    for sentence in [legality(rostered), pay(plan, rostered), proof(plan, rostered)] {
        let _ = writeln!(out, "<li>{}</li>", escape(&sentence));
    }
    out.push_str("</ul></div>\n");
    out
}

/// Some names, and how many more there are.
fn named(names: &[&str]) -> String {
    const SHOWN: usize = 4;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

fn legality(rostered: &Rostered) -> String {
    let shifts = rostered.checked.roster().shifts.len();
    format!(
        "0 violations: the independent check read {} shifts of {} agents against every labour rule.",
        grouped(shifts as f64, 0),
        grouped(rostered.workforce.agents.len() as f64, 0)
    )
}

fn pay(plan: &Plan, rostered: &Rostered) -> String {
    let cost = rostered.checked.cost();
    format!(
        "Payroll pays {}: wages {} and premiums {}. {} of agents are missing and {} are more than required.",
        money(cost.wages + cost.premiums, &plan.currency),
        money(cost.wages, &plan.currency),
        money(cost.premiums, &plan.currency),
        hours(rostered.checked.short_hours()),
        hours(rostered.checked.over_hours()),
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
    let service = figures::overall_service(plan).map_or_else(|| "–".to_owned(), |share| percent(share, 1));
    vec![
        (service, format!("of contacts in time; {} of {of} goals reached", of - missed.len())),
        (hours(checked.short_hours()), format!("short, of {} required", hours(required(plan)))),
        (hours(checked.over_hours()), format!("over; {} rostered in all", hours(rostered_hours))),
        (money(checked.cost().wages + checked.cost().premiums, &plan.currency), "wages and premiums".to_owned()),
        (percent(checked.gap().max(0.0), 2), "could still be saved, at most".to_owned()),
    ]
}

fn without_roster(plan: &Plan) -> Vec<Tile> {
    let contacts: f64 = (0..plan.queues.len()).map(|queue| figures::of_queue(plan, QueueIx(queue)).offered).sum();
    let mut tiles = vec![
        (grouped(contacts, 0), "contacts expected".to_owned()),
        (plan.queues.len().to_string(), "queues".to_owned()),
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
