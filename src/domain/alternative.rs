//! What a roster would cost if one thing were otherwise: a rule, a seat, a person more, a wish granted.

use super::conflict::Change;
use super::ids::{AgentId, AgentIx, ContractId, QueueIx, SiteId};
use super::roster::RosterCost;
use super::units::Money;
use super::workforce::Wish;

/// One thing that is otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Otherwise {
    /// A rule of a contract is loosened by one natural step.
    Rule {
        /// The contract.
        contract: ContractId,
        /// What becomes of the rule, and for whom.
        change: Change,
    },
    /// A site has one seat more.
    Seat {
        /// The site.
        site: SiteId,
        /// Seats that it has.
        seats: u32,
    },
    /// There is one person more, who may work all days of the plan.
    Person {
        /// The queues that the person takes.
        queues: Vec<QueueIx>,
        /// Whose contract and site the person has.
        like: AgentId,
    },
    /// A wish is granted that the roster refuses.
    Wish {
        /// Whose.
        agent: AgentIx,
        /// The wish, with what refusing it is priced at.
        wish: Wish,
        /// Whether the rules leave the agent any shifts with it.
        is_legal: bool,
    },
}

/// What it would change. Money below nothing is what the roster would cost more.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// What is otherwise.
    pub otherwise: Otherwise,
    /// What the best roster would cost less by the prices behind the bound, which tell rather too much; none where they say nothing of it.
    pub estimate: Option<Money>,
    /// No roster with it costs less than the one that stands by more than this; none where nothing is proved.
    pub at_most: Option<Money>,
    /// What a roster costs less that was made with it, beside one made with as much work without it.
    pub tried: Option<Saving>,
}

/// What a roster costs less than another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// All that is minimised.
    pub objective: Money,
    /// Of it wages and premiums.
    pub pay: Money,
}

impl Saving {
    /// What one roster costs less than another.
    #[must_use]
    pub fn of(dear: &RosterCost, cheap: &RosterCost) -> Self {
        Self { objective: dear.objective() - cheap.objective(), pay: dear.labour() - cheap.labour() }
    }
}
