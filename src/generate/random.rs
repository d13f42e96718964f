//! Streams of random numbers, one per component, so that a change in one part of a centre leaves the others as they were.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The stream of one component (`"agents"`, `"noise"` …) and one of its members.
///
/// All streams share the centre's seed as key and differ in `ChaCha`'s stream number, so they do not overlap.
pub(super) fn stream(seed: u64, component: &str, member: usize) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(fnv1a(component.bytes().chain([0]).chain(member.to_le_bytes())));
    random
}

/// The 64-bit hash of Fowler, Noll and Vo: short, and the same on every machine.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One of several, each as likely as the others; nothing of nothing.
pub(super) fn pick<'a, T>(random: &mut ChaCha8Rng, from: &'a [T]) -> Option<&'a T> {
    if from.is_empty() { None } else { from.get(random.random_range(0..from.len())) }
}

/// A positive factor with mean 1 and this standard deviation.
pub(super) fn factor(random: &mut ChaCha8Rng, deviation: f64) -> f64 {
    let variance = deviation * deviation;
    rand_distr::Gamma::new(1.0 / variance, variance).map_or(1.0, |gamma| random.sample(gamma))
}

/// A drawn count, which is a whole number already.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are whole, positive and small")]
pub(super) fn whole(count: f64) -> u64 {
    count as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |name, member| stream(7, name, member).random::<u64>();
        assert_eq!(draw("noise", 1), draw("noise", 1));
        assert_ne!(draw("noise", 1), draw("noise", 2));
        assert_ne!(draw("noise", 1), draw("agents", 1));
    }

    #[test]
    fn factors_have_mean_one() {
        let mut random = stream(1, "test", 0);
        let draws: Vec<f64> = (0..20_000).map(|_| factor(&mut random, 0.1)).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        // The standard error is 0.1 / √20000 = 0.0007.
        assert!((mean - 1.0).abs() < 0.003, "{mean}");
    }
}
