//! Erlang B, M/M/n/n: the share of contacts that find every server busy and leave at once.
//!
//! Poisson arrivals, n servers, no waiting room. The recurrence B(0) = 1, B(n) = aB/(n + aB) is run on its reciprocal,
//! 1/B(n) = 1 + (n/a)/B(n−1), whose terms are sums of positive numbers: nothing cancels, and where 1/B exceeds the
//! floating range, B is zero to all digits. Reference: A. K. Erlang (1917).

use crate::domain::units::{Erlangs, Share};

/// Probability that all of `servers` are busy under an offered load. Linear in `servers`; exact for any load.
#[must_use]
pub fn blocking(load: Erlangs, servers: u64) -> Share {
    Share::clamped(1.0 / inverse(load.get(), servers))
}

/// The fewest servers that block at most `share` of contacts.
#[must_use]
pub fn servers_for(load: Erlangs, share: Share) -> u64 {
    let (mut servers, mut inverse) = (0, 1.0);
    while 1.0 / inverse > share.get() {
        servers += 1;
        inverse = step(inverse, servers as f64 / load.get());
    }
    servers
}

/// 1/B, which also normalises the waiting systems: Σ_{j ≤ n} πⱼ / πₙ of the states with j servers busy.
pub(super) fn inverse(load: f64, servers: u64) -> f64 {
    let per_erlang = 1.0 / load;
    (1..=servers).fold(1.0, |inverse, server| step(inverse, server as f64 * per_erlang))
}

/// One more server, or one more busy state that is left `leaving` times as fast as contacts arrive.
pub(super) fn step(inverse: f64, leaving: f64) -> f64 {
    1.0 + leaving * inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_forty_digit_arithmetic() {
        for (servers, load, expected) in [
            (5, 3.0, 0.110_054_347_826_087),
            (10, 8.0, 0.121_661_064_252_952),
            (100, 90.0, 0.026_957_380_464_359_2),
            (1_000, 1_000.0, 0.024_811_917_646_160_4),
            (10_000, 9_900.0, 0.002_858_126_738_856_59),
            (100_000, 100_000.0, 0.002_518_893_423_546_91),
        ] {
            let got = blocking(Erlangs::clamped(load), servers).get();
            assert!((got - expected).abs() < 1e-12, "B({servers}, {load}) = {got}, not {expected}");
        }
    }

    #[test]
    fn one_server_fewer_would_block_too_many() {
        let load = Erlangs::clamped(8.0);
        let limit = Share::clamped(0.01);
        let servers = servers_for(load, limit);
        assert!(blocking(load, servers) <= limit);
        assert!(blocking(load, servers - 1) > limit);
        // Even "nobody is ever blocked" ends, where B falls below the smallest number.
        assert!(servers_for(load, Share::NONE) < 1_000);
        assert_eq!(servers_for(Erlangs::ZERO, limit), 1);
    }
}
