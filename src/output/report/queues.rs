//! One card per queue: its goal and what the simulation says, contacts against the week before, required against rostered.

use std::fmt::Write;
use tr::tr;

use super::html::escape;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Channel, GoalPeriod};
use crate::domain::service::PeriodService;
use crate::domain::standing::Standing;
use crate::output::figures::{self, QueueFigures};
use crate::output::goals;
use crate::output::number::{grouped, hours, percent};
use crate::output::{local_time, phrases};
use crate::plan::{Plan, Simulated};

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
        escape(&tr!("{} · goal {}", phrases::channel(of), phrases::goal(of)))
    );
    card.push_str(&service(plan, queue));
    card.push_str("<dl>\n");
    for (name, value) in facts(plan, queue, &figures) {
        let _ = writeln!(card, "<dt>{}</dt><dd>{}</dd>", escape(&name), escape(&value));
    }
    card.push_str("</dl></div>\n");
    card
}

/// The simulated service over the whole plan in large, and how the goal fares over the time for which it is set.
fn service(plan: &Plan, queue: QueueIx) -> String {
    let Some(judgement) = goals::judge(plan, queue) else { return String::new() };
    let class = match judgement.standing {
        Standing::Holds => "good",
        Standing::Near => "near",
        Standing::Missed => "bad",
    };
    tr!(
        "<div class=\"service {class}\">{} <span class=\"badge {class}\">goal {} {}</span></div>\n",
        goals::band(judgement.in_time),
        percent(plan.queues[queue.0].goal.share.get(), 0),
        judgement.verdict(),
        class
    )
}

fn facts(plan: &Plan, queue: QueueIx, figures: &QueueFigures) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(simulated) = &plan.simulated {
        facts.extend(lived(plan, simulated, queue));
    }
    facts.push((tr!("contacts expected"), grouped(figures.offered, 0)));
    if let Some(before) = figures::before(plan, queue) {
        let change = figures.offered / before.contacts - 1.0;
        let sign = if change >= 0.0005 { "+" } else { "" };
        let value = format!("{} ({sign}{})", grouped(before.contacts, 0), percent(change, 1));
        facts.push((before.words(plan), value));
    }
    if figures.arriving - figures.offered >= 0.5 {
        facts.push((tr!("escalated to it"), grouped(figures.arriving - figures.offered, 0)));
    }
    if let Some(required) = figures.required_hours {
        facts.push((tr!("hours required by itself"), hours(required)));
    }
    if let Some(beyond) = plan.beyond_mean.iter().find(|beyond| beyond.queue == queue) {
        facts.push((
            tr!("of them, staffed for {}", phrases::staffed_for(&plan.queues[queue.0])),
            phrases::beyond_mean(beyond, &plan.currency),
        ));
    }
    if let Some(cover) = &figures.cover {
        facts.push((tr!("hours of its share"), hours(cover.rostered)));
        facts.push((tr!("short / over by itself"), format!("{} / {}", hours(cover.short), hours(cover.over))));
    }
    facts
}

/// What the simulation says of a queue beside its share.
fn lived(plan: &Plan, simulated: &Simulated, queue: QueueIx) -> Vec<(String, String)> {
    let (goal, of) = (&plan.queues[queue.0].goal, &simulated.service.queues[queue.0]);
    let mut facts = Vec::new();
    if let Some((period, holds)) = least(of.periods(goal.over), |period| period.holds) {
        let over = match (goal.over, of.weeks.len()) {
            (GoalPeriod::Day, _) => tr!("goal reached on {}", local_time::day(period.from)),
            (_, 1) => tr!("goal reached in the week"),
            _ => tr!("goal reached in the week from {}", local_time::day(period.from)),
        };
        facts.push((over, tr!("{} of times", percent(holds, 0))));
    }
    if let Some((day, share)) = least(&of.days, |day| day.bad) {
        facts.push((tr!("a bad {}", local_time::day(day.from)), percent(share, 1)));
    }
    if of.plan.in_time.is_some() {
        facts.push((tr!("give up"), percent(of.plan.abandoned, 1)));
        facts.push((tr!("answered after"), phrases::waited(of.plan.asa.get())));
    }
    if let Some(busy) = occupancy(simulated, queue) {
        facts.push((tr!("people who can take it busy"), percent(busy, 0)));
    }
    facts
}

/// The period of which a figure is least.
pub(super) fn least(
    periods: &[PeriodService],
    figure: impl Fn(&PeriodService) -> Option<f64>,
) -> Option<(&PeriodService, f64)> {
    let known = periods.iter().filter_map(|period| Some((period, figure(period)?)));
    known.min_by(|one, other| one.1.total_cmp(&other.1))
}

/// How busy people are who can take a queue, while contacts come to it.
pub(super) fn occupancy(simulated: &Simulated, queue: QueueIx) -> Option<f64> {
    let service = &simulated.service;
    let offered = &service.queues[queue.0].offered;
    let open = || (0..offered.len()).filter(|at| offered[*at] > 0.0);
    let there: f64 = open().map(|at| service.there(queue, at)).sum();
    (there > 0.0).then(|| open().map(|at| service.busy(queue, at)).sum::<f64>() / there)
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
        tr!(
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
    fn a_card_tells_the_simulation_with_a_bad_day() {
        let card = card(&example::lived(0.802), QueueIx(0));
        for said in [
            "<div class=\"service near\">80.2\u{a0}% (79.7–80.7) <span class=\"badge near\">goal 80\u{a0}% nearly reached",
            "<dt>goal reached in the week</dt><dd>90\u{a0}% of times",
            "<dt>a bad Mon 30 Nov</dt><dd>70.2\u{a0}%",
            "<dt>give up</dt><dd>2.0\u{a0}%",
            "<dt>people who can take it busy</dt><dd>75\u{a0}%",
        ] {
            assert!(card.contains(said), "{said}: {card}");
        }
    }

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
