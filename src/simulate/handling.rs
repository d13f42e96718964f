//! What agents do with contacts: take them up, hold chats beside each other, put work down, and hand contacts on.

use super::agents::{InHand, ListKind};
use super::calendar::Event;
use super::centre::{Centre, Kind};
use super::contact::Contact;
use super::replication::{DONE, Replication};

impl Replication<'_> {
    /// An agent's stretch of work begins: with what is in hand still, or with looking for work.
    pub(super) fn come(&mut self, agent: usize, now: f64) {
        let centre = self.centre;
        if !self.agents.come(agent, now) {
            return;
        }
        match self.agents.states[agent].in_hand {
            InHand::Nothing => self.look_for_work(agent, now),
            InHand::One(contact) if centre.queues[contact.queue as usize].kind == Kind::Deferred && centre.yields => {
                self.agents.join(centre, agent, ListKind::OnDeferred, now);
            }
            InHand::One(_) => {}
            InHand::Chats => {
                self.agents.settle(centre, agent, now);
                let queue = self.agents.states[agent].chats[0].queue;
                self.go_on_chatting(agent, queue as usize, now);
            }
        }
    }

    /// An agent at work with nothing in hand takes a waiting contact, then deferred work, or is free.
    fn look_for_work(&mut self, agent: usize, now: f64) {
        let centre = self.centre;
        let group = centre.agents[agent];
        if let Some(contact) = self.waiting_contact(&centre.groups[group].tiers, now) {
            self.answer(agent, contact, now);
        } else if let Some(contact) = self.oldest_deferred(group) {
            self.do_deferred(agent, contact, now);
        } else {
            self.agents.join(centre, agent, ListKind::Free, now);
        }
    }

    /// An agent takes a live contact.
    pub(super) fn answer(&mut self, agent: usize, contact: Contact, now: f64) {
        let centre = self.centre;
        if let InHand::One(work) = self.agents.states[agent].in_hand {
            let work = self.agents.put_down(centre, &mut self.tally, agent, work, now);
            self.place_deferred(work, now);
        }
        self.agents.leave(agent);
        self.tally.answer(centre, &contact, now - contact.arrived);
        if let Kind::Chat { .. } = centre.queues[contact.queue as usize].kind {
            self.agents.settle(centre, agent, now);
            self.agents.add_chat(agent, contact, now);
            self.go_on_chatting(agent, contact.queue as usize, now);
        } else {
            self.begin_one(agent, contact, now);
        }
    }

    /// An agent takes up work that can wait.
    pub(super) fn do_deferred(&mut self, agent: usize, contact: Contact, now: f64) {
        self.agents.leave(agent);
        self.begin_one(agent, contact, now);
        if self.centre.yields && self.agents.states[agent].is_on() {
            self.agents.join(self.centre, agent, ListKind::OnDeferred, now);
        }
    }

    fn begin_one(&mut self, agent: usize, contact: Contact, now: f64) {
        let (takes, change) = self.agents.begin(self.centre, agent, contact, now);
        self.calendar.add(now + takes, Event::Done { agent: number(agent), change });
    }

    /// An agent with chats in hand waits for the first to be done, and takes others while there is room.
    fn go_on_chatting(&mut self, agent: usize, queue: usize, now: f64) {
        let centre = self.centre;
        let chats = self.agents.states[agent].chats.len();
        if let Kind::Chat { concurrency, .. } = centre.queues[queue].kind
            && self.agents.states[agent].is_on()
            && chats < Centre::chats_of(concurrency, agent)
        {
            let tiers = &centre.groups[centre.agents[agent]].chat_tiers;
            if let Some(waiting) = self.waiting_contact(tiers, now) {
                self.answer(agent, waiting, now);
                return;
            }
            self.agents.join(centre, agent, ListKind::Chatting(chats), now);
        }
        let (at, change) = self.agents.first_chat_done(centre, agent, now);
        self.calendar.add(at, Event::Done { agent: number(agent), change });
    }

    /// An agent is done with a contact, or with some of the chats.
    pub(super) fn finish(&mut self, agent: usize, now: f64) {
        let centre = self.centre;
        match self.agents.states[agent].in_hand {
            InHand::Nothing => return,
            InHand::One(contact) => {
                if centre.queues[contact.queue as usize].kind == Kind::Deferred {
                    self.agents.leave(agent);
                    self.tally.answer(centre, &contact, now - contact.arrived);
                }
                self.agents.end(centre, &mut self.tally, agent, contact.queue, now);
                self.hand_on(&contact, now);
            }
            InHand::Chats => {
                self.agents.leave(agent);
                let queue = self.finish_chats(agent, now);
                if let Some(other) = self.agents.states[agent].chats.first() {
                    self.go_on_chatting(agent, other.queue as usize, now);
                    return;
                }
                self.agents.end(centre, &mut self.tally, agent, queue, now);
            }
        }
        if self.agents.states[agent].is_on() {
            self.look_for_work(agent, now);
        }
    }

    /// The chats that are done leave an agent's hand; the queue of the last of them.
    fn finish_chats(&mut self, agent: usize, now: f64) -> u16 {
        self.agents.settle(self.centre, agent, now);
        let mut queue = 0;
        while let Some(done) = self.agents.states[agent].chats.iter().position(|chat| chat.work <= DONE) {
            let chat = self.agents.states[agent].chats.remove(done);
            queue = chat.queue;
            self.hand_on(&chat, now);
        }
        queue
    }

    /// What follows when a contact is done: a second tier, when it is open.
    fn hand_on(&mut self, contact: &Contact, now: f64) {
        let centre = self.centre;
        let Some(tier) = centre.queues[contact.queue as usize].second_tier.filter(|_| contact.follow_up != 0) else {
            return;
        };
        let at = now + tier.delay;
        if at >= centre.end() {
            return;
        }
        let (to, interval) = (&centre.queues[tier.queue], centre.clock.interval_of(at));
        let open = if to.kind == Kind::Deferred { interval } else { to.next_open[interval] };
        if open < centre.clock.intervals {
            let at = if open == interval { at } else { centre.clock.start_of(open) };
            let queue = u16::try_from(tier.queue).unwrap_or(u16::MAX);
            self.calendar.add(at, Event::Escalates { queue, follow_up: contact.follow_up });
        }
    }
}

fn number(agent: usize) -> u32 {
    u32::try_from(agent).unwrap_or(u32::MAX)
}
