//! The first ten seconds: legal or not, served or not, what it costs, how good it is proved to be.

use std::fmt::Write;
use tr::tr;

use super::html::escape;
use crate::domain::ids::QueueIx;
use crate::domain::queue::{GoalPeriod, Queue};
use crate::domain::service::Estimate;
use crate::domain::standing::{Standing, THIN, THIN_SHARE};
use crate::domain::warning::Warning;
use crate::output::goals::{self, Judgement};
use crate::output::missing_heads;
use crate::output::number::{decimal, grouped, hours, money, percent, percent_or_dash};
use crate::output::{figures, local_time, phrases};
use crate::plan::{Plan, Rostered, Simulated};

pub(super) fn section(plan: &Plan) -> String {
    match &plan.simulated {
        Some(simulated) => format!("{}{}", verdict(plan, simulated), tiles(&of_roster(plan, simulated))),
        None => tiles(&without_roster(plan)),
    }
}

/// Every queue of which something is decided.
fn judged(plan: &Plan) -> Vec<(QueueIx, &Queue, Judgement)> {
    let of = |(index, of)| Some((QueueIx(index), of, goals::judge(plan, QueueIx(index))?));
    plan.queues.iter().enumerate().filter_map(of).collect()
}

/// Queues named one by one; beyond these they are only counted.
const NAMED: usize = 6;

fn verdict(plan: &Plan, simulated: &Simulated) -> String {
    let judged = judged(plan);
    let missed: Vec<String> = judged.iter().filter_map(|of| missed(plan, simulated, of)).collect();
    let near: Vec<String> = judged
        .iter()
        .filter_map(|(_, queue, of)| of.near().map(|near| tr!("{queue} is {near}.", queue = queue.id, near)))
        .collect();
    let class = if missed.is_empty() { "verdict" } else { "verdict thin" };
    let headline = headline(plan.rostered.is_some(), (missed.len(), near.len()), judged.len());
    let mut out = format!("<div class=\"{class}\"><strong>{}</strong>\n<ul>\n", escape(&headline));
    let more = missed.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| tr!("and {} more below their goals.", phrases::queues(more)));
    let findings = missed.into_iter().take(NAMED).chain(more).chain(near.into_iter().take(NAMED));
    let findings = findings.chain(thin(&judged));
    let findings = findings.chain(missing_heads(plan).into_iter().map(|sentence| format!("{sentence}.")));
    let mut sentences: Vec<String> = findings.collect();
    sentences.extend(spare(simulated));
    sentences.push(lived(simulated));
    sentences.extend(illegal(plan));
    if let Some(rostered) = &plan.rostered {
        sentences.extend([legality(rostered), pay(plan, rostered), proof(plan, rostered)]);
    }
    for sentence in sentences {
        let _ = writeln!(out, "<li>{}</li>", escape(&sentence));
    }
    out.push_str("</ul></div>\n");
    out
}

/// Contacts in thin intervals of queues whose goals over intervals are not missed.
fn thin(judged: &[(QueueIx, &Queue, Judgement)]) -> Option<String> {
    let mut thin: Vec<(f64, &Queue, &Judgement)> =
        judged.iter().filter_map(|(_, queue, of)| Some((of.thin_within_goal()?, *queue, of))).collect();
    thin.sort_by(|one, other| other.0.total_cmp(&one.0));
    let lowest = thin.iter().filter_map(|(_, queue, of)| Some((queue, of.lowest()?)));
    let (queue, (day, clock, share)) = lowest.min_by(|one, other| one.1.2.total_cmp(&other.1.2))?;
    let named: Vec<String> =
        thin.iter().take(NAMED).map(|(share, queue, _)| format!("{} {}", queue.id, percent(*share, 1))).collect();
    let share = percent(share, 0);
    Some(tr!(
        "Of contacts some come in intervals more than {} points below the goal, which allows {} of them: {}; lowest {queue} with {share} on {day} {clock}.",
        decimal(100.0 * THIN, 0),
        percent(THIN_SHARE, 0),
        named.join(", "),
        queue = queue.id,
        share,
        day,
        clock
    ))
}

/// What there is to say of a queue that misses its goal, and who would help most.
fn missed(plan: &Plan, simulated: &Simulated, (at, queue, judgement): &(QueueIx, &Queue, Judgement)) -> Option<String> {
    let found = judgement.finding()?;
    let helps = simulated.one_more.kinds.iter().filter_map(|kind| {
        let change = kind.shares[at.0].filter(|change| !change.is_noise() && change.by > 0.0)?;
        Some((change.by, phrases::skills(&plan.queues, kind.queues.iter().copied())))
    });
    let most = helps.max_by(|one, other| one.0.total_cmp(&other.0));
    let most = most.map(|(by, who)| {
        tr!(" One more person who takes {who} would add {} points to its share.", grouped(100.0 * by, 1), who)
    });
    Some(format!("{}: {found}.{}", queue.id, most.unwrap_or_default()))
}

fn headline(is_checked: bool, (missed, near): (usize, usize), of: usize) -> String {
    let lead = if is_checked { tr!("The roster is legal") } else { tr!("The roster was lived through as it stands") };
    let reached = match (near, of) {
        (0, 1) => tr!("the queue reaches its goal"),
        (0, of) => tr!("all {of} queues reach their goals", of),
        (_, 1) => tr!("the queue nearly reaches its goal"),
        (near, of) if near == of => tr!("all {of} queues nearly reach their goals", of),
        (near, of) => tr!("of {of} queues {} reach their goals and {near} nearly do", of - near, of, near),
    };
    match (missed, of) {
        (_, 0) => tr!("{lead}; there is no goal to judge.", lead),
        (0, _) => tr!("{lead}, and {reached}.", lead, reached),
        (_, 1) => tr!("{lead}, but the queue misses its goal.", lead),
        (1, of) => tr!("{lead}, but 1 of {of} queues misses its goal.", lead, of),
        (missed, of) => tr!("{lead}, but {missed} of {of} queues miss their goals.", lead, missed, of),
    }
}

fn lived(simulated: &Simulated) -> String {
    tr!(
        "Served is what a simulation says that lives through this very roster, {} times with {} contacts; figures in brackets are its 95 % band.",
        grouped(simulated.service.replications as f64, 0),
        grouped(simulated.service.contacts as f64, 0)
    )
}

/// A smaller share of the time at work that is free is told further down alone.
const MUCH_FREE: f64 = 0.1;

/// How much of the time at work the goals do not need, where it is much.
fn spare(simulated: &Simulated) -> Option<String> {
    let at_work = hours_at_work(simulated);
    let free: f64 = simulated.free_hours.iter().map(|of| of.hours).sum();
    (free > MUCH_FREE * at_work).then(|| {
        tr!(
            "More people are at work than the goals need: {} of {} ({}) could go to training, coaching or other work, and goals would fare as they do now.",
            hours(free),
            hours(at_work),
            percent(free / at_work, 0)
        )
    })
}

/// Hours that people are there, all of them together.
fn hours_at_work(simulated: &Simulated) -> f64 {
    let at_work: f64 = simulated.service.groups.iter().map(|group| group.at_work.total()).sum();
    at_work * simulated.service.grid.interval().as_hours()
}

fn illegal(plan: &Plan) -> Option<String> {
    plan.warnings.iter().find_map(|warning| match warning {
        Warning::IllegalRoster(rules) => {
            Some(tr!("It breaks labour rules in {rules} places; `obsada check --roster` names them.", rules))
        }
        _ => None,
    })
}

fn legality(rostered: &Rostered) -> String {
    let shifts = rostered.checked.roster().shifts.len();
    tr!(
        "0 violations: the independent check read {} of {} against every labour rule.",
        phrases::shifts(shifts),
        phrases::agents(rostered.workforce.agents.len())
    )
}

fn pay(plan: &Plan, rostered: &Rostered) -> String {
    let cost = rostered.checked.cost();
    tr!(
        "Payroll pays {}: wages {} and premiums {}. Of it {} are paid in every legal roster, for hours that contracts promise.",
        money(cost.labour(), &plan.currency),
        money(cost.wages, &plan.currency),
        money(cost.premiums, &plan.currency),
        money(rostered.checked.bound().unavoidable_wages, &plan.currency)
    )
}

/// The bound and both gaps in plain words.
fn proof(plan: &Plan, rostered: &Rostered) -> String {
    let checked = &rostered.checked;
    let avoidable = if checked.gap_beyond_wages().is_finite() {
        tr!(
            ", or {} of what remains after wages that nobody can avoid",
            percent(checked.gap_beyond_wages().max(0.0), 1)
        )
    } else {
        String::new()
    };
    let (objective, bound) = (checked.cost().objective(), checked.bound().objective);
    tr!(
        "Pay and prices together are {}; it is proved that no legal roster gets below {}. At most {} could still be \
         saved: {} of the whole{avoidable}.",
        money(objective, &plan.currency),
        money(bound, &plan.currency),
        money(objective - bound, &plan.currency),
        percent(checked.gap().max(0.0), 2),
        avoidable
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

fn of_roster(plan: &Plan, simulated: &Simulated) -> Vec<Tile> {
    let judged = judged(plan);
    let reached = judged.iter().filter(|(_, _, of)| of.standing != Standing::Missed).count();
    let all = overall(simulated);
    let ends = all
        .map_or_else(String::new, |all| format!(" ({}–{})", grouped(100.0 * all.low, 1), grouped(100.0 * all.high, 1)));
    let mut tiles = vec![(
        percent_or_dash(all.map(|all| all.share), 1),
        tr!("of contacts in time{ends}; {reached} of {} reached", phrases::goals(judged.len()), ends, reached),
    )];
    tiles.extend(nearest(simulated, &judged));
    let lost: f64 = simulated.service.queues.iter().map(|of| of.abandoned.total()).sum();
    let come: f64 = simulated.service.queues.iter().map(|of| of.offered.total()).sum();
    tiles.push((
        grouped(lost, 0),
        tr!("contacts give up, {} of {}", percent(lost / come.max(1.0), 1), grouped(come, 0)),
    ));
    tiles.extend(occupancy(simulated));
    if let Some(rostered) = &plan.rostered {
        let checked = &rostered.checked;
        tiles.push((money(checked.cost().labour(), &plan.currency), tr!("wages and premiums")));
        let gap = percent(checked.gap().max(0.0), 2);
        tiles.push((gap, tr!("of what the plan costs could still be saved, at most")));
    }
    tiles
}

/// The queue nearest to its goal, or furthest below it, on the day or in the week that decides.
fn nearest(simulated: &Simulated, judged: &[(QueueIx, &Queue, Judgement)]) -> Option<Tile> {
    let all = judged.iter().filter_map(|(at, queue, of)| Some((*at, queue, of, of.nearest()?)));
    let (at, queue, of, (_, in_time, from)) = all.min_by(|one, other| one.3.0.total_cmp(&other.3.0))?;
    let periods = simulated.service.queues[at.0].periods(queue.goal.over);
    let holds = periods.iter().find(|period| period.from == from).and_then(|period| period.holds);
    let often = holds.map_or_else(String::new, |holds| tr!(", reached {} of times", percent(holds, 0)));
    let when = if queue.goal.over == GoalPeriod::Day { tr!(" on {}", local_time::day(from)) } else { String::new() };
    let how = if of.is_missed() { tr!("furthest below") } else { tr!("least room above") };
    let goal = percent(queue.goal.share.get(), 0);
    Some((
        percent(in_time.share, 1),
        tr!("{}{when}, {how} its goal of {goal}{often}", queue.id, when, how, goal, often),
    ))
}

/// Of all queues together, weighted by contacts; its band is that of queues that fare well and badly together, so no narrower than it should be.
fn overall(simulated: &Simulated) -> Option<Estimate> {
    let plans = simulated.service.queues.iter().map(|of| &of.plan);
    let decided: Vec<(f64, Estimate)> = plans.filter_map(|plan| Some((plan.offered, plan.in_time?))).collect();
    let all: f64 = decided.iter().map(|(contacts, _)| contacts).sum();
    let mean = |end: fn(&Estimate) -> f64| decided.iter().map(|(contacts, of)| contacts * end(of)).sum::<f64>() / all;
    (all > 0.0).then(|| Estimate { share: mean(|of| of.share), low: mean(|of| of.low), high: mean(|of| of.high) })
}

/// How busy people are while they are at work.
fn occupancy(simulated: &Simulated) -> Option<Tile> {
    let at_work = hours_at_work(simulated);
    let busy: f64 = simulated.service.groups.iter().flat_map(|group| &group.busy).map(|(_, busy)| busy.total()).sum();
    let busy = busy * simulated.service.grid.interval().as_hours();
    (at_work > 0.0).then(|| {
        (percent(busy / at_work, 0), tr!("of the time at work a contact is in hand; {} at work", hours(at_work)))
    })
}

fn without_roster(plan: &Plan) -> Vec<Tile> {
    let contacts: f64 = (0..plan.queues.len()).map(|queue| figures::of_queue(plan, QueueIx(queue)).offered).sum();
    let mut tiles = vec![
        (grouped(contacts, 0), tr!("contacts expected")),
        (plan.queues.len().to_string(), tr!("queue" | "queues" % plan.queues.len())),
    ];
    tiles.extend(against_before(plan));
    if plan.requirement.is_some() {
        tiles.push((hours(required(plan)), tr!("of agents required")));
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
    words.map(|words| (format!("{sign}{}", percent(ahead / behind - 1.0, 1)), tr!("against {words}", words)))
}

fn required(plan: &Plan) -> f64 {
    (0..plan.queues.len()).filter_map(|queue| figures::of_queue(plan, QueueIx(queue)).required_hours).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_headline_alarms_for_goals_that_are_missed_alone() {
        assert_eq!(headline(true, (0, 0), 1), "The roster is legal, and the queue reaches its goal.");
        assert_eq!(headline(true, (1, 1), 6), "The roster is legal, but 1 of 6 queues misses its goal.");
        assert_eq!(
            headline(true, (0, 2), 6),
            "The roster is legal, and of 6 queues 4 reach their goals and 2 nearly do."
        );
        assert_eq!(
            headline(false, (2, 0), 6),
            "The roster was lived through as it stands, but 2 of 6 queues miss their goals."
        );
    }

    #[test]
    fn the_banner_is_red_only_where_the_simulation_misses_a_goal() {
        // 80.2 % with half a point to either side is nearly at 80 %; so is 79.6 %, which rounds to it.
        for (share, is_red, said) in [
            (0.9, false, "and the queue reaches its goal"),
            (0.802, false, "and the queue nearly reaches its goal"),
            (0.796, false, "nearly at its goal of 80\u{a0}%: 79.6\u{a0}% (79.1–80.1)"),
            (0.7, true, "70.0\u{a0}% (69.5–70.5) in time over the week, its goal is 80\u{a0}%"),
        ] {
            let html = section(&example::lived(share));
            assert_eq!(html.contains("verdict thin"), is_red, "{share}: {html}");
            assert!(html.contains(said), "{share}: {html}");
        }
    }

    #[test]
    fn tiles_are_those_of_the_simulation() {
        let html = section(&example::lived(0.9));
        for said in [
            "<b>90.0\u{a0}%</b><span>of contacts in time (89.5–90.5); 1 of 1 goal reached",
            "<b>90.0\u{a0}%</b><span>orders &lt;script&gt;, least room above its goal of 80\u{a0}%, reached 90\u{a0}% of times",
            // 336 half-hours of which a fifth of a contact gives up.
            "<b>67</b><span>contacts give up, 2.0\u{a0}% of 3\u{202f}360",
            "<b>75\u{a0}%</b><span>of the time at work a contact is in hand; 672\u{a0}h at work",
        ] {
            assert!(html.contains(said), "{said}: {html}");
        }
    }
}
