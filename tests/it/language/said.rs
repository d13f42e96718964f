//! What the program can say: the sentences within `tr!` in the sources, and the help of its commands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory};
use obsada::cli::Cli;

use crate::architecture::tokens::{Token, tokens};

/// A sentence as a catalogue keys it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sentence {
    pub(super) context: Option<String>,
    pub(super) one: String,
    pub(super) many: Option<String>,
}

/// Every sentence of the program.
pub(super) fn sentences() -> BTreeSet<Sentence> {
    let mut said = BTreeSet::new();
    of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut said);
    of_command(&Cli::command(), &mut said);
    said
}

fn of_folder(folder: &Path, said: &mut BTreeSet<Sentence>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            of_folder(&path, said);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            said.extend(of_source(&text));
            said.extend(named(&text).into_iter().map(plain));
            if ["domain/rule.rs", "export/payroll.rs", "roster_difference/change.rs"]
                .iter()
                .any(|names| path.ends_with(names))
            {
                said.extend(names(&text).into_iter().map(plain));
            }
        }
    }
}

/// The sentences of a source text.
fn of_source(text: &str) -> Vec<Sentence> {
    let tokens = tokens(text);
    let is_call = |at: usize| matches!(&tokens[at..], [Token::Word(name), Token::Sign('!'), Token::Sign('('), ..] if name == "tr");
    let text = |at: usize| match tokens.get(at) {
        Some(Token::Text(text)) => Some(unescaped(text)),
        _ => None,
    };
    let sign = |at: usize, sign: char| tokens.get(at) == Some(&Token::Sign(sign));
    (0..tokens.len())
        .filter(|at| is_call(*at))
        .map(|call| {
            let mut at = call + 3;
            let context = (sign(at + 1, '=') && sign(at + 2, '>')).then(|| text(at)).flatten();
            at += if context.is_some() { 3 } else { 0 };
            let one = text(at).unwrap_or_else(|| panic!("tr! takes a literal: {:?}", &tokens[call..call + 5]));
            let many = sign(at + 1, '|').then(|| text(at + 2)).flatten();
            Sentence { context, one, many }
        })
        .collect()
}

fn plain(one: String) -> Sentence {
    Sentence { context: None, one, many: None }
}

/// The words that a type's `name` returns.
fn names(text: &str) -> Vec<String> {
    let body = text.split_once("fn name(self)").unwrap().1.split_once("\n    }").unwrap().0;
    let word = |token| if let Token::Text(text) = token { Some(text) } else { None };
    tokens(body).into_iter().filter_map(word).collect()
}

/// What is named where it is asked for: what names are names of, as in "unknown queue", stages and their measures.
fn named(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let opens = |at: usize| tokens[at..].iter().take(4).cloned().collect::<Vec<_>>();
    let of = |at: usize| match opens(at).as_slice() {
        [Token::Word(call), Token::Sign('('), Token::Text(named), ..]
            if ["known", "stage", "measure"].contains(&call.as_str()) =>
        {
            Some(named.clone())
        }
        [Token::PathSeparator, Token::Word(name), Token::Sign('('), Token::Text(kind)] if name == "of" => {
            (at > 0 && tokens[at - 1] == Token::Word("Index".to_owned())).then(|| kind.clone())
        }
        _ => None,
    };
    (0..tokens.len()).filter_map(of).collect()
}

/// The help of a command, its options and its commands.
fn of_command(command: &Command, said: &mut BTreeSet<Sentence>) {
    let helps = command.get_arguments().filter_map(|argument| argument.get_help());
    let texts = helps.chain(command.get_about()).chain(command.get_after_help());
    said.extend(texts.map(|text| plain(text.to_string())));
    command.get_subcommands().for_each(|command| of_command(command, said));
}

/// A literal with its escapes resolved.
fn unescaped(literal: &str) -> String {
    let mut out = String::new();
    let mut letters = literal.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\n') => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
            Some('u') => {
                let code: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[test]
fn sentences_are_found_as_the_program_says_them() {
    let source = r#"say(&tr!("a \"b\" \
                    c", x)); tr!("for" => "{n} day" | "{n} days" % n); tr!("thin\u{202f}space"); // tr!("no")"#;
    let found: Vec<(Option<String>, String, Option<String>)> =
        of_source(source).into_iter().map(|of| (of.context, of.one, of.many)).collect();
    assert_eq!(
        found,
        [
            (None, "a \"b\" c".to_owned(), None),
            (Some("for".to_owned()), "{n} day".to_owned(), Some("{n} days".to_owned())),
            (None, "thin\u{202f}space".to_owned(), None),
        ]
    );
}
