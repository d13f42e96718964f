//! A scenario laid over a workspace: the same words, keyed by id; a given key replaces.

use super::tree::{Entry, Node, Table, Value};

/// Lists whose tables have a name each, and the keys that make the name.
const KEYED: [(&str, &[&str]); 7] = [
    ("queue", &["id"]),
    ("region", &["id"]),
    ("site", &["id"]),
    ("contract", &["id"]),
    ("absence_kind", &["id"]),
    ("event", &["id"]),
    ("holiday", &["date", "name"]),
];

/// Tables of fixed keys, which are merged key by key; any other value is replaced whole.
const MERGED: [&str; 9] =
    ["plan", "history", "files", "forecast", "staffing", "objective", "goal", "escalation", "nights"];

/// Lays `over` upon `base`. What comes from the overlay keeps the lines of the overlay's file.
pub(in crate::workspace) fn lay_over(base: &mut Table, over: Table) {
    for entry in over.entries {
        match base.entry_mut(&entry.key) {
            Some(known) => replace(known, entry),
            None => base.entries.push(entry),
        }
    }
}

fn replace(known: &mut Entry, entry: Entry) {
    let names = KEYED.iter().find(|(key, _)| *key == entry.key).map(|(_, names)| *names);
    let place = entry.place.clone();
    let names = names.filter(|_| !matches!(known.node.value, Value::Word(_)));
    match (&mut known.node.value, entry.node.value, names) {
        (base, Value::List(over), Some(names)) => lay_items(base, over, names),
        (base, Value::Table(over), Some(names)) => {
            lay_items(base, vec![Node { place: entry.node.place, value: Value::Table(over) }], names);
        }
        (Value::Table(base), Value::Table(over), _) if MERGED.contains(&entry.key.as_str()) => lay_over(base, over),
        (_, value, _) => {
            known.node = Node { place: entry.node.place, value };
            known.place = place;
        }
    }
}

/// The items of a keyed list; a table alone is a list of one.
fn lay_items(base: &mut Value, over: Vec<Node>, names: &[&str]) {
    if let Value::Table(table) = base {
        let place = table.place.clone();
        let alone = std::mem::replace(base, Value::List(Vec::new()));
        *base = Value::List(vec![Node { place, value: alone }]);
    }
    if let Value::List(base) = base {
        for node in over {
            lay_item(base, node, names);
        }
    }
}

/// An item of a keyed list: merged into the first of its name, or added.
fn lay_item(base: &mut Vec<Node>, node: Node, names: &[&str]) {
    let Node { place, value } = node;
    let Value::Table(over) = value else {
        base.push(Node { place, value });
        return;
    };
    let same = base.iter_mut().find_map(|known| match &mut known.value {
        Value::Table(known) if is_same(known, &over, names) => Some(known),
        _ => None,
    });
    match same {
        Some(known) => lay_over(known, over),
        None => base.push(Node { place, value: Value::Table(over) }),
    }
}

fn is_same(known: &Table, over: &Table, names: &[&str]) -> bool {
    names.iter().all(|name| known.word(name).is_some() && known.word(name) == over.word(name))
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
            table("s.toml", "[[queue]]\nid = 'b'\npriority = 9\ngoal = { share = 0.9 }\n[[queue]]\nid = 'c'\n"),
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
        lay_over(&mut base, table("s.toml", "[[site]]\nid = 'k'\nhours = { mon = '08:00-16:00' }\n"));
        let site = base.tables("site").next().expect("a site");
        let Some(Value::Table(hours)) = site.entry("hours").map(|entry| &entry.node.value) else { panic!("a table") };
        assert_eq!(hours.entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["mon"]);
    }
}
