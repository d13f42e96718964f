//! File names from ids: letters and digits stay, everything else becomes a dash, and no two names are the same.

use std::collections::BTreeSet;

/// One name per id, in order; distinct also where a file system does not tell capitals apart.
pub(super) fn file_names<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    ids.map(|id| {
        let plain = plain(id);
        let mut name = plain.clone();
        let mut count = 1;
        while !taken.insert(name.to_lowercase()) {
            count += 1;
            name = format!("{plain}-{count}");
        }
        name
    })
    .collect()
}

fn plain(id: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || letter == '_' || letter == '-' { letter } else { '-' };
    let name: String = id.chars().take(60).map(kept).collect();
    if name.is_empty() { "unnamed".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_leaves_the_folder_or_overwrites_another() {
        let names = file_names(["orders", "../etc/passwd", "a b", "a-b", "A B", "zamówienia"].into_iter());
        assert_eq!(names, ["orders", "---etc-passwd", "a-b", "a-b-2", "A-B-3", "zamówienia"]);
    }
}
