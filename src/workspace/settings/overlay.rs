//! A scenario laid over a workspace: the same words, keyed by id; a given key replaces.

use super::tree::{Entry, Node, Table, Value};
use crate::domain::problem::Problem;
use crate::workspace::place::Report;
use crate::workspace::words::{Refusal, known};
use tr::tr;

/// A list whose tables have a name each.
#[derive(Clone, Copy, Debug)]
struct Keyed {
    /// The key of the list, which is what its tables are called.
    key: &'static str,
    /// The keys that make a name.
    names: &'static [&'static str],
    /// Keys without which a table cannot be meant as a new one.
    of_new: &'static [&'static str],
}

/// All such lists.
const KEYED: [Keyed; 9] = [
    Keyed { key: "queue", names: &["id"], of_new: &["channel", "region"] },
    Keyed { key: "region", names: &["id"], of_new: &["timezone", "hours"] },
    Keyed { key: "site", names: &["id"], of_new: &["timezone"] },
    Keyed { key: "contract", names: &["id"], of_new: &["shift_lengths_minutes", "starts"] },
    Keyed { key: "cover", names: &["id"], of_new: &["skills", "hours"] },
    Keyed { key: "activity", names: &["id"], of_new: &["minutes"] },
    Keyed { key: "absence_kind", names: &["id"], of_new: &[] },
    Keyed { key: "event", names: &["id"], of_new: &["kind", "reach", "schedule", "queues"] },
    Keyed { key: "holiday", names: &["date", "name"], of_new: &[] },
];

/// Keys that follow from another key of the same table.
const FOLLOWING: [(&str, &str); 2] = [("shift_lengths_minutes", "fixed_shifts"), ("starts", "fixed_shifts")];

/// Tables of fixed keys, which are merged key by key; any other value is replaced whole.
const MERGED: [&str; 20] = [
    "plan",
    "history",
    "files",
    "forecast",
    "staffing",
    "objective",
    "goal",
    "escalation",
    "redial",
    "virtual_hold",
    "routing",
    "nights",
    "rotation",
    "split",
    "settlement",
    "group",
    "replan",
    "fairness",
    "points",
    "learning",
];

/// Lays `over` upon `base`. What comes from the overlay keeps the lines of the overlay's file. A table of an unknown name
/// that lacks what a new one needs is reported and left out: it is meant to change a known one.
pub(crate) fn lay_over(base: &mut Table, over: Table, report: &Report) {
    for entry in over.entries {
        match base.entry_mut(&entry.key) {
            Some(known) => replace(known, entry, report),
            None => base.entries.push(entry),
        }
    }
}

fn replace(known: &mut Entry, entry: Entry, report: &Report) {
    let list = KEYED.iter().find(|list| list.key == entry.key);
    let list = list.filter(|_| !matches!(known.node.value, Value::Word(_)));
    let place = entry.place.clone();
    match (&mut known.node.value, entry.node.value, list) {
        (base, Value::List(over), Some(list)) => lay_items(base, over, list, report),
        (base, Value::Table(over), Some(list)) => {
            lay_items(base, vec![Node { place: entry.node.place, value: Value::Table(over) }], list, report);
        }
        (Value::Table(base), Value::Table(over), _) if MERGED.contains(&entry.key.as_str()) => {
            lay_over(base, over, report);
        }
        (_, value, _) => {
            known.node = Node { place: entry.node.place, value };
            known.place = place;
        }
    }
}

/// The items of a keyed list; a table alone is a list of one.
fn lay_items(base: &mut Value, over: Vec<Node>, list: &Keyed, report: &Report) {
    if let Value::Table(table) = base {
        let place = table.place.clone();
        let alone = std::mem::replace(base, Value::List(Vec::new()));
        *base = Value::List(vec![Node { place, value: alone }]);
    }
    if let Value::List(base) = base {
        for node in over {
            lay_item(base, node, list, report);
        }
    }
}

/// An item of a keyed list: merged into the first of its name, or added.
fn lay_item(base: &mut Vec<Node>, node: Node, list: &Keyed, report: &Report) {
    let Node { place, value } = node;
    let Value::Table(over) = value else {
        base.push(Node { place, value });
        return;
    };
    let same = base.iter_mut().find_map(|known| match &mut known.value {
        Value::Table(known) if is_same(known, &over, list.names) => Some(known),
        _ => None,
    });
    let follows = |key: &str| FOLLOWING.iter().any(|(of, from)| *of == key && over.entry(from).is_some());
    let lacks = |key: &&str| over.entry(key).is_none() && !follows(key);
    let lacking: Vec<&str> = list.of_new.iter().copied().filter(lacks).collect();
    match (same, over.word("id")) {
        (Some(known), _) => lay_over(known, over, report),
        (None, Some(name)) if !lacking.is_empty() => report.problem(unknown(base, &over, name, list, &lacking)),
        (None, _) => base.push(Node { place, value: Value::Table(over) }),
    }
}

fn is_same(known: &Table, over: &Table, names: &[&str]) -> bool {
    names.iter().all(|name| known.word(name).is_some() && known.word(name) == over.word(name))
}

/// A name that no table of the list has, in a table that cannot be a new one.
fn unknown(base: &[Node], over: &Table, name: &str, list: &Keyed, lacking: &[&str]) -> Problem {
    let names = base.iter().filter_map(|node| match &node.value {
        Value::Table(table) => table.word("id").map(str::to_owned),
        Value::Word(_) | Value::List(_) => None,
    });
    let names: Vec<String> = names.collect();
    let kind = list.key;
    let mut refusal = known(kind, &names)(name).err().unwrap_or_else(|| Refusal::new(tr!("unknown {kind}", kind)));
    let guess = refusal.hint.take().map_or_else(String::new, |guess| format!("{guess} "));
    refusal.hint = Some(tr!("{guess}a new {kind} needs {} too", lacking.join(", "), guess, kind));
    let place = over.entry("id").map_or(&over.place, |entry| &entry.place);
    place.refused(&format!("{kind}.id"), name, refusal)
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;
    use crate::workspace::place::{Place, Report};

    fn table(file: &str, text: &str) -> Table {
        parse(&Place::file(file), text, &Report::default()).expect("TOML")
    }

    #[test]
    fn a_given_key_replaces_and_keeps_the_overlays_line() {
        let mut base = table(
            "w.toml",
            "[[queue]]\nid = 'a'\npriority = 1\n[[queue]]\nid = 'b'\ngoal = { share = 0.8, within_s = 20 }\n",
        );
        lay_over(
            &mut base,
            table(
                "s.toml",
                "[[queue]]\nid = 'b'\npriority = 9\ngoal = { share = 0.9 }\n[[queue]]\nid = 'c'\nchannel = 'voice'\nregion = []\n",
            ),
            &Report::default(),
        );
        let queues: Vec<&Table> = base.tables("queue").collect();
        assert_eq!(queues.iter().map(|queue| queue.word("id")).collect::<Vec<_>>(), [Some("a"), Some("b"), Some("c")]);
        assert_eq!(queues[1].entry("priority").map(|entry| &entry.place), Some(&Place::file("s.toml").line(3)));
        let Some(Value::Table(goal)) = queues[1].entry("goal").map(|entry| &entry.node.value) else {
            panic!("a table")
        };
        assert_eq!((goal.word("share"), goal.word("within_s")), (Some("0.9"), Some("20")));
    }

    #[test]
    fn opening_hours_are_replaced_whole() {
        let mut base = table("w.toml", "[[site]]\nid = 'k'\nhours = { daily = '00:00-24:00' }\n");
        lay_over(
            &mut base,
            table("s.toml", "[[site]]\nid = 'k'\nhours = { mon = '08:00-16:00' }\n"),
            &Report::default(),
        );
        let site = base.tables("site").next().expect("a site");
        let Some(Value::Table(hours)) = site.entry("hours").map(|entry| &entry.node.value) else { panic!("a table") };
        assert_eq!(hours.entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["mon"]);
    }
}
