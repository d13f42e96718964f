//! The people by what they can take: how many, how long, how busy, and with what.

use super::figure::figure;
use super::html::{Column, escape, table};
use crate::output::drawn::{Drawn, Subject};
use crate::output::number::{grouped, hours, percent_or_dash};
use crate::output::phrases;
use crate::plan::Plan;
use tr::tr;

/// Rows shown at once; the rest stands behind a line to open.
const ROWS: usize = 20;

pub(super) fn section(plan: &Plan, charts: &[Drawn]) -> Option<String> {
    let service = &plan.simulated.as_ref()?.service;
    let step = service.grid.interval().as_hours();
    let columns = [
        (tr!("People who take"), Column::Prose),
        (tr!("People"), Column::Number),
        (tr!("Hours at work"), Column::Number),
        (tr!("Busy"), Column::Number),
        (tr!("Busy with"), Column::Prose),
        (tr!("Hours idle"), Column::Number),
    ];
    let row = |set: &crate::domain::skill_set::SkillSet| {
        let of = &set.service;
        let busy: f64 = of.busy.iter().map(|(_, busy)| busy.total()).sum();
        vec![
            phrases::skills(&plan.queues, set.queues()),
            grouped(of.people as f64, 0),
            hours(of.at_work.total() * step),
            percent_or_dash(of.occupancy(), 0),
            phrases::busy_with(&plan.queues, of),
            hours((of.at_work.total() - busy).max(0.0) * step),
        ]
    };
    let rows: Vec<Vec<String>> = service.skill_sets().iter().map(row).collect();
    let (first, more) = rows.split_at(rows.len().min(ROWS));
    let rest = if more.is_empty() {
        String::new()
    } else {
        format!(
            "<details><summary>{}</summary>\n{}</details>\n",
            tr!("{n} kind more" | "{n} kinds more" % more.len()),
            table(&columns, more)
        )
    };
    (!rows.is_empty()).then(|| {
        table(&columns, first)
            + &rest
            + &tr!("<p class=\"quiet\">People at work in the plan, those with most hours first; shares of their time at work, on average. Those with \
               equal queues stand together, however fast they are and whatever they take first.</p>\n")
            + &pictures(charts)
    })
}

fn pictures(charts: &[Drawn]) -> String {
    let of_people: Vec<&Drawn> = charts.iter().filter(|chart| matches!(chart.subject, Subject::Skills(_))).collect();
    let summary = tr!("Hour by hour: {n} picture" | "Hour by hour: {n} pictures" % of_people.len());
    let figures: String = of_people.iter().map(|chart| figure(chart)).collect();
    if figures.is_empty() {
        return figures;
    }
    format!("<details><summary>{}</summary>\n{figures}</details>\n", escape(&summary))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn people_are_told_by_what_they_take() {
        let html = section(&example::lived(0.9), &[]).expect("a section");
        // Four people for 168 hours, three of them busy: 168 hours are free.
        let cells = ["4", "672\u{a0}h", "75\u{a0}%"].map(|cell| format!("<td class=\"n\">{cell}</td>")).concat();
        assert!(html.contains(&cells) && html.contains("<td class=\"n\">168\u{a0}h</td>"), "{html}");
        assert!(html.contains("<td class=\"wrap\">orders &lt;script&gt; 75\u{a0}%</td>"), "{html}");
        assert_eq!(section(&example::forecast_only(), &[]), None);
    }
}
