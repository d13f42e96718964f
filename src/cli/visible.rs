//! What reaches a terminal is text, and nothing that a terminal obeys.

use std::borrow::Cow;

/// The text with control characters written out, such as `\\u{1b}`; line breaks and tabs stay what they are.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let is_obeyed = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_obeyed(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_bells_are_written_out() {
        assert_eq!(visible("Łódź\t1\n"), "Łódź\t1\n");
        assert_eq!(visible("a\u{1b}[31m\u{7}b\u{9b}\r"), "a\\u{1b}[31m\\u{7}b\\u{9b}\\r");
    }
}
