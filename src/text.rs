//! Bytes of a text file → text: UTF-8, UTF-16 and the code pages of Windows.

use encoding_rs::{ISO_8859_2, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};
use tr::tr;

use crate::domain::problem::{Problem, Problems};

/// How the letters of a text file are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows, Central Europe.
    Windows1250,
    /// Windows, Western Europe and America.
    Windows1252,
    /// ISO 8859-2, Central Europe.
    Iso88592,
}

impl Encoding {
    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1250 => "windows-1250",
            Self::Windows1252 => "windows-1252",
            Self::Iso88592 => "iso-8859-2",
        }
    }
}

/// A text, how it was stored, and whether that could not be told for sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// How it was stored.
    pub encoding: Encoding,
    /// Whether another encoding would have done too.
    pub is_assumed: bool,
}

/// Reads bytes under a declared encoding, or the one they show.
///
/// # Errors
/// The line that is not text in a declared encoding; `shown` is the file.
pub fn decoded(bytes: Vec<u8>, declared: Option<Encoding>, shown: &str) -> Result<Decoded, Problems> {
    let encoding = declared.or_else(|| marked(&bytes)).or_else(|| unmarked_utf_16(&bytes));
    let whole = |text: String, encoding| Decoded { text, encoding, is_assumed: false };
    let mut bytes = bytes;
    if matches!(encoding, None | Some(Encoding::Utf8)) {
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        match String::from_utf8(bytes) {
            Ok(text) => return Ok(whole(text, Encoding::Utf8)),
            Err(error) if declared.is_some() => return Err(not_utf_8(error.as_bytes(), shown).into()),
            Err(error) => bytes = error.into_bytes(),
        }
    }
    let is_assumed = encoding.is_none();
    let encoding = encoding.unwrap_or_else(|| code_page(&bytes));
    let reader = match encoding {
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        Encoding::Windows1250 => WINDOWS_1250,
        Encoding::Iso88592 => ISO_8859_2,
        Encoding::Utf8 | Encoding::Windows1252 => WINDOWS_1252,
    };
    let (text, _) = reader.decode_with_bom_removal(&bytes);
    Ok(Decoded { text: text.into_owned(), encoding, is_assumed })
}

fn not_utf_8(bytes: &[u8], shown: &str) -> Problem {
    let is_sound = |line: &&[u8]| std::str::from_utf8(line).is_ok();
    let before = bytes.split(|byte| *byte == b'\n').take_while(is_sound).count() as u64;
    let problem = Problem::in_file(shown, tr!("this is not UTF-8 text")).at_line(before + 1);
    problem.hinting(tr!("leave `encoding` out, or set it to what the file is, such as \"windows-1250\""))
}

fn marked(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// UTF-16 without its mark: figures and marks have a zero byte beside each.
fn unmarked_utf_16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096) / 2 * 2];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4;
    if zeros(1) > head.len() {
        Some(Encoding::Utf16Le)
    } else if zeros(0) > head.len() {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Which code page of Windows: letters that Polish, Czech and Hungarian have and that would be signs of print in the West.
fn code_page(bytes: &[u8]) -> Encoding {
    const CENTRAL: &[u8] = b"\xb9\xb3\xbf\x9f\x9c\xa5\xa3\xaf\x8f\x8c\xea\xe6\xf1\xe8\xec\xf8\xf5\xfb\x9d\x8d";
    const WESTERN: &[u8] = b"\xe0\xe2\xe3\xe5\xee\xef\xf2\xf9\xd8\xc5\xc0\x92\x80";
    let of = |letters: &[u8]| bytes.iter().filter(|byte| letters.contains(byte)).count();
    // Where Windows has signs of print, and ISO 8859-2 ą, ś, ź and Ą, Ś, Ź; and the other way round.
    if of(b"\xb1\xb6\xbc\xa1\xa6\xac") > of(b"\xb9\x9c\x9f\xa5\x8c\x8f\xe0\xe9\x92\x80") {
        Encoding::Iso88592
    } else if of(CENTRAL) > of(WESTERN) {
        Encoding::Windows1250
    } else {
        Encoding::Windows1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decoded(bytes.to_vec(), None, "h.csv").expect("text");
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn texts_are_read_in_the_encodings_of_exports() {
        let text = "Kolejka;Połączenia\r\nŁódź;12\r\n";
        assert_eq!(read(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
        let marked: Vec<u8> = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        assert_eq!(read(&marked), (text.to_owned(), Encoding::Utf8));
        let (bytes, _, _) = WINDOWS_1250.encode(text);
        assert_eq!(read(&bytes), (text.to_owned(), Encoding::Windows1250));
        let polish = "Śląsk;Gęślą";
        assert_eq!(read(&ISO_8859_2.encode(polish).0), (polish.to_owned(), Encoding::Iso88592));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), (text.to_owned(), Encoding::Utf16Le));
        assert_eq!(read(&[b"\xff\xfe".to_vec(), wide].concat()), (text.to_owned(), Encoding::Utf16Le));
        let western = "Réclamations;5";
        assert_eq!(read(&WINDOWS_1252.encode(western).0), (western.to_owned(), Encoding::Windows1252));
        assert!(
            decoded(b"a\n\xb9".to_vec(), Some(Encoding::Utf8), "h.csv")
                .is_err_and(|problems| problems.iter().all(|problem| problem.line == Some(2)))
        );
    }
}
