//! Ways to forecast a baseline: events and holidays aside. One method a file.
//!
//! | file | what it does |
//! |---|---|
//! | [`fitted`] | what all methods come to |
//! | [`simple_rule`] | the same weekday and time of the last week known: the floor |
//! | [`day_type_average`] | the discounted mean of the same weekday and time |
//! | [`total_share`] | day total × intraday share |
//! | `damped_trend` | day totals by smoothing with a damped trend × intraday share |
//! | `count_smoothing` | day totals as counts, however few × intraday share |
//! | [`svd_factors`] | factors of the day × interval matrix; [`root_rows`] are its rows, [`score_model`] its scores ahead |
//! | [`fourier_regression`] | Fourier curves with autoregressive days |
//! | [`method`] | the list of them |

pub(crate) mod fitted;
pub(crate) mod simple_rule;
mod damped_trend;
mod count_smoothing;
pub(crate) mod day_type_average;
pub(crate) mod total_share;
mod root_rows;
mod score_model;
pub(crate) mod svd_factors;
pub(crate) mod fourier_regression;
pub(crate) mod method;
