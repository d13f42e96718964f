//! Means of batches with their bands, and how many figures lie inside.

/// A mean over batches with half the width of its 95 % band.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) mean: f64,
    pub(super) half: f64,
}

impl Band {
    /// Of figures of batches that do not depend on each other.
    pub(super) fn of(batches: impl IntoIterator<Item = f64>) -> Self {
        let batches: Vec<f64> = batches.into_iter().collect();
        let n = batches.len() as f64;
        let mean = batches.iter().sum::<f64>() / n;
        let variance = batches.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Self { mean, half: student(n - 1.0) * (variance / n).sqrt() }
    }
}

/// 97.5 % quantile of Student's t for ten degrees of freedom and more: the first terms of Cornish and Fisher's expansion.
fn student(freedom: f64) -> f64 {
    let z = 1.959_964_f64;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    z + first / freedom + second / freedom.powi(2)
}

/// Figures compared with the truth.
#[derive(Clone, Debug, Default)]
pub(super) struct Compared {
    all: usize,
    outside: Vec<String>,
    far: Vec<String>,
}

impl Compared {
    /// A figure and what it should be; rounding is forgiven.
    pub(super) fn add(&mut self, name: &str, band: Band, truth: f64) {
        const ROUNDING: f64 = 1e-9;
        let off = (band.mean - truth).abs();
        let line = || format!("{name}: {:.5} ± {:.5}, not {truth:.5}", band.mean, band.half);
        self.all += 1;
        if off > band.half + ROUNDING {
            self.outside.push(line());
        }
        if off > 2.0 * band.half + ROUNDING {
            self.far.push(line());
        }
    }

    /// Of figures with 95 % bands one in twenty lies outside by chance; asserts that 93 % lie inside, and none lies outside
    /// a band of twice the width.
    pub(super) fn assert_inside(&self) {
        let inside = self.all - self.outside.len();
        eprintln!("{inside} of {} inside, {:.1} expected", self.all, 0.95 * self.all as f64);
        self.outside.iter().for_each(|line| eprintln!("outside: {line}"));
        assert!(self.far.is_empty(), "far outside: {:#?}", self.far);
        assert!(inside as f64 >= 0.93 * self.all as f64, "{inside} of {} inside: {:#?}", self.all, self.outside);
    }
}
