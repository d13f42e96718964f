//! Why there is no legal roster and what would help, as people and programs read it.

use std::io::Write;
use tr::tr;

use serde_json::{Value, json};

use crate::domain::conflict::{Change, Conflict, Deadlock, Repair, Tried, WayOut};
use crate::domain::units::Money;
use crate::language::{fixed, translated};

/// Names of people told of a change at most; the others are counted.
const NAMES: usize = 12;

/// For machines: one object a conflict, and one for what resolves all of them.
pub(super) fn json_lines(deadlock: &Deadlock) -> Vec<Value> {
    deadlock.conflicts.iter().map(conflict_json).chain(deadlock.way_out.as_ref().map(way_out_json)).collect()
}

fn conflict_json(conflict: &Conflict) -> Value {
    json!({
        "level": "error",
        "who": conflict.who,
        "contract": conflict.contract.as_ref().map(ToString::to_string),
        "rules": conflict.rules.iter().map(|rule| rule.name()).collect::<Vec<_>>(),
        "set_by": conflict.rules.iter().filter_map(|rule| rule.keys()).collect::<Vec<_>>(),
        "dates": conflict.dates.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "detail": conflict.detail,
        "repairs": conflict.repairs.iter().map(repair_json).collect::<Vec<_>>(),
    })
}

fn way_out_json(way_out: &WayOut) -> Value {
    let Repair { changes, pay } = &way_out.repair;
    let leaves = match way_out.leaves {
        Tried::Roster => "roster",
        Tried::Lines => "lines",
    };
    json!({
        "level": "error",
        "way_out": changes.iter().map(change_json).collect::<Vec<_>>(),
        "pay": pay.map(Money::as_f64),
        "leaves": leaves,
    })
}

fn repair_json(repair: &Repair) -> Value {
    let changes: Vec<Value> = repair.changes.iter().map(change_json).collect();
    json!({ "changes": changes, "pay": repair.pay.map(Money::as_f64) })
}

fn change_json(change: &Change) -> Value {
    json!({ "rule": change.rule.name(), "set_by": change.rule.keys(), "what": change.what, "who": change.who })
}

/// For people: each conflict with what would help, then what resolves all of them.
pub(super) fn write(deadlock: &Deadlock, to: &mut impl Write) -> std::io::Result<()> {
    let conflicts = &deadlock.conflicts;
    alike(conflicts).iter().try_for_each(|conflicts| write_conflict(conflicts, to))?;
    if let Some(way_out) = deadlock.way_out.as_ref().filter(|_| conflicts.len() > 1) {
        write_way_out(way_out, to)?;
    }
    let told = if conflicts.iter().any(|conflict| conflict.is_proved) {
        tr!("no legal roster exists: {n} conflict; nothing was written"
            | "no legal roster exists: {n} conflicts; nothing was written" % conflicts.len())
    } else {
        tr!("no legal roster was found: {n} conflict; nothing was written"
            | "no legal roster was found: {n} conflicts; nothing was written" % conflicts.len())
    };
    writeln!(to, "{} {told}", tr!("error:"))
}

/// All of a conflict but whom it concerns and what the repairs do to their pay.
fn case(conflict: &Conflict) -> impl PartialEq {
    let Conflict { who: _, contract, rules, dates, detail, is_proved, repairs } = conflict;
    let changes = |repair: &Repair| repair.changes.iter().map(|change| change.what.clone()).collect::<Vec<_>>();
    (detail, contract, dates, rules, is_proved, repairs.iter().map(changes).collect::<Vec<_>>())
}

/// Conflicts that differ only in whom they concern.
fn alike(conflicts: &[Conflict]) -> Vec<Vec<&Conflict>> {
    let mut alike: Vec<Vec<&Conflict>> = Vec::new();
    for conflict in conflicts {
        match alike.iter_mut().find(|others| case(others[0]) == case(conflict)) {
            Some(others) => others.push(conflict),
            None => alike.push(vec![conflict]),
        }
    }
    alike
}

fn write_conflict(alike: &[&Conflict], to: &mut impl Write) -> std::io::Result<()> {
    let Some(conflict) = alike.first() else { return Ok(()) };
    let who: Vec<&str> = alike.iter().map(|conflict| conflict.who.as_str()).collect();
    let rules: Vec<String> = conflict.rules.iter().map(|rule| translated(rule.name())).collect();
    write!(to, "{}: {}", who.join(", "), rules.join(&tr!(" against ")))?;
    if let (Some(first), Some(last)) = (conflict.dates.first(), conflict.dates.last()) {
        if first == last {
            write!(to, "{}", tr!(" on {first}", first))?;
        } else {
            write!(to, "{}", tr!(" from {first} to {last}", first, last))?;
        }
    }
    writeln!(to, ": {}", conflict.detail)?;
    let keys: Vec<&str> = conflict.rules.iter().filter_map(|rule| rule.keys()).collect();
    if !keys.is_empty() {
        let contract =
            conflict.contract.as_ref().map_or_else(String::new, |contract| tr!("; contract `{contract}`", contract));
        writeln!(to, "  {} {}", tr!("hint:"), tr!("set by {}{contract}", keys.join("; "), contract))?;
    }
    for (at, repair) in conflict.repairs.iter().enumerate() {
        let pays = alike.iter().map(|conflict| conflict.repairs.get(at).and_then(|repair| repair.pay));
        let changes: Vec<String> = repair.changes.iter().map(|change| told(change, &conflict.who)).collect();
        let label = if at == 0 { tr!("repair:") } else { tr!("or:") };
        writeln!(to, "  {label} {}{}", changes.join("; "), of_pay(pays.sum()))?;
    }
    Ok(())
}

/// A change, and for whom where that is not plain.
fn told(change: &Change, concerned: &str) -> String {
    if change.who.is_empty() || change.who == [concerned] {
        return change.what.clone();
    }
    let (what, n) = (&change.what, change.who.len());
    let who = change.who.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match n.checked_sub(NAMES).filter(|more| *more > 0) {
        Some(more) => tr!("{what} for {who} and {more} others", what, who, more),
        None => tr!("{what} for {who}", what, who),
    }
}

/// What becomes of pay.
fn of_pay(pay: Option<Money>) -> String {
    let Some(pay) = pay else { return String::new() };
    let cents = (pay.as_f64() * 100.0).round() / 100.0;
    let amount = fixed(cents.abs(), 2);
    if cents < 0.0 {
        tr!("; pay may become {amount} less", amount)
    } else if cents > 0.0 {
        tr!("; pay becomes at least {amount} more", amount)
    } else {
        tr!("; costs no pay")
    }
}

fn write_way_out(way_out: &WayOut, to: &mut impl Write) -> std::io::Result<()> {
    let pay = of_pay(way_out.repair.pay);
    let told_first = match way_out.leaves {
        Tried::Roster => tr!("tried together: a legal roster exists with these changes{pay}", pay),
        Tried::Lines => tr!("tried together: everybody has a legal line with these changes, seats aside{pay}", pay),
    };
    writeln!(to, "{told_first}")?;
    way_out.repair.changes.iter().try_for_each(|change| writeln!(to, "  {}", told(change, "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rule::Rule;

    #[test]
    fn a_conflict_that_many_have_is_told_once_with_all_their_names_and_stays_apart_for_machines() {
        let of = |who: &str, detail: &str| Conflict {
            who: who.to_owned(),
            contract: None,
            rules: vec![Rule::WeeklyMinutes],
            dates: Vec::new(),
            detail: detail.to_owned(),
            is_proved: true,
            repairs: Vec::new(),
        };
        let conflicts = vec![of("ana", "too much"), of("ben", "too little"), of("cem", "too much")];
        let deadlock = Deadlock { conflicts, way_out: None };
        let mut text = Vec::new();
        write(&deadlock, &mut text).expect("written to memory");
        let text = String::from_utf8_lossy(&text);
        let told: Vec<&str> = text.lines().filter(|line| line.contains("too ")).collect();
        assert_eq!(told, ["ana, cem: weekly minutes: too much", "ben: weekly minutes: too little"]);
        assert!(text.ends_with("3 conflicts; nothing was written\n"), "{text}");
        assert_eq!(json_lines(&deadlock).len(), 3);
    }
}
