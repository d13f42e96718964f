//! What no legal roster costs less than, and the prices behind it.
//!
//! | file | what it does |
//! |---|---|
//! | [`dual_prices`] | what work and heads are worth, by interval |
//! | [`lagrangian`] | the bound at any prices: cover priced out, every agent's cheapest line alone |
//! | [`bundle`] | good prices by a proximal bundle method, and dives for a roster from its fractions |
//! | [`restricted_master`] | its master: lines in fractions, prices that follow |
//! | [`blocks`] | agents alike, who share a model where there are many |
//! | [`columns`], [`piecewise_load`] | the lines of a block, and the heads that they put into intervals |
//! | [`head_flows`], [`pool_loads`], [`head_count_loads`] | the queues', the pools' and the head counts' part of the master |
//! | [`starting_prices`] | prices to begin with, beside a roster |

pub(crate) mod dual_prices;
pub(crate) mod lagrangian;
mod blocks;
pub(crate) mod piecewise_load;
pub(crate) mod columns;
mod pool_loads;
mod head_flows;
mod head_count_loads;
pub(crate) mod restricted_master;
pub(crate) mod bundle;
pub(crate) mod starting_prices;
