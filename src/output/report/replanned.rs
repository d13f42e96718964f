//! What was changed of the roster that people were told: who, how and why.

use tr::tr;

use super::html::{Column, escape, table};
use crate::domain::promise::DayChange;
use crate::domain::roster::{Piece, span_of};
use crate::domain::time::Zone;
use crate::output::local_time;
use crate::output::number::money;
use crate::output::replanned::{Replanned, Why, replanned};
use crate::plan::{Plan, Rostered};

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref()?;
    if !rostered.workforce.was_told() {
        return None;
    }
    let mut changes = replanned(rostered);
    let all = changes.len();
    changes.retain(|of| of.change != DayChange::Breaks || of.why == Why::Sessions);
    let breaks = all - changes.len();
    let columns = [
        (tr!("Who"), Column::Prose),
        (tr!("Day"), Column::Prose),
        (tr!("Was"), Column::Prose),
        (tr!("Is"), Column::Prose),
        (tr!("Why"), Column::Prose),
        (tr!("Price"), Column::Number),
    ];
    let rows: Vec<Vec<String>> = changes.iter().map(|of| row(plan, rostered, of)).collect();
    let explained = tr!(
        "Every other day is as it was promised. In {breaks} shifts only breaks or sessions lie elsewhere. The price is what you would pay so that a \
         day stays, by [replan] of the workspace; replanned.csv has every change.",
        breaks
    );
    Some(table(&columns, &rows) + &format!("<p class=\"note\">{}</p>", escape(&explained)))
}

fn row(plan: &Plan, rostered: &Rostered, of: &Replanned<'_>) -> Vec<String> {
    let agent = &rostered.workforce.agents[of.agent.0];
    let zone = rostered.workforce.site_of(agent).zone;
    vec![
        tr!("{} ({})", agent.name, agent.id),
        local_time::day(of.promised.date),
        hours(&of.promised.pieces, zone),
        hours(of.pieces, zone),
        why(rostered, of),
        money(of.price, &plan.currency),
    ]
}

fn hours(pieces: &[Piece], zone: Zone) -> String {
    if pieces.is_empty() {
        return tr!("off");
    }
    let span = span_of(pieces);
    format!("{}–{}", local_time::clock(span.from, zone), local_time::clock(span.until, zone))
}

fn why(rostered: &Rostered, of: &Replanned<'_>) -> String {
    match of.why {
        Why::Absent => tr!("cannot work then"),
        Why::Covers => {
            let names: Vec<String> =
                of.instead_of.iter().map(|agent| rostered.workforce.agents[agent.0].name.clone()).collect();
            tr!("stands in for {}", names.join(", "))
        }
        Why::Hours => tr!("own hours after another change"),
        Why::Sessions => tr!("other training, coaching or meetings"),
        Why::Service => tr!("more or fewer people are needed"),
    }
}
