//! Shares over replications: Σ y / Σ x with its band.

use crate::domain::service::Estimate;

/// 97.5 % quantile of the standard normal.
const Z975: f64 = 1.959_963_984_540_054;

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

    /// The share over so many replications; its variance is that of y − r x over n x̄² (Law 2015, sec. 9.5.4). Where all
    /// contacts fared alike the variance says nothing: three in all the contacts may have fared otherwise.
    pub(super) fn estimate(&self, replications: usize) -> Option<Estimate> {
        if self.x <= 0.0 {
            return None;
        }
        let (n, share) = (replications as f64, self.y / self.x);
        let squares = (self.yy - 2.0 * share * self.xy + share * share * self.xx).max(0.0);
        let deviation = (squares / (n - 1.0).max(1.0) * n).sqrt() / self.x;
        let half = (Z975 * deviation).max(if squares <= 1e-9 { 3.0 / self.x } else { 0.0 });
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
        let estimate = ratio.estimate(3).expect("contacts");
        let deviation = (21.5_f64 / 2.0 * 3.0).sqrt() / 40.0;
        assert!((estimate.share - 0.75).abs() < 1e-12);
        assert!((estimate.half_width() - f64::midpoint(Z975 * deviation, 1.0 - 0.75)).abs() < 1e-9, "cut off at 1");
        assert!((estimate.low - (0.75 - Z975 * deviation)).abs() < 1e-9);
    }

    #[test]
    fn where_all_were_served_the_band_still_has_a_width() {
        let mut ratio = Ratio::default();
        (0..10).for_each(|_| ratio.add(30.0, 30.0));
        assert_eq!(ratio.estimate(10).map(|estimate| (estimate.low, estimate.high)), Some((0.99, 1.0)));
        assert_eq!(Ratio::default().estimate(10), None);
    }
}
