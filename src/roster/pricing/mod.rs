//! The cheapest line of one agent for given values of its time.
//!
//! | file | what it does |
//! |---|---|
//! | [`cheapest_line`] | the question, and which search answers it |
//! | [`allowed_choices`] | what a line may hold on a date, and dates that are fixed |
//! | [`path`] | the answer: choices date by date |
//! | [`scratch`] | room to work |
//! | [`shift_prices`] | what every shift costs with its best breaks; lines made of paths |
//! | [`label_setting`], [`label_lists`] | labels where nothing is counted over weeks |
//! | [`resource_constrained`] | the search where something is |
//! | [`label_extension`], [`label_buckets`] | its labels from date to date, sorted into cells |
//! | [`resource_windows`], [`completion_bound`] | what labels may have and still finish, and what they come to at least |
//! | [`fallback_line`] | a legal line to come back to |
//! | [`legal_models`] | agents who have a legal line, and what nobody can avoid to pay them |

pub(crate) mod allowed_choices;
pub(crate) mod path;
pub(crate) mod completion_bound;
mod resource_windows;
mod fallback_line;
mod label_buckets;
mod label_lists;
pub(crate) mod scratch;
pub(crate) mod shift_prices;
mod label_setting;
mod label_extension;
mod resource_constrained;
pub(crate) mod cheapest_line;
pub(crate) mod legal_models;
#[cfg(test)]
mod pricing_oracle;
#[cfg(test)]
mod split_oracle;
