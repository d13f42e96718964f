//! `balances.csv`: accounts of time. Checked, so that a mistake is told today; no stage uses them yet.

use std::collections::BTreeSet;
use tr::tr;

use super::row::Row;
use super::sheet::Column;
use crate::domain::time::Zone;
use crate::workspace::words::{Index, Refusal, choice, instant, number};

/// The columns.
pub(crate) const BALANCES: [Column; 4] =
    [Column::Required("agent"), Column::Required("as_of"), Column::Required("kind"), Column::Required("minutes")];

/// Checks every row; two rows of one agent, instant and kind are reported.
pub(crate) fn balances(rows: &[Row<'_>], agents: &Index, zone: Zone) {
    let kinds = ["worked", "credited", "overtime", "leave", "nights", "weekends"];
    let kinds: Vec<(&str, usize)> = kinds.iter().enumerate().map(|(at, kind)| (*kind, at)).collect();
    let mut seen = BTreeSet::new();
    for row in rows {
        let agent = row.required("agent", |word| agents.find(word));
        let as_of = row.required("as_of", instant(zone));
        let kind = row.required("kind", choice(&kinds));
        row.required("minutes", number(-1e7..=1e7));
        if let (Some(agent), Some(as_of), Some(kind)) = (agent, as_of, kind)
            && agent != Index::UNTOLD
            && !seen.insert((agent, as_of, kind))
        {
            row.refuse(
                "kind",
                Refusal::new(tr!("a second balance of this agent, instant and kind"))
                    .hinting(tr!("keep one of the rows")),
            );
        }
    }
}
