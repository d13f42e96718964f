//! A shape of the week for rows that are too long to tell it.

/// How contacts spread over the local week, from elsewhere than the rows to be split.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GivenShape {
    /// A weight per slot of the local week.
    pub(super) week: Vec<f64>,
    /// Where it comes from, for people to read.
    pub(super) description: String,
}
