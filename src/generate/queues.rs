//! The retailer's queues: what customers want, when they may call, how much work it is and what is promised.

use rand::RngExt;

use super::random::stream;
use super::regions::COUNTRIES;

/// What kind of work a queue is; copies of a queue for further lines of business are of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    /// Orders and deliveries, by phone.
    Orders,
    /// Invoices and payments, by phone.
    Billing,
    /// Technical help, by phone.
    Technical,
    /// Chat on the shop's pages.
    Chat,
    /// Written cases, due within a day.
    Email,
    /// Difficult cases that the others hand on.
    SecondTier,
}

/// Opening hours on some weekdays: `mon-fri` from 8 to 20.
pub(super) struct Open {
    /// Days as the settings file writes them.
    pub(super) days: &'static str,
    /// First and last weekday, 0 is Monday.
    pub(super) weekdays: (usize, usize),
    /// Opening hour.
    pub(super) from: u16,
    /// Closing hour.
    pub(super) until: u16,
}

/// One queue of the centre.
#[derive(Clone, Debug)]
pub(super) struct SyntheticQueue {
    /// Its id, and the id of the skill it needs.
    pub(super) id: String,
    /// What kind of work it is.
    pub(super) topic: Topic,
    /// 1 for the first line of business, 2 for `orders_2` …
    pub(super) number: usize,
    /// Size relative to the first line.
    pub(super) size: f64,
    /// Indices of the countries served.
    pub(super) countries: Vec<usize>,
    /// Whether it hands contacts on to the second tier.
    pub(super) escalates: bool,
}

const TOPICS: [Topic; 5] = [Topic::Orders, Topic::Billing, Topic::Technical, Topic::Chat, Topic::Email];

/// The first `count` queues: the usual five, the second tier, then further lines of business of varied size.
pub(super) fn queues(count: usize, seed: u64) -> Vec<SyntheticQueue> {
    let mut random = stream(seed, "lines", 0);
    (0..count)
        .map(|position| {
            let kind = if position < 5 { position } else { (position + 4) % 5 };
            let number = if position < 6 { 1 } else { (position - 6) / 5 + 2 };
            let topic = if position == 5 { Topic::SecondTier } else { TOPICS[kind] };
            SyntheticQueue {
                id: if number == 1 { topic.name().to_owned() } else { format!("{}_{number}", topic.name()) },
                topic,
                number,
                size: if number == 1 { 1.0 } else { random.random_range(0.3..0.9) },
                countries: topic.countries(),
                escalates: count > 5 && topic.escalation_share() > 0.0,
            }
        })
        .collect()
}

impl Topic {
    /// Its name in ids.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Billing => "billing",
            Self::Technical => "technical",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::SecondTier => "second_tier",
        }
    }

    /// Positions of the countries served: chat is not offered in Poland yet, and nobody writes from the United States.
    fn countries(self) -> Vec<usize> {
        let without = match self {
            Self::Chat => Some("pl"),
            Self::Email => Some("us"),
            _ => None,
        };
        (0..COUNTRIES.len()).filter(|index| Some(COUNTRIES[*index].id) != without).collect()
    }

    /// Contacts on an ordinary weekday over all countries, in a company of size 1.
    pub(super) const fn contacts_per_day(self) -> f64 {
        match self {
            Self::Orders => 900.0,
            Self::Billing => 460.0,
            Self::Technical => 560.0,
            Self::Chat => 620.0,
            Self::Email => 520.0,
            Self::SecondTier => 0.0,
        }
    }

    /// Mean handle time in seconds on an ordinary weekday.
    pub(super) const fn handle_time(self) -> f64 {
        match self {
            Self::Orders => 228.0,
            Self::Billing => 284.0,
            Self::Technical => 418.0,
            Self::Chat => 540.0,
            Self::Email => 372.0,
            Self::SecondTier => 620.0,
        }
    }

    /// Chats an agent holds at once; 1 elsewhere.
    pub(super) const fn concurrency(self) -> f64 {
        if matches!(self, Self::Chat) { 2.0 } else { 1.0 }
    }

    /// Share of contacts that the second tier takes over.
    pub(super) const fn escalation_share(self) -> f64 {
        match self {
            Self::Technical => 0.09,
            Self::Billing => 0.05,
            Self::Orders => 0.02,
            _ => 0.0,
        }
    }

    /// Mean patience of customers in seconds, where they wait on the line.
    pub(super) const fn patience(self) -> Option<f64> {
        match self {
            Self::Orders => Some(150.0),
            Self::Billing | Self::Chat => Some(210.0),
            Self::Technical => Some(260.0),
            Self::SecondTier => Some(400.0),
            Self::Email => None,
        }
    }

    /// Opening hours for one country, on its customers' clock.
    pub(super) fn hours(self, country: &str) -> &'static [Open] {
        match (self, country) {
            (Self::Orders | Self::Technical | Self::SecondTier, "gb") => &[WEEK_8_20, SAT_9_17, SUN_10_16],
            (Self::Orders | Self::Technical | Self::SecondTier, "us") => &[WEEK_8_21, SAT_9_18, SUN_10_18],
            (Self::Orders | Self::Technical | Self::SecondTier, _) => &[WEEK_8_20, SAT_9_15],
            (Self::Billing, "us") => &[WEEK_8_20, SAT_9_17],
            (Self::Billing, _) => &[WEEK_8_18],
            (Self::Chat, _) => &[DAILY_9_21],
            (Self::Email, _) => &[DAILY_7_21],
        }
    }
}

const fn open(days: &'static str, weekdays: (usize, usize), from: u16, until: u16) -> Open {
    Open { days, weekdays, from, until }
}

const WEEK_8_18: Open = open("mon-fri", (0, 4), 8, 18);
const WEEK_8_20: Open = open("mon-fri", (0, 4), 8, 20);
const WEEK_8_21: Open = open("mon-fri", (0, 4), 8, 21);
const SAT_9_15: Open = open("sat", (5, 5), 9, 15);
const SAT_9_17: Open = open("sat", (5, 5), 9, 17);
const SAT_9_18: Open = open("sat", (5, 5), 9, 18);
const SUN_10_16: Open = open("sun", (6, 6), 10, 16);
const SUN_10_18: Open = open("sun", (6, 6), 10, 18);
const DAILY_9_21: Open = open("daily", (0, 6), 9, 21);
const DAILY_7_21: Open = open("daily", (0, 6), 7, 21);

/// Whether opening hours hold at a minute of a weekday.
pub(super) fn is_open(hours: &[Open], weekday: usize, minute: u16) -> bool {
    hours.iter().any(|open| {
        (open.weekdays.0..=open.weekdays.1).contains(&weekday) && (open.from * 60..open.until * 60).contains(&minute)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<String> {
        queues(count, 7).into_iter().map(|queue| queue.id).collect()
    }

    #[test]
    fn queues_come_in_the_order_of_size_and_then_in_copies() {
        assert_eq!(ids(2), ["orders", "billing"]);
        assert_eq!(ids(6)[5], "second_tier");
        assert_eq!(ids(12)[6..], ["orders_2", "billing_2", "technical_2", "chat_2", "email_2", "orders_3"]);
    }

    #[test]
    fn nothing_escalates_without_a_second_tier() {
        assert!(queues(5, 7).iter().all(|queue| !queue.escalates));
        assert!(queues(6, 7)[2].escalates);
    }

    #[test]
    fn hours_are_read_in_minutes() {
        let hours = Topic::Orders.hours("pl");
        assert!(is_open(hours, 0, 8 * 60) && !is_open(hours, 0, 20 * 60));
        assert!(is_open(hours, 5, 9 * 60) && !is_open(hours, 6, 12 * 60));
    }
}
