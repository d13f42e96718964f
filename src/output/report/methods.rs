//! Which method forecast each queue.

use super::accuracy;
use super::html::{Column, table};
use crate::plan::Plan;

pub(super) fn section(plan: &Plan) -> String {
    let rows: Vec<Vec<String>> =
        plan.forecast.queues.iter().map(|of| vec![plan.queues[of.queue.0].id.to_string(), of.method.clone()]).collect();
    let methods = table(&[("Queue", Column::Text), ("Method", Column::Prose)], &rows);
    methods + &accuracy::section(plan).unwrap_or_default()
}
