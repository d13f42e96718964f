//! How good such forecasts were in the back-test: a line per queue against the seasonal naive, the horizons folded.

use super::html::{Column, table};
use crate::domain::forecast::Accuracy;
use crate::domain::ids::QueueIx;
use crate::output::number::{grouped, percent, percent_or_dash};
use crate::plan::Plan;
use tr::tr;

/// The name under which a back-test reports what the forecast uses.
const CHOSEN: &str = "chosen";
/// The method that every forecast must beat: what came at the same weekday and hour.
const NAIVE: &str = "seasonal naive";

pub(super) fn section(plan: &Plan) -> Option<String> {
    let all = &plan.backtest.as_ref()?.accuracy;
    let rows: Vec<Vec<String>> = (0..plan.queues.len()).filter_map(|queue| line(plan, QueueIx(queue), all)).collect();
    let columns = [
        (tr!("Queue"), Column::Text),
        (tr!("Error (WAPE)"), Column::Number),
        (tr!("Error of the seasonal naive"), Column::Number),
        (tr!("Smaller by"), Column::Number),
        (tr!("Bias"), Column::Number),
        (tr!("Within the 80 % band"), Column::Number),
    ];
    (!rows.is_empty()).then(|| {
        tr!("<h3>How good such forecasts were</h3>\n{}<p class=\"quiet\">Plain means over all horizons, each counted alike. \
             The error is the sum of what each interval missed by over all contacts; the seasonal naive repeats the same \
             weekday and hour.</p>\n\
             <details><summary>Horizon by horizon</summary>\n{}</details>\n", table(&columns, &rows), by_horizon(plan, all))
    })
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
    let naive = mean(NAIVE, |of| of.wape);
    let smaller = naive.filter(|naive| *naive > 0.0).map(|naive| 1.0 - wape / naive);
    Some(vec![
        plan.queues[queue.0].id.to_string(),
        percent(wape, 1),
        percent_or_dash(naive, 1),
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
    use crate::domain::forecast::Backtest;
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
        };
        let accuracy = vec![of(CHOSEN, 1, 0.10), of(CHOSEN, 2, 0.14), of(NAIVE, 1, 0.15), of(NAIVE, 2, 0.17)];
        let mut plan = example::forecast_only();
        assert_eq!(section(&plan), None);
        let cells = line(&plan, QueueIx(0), &accuracy).expect("a line");
        let expected = ["orders <script>", "12.0\u{a0}%", "16.0\u{a0}%", "25\u{a0}%", "−1.0\u{a0}%", "79\u{a0}%"];
        assert_eq!(cells, expected);
        plan.backtest = Some(Backtest { accuracy, ..Backtest::default() });
        let html = section(&plan).expect("a section");
        assert!(html.contains("<details><summary>Horizon by horizon"));
        assert_eq!(html.matches("orders &lt;script&gt;").count(), 3);
    }
}
