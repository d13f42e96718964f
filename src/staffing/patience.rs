//! How long customers wait before they give up: a mean, and a shape around it.

use statrs::function::erf::erfc;
use statrs::function::gamma::gamma;

use crate::domain::routing::PatienceShape;
use crate::domain::units::Seconds;

/// The patience of customers who give up in the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// Its mean.
    pub mean: Seconds,
    /// How it is distributed around it.
    pub shape: PatienceShape,
}

impl Patience {
    /// The share of customers still patient after so many seconds.
    #[must_use]
    pub fn survivors(&self, after: f64) -> f64 {
        let mean = self.mean.get();
        if after <= 0.0 {
            return 1.0;
        }
        match self.shape {
            PatienceShape::Exponential => (-after / mean).exp(),
            PatienceShape::Weibull(shape) => (-(after * gamma(1.0 + 1.0 / shape) / mean).powf(shape)).exp(),
            PatienceShape::Lognormal(cv) => {
                let variance = (cv * cv).ln_1p();
                erfc(((after / mean).ln() + variance / 2.0) / (2.0 * variance).sqrt()) / 2.0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::gauss_legendre::GaussLegendre;

    #[test]
    fn the_mean_is_what_survivors_add_up_to() {
        // The mean of a positive quantity is the integral of its survivors; here in logarithms, for both ends are long.
        for shape in [PatienceShape::Exponential, PatienceShape::Weibull(0.7), PatienceShape::Lognormal(1.5)] {
            let patience = Patience { mean: Seconds::clamped(120.0), shape };
            let mean =
                GaussLegendre::default().integrate(-30.0, 14.0, 40, |ln: f64| ln.exp() * patience.survivors(ln.exp()));
            assert!((mean - 120.0).abs() < 1e-6, "{shape:?}: {mean}");
        }
    }

    #[test]
    fn half_of_a_lognormal_outlast_its_median() {
        // The median lies at mean / √(1 + cv²): 120 / √1.25.
        let patience = Patience { mean: Seconds::clamped(120.0), shape: PatienceShape::Lognormal(0.5) };
        assert!((patience.survivors(120.0 / 1.25_f64.sqrt()) - 0.5).abs() < 1e-12);
    }
}
