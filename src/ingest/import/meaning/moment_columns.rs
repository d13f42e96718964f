//! Columns of when a contact was answered and when it ended, from which its handle time and its wait are told.

use super::columns::Finder;
use super::profile::Profile;
use crate::ingest::import::stated::roles::{Role, is_contact_number};
use tr::tr;

impl Finder<'_> {
    /// Whether a column that is called the time of an answer holds dates and times: each row is a contact then.
    pub(in crate::ingest::import) fn has_answers(&self) -> bool {
        let dated = |profile: &Profile| profile.mostly(profile.dated) && profile.timed > 0;
        self.of.contains_key(&Role::Answered) || self.by_name(Role::Answered, dated).is_some()
    }

    /// Whether every row has a number of its own in a column of the numbers of contacts.
    pub(in crate::ingest::import) fn has_contact_numbers(&self) -> bool {
        let is_own = |column: usize| {
            let profile = &self.profiles[column];
            let once = profile.texts.as_ref().is_none_or(|texts| texts.values().all(|times| *times == 1));
            is_contact_number(self.name(column)) && profile.filled > 1 && once
        };
        (0..self.profiles.len()).any(is_own)
    }

    /// Takes both, where their cells are times. When a contact ended says little where nothing tells how long it waited.
    pub(in crate::ingest::import) fn moments(&mut self) {
        let moment = |profile: &Profile| profile.mostly(profile.dated + profile.clocked);
        self.take(Role::Answered, self.by_name(Role::Answered, moment));
        let is_timed = [Role::HandleTime, Role::HandleTimeTotal].iter().any(|role| self.of.contains_key(role));
        if self.of.contains_key(&Role::Answered) || self.of.contains_key(&Role::Wait) && !is_timed {
            self.take(Role::Ended, self.by_name(Role::Ended, moment));
        }
    }

    /// Says what is told from moments.
    pub(in crate::ingest::import) fn tell_spans(&mut self) {
        let name = |role: Role| self.of.get(&role).map(|columns| format!("`{}`", self.name(columns[0])));
        let has = |role: Role| self.of.contains_key(&role);
        let is_timed = has(Role::HandleTime) || has(Role::HandleTimeTotal);
        let start = [Role::Time, Role::Start, Role::Date].into_iter().find_map(name);
        let (answered, ended) = (name(Role::Answered), name(Role::Ended));
        let mut told = Vec::new();
        if let (Some(answered), Some(ended), false) = (&answered, &ended, is_timed) {
            told.push(tr!("the handle time of a contact is {ended} less {answered}", ended, answered));
        }
        if let (Some(answered), Some(start), false) = (&answered, &start, has(Role::Wait)) {
            told.push(tr!("the wait of a contact is {answered} less {start}", answered, start));
        }
        if let (Some(answered), false) = (&answered, has(Role::Outcome)) {
            told.push(tr!("a contact without {answered} gave up", answered));
        }
        if let (None, Some(start), Some(ended), false) = (&answered, &start, &ended, is_timed) {
            let sentence = tr!("the handle time of a contact is {ended} less {start} and its wait", ended, start);
            self.said.assumed(sentence, tr!("columns.answered = \"…\""));
        }
        for sentence in told {
            self.said.found(sentence);
        }
    }
}
