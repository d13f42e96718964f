//! What a change of a roster costs more, part by part; below nothing where it saves.

use crate::domain::roster::RosterCost;
use crate::domain::units::Money;

/// What a change costs more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PriceOfTrade {
    /// Wages and premiums.
    pub pay: Money,
    /// Days that are not as they were promised, those aside that somebody asked to change.
    pub change: Money,
    /// Wishes that are refused.
    pub wishes: Money,
    /// Burdens that lie unequally.
    pub fairness: Money,
    /// Sessions that are owed and not held.
    pub sessions: Money,
    /// Cover of queues and heads wanted apart from them; none where no requirement is at hand.
    pub service: Option<Money>,
}

impl PriceOfTrade {
    /// All parts.
    #[must_use]
    pub fn total(&self) -> Money {
        let own = self.pay + self.change + self.wishes + self.fairness + self.sessions;
        own + self.service.unwrap_or_default()
    }

    /// Adds what one agent's shifts cost more than before.
    pub(super) fn add_line(&mut self, before: &RosterCost, after: &RosterCost) {
        self.pay += after.labour() - before.labour();
        self.change += after.changes - before.changes;
        self.wishes += after.preference - before.preference;
        self.fairness += after.fairness - before.fairness;
        self.sessions += after.unplaced - before.unplaced;
    }
}
