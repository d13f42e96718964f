//! Which column of a file is which of ours.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::problem::{Problem, Problems};

/// The columns a history may have, ours by name.
pub(super) const OURS: [&str; 7] = ["queue", "region", "start", "offered", "handled", "abandoned", "aht_s"];

/// The file's name of each column it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    theirs: BTreeMap<&'static str, String>,
    /// Columns of the file that mean nothing to us.
    pub(super) unknown: Vec<String>,
}

impl Columns {
    /// The file's name of one of our columns.
    pub(super) fn get(&self, ours: &'static str) -> Option<&str> {
        self.theirs.get(ours).map(String::as_str)
    }

    /// All columns found: ours and the file's name for it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        OURS.into_iter().filter_map(|ours| Some((ours, self.get(ours)?)))
    }

    fn new(theirs: BTreeMap<&'static str, String>, header: &[String]) -> Self {
        let unknown = header.iter().filter(|name| !theirs.values().any(|known| known == *name)).cloned().collect();
        Self { theirs, unknown }
    }

    /// The columns of a header under declared names. `needs_queue`: no queue is declared for the rows as a whole.
    pub(super) fn declared(
        header: &[String],
        names: &BTreeMap<String, String>,
        needs_queue: bool,
        file: &str,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let mut theirs = BTreeMap::new();
        for ours in OURS {
            let declared = names.get(ours);
            match [declared.map_or(ours, String::as_str), ours]
                .into_iter()
                .find(|name| header.iter().any(|h| h == name))
            {
                Some(name) => drop(theirs.insert(ours, name.to_owned())),
                None if declared.is_some()
                    || ours == "start"
                    || ours == "offered"
                    || (ours == "queue" && needs_queue) =>
                {
                    problems.push(absent(ours, declared, header, file));
                }
                None => {}
            }
        }
        for (ours, name) in &theirs {
            if let Some((other, _)) = theirs.iter().find(|(other, same)| *other < ours && *same == name) {
                let cause = tr!("this column is declared as both `{other}` and `{ours}`", other, ours);
                problems.push(
                    Problem::in_file(file, cause).in_column(name.as_str()).accepting(tr!("one meaning a column")),
                );
            }
        }
        problems.or(Self::new(theirs, header))
    }
}

fn absent(ours: &'static str, declared: Option<&String>, header: &[String], file: &str) -> Problem {
    let column = declared.map_or(ours, String::as_str);
    let problem = Problem::in_file(file, tr!("this column is missing"))
        .at_line(1)
        .in_column(column)
        .accepting(tr!("a header with `start` and `offered`; this file has `{}`", header.join("`, `")));
    match synonym(ours, header) {
        Some(theirs) => problem.hinting(tr!(
            "if `{theirs}` is meant: columns = {{ {ours} = \"{theirs}\" }} in [history]",
            theirs,
            ours
        )),
        None if ours == "queue" => problem.hinting(tr!("name the queue of all rows: queue = \"…\" in [history]")),
        None => problem,
    }
}

/// The header's column that goes by one of the names in use for ours, the likeliest name first.
fn synonym<'h>(ours: &str, header: &'h [String]) -> Option<&'h str> {
    let in_use: &[&str] = match ours {
        "queue" => {
            &["queue", "queuename", "queueid", "skill", "skillname", "split", "vdn", "servicename", "department"]
        }
        "region" => &["region", "regionid", "country", "market", "location"],
        "start" => &[
            "start",
            "datetimelocal",
            "datetime",
            "timestamp",
            "intervalstart",
            "intervalstartutcdate",
            "intervalstartutc",
            "starttime",
            "startdate",
            "interval",
            "datetimeutc",
            "periodstart",
            "period",
            "time",
            "ds",
            "date",
        ],
        "offered" => &[
            "offered",
            "calls",
            "contacts",
            "volume",
            "incomingcontactvolume",
            "contactsoffered",
            "callsoffered",
            "offeredcalls",
            "offeredcontacts",
            "received",
            "callsreceived",
            "arrivals",
            "count",
            "callvolume",
            "incoming",
            "incomingcalls",
            "contactvolume",
            "offd",
            "interactions",
            "tickets",
            "y",
        ],
        "handled" => {
            &["handled", "contactshandled", "callshandled", "interactionshandled", "answered", "callsanswered"]
        }
        "abandoned" => &["abandoned", "callsabandoned", "contactsabandoned", "abandons", "abn"],
        "aht_s" => &[
            "ahts",
            "aht",
            "averagehandletime",
            "averagehandletimes",
            "averagehandletimeseconds",
            "avghandletime",
            "handletimes",
            "handletime",
            "ahtseconds",
            "avghandletimes",
        ],
        _ => &[],
    };
    in_use.iter().find_map(|name| header.iter().map(String::as_str).find(|theirs| plain(theirs) == *name))
}

/// Lower case without blanks, underscores or brackets: `Interval Start UTC Date` → `intervalstartutcdate`.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn columns_stand_in_any_order_under_declared_names() {
        let names = BTreeMap::from([("start".to_owned(), "when".to_owned())]);
        let columns = Columns::declared(&header("offered,note,when"), &names, false, "h.csv").expect("complete");
        assert_eq!(columns.iter().collect::<Vec<_>>(), [("start", "when"), ("offered", "offered")]);
        assert_eq!(columns.unknown, ["note"]);
    }

    #[test]
    fn a_missing_column_is_reported_with_the_one_that_may_be_meant() {
        let problems =
            Columns::declared(&header("TimeStamp,calls"), &BTreeMap::new(), true, "h.csv").expect_err("three");
        let hints: Vec<_> = problems.iter().filter_map(|problem| problem.hint.clone()).collect();
        assert_eq!(problems.len(), 3);
        assert!(hints.iter().any(|hint| hint.contains("start = \"TimeStamp\"")), "{hints:?}");
        assert!(hints.iter().any(|hint| hint.contains("offered = \"calls\"")), "{hints:?}");
    }
}
