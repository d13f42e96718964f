//! How far counts lie from what is expected of them.
//!
//! | file | what it does |
//! |---|---|
//! | [`bands`] | quantiles of a count of some mean and spread |
//! | [`conformal`] | bands brought to what back-tests held |
//! | [`dispersion`] | the noise of weeks, days and intervals, from the errors of earlier origins |
//! | [`hour_covariance`] | how the hours of a day vary together, and what a morning says of the rest |
//! | [`crps`] | the continuous ranked probability score |

pub(crate) mod bands;
pub(crate) mod conformal;
pub(crate) mod dispersion;
pub(crate) mod hour_covariance;
pub(crate) mod crps;
