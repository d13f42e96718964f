//! How good such forecasts were in the back-test: a line per queue against the best simple rule, the horizons folded.

use super::html::{Column, table};
use crate::domain::backtest::Accuracy;
use crate::domain::ids::QueueIx;
use crate::output::number::{grouped, percent, percent_or_dash};
use crate::plan::Plan;
use tr::tr;

/// The name under which a back-test reports what the forecast uses.
const CHOSEN: &str = "chosen";
/// The rules that every forecast must beat: what came at the same weekday and hour.
const RULES: [&str; 3] = ["last week", "mean of four weeks", "median of eight weeks"];

pub(super) fn section(plan: &Plan) -> Option<String> {
    let all = &plan.backtest.as_ref()?.accuracy;
    let rows: Vec<Vec<String>> = (0..plan.queues.len()).filter_map(|queue| line(plan, QueueIx(queue), all)).collect();
    let columns = [
        (tr!("Queue"), Column::Text),
        (tr!("Error (WAPE)"), Column::Number),
        (tr!("Error of the best simple rule"), Column::Number),
        (tr!("Smaller by"), Column::Number),
        (tr!("Bias"), Column::Number),
        (tr!("Within the 80 % band"), Column::Number),
    ];
    (!rows.is_empty()).then(|| {
        let outages = with_outages(all);
        tr!("<h3>How good such forecasts were</h3>\n{}<p class=\"quiet\">Plain means over all horizons, each counted alike. \
             The error is the sum of what each interval missed by over all contacts; the simple rules are last week, the mean \
             of the last four and the median of the last eight weeks at the same weekday and hour.{outages}</p>\n\
             <details><summary>Horizon by horizon</summary>\n{}</details>\n", table(&columns, &rows), by_horizon(plan, all), outages)
    })
}

/// That hours taken for outages count, where there are any, and what the error is without them.
fn with_outages(all: &[Accuracy]) -> String {
    let chosen = || all.iter().filter(|of| of.method == CHOSEN && of.wape.is_finite());
    let outages: u32 = chosen().map(|of| of.outage_intervals).sum();
    if outages == 0 {
        return String::new();
    }
    let mean = |of: fn(&Accuracy) -> f64| chosen().map(of).sum::<f64>() / chosen().count().max(1) as f64;
    let (with, without) = (percent(mean(|of| of.wape), 1), percent(mean(|of| of.wape_without_outages), 1));
    tr!(
        " {n} forecast of an interval that was taken for an outage afterwards counts too: with it the error is {with}, without it {without}."
            | " {n} forecasts of intervals that were taken for outages afterwards count too: with them the error is {with}, without them {without}."
                % outages,
        with,
        without
    )
}

/// A queue's means over its horizons.
fn line(plan: &Plan, queue: QueueIx, all: &[Accuracy]) -> Option<Vec<String>> {
    let mean = |method: &str, of: fn(&Accuracy) -> f64| {
        let known: Vec<f64> = all
            .iter()
            .filter(|one| one.queue == queue && one.method == method && one.wape.is_finite())
            .map(of)
            .filter(|value| value.is_finite())
            .collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    let wape = mean(CHOSEN, |of| of.wape)?;
    let rule = RULES.iter().filter_map(|rule| mean(rule, |of| of.wape)).min_by(f64::total_cmp);
    let smaller = rule.filter(|rule| *rule > 0.0).map(|rule| 1.0 - wape / rule);
    Some(vec![
        plan.queues[queue.0].id.to_string(),
        percent(wape, 1),
        percent_or_dash(rule, 1),
        percent_or_dash(smaller, 0),
        percent_or_dash(mean(CHOSEN, |of| of.bias), 1),
        percent_or_dash(mean(CHOSEN, |of| of.coverage80), 0),
    ])
}

fn by_horizon(plan: &Plan, all: &[Accuracy]) -> String {
    let columns = [
        (tr!("Queue"), Column::Text),
        (tr!("Open days ahead"), Column::Number),
        (tr!("Error (WAPE)"), Column::Number),
        (tr!("Bias"), Column::Number),
        (tr!("Against last week's values (MASE)"), Column::Number),
        (tr!("Within the 80 % band"), Column::Number),
        (tr!("Error of the whole band (CRPS)"), Column::Number),
        (tr!("Best single method"), Column::Text),
    ];
    let chosen = all.iter().filter(|of| of.method == CHOSEN);
    let rows: Vec<Vec<String>> = chosen.map(|of| row(plan, of, all)).collect();
    table(&columns, &rows)
}

fn row(plan: &Plan, of: &Accuracy, all: &[Accuracy]) -> Vec<String> {
    vec![
        plan.queues[of.queue.0].id.to_string(),
        of.horizon_days.to_string(),
        percent(of.wape, 1),
        percent(of.bias, 1),
        grouped(of.mase, 2),
        percent(of.coverage80, 0),
        grouped(of.crps, 2),
        best(all, of.queue, of.horizon_days).unwrap_or_default(),
    ]
}

/// The other method with the smallest error at the same horizon.
fn best(all: &[Accuracy], queue: QueueIx, horizon: u32) -> Option<String> {
    all.iter()
        .filter(|of| of.queue == queue && of.horizon_days == horizon && of.method != CHOSEN && of.wape.is_finite())
        .min_by(|one, other| one.wape.total_cmp(&other.wape))
        .map(|of| tr!("{} ({}, weighs {})", of.method, percent(of.wape, 1), percent(of.weight, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::backtest::Backtest;
    use crate::output::example;

    #[test]
    fn a_queue_has_one_line_against_the_seasonal_naive() {
        // Errors of 10 and 14 % against 15 and 17 %: 12 against 16, a quarter smaller.
        let of = |method: &str, horizon_days, wape| Accuracy {
            queue: QueueIx(0),
            method: method.into(),
            horizon_days,
            wape,
            mase: 0.8,
            rmse: 3.0,
            bias: -0.01,
            coverage80: 0.79,
            crps: 1.0,
            weight: 0.5,
            outage_intervals: u32::from(method == CHOSEN),
            wape_without_outages: wape - 0.01,
        };
        let accuracy = vec![of(CHOSEN, 1, 0.10), of(CHOSEN, 2, 0.14), of(RULES[1], 1, 0.15), of(RULES[1], 2, 0.17)];
        let mut plan = example::forecast_only();
        assert_eq!(section(&plan), None);
        let cells = line(&plan, QueueIx(0), &accuracy).expect("a line");
        let expected = ["orders <script>", "12.0\u{a0}%", "16.0\u{a0}%", "25\u{a0}%", "−1.0\u{a0}%", "79\u{a0}%"];
        assert_eq!(cells, expected);
        plan.backtest = Some(Backtest { accuracy, ..Backtest::default() });
        let html = section(&plan).expect("a section");
        assert!(html.contains("2 forecasts of intervals that were taken for outages afterwards count too: with them the error is 12.0\u{a0}%, without them 11.0\u{a0}%."));
        assert!(html.contains("<details><summary>Horizon by horizon"));
        assert_eq!(html.matches("orders &lt;script&gt;").count(), 3);
    }
}
