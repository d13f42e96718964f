//! Rosters made, and made cheaper.
//!
//! | file | what it does |
//! |---|---|
//! | [`cover_memo`] | what an interval costs by its heads, remembered |
//! | [`counts`] | head counts of a roster under search |
//! | [`incumbent`] | the roster under search, kept up to date shift by shift |
//! | [`heads_away`] | what its cover costs more without some heads |
//! | [`scratch`] | room to work |
//! | [`seating`] | whether the seats suffice, by search |
//! | [`construct`] | a first roster, agent by agent, and everybody re-planned in turn |
//! | [`average_dive`] | a roster made of the bound's average loads |
//! | [`anneal`] | few agents and days at a time |
//! | [`neighbourhoods`], [`part_sizes`] | whole parts planned anew, and how large they are |
//! | [`line_pool`], [`selection`] | the lines found on the way, and the best selection of them by branch and cut |

pub(crate) mod cover_memo;
mod counts;
pub(crate) mod scratch;
pub(crate) mod incumbent;
mod heads_away;
pub(crate) mod seating;
pub(crate) mod construct;
pub(crate) mod average_dive;
pub(crate) mod anneal;
pub(crate) mod part_sizes;
pub(crate) mod neighbourhoods;
pub(crate) mod line_pool;
pub(crate) mod selection;
