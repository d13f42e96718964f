//! Who has the nights, weekends and late shifts: how equally they lie, and who has most and fewest.

use tr::tr;

use super::figure::figure;
use super::html::{Column, escape, table};
use crate::domain::fairness::BurdenKind;
use crate::output::drawn::{Drawn, Subject};
use crate::output::number::decimal;
use crate::plan::{Burdens, Plan, Rostered, burdens, equality, has_burdens};

/// People shown of those with most and of those with fewest.
const SHOWN: usize = 5;

pub(super) fn section(plan: &Plan, charts: &[Drawn]) -> Option<String> {
    let rostered = plan.rostered.as_ref().filter(|rostered| has_burdens(rostered))?;
    let mut all = burdens(rostered);
    let (index, most) = equality(&all);
    all.sort_by(|a, b| b.by_full_time.total_cmp(&a.by_full_time).then(a.agent.cmp(&b.agent)));
    let shown: Vec<&Burdens> = if all.len() <= 2 * SHOWN {
        all.iter().collect()
    } else {
        all[..SHOWN].iter().chain(&all[all.len() - SHOWN..]).collect()
    };
    let columns = [
        (tr!("Who"), Column::Prose),
        (tr!("Nights"), Column::Number),
        (tr!("Weekends"), Column::Number),
        (tr!("Holidays"), Column::Number),
        (tr!("Late"), Column::Number),
        (tr!("Early"), Column::Number),
        (tr!("Wishes refused"), Column::Number),
        (tr!("Short notice"), Column::Number),
        (tr!("Points"), Column::Number),
        (tr!("By full time"), Column::Number),
    ];
    let rows: Vec<Vec<String>> = shown.into_iter().map(|of| row(rostered, of)).collect();
    let worst = most.map_or_else(String::new, |most| {
        let name = &rostered.workforce.agents[most.agent.0].name;
        tr!("{name} has most: {} points of full time. ", decimal(most.by_full_time, 1), name)
    });
    let explained = tr!(
        "{worst}Jain's index of all points is {} (1 where all are equal). Counts are those after this plan, with those of this plan in brackets; \
         a weekend counts once for each shift in it. The five with most and the five with fewest are shown. ledger.csv has everybody: copy it over balances.csv for the next plan.",
        decimal(index, 3),
        worst
    );
    let picture: String = charts.iter().filter(|chart| chart.subject == Subject::Burdens).map(figure).collect();
    Some(picture + &table(&columns, &rows) + &format!("<p class=\"note\">{}</p>", escape(&explained)))
}

fn row(rostered: &Rostered, of: &Burdens) -> Vec<String> {
    let agent = &rostered.workforce.agents[of.agent.0];
    let told = |at: usize| {
        let (after, in_plan) = (of.after(at), of.in_plan[at]);
        if in_plan > 0 { format!("{after} ({in_plan})") } else { after.to_string() }
    };
    let mut cells = vec![tr!("{} ({})", agent.name, agent.id)];
    cells.extend((0..BurdenKind::ALL.len()).map(told));
    cells.extend([of.points.to_string(), decimal(of.by_full_time, 1)]);
    cells
}
