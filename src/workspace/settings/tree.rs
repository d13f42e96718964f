//! A settings file as a tree in which every key and value knows its line, so that overlays and problems can point at it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tr::tr;

use crate::domain::problem::Problem;
use crate::workspace::place::{Place, Report};
use crate::workspace::words::point_instead;

/// A value where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Its line.
    pub(crate) place: Place,
    /// What is there.
    pub(crate) value: Value,
}

/// A word (text, number, flag or date, as written), a list or a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A single value in the user's own spelling.
    Word(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Keys with their values, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// Where the table begins.
    pub(crate) place: Place,
    /// Its entries.
    pub(crate) entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Where the key stands.
    pub(crate) place: Place,
    /// The value.
    pub(crate) node: Node,
}

impl Entry {
    /// The items of a list; a single value is a list of one.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.node.value {
            Value::List(list) => list,
            Value::Word(_) | Value::Table(_) => std::slice::from_ref(&self.node),
        }
    }
}

impl Table {
    /// The entry of a key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry of a key, to be changed.
    pub(crate) fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    /// The word under a key, if it is one.
    pub(crate) fn word(&self, key: &str) -> Option<&str> {
        match &self.entry(key)?.node.value {
            Value::Word(word) => Some(word),
            Value::List(_) | Value::Table(_) => None,
        }
    }

    /// The tables of a list under a key, or a single one; what is not a table is left out.
    pub(crate) fn tables(&self, key: &str) -> impl Iterator<Item = &Self> {
        let list = self.entry(key).map_or(&[][..], Entry::items);
        list.iter().filter_map(|node| match &node.value {
            Value::Table(table) => Some(table),
            _ => None,
        })
    }
}

/// Reads the text of a settings file. Nothing if it is not TOML; the first that is wrong with it is reported, since the rest mostly
/// follows from that: a list left open turns every line after it into a problem.
pub(crate) fn parse(file: &Place, text: &str, report: &Report) -> Option<Table> {
    /// Problems told.
    const TOLD: usize = 3;
    let lines = Lines::of(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(TOLD) {
        let place = error.span().map_or_else(|| file.clone(), |span| lines.at(span.start));
        let line = error.span().map_or("", |span| lines.text_at(span.start));
        report.problem(not_toml(&place, line, error));
    }
    errors.is_empty().then(|| {
        let place = lines.at(0);
        lines.table(place, table.into_inner())
    })
}

fn not_toml(place: &Place, line: &str, error: &toml::de::Error) -> Problem {
    let message: Vec<&str> = error.message().lines().collect();
    let hint = with_comma(line).and_then(point_instead);
    place
        .problem(tr!("not TOML: {}", message.join(", ")))
        .hinting(hint.unwrap_or_else(|| tr!("the rest of the file is checked once this is mended")))
}

/// The value of a line `key = 3,5`, whose comma ends a number for TOML.
fn with_comma(line: &str) -> Option<&str> {
    let (_, value) = line.split_once('=')?;
    let (value, _) = value.split_once('#').unwrap_or((value, ""));
    let (whole, part) = value.trim().split_once(',')?;
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(whole) && is_number(part)).then(|| value.trim())
}

/// A text and the offsets at which its lines begin.
struct Lines<'a> {
    file: &'a Place,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(file: &'a Place, text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1);
        Self { file, text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn text_at(&self, offset: usize) -> &'a str {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        self.text[self.starts[line]..].lines().next().unwrap_or_default()
    }

    fn at(&self, offset: usize) -> Place {
        self.file.line(self.starts.partition_point(|start| *start <= offset) as u64)
    }

    fn table(&self, place: Place, table: DeTable<'_>) -> Table {
        let mut entries: Vec<(usize, Entry)> = Vec::new();
        for (key, value) in table {
            let offset = key.span().start;
            let entry = Entry { place: self.at(offset), key: key.into_inner().into_owned(), node: self.node(value) };
            entries.push((offset, entry));
        }
        entries.sort_by_key(|(offset, _)| *offset);
        Table { place, entries: entries.into_iter().map(|(_, entry)| entry).collect() }
    }

    fn node(&self, value: Spanned<DeValue<'_>>) -> Node {
        let place = self.at(value.span().start);
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Word(text.into_owned()),
            DeValue::Integer(number) if number.radix() == 10 => Value::Word(number.as_str().to_owned()),
            DeValue::Integer(number) => Value::Word(number.to_string()),
            DeValue::Float(number) => Value::Word(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Value::Word(flag.to_string()),
            DeValue::Datetime(time) => Value::Word(time.to_string()),
            DeValue::Array(list) => Value::List(list.into_iter().map(|value| self.node(value)).collect()),
            DeValue::Table(table) => Value::Table(self.table(place.clone(), table)),
        };
        Node { place, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_knows_its_line() {
        let report = Report::default();
        let text = "[plan]\nweeks = 1_0\n\n[[queue]]\nid = \"a\"\ngoal = { share = 0.8,\n within_s = 20 }\n[[queue]]\nid = \"b\"\n";
        let file = Place::file("w.toml");
        let tree = parse(&file, text, &report).expect("TOML");
        let queues: Vec<&Table> = tree.tables("queue").collect();
        assert_eq!(queues.iter().map(|table| table.place.clone()).collect::<Vec<_>>(), [file.line(4), file.line(8)]);
        assert_eq!(queues[0].entry("goal").map(|entry| &entry.place), Some(&file.line(6)));
        let Some(Value::Table(goal)) = queues[0].entry("goal").map(|entry| &entry.node.value) else {
            panic!("a table")
        };
        assert_eq!(goal.entry("within_s").map(|entry| &entry.place), Some(&file.line(7)));
        let Some(Value::Table(plan)) = tree.entry("plan").map(|entry| &entry.node.value) else { panic!("a table") };
        assert_eq!(plan.word("weeks"), Some("10"));
    }

    #[test]
    fn every_slip_of_syntax_is_reported() {
        let report = Report::default();
        assert!(parse(&Place::file("w.toml"), "a = 1\na = 2\nb = \nc = 3\n", &report).is_none());
        let lines: Vec<_> = report.into_parts().0.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [Some(2), Some(3)]);
    }

    #[test]
    fn a_comma_in_a_number_is_answered_with_the_point() {
        let hints = |text: &str| -> Vec<Option<String>> {
            let report = Report::default();
            assert!(parse(&Place::file("w.toml"), text, &report).is_none(), "{text}");
            report.into_parts().0.iter().map(|problem| problem.hint.clone()).collect()
        };
        let point = Some("the decimal sign is a point: `3.5`".to_owned());
        assert_eq!(hints("a = 1\nb = 3,5 # dear\nc = 2\n")[0], point);
        assert!(!hints("a = [3,5\nb = 1\n").contains(&point));
    }
}
