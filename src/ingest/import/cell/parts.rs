//! The parts of a cell that tells a time, read one after the other: date, time of day, end of a label, offset.

use super::calendar_words::{is_weekday, month, zone_by_letters};
use super::dates::{Date, eight_digits, full_year};
use crate::ingest::instants::days;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Seconds since midnight; 24:00 is the next one.
pub(in crate::ingest::import) fn of_clock(hour: i64, minute: i64, second: i64) -> Option<i64> {
    let within = hour <= 23 && minute <= 59 && second <= 59 || hour == 24 && minute == 0 && second == 0;
    within.then_some(hour * 3600 + minute * 60 + second)
}

/// What of a cell is still to be read.
pub(in crate::ingest::import) struct Rest<'a> {
    pub(in crate::ingest::import) text: &'a [u8],
}

impl Rest<'_> {
    pub(in crate::ingest::import) fn blanks(&mut self) {
        while let [b' ' | b'\t', rest @ ..] | [0xc2, 0xa0, rest @ ..] = self.text {
            self.text = rest;
        }
    }

    fn eat(&mut self, marks: &[u8]) -> Option<u8> {
        let mark = *self.text.first()?;
        marks.contains(&mark).then(|| {
            self.text = &self.text[1..];
            mark
        })
    }

    /// A number of up to so many digits, and how many there were.
    fn number(&mut self, most: usize) -> Option<(i64, usize)> {
        let length = self.text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 || length > most {
            return None;
        }
        let number = self.text[..length].iter().fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        self.text = &self.text[length..];
        Some((number, length))
    }

    fn starts_with_letter(&self) -> bool {
        matches!(self.text, [byte, ..] if byte.is_ascii_alphabetic())
    }

    /// Letters, those of Latin scripts beyond ASCII included.
    fn word(&mut self) -> Option<String> {
        let letters = String::from_utf8_lossy(self.text);
        let word: String = letters.chars().take_while(|letter| letter.is_alphabetic()).collect();
        self.text = &self.text[word.len().min(self.text.len())..];
        (!word.is_empty()).then(|| word.to_lowercase())
    }

    /// A date, where one stands here; else nothing is read.
    pub(in crate::ingest::import) fn date(&mut self) -> Option<Date> {
        let before = self.text;
        let date = self.date_after_weekday();
        if date.is_none() {
            self.text = before;
        }
        date
    }

    fn date_after_weekday(&mut self) -> Option<Date> {
        if self.starts_with_letter() {
            let word = self.word()?;
            self.eat(b".");
            self.eat(b",");
            self.blanks();
            if let Some(month) = month(&word) {
                return self.date_after_month(month);
            }
            if !is_weekday(&word) {
                return None;
            }
        }
        if self.starts_with_letter() {
            let month = month(&self.word()?)?;
            self.eat(b".");
            self.blanks();
            return self.date_after_month(month);
        }
        self.numbers()
    }

    /// `Sep 7, 2026` from the day on.
    fn date_after_month(&mut self, month: i64) -> Option<Date> {
        let (day, _) = self.number(2)?;
        self.eat(b",");
        self.blanks();
        let (year, _) = self.number(4)?;
        days(full_year(year), month, day).map(Date::Known)
    }

    /// `2026-09-07`, `07.09.2026`, `07-Sep-26`, `20260907`.
    fn numbers(&mut self) -> Option<Date> {
        let (first, length) = self.number(8)?;
        if length == 8 {
            return eight_digits(first);
        }
        let mark = self.eat(b"-/.").unwrap_or(b' ');
        self.blanks();
        if self.starts_with_letter() {
            let month = month(&self.word()?)?;
            self.eat(b".");
            self.eat(b"-/ ,");
            self.blanks();
            let (year, _) = self.number(4)?;
            return days(full_year(year), month, first).map(Date::Known);
        }
        if mark == b' ' {
            return None;
        }
        let (second, second_length) = self.number(2)?;
        self.eat(&[mark])?;
        let (third, third_length) = self.number(4)?;
        match (length, third_length) {
            (4, 1 | 2) => days(first, second, third).map(Date::Known),
            (2, 2) if second_length == 2 => Some(Date::SixDigits(first * 10_000 + second * 100 + third)),
            (1 | 2, 2 | 4) if first <= 31 && second <= 31 => {
                Some(Date::Unordered { first, second, year: full_year(third), dotted: mark == b'.' })
            }
            _ => None,
        }
    }

    /// What stands between a date and a time: whether it is the `T` of ISO 8601.
    pub(in crate::ingest::import) fn between(&mut self) -> bool {
        let mark = self.eat(b"Tt,");
        self.blanks();
        mark.is_some_and(|mark| mark != b',')
    }

    /// The end of a label such as `08:00-08:30`, which an offset looks like: behind a date it is one of an hour at most.
    pub(in crate::ingest::import) fn label_from(&mut self, clock: i64, has_date: bool) -> Option<i64> {
        let before = self.text;
        let until = self.range().and_then(|()| self.clock());
        let length = until.map(|until| (until - clock).rem_euclid(DAY));
        let found = until.filter(|_| self.text.is_empty() && (!has_date || length <= Some(3600)));
        if found.is_none() {
            self.text = before;
        }
        found
    }

    /// `9:00`, `09:00:00.000`, `9 AM`, `9.30 pm`.
    pub(in crate::ingest::import) fn clock(&mut self) -> Option<i64> {
        let (mut hour, _) = self.number(2)?;
        let (mut minute, mut second, mut plain) = (0, 0, true);
        if let Some(mark) = self.eat(b":.h") {
            // `9.30` may as well be a number.
            plain = mark == b'.';
            minute = self.number(2).filter(|(_, digits)| *digits == 2)?.0;
            if self.eat(b":").is_some() {
                second = self.number(2).filter(|(_, digits)| *digits == 2)?.0;
                if self.eat(b".,").is_some() {
                    self.number(9)?;
                }
            }
        }
        let before = self.text;
        self.blanks();
        match self.half() {
            Some(after_noon) if (1..=12).contains(&hour) => hour = hour % 12 + if after_noon { 12 } else { 0 },
            Some(_) => return None,
            None if plain => return None,
            None => self.text = before,
        }
        of_clock(hour, minute, second)
    }

    /// `am` or `pm`, also as `a.m.`: whether it is after noon.
    fn half(&mut self) -> Option<bool> {
        let after_noon = match self.text {
            [b'a' | b'A', ..] => false,
            [b'p' | b'P', ..] => true,
            _ => return None,
        };
        let length = match self.text {
            [_, b'.', b'm' | b'M', b'.', ..] => 4,
            [_, b'm' | b'M', ..] => 2,
            _ => return None,
        };
        self.text = &self.text[length..];
        Some(after_noon)
    }

    /// What stands between the ends of a label.
    pub(in crate::ingest::import) fn range(&mut self) -> Option<()> {
        self.blanks();
        if self.text.starts_with("–".as_bytes()) {
            self.text = &self.text["–".len()..];
        } else if self.text.starts_with(b"to ") {
            self.text = &self.text[3..];
        } else {
            self.eat(b"-/")?;
        }
        self.blanks();
        Some(())
    }

    /// The end of a label, with or without its date, or its length as `PT30M`.
    pub(in crate::ingest::import) fn end_of_range(&mut self, begin: i64) -> Option<i64> {
        if let [b'P', b'T', rest @ ..] = self.text {
            self.text = rest;
            let (number, _) = self.number(4)?;
            return match self.eat(b"MH")? {
                b'M' => Some(begin + number * 60),
                _ => Some(begin + number * 3600),
            };
        }
        if self.date().is_some() {
            self.between();
        }
        self.clock()
    }

    /// `Z`, `+02:00`, `UTC`, `CEST`: seconds ahead of UTC.
    pub(in crate::ingest::import) fn offset(&mut self) -> Option<i64> {
        let before = self.text;
        self.blanks();
        let found = match self.text {
            [sign @ (b'+' | b'-'), rest @ ..] => {
                self.text = rest;
                self.hours_ahead().map(|ahead| if *sign == b'-' { -ahead } else { ahead })
            }
            [b'Z', rest @ ..] if !matches!(rest, [byte, ..] if byte.is_ascii_alphabetic() || !byte.is_ascii()) => {
                self.text = rest;
                Some(0)
            }
            _ if self.starts_with_letter() => self.word().and_then(|word| zone_by_letters(&word)),
            _ => None,
        };
        if found.is_none() {
            self.text = before;
        }
        found
    }

    /// `02:00`, `0200` or `02`, and nothing after it: `09:00-09:30` is a label, not an offset; who writes `-0930` means one.
    fn hours_ahead(&mut self) -> Option<i64> {
        let (number, digits) = self.number(4)?;
        let (hours, minutes) = match digits {
            4 => (number / 100, number % 100),
            2 if self.eat(b":").is_some() => (number, self.number(2).filter(|(_, digits)| *digits == 2)?.0),
            2 => (number, 0),
            _ => return None,
        };
        (hours <= 14 && minutes <= 59).then_some(hours * 3600 + minutes * 60)
    }
}
