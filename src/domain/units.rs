//! Units as types: a minute is not a second, a share is not a percentage, money is not a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;
use tr::tr;

/// Elapsed whole minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Minutes(i64);

impl Minutes {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// That many minutes.
    #[must_use]
    pub const fn new(minutes: i64) -> Self {
        Self(minutes)
    }

    /// The longest time of which both are multiples; no time is a multiple of any.
    #[must_use]
    pub const fn common_measure(self, other: Self) -> Self {
        let (mut a, mut b) = (self.0, other.0);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(a.abs())
    }

    /// That many hours.
    #[must_use]
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 60)
    }

    /// The number of minutes.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The same time in hours.
    #[must_use]
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / 60.0
    }

    /// The number of hours as people write it, with two places at most.
    #[must_use]
    pub fn told_in_hours(self) -> String {
        format!("{}", (self.as_hours() * 100.0).round() / 100.0)
    }

    /// The same time as a calendar duration.
    #[must_use]
    pub fn duration(self) -> chrono::Duration {
        chrono::Duration::minutes(self.0)
    }
}

impl Add for Minutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl Sub for Minutes {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl SubAssign for Minutes {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
impl Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", tr!("{} min", self.0))
    }
}

macro_rules! real_unit {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// None.
            pub const ZERO: Self = Self(0.0);

            /// A finite, non-negative amount, or nothing.
            #[must_use]
            pub fn new(amount: f64) -> Option<Self> {
                (amount.is_finite() && amount >= 0.0).then_some(Self(amount))
            }

            /// A computed amount: what is negative or not a number by rounding counts as none.
            #[must_use]
            pub fn clamped(amount: f64) -> Self {
                Self(if amount.is_finite() { amount.max(0.0) } else { 0.0 })
            }

            /// The amount.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }
    )+};
}

real_unit! {
    /// Elapsed seconds: handle times, waits, patience.
    Seconds,
    /// Offered load: contacts arriving per handle time.
    Erlangs,
    /// Heads, whole or shared between queues.
    Agents,
    /// Contacts, whole or expected on average.
    Contacts,
}

/// A share between 0 and 1; never a percentage.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0.0);
    /// Everything.
    pub const ALL: Self = Self(1.0);

    /// A number from 0 to 1, or nothing.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }

    /// A computed share, brought back between 0 and 1 where rounding left it outside.
    #[must_use]
    pub fn clamped(share: f64) -> Self {
        Self(if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) })
    }

    /// The number from 0 to 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// Money in millionths of the workspace's currency.
///
/// Each piece is rounded half to even once; totals are sums of pieces, so they are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// From millionths.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// From an amount in the currency, rounded half to even to a millionth.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "amounts stay far below 2^63 millionths")]
    pub fn rounded(amount: f64) -> Self {
        Self((amount * 1e6).round_ties_even() as i64)
    }

    /// The millionths.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The amount in the currency, for ratios and search; never to be added up.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Pay for some minutes at an hourly rate: one piece, rounded once, half to even.
    #[must_use]
    pub fn for_minutes(hourly: Self, minutes: Minutes) -> Self {
        let product = i128::from(hourly.0) * i128::from(minutes.get());
        Self(divide_half_even(product, 60))
    }
}

/// Integer division rounded half to even.
#[expect(clippy::cast_possible_truncation, reason = "the quotient of a wage by 60 fits")]
fn divide_half_even(numerator: i128, denominator: i128) -> i64 {
    let quotient = numerator.div_euclid(denominator);
    let twice = 2 * numerator.rem_euclid(denominator);
    let up = twice > denominator || (twice == denominator && quotient % 2 != 0);
    (quotient + i128::from(up)) as i64
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Mul<i64> for Money {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0 * times)
    }
}
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}
/// Plain decimal with six places cut to what is needed, at least two: `1234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        let places = format!("{rest:06}");
        let kept = places.trim_end_matches('0');
        write!(f, "{sign}{whole}.{kept:0<2}")
    }
}
/// Reads what is displayed, exactly: at most six places, no exponent.
impl FromStr for Money {
    type Err = NotMoney;
    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
        if whole.is_empty() || places.len() > 6 || !is_number(whole) || !is_number(places) {
            return Err(NotMoney);
        }
        let millionths = format!("{whole}{places:0<6}").parse::<i64>().map_err(|_| NotMoney)?;
        Ok(Self(sign * millionths))
    }
}

/// Text that is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money; a decimal with at most six places would do")]
pub struct NotMoney;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_rounds_half_to_even_once_per_piece() {
        // 0.000001 an hour for 30 minutes is half a millionth: to even, 0. For 90 minutes it is 1.5: to even, 2.
        let hourly = Money::from_millionths(1);
        assert_eq!(Money::for_minutes(hourly, Minutes::new(30)), Money::ZERO);
        assert_eq!(Money::for_minutes(hourly, Minutes::new(90)), Money::from_millionths(2));
    }

    #[test]
    fn money_prints_at_least_two_places() {
        assert_eq!(Money::rounded(1234.5).to_string(), "1234.50");
        assert_eq!("1234.50".parse(), Ok(Money::rounded(1234.5)));
        assert_eq!("-0.123456".parse(), Ok(Money::from_millionths(-123_456)));
        for no in ["", "-", "1.2345678", "1e3", "1,5", ".5", "--1", "99999999999999999999"] {
            assert_eq!(no.parse::<Money>(), Err(NotMoney), "{no}");
        }
        assert_eq!(Money::rounded(-0.123_456).to_string(), "-0.123456");
    }

    #[test]
    fn a_share_is_not_a_percentage() {
        assert!(Share::new(80.0).is_none());
        assert_eq!(Share::new(0.8).map(Share::get), Some(0.8));
    }
}
