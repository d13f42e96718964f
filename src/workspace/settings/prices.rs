//! `[forecast]`, `[staffing]` and `[objective]`: the parameters of the stages.

use super::fields::Fields;
use crate::domain::units::{Money, Share};
use crate::forecast::ForecastParams;
use crate::staffing::{CoverPriceParams, StaffingParams};
use crate::workspace::words::{Refusal, money, number, share, whole};

/// Reads `[forecast]`; what is not given stays at its default.
pub(super) fn forecast(root: &Fields<'_>) -> ForecastParams {
    let mut params = ForecastParams::default();
    let Some(fields) = root.section("forecast") else { return params };
    let count = |key, default| fields.or(key, default, whole(0..=100_000));
    let real = |key, default| fields.or(key, default, number(0.0..=1e6));
    params = ForecastParams {
        folds: fields.or("folds", params.folds, |word| whole(0..=1000)(word).map(|folds| folds as usize)),
        fold_step_days: count("fold_step_days", params.fold_step_days),
        fold_horizon_days: count("fold_horizon_days", params.fold_horizon_days),
        level_half_life_days: real("level_half_life_days", params.level_half_life_days),
        shape_half_life_days: real("shape_half_life_days", params.shape_half_life_days),
        average_half_life_days: real("average_half_life_days", params.average_half_life_days),
        factor_half_life_days: real("factor_half_life_days", params.factor_half_life_days),
        recent_weeks: count("recent_weeks", params.recent_weeks),
        trend_damping: real("trend_damping", params.trend_damping),
        season_from_days: count("season_from_days", params.season_from_days),
    };
    complain(&fields, params.validate());
    fields.finish();
    params
}

/// Reads `[staffing]`; what is not given stays at its default.
pub(super) fn staffing(root: &Fields<'_>) -> StaffingParams {
    let mut params = StaffingParams::default();
    let Some(fields) = root.section("staffing") else { return params };
    params.unplanned_shrinkage = fields.or("unplanned_shrinkage", params.unplanned_shrinkage, share);
    params.planned_shrinkage = fields.or("planned_shrinkage", params.planned_shrinkage, share);
    complain(&fields, params.validate());
    fields.finish();
    params
}

/// The prices of `[objective]`.
#[derive(Clone, Debug)]
pub(crate) struct Prices {
    /// Of being short or over.
    pub(crate) cover: CoverPriceParams,
    /// Of refusing wishes.
    pub(crate) wishes: WishPrices,
    /// Of a person or a supervisor missing on a site, for an hour.
    pub(crate) missing_person_per_hour: Money,
}

/// What it costs to refuse wishes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WishPrices {
    /// A wish of weight 1.
    pub(crate) one: Money,
    /// By which share more for each year of employment.
    pub(crate) per_year: Share,
    /// Weights that each person's wishes of a plan come to, if they are to be equal.
    pub(crate) points: Option<f64>,
}

/// Reads `[objective]`; what is not given stays at its default.
pub(super) fn prices(root: &Fields<'_>) -> Prices {
    let mut cover = CoverPriceParams::default();
    let mut wishes = WishPrices { one: Money::rounded(15.0), per_year: Share::NONE, points: None };
    let mut missing_person_per_hour = Money::rounded(200.0);
    if let Some(fields) = root.section("objective") {
        cover.short_per_hour = fields.or("short_per_hour", cover.short_per_hour, money);
        cover.deep_short_per_hour = fields.or("deep_short_per_hour", cover.deep_short_per_hour, money);
        cover.deep_short_below = fields.or("deep_short_below", cover.deep_short_below, share);
        cover.over_per_hour = fields.or("over_per_hour", cover.over_per_hour, money);
        cover.late_contact = fields.optional("late_contact", money).filter(|price| *price != Money::ZERO);
        wishes.one = fields.or("preference", wishes.one, money);
        wishes.per_year = fields.or("preference_per_year", wishes.per_year, share);
        wishes.points = fields.optional("preference_points", number(0.01..=1e6));
        missing_person_per_hour = fields.or("missing_person_per_hour", missing_person_per_hour, money);
        complain(&fields, cover.validate());
        fields.finish();
    }
    Prices { cover, wishes, missing_person_per_hour }
}

/// Reports what a stage finds wrong with its parameters; it names the setting between the first backticks.
fn complain(fields: &Fields<'_>, sentences: Vec<String>) {
    for sentence in sentences {
        let key = sentence.split('`').nth(1).unwrap_or_default().to_owned();
        fields.refuse(&key, Refusal::new(sentence));
    }
}
