//! Columns that are handle times, or look like them.

use super::columns::Finder;
use super::names;
use super::profile::Profile;
use crate::ingest::import::stated::roles::{Role, plain};
use tr::tr;

impl Finder<'_> {
    /// Columns that look like handle times, though nothing says so.
    pub(in crate::ingest::import) fn tell_unread_times(&mut self) {
        const WORDS: [&str; 9] = ["time", "aht", "talk", "acw", "handl", "czas", "zeit", "duration", "wrap"];
        let time = |profile: &Profile| profile.mostly(profile.numeric + profile.durations);
        let looks = |column: &usize| {
            let name = self.name(*column).to_lowercase();
            WORDS.iter().any(|word| name.contains(word)) && !name.contains("wait") && !name.contains('%')
        };
        let names: Vec<String> = self
            .by_content(time)
            .iter()
            .filter(|column| looks(column))
            .map(|column| format!("`{}`", self.name(*column)))
            .collect();
        if !names.is_empty() {
            let sentence = tr!("no handle time is read, though {} may hold it", names.join(", "));
            self.said.assumed(
                sentence,
                tr!("columns.handle_time (a mean) or columns.handle_time_total (a sum; a list is added up) = \"…\""),
            );
        }
    }

    /// Where a contact's talking stands in a column of its own, what follows it in others is added.
    pub(in crate::ingest::import) fn after_talking(&mut self) {
        if self.declared.columns.contains_key(&Role::HandleTime) {
            return;
        }
        let Some(first) = self.of.get(&Role::HandleTime).map(|columns| columns[0]) else { return };
        if !plain(self.name(first)).contains("talk") {
            return;
        }
        let time = |profile: &Profile| profile.mostly(profile.numeric + profile.durations);
        let after: Vec<usize> = names::times_after_talking(self.sheet.header())
            .into_iter()
            .filter(|column| self.is_free(*column) && time(&self.profiles[*column]))
            .collect();
        if !after.is_empty() {
            let names: Vec<String> = after.iter().map(|column| format!("`{}`", self.name(*column))).collect();
            let sentence = tr!("the handle time is `{}` and {}", self.name(first), names.join(" and "));
            self.said.assumed(sentence, tr!("columns.handle_time = [\"…\"]"));
            self.of.entry(Role::HandleTime).or_default().extend(after);
        }
    }
}
