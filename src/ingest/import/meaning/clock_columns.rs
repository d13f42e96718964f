//! The time of day in two columns, of hours and of minutes.

use super::columns::Finder;
use crate::ingest::import::stated::roles::{Role, plain};
use tr::tr;

impl Finder<'_> {
    /// Minutes in a column of their own beside one of whole hours belong to the time.
    pub(in crate::ingest::import) fn minutes_beside_hours(&mut self) {
        const NAMES: [&str; 6] = ["minute", "minutes", "min", "minuta", "minuty", "minuten"];
        let whole = |text: &String, most: u32| text.parse::<u32>().is_ok_and(|number| number <= most);
        let all = |column: usize, most: u32| {
            let texts = self.profiles[column].texts.as_ref();
            texts.is_some_and(|texts| texts.len() > 1 && texts.keys().all(|text| whole(text, most)))
        };
        let Some(hour) = self.of.get(&Role::Time).map(|columns| columns[0]).filter(|hour| all(*hour, 24)) else {
            return;
        };
        let is_minute = |column: &usize| NAMES.contains(&plain(self.name(*column)).as_str()) && all(*column, 59);
        let Some(minute) = (0..self.profiles.len()).filter(|column| self.is_free(*column)).find(is_minute) else {
            return;
        };
        let (hours, minutes) = (self.name(hour).to_owned(), self.name(minute).to_owned());
        self.said.assumed(
            tr!("`{hours}` and `{minutes}` are the time of day", hours, minutes),
            tr!("columns.time = \"{hours}\"", hours),
        );
        self.of.entry(Role::Time).or_default().push(minute);
    }
}
