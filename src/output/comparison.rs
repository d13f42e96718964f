//! What-if: scenarios side by side, as a table for the terminal, as `comparison.csv`, and as a picture.
//!
//! The first row is the base; differences are against it. Money in the table is wages with premiums, which are paid;
//! the objective adds the planner's prices. Where a difference of objectives is smaller than what the search leaves
//! open, that is said.

use super::artifact::{Artifact, OutputError};
use super::number::{grouped, percent, percent_or_dash, signed};
use super::records::{ComparisonRow, ComparisonTable};
use crate::domain::ids::QueueId;
use crate::scenario::{Comparison, Difference, ScenarioRow};
use tr::tr;

/// `comparison.csv`, and the charts in both formats.
///
/// # Errors
/// When the table cannot be written or the chart cannot be drawn.
pub fn render(comparison: &Comparison, currency: &str) -> Result<Vec<Artifact>, OutputError> {
    let mut files = vec![csv(comparison)?];
    if !comparison.rows.is_empty() {
        files.extend(chart(comparison, currency)?);
    }
    Ok(files)
}

#[cfg(feature = "charts")]
fn chart(comparison: &Comparison, currency: &str) -> Result<Vec<Artifact>, OutputError> {
    let drawn = super::charts::of_comparison(comparison, currency)?;
    Ok(drawn.into_iter().flat_map(super::drawn::Drawn::into_artifacts).collect())
}

/// A build without charts draws none.
#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the signature of a build with charts")]
fn chart(_: &Comparison, _: &str) -> Result<Vec<Artifact>, OutputError> {
    Ok(Vec::new())
}

/// One row per scenario, one column of service per queue.
fn csv(comparison: &Comparison) -> Result<Artifact, OutputError> {
    let queues = queues(comparison);
    let table = ComparisonTable {
        queues: queues.iter().map(ToString::to_string).collect(),
        rows: comparison.rows.iter().map(|row| record(row, &comparison.rows[0], &queues)).collect(),
    };
    Ok(Artifact::new("comparison.csv", table.write()?))
}

fn record(row: &ScenarioRow, base: &ScenarioRow, queues: &[&QueueId]) -> ComparisonRow {
    ComparisonRow {
        scenario: row.id.clone(),
        name: row.name.clone(),
        contacts: row.contacts,
        required_hours: row.required_hours,
        rostered_hours: row.rostered_hours,
        wages: row.cost.wages,
        premiums: row.cost.premiums,
        labour_cost: row.cost.labour(),
        labour_cost_difference: row.cost.labour() - base.cost.labour(),
        short_cost: row.cost.short,
        over_cost: row.cost.over,
        preference_cost: row.cost.preference,
        unplaced_cost: row.cost.unplaced,
        fairness_cost: row.cost.fairness,
        jain: row.equality.map(|(jain, _)| jain),
        most_points: row.equality.map(|(_, most)| most),
        after_end_cost: row.cost.after_end,
        headcount_cost: row.cost.headcount,
        objective: row.cost.objective(),
        objective_difference: row.cost.objective() - base.cost.objective(),
        beyond_gaps: beyond_gaps(row, base).to_owned(),
        gap: row.gap,
        short_hours: row.short_hours,
        over_hours: row.over_hours,
        service: row.service_overall,
        service_lowest: row.lowest_service().map(|(_, share)| share),
        goals_missed: row.goals_missed.map(|(missed, _)| missed),
        service_by_queue: queues.iter().map(|queue| service(row, queue)).collect(),
    }
}

/// Whether the difference from the base is larger than what the search leaves open; the base has none.
fn beyond_gaps(row: &ScenarioRow, base: &ScenarioRow) -> &'static str {
    if std::ptr::eq(row, base) {
        return "";
    }
    match row.against(base) {
        Difference::Same => "same plan",
        Difference::OtherPrices => "prices differ",
        Difference::Proved => "yes",
        Difference::Open => "no",
    }
}

/// All queues of all rows, in the order in which they first appear: a scenario may add one.
fn queues(comparison: &Comparison) -> Vec<&QueueId> {
    let mut seen: Vec<&QueueId> = Vec::new();
    for (queue, _) in comparison.rows.iter().flat_map(|row| &row.service) {
        if !seen.contains(&queue) {
            seen.push(queue);
        }
    }
    seen
}

fn service(row: &ScenarioRow, queue: &QueueId) -> Option<f64> {
    row.service.iter().find(|(of, _)| of == queue).and_then(|(_, share)| *share)
}

/// The table for the terminal: figures in columns, the difference from the base in brackets.
#[must_use]
pub fn text(comparison: &Comparison, currency: &str) -> String {
    let mut lines = vec![text_header(comparison, currency)];
    lines.extend(comparison.rows.iter().enumerate().map(|(index, row)| {
        let base = (index > 0).then(|| &comparison.rows[0]);
        text_row(row, base, is_shared_out(comparison), &queues(comparison))
    }));
    align(&lines) + &reasons(comparison) + &cautions(comparison, currency)
}

/// A line per scenario that says what it asks, in the planner's words.
fn reasons(comparison: &Comparison) -> String {
    let said = comparison.rows.iter().filter(|row| row.why.is_some() || row.name != row.id);
    let line = |row: &ScenarioRow| {
        let name = if row.name == row.id { String::new() } else { format!(" ({})", row.name) };
        let why = row.why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
        format!("{}{name}{why}\n", row.id)
    };
    said.map(line).collect()
}

/// A line per scenario whose objective cannot be told from the base's, or that changed nothing.
fn cautions(comparison: &Comparison, currency: &str) -> String {
    let Some((base, others)) = comparison.rows.split_first() else { return String::new() };
    let caution = |row: &ScenarioRow| match row.against(base) {
        Difference::Proved => String::new(),
        Difference::Same => tr!("caution: {} and {} are the same plan\n", row.id, base.id),
        Difference::OtherPrices => tr!(
            "caution: {} has other prices of missing agents, agents too many or late contacts than {} (where people are planned \
             for in pools, the simulation sets them): the difference of their objectives says nothing; compare hours, \
             service and labour\n",
            row.id,
            base.id
        ),
        Difference::Open => {
            let (one, two) = (row.cost.objective(), base.cost.objective());
            let dearer = if one > two { row } else { base };
            tr!(
                "caution: {} and {} differ by {} {currency}, but up to {} {currency} may still be saved on {}: more \
                 search could reverse them; hint: a larger --work\n",
                row.id,
                base.id,
                grouped((one - two).as_f64().abs(), 0),
                grouped(dearer.open().as_f64(), 0),
                dearer.id,
                currency
            )
        }
    };
    others.iter().map(caution).collect()
}

fn text_header(comparison: &Comparison, currency: &str) -> Vec<String> {
    let labour = tr!("labour {currency}", currency);
    let objective = tr!("objective {currency}", currency);
    let fixed = [
        "scenario",
        "contacts",
        &tr!("required h"),
        &tr!("paid h"),
        &labour,
        &objective,
        "gap",
        &tr!("short h"),
        &tr!("over h"),
        "service",
        "goals",
    ];
    let mut header: Vec<String> = fixed.iter().map(|name| (*name).to_owned()).collect();
    if is_shared_out(comparison) {
        header.extend([tr!("equality"), tr!("most points")]);
    }
    header.extend(queues(comparison).iter().map(ToString::to_string));
    header
}

/// Whether nights, weekends and the like have a price in some scenario.
fn is_shared_out(comparison: &Comparison) -> bool {
    comparison.rows.iter().any(|row| row.equality.is_some())
}

fn text_row(row: &ScenarioRow, base: Option<&ScenarioRow>, is_shared_out: bool, queues: &[&QueueId]) -> Vec<String> {
    let beside = |of: f64, in_base: Option<f64>| match in_base {
        Some(before) => format!("{} ({})", grouped(of, 0), signed(of - before, 0)),
        None => grouped(of, 0),
    };
    let mut cells = vec![
        row.id.clone(),
        beside(row.contacts, base.map(|base| base.contacts)),
        beside(row.required_hours, base.map(|base| base.required_hours)),
        beside(row.rostered_hours, base.map(|base| base.rostered_hours)),
        beside(row.cost.labour().as_f64(), base.map(|base| base.cost.labour().as_f64())),
        beside(row.cost.objective().as_f64(), base.map(|base| base.cost.objective().as_f64())),
        percent(row.gap, 2),
        grouped(row.short_hours, 1),
        grouped(row.over_hours, 1),
        percent_or_dash(row.service_overall, 1),
        row.goals_missed.map_or_else(|| "–".to_owned(), |(missed, of)| tr!("{} of {of}", of - missed, of)),
    ];
    if is_shared_out {
        let told = |figure: Option<f64>, places| figure.map_or_else(|| "–".to_owned(), |of| grouped(of, places));
        cells.extend([told(row.equality.map(|of| of.0), 3), told(row.equality.map(|of| of.1), 1)]);
    }
    cells.extend(queues.iter().map(|queue| percent_or_dash(service(row, queue), 1)));
    cells
}

/// Columns of equal width: the first to the left, figures to the right.
fn align(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for line in lines {
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - cell.chars().count());
            let padded = if column == 0 { format!("{cell}{pad}") } else { format!("  {pad}{cell}") };
            out.push_str(&padded);
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::RosterCost;
    use crate::domain::units::Money;
    use crate::plan::CoverPriceParams;

    fn row(name: &str, contacts: f64, wages: f64, service: f64) -> ScenarioRow {
        ScenarioRow {
            id: name.into(),
            name: if name == "recall" { "a recall".into() } else { name.into() },
            why: (name == "recall").then(|| "What would it take?".into()),
            is_given: false,
            is_steered: false,
            contacts,
            required_hours: 100.0,
            rostered_hours: 98.5,
            cost: RosterCost {
                wages: Money::rounded(wages),
                premiums: Money::rounded(50.0),
                short: Money::rounded(100.0),
                ..RosterCost::default()
            },
            bound: Money::rounded(wages + 100.0),
            gap: 0.0125,
            service_overall: Some(0.85),
            service: vec![(QueueId::new("orders"), Some(service)), (QueueId::new("chat"), Some(0.9))],
            goals_missed: Some((usize::from(service < 0.8), 2)),
            equality: None,
            short_hours: 4.0,
            over_hours: 2.5,
            prices: CoverPriceParams::default(),
        }
    }

    fn comparison() -> Comparison {
        Comparison { rows: vec![row("base", 1000.0, 1500.0, 0.81), row("recall", 1250.0, 1620.5, 0.74)] }
    }

    #[test]
    fn differences_are_against_the_first_row() {
        // Labour: 1550.00 in the base, 1670.50 with the recall: 120.50 more.
        let bytes = csv(&comparison()).expect("a table").bytes;
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "scenario,name,contacts,required_hours,rostered_hours,wages,premiums,labour_cost,labour_cost_difference,\
             short_cost,over_cost,after_end_cost,preference_cost,unplaced_cost,fairness_cost,headcount_cost,objective,objective_difference,beyond_gaps,gap,short_hours,over_hours,service,service_lowest,\
             goals_missed,jain,most_points,service_orders,service_chat\n\
             base,base,1000,100,98.5,1500.00,50.00,1550.00,0.00,100.00,0.00,0.00,0.00,0.00,0.00,0.00,1650.00,0.00,,0.0125,4,2.5,0.85,0.81,0,,,0.81,0.9\n\
             recall,a recall,1250,100,98.5,1620.50,50.00,1670.50,120.50,100.00,0.00,0.00,0.00,0.00,0.00,0.00,1770.50,120.50,yes,0.0125,4,2.5,0.85,0.74,1,,,0.74,0.9\n"
        );
    }

    #[test]
    fn a_difference_smaller_than_what_the_search_leaves_open_is_a_caution() {
        // 1,650 against 1,680 with a bound of 1,630: 50 may still be saved, more than the 30 between them.
        let close = Comparison { rows: vec![row("base", 1000.0, 1500.0, 0.81), row("cheap", 1000.0, 1530.0, 0.8)] };
        let text = text(&close, "EUR");
        assert!(
            text.contains("caution: cheap and base differ by 30 EUR, but up to 50 EUR may still be saved on cheap")
        );
        assert!(String::from_utf8(csv(&close).expect("a table").bytes).expect("text").contains(",30.00,no,"));
        assert!(!super::text(&comparison(), "EUR").contains("caution"));
    }

    #[test]
    fn objectives_in_other_prices_are_no_comparison() {
        let mut other = comparison();
        other.rows[1].prices.late_contact = Some(Money::rounded(4.0));
        let text = text(&other, "EUR");
        assert!(text.contains("caution: recall has other prices") && text.contains("than base"), "{text}");
        assert!(
            String::from_utf8(csv(&other).expect("a table").bytes).expect("text").contains(",120.50,prices differ,")
        );
    }

    #[test]
    fn a_scenario_that_changes_nothing_is_said_to() {
        let same = Comparison { rows: vec![row("base", 1000.0, 1500.0, 0.81), row("calm", 1000.0, 1500.0, 0.81)] };
        assert!(text(&same, "EUR").contains("caution: calm and base are the same plan"));
        assert!(String::from_utf8(csv(&same).expect("a table").bytes).expect("text").contains(",0.00,same plan,"));
    }

    #[test]
    fn where_a_plan_decides_of_no_contact_there_is_no_service_to_tell() {
        let mut rows = comparison().rows;
        (rows[1].service_overall, rows[1].service[0].1) = (None, None);
        let undecided = Comparison { rows };
        let table = String::from_utf8(csv(&undecided).expect("a table").bytes).expect("text");
        // No service of all and none of orders; chat, of which it decides, is the lowest.
        assert!(table.ends_with(",0.0125,4,2.5,,0.9,1,,,,0.9\n"), "{table}");
        let text = text(&undecided, "EUR");
        let cells: Vec<&str> = text.lines().nth(2).expect("a row").split_whitespace().collect();
        assert_eq!(cells.iter().filter(|cell| **cell == "–").count(), 2, "{text}");
    }

    #[test]
    fn the_comparison_has_a_table_and_a_picture() {
        let files = render(&comparison(), "EUR").expect("files");
        let paths: Vec<_> = files.iter().map(|file| file.path.display().to_string()).collect();
        let expected = ["comparison.csv", "charts/comparison.svg", "charts/comparison.png"];
        assert_eq!(paths, expected[..if cfg!(feature = "charts") { 3 } else { 1 }]);
    }

    #[test]
    fn the_terminal_shows_figures_under_each_other() {
        let text = text(&comparison(), "EUR");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[3], "recall (a recall): What would it take?");
        assert!(lines[2].starts_with("recall"));
        assert!(lines[2].contains("1\u{202f}250 (+250)"), "{text}");
        let ends: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert_eq!(ends[0], ends[1]);
        assert_eq!(ends[1], ends[2]);
    }
}
