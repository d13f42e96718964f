//! Months, days of the week and zones by their names, in lower case.

/// A month by its name: English, by three letters or more; Polish and German where they differ.
pub(in crate::ingest::import) fn month(word: &str) -> Option<i64> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "januar", "sty"],
        &["february", "februar", "lut"],
        &["march", "märz", "mrz", "marz", "marc"],
        &["april", "kwi"],
        &["may", "mai", "maj"],
        &["june", "juni", "cze"],
        &["july", "juli", "lip"],
        &["august", "sie"],
        &["september", "sept", "wrz"],
        &["october", "oktober", "okt", "paź", "paz"],
        &["november", "lis"],
        &["december", "dezember", "dez", "gru"],
    ];
    let is_month = |names: &&[&str]| {
        names.iter().any(|name| *name == word || word.len() >= 3 && name.starts_with(word) || word.starts_with(name))
    };
    (1..).zip(MONTHS.iter()).find_map(|(number, names)| is_month(names).then_some(number))
}

/// Seconds ahead of UTC of a zone by its letters, in lower case, where they mean one zone alone: `CST` and `IST` are several.
pub(in crate::ingest::import) fn zone_by_letters(word: &str) -> Option<i64> {
    const HALF_HOURS_AHEAD: [(&str, i64); 18] = [
        ("z", 0),
        ("utc", 0),
        ("gmt", 0),
        ("wet", 0),
        ("west", 2),
        ("cet", 2),
        ("mez", 2),
        ("cest", 4),
        ("mesz", 4),
        ("eet", 4),
        ("eest", 6),
        ("est", -10),
        ("edt", -8),
        ("cdt", -10),
        ("mdt", -12),
        ("pst", -16),
        ("pdt", -14),
        ("msk", 6),
    ];
    HALF_HOURS_AHEAD.iter().find(|(zone, _)| *zone == word).map(|(_, ahead)| ahead * 1800)
}

/// A day of the week by its name, in English.
pub(in crate::ingest::import) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 2 && DAYS.iter().any(|day| day.starts_with(word))
}
