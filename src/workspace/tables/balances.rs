//! `balances.csv`: accounts of time, and how often somebody had nights, weekends and the like. A ledger of an earlier plan is one.

use std::collections::BTreeSet;
use tr::tr;

use super::row::Row;
use super::sheet::Column;
use crate::domain::fairness::BurdenKind;
use crate::domain::time::{Instant, Zone};
use crate::workspace::words::{Index, Refusal, choice, instant, number, whole};

/// The columns; those of a ledger that say no more are read over.
pub(crate) const BALANCES: [Column; 8] = [
    Column::Required("agent"),
    Column::Required("as_of"),
    Column::Required("kind"),
    Column::Optional("minutes"),
    Column::Optional("count"),
    Column::Optional("name"),
    Column::Optional("before"),
    Column::Optional("in_plan"),
];

/// How often an agent had a burden up to an instant.
#[derive(Clone, Debug)]
pub(crate) struct Balance {
    pub(crate) agent: usize,
    pub(crate) as_of: Instant,
    pub(crate) kind: BurdenKind,
    pub(crate) count: u32,
}

/// Kinds whose amount is minutes; they are checked, and no stage uses them yet.
const OF_TIME: [&str; 4] = ["worked", "credited", "overtime", "leave"];

/// Reads the rows that count burdens, and checks all; two rows of one agent, instant and kind are reported.
pub(crate) fn balances(rows: &[Row<'_>], agents: &Index, zone: Zone) -> Vec<Balance> {
    let of_time = OF_TIME.iter().map(|kind| (*kind, None));
    let kinds: Vec<(&str, Option<BurdenKind>)> =
        of_time.chain(BurdenKind::ALL.into_iter().map(|kind| (kind.name(), Some(kind)))).collect();
    let kinds: Vec<(&str, (usize, Option<BurdenKind>))> =
        kinds.into_iter().enumerate().map(|(at, (name, kind))| (name, (at, kind))).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for row in rows {
        let agent = row.required("agent", |word| agents.find(word));
        let as_of = row.required("as_of", instant(zone));
        let kind = row.required("kind", choice(&kinds));
        let count = match kind {
            Some((_, None)) => {
                row.required("minutes", number(-1e7..=1e7));
                None
            }
            // Minutes of nights and weekends say nothing of how often; they are checked as before.
            Some((_, Some(_))) if row.optional("minutes", number(-1e7..=1e7)).is_some() => None,
            Some((_, Some(kind))) => row.required("count", whole(0..=1_000_000)).map(|count| (kind, count)),
            None => None,
        };
        let (Some(agent), Some(as_of), Some((at, _))) = (agent, as_of, kind) else { continue };
        if agent == Index::UNTOLD {
            continue;
        }
        if !seen.insert((agent, as_of, at)) {
            row.refuse(
                "kind",
                Refusal::new(tr!("a second balance of this agent, instant and kind"))
                    .hinting(tr!("keep one of the rows")),
            );
        }
        found.extend(count.map(|(kind, count)| Balance { agent, as_of, kind, count }));
    }
    found
}
