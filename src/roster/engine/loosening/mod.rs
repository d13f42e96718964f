//! Rules left out, or loosened by natural steps, and what that does to people's terms.
//!
//! | file | what it does |
//! |---|---|
//! | [`terms`] | an agent and the rules that bind them, some of which can be left out |
//! | [`step`], [`told`] | one rule loosened by so much, and how people read it |
//! | [`ladders`] | the natural steps of each rule |
//! | [`people`] | a workforce some of whose people have other terms |

mod terms;
mod step;
mod told;
mod ladders;
mod people;

pub(super) use ladders::{CHEAPEST_FIRST, Ladder, ladders};
pub(super) use people::with_terms;
pub(super) use step::Loosening;
pub(super) use terms::{A_WEEK, RELAXABLE, Terms};
