//! What keeps the roster as dear as it is: rules, seats and people, and wishes that are refused.

use tr::tr;

use super::html::{Column, escape, table};
use crate::domain::alternative::{Alternative, Otherwise};
use crate::domain::units::Money;
use crate::output::alternatives::{Told, told};
use crate::output::number::{money, signed};
use crate::plan::{Plan, Rostered};

/// Rules, seats and people shown, and refused wishes.
const SHOWN: usize = 8;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    let is_wish = |of: &&Alternative| matches!(of.otherwise, Otherwise::Wish { .. });
    let (wishes, others): (Vec<&Alternative>, Vec<&Alternative>) = rostered.alternatives.iter().partition(is_wish);
    let parts: Vec<String> =
        [changes(plan, rostered, &others), refused(plan, rostered, &wishes)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.concat())
}

/// Rules, seats and people, with what each would save.
fn changes(plan: &Plan, rostered: &Rostered, all: &[&Alternative]) -> Option<String> {
    let columns = [
        (tr!("If"), Column::Prose),
        (tr!("For"), Column::Prose),
        (tr!("Saves, found by planning again"), Column::Number),
        (tr!("Of it pay"), Column::Number),
        (tr!("Saves, by the bound's prices"), Column::Number),
    ];
    let row = |of: &&Alternative| {
        let Told { who, people, change } = told(&rostered.workforce, &plan.queues, &of.otherwise);
        let whom = match &of.otherwise {
            Otherwise::Person { .. } => tr!("contract of {who}", who),
            _ => {
                tr!("{who} ({people} agent)" | "{who} ({people} agents)" % people, who = who.as_str(), people = people)
            }
        };
        let (saved, pay) = of.tried.map_or_else(Default::default, |of| (saving(of.objective), saving(of.pay)));
        vec![change, whom, saved, pay, of.estimate.map_or_else(String::new, saving)]
    };
    let felt: Vec<Vec<String>> =
        all.iter().filter(|of| of.estimate.is_none_or(|of| of > Money::ZERO)).take(SHOWN).map(row).collect();
    let most = all.first()?;
    let gap = most.at_most? - most.estimate.unwrap_or_default();
    let explained = tr!(
        "Each change by itself, in {currency}: all that is minimised, which is pay with the prices of cover, wishes, burdens and sessions. Three of them were planned again, beside the same \
         plan without the change. The bound's prices tell of all of them and mostly too much; what is proved is that no roster with the change saves more than that \
         and {} more, the gap of this one. Not proposals: law and agreements come first. whynot.csv has all.",
        money(gap, &plan.currency),
        currency = plan.currency
    );
    let explained = format!("<p class=\"quiet\">{}</p>\n", escape(&explained));
    (!felt.is_empty()).then(|| table(&columns, &felt) + &explained)
}

/// Refused wishes, with what granting each would cost.
fn refused(plan: &Plan, rostered: &Rostered, all: &[&Alternative]) -> Option<String> {
    let columns = [
        (tr!("Wish refused"), Column::Prose),
        (tr!("Whose"), Column::Prose),
        (tr!("Price set"), Column::Number),
        (tr!("Granting costs beyond it"), Column::Number),
        (tr!("Why"), Column::Prose),
    ];
    let row = |of: &&Alternative| {
        let Otherwise::Wish { agent, wish, is_legal } = &of.otherwise else { return None };
        let Told { change, .. } = told(&rostered.workforce, &plan.queues, &of.otherwise);
        let agent = &rostered.workforce.agents[agent.0];
        let costs = of.tried.map(|of| Money::ZERO - of.objective);
        let why = match (is_legal, costs) {
            (false, _) => tr!("no shifts of this agent are legal with it"),
            (true, Some(costs)) if costs > Money::ZERO => tr!("it costs more than the price that it has"),
            (true, Some(_)) => tr!("the search has not found it"),
            (true, None) => tr!("by the bound's prices; beside all others' shifts it was not looked for"),
        };
        let costs = costs.or(of.estimate.map(|of| Money::ZERO - of));
        let price = money(wish.price, &plan.currency);
        Some(vec![
            change,
            tr!("{} ({})", agent.name, agent.id),
            price,
            costs.map_or_else(String::new, |of| money(of, &plan.currency)),
            why,
        ])
    };
    let rows: Vec<Vec<String>> = all.iter().take(SHOWN).filter_map(row).collect();
    let explained = tr!(
        "{n} wish is refused. Granting it was looked for with everybody else's shifts as they are: what that costs beyond the price of refusing it, set in \
         preferences.csv and `[objective]`. The cheapest are shown; whynot.csv has all."
            | "{n} wishes are refused. Granting each was looked for with everybody else's shifts as they are: what that costs beyond the price of refusing it, set in \
         preferences.csv and `[objective]`. The cheapest are shown; whynot.csv has all."
                % all.len()
    );
    let explained = format!("<p class=\"quiet\">{}</p>\n", escape(&explained));
    (!rows.is_empty()).then(|| table(&columns, &rows) + &explained)
}

fn saving(of: Money) -> String {
    signed(of.as_f64(), 0)
}
