//! Requirement + prices + workforce → a legal roster with its lower bound, and the checker that does not trust it.
//!
//! Rooms, in the order in which they may use one another; each imports only what stands above it:
//!
//! | room | what it does |
//! |---|---|
//! | [`problem`] | what is asked and answered |
//! | [`account`] | what a finished roster pays, and what it covers |
//! | [`check`] | the checker: legality, cost and cover from the finished roster alone; shares no code with the rooms below |
//! | [`cover`] | how heads are shared among queues in an interval, at least cost |
//! | [`instance`] | the problem made ready: slots, shifts, breaks, rule automata, counters, agents, lines, head counts |
//! | [`pricing`] | the cheapest line of one agent |
//! | [`bound`] | what no roster costs less than, and the prices behind it |
//! | [`search`] | rosters made and made cheaper |
//! | [`engine`] | the page: prepare, build, prove, improve, write out; why there is no legal roster |

mod problem;
mod account;
mod check;
mod cover;
mod instance;
mod pricing;
mod bound;
mod search;
mod engine;

pub use check::{
    CheckedRoster, check, cost_of_line, headcount_cost, violations, violations_of_line, violations_together,
};
pub use engine::after_end::{begun_before_end, reach};
pub use engine::conflicts::conflicts_of_agents;
pub use engine::cover_under_change::{ChangeScratch, CoverChange, CoverUnderChange};
pub use engine::one_line::cheapest_line;
pub use engine::sensitivity::{Explained, Judge, alternatives};
pub use engine::settling::{at_any_time, needs_settling, settled};
pub use engine::sharing::share;
pub use engine::single_shift::pieces_of_shift;
pub use engine::solve::{bound_with_prices, prove, solve, solve_from};
pub use engine::start::{Start, start_at};
pub use engine::whole_sessions::whole_sessions;
pub use problem::{NoSolution, Proof, RosterParams, RosterProblem, Solution};
