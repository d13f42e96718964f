//! What payroll pays, apart from the prices of what the planner would pay to avoid; together the objective.

use super::html::escape;
use crate::domain::coverage::Coverage;
use crate::domain::queue::{Channel, Queue};
use crate::domain::units::Money;
use crate::output::number::{grouped, hours, money, percent};
use crate::plan::{AfterEnd, CoverPriceParams, Plan, Rostered};
use tr::tr;

/// A row of the table.
fn line(class: &str, name: &str, what: &str, money: Money) -> String {
    format!(
        "<tr{class}><td>{}</td><td class=\"wrap\">{}</td><td class=\"n\">{}</td></tr>\n",
        escape(name),
        escape(what),
        grouped(money.as_f64(), 2)
    )
}

/// Prices of what people have to live with, as far as there are any: sessions not held, changes, unequal burdens.
fn lived_with(rostered: &Rostered) -> String {
    let cost = rostered.checked.cost();
    let mut rows = String::new();
    if !rostered.workforce.activities.is_empty() {
        let what = tr!("price of training, coaching and meetings owed without a place");
        rows += &line("", &tr!("Sessions not held"), &what, cost.unplaced);
    }
    if cost.changes != Money::ZERO {
        let what = tr!("price of days that are not as they were promised");
        rows += &line("", &tr!("Changes"), &what, cost.changes);
    }
    if cost.fairness != Money::ZERO {
        let what = tr!("price of nights, weekends and the like for those who are ahead of others");
        rows += &line("", &tr!("Unequal burdens"), &what, cost.fairness);
    }
    rows
}

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let checked = &rostered.checked;
    let (cost, bound) = (checked.cost(), checked.bound());
    let total = " class=\"total\"";
    let counted = !rostered.workforce.headcounts.is_empty();
    let what = tr!("price of people missing on sites or in skill groups, and of too many");
    let headcount = if counted { line("", &tr!("Heads"), &what, cost.headcount) } else { String::new() };
    let short = if rostered.rounds.is_empty() {
        tr!("price of {} of agents missing, each queue by itself", hours(rostered.coverage.short_hours()))
    } else {
        tr!("price of the service that more heads would still bring, among people who share queues")
    };
    let over = if rostered.rounds.is_empty() {
        tr!("price of {} beyond what each queue requires by itself", hours(rostered.coverage.over_hours()))
    } else {
        tr!("price of heads who bring no more service, among people who share queues")
    };
    let after_end = after_end(&rostered.after_end);
    let after_end_line =
        after_end.map_or_else(String::new, |what| line("", &tr!("After the end"), &what, cost.after_end));
    let lost =
        lost(plan).map_or_else(String::new, |(what, price)| line("", &tr!("Lost and late contacts"), &what, price));
    let rows = [
        line("", &tr!("Wages"), &tr!("paid: base pay of every shift"), cost.wages),
        line(
            "",
            &tr!("Premiums"),
            &tr!("paid: nights, Sundays, holidays and gaps of split shifts, as the contracts say"),
            cost.premiums,
        ),
        line(total, &tr!("Labour cost"), &tr!("what payroll.csv adds up to"), cost.labour()),
        line("", &tr!("Short"), &short, cost.short),
        line("", &tr!("Over"), &over, cost.over),
        after_end_line,
        line("", &tr!("Wishes"), &tr!("price of wishes refused"), cost.preference),
        lived_with(rostered),
        headcount,
        line(total, &tr!("Objective"), &tr!("labour cost and prices: what the roster minimises"), cost.objective()),
        lost,
        line(
            "",
            &tr!("Lower bound"),
            &tr!("proved: the objective of every legal roster is at least this"),
            bound.objective,
        ),
        line(
            "",
            &tr!("Unavoidable wages"),
            &tr!("proved: every legal roster pays at least this in wages and premiums; part of the lower bound"),
            bound.unavoidable_wages,
        ),
    ];
    let relaxed = relaxed(plan).unwrap_or_default();
    let prices = if rostered.rounds.is_empty() {
        prices(&plan.prices, &plan.queues, &plan.currency)
    } else {
        of_pools(&plan.prices, &plan.currency)
    };
    let by_queue = rostered.rounds.is_empty().then(|| halved(&plan.queues, &rostered.coverage));
    let halved = by_queue.flatten().unwrap_or_default();
    let table = format!(
        "<div class=\"sheet\"><table>\n<thead><tr><th>{}</th><th>{}</th><th class=\"n\">{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
        tr!("Part"),
        tr!("What it is"),
        escape(&plan.currency),
        rows.concat()
    );
    Some(
        table
            + &tr!(
                "<p class=\"quiet\">Prices are not paid; they say what the planner would pay \
         to avoid something: {}.{} Objective less lower bound is the gap: {} of the objective, or {} of what the objective \
         holds beyond unavoidable wages.{}</p>\n",
                escape(&prices),
                escape(&halved),
                percent(checked.gap().max(0.0), 2),
                percent(checked.gap_beyond_wages().max(0.0), 2),
                escape(&relaxed)
            ),
    )
}

/// What contacts that give up and those served late cost by their prices; none where they have none.
fn lost(plan: &Plan) -> Option<(String, Money)> {
    let service = &plan.simulated.as_ref()?.service;
    let (mut lost, mut late, mut cost) = (0.0, 0.0, 0.0);
    for (queue, of) in plan.queues.iter().zip(&service.queues) {
        let price = plan.prices.of_contact(queue);
        if price != (0.0, 0.0) {
            lost += of.abandoned.total();
            late += of.late.total();
            cost += of.lost_and_late(price);
        }
    }
    let what = tr!(
        "simulated: {} contacts that give up and {} served late, at the prices of their queues; {}",
        grouped(lost, 0),
        grouped(late, 0),
        if plan.rostered.as_ref().is_some_and(|rostered| !rostered.rounds.is_empty()) {
            tr!("the objective holds what people are expected to save of it")
        } else {
            tr!("no part of the objective")
        }
    );
    (cost > 0.0).then(|| (what, Money::rounded(cost)))
}

/// What a head is worth among people who share queues, in words.
fn of_pools(prices: &CoverPriceParams, currency: &str) -> String {
    tr!(
        "where people share queues a head is worth what it brings in time, by Erlang's formulas for all their contacts, at a price that the \
         simulation moved until goals held; heads without whom work that can wait is left undone cost {} an hour; an agent too many {} an \
         hour, wages apart. The bound is one for these prices",
        money(prices.short_per_hour, currency),
        money(prices.over_per_hour, currency)
    )
}

/// What an agent more or fewer costs, in words.
fn prices(prices: &CoverPriceParams, queues: &[Queue], currency: &str) -> String {
    let each = |price: Money| money(price, currency);
    let over = tr!("an agent too many {} an hour, wages apart", each(prices.over_per_hour));
    let per_hour = tr!(
        "an agent missing costs {} an hour, {} below {} of the requirement",
        each(prices.short_per_hour),
        each(prices.deep_short_per_hour),
        percent(prices.deep_short_below.get(), 0)
    );
    let all_live = queues.iter().all(|queue| !matches!(queue.channel, Channel::Deferred { .. }));
    match prices.late_contact {
        None => format!("{per_hour}; {over}"),
        Some(late) => {
            let late = tr!("a call or chat that is late for want of agents costs {}", each(late));
            let waiting = if all_live { String::new() } else { tr!("where work can wait, {per_hour}; ", per_hour) };
            format!("{late}; {waiting}{over}")
        }
    }
}

/// Where short and over do not cost what the workspace says per hour: work that can wait is priced at half.
fn halved(queues: &[Queue], coverage: &Coverage) -> Option<String> {
    let step = coverage.grid.interval().as_hours();
    let (mut names, mut short, mut over) = (Vec::new(), 0.0, 0.0);
    for (queue, of) in queues.iter().zip(&coverage.queues) {
        if matches!(queue.channel, Channel::Deferred { .. }) {
            names.push(queue.id.as_str());
            short += of.short.iter().sum::<f64>() * step;
            over += of.over.iter().sum::<f64>() * step;
        }
    }
    (!names.is_empty()).then(|| {
        tr!(
            " Work that can wait ({}) is priced at half the hourly price of missing agents and of too many: {} of the \
             hours missing and {} of those beyond the requirement.",
            names.join(", "),
            hours(short),
            hours(over)
        )
    })
}

/// Where shifts run past the plan's end, or should: what they find there.
fn after_end(of: &AfterEnd) -> Option<String> {
    (of.at_work > 0.0 || of.required > 0.0).then(|| {
        tr!("price of heads missing and too many after the plan's end: {} at work; of what the days after it need {} usually fall to \
             shifts begun before, each queue by itself: {} are missing, {} too many", hours(of.at_work), hours(of.required), hours(of.short), hours(of.over))
    })
}

/// The bound holds also where its proof looks away from a rule; it is then lower than it could be.
fn relaxed(plan: &Plan) -> Option<String> {
    let rules = &plan.rostered.as_ref()?.relaxed;
    let names: Vec<&str> = rules.iter().map(|rule| rule.name()).collect();
    (!names.is_empty()).then(|| tr!(" The bound does not make use of: {}.", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coverage::QueueCoverage;
    use crate::domain::units::Minutes;
    use crate::output::example;

    #[test]
    fn the_prices_of_the_workspace_stand_in_the_report() {
        let given = CoverPriceParams::default();
        let said = prices(&given, &[example::queue("orders")], "EUR").replace('\u{a0}', " ");
        assert_eq!(
            said,
            "an agent missing costs 60.00 EUR an hour, 120 EUR below 80 % of the requirement; an agent too many 4.00 EUR an \
             hour, wages apart"
        );
        let late = CoverPriceParams { late_contact: Some(Money::rounded(2.5)), ..given };
        let said = prices(&late, &[example::queue("orders")], "EUR").replace('\u{a0}', " ");
        assert!(said.starts_with("a call or chat that is late for want of agents costs 2.50 EUR; an agent too many"));
    }

    #[test]
    fn lost_and_late_contacts_cost_what_their_queues_say() {
        let mut plan = example::lived(0.9);
        assert_eq!(lost(&plan), None);
        plan.queues[0].price_lost = Money::rounded(5.0);
        plan.queues[0].price_late = Money::rounded(0.5);
        // In each of 336 half-hours a fifth of a contact gives up, at 5, and one is late, at a half.
        let (what, price) = lost(&plan).expect("a price");
        assert!(what.contains("67 contacts that give up and 336 served late"), "{what}");
        assert_eq!(price, Money::rounded(336.0 + 168.0));
    }

    #[test]
    fn the_half_price_of_work_that_can_wait_is_explained_where_there_is_such_work() {
        // Two half-hours: 1 head short, then 3 too many, in each queue.
        let of = QueueCoverage {
            short: example::series(&[1.0, 0.0]),
            over: example::series(&[0.0, 3.0]),
            ..QueueCoverage::nothing(example::grid(2))
        };
        let coverage = Coverage { grid: example::grid(2), queues: vec![of.clone(), of] };
        let email = Queue { channel: Channel::Deferred { deadline: Minutes::hours(24) }, ..example::queue("email") };
        let said = halved(&[example::queue("orders"), email], &coverage).expect("a sentence");
        assert!(said.contains("(email) is priced at half"), "{said}");
        assert!(said.ends_with("0.5\u{a0}h of the hours missing and 1.5\u{a0}h of those beyond the requirement."));
        assert_eq!(halved(&[example::queue("orders"), example::queue("chat")], &coverage), None);
    }
}
