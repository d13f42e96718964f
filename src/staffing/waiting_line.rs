//! The states of an Erlang A system in which contacts wait, weighed against the one in which the last server filled up.

/// Past this the sums are scaled down, so that no overload overflows.
const LARGE: f64 = 1e200;

/// Terms below this share of their sum are below its rounding.
const NOTHING: f64 = 1e-17;

/// Sums over xⱼ = Π_{i ≤ j} a/(n + ir), j contacts waiting; all but `ln_scale` are divided by `exp(ln_scale)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WaitingLine {
    /// x₀ = 1.
    pub(super) unit: f64,
    /// Σ_{j ≥ 1} xⱼ.
    pub(super) waiting: f64,
    /// Σ j·xⱼ.
    pub(super) queue: f64,
    /// Σ xⱼ·Σ_{i ≤ j} n/(n + ir): the waits of answered contacts, in arrivals.
    pub(super) answered_wait: f64,
    /// Logarithm of the scale.
    pub(super) ln_scale: f64,
}

impl WaitingLine {
    /// The line before `servers` under `load` erlangs, where customers are `r` = AHT/patience as quick to leave as
    /// servers are to finish. Terms rise up to (a − n)/r and then fall faster than any power.
    pub(super) fn new(load: f64, servers: f64, r: f64) -> Self {
        let mut line = Self { unit: 1.0, waiting: 0.0, queue: 0.0, answered_wait: 0.0, ln_scale: 0.0 };
        let (mut x, mut waits, mut position) = (1.0, 0.0, 0.0);
        loop {
            position += 1.0;
            let leaving = servers + position * r;
            x *= load / leaving;
            waits += servers / leaving;
            line.waiting += x;
            line.queue += position * x;
            line.answered_wait += waits * x;
            let rising = load >= leaving;
            if !(rising || x > NOTHING * (line.unit + line.waiting)) {
                return line;
            }
            if x > LARGE {
                x /= LARGE;
                line.unit /= LARGE;
                line.waiting /= LARGE;
                line.queue /= LARGE;
                line.answered_wait /= LARGE;
                line.ln_scale += LARGE.ln();
            }
        }
    }
}
