//! `requirement.csv`, read back or made elsewhere: agents at work per queue and interval.

use std::path::Path;
use tr::tr;

use super::by_interval::{Told, interval_of};
use crate::domain::time::IntervalGrid;
use crate::workspace::model::Workspace;
use crate::workspace::place::{Place, Report};
use crate::workspace::tables::{Column, Row};
use crate::workspace::words::{Refusal, known, number};

/// The columns of `requirement.csv`.
pub(super) const COLUMNS: [Column; 8] = [
    Column::Required("queue"),
    Column::Required("start"),
    Column::Optional("start_local"),
    Column::Optional("load_erlangs"),
    Column::Optional("agents_net"),
    Column::Optional("agents_scheduled"),
    Column::Optional("service_level"),
    Column::Optional("occupancy"),
];

/// Most agents that one queue can be meant to require at once.
const MOST: f64 = 1e5;

/// Agents at work per queue and interval; nobody where the file says nothing and the queue is closed.
pub(super) fn agents_net(
    rows: &[Row<'_>],
    workspace: &Workspace,
    (grid, open): (&IntervalGrid, &[Vec<bool>]),
    file: &Path,
    report: &Report,
) -> Vec<Vec<f64>> {
    let told = told(rows, workspace, grid);
    let place = Place::file(&file.display().to_string());
    for ((queue, told), open) in workspace.queues.iter().zip(&told).zip(open) {
        told.require(&tr!("queue `{}`", queue.id), open, grid, &place, report);
    }
    told.iter().map(|told| (0..grid.len()).map(|at| told.get(at).copied().unwrap_or(0.0)).collect()).collect()
}

/// What the rows tell of each queue.
fn told(rows: &[Row<'_>], workspace: &Workspace, grid: &IntervalGrid) -> Vec<Told<f64>> {
    let ids: Vec<String> = workspace.queues.iter().map(|queue| queue.id.to_string()).collect();
    let mut told = vec![Told::nothing(grid); ids.len()];
    for row in rows {
        let queue = row.required("queue", known("queue", &ids));
        let interval = interval_of(row, grid, workspace.zone);
        if let (Some(queue), Some(agents), Some(interval)) = (queue, net(row, workspace), interval) {
            told[queue].take(interval, row, agents);
        }
    }
    told
}

/// Agents at work; where only those to be rostered are given, they are worth less by those who do not turn up.
fn net(row: &Row<'_>, workspace: &Workspace) -> Option<f64> {
    let net = row.optional("agents_net", number(0.0..=MOST));
    let scheduled = row.optional("agents_scheduled", number(0.0..=MOST));
    if !row.has("agents_net") && !row.has("agents_scheduled") {
        row.refuse("agents_net", Refusal::new(tr!("nobody is told")).accepting(tr!("agents_net, or agents_scheduled")));
    }
    net.or_else(|| scheduled.map(|scheduled| scheduled * (1.0 - workspace.staffing.unplanned_shrinkage.get())))
}
