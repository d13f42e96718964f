//! What a source file imports: every path that begins at the crate's root, beside the file, or in a module below it.

use std::collections::BTreeSet;

use super::tokens::{Token, tokens};

/// A path as it is written: `use` trees unfolded, what follows `as` left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) segments: Vec<String>,
    /// Modules within the file in which it stands.
    pub(super) inside: Vec<String>,
    /// Whether only tests are built with it.
    pub(super) is_test: bool,
    /// The name under which it is made known, where a `use` does so.
    pub(super) name: Option<String>,
}

/// The paths of a file, and the modules that it declares for tests alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Imports {
    pub(super) paths: Vec<Path>,
    pub(super) test_modules: BTreeSet<String>,
}

/// Reads a source text.
pub(super) fn imports(text: &str) -> Imports {
    let mut reader = Reader { tokens: tokens(text), at: 0, open: Vec::new(), depth: 0, found: Imports::default() };
    reader.read();
    reader.found
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    /// Modules open: name, depth of their braces, whether for tests.
    open: Vec<(String, usize, bool)>,
    depth: usize,
    found: Imports,
}

impl Reader {
    fn read(&mut self) {
        let mut for_tests = false;
        while let Some(token) = self.tokens.get(self.at).cloned() {
            match token {
                Token::Sign('#') if self.is_test_attribute() => {
                    for_tests = true;
                    self.skip_past(']');
                    continue;
                }
                Token::Sign('{') => self.depth += 1,
                Token::Sign('}') => {
                    self.depth = self.depth.saturating_sub(1);
                    while self.open.last().is_some_and(|(_, depth, _)| *depth > self.depth) {
                        self.open.pop();
                    }
                }
                Token::Word(word) => match word.as_str() {
                    "pub" => {
                        self.at += 1;
                        if self.tokens.get(self.at) == Some(&Token::Sign('(')) {
                            self.skip_past(')');
                        }
                        continue;
                    }
                    "mod" => {
                        self.module(for_tests);
                        for_tests = false;
                        continue;
                    }
                    "use" => {
                        self.at += 1;
                        self.tree(Vec::new(), for_tests);
                        for_tests = false;
                    }
                    "crate" | "super" | "self" if self.follows_separator() => self.path(),
                    _ => for_tests = false,
                },
                _ => {}
            }
            self.at += 1;
        }
    }

    fn is_test_attribute(&self) -> bool {
        let written: Vec<&Token> = self.tokens[self.at..].iter().take(6).collect();
        let [_, Token::Sign('['), Token::Word(cfg), Token::Sign('('), Token::Word(test), Token::Sign(')')] =
            written[..]
        else {
            return false;
        };
        cfg == "cfg" && test == "test"
    }

    fn skip_past(&mut self, sign: char) {
        let left = self.tokens[self.at..].iter();
        self.at += left.take_while(|token| **token != Token::Sign(sign)).count() + 1;
    }

    fn follows_separator(&self) -> bool {
        self.tokens.get(self.at + 1) == Some(&Token::PathSeparator)
    }

    /// `mod name;` or `mod name {`.
    fn module(&mut self, for_tests: bool) {
        let (name, end) = (self.tokens.get(self.at + 1).cloned(), self.tokens.get(self.at + 2));
        if let (Some(Token::Word(name)), Some(Token::Sign(end))) = (name, end) {
            match end {
                '{' => {
                    self.depth += 1;
                    self.open.push((name, self.depth, for_tests));
                }
                ';' if for_tests => {
                    self.found.test_modules.insert(name);
                }
                _ => {}
            }
        }
        self.at += 3;
    }

    /// A path in code.
    fn path(&mut self) {
        let mut segments = Vec::new();
        while let Some(Token::Word(word)) = self.tokens.get(self.at) {
            segments.push(word.clone());
            if !self.follows_separator() {
                break;
            }
            self.at += 2;
        }
        self.note(segments, None, false);
    }

    /// A `use` tree from here on, below a prefix; leaves the reader at its last token.
    fn tree(&mut self, prefix: Vec<String>, for_tests: bool) {
        let mut segments = prefix;
        loop {
            match self.tokens.get(self.at).cloned() {
                Some(Token::Word(word)) if word == "as" => {
                    self.at += 1;
                    let Some(Token::Word(name)) = self.tokens.get(self.at).cloned() else { return };
                    self.note(segments, Some(name), for_tests);
                    return;
                }
                Some(Token::Word(word)) => segments.push(word),
                Some(Token::Sign('*')) => segments.push("*".to_owned()),
                Some(Token::PathSeparator) => {}
                Some(Token::Sign('{')) => return self.group(&segments, for_tests),
                _ => {
                    self.at -= 1;
                    let name = segments.last().cloned();
                    self.note(segments, name, for_tests);
                    return;
                }
            }
            self.at += 1;
        }
    }

    /// The trees of a group, up to its closing brace.
    fn group(&mut self, prefix: &[String], for_tests: bool) {
        self.at += 1;
        loop {
            match self.tokens.get(self.at) {
                Some(Token::Sign('}')) | None => return,
                Some(Token::Sign(',')) => {}
                Some(_) => self.tree(prefix.to_vec(), for_tests),
            }
            self.at += 1;
        }
    }

    fn note(&mut self, segments: Vec<String>, name: Option<String>, for_tests: bool) {
        if segments.is_empty() {
            return;
        }
        let inside = self.open.iter().map(|(name, ..)| name.clone()).collect();
        let is_test = for_tests || self.open.iter().any(|(.., for_tests)| *for_tests);
        self.found.paths.push(Path { segments, inside, is_test, name });
    }
}

#[test]
fn use_trees_are_unfolded_and_tests_told_apart() {
    let text = "use crate::{a::B, c::{d, e as f}}; pub(in crate::no) fn x() -> super::y::Z { self::g() }
        #[cfg(test)] mod oracle; #[cfg(test)] mod tests { use super::*; }";
    let found = imports(text);
    let shown: Vec<String> = found.paths.iter().map(|path| path.segments.join("::")).collect();
    assert_eq!(shown, ["crate::a::B", "crate::c::d", "crate::c::e", "super::y::Z", "self::g", "super::*"]);
    assert_eq!(found.paths[2].name.as_deref(), Some("f"));
    assert_eq!(
        found.paths.iter().map(|path| path.is_test).collect::<Vec<_>>(),
        [false, false, false, false, false, true]
    );
    assert_eq!(found.paths[5].inside, ["tests"]);
    assert_eq!(found.test_modules.into_iter().collect::<Vec<_>>(), ["oracle"]);
}
