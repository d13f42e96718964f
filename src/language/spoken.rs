//! Which language is spoken, and sentences that are known only when the program runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use tr::Translator;

use super::catalogue::Catalogue;

/// A language that people are spoken to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The language of the sources.
    #[default]
    English,
    /// Polish, by the catalogue `pl.po`.
    Polish,
}

/// Whether Polish is spoken. One process speaks one language.
static SPEAKS_POLISH: AtomicBool = AtomicBool::new(false);
/// The Polish sentences, read when they are first wanted.
static POLISH: OnceLock<Arc<Catalogue>> = OnceLock::new();

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Polish];

    /// The code of ISO 639: `en`, `pl`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Polish => "pl",
        }
    }

    /// The language of a locale such as `pl_PL.UTF-8`; English where we do not speak it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code)).unwrap_or_default()
    }
}

/// Speaks a language from here on, in the whole process.
pub fn speak(language: Language) {
    match language {
        Language::English => tr::unset_translator!(),
        Language::Polish => tr::set_translator!(polish()),
    }
    SPEAKS_POLISH.store(language == Language::Polish, Ordering::Relaxed);
}

/// The language spoken now.
#[must_use]
pub fn spoken() -> Language {
    if SPEAKS_POLISH.load(Ordering::Relaxed) { Language::Polish } else { Language::English }
}

/// A sentence that is known only when the program runs, such as the help of an option, in the language spoken now.
#[must_use]
pub fn translated(sentence: &str) -> String {
    match spoken() {
        Language::English => sentence.to_owned(),
        Language::Polish => polish().translate(sentence, None).into_owned(),
    }
}

fn polish() -> Arc<Catalogue> {
    Arc::clone(POLISH.get_or_init(|| Arc::new(Catalogue::read(include_str!("pl.po")))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language_and_unknown_ones_are_english() {
        let of = Language::of_locale;
        assert_eq!([of("pl_PL.UTF-8"), of("pl"), of("PL-pl")], [Language::Polish; 3]);
        assert_eq!([of("C"), of(""), of("de_DE"), of("plx")], [Language::English; 4]);
    }

    #[test]
    fn the_catalogue_is_read() {
        assert_eq!(polish().translate("hint:", None), "wskazówka:");
    }
}
