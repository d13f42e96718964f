//! Figures as people of a language write them.

use super::spoken::{Language, spoken};

/// The mark before decimals.
#[must_use]
pub fn decimal_mark() -> char {
    match spoken() {
        Language::English => '.',
        Language::Polish => ',',
    }
}

/// A number with so many decimals.
#[must_use]
pub fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    if decimal_mark() == '.' { text } else { text.replace('.', &decimal_mark().to_string()) }
}
