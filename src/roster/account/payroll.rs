//! Payroll: what each shift pays, base and every premium in a row of its own.
//!
//! Minutes are read one by one off the wall clock of the agent's site, so the hour that repeats when clocks go back is
//! paid twice at whatever the wall shows, and the hour that is skipped is not paid at all. A row is minutes × rate,
//! rounded half to even once; a premium's rate is the hourly cost × its share, itself an amount of money that payroll
//! can print. Premiums due at once add up. The gap of a split shift has a row of its own where a share of it is paid; no
//! premium is due in it.

use chrono::{Datelike, Duration, NaiveDate, Timelike};

use crate::domain::labour::{Premium, PremiumTime};
use crate::domain::roster::{PayClass, PayLine, Shift};
use crate::domain::time::Zone;
use crate::domain::units::{Minutes, Money, Share};
use crate::domain::workforce::{Agent, Site, Workforce};

/// The rows of one shift: base first, then each premium of the contract that is due, in the contract's order, then the
/// gap if it is paid.
pub(crate) fn lines(shift: &Shift, workforce: &Workforce) -> Vec<PayLine> {
    let agent = &workforce.agents[shift.agent.0];
    let (site, rules) = (workforce.site_of(agent), workforce.rules_of(agent));
    let row = |class, minutes, rate| PayLine {
        agent: shift.agent,
        shift: shift.id.clone(),
        date: shift.date,
        class,
        minutes,
        rate,
        amount: Money::for_minutes(rate, minutes),
    };
    let base = row(PayClass::Base, shift.paid(), agent.hourly_cost);
    let premiums = rules.premiums.iter().zip(premium_minutes(shift, site, &rules.premiums)).filter(|(_, due)| *due > 0);
    let premiums = premiums.map(|(premium, due)| {
        row(PayClass::Premium(premium.class.clone()), Minutes::new(due), rate_of(agent, premium.rate))
    });
    let gap = rules.split.and_then(|split| {
        let (minutes, rate) = (shift.span().length() - shift.length(), rate_of(agent, split.gap_pay));
        (minutes > Minutes::ZERO && rate > Money::ZERO).then(|| row(PayClass::Gap, minutes, rate))
    });
    std::iter::once(base).chain(premiums).chain(gap).collect()
}

/// Money per hour of a share of the hourly cost.
fn rate_of(agent: &Agent, share: Share) -> Money {
    Money::rounded(agent.hourly_cost.as_f64() * share.get())
}

/// Paid minutes of a shift at which each premium is due.
fn premium_minutes(shift: &Shift, site: &Site, premiums: &[Premium]) -> Vec<i64> {
    let mut due = vec![0; premiums.len()];
    if premiums.is_empty() {
        return due;
    }
    for piece in shift.pieces.iter().filter(|piece| piece.activity.is_paid()) {
        for minute in 0..piece.span.length().get() {
            let wall = Wall::at(piece.span.from + Duration::minutes(minute), site.zone);
            for (count, premium) in due.iter_mut().zip(premiums) {
                *count += i64::from(wall.is_due(&premium.time, site));
            }
        }
    }
    due
}

/// What the clock and calendar on a site's wall show.
struct Wall {
    date: NaiveDate,
    minute: u32,
}

impl Wall {
    fn at(instant: crate::domain::time::Instant, zone: Zone) -> Self {
        let local = instant.with_timezone(&zone).naive_local();
        Self { date: local.date(), minute: local.hour() * 60 + local.minute() }
    }

    fn is_due(&self, time: &PremiumTime, site: &Site) -> bool {
        match time {
            PremiumTime::Clock(window) => window.holds(self.minute),
            PremiumTime::Weekday(day) => self.date.weekday() == *day,
            PremiumTime::Holiday => site.holidays.contains(&self.date),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::domain::clock_window::ClockWindow;
    use crate::domain::labour::LabourRules;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn premium(class: &str, time: PremiumTime, rate: f64) -> Premium {
        Premium { class: class.into(), time, rate: Share::clamped(rate) }
    }

    fn night() -> Premium {
        premium("night", PremiumTime::Clock(ClockWindow { from: 21 * 60, until: 7 * 60 }), 0.2)
    }

    /// Class, minutes and amount of each row of the first shift.
    fn rows(instance: &TinyInstance, shift: &str) -> Vec<(String, i64, String)> {
        let name = |class| match class {
            PayClass::Base => "base".to_owned(),
            PayClass::Gap => "gap".to_owned(),
            PayClass::Premium(name) => name,
        };
        let lines = lines(&instance.shifts(&[shift])[0], &instance.workforce);
        lines.into_iter().map(|line| (name(line.class), line.minutes.get(), line.amount.to_string())).collect()
    }

    fn row(class: &str, minutes: i64, amount: &str) -> (String, i64, String) {
        (class.to_owned(), minutes, amount.to_owned())
    }

    #[test]
    fn meals_are_not_paid_and_breaks_are() {
        // 20 an hour: 3 h of work and 1 h of paid break.
        assert_eq!(rows(&TinyInstance::new(lenient()), "mon 08:00 wwmbw"), [row("base", 240, "80.00")]);
    }

    #[test]
    fn premiums_stand_in_rows_of_their_own_and_add_up() {
        let rules = LabourRules {
            premiums: vec![night(), premium("sunday", PremiumTime::Weekday(Weekday::Sun), 0.5)],
            ..lenient()
        };
        // Sunday 19:00 to Monday 01:00: 2 h of day, 4 h of night; the Sunday ends at midnight, after 5 h.
        let expected = [row("base", 360, "120.00"), row("night", 240, "16.00"), row("sunday", 300, "50.00")];
        assert_eq!(rows(&TinyInstance::new(rules), "sun 19:00 wwwwww"), expected);
    }

    #[test]
    fn the_holiday_of_the_site_is_paid_to_the_minute() {
        let mut instance = TinyInstance::new(LabourRules {
            premiums: vec![premium("holiday", PremiumTime::Holiday, 1.0)],
            ..lenient()
        });
        instance.workforce.sites[0].holidays = vec![instance.date("tue")];
        // Monday 22:00 to Tuesday 02:00: the last two hours.
        assert_eq!(rows(&instance, "mon 22:00 wwww"), [row("base", 240, "80.00"), row("holiday", 120, "40.00")]);
    }

    #[test]
    fn a_night_of_25_hours_pays_the_repeated_hour_twice_and_one_of_23_does_not_pay_the_missing_one() {
        let rules = || LabourRules { premiums: vec![night()], ..lenient() };
        // From 20:00 on Saturday 24 October 2026 in Warsaw, 12 elapsed hours end at 07:00: 1 h of day, 11 h of night.
        let autumn = TinyInstance::starting("2026-10-19", chrono_tz::Europe::Warsaw, rules());
        let expected = [row("base", 720, "240.00"), row("night", 660, "44.00")];
        assert_eq!(rows(&autumn, "sat 20:00 wwwwwwwwwwww"), expected);
        // From 20:00 on Saturday 28 March 2026, 12 elapsed hours end at 09:00: 1 h of day, 9 h of night, 2 h of day.
        let spring = TinyInstance::starting("2026-03-23", chrono_tz::Europe::Warsaw, rules());
        let expected = [row("base", 720, "240.00"), row("night", 540, "36.00")];
        assert_eq!(rows(&spring, "sat 20:00 wwwwwwwwwwww"), expected);
    }

    #[test]
    fn a_row_is_rounded_once() {
        let mut instance = TinyInstance::new(LabourRules { premiums: vec![night()], ..lenient() });
        instance.workforce.agents[0].hourly_cost = Money::from_millionths(17_333_333);
        // Base: 17.333333 × 1 h. Night: the rate 3.4666666 is 3.466667 as money, × 1 h.
        assert_eq!(rows(&instance, "mon 23:00 w"), [row("base", 60, "17.333333"), row("night", 60, "3.466667")]);
    }

    proptest::proptest! {
        /// Every paid minute lies in a clock window or in its complement, and on one weekday, clock changes or not.
        #[test]
        fn complementary_premiums_add_up_to_the_base(
            from in 0u16..1440, until in 0u16..1440, day in 0usize..7, hour in 0u32..24, length in 1usize..16,
            monday in 0usize..3,
        ) {
            let clock = |from, until| PremiumTime::Clock(ClockWindow { from, until });
            let weekdays = (0..7u8).filter_map(|day| Weekday::try_from(day).ok()).map(PremiumTime::Weekday);
            let times = [clock(from, until), clock(until, from)].into_iter().chain(weekdays);
            let premiums = times.map(|time| premium("any", time, 0.1)).collect();
            let monday = ["2026-10-19", "2026-03-23", "2026-11-30"][monday];
            let instance = TinyInstance::starting(monday, chrono_tz::Europe::Warsaw, LabourRules { premiums, ..lenient() });
            let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day];
            let shift = &instance.shifts(&[&format!("{day} {hour:02}:00 {}", "w".repeat(length))])[0];
            let due = premium_minutes(shift, &instance.workforce.sites[0], &instance.workforce.contracts[0].rules.premiums);
            let paid = shift.paid().get();
            proptest::prop_assert_eq!(due[..2].iter().sum::<i64>(), if from == until { 2 * paid } else { paid });
            proptest::prop_assert_eq!(due[2..].iter().sum::<i64>(), paid);
        }
    }
}
