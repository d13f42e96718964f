//! Which method forecast each queue, and how good such forecasts were when that was asked for.

use super::html::{Column, table};
use crate::domain::forecast::Accuracy;
use crate::domain::ids::QueueIx;
use crate::output::number::{grouped, percent};
use crate::plan::Plan;

/// The name under which a back-test reports what the forecast uses.
const CHOSEN: &str = "chosen";

pub(super) fn section(plan: &Plan) -> String {
    let rows: Vec<Vec<String>> =
        plan.forecast.queues.iter().map(|of| vec![plan.queues[of.queue.0].id.to_string(), of.method.clone()]).collect();
    let methods = table(&[("Queue", Column::Text), ("Method", Column::Prose)], &rows);
    methods + &accuracy(plan).unwrap_or_default()
}

fn accuracy(plan: &Plan) -> Option<String> {
    let backtest = plan.backtest.as_ref()?;
    let chosen = backtest.accuracy.iter().filter(|of| of.method == CHOSEN);
    let rows: Vec<Vec<String>> = chosen.map(|of| row(plan, of, &backtest.accuracy)).collect();
    let columns = [
        ("Back-test", Column::Text),
        ("Open days ahead", Column::Number),
        ("Error (WAPE)", Column::Number),
        ("Bias", Column::Number),
        ("Against last week's values (MASE)", Column::Number),
        ("Within the 80 % band", Column::Number),
        ("Best single method", Column::Text),
    ];
    Some(format!("<h3>How good such forecasts were</h3>\n{}", table(&columns, &rows)))
}

fn row(plan: &Plan, of: &Accuracy, all: &[Accuracy]) -> Vec<String> {
    vec![
        plan.queues[of.queue.0].id.to_string(),
        of.horizon_days.to_string(),
        percent(of.wape, 1),
        percent(of.bias, 1),
        grouped(of.mase, 2),
        percent(of.coverage80, 0),
        best(all, of.queue, of.horizon_days).unwrap_or_default(),
    ]
}

/// The other method with the smallest error at the same horizon.
fn best(all: &[Accuracy], queue: QueueIx, horizon: u32) -> Option<String> {
    all.iter()
        .filter(|of| of.queue == queue && of.horizon_days == horizon && of.method != CHOSEN && of.wape.is_finite())
        .min_by(|one, other| one.wape.total_cmp(&other.wape))
        .map(|of| format!("{} ({})", of.method, percent(of.wape, 1)))
}
