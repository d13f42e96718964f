//! How contacts find agents, and agents contacts.

use super::agents::ListKind;
use super::calendar::Event;
use super::centre::Kind;
use super::contact::Contact;
use super::replication::{DONE, Replication};

impl Replication<'_> {
    /// A contact arrives: it finds an agent, or waits.
    pub(super) fn arrive(&mut self, contact: Contact, now: f64) {
        let queue = contact.queue as usize;
        let model = &self.centre.queues[queue];
        self.tally.offer(&contact);
        if model.kind == Kind::Deferred {
            self.place_deferred(contact, now);
            return;
        }
        if let Some(agent) = self.agent_for(queue, false) {
            self.answer(agent, contact, now);
            return;
        }
        let number = self.lines[queue].join(contact);
        if model.redial.is_some() && contact.gives_up.is_finite() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.calendar.add(contact.gives_up, Event::GivesUp { queue: contact.queue, number });
        }
        if model.overflow_after > 0.0 && contact.gives_up - now > model.overflow_after {
            self.calendar.add(now + model.overflow_after, Event::Overflow { queue: contact.queue });
        }
    }

    /// Work that can wait goes to somebody free, or to where its arrival puts it in the line.
    pub(super) fn place_deferred(&mut self, contact: Contact, now: f64) {
        let queue = contact.queue as usize;
        let mut tiers = self.centre.queues[queue].tiers.iter();
        match tiers.find_map(|tier| self.agents.longest(&tier.groups, ListKind::Free)) {
            Some(agent) => self.do_deferred(agent, contact, now),
            None => self.lines[queue].put_back(contact),
        }
    }

    /// A contact has waited long enough to go to agents of later rank, if it still waits.
    pub(super) fn overflow(&mut self, queue: usize, now: f64) {
        self.drop_those_gone(queue, now);
        let waits = |waiting: &Contact| now - waiting.arrived >= self.centre.queues[queue].overflow_after - DONE;
        if self.lines[queue].first().is_some_and(waits)
            && let Some(agent) = self.agent_for(queue, true)
            && let Some(contact) = self.lines[queue].take()
        {
            self.answer(agent, contact, now);
        }
    }

    /// An agent who can take a live contact now: free, or at deferred work that yields; for a chat also one with room for another.
    fn agent_for(&self, queue: usize, overflows: bool) -> Option<usize> {
        let model = &self.centre.queues[queue];
        let in_tier = |groups: &[u64]| {
            let of = |kind: ListKind| self.agents.longest(groups, kind);
            let at_deferred = || if self.centre.yields { of(ListKind::OnDeferred) } else { None };
            let chatting = || (1..model.most_in_hand).find_map(|chats| of(ListKind::Chatting(chats)));
            of(ListKind::Free).or_else(at_deferred).or_else(chatting)
        };
        let mut tiers = model.tiers.iter().filter(|tier| overflows || !tier.is_overflow);
        tiers.find_map(|tier| in_tier(&tier.groups))
    }

    /// The waiting contact that an agent takes next: of the first tier of queues in which somebody waits.
    pub(super) fn waiting_contact(&mut self, tiers: &[Vec<(usize, bool)>], now: f64) -> Option<Contact> {
        let queue = tiers.iter().find_map(|tier| self.longest_waiting(tier, now))?;
        self.lines[queue].take()
    }

    /// The oldest deferred work that an agent of a group can do.
    pub(super) fn oldest_deferred(&mut self, group: usize) -> Option<Contact> {
        let queues = self.centre.groups[group].deferred.iter();
        let waiting = queues.filter_map(|&queue| Some((self.lines[queue].first()?.arrived, queue)));
        let (_, queue) = waiting.min_by(|a, b| a.0.total_cmp(&b.0))?;
        self.lines[queue].take()
    }

    /// Of some queues, the one in which somebody has waited longest; who gave up leaves the line.
    fn longest_waiting(&mut self, queues: &[(usize, bool)], now: f64) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for &(queue, only_overflow) in queues {
            self.drop_those_gone(queue, now);
            let Some(first) = self.lines[queue].first() else { continue };
            if only_overflow && now - first.arrived < self.centre.queues[queue].overflow_after - DONE {
                continue;
            }
            if best.is_none_or(|(earliest, _)| first.arrived < earliest) {
                best = Some((first.arrived, queue));
            }
        }
        best.map(|(_, queue)| queue)
    }

    fn drop_those_gone(&mut self, queue: usize, now: f64) {
        let line = &mut self.lines[queue];
        while line.first().is_some_and(|first| first.gives_up <= now) {
            if let Some(gone) = line.take() {
                self.tally.abandon(self.centre, &gone);
            }
        }
    }
}
