//! What payroll pays, apart from the prices of what the planner would pay to avoid; together the objective.

use super::html::escape;
use crate::domain::units::Money;
use crate::output::number::{grouped, hours, percent};
use crate::plan::Plan;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let checked = &plan.rostered.as_ref()?.checked;
    let (cost, bound) = (checked.cost(), checked.bound());
    let amount = |money: Money| grouped(money.as_f64(), 2);
    let line = |class: &str, name: &str, what: &str, money: Money| {
        format!(
            "<tr{class}><td>{}</td><td class=\"wrap\">{}</td><td class=\"n\">{}</td></tr>\n",
            escape(name),
            escape(what),
            amount(money)
        )
    };
    let total = " class=\"total\"";
    let rows = [
        line("", "Wages", "paid: base pay of every shift", cost.wages),
        line("", "Premiums", "paid: nights, Sundays, holidays as the contracts say", cost.premiums),
        line(total, "Labour cost", "what payroll.csv adds up to", cost.wages + cost.premiums),
        line("", "Short", &format!("price of {} of agents missing", hours(checked.short_hours())), cost.short),
        line("", "Over", &format!("price of {} beyond the requirement", hours(checked.over_hours())), cost.over),
        line("", "Wishes", "price of wishes refused", cost.preference),
        line(total, "Objective", "labour cost and prices: what the roster minimises", cost.objective()),
        line("", "Lower bound", "proved: no legal roster has a lower objective", bound.objective),
        line("", "of which unavoidable", "wages and premiums that every legal roster pays", bound.unavoidable_wages),
    ];
    let relaxed = relaxed(plan).unwrap_or_default();
    Some(format!(
        "<div class=\"sheet\"><table>\n<thead><tr><th>Part</th><th>What it is</th><th class=\"n\">{}</th></tr></thead>\n\
         <tbody>\n{}</tbody></table></div>\n<p class=\"quiet\">Prices are not paid; they say what the planner would pay \
         to avoid something. Gap {} of the objective, {} beyond unavoidable wages.{}</p>\n",
        escape(&plan.currency),
        rows.concat(),
        percent(checked.gap().max(0.0), 2),
        percent(checked.gap_beyond_wages().max(0.0), 2),
        escape(&relaxed),
    ))
}

/// The bound holds also where its proof looks away from a rule; it is then lower than it could be.
fn relaxed(plan: &Plan) -> Option<String> {
    let rules = &plan.rostered.as_ref()?.relaxed;
    let names: Vec<&str> = rules.iter().map(|rule| rule.name()).collect();
    (!names.is_empty()).then(|| format!(" The bound does not make use of: {}.", names.join(", ")))
}
