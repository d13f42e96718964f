//! Opening hours: `{ mon-fri = "08:00-20:00", sat = ["09:00-12:00", "13:00-15:00"] }`.

use chrono::Weekday;
use tr::tr;

use super::fields::Fields;
use crate::domain::calendar::WeeklyHours;
use crate::workspace::words::{Read, Refusal, clock_span, weekday};

/// What opening hours look like.
pub(super) const SOME_HOURS: &str = "at least one day with its hours, such as `{ mon-fri = \"08:00-20:00\" }`";

/// The hours under a key; none if the key is absent. Spans of one day that overlap are reported, and hours that never
/// open anything, with a hint at what may be meant.
pub(super) fn weekly_hours(fields: &Fields<'_>, key: &'static str, hint: &str) -> Option<WeeklyHours> {
    if !fields.has(key) {
        return None;
    }
    let mut hours = WeeklyHours::default();
    let before = fields.report().count();
    for (entry, spans) in fields.own_keys(key, clock_span) {
        let path = fields.path_to(key);
        let days =
            fields.report().keep(days(&entry.key).map_err(|refusal| entry.place.refused(&path, &entry.key, refusal)));
        for day in days.unwrap_or_default() {
            for span in &spans {
                if hours.on(day).iter().any(|other| other.from() < span.until() && span.from() < other.until()) {
                    let cause = tr!("overlaps other hours of {}", day.to_string().to_lowercase());
                    fields.report().problem(entry.place.refused(
                        &path,
                        &entry.key,
                        Refusal::new(cause).accepting(tr!("spans of a day that do not meet")),
                    ));
                }
                hours.open(day, *span);
            }
        }
    }
    let days = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7);
    if fields.report().count() == before && days.into_iter().all(|day| hours.on(day).is_empty()) {
        fields.refuse(key, Refusal::new("empty").accepting(SOME_HOURS).hinting(hint.to_owned()));
    }
    Some(hours)
}

/// `mon`, `mon-fri`, `sat-mon` or `daily`.
fn days(word: &str) -> Read<Vec<Weekday>> {
    let refuse = |refusal: Refusal| refusal.accepting(tr!("mon … sun, a range such as mon-fri, or daily"));
    let (first, last) = match word.split_once('-') {
        Some((first, last)) => (weekday(first).map_err(refuse)?, weekday(last).map_err(refuse)?),
        None if word == "daily" => (Weekday::Mon, Weekday::Sun),
        None => (weekday(word).map_err(refuse)?, weekday(word).map_err(refuse)?),
    };
    let mut days = vec![first];
    let mut day = first;
    while day != last {
        day = day.succ();
        days.push(day);
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_days_may_run_over_the_weekend() {
        assert_eq!(days("sat-mon"), Ok(vec![Weekday::Sat, Weekday::Sun, Weekday::Mon]));
        assert_eq!(days("daily").map(|days| days.len()), Ok(7));
        assert!(days("mo").is_err() && days("mon-").is_err());
    }
}
