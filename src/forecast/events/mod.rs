//! What campaigns, recalls and announcements add.
//!
//! | file | what it does |
//! |---|---|
//! | [`kernel`] | how a response spreads over time |
//! | [`model`] | reach × response × kernel, and what is believed of a kind of event |
//! | [`random_effects`] | estimates pooled by the precision they deserve |
//! | [`sums`], [`windows`] | what history leaves above its baseline after past sends |
//! | [`kernel_fit`] | the kernel that events of a kind share, and their paces |
//! | [`learning`] | kernels and responses learned from past events |

pub(crate) mod kernel;
pub(crate) mod model;
pub(crate) mod random_effects;
mod sums;
mod windows;
mod kernel_fit;
mod learning;
