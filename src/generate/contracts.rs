//! The contracts of both sites, as data: Polish ones in Kraków, Philippine ones in Manila.
//!
//! Rests are those of Directive 2003/88/EC at both sites: 11 hours a day, 35 hours a week; the Polish contracts are held to
//! the pack of the Labour Code. Polish nights are eight hours within 21:00–07:00 with a fifth on top (Labour Code, art. 151⁷
//! and 151⁸); Philippine nights are 22:00–06:00 with a tenth on top (Labor Code, art. 86).

use crate::domain::units::Minutes;

/// Where agents sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SiteName {
    /// Europe/Warsaw.
    Krakow,
    /// Asia/Manila.
    Manila,
}

impl SiteName {
    /// The site's id.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Krakow => "krakow",
            Self::Manila => "manila",
        }
    }

    /// Its zone.
    pub(super) const fn zone(self) -> chrono_tz::Tz {
        match self {
            Self::Krakow => chrono_tz::Europe::Warsaw,
            Self::Manila => chrono_tz::Asia::Manila,
        }
    }
}

/// How much somebody works, and when they may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Terms {
    /// 40 hours by day and evening.
    Full,
    /// 40 hours, nights included.
    FullWithNights,
    /// 20 to 30 hours in short shifts.
    Part,
}

/// One contract of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contract {
    /// The site.
    pub(super) place: SiteName,
    /// The terms.
    pub(super) terms: Terms,
}

/// All contracts, with the share of their site's agents who hold them.
pub(super) const CONTRACTS: [(Contract, f64); 6] = [
    (Contract { place: SiteName::Krakow, terms: Terms::Full }, 0.56),
    (Contract { place: SiteName::Krakow, terms: Terms::FullWithNights }, 0.12),
    (Contract { place: SiteName::Krakow, terms: Terms::Part }, 0.32),
    (Contract { place: SiteName::Manila, terms: Terms::Full }, 0.22),
    (Contract { place: SiteName::Manila, terms: Terms::FullWithNights }, 0.60),
    (Contract { place: SiteName::Manila, terms: Terms::Part }, 0.18),
];

/// A break of a contract: paid or not, length, from which length of shift, and between which minutes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BreakTerms {
    /// Paid or a meal.
    pub(super) paid: bool,
    /// Minutes.
    pub(super) length: i64,
    /// Shifts of at least this many minutes have it.
    pub(super) from_length: i64,
    /// It starts no earlier than this into the shift …
    pub(super) earliest: i64,
    /// … and no later.
    pub(super) latest: i64,
}

impl Contract {
    /// Its id.
    pub(super) const fn id(self) -> &'static str {
        match (self.place, self.terms) {
            (SiteName::Krakow, Terms::Full) => "pl_full",
            (SiteName::Krakow, Terms::FullWithNights) => "pl_nights",
            (SiteName::Krakow, Terms::Part) => "pl_part",
            (SiteName::Manila, Terms::Full) => "ph_full",
            (SiteName::Manila, Terms::FullWithNights) => "ph_nights",
            (SiteName::Manila, Terms::Part) => "ph_part",
        }
    }

    /// Paid hours per week, from and to.
    pub(super) const fn hours(self) -> (i64, i64) {
        match self.terms {
            Terms::Full | Terms::FullWithNights => (40, 40),
            Terms::Part => (20, 30),
        }
    }

    /// Paid hours of its shifts.
    const fn paid_hours(self) -> &'static [i64] {
        match self.terms {
            Terms::Full | Terms::FullWithNights => &[7, 8, 9],
            Terms::Part => &[4, 5, 6],
        }
    }

    /// Elapsed minutes of its shifts on a grid, meals included.
    pub(super) fn shift_lengths(self, grid: Minutes) -> Vec<i64> {
        let meal = on_grid(30, grid);
        self.paid_hours().iter().map(|hours| hours * 60 + if *hours >= FROM_MEAL_HOURS { meal } else { 0 }).collect()
    }

    /// Its breaks in the order in which they fall.
    pub(super) fn breaks(grid: Minutes) -> Vec<BreakTerms> {
        let rest = on_grid(15, grid);
        let meal = on_grid(30, grid);
        let minutes = |paid: bool, length: i64, from_length: i64, earliest: i64, latest: i64| BreakTerms {
            paid,
            length,
            from_length,
            earliest: on_grid(earliest, grid),
            latest: latest.div_euclid(grid.get()) * grid.get(),
        };
        let all = [
            minutes(true, rest, 240, 90, 180),
            minutes(false, meal, FROM_MEAL_HOURS * 60 + meal, 210, 330),
            minutes(true, rest, 9 * 60 + meal, 420, 480),
        ];
        // On an hourly grid nobody is paid for an hour's rest.
        all.into_iter().filter(|rest| !rest.paid || rest.length <= LONGEST_PAID_BREAK).collect()
    }

    /// Start windows: from, until, step, in minutes of the day; windows after midnight stand on their own.
    pub(super) fn starts(self, grid: Minutes) -> Vec<(i64, i64, i64)> {
        let step = on_grid(30, grid);
        let step = if 60 % step == 0 { step } else { 60 };
        let window = |from: i64, until: i64| (from * 60, until * 60, step);
        match (self.place, self.terms) {
            (_, Terms::Full) => vec![window(6, 14)],
            (SiteName::Krakow, Terms::FullWithNights) => vec![window(6, 20)],
            (SiteName::Krakow, Terms::Part) => vec![window(7, 18)],
            (SiteName::Manila, Terms::FullWithNights) => vec![window(0, 3), window(13, 23)],
            (SiteName::Manila, Terms::Part) => vec![window(0, 5), window(13, 23)],
        }
    }

    /// Night window as written in files, and night shifts allowed per week.
    pub(super) const fn nights(self) -> ((&'static str, &'static str), u32) {
        let allowed = match (self.place, self.terms) {
            (_, Terms::Full) | (SiteName::Krakow, Terms::Part) => 0,
            (SiteName::Krakow, Terms::FullWithNights) => 3,
            (SiteName::Manila, Terms::FullWithNights | Terms::Part) => 5,
        };
        (("22:00", "06:00"), allowed)
    }

    /// Premiums: class, share, and when, in the words of the settings file.
    pub(super) const fn premiums(self) -> [(&'static str, f64, &'static str); 3] {
        let night = "clock = \"22:00-06:00\"";
        match self.place {
            SiteName::Krakow => {
                [("night", 0.20, night), ("sunday", 0.50, "weekday = \"sun\""), ("holiday", 1.0, "holiday = true")]
            }
            SiteName::Manila => {
                [("night", 0.10, night), ("sunday", 0.30, "weekday = \"sun\""), ("holiday", 1.0, "holiday = true")]
            }
        }
    }
}

/// Paid breaks that the grid would make longer than this are left out.
const LONGEST_PAID_BREAK: i64 = 30;
/// Shifts of at least so many paid hours have a meal.
const FROM_MEAL_HOURS: i64 = 6;

/// The next multiple of the plan's interval.
pub(super) fn on_grid(minutes: i64, grid: Minutes) -> i64 {
    (minutes + grid.get() - 1).div_euclid(grid.get()) * grid.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_lies_on_every_grid() {
        for grid in [5, 10, 15, 20, 30, 60].map(Minutes::new) {
            let fits = |minutes: i64| minutes % grid.get() == 0;
            for (contract, _) in CONTRACTS {
                assert!(contract.shift_lengths(grid).into_iter().all(fits), "{grid:?} {contract:?}");
                assert!(
                    contract
                        .starts(grid)
                        .into_iter()
                        .all(|(from, until, step)| fits(from) && fits(until) && fits(step))
                );
            }
            assert!(Contract::breaks(grid).into_iter().all(|rest| fits(rest.length) && fits(rest.earliest)));
        }
    }

    #[test]
    fn breaks_find_room_one_after_the_other() {
        for grid in [5, 10, 15, 20, 30, 60].map(Minutes::new) {
            for (contract, _) in CONTRACTS {
                for length in contract.shift_lengths(grid) {
                    let mut free_from = 0;
                    for rest in Contract::breaks(grid).into_iter().filter(|rest| rest.from_length <= length) {
                        let start = rest.earliest.max(free_from);
                        assert!(
                            start <= rest.latest && rest.latest + rest.length < length,
                            "{grid:?} {length} {rest:?}"
                        );
                        free_from = start + rest.length + 60;
                    }
                }
            }
        }
    }

    #[test]
    fn forty_hours_are_five_shifts_of_eight() {
        let contract = CONTRACTS[0].0;
        assert_eq!(contract.shift_lengths(Minutes::new(15)), [450, 510, 570]);
        assert_eq!(contract.shift_lengths(Minutes::new(60)), [480, 540, 600]);
    }
}
