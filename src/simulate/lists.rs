//! Lists of agents that one joins at the end and may leave from anywhere: who is free, longest first.

/// No agent, or no list.
pub(super) const NONE: u32 = u32::MAX;

/// Some lists; an agent is in one of them at most.
#[derive(Clone, Debug)]
pub(super) struct AgentLists {
    first: Vec<u32>,
    last: Vec<u32>,
    /// Per agent the list it is in, and its neighbours there.
    list: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
    /// A bit for each list that somebody is in.
    occupied: Vec<u64>,
}

impl AgentLists {
    /// Empty ones.
    pub(super) fn new(lists: usize, agents: usize) -> Self {
        Self {
            first: vec![NONE; lists],
            last: vec![NONE; lists],
            list: vec![NONE; agents],
            before: vec![NONE; agents],
            after: vec![NONE; agents],
            occupied: vec![0; lists.div_ceil(64)],
        }
    }

    /// Nobody is in any.
    pub(super) fn clear(&mut self) {
        self.first.fill(NONE);
        self.last.fill(NONE);
        self.list.fill(NONE);
        self.occupied.fill(0);
    }

    /// Of each 64 lists, which of them somebody is in.
    pub(super) fn occupied(&self) -> &[u64] {
        &self.occupied
    }

    /// Who has been in a list longest.
    pub(super) fn first(&self, list: usize) -> Option<usize> {
        let agent = self.first[list];
        (agent != NONE).then_some(agent as usize)
    }

    /// An agent in no list joins one.
    pub(super) fn join(&mut self, list: usize, agent: usize) {
        let (id, last) = (number(agent), self.last[list]);
        self.list[agent] = number(list);
        self.before[agent] = last;
        self.after[agent] = NONE;
        if last == NONE {
            self.first[list] = id;
            self.occupied[list / 64] |= 1 << (list % 64);
        } else {
            self.after[last as usize] = id;
        }
        self.last[list] = id;
    }

    /// An agent leaves the list it is in, if any.
    pub(super) fn leave(&mut self, agent: usize) {
        let list = std::mem::replace(&mut self.list[agent], NONE);
        if list == NONE {
            return;
        }
        let (before, after) = (self.before[agent], self.after[agent]);
        if before == NONE {
            self.first[list as usize] = after;
        } else {
            self.after[before as usize] = after;
        }
        if before == NONE && after == NONE {
            self.occupied[list as usize / 64] &= !(1 << (list % 64));
        }
        if after == NONE {
            self.last[list as usize] = before;
        } else {
            self.before[after as usize] = before;
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_joined_first_stands_first_whoever_leaves() {
        let mut lists = AgentLists::new(2, 4);
        for agent in [2, 0, 3] {
            lists.join(1, agent);
        }
        assert_eq!((lists.first(0), lists.first(1), lists.occupied()), (None, Some(2), [0b10].as_slice()));
        lists.leave(0);
        lists.leave(2);
        lists.leave(1);
        assert_eq!(lists.first(1), Some(3));
        lists.join(1, 2);
        lists.leave(3);
        assert_eq!(lists.first(1), Some(2));
        lists.leave(2);
        assert_eq!((lists.first(1), lists.occupied()), (None, [0].as_slice()));
    }
}
