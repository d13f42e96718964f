//! What may be set about the forecast; every default is one that served on generated and on real series.

/// Parameters of the forecast stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForecastParams {
    /// Rolling origins from whose errors the method is chosen and the noise is fitted, 1 to 20.
    pub folds: usize,
    /// Days between two such origins, 1 to 60.
    pub fold_step_days: u32,
    /// Days ahead that count in the choice, 1 to 60; cut to what the plan needs.
    pub fold_horizon_days: u32,
    /// Half-life, in days, of an observation's weight on calendar effects, trend and yearly season.
    pub level_half_life_days: f64,
    /// Half-life, in days, of an observation's weight on the intraday shape.
    pub shape_half_life_days: f64,
    /// Half-life, in days, of an observation's weight on the average by day type.
    pub average_half_life_days: f64,
    /// Half-life, in days, of a day's weight on SVD factors and Fourier curves (0.985 a day is 46).
    pub factor_half_life_days: f64,
    /// Weeks that the short-memory variant of day total × share looks back, 4 to 52.
    pub recent_weeks: u32,
    /// Factor per day by which the trend's step shrinks beyond the end of history, 0.5 to 1.
    pub trend_damping: f64,
    /// Days of history from which a yearly season is fitted; below it there is none.
    pub season_from_days: u32,
}

impl Default for ForecastParams {
    fn default() -> Self {
        Self {
            folds: 4,
            fold_step_days: 9,
            fold_horizon_days: 14,
            level_half_life_days: 540.0,
            shape_half_life_days: 90.0,
            average_half_life_days: 56.0,
            factor_half_life_days: 46.0,
            recent_weeks: 10,
            trend_damping: 0.98,
            season_from_days: 400,
        }
    }
}

impl ForecastParams {
    /// Every setting that is out of range, each as a sentence fit to follow a colon; empty when all is well.
    #[must_use]
    pub fn validate(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut within = |name: &str, value: f64, low: f64, high: f64| {
            if !(low..=high).contains(&value) {
                problems.push(format!("`{name}` is {value}, must lie between {low} and {high}"));
            }
        };
        within("folds", self.folds as f64, 1.0, 20.0);
        within("fold_step_days", f64::from(self.fold_step_days), 1.0, 60.0);
        within("fold_horizon_days", f64::from(self.fold_horizon_days), 1.0, 60.0);
        within("level_half_life_days", self.level_half_life_days, 7.0, 1e5);
        within("shape_half_life_days", self.shape_half_life_days, 7.0, 1e5);
        within("average_half_life_days", self.average_half_life_days, 7.0, 1e5);
        within("factor_half_life_days", self.factor_half_life_days, 7.0, 1e5);
        within("recent_weeks", f64::from(self.recent_weeks), 4.0, 52.0);
        within("trend_damping", self.trend_damping, 0.5, 1.0);
        within("season_from_days", f64::from(self.season_from_days), 200.0, 1e5);
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range_and_each_mistake_is_named() {
        assert!(ForecastParams::default().validate().is_empty());
        let wrong = ForecastParams { folds: 0, trend_damping: 1.2, ..ForecastParams::default() };
        assert_eq!(wrong.validate().len(), 2);
    }
}
