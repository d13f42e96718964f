//! Numbers, shares and money.

use std::ops::RangeInclusive;
use tr::tr;

use super::refusal::{Read, Refusal};
use crate::domain::units::{Money, Share};

/// A finite decimal number within a range.
pub(crate) fn number(range: RangeInclusive<f64>) -> impl Fn(&str) -> Read<f64> {
    move |word| {
        let accepted = || tr!("a number from {} to {}", range.start(), range.end());
        let value = decimal(word).map_err(|refusal| refusal.accepting(accepted()))?;
        if range.contains(&value) {
            Ok(value)
        } else {
            Err(Refusal::new(side(value, *range.start())).accepting(accepted()))
        }
    }
}

/// A finite decimal number above zero.
pub(crate) fn above(most: f64) -> impl Fn(&str) -> Read<f64> {
    move |word| {
        let accepted = || tr!("a number above 0, at most {most}", most);
        let value = decimal(word).map_err(|refusal| refusal.accepting(accepted()))?;
        let fits = value > 0.0 && value <= most;
        if fits { Ok(value) } else { Err(Refusal::new(side(value, 0.0)).accepting(accepted())) }
    }
}

/// A whole number within a range.
pub(crate) fn whole(range: RangeInclusive<u32>) -> impl Fn(&str) -> Read<u32> {
    move |word| {
        let accepted = || tr!("a whole number from {} to {}", range.start(), range.end());
        let value: i64 =
            word.trim().parse().map_err(|_| Refusal::new(tr!("not a whole number")).accepting(accepted()))?;
        let fits = u32::try_from(value).ok().filter(|value| range.contains(value));
        fits.ok_or_else(|| {
            let cause = if value < i64::from(*range.start()) { tr!("too small") } else { tr!("too large") };
            Refusal::new(cause).accepting(accepted())
        })
    }
}

/// A share between 0 and 1; a percentage is answered with the share it means.
pub(crate) fn share(word: &str) -> Read<Share> {
    let accepted = tr!("a share from 0 to 1");
    let percentage = |value: f64| tr!("{value} % is written {}", (value * 1e7).round() / 1e9, value);
    if let Some(value) = word.trim().strip_suffix('%').and_then(|rest| decimal(rest).ok()) {
        return Err(Refusal::new(tr!("a percentage")).accepting(accepted).hinting(percentage(value)));
    }
    let value = decimal(word).map_err(|refusal| refusal.accepting(&accepted))?;
    Share::new(value).ok_or_else(|| {
        let hint = (value > 1.0 && value <= 100.0).then(|| percentage(value));
        Refusal::new(side(value, 0.0)).accepting(accepted).hinting(hint)
    })
}

/// Money that is not negative, exact to a millionth of the currency.
pub(crate) fn money(word: &str) -> Read<Money> {
    const MOST: i64 = 1_000_000_000;
    let accepted = tr!("a decimal amount from 0 to 1000000000, with at most six places, such as 12.50");
    let refuse = |cause: &str| Err(Refusal::new(cause).accepting(accepted));
    let word = word.trim();
    if word.starts_with('-') {
        return refuse(&tr!("negative"));
    }
    let (units, places) = word.split_once('.').unwrap_or((word, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || !digits(units) || !digits(places) || word.ends_with('.') {
        return refuse(&tr!("not an amount of money")).map_err(|refusal| refusal.hinting(point_instead(word)));
    }
    if places.len() > 6 {
        return refuse(&tr!("finer than a millionth"));
    }
    let millionths = format!("{places:0<6}").parse::<i64>().unwrap_or(0);
    match units.parse::<i64>() {
        Ok(units) if units < MOST => Ok(Money::from_millionths(units * 1_000_000 + millionths)),
        _ => refuse(&tr!("too large")),
    }
}

fn decimal(word: &str) -> Read<f64> {
    let value: f64 = word.trim().parse().map_err(|_| Refusal::new(tr!("not a number")).hinting(point_instead(word)))?;
    if value.is_finite() { Ok(value) } else { Err(Refusal::new(tr!("not a finite number"))) }
}

/// How a number with a comma is to be written.
pub(crate) fn point_instead(word: &str) -> Option<String> {
    word.contains(',').then(|| tr!("the decimal sign is a point: `{}`", word.trim().replace(',', ".")))
}

fn side(value: f64, least: f64) -> String {
    match value {
        _ if value < 0.0 && least >= 0.0 => tr!("negative"),
        _ if value < least => tr!("too small"),
        _ if value == 0.0 => tr!("zero"),
        _ => tr!("too large"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_to_the_millionth() {
        assert_eq!(money("12.5"), Ok(Money::from_millionths(12_500_000)));
        assert_eq!(money("0.000001"), Ok(Money::from_millionths(1)));
        assert!(["-1", "1,5", "0.0000001", "1000000000", "", ".", "5.", "1e3"].iter().all(|word| money(word).is_err()));
    }

    #[test]
    fn a_comma_is_answered_with_the_point() {
        let expected = Some("the decimal sign is a point: `3.5`");
        assert_eq!(number(0.0..=9.0)("3,5").expect_err("a comma").hint.as_deref(), expected);
        assert_eq!(money("3,5").expect_err("a comma").hint.as_deref(), expected);
        assert_eq!(money("three").expect_err("a word").hint, None);
    }

    #[test]
    fn a_percentage_is_answered_with_its_share() {
        let hint = |word| share(word).expect_err("not a share").hint;
        assert_eq!(hint("80").as_deref(), Some("80 % is written 0.8"));
        assert_eq!(hint("4%").as_deref(), Some("4 % is written 0.04"));
        assert_eq!(hint("1.8").as_deref(), Some("1.8 % is written 0.018"));
        assert_eq!(hint("-1"), None);
    }

    #[test]
    fn numbers_are_finite_and_within_range() {
        assert!(number(0.0..=1.0)("NaN").is_err() && number(0.0..=1.0)("inf").is_err());
        assert_eq!(whole(1..=7)("0").expect_err("too small").cause, "too small");
        assert_eq!(above(2.0)("0").expect_err("zero").cause, "zero");
    }
}
