//! Content lines of RFC 5545: text escaped (3.3.11), folded at 75 octets (3.1), ended by CR LF.

/// Octets of a line at most, its end left out.
const OCTETS: usize = 75;

/// Lines of a calendar, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property with its value as it stands: dates, numbers, words of the standard.
    pub(super) fn push(&mut self, property: &str, value: &str) {
        self.fold(&format!("{property}:{value}"));
    }

    /// A property whose value is text of people.
    pub(super) fn text(&mut self, property: &str, value: &str) {
        self.push(property, &escaped(value));
    }

    /// All lines of others.
    pub(super) fn append(&mut self, others: &Self) {
        self.0.push_str(&others.0);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// A line of more than 75 octets goes on behind a space on the next; no character is cut in two.
    fn fold(&mut self, line: &str) {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text as a value: what the standard gives a meaning is escaped; line breaks are all that is left of control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            _ if letter.is_control() => {}
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_unfold_to_what_they_were() {
        let name = "Zażółć gęślą jaźń ".repeat(12);
        let mut lines = Lines::default();
        lines.text("SUMMARY", &name);
        let written = String::from_utf8(lines.into_bytes()).expect("text");
        assert!(written.ends_with("\r\n"));
        let folded: Vec<&str> = written.trim_end_matches("\r\n").split("\r\n").collect();
        assert!(folded.len() > 3 && folded.iter().all(|line| line.len() <= 75), "{folded:?}");
        assert_eq!(written.replace("\r\n ", "").trim_end_matches("\r\n"), format!("SUMMARY:{name}"));
    }

    #[test]
    fn what_the_standard_gives_a_meaning_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\u{7}f: \"g\""), "a\\;b\\,c\\\\d\\nef: \"g\"");
    }
}
