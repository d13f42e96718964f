//! Handle times and waits as exports write them: `0:03:25`, `3:25`, `205`, `205 s`, `3m 25s`, `PT3M25S`.

use super::numbers::{DecimalMark, number};

/// The unit of a number that stands for a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days, as spreadsheets count them.
    Days,
}

impl TimeUnit {
    /// Seconds of one.
    #[must_use]
    pub const fn seconds(self) -> f64 {
        match self {
            Self::Milliseconds => 0.001,
            Self::Seconds => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3600.0,
            Self::Days => 86_400.0,
        }
    }

    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// What a column's name says of the unit of its numbers.
    pub(in crate::ingest::import) fn of_name(column: &str) -> Option<Self> {
        let lower = column.to_lowercase();
        let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).collect();
        let says = |units: &[&str]| words.iter().any(|word| units.contains(word));
        if says(&["ms", "msec", "msecs", "millis", "milliseconds", "millisecond"]) {
            Some(Self::Milliseconds)
        } else if says(&["s", "sec", "secs", "second", "seconds", "sek", "sekundy", "sekund", "sekunden"]) {
            Some(Self::Seconds)
        } else if says(&["min", "mins", "minutes", "minuty", "minuten"]) {
            Some(Self::Minutes)
        } else if says(&["hours", "hrs", "godziny", "stunden"]) {
            Some(Self::Hours)
        } else {
            None
        }
    }
}

/// What a cell says of a duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ingest::import) enum Duration {
    /// In seconds: hours, minutes and seconds, or a number with its unit.
    Seconds(f64),
    /// `3:25`: minutes and seconds, unless hours and minutes are meant.
    TwoParts(f64, f64),
    /// A number without unit.
    Number(f64),
}

/// Reads a cell.
pub(in crate::ingest::import) fn duration(text: &str, mark: DecimalMark) -> Option<Duration> {
    let text = text.trim();
    if let Some(found) = number(text, mark) {
        return Some(Duration::Number(found));
    }
    if text.contains(':') {
        return of_parts(text);
    }
    if let Some(iso) = text.strip_prefix('P') {
        return iso_8601(iso).map(Duration::Seconds);
    }
    with_units(text, mark).map(Duration::Seconds)
}

/// `1:03:25`, `03:25`, `2.01:03:25` with days before the point.
fn of_parts(text: &str) -> Option<Duration> {
    let part = |text: &str, most: f64| {
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.replace(',', ".").parse::<f64>().ok().filter(|part| is_plain && *part < most)
    };
    let parts: Vec<&str> = text.split(':').collect();
    match parts[..] {
        [first, second] => Some(Duration::TwoParts(part(first, 1e6)?, part(second, 60.0)?)),
        [hours, minutes, seconds] => {
            let (days, hours) = hours.split_once('.').unwrap_or(("0", hours));
            let whole = (part(days, 1e3)? * 24.0 + part(hours, 1e6)?) * 3600.0;
            let seconds = seconds.replace(',', ".");
            Some(Duration::Seconds(whole + part(minutes, 60.0)? * 60.0 + part(&seconds, 60.0)?))
        }
        _ => None,
    }
}

/// `PT3M20S`, `P1DT2H` without the `P` (ISO 8601).
fn iso_8601(text: &str) -> Option<f64> {
    if text.is_empty() || text == "T" {
        return None;
    }
    let (days, time) = text.split_once('T').unwrap_or((text, ""));
    let days = if days.is_empty() { 0.0 } else { number(days.strip_suffix('D')?, DecimalMark::Point)? };
    let is_plain = time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'H' | b'M' | b'S'));
    let time = if time.is_empty() { 0.0 } else { with_units(time, DecimalMark::Point)? };
    is_plain.then_some(days * TimeUnit::Days.seconds() + time)
}

/// `205 s`, `3m 25s`, `1 h 3 min`.
fn with_units(text: &str, mark: DecimalMark) -> Option<f64> {
    let mut total = None;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| letter.is_alphabetic())?;
        let amount = number(&rest[..digits], mark)?;
        let after = &rest[digits..];
        let letters = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
        let unit = match &after[..letters].to_lowercase()[..] {
            "ms" => TimeUnit::Milliseconds,
            "s" | "sec" | "secs" | "sek" => TimeUnit::Seconds,
            "m" | "min" | "mins" => TimeUnit::Minutes,
            "h" | "hr" | "hrs" | "godz" => TimeUnit::Hours,
            _ => return None,
        };
        total = Some(total.unwrap_or(0.0) + amount * unit.seconds());
        rest = after[letters..].trim_start_matches(['.', ' ', ',']);
    }
    total
}

/// Whether it is less than nothing.
pub(in crate::ingest::import) fn is_negative(duration: Duration) -> bool {
    matches!(duration, Duration::Number(number) if number < 0.0)
}

/// Two durations of one contact added up; of different kinds the first stands.
pub(in crate::ingest::import) fn added(one: Duration, other: Duration) -> Duration {
    match (one, other) {
        (Duration::Number(a), Duration::Number(b)) => Duration::Number(a + b),
        (Duration::TwoParts(a, b), Duration::TwoParts(c, d)) => Duration::TwoParts(a + c, b + d),
        (Duration::Seconds(a), Duration::Seconds(b)) => Duration::Seconds(a + b),
        (a, _) => a,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_exports_write_them() {
        let read = |text| duration(text, DecimalMark::Point);
        for text in
            ["PT3M25S", "PT205S", "PT0H3M25.0S", "0:03:25", "00:03:25.0", "3m 25s", "205 s", "3 min 25 sec", "205000ms"]
        {
            assert_eq!(read(text), Some(Duration::Seconds(205.0)), "{text}");
        }
        assert_eq!(read("3:25"), Some(Duration::TwoParts(3.0, 25.0)));
        assert_eq!(read("205"), Some(Duration::Number(205.0)));
        assert_eq!(read("1.02:00:00"), Some(Duration::Seconds(26.0 * 3600.0)));
        assert_eq!(duration("187,5", DecimalMark::Comma), Some(Duration::Number(187.5)));
        for text in ["P", "PT3", "PT3X", "Pending", "", "orders", "3:61", "3:25:61", "1:2:3:4", "3 x", "s"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_columns_tell_units() {
        assert_eq!(TimeUnit::of_name("Total Handle Time (Seconds)"), Some(TimeUnit::Seconds));
        assert_eq!(TimeUnit::of_name("talk_ms"), Some(TimeUnit::Milliseconds));
        assert_eq!(TimeUnit::of_name("AHT [min]"), Some(TimeUnit::Minutes));
        assert_eq!(TimeUnit::of_name("Average Handle Time"), None);
    }
}
