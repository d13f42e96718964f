//! Numbers as text: the same bytes for the same value, no `-0`, no `NaN`, no places that say nothing.

use crate::domain::units::Money;
use crate::language::decimal_mark;
use tr::tr;

/// At most `places` decimals, trailing zeros cut; empty where the value is not a finite number.
pub(super) fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = format!("{value:.places$}");
    let cut = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if cut == "-0" { "0".to_owned() } else { cut.to_owned() }
}

/// A value rounded for JSON; none where it is not a finite number.
pub(super) fn rounded(value: f64, places: i32) -> Option<f64> {
    let scale = 10f64.powi(places);
    value.is_finite().then(|| (value * scale).round() / scale + 0.0)
}

/// For people: a fixed number of decimals, thousands parted by a thin space; a dash where there is no number.
pub(super) fn grouped(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.places$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let negative = value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    let mut out = String::from(if negative { "−" } else { "" });
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push(decimal_mark());
        out.push_str(rest);
    }
    out
}

/// A difference for people: the same, with its sign in front.
pub(super) fn signed(difference: f64, places: usize) -> String {
    let text = grouped(difference, places);
    let is_more = difference > 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    if is_more { format!("+{text}") } else { text }
}

/// Money for people: whole units of the currency, grouped, with the currency behind.
pub(super) fn money(amount: Money, currency: &str) -> String {
    let places = if amount.as_f64().abs() < 100.0 && amount != Money::ZERO { 2 } else { 0 };
    format!("{}\u{a0}{currency}", grouped(amount.as_f64(), places))
}

/// A share as a percentage for people.
pub(super) fn percent(share: f64, places: usize) -> String {
    let figure = grouped(share * 100.0, places);
    tr!("{figure}\u{a0}%", figure)
}

/// A share as a percentage for people; a dash where there is none.
pub(super) fn percent_or_dash(share: Option<f64>, places: usize) -> String {
    share.map_or_else(|| "–".to_owned(), |share| percent(share, places))
}

/// Hours for people: a decimal below a hundred, none above.
pub(super) fn hours(hours: f64) -> String {
    format!("{}\u{a0}h", grouped(hours, usize::from(hours.abs() < 99.95)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_trimmed_and_never_minus_zero() {
        assert_eq!(decimal(12.500, 4), "12.5");
        assert_eq!(decimal(120.0, 0), "120");
        assert_eq!(decimal(-0.000_01, 4), "0");
        assert_eq!(decimal(-1.25, 1), "-1.2");
        assert_eq!(decimal(f64::NAN, 2), "");
        assert_eq!(decimal(f64::INFINITY, 2), "");
    }

    proptest! {
        #[test]
        fn a_decimal_reads_back_to_its_last_place(value in -1e9..1e9f64, places in 0usize..7) {
            let text = decimal(value, places);
            let back: f64 = text.parse().expect("a number");
            prop_assert!((back - value).abs() <= 0.5 * 10f64.powi(-i32::try_from(places).expect("few")) + 1e-6);
            prop_assert!(text != "-0" && !(text.contains('.') && text.ends_with('0')));
        }
    }

    #[test]
    fn people_read_thousands_in_groups() {
        assert_eq!(grouped(1_234_567.0, 0), "1\u{202f}234\u{202f}567");
        assert_eq!(grouped(-0.04, 1), "0.0");
        assert_eq!(grouped(-1234.56, 1), "−1\u{202f}234.6");
        assert_eq!(percent(0.8768, 1), "87.7\u{a0}%");
        assert_eq!(hours(12.34), "12.3\u{a0}h");
        assert_eq!(money(Money::rounded(83_210.4), "EUR"), "83\u{202f}210\u{a0}EUR");
    }
}
