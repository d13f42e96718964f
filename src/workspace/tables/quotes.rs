//! A quote that is opened in a table and never closed.

/// Where a reader of quoted fields stands.
#[derive(Clone, Copy, PartialEq)]
enum At {
    /// At the beginning of a field.
    Start,
    /// In a field without quotes, where a quote is a character like any other.
    Plain,
    /// Within the quotes that begin at this byte.
    Quoted(usize),
    /// Behind a quote that closes the field, or is the first of two that stand for one.
    Closed(usize),
}

/// The byte of the quote that opens a field which the text ends in; `separator` parts fields.
pub(super) fn unclosed(text: &str, separator: u8) -> Option<usize> {
    let mut at = At::Start;
    for (here, byte) in text.bytes().enumerate() {
        at = match (at, byte) {
            (At::Quoted(from), b'"') => At::Closed(from),
            (At::Quoted(from), _) | (At::Closed(from), b'"') => At::Quoted(from),
            (At::Start, b'"') => At::Quoted(here),
            (_, b'\n' | b'\r') => At::Start,
            (_, byte) if byte == separator => At::Start,
            _ => At::Plain,
        };
    }
    if let At::Quoted(from) = at { Some(from) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_quote_at_the_beginning_of_a_field_opens_one() {
        assert_eq!(unclosed("a,\"b, c\"\nd,5\" e\n", b','), None);
        assert_eq!(unclosed("a,\"say \"\"b\"\"\"\n", b','), None);
        assert_eq!(unclosed("a,b\nc,\"d\ne,f\n", b','), Some(6));
    }
}
