//! What a run says at its end, in a few sentences.

use crate::domain::ids::QueueIx;
use crate::output;
use crate::plan::{AfterEnd, Plan, Simulated};

/// What the user should know: the plan's warnings, heads missing on sites or in skill groups, and what looks wrong in the history.
pub(super) fn warnings(plan: &Plan) -> Vec<String> {
    plan.warnings
        .iter()
        .map(ToString::to_string)
        .chain(output::missing_heads(plan))
        .chain(output::findings(plan))
        .collect()
}

/// The forecast, the requirement and the roster in a line each, as far as the run came.
pub(super) fn sentences(plan: &Plan) -> Vec<String> {
    let mut said = Vec::new();
    let contacts: f64 = plan.forecast.queues.iter().flat_map(|queue| &queue.whole.offered).sum();
    said.push(format!(
        "{}: {contacts:.0} contacts expected from {} to before {} ({})",
        plan.name,
        plan.period.start,
        plan.period.end(),
        plan.period.zone
    ));
    if let Some(requirement) = &plan.requirement {
        let hours: f64 = (0..plan.queues.len()).map(|queue| requirement.scheduled_hours(QueueIx(queue))).sum();
        let apart = if plan.shared.is_some() { ", each queue by itself" } else { "" };
        said.push(format!("{hours:.0} agent hours required{apart}"));
        said.extend(output::of_requirement(plan));
    }
    if let Some(rostered) = &plan.rostered {
        let (checked, cost) = (&rostered.checked, rostered.checked.cost());
        said.push(format!(
            "{} shifts for {} agents, 0 violations by the independent checker",
            checked.roster().shifts.len(),
            rostered.workforce.agents.len()
        ));
        said.push(format!(
            "each queue by itself: {:.1} agent hours missing, {:.1} beyond the requirement",
            rostered.coverage.short_hours(),
            rostered.coverage.over_hours()
        ));
        let AfterEnd { at_work, required, .. } = rostered.after_end;
        if at_work > 0.0 || required > 0.0 {
            said.push(format!(
                "after the plan's end: {at_work:.1} agent hours at work, {required:.1} of what is needed there fall to this plan's shifts"
            ));
        }
        let wanted = !rostered.workforce.headcounts.is_empty();
        let heads = if wanted { format!(", heads {:.2}", cost.headcount.as_f64()) } else { String::new() };
        said.push(format!(
            "objective {:.2} {} (wages {:.2}, premiums {:.2}, short {:.2}, over {:.2}, after the end {:.2}, preferences {:.2}{heads})",
            cost.objective().as_f64(),
            plan.currency,
            cost.wages.as_f64(),
            cost.premiums.as_f64(),
            cost.short.as_f64(),
            cost.over.as_f64(),
            cost.after_end.as_f64(),
            cost.preference.as_f64()
        ));
        said.push(format!(
            "bound {:.2} {}: gap {:.2} %, {:.2} % beyond wages that no legal roster avoids; work {}",
            checked.bound().objective.as_f64(),
            plan.currency,
            100.0 * checked.gap(),
            100.0 * checked.gap_beyond_wages(),
            rostered.work
        ));
    }
    if let Some(simulated) = &plan.simulated {
        said.extend(service(plan, simulated));
    }
    said
}

/// The simulated service of every queue over the plan.
fn service(plan: &Plan, simulated: &Simulated) -> Vec<String> {
    let service = &simulated.service;
    let mut said = vec![
        format!("goals: {}", output::goals_met(plan)),
        format!("simulated {} times, {} contacts; served in time:", service.replications, service.contacts),
    ];
    for (queue, of) in plan.queues.iter().zip(&service.queues) {
        let Some(in_time) = of.plan.in_time else { continue };
        said.push(format!(
            "  {}: {:.1} % ({:.1} to {:.1}; {}), {:.1} % give up, answered after {:.0} s",
            queue.id,
            100.0 * in_time.share,
            100.0 * in_time.low,
            100.0 * in_time.high,
            if queue.goal.is_promise() {
                format!("goal {:.0}", 100.0 * queue.goal.share.get())
            } else {
                "no goal".to_owned()
            },
            100.0 * of.plan.abandoned,
            of.plan.asa.get()
        ));
    }
    said
}
