//! What is put in the place of a value.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha12Rng;

/// Values for a cell or a setting that nobody means.
const VALUES: [&str; 72] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "-0.0",
    "0.5",
    "1e-9",
    "1e-300",
    "1e9",
    "1e15",
    "1e300",
    "1e400",
    "NaN",
    "inf",
    "-inf",
    "null",
    "true",
    "99999999999999999999",
    "18446744073709551615",
    "-9223372036854775808",
    "4294967296",
    "2147483648",
    "1_000",
    "1,5",
    "0x10",
    "86400",
    "100000",
    "53",
    "1440",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-13-01",
    "262142-01-01",
    "1969-12-31",
    "2026-11-30",
    "2026-12-01T09:00:00Z",
    "2026-12-01T09:00:00+01:00",
    "2026-12-01T09:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-10-25T02:30:00",
    "2026-12-01T23:59:60Z",
    "1900-01-01T00:00:00+23:59",
    "24:00",
    "00:00",
    "25:00",
    "23:59",
    "09:00-17:00",
    "Europe/Warsaw",
    "Europe/Nowhere",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Monrovia",
    "UTC",
    "mon",
    "mon-sun",
    "daily",
    "orders",
    "billing|orders",
    "a001",
    "a001|a001",
    "=1+1",
    "-x",
    "\u{1b}[31mred",
    "bell\u{7}",
    "nul\u{0}",
    "\u{202e}right to left",
    "👩‍💻",
    "e\u{301}\u{301}\u{301}",
];

/// A value for a cell or a setting.
pub(super) fn value(random: &mut ChaCha12Rng) -> String {
    match random.random_range(0..20) {
        0 => "x".repeat(random.random_range(1..100_000)),
        1 => random.random::<u64>().to_string(),
        2 => format!("{:e}", f64::from_bits(random.random())),
        3 => format!(
            "20{:02}-{:02}-{:02}",
            random.random_range(0..99),
            random.random_range(1..13),
            random.random_range(1..32)
        ),
        4 => format!("{:02}:{:02}", random.random_range(0..25), random.random_range(0..60)),
        5 => random.random_range(0..2000).to_string(),
        _ => (*VALUES.choose(random).unwrap_or(&"")).to_owned(),
    }
}

/// A value of the same kind that may well be accepted, and is not what was meant.
pub(super) fn likely(was: &str, words: &[&str], random: &mut ChaCha12Rng) -> String {
    let bare = was.trim().trim_matches('"');
    let other = if let Ok(number) = bare.parse::<f64>() {
        match random.random_range(0..4) {
            0 => (number * 10_f64.powi(random.random_range(-4..7))).to_string(),
            1 => (number + f64::from(random.random_range(-3..4))).to_string(),
            2 => random.random_range(0..100).to_string(),
            _ => format!("0.{}", random.random_range(0..1000)),
        }
    } else if bare.len() == 10 && bare.starts_with("20") {
        format!("2026-{:02}-{:02}", random.random_range(9..13), random.random_range(1..31))
    } else if bare.len() == 5 && bare.contains(':') {
        format!("{:02}:{:02}", random.random_range(0..24), 30 * random.random_range(0..2))
    } else {
        (*words.choose(random).unwrap_or(&"")).to_owned()
    };
    if was.trim().starts_with('"') { format!("{other:?}") } else { other }
}
