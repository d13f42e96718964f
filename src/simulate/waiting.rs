//! Who waits: a line per queue, in the order of arrival.

use std::collections::VecDeque;

use super::contact::Contact;

/// The contacts that wait in one queue.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    contacts: VecDeque<Contact>,
    /// Number of the first of them, counted over all that ever waited here.
    first: u64,
}

impl Line {
    /// Nobody waits.
    pub(super) fn clear(&mut self) {
        self.contacts.clear();
        self.first = 0;
    }

    /// A contact joins at the end; its number.
    pub(super) fn join(&mut self, contact: Contact) -> u64 {
        self.contacts.push_back(contact);
        self.first + self.contacts.len() as u64 - 1
    }

    /// Work that can wait stands where its arrival puts it.
    pub(super) fn put_back(&mut self, contact: Contact) {
        if self.contacts.back().is_none_or(|last| last.arrived <= contact.arrived) {
            self.contacts.push_back(contact);
            return;
        }
        let at = self.contacts.partition_point(|other| other.arrived < contact.arrived);
        self.contacts.insert(at, contact);
    }

    /// Whether the contact of a number still waits.
    pub(super) fn holds(&self, number: u64) -> bool {
        number >= self.first
    }

    /// Who has waited longest.
    pub(super) fn first(&self) -> Option<&Contact> {
        self.contacts.front()
    }

    /// Who has waited longest waits no longer.
    pub(super) fn take(&mut self) -> Option<Contact> {
        let contact = self.contacts.pop_front()?;
        self.first += 1;
        Some(contact)
    }

    /// Those who have waited longest, one after the other.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Contact> + '_ {
        self.first += self.contacts.len() as u64;
        self.contacts.drain(..)
    }
}
