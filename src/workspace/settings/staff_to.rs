//! `staff_to` of a `[[queue]]`: which of the rates that a forecast leaves open it is staffed for.

use super::fields::Fields;
use crate::domain::queue::Channel;
use crate::domain::staff_to::StaffTo;
use crate::workspace::words::{Read, Refusal};
use tr::tr;

/// Reads the key; work that can wait is planned for its mean alone.
pub(super) fn staff_to(fields: &Fields<'_>, channel: Option<Channel>) -> StaffTo {
    let staff_to = fields.or("staff_to", StaffTo::Mean, word);
    if staff_to != StaffTo::Mean && matches!(channel, Some(Channel::Deferred { .. })) {
        let refusal = Refusal::new(tr!(
            "work that can wait is planned for its mean: what comes more on one day is done on another"
        ));
        fields.refuse("staff_to", refusal.hinting(tr!("leave it out")));
        return StaffTo::Mean;
    }
    staff_to
}

fn word(word: &str) -> Read<StaffTo> {
    let percent = |digits: &str| {
        let is_plain = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse::<u8>().ok().filter(|percent| is_plain && StaffTo::PERCENTILES.contains(percent))
    };
    let word = word.trim();
    match word {
        "mean" => return Ok(StaffTo::Mean),
        "expected" => return Ok(StaffTo::Expected),
        _ => {}
    }
    if let Some(percent) = word.strip_prefix('p').and_then(percent) {
        return Ok(StaffTo::Percentile(percent));
    }
    let meant = word.strip_prefix('P').unwrap_or(word);
    let meant = meant.strip_prefix("0.").or_else(|| meant.strip_suffix('%')).unwrap_or(meant);
    let meant = if meant.len() == 1 { format!("{meant}0") } else { meant.to_owned() };
    let hint = percent(&meant).map(|percent| tr!("write `p{percent}`", percent));
    Err(Refusal::new(tr!("not what a queue can be staffed for"))
        .accepting(tr!("mean | expected | p50 to p99"))
        .hinting(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_written_with_a_p_and_two_digits() {
        for (text, expected) in [
            ("mean", StaffTo::Mean),
            ("expected", StaffTo::Expected),
            ("p50", StaffTo::Percentile(50)),
            ("p99", StaffTo::Percentile(99)),
        ] {
            assert_eq!(word(text).ok(), Some(expected));
            assert_eq!(expected.to_string(), text);
        }
        for (text, hint) in [
            ("p49", None),
            ("p100", None),
            ("p+9", None),
            ("median", None),
            ("80", Some("write `p80`")),
            ("0.8", Some("write `p80`")),
            ("P95", Some("write `p95`")),
            ("80%", Some("write `p80`")),
            ("", None),
        ] {
            assert_eq!(word(text).err().map(|refusal| refusal.hint.as_deref() == hint), Some(true), "{text}");
        }
    }
}
