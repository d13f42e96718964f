//! Which language was asked for: `--lang`, else the environment as other programs read it.

use std::ffi::OsString;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::language::Language;

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.code()))
    }
}

/// The language of a command line, which help and usage errors speak before it is understood: `--lang`, else the first that is set of
/// `LC_ALL`, `LC_MESSAGES` and `LANG`.
pub(super) fn asked(typed: &[OsString], environment: impl Fn(&str) -> Option<String>) -> Language {
    let mut typed = typed.iter().map(|typed| typed.to_string_lossy());
    while let Some(argument) = typed.next() {
        let value = match argument.as_ref() {
            "--lang" => typed.next().map(std::borrow::Cow::into_owned),
            other => other.strip_prefix("--lang=").map(str::to_owned),
        };
        if let Some(value) = value {
            return Language::of_locale(&value);
        }
    }
    let locale =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(environment).find(|locale| !locale.is_empty());
    Language::of_locale(&locale.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_goes_before_the_environment() {
        let polish_machine = |name: &str| (name == "LANG").then(|| "pl_PL.UTF-8".to_owned());
        let typed = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked(&typed("obsada plan shop"), polish_machine), Language::Polish);
        assert_eq!(asked(&typed("obsada plan shop --lang en"), polish_machine), Language::English);
        assert_eq!(asked(&typed("obsada --lang=pl plan shop"), |_| None), Language::Polish);
        let english_messages = |name: &str| Some(if name == "LC_ALL" { "C" } else { "pl_PL" }.to_owned());
        assert_eq!(asked(&typed("obsada check shop"), english_messages), Language::English);
    }
}
