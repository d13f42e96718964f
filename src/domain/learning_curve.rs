//! How newcomers get faster.

/// A newcomer's contacts take `1 + extra · e^(−t/weeks)` times as long after `t` weeks as those of the same person who has learned: the
/// exponential curve that fits agents' handle times (N. Gans, N. Liu, A. Mandelbaum, H. Shen & H. Ye, Service times in call centers:
/// agent heterogeneity and learning, IMS Collections 6, 2010).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearningCurve {
    /// How much longer the first contacts take, as a share of the later handle time.
    pub extra: f64,
    /// Weeks after which `1/e` of it, 37 %, is left.
    pub weeks: f64,
}

impl LearningCurve {
    /// Handle time over that of somebody who has learned, so many weeks after the first day.
    #[must_use]
    pub fn handle_time_factor(&self, weeks: f64) -> f64 {
        1.0 + self.extra * (-weeks.max(0.0) / self.weeks).exp()
    }

    /// Weeks after which half of what is longer is gone.
    #[must_use]
    pub fn half_gone_after(&self) -> f64 {
        self.weeks * std::f64::consts::LN_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_day_takes_all_of_it_and_half_is_gone_at_the_half_life() {
        let curve = LearningCurve { extra: 0.4, weeks: 6.0 };
        let after = |weeks: f64| (curve.handle_time_factor(weeks) * 1e6).round() / 1e6;
        assert_eq!((after(-1.0), after(0.0), after(curve.half_gone_after()), after(600.0)), (1.4, 1.4, 1.2, 1.0));
    }
}
