//! What a run says at its end, in a few sentences.

use crate::domain::ids::QueueIx;
use crate::domain::units::Money;
use crate::language::fixed;
use crate::output;
use crate::plan::{AfterEnd, Plan, Rostered, Simulated};
use tr::tr;

/// What the user should know: the plan's warnings, heads missing on sites or in skill groups, and what looks wrong in the history.
pub(super) fn warnings(plan: &Plan) -> Vec<String> {
    let mut found = output::findings(plan);
    let more = found.split_off(found.len().min(output::FIRST_FINDINGS)).len();
    let rest =
        tr!("{n} more finding in the history is on the page"
            | "{n} more findings in the history are on the page" % more);
    plan.warnings
        .iter()
        .map(ToString::to_string)
        .chain(output::missing_heads(plan))
        .chain(found)
        .chain((more > 0).then_some(rest))
        .collect()
}

/// The forecast, the requirement and the roster in a line each, as far as the run came.
pub(super) fn sentences(plan: &Plan) -> Vec<String> {
    let mut said = Vec::new();
    let contacts: f64 = plan.forecast.queues.iter().flat_map(|queue| &queue.whole.offered).sum();
    said.push(tr!(
        "{}: {contacts} contacts expected from {} to before {} ({})",
        plan.name,
        plan.period.start,
        plan.period.end(),
        plan.period.zone,
        contacts = fixed(contacts, 0)
    ));
    if let Some(requirement) = &plan.requirement {
        let hours: f64 = (0..plan.queues.len()).map(|queue| requirement.scheduled_hours(QueueIx(queue))).sum();
        let apart = if plan.shared.is_some() { tr!(", each queue by itself") } else { String::new() };
        said.push(tr!("{hours} agent hours required{apart}", hours = fixed(hours, 0), apart));
        said.extend(output::of_requirement(plan));
    }
    if let Some(rostered) = &plan.rostered {
        let (checked, cost) = (&rostered.checked, rostered.checked.cost());
        said.push(tr!(
            "{shifts} for {agents}, 0 violations by the independent checker",
            shifts = tr!("{n} shift" | "{n} shifts" % checked.roster().shifts.len()),
            agents = tr!("for" => "{n} agent" | "{n} agents" % rostered.workforce.agents.len())
        ));
        said.push(tr!(
            "each queue by itself: {} agent hours missing, {} beyond the requirement",
            fixed(rostered.coverage.short_hours(), 1),
            fixed(rostered.coverage.over_hours(), 1)
        ));
        let AfterEnd { at_work, required, .. } = rostered.after_end;
        if at_work > 0.0 || required > 0.0 {
            said.push(tr!("after the plan's end: {at_work} agent hours at work, {required} of what is needed there fall to this plan's shifts", at_work = fixed(at_work, 1), required = fixed(required, 1)));
        }
        if rostered.workforce.was_told() {
            said.push(output::changes_told(rostered));
        }
        said.extend(output::unheld_told(rostered));
        let others = rarer_prices(rostered);
        said.push(tr!(
            "objective {} {} (wages {}, premiums {}, short {}, over {}, after the end {}, preferences {}{others})",
            fixed(cost.objective().as_f64(), 2),
            plan.currency,
            fixed(cost.wages.as_f64(), 2),
            fixed(cost.premiums.as_f64(), 2),
            fixed(cost.short.as_f64(), 2),
            fixed(cost.over.as_f64(), 2),
            fixed(cost.after_end.as_f64(), 2),
            fixed(cost.preference.as_f64(), 2),
            others
        ));
        said.push(tr!(
            "bound {} {}: gap {} %, {} % beyond wages that no legal roster avoids; work {}",
            fixed(checked.bound().objective.as_f64(), 2),
            plan.currency,
            fixed(100.0 * checked.gap(), 2),
            fixed(100.0 * checked.gap_beyond_wages(), 2),
            rostered.work
        ));
    }
    if let Some(simulated) = &plan.simulated {
        said.extend(service(plan, simulated));
    }
    said
}

/// Prices that only some plans have: sessions not held, changes, unequal burdens, heads.
fn rarer_prices(rostered: &Rostered) -> String {
    let (cost, workforce) = (rostered.checked.cost(), &rostered.workforce);
    let told = |money: Money| fixed(money.as_f64(), 2);
    let mut prices = String::new();
    if !workforce.activities.is_empty() {
        prices += &tr!(", sessions not held {}", told(cost.unplaced));
    }
    if cost.changes > Money::ZERO {
        prices += &tr!(", changes {}", told(cost.changes));
    }
    if cost.fairness > Money::ZERO {
        prices += &tr!(", unequal burdens {}", told(cost.fairness));
    }
    if !workforce.headcounts.is_empty() {
        prices += &tr!(", heads {}", told(cost.headcount));
    }
    prices
}

/// The simulated service of every queue over the plan.
fn service(plan: &Plan, simulated: &Simulated) -> Vec<String> {
    let service = &simulated.service;
    let mut said = vec![
        tr!("goals: {}", output::goals_met(plan)),
        tr!("simulated {} times, {} contacts; served in time:", service.replications, service.contacts),
    ];
    for (queue, of) in plan.queues.iter().zip(&service.queues) {
        let Some(in_time) = of.plan.in_time else { continue };
        said.push(tr!(
            "  {}: {} % ({} to {}; {}), {} % give up, answered after {} s",
            queue.id,
            fixed(100.0 * in_time.share, 1),
            fixed(100.0 * in_time.low, 1),
            fixed(100.0 * in_time.high, 1),
            if queue.goal.is_promise() {
                tr!("goal {}", fixed(100.0 * queue.goal.share.get(), 0))
            } else {
                tr!("no goal")
            },
            fixed(100.0 * of.plan.abandoned, 1),
            fixed(of.plan.asa.get(), 0)
        ));
    }
    said
}
