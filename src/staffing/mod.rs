//! Forecast → requirement, and the price of cover.
//!
//! The recipe of [`require`], queue by queue, first tiers first:
//!
//! 1. `opening`: when is the queue open?
//! 2. `escalation`: what reaches it, escalations included?
//! 3. `load`: how does that bear on each interval?
//! 4. voice and chat: the fewest agents for the goal (`agents_for_goal`, `goal_over_period`) by Erlang C or A
//!    (`live`, `chat`) for what the queue is staffed for (`staffed_for`: its mean rate, a percentile, or all it may be, `uncertain_rate`); email and back office: the most even plan that keeps every deadline (`deadlines`, `deferred`);
//!    more work than any centre has is not searched for (`ceiling`);
//! 5. unplanned shrinkage ([`StaffingParams`]): agents at work → agents rostered.
//!
//! Where people share queues, [`pools_of_people`] counts them by what they can do: [`shared_people`] says how many that saves, [`price_pools`] what a pool of them is worth, and
//! [`binding`] which pools set how many are needed. A simulation moves their [`PoolTargets`].
//!
//! [`price_cover`] turns the requirement into what an agent more or fewer is worth; [`expected_service`] says what
//! customers may expect of the agents who are there. [`erlang`] and [`line`] answer the same questions by hand, with patience of any
//! shape ([`erlang_g`]) and with people who call again ([`redial`]).

mod params;
pub mod erlang;
mod erlang_b;
mod outcome;
mod service_level;
mod erlang_c;
mod waiting_line;
mod erlang_a;
pub mod erlang_g;
pub mod patience;
pub mod redial;
mod uncertain_rate;
mod chat;
mod live;
mod agents_for_goal;
pub mod line;
mod goal_over_period;
mod opening;
mod load;
mod ceiling;
mod escalation;
mod mean_handle_time;
mod deadlines;
mod deferred;
mod staffed_for;
mod live_requirement;
mod deferred_requirement;
mod requirement;
mod provided_requirement;
mod loss;
mod price;
mod pool_targets;
mod pooled;
mod pools;
mod pool_prices;
mod binding_pools;
mod shared_people;
mod service;
#[cfg(test)]
mod test_instances;
#[cfg(test)]
mod property_tests;

pub use binding_pools::binding;
pub use ceiling::{MOST_PEOPLE, Peak, peak};
pub use params::{CoverPriceParams, StaffingParams};
pub use pool_prices::price_pools;
pub use pool_targets::PoolTargets;
pub use pools::{PoolOfPeople, pools_of_people};
pub use price::price_cover;
pub use provided_requirement::state;
pub use requirement::{open_intervals, require};
pub use service::expected_service;
pub use shared_people::shared_people;
