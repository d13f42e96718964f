//! A queue fitted, its methods weighed, and what they say together.
//!
//! | file | what it does |
//! |---|---|
//! | [`parts`] | a forecast in parts that add up: baseline, holiday, event |
//! | [`borrowed_history`], [`queue_fit`] | days that stand in for a history; a queue fitted at one origin |
//! | [`similar`], [`analogous_queue`] | which queue is most like another, and a history borrowed from it |
//! | [`event_priors`] | what other queues' events teach |
//! | [`fit_beside_others`] | a queue fitted with all of this |
//! | [`combination`], [`folds`] | weights of the methods by the errors of earlier origins |
//! | [`predict`] | the forecast at one origin, midnight or within a day |
//! | [`adjust`] | the planner's hand, always last |

pub(crate) mod parts;
mod borrowed_history;
pub(crate) mod queue_fit;
mod similar;
mod analogous_queue;
mod event_priors;
mod fit_beside_others;
mod combination;
pub(crate) mod folds;
pub(crate) mod predict;
pub(crate) mod adjust;
