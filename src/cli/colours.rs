//! Colour for the words that tell what a line is: on a terminal, and never where `NO_COLOR` is set or the terminal has none.

use std::fmt::Write as _;
use std::io::Write;

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use anstyle::{AnsiColor, Style};
use tr::tr;

use super::visible::visible;

/// Writes a message whose lines may begin with `error:`, `warning:`, `note:` or `hint:`, or hold `; hint:`.
///
/// # Errors
/// When the stream takes no more.
pub(super) fn write(text: &str, to: impl RawStream + AsLockedWrite) -> std::io::Result<()> {
    AutoStream::auto(to).write_all(painted(&visible(text)).as_bytes())
}

/// The text with its words in colour, for a stream that takes colours off again where they are not wanted.
fn painted(text: &str) -> String {
    let bold = |colour: AnsiColor| Style::new().bold().fg_color(Some(colour.into()));
    let words = [
        (tr!("error:"), bold(AnsiColor::Red)),
        (tr!("warning:"), bold(AnsiColor::Yellow)),
        (tr!("note:"), bold(AnsiColor::Cyan)),
        (tr!("hint:"), bold(AnsiColor::Green)),
    ];
    let mut out = String::with_capacity(text.len() + 32);
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        let (indent, mut rest) = (&line[..line.len() - rest.len()], rest);
        out.push_str(indent);
        if let Some((word, style)) = words.iter().find(|(word, _)| rest.starts_with(word.as_str())) {
            let _ = write!(out, "{style}{word}{style:#}");
            rest = &rest[word.len()..];
        }
        let (hint, green) = &words[3];
        match rest.split_once(&format!("; {hint}")) {
            Some((before, after)) => {
                let _ = write!(out, "{before}; {green}{hint}{green:#}{after}");
            }
            None => out.push_str(rest),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_tell_what_a_line_is_are_painted_and_nothing_else() {
        let text = "a.csv:2: no error: here\n  hint: look\nerror: 1 problem; hint: read\n";
        let painted = painted(text);
        let (red, green) = ("\u{1b}[1m\u{1b}[31m", "\u{1b}[1m\u{1b}[32m");
        let expected = format!(
            "a.csv:2: no error: here\n  {green}hint:\u{1b}[0m look\n{red}error:\u{1b}[0m 1 problem; {green}hint:\u{1b}[0m read\n"
        );
        assert_eq!(painted, expected);
        assert_eq!(anstream::adapter::strip_str(&painted).to_string(), text);
    }
}
