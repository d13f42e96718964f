//! The language in which people are spoken to: messages, the page, charts and what is exported for people.
//!
//! Sentences stand in English where they are said, inside `tr!`; the other languages stand in catalogues beside this file, in the
//! format of gettext, which translators have programs for. A sentence that a catalogue does not know is said in English. Names of
//! columns, keys and files, and everything that programs read, are the same in every language.

mod catalogue;
mod spoken;
mod figures;
mod weekdays;

pub use figures::{decimal_mark, fixed};
pub use spoken::{Language, speak, spoken, translated};
pub use weekdays::weekday_name;
