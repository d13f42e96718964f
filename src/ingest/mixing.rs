//! Hashing of what came out of files in large numbers: quick, the same in every run, and even enough that different rows share a hash by
//! chance alone.
//!
//! Who writes a file with collisions on purpose makes its import slow, not wrong: tables compare what they hold.

use std::hash::{BuildHasherDefault, Hasher};

/// The finaliser of splitmix64 (Steele, Lea & Flood, OOPSLA 2014): every bit of a number decides about half of all bits.
pub(super) const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A hash map of short keys.
pub(super) type MixedMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Mixer>>;

/// Mixes eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mixer(u64);

impl Mixer {
    const fn take(&mut self, number: u64) {
        self.0 = mixed(self.0.rotate_left(23) ^ number);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        let mut parts = bytes.chunks_exact(8);
        for part in &mut parts {
            self.take(part.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)));
        }
        let rest = parts.remainder();
        let last = rest.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        // The length tells `a` from `a` and a zero byte.
        self.take(last ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, _: u8) {
        // Ends a text: its length is in its hash already.
    }

    fn write_u32(&mut self, number: u32) {
        self.take(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.take(number);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::{BuildHasher, BuildHasherDefault};

    use super::*;

    #[test]
    fn a_million_neighbours_have_a_hash_of_their_own_each() {
        let hasher = BuildHasherDefault::<Mixer>::default();
        let texts = (0..500_000).map(|number| hasher.hash_one(format!("agent {number}")));
        let keys = (0..500_000_u32).map(|number| hasher.hash_one((number % 1000, number / 1000)));
        assert_eq!(texts.chain(keys).collect::<HashSet<u64>>().len(), 1_000_000);
        assert_ne!(hasher.hash_one("a"), hasher.hash_one("a\0"));
    }
}
