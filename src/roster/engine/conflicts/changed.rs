//! Changes of many told once.

use std::collections::BTreeMap;

use crate::domain::conflict::{Change, Repair};
use crate::domain::rule::Rule;
use crate::domain::units::Money;

/// Repairs made together: each change once, with all whom it concerns.
pub(super) fn joined<'a>(repairs: impl Iterator<Item = &'a Repair> + Clone) -> Repair {
    let mut changes: Vec<Change> = Vec::new();
    let mut places: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for change in repairs.clone().flat_map(|repair| &repair.changes) {
        let place = *places.entry((&change.what, change.who.is_empty())).or_insert_with(|| {
            changes.push(Change { who: Vec::new(), ..change.clone() });
            changes.len() - 1
        });
        changes[place].who.extend(change.who.iter().cloned());
    }
    Repair { changes, pay: repairs.map(|repair| repair.pay).sum::<Option<Money>>() }
}

/// More seats at a site.
pub(super) fn more_seats(from: u32, to: u32, site: &str) -> Repair {
    let what = format!("`seats` {from} → {to} ({site})");
    Repair { changes: vec![Change { rule: Rule::Seats, what, who: Vec::new() }], pay: None }
}
