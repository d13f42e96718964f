//! Names as a workspace can hold them: other systems' queues and agents may be called what would part a list, or what a spreadsheet takes for a formula.

use crate::ingest::import::stated::said::Said;
use tr::tr;

/// Makes names usable, different ones staying apart, and says which were changed, and which differ by case alone. `what` they are: `queue`.
pub(in crate::ingest::import) fn make_usable(names: &mut [String], what: &str, said: &mut Said) {
    const TOLD: usize = 3;
    let mut changed = Vec::new();
    for at in 0..names.len() {
        let plain = usable(&names[at]);
        if plain == names[at] {
            continue;
        }
        let others = |name: &str| names.iter().enumerate().any(|(other, theirs)| other != at && theirs == name);
        let numbered = (2..).map(|number| format!("{plain} {number}"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !others(name)).unwrap_or(plain);
        changed.push(tr!("`{}` is called `{free}`", names[at], free));
        names[at] = free;
    }
    if !changed.is_empty() {
        let more = changed.len().saturating_sub(TOLD);
        let more = if more > 0 { tr!(" and {more} more", more) } else { String::new() };
        let told = changed[..changed.len().min(TOLD)].join(", ");
        said.found(tr!(
            "names of {what}s hold none of | , ; \" * / \\ and begin with none of = + - @: {told}{more}",
            what,
            told,
            more
        ));
    }
    tell_case(names, what, said);
}

fn tell_case(names: &[String], what: &str, said: &mut Said) {
    let mut by_case: Vec<(String, &String)> = names.iter().map(|name| (name.to_lowercase(), name)).collect();
    by_case.sort();
    for same in by_case.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let names: Vec<String> = same.iter().map(|(_, name)| format!("`{name}`")).collect();
        said.found(tr!("{} differ by case alone and are a {what} each", names.join(" and "), what));
    }
}

/// A name without what it cannot hold.
pub(in crate::ingest::import) fn usable(name: &str) -> String {
    let is_mark = |letter: char| letter.is_control() || "|,;\"*/\\".contains(letter);
    let plain = name.replace(is_mark, " ");
    let plain = plain.trim_start_matches(|letter: char| "=+-@ ".contains(letter));
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_same = plain.is_empty() || !name.contains(is_mark) && !name.starts_with(['=', '+', '-', '@']);
    if is_same { name.to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_no_marks_and_stay_apart() {
        let mut names = ["=Sales", "Sales", "SIP/101", "sip 101", "Łódź  II", ""].map(str::to_owned);
        let mut said = Said::default();
        make_usable(&mut names, "queue", &mut said);
        assert_eq!(names, ["Sales 2", "Sales", "SIP 101", "sip 101", "Łódź  II", ""]);
        assert!(said.found[0].contains("`=Sales` is called `Sales 2`, `SIP/101` is called `SIP 101`"), "{said:?}");
        assert_eq!(said.found[1], "`SIP 101` and `sip 101` differ by case alone and are a queue each");
    }
}
