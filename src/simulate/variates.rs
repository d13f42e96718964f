//! How handle times and patience of a queue are drawn.

use rand::{Rng, RngExt};
use rand_distr::{Exp1, StandardNormal};

use crate::domain::queue::Queue;
use crate::domain::routing::{HandleTimeShape, PatienceShape};

/// How handle times of a queue vary around their mean.
#[derive(Clone, Copy, Debug)]
pub(super) enum HandleTimes {
    /// Lognormal, by the deviation of the logarithm.
    Lognormal(f64),
    Exponential,
}

impl HandleTimes {
    /// Of a queue.
    pub(super) fn of(queue: &Queue) -> Self {
        match queue.behaviour.handle_times {
            HandleTimeShape::Lognormal(cv) => Self::Lognormal((cv * cv).ln_1p().sqrt()),
            HandleTimeShape::Exponential => Self::Exponential,
        }
    }

    /// A handle time over its mean.
    pub(super) fn draw(self, random: &mut impl Rng) -> f64 {
        match self {
            Self::Lognormal(deviation) if deviation > 0.0 => {
                let z: f64 = random.sample(StandardNormal);
                (deviation * z - deviation * deviation / 2.0).exp()
            }
            Self::Lognormal(_) => 1.0,
            Self::Exponential => random.sample(Exp1),
        }
    }
}

/// How long customers of a queue wait.
#[derive(Clone, Copy, Debug)]
pub(super) enum Patience {
    /// For ever.
    Endless,
    /// Exponential with a mean.
    Exponential(f64),
    /// `scale × E^power` of an exponential `E` of mean 1: Weibull.
    Weibull { scale: f64, power: f64 },
    /// `scale × exp(deviation × Z)`.
    Lognormal { scale: f64, deviation: f64 },
}

impl Patience {
    /// Of a queue.
    pub(super) fn of(queue: &Queue) -> Self {
        let Some(mean) = queue.patience.map(crate::domain::units::Seconds::get) else { return Self::Endless };
        match queue.behaviour.patience {
            PatienceShape::Exponential => Self::Exponential(mean),
            PatienceShape::Weibull(shape) => {
                let power = 1.0 / shape;
                Self::Weibull { scale: mean / statrs::function::gamma::gamma(1.0 + power), power }
            }
            PatienceShape::Lognormal(cv) => {
                let variance = (cv * cv).ln_1p();
                Self::Lognormal { scale: mean * (-variance / 2.0).exp(), deviation: variance.sqrt() }
            }
        }
    }

    /// How long a customer waits, seconds.
    pub(super) fn draw(self, random: &mut impl Rng) -> f64 {
        match self {
            Self::Endless => f64::INFINITY,
            Self::Exponential(mean) => mean * random.sample::<f64, _>(Exp1),
            Self::Weibull { scale, power } => scale * random.sample::<f64, _>(Exp1).powf(power),
            Self::Lognormal { scale, deviation } => scale * (deviation * random.sample::<f64, _>(StandardNormal)).exp(),
        }
    }
}
