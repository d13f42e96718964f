//! Numbers as exports write them: `1,234.5`, `1.234,5`, `1 234`, and which mark stands before the decimals.

/// The mark before the decimals. The other one, and blanks, part thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `187.5`
    Point,
    /// `187,5`
    Comma,
}

impl DecimalMark {
    fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    fn other(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }
}

/// What the numbers of a file say of their marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest::import) struct MarksSeen {
    /// Numbers in which the point can only stand before decimals, or the comma can only part thousands.
    pub(in crate::ingest::import) point: u64,
    /// The same the other way round.
    pub(in crate::ingest::import) comma: u64,
    /// `1,234`: either.
    pub(in crate::ingest::import) unclear_comma: u64,
    /// `1.234`: either.
    pub(in crate::ingest::import) unclear_point: u64,
}

impl MarksSeen {
    /// Adds what one number says that stands in so many cells.
    pub(in crate::ingest::import) fn see(&mut self, text: &str, times: u64) {
        let (commas, points) = (count(text, ','), count(text, '.'));
        match (commas, points) {
            (0, 0) => {}
            (0, 1) if in_threes(text, '.') => self.unclear_point += times,
            (1, 0) if in_threes(text, ',') => self.unclear_comma += times,
            // Decimals, or the other mark more than once.
            (0, 1) | (2.., 0) => self.point += times,
            (1, 0) | (0, 2..) => self.comma += times,
            _ if text.rfind(',') > text.rfind('.') => self.comma += times,
            _ => self.point += times,
        }
    }

    /// Adds what another column says.
    pub(in crate::ingest::import) fn add(&mut self, other: &Self) {
        self.point += other.point;
        self.comma += other.comma;
        self.unclear_comma += other.unclear_comma;
        self.unclear_point += other.unclear_point;
    }
}

fn count(text: &str, mark: char) -> usize {
    text.matches(mark).count()
}

/// Whether a mark can part thousands: one to three digits before it, three after it.
fn in_threes(text: &str, mark: char) -> bool {
    let mut groups = text.trim_start_matches(['-', '+']).split(mark);
    let head = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&head.len())
        && digits(head)
        && head != "0"
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// Whether a text may be a number under one mark or the other.
pub(in crate::ingest::import) fn looks_like_number(text: &str) -> bool {
    number(text, DecimalMark::Point).is_some() || number(text, DecimalMark::Comma).is_some()
}

/// Reads a number.
pub(in crate::ingest::import) fn number(text: &str, mark: DecimalMark) -> Option<f64> {
    let text = text.trim();
    if text.len() <= 9 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<u32>().ok().map(f64::from);
    }
    let can_be = |byte: u8| !byte.is_ascii() || byte.is_ascii_digit() || b"-+., '\teE".contains(&byte);
    if !text.bytes().all(can_be) {
        return None;
    }
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.' | b',')) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let (whole, decimals) = text.split_once(mark.sign()).map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split([mark.other(), ' ', '\u{a0}', '\u{202f}', '\'']);
    plain.push_str(groups.next()?);
    for group in groups {
        if group.len() != 3 || plain.trim_start_matches(['-', '+']).is_empty() {
            return None;
        }
        plain.push_str(group);
    }
    if let Some(decimals) = decimals {
        plain.push('.');
        plain.push_str(decimals);
    }
    let is_plain = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    is_plain.then(|| plain.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

/// Whether a cell is empty or says so in a word or a dash.
pub(in crate::ingest::import) fn is_blank(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "-"
            | "--"
            | "–"
            | "NA"
            | "N/A"
            | "n/a"
            | "na"
            | "NaN"
            | "nan"
            | "null"
            | "NULL"
            | "None"
            | "#N/A"
            | "#DIV/0!"
            | "0000-00-00"
            | "0000-00-00 00:00:00"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_mark_may_stand_before_the_decimals() {
        for text in ["1234.5", "1,234.5", "1 234.5", "1'234.5"] {
            assert_eq!(number(text, DecimalMark::Point), Some(1234.5), "{text}");
        }
        for text in ["1234,5", "1.234,5", "1\u{a0}234,5"] {
            assert_eq!(number(text, DecimalMark::Comma), Some(1234.5), "{text}");
        }
        assert_eq!(number("1,000", DecimalMark::Point), Some(1000.0));
        assert_eq!(number("1,00", DecimalMark::Point), None);
        for text in ["", "orders", "12:30", "3 s", "1.2.3", "--5", "12-", "inf", "NaN", "80%"] {
            assert_eq!(number(text, DecimalMark::Point), None, "{text}");
        }
    }

    #[test]
    fn numbers_tell_their_marks() {
        let seen = |texts: &[&str]| {
            let mut seen = MarksSeen::default();
            for text in texts {
                seen.see(text, 1);
            }
            (seen.point, seen.comma, seen.unclear_comma, seen.unclear_point)
        };
        assert_eq!(seen(&["187.5", "1,234.5", "1,234,567"]), (3, 0, 0, 0));
        assert_eq!(seen(&["187,5", "1.234,5", "1.234.567", "0,125"]), (0, 4, 0, 0));
        assert_eq!(seen(&["1,000", "12", "1.234"]), (0, 0, 1, 1));
    }
}
