//! What lines above a table say of it: the queue of the rows below, the zone of their times.

use crate::domain::time::Zone;
use crate::ingest::import::stated::roles::{is_total, plain};

/// Whether a column of this name, of letters and digits alone, names queues; or a title that begins with it.
pub(super) fn names_queues(plain: &str) -> bool {
    const WORDS: [&str; 26] = [
        "queue",
        "queuename",
        "queueid",
        "skill",
        "skillname",
        "split",
        "splitskill",
        "vdn",
        "csq",
        "csqname",
        "contactservicequeue",
        "skillgroup",
        "skillgroupname",
        "precisionqueue",
        "workgroup",
        "acdgroup",
        "lob",
        "lineofbusiness",
        "servicename",
        "calltype",
        "ctname",
        "kolejka",
        "infolinia",
        "usługa",
        "warteschlange",
        "sheet",
    ];
    WORDS.contains(&plain)
}

/// The queue that a title names: `Queue: Billing` in one cell or in two.
pub(super) fn queue_of<'c>(cells: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    const ALL: [&str; 6] = ["all", "any", "multiple", "wszystkie", "alle", "several"];
    let mut filled = cells.map(str::trim).filter(|cell| !cell.is_empty());
    let (first, second, third) = (filled.next()?, filled.next(), filled.next());
    let (word, name) = match second {
        None => first.split_once([':', '='])?,
        // Without a colon it may be a header.
        Some(second) => (first.strip_suffix([':', '='])?, second),
    };
    let name = name.trim();
    let is_name = !name.is_empty() && name.len() <= 80 && !is_total(name);
    let is_all = name == "*" || name.split_whitespace().next().is_some_and(|word| ALL.contains(&plain(word).as_str()));
    (third.is_none() && is_name && !is_all && names_queues(&plain(word))).then_some(name)
}

/// What a line says of the zone of a table's times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::import) enum ZoneTold {
    /// One zone.
    Named(Zone),
    /// Seconds ahead of UTC, or only that there is a zone: whether clocks change is not told.
    Unclear(Option<i64>),
}

/// What a title says of the zone, if it is about that.
pub(in crate::ingest::import) fn zone_of(title: &str) -> Option<ZoneTold> {
    const LABELS: [&str; 6] = ["time zone", "timezone", "time-zone", "strefa czasowa", "zeitzone", "tz:"];
    const TIMES: [&str; 9] = [
        "all times",
        "times are in",
        "times in",
        "times shown in",
        "time in",
        "wszystkie czasy",
        "czasy w",
        "alle zeiten",
        "zeiten in",
    ];
    let lower = title.to_lowercase();
    let is_labelled = LABELS.iter().chain(&TIMES).any(|label| lower.contains(label));
    let in_brackets = ["(gmt", "(utc"].iter().any(|begin| lower.contains(begin));
    if !is_labelled && !in_brackets {
        return None;
    }
    let words = || {
        title.split(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')' | '[' | ']' | ':' | '=')
        })
    };
    let of_place = |word: &str| word.contains('/').then(|| word.trim_end_matches('.').parse::<Zone>().ok()).flatten();
    if let Some(zone) = words().find_map(of_place) {
        return Some(ZoneTold::Named(zone));
    }
    if let Some(seconds) = offset(&lower) {
        return Some(ZoneTold::Unclear(Some(seconds)));
    }
    let is_utc = |word: &str| ["utc", "gmt", "zulu"].contains(&word.trim_end_matches('.').to_lowercase().as_str());
    Some(if words().any(is_utc) { ZoneTold::Named(chrono_tz::UTC) } else { ZoneTold::Unclear(None) })
}

/// `gmt+01:00`, `utc-5` in small letters: seconds ahead of UTC.
fn offset(lower: &str) -> Option<i64> {
    let at = ["gmt", "utc"].iter().find_map(|word| {
        lower
            .match_indices(word)
            .map(|(at, _)| at + 3)
            .find(|at| lower[*at..].trim_start().starts_with(['+', '-', '−']))
    })?;
    let text = lower[at..].trim_start();
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits: String = text.chars().skip(1).take_while(|letter| letter.is_ascii_digit() || *letter == ':').collect();
    let (hours, minutes) = digits.split_once(':').unwrap_or((&digits, "0"));
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_queues() {
        let of = |title: &'static str| queue_of(title.split('|'));
        assert_eq!(of("Queue: Billing"), Some("Billing"));
        assert_eq!(of("Kolejka: Obsługa klienta||"), Some("Obsługa klienta"));
        assert_eq!(of("Split/Skill:|12"), Some("12"));
        for title in [
            "Queue: All",
            "Queue:",
            "Report: Queue",
            "Queue|Start",
            "Queue:|Start|Offered",
            "Queue: Billing Total",
            "Created: now",
        ] {
            assert_eq!(of(title), None, "{title}");
        }
    }

    #[test]
    fn titles_name_zones() {
        let warsaw = Some(ZoneTold::Named(chrono_tz::Europe::Warsaw));
        let utc = Some(ZoneTold::Named(chrono_tz::UTC));
        assert_eq!(zone_of("Time zone: Europe/Warsaw"), warsaw);
        assert_eq!(zone_of("Strefa czasowa: Europe/Warsaw"), warsaw);
        assert_eq!(zone_of("All times are Europe/Warsaw."), warsaw);
        assert_eq!(zone_of("All times in UTC"), utc);
        assert_eq!(zone_of("Time Zone (UTC) Coordinated Universal Time"), utc);
        let hours = |hours: i64| Some(ZoneTold::Unclear(Some(hours * 3600)));
        assert_eq!(zone_of("(GMT+01:00) Sarajevo, Skopje, Warsaw, Zagreb"), hours(1));
        assert_eq!(zone_of("Time zone: UTC-5"), hours(-5));
        assert_eq!(zone_of("Timezone: Eastern Time"), Some(ZoneTold::Unclear(None)));
        assert_eq!(zone_of("Created 2026-09-12 08:00 UTC"), None);
        assert_eq!(zone_of("Interval report"), None);
    }
}
