//! How values stand in cells, each way.

/// Contacts, agents, shares: six decimals at most, empty where it is no number.
pub(super) mod amount {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::output::number::decimal;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    pub(in crate::output::records) fn serialize<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
        decimal(*value, 6).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        let text = String::deserialize(from)?;
        if text.is_empty() { Ok(f64::NAN) } else { text.parse().map_err(serde::de::Error::custom) }
    }
}

/// Seconds: three decimals at most.
pub(super) mod seconds {
    use serde::{Serialize, Serializer};

    use crate::output::number::decimal;

    pub(in crate::output::records) use super::amount::deserialize;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    pub(in crate::output::records) fn serialize<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
        decimal(*value, 3).serialize(to)
    }
}

/// What a cell holds that is not there.
pub(super) const fn unknown() -> f64 {
    f64::NAN
}

/// A share that may be unknown: then the cell is empty.
pub(super) mod known_share {
    use serde::{Deserializer, Serialize, Serializer};

    use crate::output::number::decimal;

    #[expect(clippy::ref_option, reason = "the signature serde asks for")]
    pub(in crate::output::records) fn serialize<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
        value.map_or_else(String::new, |share| decimal(share, 6)).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
        super::amount::deserialize(from).map(|share| Some(share).filter(|share| !share.is_nan()))
    }
}

/// An instant in UTC, `2026-11-30T08:00:00Z`.
pub(super) mod utc {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::domain::time::Instant;
    use crate::output::local_time;

    pub(in crate::output::records) fn serialize<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
        local_time::utc(*at).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Instant, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An instant in UTC, or an empty cell.
pub(super) mod known_utc {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::domain::time::Instant;
    use crate::output::local_time;

    #[expect(clippy::ref_option, reason = "the signature serde asks for")]
    pub(in crate::output::records) fn serialize<S: Serializer>(at: &Option<Instant>, to: S) -> Result<S::Ok, S::Error> {
        at.map_or_else(String::new, local_time::utc).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Instant>, D::Error> {
        let text = String::deserialize(from)?;
        (!text.is_empty()).then(|| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

/// An instant on a wall clock with its offset, `2026-11-30T09:00:00+01:00`.
pub(super) mod local {
    use chrono::{DateTime, FixedOffset, SecondsFormat};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::output::records) fn serialize<S: Serializer>(
        at: &DateTime<FixedOffset>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        at.to_rfc3339_opts(SecondsFormat::Secs, false).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<DateTime<FixedOffset>, D::Error> {
        DateTime::parse_from_rfc3339(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// The same, or an empty cell.
pub(super) mod known_local {
    use chrono::{DateTime, FixedOffset, SecondsFormat};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "the signature serde asks for")]
    pub(in crate::output::records) fn serialize<S: Serializer>(
        at: &Option<DateTime<FixedOffset>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        at.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Secs, false)).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
        let text = String::deserialize(from)?;
        let read = |text: &str| DateTime::parse_from_rfc3339(text).map_err(serde::de::Error::custom);
        (!text.is_empty()).then(|| read(&text)).transpose()
    }
}

/// Anything that is written and read as text: dates, money.
pub(super) mod text {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::output::records) fn serialize<T: Display, S: Serializer>(
        value: &T,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.to_string().serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The same where there may be none: null.
pub(super) mod known_text {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "the signature serde asks for")]
    pub(in crate::output::records) fn serialize<T: Display, S: Serializer>(
        value: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(ToString::to_string).serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

/// Words joined by `|`.
pub(super) mod list {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::output::records) fn serialize<S: Serializer>(words: &[String], to: S) -> Result<S::Ok, S::Error> {
        words.join("|").serialize(to)
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        let text = String::deserialize(from)?;
        Ok(text.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }
}

/// Text of others, as it stood: what a spreadsheet would take for a formula has an apostrophe in front, as spreadsheets have it. Figures
/// stay figures.
pub(super) mod foreign {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    const MARKS: [char; 4] = ['=', '+', '-', '@'];

    pub(in crate::output::records) fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
        let is_figure = text.parse::<f64>().is_ok();
        if text.trim_start().starts_with(MARKS) && !is_figure {
            format!("'{text}").serialize(to)
        } else {
            text.serialize(to)
        }
    }

    pub(in crate::output::records) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        let text = String::deserialize(from)?;
        let bare = text.strip_prefix('\'').filter(|bare| bare.trim_start().starts_with(MARKS)).map(str::to_owned);
        Ok(bare.unwrap_or(text))
    }
}
