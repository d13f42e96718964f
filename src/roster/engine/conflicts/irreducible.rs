//! The smallest set that cannot be kept together: a deletion filter (Chinneck & Dravnieks 1991).

/// Things of which not all can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Irreducible<T> {
    /// Together they leave nothing, and without any one of them there is a way, the things beside them left out.
    pub(super) set: Vec<T>,
    /// Those of the set without which there is a way though all else is kept.
    pub(super) alone: Vec<T>,
}

/// Of things that cannot all be kept, a set that cannot either and of which each is needed for that. `fails(left out)` tells
/// whether there is provably no way even without those.
///
/// What alone is enough to leave out belongs to every such set, so it is found first; mostly it is the whole set. The others
/// are left out for good one after the other as long as there is still no way, from either end: the smaller set counts.
pub(super) fn irreducible<T: Copy + PartialEq>(all: &[T], mut fails: impl FnMut(&[T]) -> bool) -> Irreducible<T> {
    let alone: Vec<T> = all.iter().copied().filter(|&one| !fails(&[one])).collect();
    let others: Vec<T> = all.iter().copied().filter(|one| !alone.contains(one)).collect();
    if fails(&others) {
        return Irreducible { set: alone.clone(), alone };
    }
    let mut most = left_out(others.iter().copied(), &mut fails);
    // One beside those that alone are enough is the least there can be.
    if most.len() + 1 < others.len() {
        let backwards = left_out(others.iter().rev().copied(), &mut fails);
        if backwards.len() > most.len() {
            most = backwards;
        }
    }
    Irreducible { set: all.iter().copied().filter(|one| !most.contains(one)).collect(), alone }
}

/// What can be left out, one after the other, while there is still no way.
fn left_out<T: Copy>(others: impl Iterator<Item = T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut left_out: Vec<T> = Vec::new();
    for one in others {
        left_out.push(one);
        if !fails(&left_out) {
            left_out.pop();
        }
    }
    left_out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There is no way as long as all of one of these are kept.
    fn of(all: &[u32], conflicts: &[&[u32]]) -> Irreducible<u32> {
        irreducible(all, |left_out| conflicts.iter().any(|conflict| conflict.iter().all(|one| !left_out.contains(one))))
    }

    #[test]
    fn what_is_in_no_conflict_is_not_named() {
        assert_eq!(of(&[1, 2, 3, 4], &[&[2, 4]]), Irreducible { set: vec![2, 4], alone: vec![2, 4] });
    }

    #[test]
    fn of_two_conflicts_one_is_named_and_what_both_share_is_enough_alone() {
        // Without 1 alone neither stands. 2 goes first, and then 3 is needed.
        assert_eq!(of(&[1, 2, 3], &[&[1, 2], &[1, 3]]), Irreducible { set: vec![1, 3], alone: vec![1] });
        // Nothing is in both: no single one is enough.
        assert_eq!(of(&[1, 2, 3, 4], &[&[1, 2], &[3, 4]]), Irreducible { set: vec![3, 4], alone: vec![] });
        // From the front the set would be of three, from the back it is of two.
        assert_eq!(of(&[1, 2, 3, 4, 5], &[&[1, 2], &[3, 4, 5]]), Irreducible { set: vec![1, 2], alone: vec![] });
    }
}
