//! One replication, event by event.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::Exp1;

use crate::domain::sample_paths::PathSampler;

use super::agents::{Agents, InHand};
use super::brings::{Brings, FollowUps};
use super::calendar::{Calendar, Event};
use super::centre::{Centre, Kind, Log};
use super::contact::Contact;
use super::demand::Arrivals;
use super::tally::Tally;
use super::waiting::Line;

/// Seconds that rounding of times can make: chats this little work from done are done.
pub(super) const DONE: f64 = 1e-6;

/// One replication under way; used again for the next. How contacts and agents find each other is in `routing`, what agents
/// do in `handling`.
pub(super) struct Replication<'a> {
    pub(super) centre: &'a Centre,
    pub(super) agents: Agents,
    pub(super) lines: Vec<Line>,
    pub(super) calendar: Calendar,
    pub(super) tally: Tally,
    arrivals: Arrivals,
    follow_ups: FollowUps,
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
            tally: Tally::new(centre),
            arrivals: Arrivals::default(),
            follow_ups: FollowUps::default(),
            absent: vec![false; centre.shifts],
            common: ChaCha8Rng::seed_from_u64(0),
            own: ChaCha8Rng::seed_from_u64(0),
        }
    }

    /// Lives through the plan once; what happened is in [`Self::tally`].
    pub(super) fn run(&mut self, paths: &PathSampler, seed: u64, number: u32) {
        self.begin(seed, number);
        self.arrivals.begin(paths, self.centre.queues.len(), number);
        self.live(Self::next_arrival);
    }

    /// Lives through the plan with the contacts that a source gives, one after the other in the order of time.
    pub(super) fn live(&mut self, mut source: impl FnMut(&mut Self) -> Option<Contact>) {
        let centre = self.centre;
        let end = centre.end();
        let mut logs = centre.logs.iter();
        let mut log = logs.next();
        let mut arrival = source(self);
        loop {
            let log_at = log.map_or(f64::INFINITY, |log| log.at);
            let event_at = self.calendar.next_at();
            let arrival_at = arrival.map_or(f64::INFINITY, |contact| contact.arrived);
            let now = log_at.min(event_at).min(arrival_at);
            if now >= end {
                break;
            }
            if let Some(due) = log.filter(|log| log.at <= now) {
                self.log(due);
                log = logs.next();
            } else if event_at <= now {
                if let Some(event) = self.calendar.next() {
                    self.happen(event, now);
                }
            } else if let Some(contact) = arrival {
                self.arrive(contact, now);
                arrival = source(self);
            }
        }
        self.close();
    }

    /// Forgets what happened, and draws who comes and what waits.
    pub(super) fn begin(&mut self, seed: u64, number: u32) {
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
        self.follow_ups.clear();
        self.tally.next_replication();
        let mut who_comes = stream(2);
        self.absent.fill_with(|| centre.no_show > 0.0 && who_comes.random_bool(centre.no_show));
        let mut waiting = stream(3);
        for (contact, mean) in &centre.backlog {
            let count = mean.floor() + f64::from(u8::from(waiting.random::<f64>() < mean.fract()));
            for _ in 0..whole(count) {
                let work = contact.work * centre.queues[contact.queue as usize].handle_times.draw(&mut waiting);
                self.lines[contact.queue as usize].join(Contact { work, ..*contact });
            }
        }
    }

    fn next_arrival(&mut self) -> Option<Contact> {
        let (at, interval, queue) = self.arrivals.next(&self.centre.clock, &mut self.common)?;
        let brings = self.draw_common(queue);
        Some(self.brought(brings, queue, at, interval))
    }

    /// What the next contact of a queue brings, the same whatever happens.
    pub(super) fn draw_common(&mut self, queue: u16) -> Brings {
        Brings::draw(self.centre, queue as usize, &mut self.common, &mut self.follow_ups)
    }

    /// The contact that brings something to a queue at a time of an interval.
    fn brought(&self, brings: Brings, queue: u16, at: f64, interval: usize) -> Contact {
        brings.at(self.centre, queue, at, interval, self.arrivals.handle_time_factor(queue, interval))
    }

    /// What the roster says happens, unless the agent does not come to the shift.
    fn log(&mut self, log: &Log) {
        if log.shift.is_some_and(|shift| self.absent[shift]) {
            return;
        }
        if log.comes {
            self.come(log.agent, log.at);
        } else {
            self.agents.go(self.centre, &mut self.tally, log.agent, log.at);
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
            Event::Overflow { queue } => self.overflow(queue as usize, now),
            Event::GivesUp { queue, number } => {
                if let Some((share, after)) = centre.queues[queue as usize].redial
                    && self.lines[queue as usize].holds(u64::from(number))
                    && self.own.random::<f64>() < share
                {
                    // Not within a second, or customers without patience would call again for ever.
                    let pause = (after * self.own.sample::<f64, _>(Exp1)).max(1.0);
                    self.calendar.add(now + pause, Event::Redials { queue });
                }
            }
            Event::Redials { queue } => {
                let interval = centre.clock.interval_of(now);
                if centre.queues[queue as usize].next_open[interval] == interval {
                    let brings = Brings::draw(centre, queue as usize, &mut self.own, &mut self.follow_ups);
                    self.arrive(self.brought(brings, queue, now, interval), now);
                }
            }
            Event::Escalates { queue, follow_up } => {
                let brings = self.follow_ups.get(follow_up);
                self.arrive(self.brought(brings, queue, now, centre.clock.interval_of(now)), now);
            }
        }
    }

    /// The plan ends: what is in hand and who waits.
    fn close(&mut self) {
        let (centre, end) = (self.centre, self.centre.end());
        for agent in 0..self.agents.states.len() {
            let in_hand = self.agents.states[agent].in_hand;
            self.agents.close(centre, &mut self.tally, agent, end);
            if let InHand::One(contact) = in_hand
                && centre.queues[contact.queue as usize].kind == Kind::Deferred
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

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number, not negative")]
fn whole(count: f64) -> u64 {
    count as u64
}
