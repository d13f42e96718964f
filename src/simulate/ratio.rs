//! Shares over replications: Σ y / Σ x with its band.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::domain::service::Estimate;

/// How many replications there are, and what their number makes of a deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Confidence {
    replications: f64,
    /// Deviations to either end of a 95 % band.
    quantile: f64,
}

impl Confidence {
    /// Of so many replications; of a single one nothing can be said.
    pub(super) fn of(replications: usize) -> Self {
        let freedom = replications.saturating_sub(1) as f64;
        let quantile = StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |student| student.inverse_cdf(0.975));
        Self { replications: replications as f64, quantile }
    }
}

impl Confidence {
    /// Half the width of the band of a mean, of one value a replication.
    pub(super) fn half_width(&self, values: &[f64]) -> f64 {
        let n = self.replications;
        if n < 2.0 {
            return f64::INFINITY;
        }
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        self.quantile * (squares / (n - 1.0) / n).sqrt()
    }
}

/// Sums of pairs (x, y), one pair a replication.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ratio {
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Ratio {
    /// A replication with `y` of `x`.
    pub(super) fn add(&mut self, x: f64, y: f64) {
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.xy += x * y;
        self.yy += y * y;
    }

    /// More replications.
    pub(super) fn merge(&mut self, other: &Self) {
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.xy += other.xy;
        self.yy += other.yy;
    }

    /// The share over so many replications; its variance is that of y − r x over n x̄² (Law 2015, sec. 9.5.4), its band that of
    /// Student's t. Where all contacts fared alike the variance says nothing: three in all the contacts may have fared
    /// otherwise. A single replication leaves everything open.
    pub(super) fn estimate(&self, confidence: &Confidence) -> Option<Estimate> {
        if self.x <= 0.0 {
            return None;
        }
        let (n, share) = (confidence.replications, self.y / self.x);
        if n < 2.0 {
            return Some(Estimate { share, low: 0.0, high: 1.0 });
        }
        let squares = (self.yy - 2.0 * share * self.xy + share * share * self.xx).max(0.0);
        let deviation = (squares / (n - 1.0) * n).sqrt() / self.x;
        let half = (confidence.quantile * deviation).max(if squares <= 1e-9 { 3.0 / self.x } else { 0.0 });
        Some(Estimate { share, low: (share - half).max(0.0), high: (share + half).min(1.0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_that_of_all_contacts_and_its_band_that_of_replications() {
        // 8 of 10, 18 of 20, 4 of 10: 30 of 40. Residuals from three quarters: .5, 3, −3.5; their squares sum up to 21.5.
        let mut ratio = Ratio::default();
        for (x, y) in [(10.0, 8.0), (20.0, 18.0), (10.0, 4.0)] {
            ratio.add(x, y);
        }
        let estimate = ratio.estimate(&Confidence::of(3)).expect("contacts");
        let deviation = (21.5_f64 / 2.0 * 3.0).sqrt() / 40.0;
        // Two degrees of freedom: 4.303 deviations to either side.
        let half = 4.302_652_73 * deviation;
        assert!((estimate.share - 0.75).abs() < 1e-12);
        assert!((estimate.low - (0.75 - half)).abs() < 1e-6, "{estimate:?}");
        assert!((estimate.high - 1.0).abs() < 1e-12, "cut off at 1");
    }

    #[test]
    fn where_all_were_served_the_band_still_has_a_width() {
        let mut ratio = Ratio::default();
        (0..10).for_each(|_| ratio.add(30.0, 30.0));
        let ten = Confidence::of(10);
        assert_eq!(ratio.estimate(&ten).map(|estimate| (estimate.low, estimate.high)), Some((0.99, 1.0)));
        assert_eq!(Ratio::default().estimate(&ten), None);
    }

    #[test]
    fn a_single_replication_leaves_everything_open() {
        let mut ratio = Ratio::default();
        ratio.add(10.0, 8.0);
        let estimate = ratio.estimate(&Confidence::of(1)).expect("contacts");
        assert_eq!((estimate.share, estimate.low, estimate.high), (0.8, 0.0, 1.0));
    }

    #[test]
    fn of_many_replications_a_band_is_that_of_the_normal() {
        assert!((Confidence::of(100_000).quantile - 1.96).abs() < 1e-3);
        assert!((Confidence::of(9).quantile - 2.306).abs() < 1e-3);
    }
}
