//! "Did you mean": the known word nearest to an unknown one.

use tr::tr;

/// The candidate within a small edit distance of `word`: one edit in three characters, at most three. A word without
/// letters is no slip of another: who writes 7 does not mean 5.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    if !word.chars().any(char::is_alphabetic) {
        return None;
    }
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(edits, _)| *edits <= allowed)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// The hint that goes with an unknown word, if some known word is near.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| tr!("did you mean `{candidate}`?", candidate))
}

/// Edit distance with insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let edits = (rows[i][j] + usize::from(left != right)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && *left == b[j - 1] && a[i - 1] == *right;
            row.push(if swapped { edits.min(rows[i - 1][j - 1] + 1) } else { edits });
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_of_neighbours_is_one_slip() {
        assert_eq!(distance("queue", "qeuue"), 1);
        assert_eq!(distance("skills", "skill"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn only_near_words_are_offered() {
        assert_eq!(nearest("priorty", ["patience_s", "priority"]), Some("priority"));
        assert_eq!(nearest("colour", ["patience_s", "priority"]), None);
        assert_eq!(nearest("7", ["5", "10"]), None);
    }
}
