//! Weekdays by name.

use tr::tr;

/// The name of a weekday, counted from Monday, which is 0; whole weeks beyond are left out.
#[must_use]
pub fn weekday_name(from_monday: u32) -> String {
    match from_monday % 7 {
        0 => tr!("Monday"),
        1 => tr!("Tuesday"),
        2 => tr!("Wednesday"),
        3 => tr!("Thursday"),
        4 => tr!("Friday"),
        5 => tr!("Saturday"),
        _ => tr!("Sunday"),
    }
}
