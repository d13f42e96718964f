//! What is wrong with a cell that cannot be read.

use tr::tr;

pub(in crate::ingest::import) const NO_QUEUE: &str = "no queue";
pub(in crate::ingest::import) const NO_TIME: &str = "not a time";
pub(in crate::ingest::import) const TOO_WIDE: &str = "more cells than the header has names";
pub(in crate::ingest::import) const NO_NUMBER: &str = "not a number";
pub(in crate::ingest::import) const NEGATIVE: &str = "less than nothing";
pub(in crate::ingest::import) const ANSWERED_BEFORE: &str = "answered before it came";
pub(in crate::ingest::import) const ENDED_BEFORE: &str = "ended before it was answered, or came";
pub(in crate::ingest::import) const NO_DURATION: &str = "not a duration";

/// What is wrong with a cell, for people.
pub(in crate::ingest::import) fn told(cause: &str) -> String {
    match cause {
        NO_QUEUE => tr!("no queue"),
        NO_TIME => tr!("not a time"),
        TOO_WIDE => tr!("more cells than the header has names"),
        NO_NUMBER => tr!("not a number"),
        NEGATIVE => tr!("less than nothing"),
        ANSWERED_BEFORE => tr!("answered before it came"),
        ENDED_BEFORE => tr!("ended before it was answered, or came"),
        NO_DURATION => tr!("not a duration"),
        other => other.to_owned(),
    }
}
