//! Columns as they come off a file: names, times and figures, with what could not be read kept apart.

use super::instants::{Clock, Moment, Placed, parse};

/// Texts that cannot be read are kept for the report only up to this many per part of a column; the rest is counted.
const TEXTS_KEPT: usize = 64;

/// A column of names: a code per row and the names behind the codes, in order of first appearance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Code of each row; 0 is the empty name.
    pub(super) of_row: Vec<u32>,
    /// The names; the first is empty.
    pub(super) distinct: Vec<String>,
}

/// A time that is not simply one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnreadableStart {
    pub(super) row: u32,
    pub(super) why: Odd,
    /// As it stands; empty where there is none or where too many are alike.
    pub(super) text: String,
}

/// Why a time is not simply one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    Empty,
    Unreadable,
    NoZone,
    Never,
    Twice(i64, i64),
}

/// A column of times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Starts {
    /// Seconds since 1970 of each row; [`Starts::ODD`] for those listed in `unreadable`.
    pub(super) of_row: Vec<i64>,
    /// The others, in order of rows.
    pub(super) unreadable: Vec<UnreadableStart>,
    /// Whether any of them carries no offset.
    pub(super) local: bool,
}

impl Starts {
    /// Stands where a row's time is not simply one instant.
    pub(super) const ODD: i64 = i64::MIN;

    /// Adds a row with a time as text.
    pub(super) fn push_text(&mut self, row: u32, text: Option<&str>, clock: &mut Clock) {
        match text.map(str::trim) {
            None | Some("") => self.push_odd(row, Odd::Empty, String::new),
            Some(text) => match parse(text.as_bytes()) {
                Some(moment) => {
                    self.local |= matches!(moment, Moment::Wall(_));
                    self.push_placed(row, clock.place(moment), || text.to_owned());
                }
                None => self.push_odd(row, Odd::Unreadable, || text.to_owned()),
            },
        }
    }

    /// Adds a row with a time that was read.
    pub(super) fn push_placed(&mut self, row: u32, placed: Placed, text: impl FnOnce() -> String) {
        match placed {
            Placed::At(at) => self.of_row.push(at),
            Placed::Twice(first, second) => self.push_odd(row, Odd::Twice(first, second), text),
            Placed::Never => self.push_odd(row, Odd::Never, text),
            Placed::NoZone => self.push_odd(row, Odd::NoZone, text),
        }
    }

    /// Adds a row without a usable time.
    pub(super) fn push_odd(&mut self, row: u32, why: Odd, text: impl FnOnce() -> String) {
        self.of_row.push(Self::ODD);
        let rare = matches!(why, Odd::Twice(..) | Odd::Never);
        let text = if rare || self.unreadable.len() < TEXTS_KEPT { text() } else { String::new() };
        self.unreadable.push(UnreadableStart { row, why, text });
    }

    /// Adds a later part.
    pub(super) fn extend(&mut self, part: Self) {
        self.of_row.extend(part.of_row);
        self.unreadable.extend(part.unreadable);
        self.local |= part.local;
    }
}

/// A column of figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Figures {
    /// Each row's figure; NaN where there is none or it cannot be read.
    pub(super) of_row: Vec<f64>,
    /// Rows whose text is no figure.
    pub(super) unreadable: Unreadable,
}

/// Rows whose text is no figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// The first of them, with their text.
    pub(super) texts: Vec<(u32, String)>,
    /// How many more there are.
    pub(super) more: u64,
}

impl Figures {
    /// Adds a row with a figure as text. Empty cells and the usual words for "none" are missing figures.
    pub(super) fn push_text(&mut self, row: u32, text: Option<&str>) {
        let text = text.map_or("", str::trim);
        let figure = match text {
            "" | "NA" | "N/A" | "n/a" | "na" | "NaN" | "nan" | "null" | "NULL" => Some(f64::NAN),
            _ => small_whole(text.as_bytes()).or_else(|| text.parse().ok()),
        };
        self.of_row.push(figure.unwrap_or(f64::NAN));
        if figure.is_none() && self.unreadable.texts.len() < TEXTS_KEPT {
            self.unreadable.texts.push((row, text.to_owned()));
        } else if figure.is_none() {
            self.unreadable.more += 1;
        }
    }

    /// Adds a later part.
    pub(super) fn extend(&mut self, part: Self) {
        self.of_row.extend(part.of_row);
        self.unreadable.texts.extend(part.unreadable.texts);
        self.unreadable.more += part.unreadable.more;
    }
}

/// Up to nine digits: what nearly every count is.
fn small_whole(text: &[u8]) -> Option<f64> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter()
        .try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
        .map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_are_missing_differ_from_those_that_cannot_be_read() {
        let mut figures = Figures::default();
        for (row, text) in ["12", "1.5", "", "NaN", "1e3", "twelve", "-4"].into_iter().enumerate() {
            figures.push_text(u32::try_from(row).expect("small"), Some(text));
        }
        let known: Vec<_> = figures.of_row.iter().map(|figure| (!figure.is_nan()).then_some(*figure)).collect();
        assert_eq!(known, [Some(12.0), Some(1.5), None, None, Some(1000.0), None, Some(-4.0)]);
        assert_eq!(figures.unreadable.texts, [(5, "twelve".to_owned())]);
    }
}
