//! People at work, and what they have in hand.

use super::centre::{Centre, Kind};
use super::contact::Contact;
use super::lists::AgentLists;
use super::tally::Tally;

/// What an agent has in hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum InHand {
    #[default]
    Nothing,
    One(Contact),
    /// Chats, in [`AgentState::chats`].
    Chats,
}

/// An agent.
#[derive(Clone, Debug, Default)]
pub(super) struct AgentState {
    /// Stretches of work that the roster has under way: more than one where shifts of a roster edited by hand overlap.
    stretches: u32,
    /// Counts changes of what is in hand, so that events of before can be told.
    pub(super) change: u32,
    pub(super) in_hand: InHand,
    /// Since when something is in hand.
    since: f64,
    /// Since when the agent is there, to the end of the contact in hand.
    there_since: f64,
    /// Since when the agent is in a list.
    listed_at: f64,
    /// Chats in hand with the seconds of work left, at `settled_at`.
    pub(super) chats: Vec<Contact>,
    settled_at: f64,
}

impl AgentState {
    /// Whether the roster has the agent at work.
    pub(super) fn is_on(&self) -> bool {
        self.stretches > 0
    }
}

/// All of them.
#[derive(Clone, Debug)]
pub(super) struct Agents {
    pub(super) states: Vec<AgentState>,
    lists: AgentLists,
    /// Words of a bit for each group. A list for each group's free people, then for each group's people on deferred work that
    /// yields, then for those with one chat, two …; every kind begins with a word of its own.
    words: usize,
}

/// A list of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListKind {
    Free,
    OnDeferred,
    /// With so many chats in hand and room for more.
    Chatting(usize),
}

impl ListKind {
    fn number(self) -> usize {
        match self {
            Self::Free => 0,
            Self::OnDeferred => 1,
            Self::Chatting(chats) => 1 + chats,
        }
    }
}

impl Agents {
    /// Nobody is at work.
    pub(super) fn new(centre: &Centre) -> Self {
        let (words, kinds) = (centre.words(), 2 + centre.most_in_hand());
        let agents = centre.agents.len();
        Self { states: vec![AgentState::default(); agents], lists: AgentLists::new(kinds * words * 64, agents), words }
    }

    /// A new replication.
    pub(super) fn clear(&mut self) {
        self.lists.clear();
        for state in &mut self.states {
            let mut chats = std::mem::take(&mut state.chats);
            chats.clear();
            *state = AgentState { chats, ..AgentState::default() };
        }
    }

    /// An agent joins a list.
    pub(super) fn join(&mut self, centre: &Centre, agent: usize, kind: ListKind, now: f64) {
        let list = kind.number() * self.words * 64 + centre.agents[agent];
        self.lists.join(list, agent);
        self.states[agent].listed_at = now;
    }

    /// An agent leaves the list it is in, if any.
    pub(super) fn leave(&mut self, agent: usize) {
        self.lists.leave(agent);
    }

    /// Of some groups' lists of a kind, who has been there longest.
    pub(super) fn longest(&self, groups: &[u64], kind: ListKind) -> Option<usize> {
        let first_word = kind.number() * self.words;
        let mut best: Option<(f64, usize)> = None;
        for (word, wanted) in (first_word..).zip(groups) {
            let mut found = self.lists.occupied()[word] & wanted;
            while found != 0 {
                let list = word * 64 + found.trailing_zeros() as usize;
                found &= found - 1;
                let Some(agent) = self.lists.first(list) else { continue };
                let since = self.states[agent].listed_at;
                if best.is_none_or(|(earliest, other)| since < earliest || (since <= earliest && agent < other)) {
                    best = Some((since, agent));
                }
            }
        }
        best.map(|(_, agent)| agent)
    }

    /// An agent's stretch of work begins; whether the agent was not there before.
    pub(super) fn come(&mut self, agent: usize, now: f64) -> bool {
        let state = &mut self.states[agent];
        state.stretches += 1;
        let comes = state.stretches == 1;
        if comes && matches!(state.in_hand, InHand::Nothing) {
            state.there_since = now;
        }
        comes
    }

    /// An agent's stretch of work ends; what is in hand is finished.
    pub(super) fn go(&mut self, centre: &Centre, tally: &mut Tally, agent: usize, now: f64) {
        let state = &mut self.states[agent];
        state.stretches -= 1;
        if state.is_on() {
            return;
        }
        self.leave(agent);
        let state = &self.states[agent];
        if matches!(state.in_hand, InHand::Nothing) {
            tally.attend(centre.agents[agent], state.there_since, now);
        }
    }

    /// An agent begins something; how many seconds it takes, and the count of the change.
    pub(super) fn begin(&mut self, centre: &Centre, agent: usize, contact: Contact, now: f64) -> (f64, u32) {
        let speed = centre.groups[centre.agents[agent]].speeds[contact.queue as usize];
        let state = &mut self.states[agent];
        state.change += 1;
        state.since = now;
        state.in_hand = InHand::One(contact);
        (contact.work / speed, state.change)
    }

    /// An agent has nothing in hand any more: counts the time since it was begun.
    pub(super) fn end(&mut self, centre: &Centre, tally: &mut Tally, agent: usize, queue: u16, now: f64) {
        let group = centre.agents[agent];
        let state = &mut self.states[agent];
        tally.work(group, queue as usize, state.since, now);
        state.in_hand = InHand::Nothing;
        state.change += 1;
        if !state.is_on() {
            tally.attend(group, state.there_since, now);
        }
    }

    /// An agent puts deferred work down; what is left of it.
    pub(super) fn put_down(
        &mut self,
        centre: &Centre,
        tally: &mut Tally,
        agent: usize,
        mut work: Contact,
        now: f64,
    ) -> Contact {
        let speed = centre.groups[centre.agents[agent]].speeds[work.queue as usize];
        work.work = (work.work - (now - self.states[agent].since) * speed).max(0.0);
        self.leave(agent);
        self.end(centre, tally, agent, work.queue, now);
        work
    }

    /// Chats in hand go on until now.
    pub(super) fn settle(&mut self, centre: &Centre, agent: usize, now: f64) {
        let group = centre.agents[agent];
        let state = &mut self.states[agent];
        let parallel = state.chats.len();
        for chat in &mut state.chats {
            chat.work -= (now - state.settled_at) * pace(centre, group, chat, parallel);
        }
        state.settled_at = now;
    }

    /// A chat more in an agent's hand; the others were settled.
    pub(super) fn add_chat(&mut self, agent: usize, chat: Contact, now: f64) {
        let state = &mut self.states[agent];
        if state.chats.is_empty() {
            state.since = now;
            state.settled_at = now;
            state.in_hand = InHand::Chats;
        }
        state.chats.push(chat);
    }

    /// When the first of an agent's chats will be done, if nothing changes, with the count of the change.
    pub(super) fn first_chat_done(&mut self, centre: &Centre, agent: usize, now: f64) -> (f64, u32) {
        let group = centre.agents[agent];
        let state = &mut self.states[agent];
        state.change += 1;
        let parallel = state.chats.len();
        let left = |chat: &Contact| chat.work.max(0.0) / pace(centre, group, chat, parallel);
        (now + state.chats.iter().map(left).fold(f64::INFINITY, f64::min), state.change)
    }

    /// Counts the time until the plan's end.
    pub(super) fn close(&mut self, centre: &Centre, tally: &mut Tally, agent: usize, end: f64) {
        let queue = match self.states[agent].in_hand {
            InHand::Nothing => None,
            InHand::One(contact) => Some(contact.queue),
            InHand::Chats => self.states[agent].chats.first().map(|chat| chat.queue),
        };
        if let Some(queue) = queue {
            self.end(centre, tally, agent, queue, end);
        }
        let state = &self.states[agent];
        if state.is_on() {
            tally.attend(centre.agents[agent], state.there_since, end);
        }
    }
}

/// Work that an agent of a group does per second on one of so many chats; 1 where as many are in hand as the queue counts on.
fn pace(centre: &Centre, group: usize, chat: &Contact, parallel: usize) -> f64 {
    let queue = &centre.queues[chat.queue as usize];
    let speed = centre.groups[group].speeds[chat.queue as usize];
    match queue.kind {
        Kind::Chat { concurrency, interference } => {
            speed * (1.0 + interference * (concurrency - 1.0)) / (1.0 + interference * (parallel as f64 - 1.0))
        }
        Kind::Voice | Kind::Deferred => speed,
    }
}
