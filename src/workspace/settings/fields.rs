//! Reading a table of settings key by key: what is asked for is known, what is left over is reported.

use std::cell::RefCell;
use tr::tr;

use super::tree::{Entry, Node, Table, Value};
use crate::domain::problem::Problem;
use crate::workspace::place::{Place, Report};
use crate::workspace::suggestions::did_you_mean;
use crate::workspace::words::{Read, Refusal};

/// A table being read. [`Fields::finish`] reports the keys nobody asked for.
pub(crate) struct Fields<'a> {
    table: &'a Table,
    path: String,
    asked: RefCell<Vec<&'static str>>,
    report: &'a Report,
}

impl<'a> Fields<'a> {
    /// The keys of a table whose path from the root is `path`, empty at the root.
    pub(crate) fn of(table: &'a Table, path: String, report: &'a Report) -> Self {
        Self { table, path, asked: RefCell::default(), report }
    }

    /// Where the table begins.
    pub(crate) fn place(&self) -> &'a Place {
        &self.table.place
    }

    /// The report problems go to.
    pub(crate) fn report(&self) -> &'a Report {
        self.report
    }

    /// The key with the names of the tables it lies in.
    pub(crate) fn path_to(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn entry(&self, key: &'static str) -> Option<&'a Entry> {
        self.asked.borrow_mut().push(key);
        self.table.entry(key)
    }

    /// Whether a key is given.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.entry(key).is_some()
    }

    /// A value, if its key is given and it can be read.
    pub(crate) fn optional<T>(&self, key: &'static str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        self.word(key, &self.entry(key)?.node, read)
    }

    /// A value, or a default where its key is absent.
    pub(crate) fn or<T>(&self, key: &'static str, default: T, read: impl Fn(&str) -> Read<T>) -> T {
        self.optional(key, read).unwrap_or(default)
    }

    /// A value whose key must be given; where it is not, what would be accepted is what nothing is refused for.
    pub(crate) fn required<T>(&self, key: &'static str, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        if !self.has(key) {
            let accepted = read("").err().and_then(|refusal| refusal.accepted);
            self.report.problem(Problem { accepted, ..self.missing(key) });
        }
        self.optional(key, read)
    }

    /// The words of a list, each with its line; a single word is a list of one.
    pub(crate) fn words<T>(&self, key: &'static str, read: impl Fn(&str) -> Read<T>) -> Vec<(Place, T)> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        entry.items().iter().filter_map(|node| Some((node.place.clone(), self.word(key, node, &read)?))).collect()
    }

    /// A table under a key.
    pub(crate) fn section(&self, key: &'static str) -> Option<Fields<'a>> {
        let node = &self.entry(key)?.node;
        self.inner(key, node)
    }

    /// The tables of a list under a key.
    pub(crate) fn sections(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        entry.items().iter().filter_map(|node| self.inner(key, node)).collect()
    }

    /// The entries of a table whose keys are the user's own.
    pub(crate) fn own_keys<T>(&self, key: &'static str, read: impl Fn(&str) -> Read<T>) -> Vec<(&'a Entry, Vec<T>)> {
        let Some(Fields { table, .. }) = self.section(key) else { return Vec::new() };
        let values = |entry: &'a Entry| {
            let path = format!("{key}.{}", entry.key);
            entry.items().iter().filter_map(|node| self.word(&path, node, &read)).collect()
        };
        table.entries.iter().map(|entry| (entry, values(entry))).collect()
    }

    /// Says so where a list that must hold something is missing or empty; `item` is what it holds.
    pub(crate) fn needs_some(&self, key: &'static str, item: &str) {
        if self.has(key) {
            self.refuse_empty(key, item, None);
        } else {
            self.report.problem(self.missing(key).accepting(tr!("at least one {item}", item)));
        }
    }

    /// Says so where a list is given and empty.
    pub(crate) fn refuse_empty(&self, key: &'static str, item: &str, hint: Option<&str>) {
        if self.entry(key).is_some_and(|entry| entry.items().is_empty()) {
            let refusal = Refusal::new("empty").accepting(tr!("at least one {item}", item));
            self.refuse(key, refusal.hinting(hint.map(str::to_owned)));
        }
    }

    /// Says that a key is missing, and what would be accepted.
    pub(crate) fn lacks(&self, key: &str, accepted: &str) {
        self.report.problem(self.missing(key).accepting(accepted));
    }

    fn missing(&self, key: &str) -> Problem {
        self.place().problem("missing").in_column(self.path_to(key))
    }

    /// Says why the value of a key cannot be used.
    pub(crate) fn refuse(&self, key: &str, refusal: Refusal) {
        let entry = self.table.entry(key);
        let place = entry.map_or(self.place(), |entry| &entry.place);
        let value = self.table.word(key).unwrap_or_default();
        self.report.problem(place.refused(&self.path_to(key), value, refusal));
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for entry in self.table.entries.iter().filter(|entry| !asked.contains(&entry.key.as_str())) {
            let mut known = asked.clone();
            known.sort_unstable();
            known.dedup();
            let mut problem = entry.place.problem(tr!("unknown key")).in_column(self.path_to(&entry.key));
            problem.hint = did_you_mean(&entry.key, known.iter().copied());
            self.report.problem(problem.accepting(known.join(", ")));
        }
    }

    fn inner(&self, key: &str, node: &'a Node) -> Option<Fields<'a>> {
        if let Value::Table(table) = &node.value {
            return Some(Self::of(table, self.path_to(key), self.report));
        }
        self.mistyped(key, node, &tr!("a table `{ … }`"));
        None
    }

    fn word<T>(&self, key: &str, node: &Node, read: impl Fn(&str) -> Read<T>) -> Option<T> {
        let Value::Word(word) = &node.value else {
            self.mistyped(key, node, &tr!("a single value"));
            return None;
        };
        self.report.keep(read(word).map_err(|refusal| node.place.refused(&self.path_to(key), word, refusal)))
    }

    fn mistyped(&self, key: &str, node: &Node, accepted: &str) {
        let found = match &node.value {
            Value::Word(word) => tr!("`{word}` is a single value", word),
            Value::List(_) => tr!("a list"),
            Value::Table(_) => tr!("a table"),
        };
        self.report.problem(node.place.problem(found).in_column(self.path_to(key)).accepting(accepted));
    }
}
