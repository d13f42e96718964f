//! "Ten per cent absent": which agents a scenario takes away.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::domain::units::Share;

/// Chooses a share of people, rounded to whole ones, for each scenario in turn among those still present.
///
/// The choice depends on the keys alone: it is the same in every run, and adding an agent changes it for few others.
pub(super) fn choose(keys: &[&str], shares: &[Share]) -> BTreeSet<usize> {
    let mut absent = BTreeSet::new();
    for (round, share) in shares.iter().enumerate() {
        let mut ranked: Vec<(Vec<u8>, usize)> = keys
            .iter()
            .enumerate()
            .filter(|(at, _)| !absent.contains(at))
            .map(|(at, key)| (Sha256::digest(format!("absent {round} {key}")).to_vec(), at))
            .collect();
        ranked.sort();
        let count = whole_people(share.get() * ranked.len() as f64);
        absent.extend(ranked.into_iter().take(count).map(|(_, at)| at));
    }
    absent
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count of people")]
fn whole_people(people: f64) -> usize {
    people.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_people_is_chosen_by_their_keys() {
        let keys: Vec<String> = (0..80).map(|number| format!("a{number:03}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let tenth = Share::clamped(0.1);
        assert_eq!(choose(&keys, &[tenth]).len(), 8);
        // Half of those whom the first scenario left: 8 + 36.
        assert_eq!(choose(&keys, &[tenth, Share::clamped(0.5)]).len(), 44);
        assert_eq!(choose(&keys, &[]), BTreeSet::new());
        let few = choose(&keys[..79], &[tenth]);
        assert!(few.difference(&choose(&keys, &[tenth])).count() <= 1);
    }
}
