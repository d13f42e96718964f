//! Texts, names and choices.

use crate::language::translated;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use tr::tr;

use super::refusal::{Read, Refusal};
use crate::workspace::suggestions::did_you_mean;

/// Any text that is not empty. It ends up in charts and on terminals, which have no place for control characters.
pub(crate) fn text(word: &str) -> Read<String> {
    if word.trim().is_empty() {
        return Err(Refusal::new("empty").accepting(tr!("a text")));
    }
    let is_no_letter = |letter: &char| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}');
    if let Some(letter) = word.trim().chars().find(is_no_letter) {
        let cause = tr!("has a control character (U+{})", format_args!("{:04X}", u32::from(letter)));
        return Err(Refusal::new(cause).accepting(tr!("a text in one line")).hinting(tr!("write it anew")));
    }
    Ok(word.trim().to_owned())
}

/// A name that can stand in a list, a table and a file: no separators, and nothing that a spreadsheet takes for a formula.
pub(crate) fn id(word: &str) -> Read<String> {
    let name = text(word)?;
    if name.contains(['|', ',', ';', '"', '*', '/', '\\']) {
        return Err(Refusal::new(tr!("not usable as a name")).accepting(tr!("a name without any of | , ; \" * / \\")));
    }
    if name.starts_with(['=', '+', '-', '@']) {
        let cause = tr!("a name that spreadsheets take for a formula");
        return Err(Refusal::new(cause).accepting(tr!("a name that begins with none of = + - @")));
    }
    Ok(name)
}

/// Yes or no.
pub(crate) fn flag(word: &str) -> Read<bool> {
    choice(&[("true", true), ("false", false)])(word)
}

fn not_allowed() -> String {
    tr!("not one of the words allowed here")
}

/// One of a few words, each with its meaning.
pub(crate) fn choice<T: Copy>(choices: &[(&str, T)]) -> impl Fn(&str) -> Read<T> {
    move |word| {
        choices.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning).ok_or_else(|| {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            Refusal::new(if word.parse::<f64>().is_ok() {
                tr!("not one of the values allowed here")
            } else {
                not_allowed()
            })
            .accepting(names.join(" | "))
            .hinting(did_you_mean(word, names))
        })
    }
}

/// The position of a known name; `kind` is what the names are, as in "unknown queue". Empty names are nobody's.
pub(crate) fn known<'a>(kind: &'a str, names: &'a [String]) -> impl Fn(&str) -> Read<usize> + 'a {
    move |word| {
        names.iter().position(|name| !name.is_empty() && name == word.trim()).ok_or_else(|| {
            let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            Refusal::new(tr!("unknown {kind}", kind = translated(kind)))
                .accepting(some_of(kind, &names))
                .hinting(did_you_mean(word, names))
        })
    }
}

/// Many names, to be looked up quickly.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    kind: &'static str,
    names: Vec<String>,
    at: BTreeMap<String, usize>,
    is_whole: bool,
    refused: Cell<u32>,
}

/// Refusals that say which names there are and which is near: among many names that takes a while.
const TOLD: u32 = 1000;

impl Index {
    /// The position of a name that may well exist, in an index that is not whole.
    pub(crate) const UNTOLD: usize = usize::MAX;

    /// An index of names; of two equal ones the first counts. Where the list of names could not be read in full,
    /// other names are not refused: what is wrong with the list has been told.
    pub(crate) fn of(kind: &'static str, mut names: Vec<String>, is_whole: bool) -> Self {
        let mut at = BTreeMap::new();
        for (position, name) in names.iter().enumerate() {
            at.entry(name.clone()).or_insert(position);
        }
        let mut shown = BTreeSet::new();
        names.retain(|name| shown.insert(name.clone()));
        Self { kind, names, at, is_whole, refused: Cell::new(0) }
    }

    /// The position of a name.
    pub(crate) fn find(&self, word: &str) -> Read<usize> {
        match self.at.get(word.trim()) {
            Some(position) => Ok(*position),
            None if !self.is_whole => Ok(Self::UNTOLD),
            None if self.refused.get() < TOLD => {
                self.refused.set(self.refused.get() + 1);
                known(self.kind, &self.names)(word)
            }
            None => Err(Refusal::new(tr!("unknown {kind}", kind = translated(self.kind)))),
        }
    }
}

/// A readable list of names, cut where it gets long.
fn some_of(kind: &str, names: &[&str]) -> String {
    const SHOWN: usize = 8;
    if names.is_empty() {
        return tr!("nothing, as no {kind} is defined", kind = translated(kind));
    }
    let listed: Vec<&str> = names.iter().copied().take(SHOWN).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => listed.join(" | "),
        more => tr!("{} | … ({more} more)", listed.join(" | "), more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let queues = ["orders".to_owned(), "billing".to_owned()];
        let refusal = known("queue", &queues)("oders").expect_err("no such queue");
        assert_eq!(refusal.cause, "unknown queue");
        assert_eq!(refusal.accepted.as_deref(), Some("orders | billing"));
        assert_eq!(refusal.hint.as_deref(), Some("did you mean `orders`?"));
    }

    #[test]
    fn a_name_that_would_break_a_list_is_refused() {
        assert!(id("a|b").is_err() && id("  ").is_err());
        assert!(["=1+1", "+48", "-5", "@x"].iter().all(|name| id(name).is_err() && text(name).is_ok()));
        assert!(text("a\u{1b}[31m").is_err() && text("a\nb").is_err());
        assert_eq!(id(" Łódź-1 "), Ok("Łódź-1".to_owned()));
    }
}
