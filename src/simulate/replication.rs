//! One replication, event by event.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::Exp1;

use crate::domain::sample_paths::PathSampler;

use super::agents::{Agents, InHand, ListKind};
use super::calendar::{Calendar, Event};
use super::centre::{Centre, Kind};
use super::contact::Contact;
use super::demand::Arrivals;
use super::tally::Tally;
use super::waiting::Line;

/// Seconds that rounding of times can make: chats this little work from done are done.
const DONE: f64 = 1e-6;

/// One replication under way; used again for the next.
pub(super) struct Replication<'a> {
    centre: &'a Centre,
    agents: Agents,
    lines: Vec<Line>,
    calendar: Calendar,
    arrivals: Arrivals,
    pub(super) tally: Tally,
    absent: Vec<bool>,
    /// What is drawn for every contact, whatever happens to it: two rosters see the same contacts.
    common: ChaCha8Rng,
    /// What depends on what happened.
    own: ChaCha8Rng,
}

impl<'a> Replication<'a> {
    /// Nothing happened yet.
    pub(super) fn new(centre: &'a Centre) -> Self {
        Self {
            centre,
            agents: Agents::new(centre),
            lines: vec![Line::default(); centre.queues.len()],
            calendar: Calendar::default(),
            arrivals: Arrivals::default(),
            tally: Tally::new(centre),
            absent: Vec::new(),
            common: ChaCha8Rng::seed_from_u64(0),
            own: ChaCha8Rng::seed_from_u64(0),
        }
    }

    /// Lives through the plan once; what happened is in [`Self::tally`].
    pub(super) fn run(&mut self, paths: &PathSampler, seed: u64, number: u32) {
        let centre = self.centre;
        self.begin(paths, seed, number);
        let end = centre.end();
        let mut logs = centre.logs.iter().peekable();
        let mut arrival = self.arrivals.next(centre.interval_s, &mut self.common);
        loop {
            let log_at = logs.peek().map_or(f64::INFINITY, |log| log.at);
            let event_at = self.calendar.next_at();
            let arrival_at = arrival.map_or(f64::INFINITY, |(at, _)| at);
            let now = log_at.min(event_at).min(arrival_at);
            if now >= end {
                break;
            }
            if log_at <= now {
                let Some(log) = logs.next() else { break };
                if log.shift.is_some_and(|shift| self.absent[shift]) {
                    continue;
                }
                if log.comes {
                    self.come(log.agent, now);
                } else {
                    self.agents.go(centre, &mut self.tally, log.agent, now);
                }
            } else if event_at <= now {
                if let Some(event) = self.calendar.next() {
                    self.happen(event, now);
                }
            } else if let Some((at, queue)) = arrival {
                let contact = draw_contact(centre, queue, at, &mut self.common);
                self.arrive(contact, at);
                arrival = self.arrivals.next(centre.interval_s, &mut self.common);
            }
        }
        self.close();
    }

    fn begin(&mut self, paths: &PathSampler, seed: u64, number: u32) {
        let centre = self.centre;
        let stream = |of: u64| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream((1 << 63) | (u64::from(number) << 2) | of);
            random
        };
        (self.common, self.own) = (stream(0), stream(1));
        self.agents.clear();
        self.lines.iter_mut().for_each(Line::clear);
        self.calendar.clear();
        self.arrivals.begin(paths, centre.queues.len(), number);
        self.tally.next_replication();
        let mut who_comes = stream(2);
        self.absent.clear();
        self.absent.extend((0..centre.shifts).map(|_| centre.no_show > 0.0 && who_comes.random_bool(centre.no_show)));
        let mut waiting = stream(3);
        for (contact, mean) in &centre.backlog {
            let count = mean.floor() + f64::from(u8::from(waiting.random::<f64>() < mean.fract()));
            for _ in 0..whole(count) {
                let work = contact.work * centre.queues[contact.queue as usize].handle_times.draw(&mut waiting);
                self.lines[contact.queue as usize].join(Contact { work, ..*contact });
            }
        }
    }

    /// Something that was to come happens.
    fn happen(&mut self, event: Event, now: f64) {
        let centre = self.centre;
        match event {
            Event::Done { agent, change } => {
                let agent = agent as usize;
                if self.agents.states[agent].change == change {
                    self.finish(agent, now);
                }
            }
            Event::Overflow { queue } => {
                let queue = queue as usize;
                self.drop_those_gone(queue, now);
                let waits = |waiting: &Contact| now - waiting.arrived >= centre.queues[queue].overflow_after - DONE;
                if self.lines[queue].first().is_some_and(waits)
                    && let Some(agent) = self.agent_for(queue, true)
                    && let Some(contact) = self.lines[queue].take()
                {
                    self.answer(agent, contact, now);
                }
            }
            Event::GivesUp { queue, number } => {
                let queue = queue as usize;
                if let Some((share, after)) = centre.queues[queue].redial
                    && self.lines[queue].holds(u64::from(number))
                    && self.own.random::<f64>() < share
                {
                    let pause = after * self.own.sample::<f64, _>(Exp1);
                    self.calendar.add(now + pause, Event::Redials { queue: id(queue) });
                }
            }
            Event::Redials { queue } => {
                let interval = centre.interval_of(now);
                if centre.queues[queue as usize].next_open[interval] == interval {
                    let contact = draw_contact(centre, queue as usize, now, &mut self.own);
                    self.arrive(contact, now);
                }
            }
            Event::Escalates { queue, seed } => {
                let contact = draw_contact(centre, queue as usize, now, &mut ChaCha8Rng::seed_from_u64(seed));
                self.arrive(contact, now);
            }
        }
    }

    /// A contact arrives: it finds an agent, or waits.
    fn arrive(&mut self, contact: Contact, now: f64) {
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
    fn place_deferred(&mut self, contact: Contact, now: f64) {
        let queue = contact.queue as usize;
        let mut tiers = self.centre.queues[queue].tiers.iter();
        match tiers.find_map(|tier| self.agents.longest(&tier.groups, ListKind::Free)) {
            Some(agent) => self.do_deferred(agent, contact, now),
            None => self.lines[queue].put_back(contact),
        }
    }

    /// An agent who can take a live contact now: free, or at deferred work that yields; for a chat also one with room for another.
    fn agent_for(&self, queue: usize, overflows: bool) -> Option<usize> {
        let model = &self.centre.queues[queue];
        let most_chats = match model.kind {
            Kind::Chat { concurrency, .. } => whole_chats(concurrency.ceil()),
            Kind::Voice | Kind::Deferred => 1,
        };
        let in_tier = |groups: &[usize]| {
            let of = |kind: ListKind| self.agents.longest(groups, kind);
            let at_deferred = || if self.centre.yields { of(ListKind::OnDeferred) } else { None };
            let chatting = || (1..most_chats).find_map(|chats| of(ListKind::Chatting(chats)));
            of(ListKind::Free).or_else(at_deferred).or_else(chatting)
        };
        let tiers = model.tiers.iter().filter(|tier| overflows || !tier.is_overflow);
        tiers.map(|tier| in_tier(&tier.groups)).find(Option::is_some)?
    }

    /// An agent takes a live contact.
    fn answer(&mut self, agent: usize, contact: Contact, now: f64) {
        let centre = self.centre;
        if let InHand::One(_) = self.agents.states[agent].in_hand
            && let Some(work) = self.agents.put_down(centre, &mut self.tally, agent, now)
        {
            self.place_deferred(work, now);
        }
        self.agents.leave(agent);
        self.tally.answer(centre, &contact, now - contact.arrived);
        if let Kind::Chat { .. } = centre.queues[contact.queue as usize].kind {
            self.agents.settle(centre, agent, now);
            self.agents.add_chat(agent, contact, now);
            self.go_on_chatting(agent, contact.queue as usize, now);
        } else {
            let takes = self.agents.begin(centre, agent, contact, now);
            let change = self.agents.states[agent].change;
            self.calendar.add(now + takes, Event::Done { agent: number(agent), change });
        }
    }

    /// An agent takes up work that can wait.
    fn do_deferred(&mut self, agent: usize, contact: Contact, now: f64) {
        let centre = self.centre;
        self.agents.leave(agent);
        let takes = self.agents.begin(centre, agent, contact, now);
        if centre.yields && self.agents.states[agent].is_on() {
            self.agents.join(centre, agent, ListKind::OnDeferred, now);
        }
        let change = self.agents.states[agent].change;
        self.calendar.add(now + takes, Event::Done { agent: number(agent), change });
    }

    /// An agent with chats in hand waits for the first to be done, and takes another if there is room.
    fn go_on_chatting(&mut self, agent: usize, queue: usize, now: f64) {
        let centre = self.centre;
        let chats = self.agents.states[agent].chats.len();
        if let Kind::Chat { concurrency, .. } = centre.queues[queue].kind
            && self.agents.states[agent].is_on()
            && chats < Centre::chats_of(concurrency, agent)
        {
            if let Some(waiting) = self.waiting_chat(agent, now) {
                self.answer(agent, waiting, now);
                return;
            }
            self.agents.join(centre, agent, ListKind::Chatting(chats), now);
        }
        let (at, change) = self.agents.first_chat_done(centre, agent, now);
        self.calendar.add(at, Event::Done { agent: number(agent), change });
    }

    /// The chat that an agent with chats in hand takes next.
    fn waiting_chat(&mut self, agent: usize, now: f64) -> Option<Contact> {
        let group = &self.centre.groups[self.centre.agents[agent]];
        let chats = |&&(queue, _): &&(usize, bool)| matches!(self.centre.queues[queue].kind, Kind::Chat { .. });
        let queue = group.tiers.iter().find_map(|tier| {
            let waiting = tier.iter().filter(chats).copied().collect::<Vec<_>>();
            self.longest_waiting(&waiting, now)
        })?;
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

    /// An agent's stretch of work begins: with what is in hand still, or with looking for work.
    fn come(&mut self, agent: usize, now: f64) {
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
        let group = &centre.groups[centre.agents[agent]];
        for tier in &group.tiers {
            if let Some(queue) = self.longest_waiting(tier, now)
                && let Some(contact) = self.lines[queue].take()
            {
                self.answer(agent, contact, now);
                return;
            }
        }
        let oldest = group.deferred.iter().filter_map(|&queue| Some((self.lines[queue].first()?.arrived, queue)));
        if let Some((_, queue)) = oldest.min_by(|a, b| a.0.total_cmp(&b.0))
            && let Some(contact) = self.lines[queue].take()
        {
            self.do_deferred(agent, contact, now);
            return;
        }
        self.agents.join(centre, agent, ListKind::Free, now);
    }

    /// An agent is done with a contact, or with some of the chats.
    fn finish(&mut self, agent: usize, now: f64) {
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
                self.agents.settle(centre, agent, now);
                let mut queue = 0;
                while let Some(done) = self.agents.states[agent].chats.iter().position(|chat| chat.work <= DONE) {
                    let chat = self.agents.states[agent].chats.remove(done);
                    queue = chat.queue;
                    self.hand_on(&chat, now);
                }
                if let Some(other) = self.agents.states[agent].chats.first().copied() {
                    self.agents.leave(agent);
                    self.go_on_chatting(agent, other.queue as usize, now);
                    return;
                }
                self.agents.leave(agent);
                self.agents.end(centre, &mut self.tally, agent, queue, now);
            }
        }
        if self.agents.states[agent].is_on() {
            self.look_for_work(agent, now);
        }
    }

    /// What follows when a contact is done: a second tier, when it is open.
    fn hand_on(&mut self, contact: &Contact, now: f64) {
        let centre = self.centre;
        let Some(tier) = centre.queues[contact.queue as usize].second_tier.filter(|_| contact.escalates != 0) else {
            return;
        };
        let at = now + tier.delay;
        if at >= centre.end() {
            return;
        }
        let (to, interval) = (&centre.queues[tier.queue], centre.interval_of(at));
        let open = if to.kind == Kind::Deferred { interval } else { to.next_open[interval] };
        if open < centre.intervals {
            let at = if open == interval { at } else { open as f64 * centre.interval_s };
            self.calendar.add(at, Event::Escalates { queue: id(tier.queue), seed: contact.escalates });
        }
    }

    /// The plan ends: what is in hand and who waits.
    fn close(&mut self) {
        let (centre, end) = (self.centre, self.centre.end());
        for agent in 0..self.agents.states.len() {
            let in_hand = self.agents.close(centre, &mut self.tally, agent, end);
            if let Some(contact) =
                in_hand.filter(|contact| centre.queues[contact.queue as usize].kind == Kind::Deferred)
            {
                self.tally.leave_waiting(centre, &contact);
            }
        }
        for (queue, line) in self.lines.iter_mut().enumerate() {
            let is_live = centre.queues[queue].kind != Kind::Deferred;
            for contact in line.drain() {
                if is_live && contact.gives_up <= end {
                    self.tally.abandon(centre, &contact);
                } else {
                    self.tally.leave_waiting(centre, &contact);
                }
            }
        }
    }
}

/// A contact with what it brings: how long it waits, how long it takes, and what follows.
fn draw_contact(centre: &Centre, queue: usize, at: f64, random: &mut impl Rng) -> Contact {
    let model = &centre.queues[queue];
    let interval = centre.interval_of(at);
    let work = model.aht[interval] * model.handle_times.draw(random);
    let patience = if model.kind == Kind::Deferred { f64::INFINITY } else { model.patience.draw(random) };
    let escalates = model.second_tier.map_or(0, |tier| {
        let goes_on = random.random::<f64>() < tier.share;
        if goes_on { random.random::<u64>() | 1 } else { 0 }
    });
    Contact { arrived: at, gives_up: at + patience, work, queue: id(queue), interval: number(interval), escalates }
}

fn id(queue: usize) -> u16 {
    u16::try_from(queue).unwrap_or(u16::MAX)
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
fn whole_chats(count: f64) -> usize {
    count as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number, not negative")]
fn whole(count: f64) -> u64 {
    count as u64
}
