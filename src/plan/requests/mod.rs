//! A roster that stands, and what is asked of it: who could take a shift, and which requests of agents are granted. Nothing is forecast and no
//! roster is planned anew; law is what the checker says, and prices are those of the objective.
//!
//! | file | what it does |
//! |---|---|
//! | [`standing`] | the roster that stands, its people, and what cover costs |
//! | [`price`] | what a change costs more, part by part |
//! | [`desk`] | legal or not, and at which price: a change of some people's shifts |
//! | [`taken`] | a shift as somebody else would work it |
//! | [`candidates`] | everybody who could take a shift, ranked |
//! | [`judge`] | requests granted or refused, one after the other |

mod standing;
mod price;
mod desk;
mod taken;
mod candidates;
mod judge;
#[cfg(test)]
mod tests;

pub use candidates::{Candidate, Candidates, candidates};
pub use judge::{Judged, Judgement, WhyRefused, judge};
pub use price::PriceOfTrade;
pub use standing::{StandingFiles, StandingRoster};
