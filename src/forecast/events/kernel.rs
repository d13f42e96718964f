//! How a response spreads over elapsed time after a send: distribution functions of the kernels.

use statrs::function::gamma::gamma_lr;

use crate::domain::event::Kernel;
use crate::domain::units::Minutes;

/// Share of the response that has come so many minutes after a send, 0 to 1.
pub(crate) fn arrived(kernel: Kernel, minutes: f64) -> f64 {
    if minutes <= 0.0 {
        return 0.0;
    }
    let relative = |scale: Minutes| minutes / (scale.get() as f64).max(1.0);
    let share = match kernel {
        Kernel::Geometric { half_life } => 1.0 - (-relative(half_life)).exp2(),
        Kernel::Weibull { shape, scale } => -(-relative(scale).powf(shape)).exp_m1(),
        Kernel::Gamma { shape, scale } if shape > 0.0 => gamma_lr(shape, relative(scale)),
        Kernel::Gamma { .. } => 1.0,
    };
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 1.0 }
}

/// A kernel's distribution function at multiples of a step, for the many evaluations that learning needs.
pub(super) struct KernelTable {
    step: f64,
    shares: Vec<f64>,
}

impl KernelTable {
    /// Tabulates until `longest` minutes after the send.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps of a table are few")]
    pub(crate) fn new(kernel: Kernel, step: f64, longest: f64) -> Self {
        let steps = (longest / step).ceil().max(1.0) as usize + 2;
        Self { step, shares: (0..steps).map(|at| arrived(kernel, at as f64 * step)).collect() }
    }

    /// The share arrived, linear between multiples of the step; sends on the grid meet them exactly.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes are positive and few")]
    pub(crate) fn arrived(&self, minutes: f64) -> f64 {
        if minutes <= 0.0 {
            return 0.0;
        }
        let at = minutes / self.step;
        let below = at as usize;
        match (self.shares.get(below), self.shares.get(below + 1)) {
            (Some(one), Some(next)) => one + (next - one) * (at - below as f64),
            _ => self.shares.last().copied().unwrap_or(1.0),
        }
    }
}

/// A kernel that events of a kind share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SharedKernel {
    /// Weibull shape.
    pub(crate) shape: f64,
    /// Weibull scale, hours.
    pub(crate) scale_hours: f64,
}

impl SharedKernel {
    /// Hours until half of a response has come: `scale · (ln 2)^(1/shape)`.
    pub(crate) fn half_life_hours(&self) -> f64 {
        self.scale_hours * std::f64::consts::LN_2.powf(1.0 / self.shape)
    }
}

/// A Weibull kernel.
pub(super) fn weibull(shape: f64, scale_hours: f64) -> Kernel {
    #[expect(clippy::cast_possible_truncation, reason = "hours of a kernel are few")]
    let minutes = (scale_hours * 60.0).round() as i64;
    Kernel::Weibull { shape, scale: Minutes::new(minutes.max(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;

    #[test]
    fn kernels_start_at_nothing_and_reach_one() {
        let day = Minutes::hours(24);
        let all = [
            (Kernel::Geometric { half_life: day }, 0.5),
            // 1 − e⁻¹.
            (Kernel::Weibull { shape: 1.5, scale: day }, 0.632_120_558_828_557_7),
            // An Erlang distribution of two stages: 1 − 2/e.
            (Kernel::Gamma { shape: 2.0, scale: day }, 0.264_241_117_657_115_4),
        ];
        for (kernel, after_a_day) in all {
            assert!(arrived(kernel, -5.0).abs() < 1e-12);
            assert!((arrived(kernel, 1440.0) - after_a_day).abs() < 1e-9);
            assert!(arrived(kernel, 1440.0 * 60.0) > 0.999_999);
            let table = KernelTable::new(kernel, 15.0, 14_400.0);
            assert!((table.arrived(1440.0) - after_a_day).abs() < 1e-9);
        }
    }
}
