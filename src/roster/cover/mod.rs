//! How heads of skill groups are shared among queues in an interval, at least cost.
//!
//! | file | what it does |
//! |---|---|
//! | [`presence`] | whether a head comes or goes |
//! | [`skill_groups`] | which queues a group's heads can serve, and how fast |
//! | [`cost_curve`] | what work costs a queue in an interval |
//! | [`transport`] | the network of heads and queues |
//! | [`basis_factors`], [`basis`], [`simplex`] | its small systems, a basis of it, its optimum |

pub(crate) mod presence;
pub(crate) mod skill_groups;
pub(crate) mod cost_curve;
pub(crate) mod transport;
mod basis_factors;
pub(crate) mod basis;
pub(crate) mod simplex;
#[cfg(test)]
mod sharing_exact;
#[cfg(test)]
mod transport_tests;
