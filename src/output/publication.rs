//! The next version of a roster that agents are told: OUT as it is, its shifts published, and what has changed since the last version.
//!
//! A shift's sequence, by which calendars tell newer from older, is the number of the version in which it last changed, less one: it
//! never falls, also for a shift that was taken away and comes back.

use std::collections::{BTreeMap, BTreeSet};

use super::artifact::{Artifact, OutputError};
use super::records::{self, CancelledShift, PublicationFile, PublishedShift, RosterRow};
use super::results::{PUBLICATION, ResultFiles, ResultTable, Results, RosteredShift};
use super::run_json;
use crate::domain::roster::{Piece, ShiftStatus};
use crate::domain::span::Span;

/// A version that was published.
#[derive(Clone, Debug)]
pub struct PublishedVersion {
    /// Its number: 3 in a folder `v3`.
    pub number: u32,
    /// Its files.
    pub files: ResultFiles,
    /// What they say.
    pub results: Results,
}

/// The files of the version after `last`, `run.json` aside; none where nothing would be new in it.
///
/// # Errors
/// When a file cannot be written.
pub fn next_version(
    files: &ResultFiles,
    results: &Results,
    last: Option<&PublishedVersion>,
) -> Result<Option<Vec<Artifact>>, OutputError> {
    let mut content = content(files);
    if let Some(roster) = content.get_mut(ResultTable::Roster.file()) {
        *roster = published(roster)?;
    }
    if last.is_some_and(|last| self::content(&last.files) == content) {
        return Ok(None);
    }
    let publication = publication(results, last);
    let mut artifacts: Vec<Artifact> = content.into_iter().map(|(name, bytes)| Artifact::new(name, bytes)).collect();
    artifacts.push(Artifact::new(PUBLICATION, records::write_document(&publication)?));
    Ok(Some(artifacts))
}

/// What makes two versions the same or not: everything but who wrote it when.
fn content(files: &ResultFiles) -> BTreeMap<String, Vec<u8>> {
    let mut content = files.files.clone();
    content.remove(PUBLICATION);
    content.remove(run_json::FILE);
    content
}

/// `roster.csv` with every shift published.
fn published(roster: &[u8]) -> Result<Vec<u8>, OutputError> {
    let rows: Vec<RosterRow> = records::read(roster)?;
    records::write(rows.into_iter().map(|row| RosterRow { status: ShiftStatus::Published, ..row }))
}

type Key<'a> = (&'a str, &'a str);

fn publication(results: &Results, last: Option<&PublishedVersion>) -> PublicationFile {
    let number = last.map_or(1, |last| last.number + 1);
    let told = Told::of(last);
    let sequence = |of: &RosteredShift| match told.shifts.get(&key(results, of)) {
        Some((before, sequence)) if is_same((before.results, before.shift), (results, of)) => *sequence,
        _ => number - 1,
    };
    let shifts = results.shifts.iter().map(|of| PublishedShift {
        agent: results.agent(of).id.clone(),
        shift_id: of.shift.id.to_string(),
        sequence: sequence(of),
    });
    PublicationFile {
        version: 1,
        published: number,
        shifts: shifts.collect(),
        cancelled: told.cancelled(results, number),
    }
}

fn key<'a>(results: &'a Results, of: &'a RosteredShift) -> Key<'a> {
    (results.agent(of).id.as_str(), of.shift.id.as_str())
}

/// Whether agents would see no difference.
fn is_same((before, was): (&Results, &RosteredShift), (after, is): (&Results, &RosteredShift)) -> bool {
    was.shift.pieces == is.shift.pieces && was.queues == is.queues && before.site(was).id == after.site(is).id
}

/// What the last version told.
struct Told<'a> {
    shifts: BTreeMap<Key<'a>, (Before<'a>, u32)>,
    cancelled: &'a [CancelledShift],
}

/// A shift of the last version.
#[derive(Clone, Copy)]
struct Before<'a> {
    results: &'a Results,
    shift: &'a RosteredShift,
}

impl<'a> Told<'a> {
    fn of(last: Option<&'a PublishedVersion>) -> Self {
        let publication = last.and_then(|last| last.results.publication.as_ref());
        let listed = publication.into_iter().flat_map(|of| &of.shifts);
        let sequences: BTreeMap<Key<'_>, u32> =
            listed.map(|of| ((of.agent.as_str(), of.shift_id.as_str()), of.sequence)).collect();
        let shifts = last.into_iter().flat_map(|last| last.results.shifts.iter().map(|shift| (&last.results, shift)));
        let shifts = shifts.map(|(results, shift)| {
            let key = key(results, shift);
            (key, (Before { results, shift }, sequences.get(&key).copied().unwrap_or_default()))
        });
        Self { shifts: shifts.collect(), cancelled: publication.map_or(&[], |of| &of.cancelled) }
    }

    /// Parts of shifts that were told some time and are not in the roster any more.
    fn cancelled(&self, results: &Results, number: u32) -> Vec<CancelledShift> {
        let parts = |of: &RosteredShift| of.shift.parts().count();
        let now: BTreeMap<Key<'_>, usize> = results.shifts.iter().map(|of| (key(results, of), parts(of))).collect();
        let is_gone =
            |agent: &str, shift_id: &str, part: usize| now.get(&(agent, shift_id)).is_none_or(|parts| part > *parts);
        let earlier = self.cancelled.iter().filter(|of| is_gone(&of.agent, &of.shift_id, of.part)).cloned();
        let mut all: Vec<CancelledShift> = earlier.collect();
        let known: BTreeSet<(String, String, usize)> =
            all.iter().map(|of| (of.agent.clone(), of.shift_id.clone(), of.part)).collect();
        for ((agent, shift_id), (before, _)) in &self.shifts {
            let spans = before.shift.shift.parts().map(span_of).enumerate().map(|(at, span)| (at + 1, span));
            for (part, span) in spans.filter(|(part, _)| is_gone(agent, shift_id, *part)) {
                if known.contains(&((*agent).to_owned(), (*shift_id).to_owned(), part)) {
                    continue;
                }
                all.push(CancelledShift {
                    agent: (*agent).to_owned(),
                    shift_id: (*shift_id).to_owned(),
                    part,
                    site: before.results.site(before.shift).id.clone(),
                    date: before.shift.shift.date,
                    start: span.from,
                    end: span.until,
                    sequence: number - 1,
                });
            }
        }
        all
    }
}

fn span_of(pieces: &[Piece]) -> Span {
    Span { from: pieces[0].span.from, until: pieces[pieces.len() - 1].span.until }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::sample::{PLAN, ROSTER};

    fn files(roster: &str) -> ResultFiles {
        let files = [("plan.json", PLAN), ("roster.csv", roster), ("run.json", roster)];
        let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
        ResultFiles { folder: "out".into(), files }
    }

    fn read(files: &ResultFiles) -> Results {
        Results::read(files, &[ResultTable::Roster]).expect("results")
    }

    /// The next version; none where nothing is new.
    fn publish(roster: &str, last: Option<&PublishedVersion>) -> Option<PublishedVersion> {
        let out = files(roster);
        let artifacts = next_version(&out, &read(&out), last).expect("files")?;
        let name = |file: &Artifact| file.path.to_str().expect("a name").to_owned();
        let files = artifacts.iter().map(|file| (name(file), file.bytes.clone())).collect();
        let files = ResultFiles { folder: "v".into(), files };
        Some(PublishedVersion { number: last.map_or(1, |last| last.number + 1), results: read(&files), files })
    }

    fn sequences(of: &PublishedVersion) -> Vec<(String, u32)> {
        let publication = of.results.publication.clone().expect("a publication");
        publication.shifts.into_iter().map(|of| (of.shift_id, of.sequence)).collect()
    }

    #[test]
    fn a_sequence_rises_with_the_version_that_changes_the_shift_and_no_other() {
        let moved = ROSTER.replace("2026-10-25T06:00:00+01:00", "2026-10-25T05:00:00+01:00");
        let first = publish(ROSTER, None).expect("new");
        assert!(first.results.shifts.iter().all(|of| of.shift.status == ShiftStatus::Published));
        assert_eq!(sequences(&first), [("a1-2026-10-24".to_owned(), 0), ("a3-2026-10-20".to_owned(), 0)]);
        assert!(publish(ROSTER, Some(&first)).is_none(), "the same again is no version");
        let second = publish(&moved, Some(&first)).expect("new");
        assert_eq!(sequences(&second), [("a1-2026-10-24".to_owned(), 1), ("a3-2026-10-20".to_owned(), 0)]);
        let third = publish(ROSTER, Some(&second)).expect("as it was first, but not as it was last");
        assert_eq!(sequences(&third)[0].1, 2);
    }

    #[test]
    fn a_shift_that_is_taken_away_stays_cancelled_until_it_comes_back() {
        let without: String = ROSTER.split_inclusive('\n').filter(|line| !line.starts_with("a3,")).collect();
        let first = publish(ROSTER, None).expect("new");
        let second = publish(&without, Some(&first)).expect("new");
        let cancelled = |of: &PublishedVersion| {
            let publication = of.results.publication.clone().expect("a publication");
            publication.cancelled.iter().map(|of| (of.part, of.sequence)).collect::<Vec<_>>()
        };
        // Both parts of the split shift.
        assert_eq!(cancelled(&second), [(1, 1), (2, 1)]);
        let third = publish(&without.replace("T06:00:00+01:00", "T05:00:00+01:00"), Some(&second)).expect("new");
        assert_eq!(cancelled(&third), [(1, 1), (2, 1)], "since the second version");
        let fourth = publish(ROSTER, Some(&third)).expect("new");
        assert_eq!((cancelled(&fourth), sequences(&fourth)[1].1), (Vec::new(), 3), "later than the cancellation");
    }
}
