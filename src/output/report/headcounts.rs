//! Where heads are missing that are wanted apart from queues, most hours first.

use super::html::{Column, table};
use crate::output::headcounts::{self, Counted, Shortfall};
use crate::output::number::{decimal, grouped, hours};
use crate::plan::Plan;
use tr::tr;

/// Rows shown.
const ROWS: usize = 15;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let rostered = plan.rostered.as_ref().filter(|rostered| !rostered.workforce.headcounts.is_empty())?;
    let all = headcounts::counted(plan, rostered);
    let mut missing: Vec<(&Counted, &Shortfall)> =
        all.iter().flat_map(|counted| counted.shortfalls.iter().map(move |of| (counted, of))).collect();
    missing.sort_by(|(_, one), (_, other)| other.hours.total_cmp(&one.hours));
    Some(if missing.is_empty() {
        tr!("<p>Nowhere: everybody wanted on the sites and of the skill groups is there.</p>")
    } else {
        listed(&missing) + &costs(&all, &plan.currency)
    })
}

fn listed(missing: &[(&Counted, &Shortfall)]) -> String {
    let columns = [
        (tr!("When"), Column::Text),
        (tr!("Who"), Column::Text),
        (tr!("Hours missing"), Column::Number),
        (tr!("Missing at once"), Column::Number),
    ];
    let row = |(counted, of): &(&Counted, &Shortfall)| {
        vec![
            format!("{} ({})", headcounts::when(of, counted.zone), counted.zone),
            counted.what.clone(),
            hours(of.hours),
            tr!("up to {}", decimal(of.most, 2)),
        ]
    };
    let rows: Vec<Vec<String>> = missing.iter().take(ROWS).map(row).collect();
    let rest = missing.len().saturating_sub(ROWS);
    let more = if rest > 0 {
        format!("<p>{}</p>\n", tr!("{n} stretch more." | "{n} stretches more." % rest))
    } else {
        String::new()
    };
    table(&columns, &rows) + &more
}

/// What each headcount costs over the plan.
fn costs(all: &[Counted], currency: &str) -> String {
    let columns = [(tr!("Who"), Column::Text), (tr!("Price"), Column::Number)];
    let row = |counted: &Counted| {
        vec![counted.what.clone(), format!("{}\u{a0}{currency}", grouped(counted.cost.as_f64(), 2))]
    };
    table(&columns, &all.iter().map(row).collect::<Vec<_>>())
}
