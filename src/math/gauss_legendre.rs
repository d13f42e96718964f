//! Gauss–Legendre quadrature: exact for polynomials of degree 39 on each panel.

/// Points per panel.
const POINTS: usize = 20;

/// Nodes and weights on [−1, 1], by Newton's method on the Legendre polynomial (Press et al., Numerical Recipes, §4.6).
#[derive(Clone, Copy, Debug)]
pub struct GaussLegendre {
    nodes: [(f64, f64); POINTS],
}

impl Default for GaussLegendre {
    fn default() -> Self {
        Self { nodes: std::array::from_fn(node) }
    }
}

impl GaussLegendre {
    /// ∫ f over `[from, until]`, split into equal panels.
    pub fn integrate(&self, from: f64, until: f64, panels: u32, f: impl Fn(f64) -> f64) -> f64 {
        let width = (until - from) / f64::from(panels);
        (0..panels).map(|panel| self.panel(from + width * f64::from(panel), width, &f)).sum()
    }

    /// ∫ f over one panel.
    pub fn panel(&self, from: f64, width: f64, f: impl Fn(f64) -> f64) -> f64 {
        self.points(from, width).map(|(x, weight)| weight * f(x)).sum()
    }

    /// The points of one panel with their weights.
    pub fn points(&self, from: f64, width: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let half = width / 2.0;
        self.nodes.iter().map(move |&(x, weight)| (from + half * (1.0 + x), weight * half))
    }
}

/// The root of the Legendre polynomial nearest the asymptotic guess, with its weight.
fn node(index: usize) -> (f64, f64) {
    let mut x = (std::f64::consts::PI * (index as f64 + 0.75) / (POINTS as f64 + 0.5)).cos();
    let mut slope = 1.0;
    for _ in 0..8 {
        let value;
        (value, slope) = legendre(x);
        x -= value / slope;
    }
    (x, 2.0 / ((1.0 - x * x) * slope * slope))
}

/// The Legendre polynomial of degree `POINTS` and its derivative.
fn legendre(x: f64) -> (f64, f64) {
    let (mut current, mut previous) = (1.0, 0.0);
    for degree in 0..POINTS {
        let k = degree as f64;
        (current, previous) = (((2.0 * k + 1.0) * x * current - k * previous) / (k + 1.0), current);
    }
    (current, POINTS as f64 * (x * current - previous) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_and_a_polynomial_integrate_to_machine_precision() {
        let rule = GaussLegendre::default();
        // ∫₀² 5x⁴ = 32.
        assert!((rule.integrate(0.0, 2.0, 1, |x| 5.0 * x.powi(4)) - 32.0).abs() < 1e-13);
        // ∫ exp(−x²) over the line is √π.
        let bell = rule.integrate(-7.0, 7.0, 4, |x| (-x * x).exp());
        assert!((bell - std::f64::consts::PI.sqrt()).abs() < 1e-13);
    }
}
