//! `publication.json`: which version of a roster agents were told, and how often each shift has changed since they first were.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cells;
use crate::domain::time::Instant;

/// The document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationFile {
    /// 1.
    pub version: u32,
    /// The number of the publication: 3 in a folder `v3`.
    pub published: u32,
    /// Every shift of the roster, in its order.
    pub shifts: Vec<PublishedShift>,
    /// Shifts that an earlier version had and this one has not.
    pub cancelled: Vec<CancelledShift>,
}

/// A shift that agents have been told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedShift {
    /// Who works it.
    pub agent: String,
    /// Its name.
    pub shift_id: String,
    /// The number of the version in which it last changed, less one: what calendars call the sequence.
    pub sequence: u32,
}

/// A shift, or the second part of a split one, that agents were told and that is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelledShift {
    /// Who would have worked it.
    pub agent: String,
    /// Its name.
    pub shift_id: String,
    /// The part of the shift, from 1.
    pub part: usize,
    /// Where.
    pub site: String,
    /// The site's day on which the shift would have started.
    #[serde(with = "cells::text")]
    pub date: NaiveDate,
    /// When the part would have begun.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// When it would have ended.
    #[serde(with = "cells::utc")]
    pub end: Instant,
    /// The number of the version in which it was taken away, less one.
    pub sequence: u32,
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_document_round_trip;
    use super::*;

    #[test]
    fn what_agents_were_told_reads_back_as_it_was_written() {
        let publication: PublicationFile = assert_document_round_trip(
            "{\n  \"version\": 1,\n  \"published\": 2,\n  \"shifts\": [\n    {\n      \"agent\": \"a001\",\n      \
             \"shift_id\": \"s1\",\n      \"sequence\": 1\n    }\n  ],\n  \"cancelled\": [\n    {\n      \"agent\": \"a001\",\n      \
             \"shift_id\": \"s2\",\n      \"part\": 1,\n      \"site\": \"manila\",\n      \"date\": \"2026-11-30\",\n      \
             \"start\": \"2026-11-30T08:00:00Z\",\n      \"end\": \"2026-11-30T16:00:00Z\",\n      \"sequence\": 1\n    }\n  ]\n}\n",
        );
        assert_eq!((publication.shifts[0].sequence, publication.cancelled[0].part), (1, 1));
    }
}
