//! Small mathematics that no kept crate gives, free of the trade's nouns.

pub mod gauss_legendre;
pub mod taut_string;
