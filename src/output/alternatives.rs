//! What could be otherwise, in words: whose rule, seat or wish, and what becomes of it.

use tr::tr;

use super::local_time;
use super::phrases;
use crate::domain::alternative::Otherwise;
use crate::domain::queue::Queue;
use crate::domain::time::{Zone, local_date};
use crate::domain::workforce::{Wish, WishKind, Workforce};

/// Who is concerned, how many people that are, and what becomes otherwise.
pub(super) struct Told {
    pub(super) who: String,
    pub(super) people: usize,
    pub(super) change: String,
}

/// The word for a kind of change in tables.
pub(super) const fn kind(of: &Otherwise) -> &'static str {
    match of {
        Otherwise::Rule { .. } => "rule",
        Otherwise::Seat { .. } => "seat",
        Otherwise::Person { .. } => "person",
        Otherwise::Wish { .. } => "wish",
    }
}

pub(super) fn told(workforce: &Workforce, queues: &[Queue], of: &Otherwise) -> Told {
    match of {
        Otherwise::Rule { contract, change } => {
            Told { who: contract.to_string(), people: change.who.len(), change: change.what.clone() }
        }
        Otherwise::Seat { site, seats } => {
            let people = workforce.agents.iter().filter(|agent| workforce.site_of(agent).id == *site).count();
            Told { who: site.to_string(), people, change: format!("`seats` {seats} → {}", seats + 1) }
        }
        Otherwise::Person { queues: taken, like } => {
            let skills = phrases::skills(queues, taken.iter().copied());
            Told { who: like.to_string(), people: 1, change: tr!("one more who takes {skills}", skills) }
        }
        Otherwise::Wish { agent, wish, .. } => {
            let agent = &workforce.agents[agent.0];
            let change = wished(wish, workforce.site_of(agent).zone);
            Told { who: agent.id.to_string(), people: 1, change }
        }
    }
}

/// `off on Sat 5 Dec`, with hours where it is not about whole days.
fn wished(wish: &Wish, zone: Zone) -> String {
    let (from, until) = (wish.span.from, wish.span.until);
    let (first, last) = (local_date(from, zone), local_date(until - chrono::Duration::minutes(1), zone));
    let is_whole = local_time::clock(from, zone) == "00:00" && local_time::clock(until, zone) == "00:00";
    let mut when = local_time::day(first);
    if last > first {
        when = format!("{when} – {}", local_time::day(last));
    }
    if !is_whole {
        when = format!("{when}, {}–{}", local_time::clock(from, zone), local_time::clock(until, zone));
    }
    match wish.kind {
        WishKind::Off => tr!("off on {when}", when),
        WishKind::Work => tr!("at work on {when}", when),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::span::Span;
    use crate::domain::units::Money;

    #[test]
    fn wishes_are_told_by_days_and_by_hours_where_they_are_not_about_whole_days() {
        let zone = chrono_tz::Europe::Warsaw;
        let wish = |kind, from: &str, until: &str| Wish {
            span: Span { from: from.parse().expect("an instant"), until: until.parse().expect("an instant") },
            kind,
            price: Money::ZERO,
        };
        let day = wish(WishKind::Off, "2026-12-04T23:00:00Z", "2026-12-05T23:00:00Z");
        assert_eq!(wished(&day, zone), "off on Sat 5 Dec");
        let days = wish(WishKind::Off, "2026-12-04T23:00:00Z", "2026-12-06T23:00:00Z");
        assert_eq!(wished(&days, zone), "off on Sat 5 Dec – Sun 6 Dec");
        let hours = wish(WishKind::Work, "2026-12-05T07:00:00Z", "2026-12-05T11:00:00Z");
        assert_eq!(wished(&hours, zone), "at work on Sat 5 Dec, 08:00–12:00");
    }
}
