//! Whether the rows of a table are intervals, contacts, or intervals with a column each queue.

use super::columns::Finder;
use super::profile::Profile;
use crate::domain::problem::{Problem, Problems};
use crate::ingest::import::stated::layouts::Layout;
use crate::ingest::import::stated::roles::{Role, is_calendar, is_contact_number};
use crate::ingest::import::stated::systems::System;
use tr::tr;

impl Finder<'_> {
    /// Whether rows are contacts, intervals or intervals of many queues.
    pub(in crate::ingest::import) fn layout(&mut self, system: Option<&'static System>) -> Result<Layout, Problems> {
        let number = |profile: &Profile| profile.mostly(profile.numeric);
        let offered =
            self.of.get(&Role::Offered).map(|columns| columns[0]).or_else(|| self.by_name(Role::Offered, number));
        let declared = self.declared.layout.or(system.map(|system| system.layout));
        let to_the_second =
            [Role::Start, Role::Time].iter().filter_map(|role| self.of.get(role)).flatten().any(|column| {
                let profile = &self.profiles[*column];
                profile.seconds * 10 >= profile.filled
            });
        let layout = match (declared, offered) {
            (Some(declared), _) => declared,
            (None, Some(column)) if to_the_second && self.profiles[column].different() != Some(1) => {
                let name = self.name(column);
                let cause = tr!(
                    "times are to the second, as of single contacts, and `{name}` has counts, as of intervals",
                    name
                );
                let hint = tr!("layout = \"contacts\" counts the rows, layout = \"intervals\" adds up the column");
                return Err(Problem::in_file(&self.sheet.shown, cause).hinting(hint).into());
            }
            (None, _) if to_the_second => Layout::Contacts,
            (None, Some(_)) => Layout::Intervals,
            (None, None) if self.has_answers() || self.has_contact_numbers() => Layout::Contacts,
            (None, None) => self.layout_without_offered()?,
        };
        if layout == Layout::Intervals {
            self.take(Role::Offered, offered);
            if !self.of.contains_key(&Role::Offered) {
                return Err(self.no_offered());
            }
        }
        Ok(layout)
    }

    /// Numbers without a name that says what they count: a column each queue, or one column of counts.
    fn layout_without_offered(&mut self) -> Result<Layout, Problems> {
        let mut numbers = self.by_content(|profile| profile.mostly(profile.numeric));
        numbers.retain(|column| !is_calendar(self.name(*column)) && !is_contact_number(self.name(*column)));
        let has_queue = self.by_name(Role::Queue, |profile| !profile.mostly(profile.numeric)).is_some();
        match numbers[..] {
            [column] => {
                let name = self.name(column).to_owned();
                self.said.assumed(tr!("`{name}` counts contacts", name), tr!("columns.offered = \"…\""));
                self.take(Role::Offered, Some(column));
                Ok(Layout::Intervals)
            }
            [_, _, ..] if !has_queue && !numbers.iter().any(|column| is_measure(self.name(*column))) => {
                Ok(Layout::ColumnPerQueue)
            }
            _ => Err(self.no_offered()),
        }
    }

    pub(in crate::ingest::import) fn no_offered(&self) -> Problems {
        let numbers: Vec<&str> = self
            .by_content(|profile| profile.mostly(profile.numeric))
            .into_iter()
            .map(|column| self.name(column))
            .collect();
        let cause = tr!("no column is known to count the contacts that came");
        let problem = Problem::in_file(&self.sheet.shown, cause);
        let problem = self.sheet.header_line().map_or_else(|| problem.clone(), |line| problem.clone().at_line(line));
        let hint = tr!("name it with columns.offered = \"…\"; layout = \"contacts\" where each row is a contact");
        problem.accepting(tr!("one of the columns of numbers: `{}`", numbers.join("`, `"))).hinting(hint).into()
    }
}

/// Whether a column's name is that of a measure other than contacts that came, rather than a queue's.
fn is_measure(name: &str) -> bool {
    const MEASURES: [&str; 16] = [
        "aht",
        "asa",
        "sla",
        "abn",
        "aban",
        "time",
        "czas",
        "zeit",
        "sec",
        "avg",
        "average",
        "percent",
        "level",
        "occupancy",
        "handled",
        "calls",
    ];
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    name.contains('%') || words.iter().any(|word| MEASURES.contains(word))
}
