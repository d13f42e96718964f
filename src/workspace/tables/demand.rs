//! `adjustments.csv` and `backlog.csv`: a planner's hand on the forecast, and deferred work waiting at the start.

use super::row::Row;
use super::sheet::Column;
use crate::domain::forecast::{Adjustment, Change};
use crate::domain::queue::{Channel, Queue};
use crate::domain::requirement::Backlog;
use crate::domain::time::Zone;
use crate::workspace::place::Place;
use crate::workspace::settings::Names;
use crate::workspace::words::{Refusal, above, instant, known, number, text};
use tr::tr;

/// The columns of `adjustments.csv`.
pub(crate) const ADJUSTMENTS: [Column; 8] = [
    Column::Required("queue"),
    Column::Optional("region"),
    Column::Required("from"),
    Column::Required("until"),
    Column::Optional("factor"),
    Column::Optional("offered"),
    Column::Optional("aht_s"),
    Column::Required("why"),
];

/// The columns of `backlog.csv`.
pub(crate) const BACKLOG: [Column; 3] =
    [Column::Required("queue"), Column::Required("arrived"), Column::Required("contacts")];

/// Reads adjustments from rows: one for each thing a row changes.
pub(crate) fn adjustments(rows: &[Row<'_>], queues: &[Queue], names: &Names, zone: Zone) -> Vec<Adjustment> {
    rows.iter().flat_map(|row| adjustment(row, queues, names, zone).unwrap_or_default()).collect()
}

fn adjustment(row: &Row<'_>, queues: &[Queue], names: &Names, zone: Zone) -> Option<Vec<Adjustment>> {
    let queue = row.required("queue", names.queue());
    let regions: Vec<String> = queue
        .and_then(|queue| queues.get(queue.0))
        .map(|queue| queue.regions.iter().map(|region| region.id.to_string()).collect())
        .unwrap_or_default();
    let region = if queue.is_some() { row.optional("region", known("region of the queue", &regions)) } else { None };
    let (from, until) = (row.required("from", instant(zone)), row.required("until", instant(zone)));
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        row.refuse("until", Refusal::new(tr!("does not lie after `from`")).accepting(tr!("an instant after `from`")));
    }
    let changes = [
        row.optional("factor", number(0.0..=1000.0)).map(Change::Factor),
        row.optional("offered", number(0.0..=1e9)).map(Change::Offered),
        row.optional("aht_s", above(1e7)).map(Change::Aht),
    ];
    if row.has("factor") && row.has("offered") {
        row.refuse("offered", Refusal::new(tr!("`factor` is given too")).hinting(tr!("give one of them, or two rows")));
    }
    if !["factor", "offered", "aht_s"].into_iter().any(|column| row.has(column)) {
        row.refuse(
            "factor",
            Refusal::new(tr!("nothing to change")).accepting(tr!("a value in factor, offered or aht_s")),
        );
    }
    let why = row.required("why", text);
    let (queue, from, until, why) = (queue?, from?, until?, why?);
    let changes = changes.into_iter().flatten();
    Some(changes.map(|change| Adjustment { queue, region, from, until, change, why: why.clone() }).collect())
}

/// Reads the backlog from rows; only work that can wait has one.
pub(crate) fn backlog(rows: &[Row<'_>], queues: &[Queue], names: &Names, zone: Zone) -> Vec<(Place, Backlog)> {
    let read = |row: &Row<'_>| {
        let queue = row.required("queue", names.queue());
        let arrived = row.required("arrived", instant(zone));
        let contacts = row.required("contacts", number(0.0..=1e9));
        let waits = |channel| matches!(channel, Channel::Deferred { .. });
        if queue.and_then(|queue| queues.get(queue.0)).is_some_and(|queue| !waits(queue.channel)) {
            let accepted = tr!("a queue of channel email, backoffice or callback");
            row.refuse("queue", Refusal::new(tr!("customers of this queue do not wait for days")).accepting(accepted));
        }
        Some((row.place().clone(), Backlog { queue: queue?, arrived: arrived?, contacts: contacts? }))
    };
    rows.iter().filter_map(read).collect()
}
