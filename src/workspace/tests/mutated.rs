//! Whatever happens to a file, loading answers with a workspace or with problems.

use proptest::prelude::*;

use super::world::{World, utc};

const SCENARIO: &str = "name = 'x'\n[[queue]]\nid = 'orders'\ngoal = { share = 0.9 }\n[factors]\nvolume_factor = 1.1\n\
    absent_share = 0.5\n[agents]\nremove = ['bo']\nadd = [{ agent = 'dee', name = 'Dee', site = 'manila', contract = 'part', \
    skills = ['orders'], level = 'new', hourly_cost = 7 }]\n[event_shift]\nwinter-sale = 7\n";

/// What hands do to files: strike out, put in, cut off, swap for what an editor or a spreadsheet might write.
fn mutated(mut bytes: Vec<u8>, at: usize, length: usize, with: &[u8]) -> Vec<u8> {
    let from = at % (bytes.len() + 1);
    let until = (from + length).min(bytes.len());
    bytes.splice(from..until, with.iter().copied());
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn loading_never_panics(
        file in 0_usize..11,
        at in any::<usize>(),
        length in 0_usize..12,
        with in prop_oneof![
            Just(b"".to_vec()), Just(b"-1".to_vec()), Just(b"9999999999999999999".to_vec()), Just(b"NaN".to_vec()),
            Just(b"1e308".to_vec()), Just(b"9999-12-31".to_vec()), Just(b"\"".to_vec()), Just(b"\n".to_vec()),
            Just(b",".to_vec()), Just(b"|".to_vec()), Just(b"]]".to_vec()), Just(b"\xff".to_vec()),
            Just("é".as_bytes().to_vec()), Just(b"0".to_vec()), Just(b"24:00".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..6),
        ],
    ) {
        let world = World::whole().scenario("s.toml", SCENARIO);
        let (name, bytes) = world.files()[file % world.files().len()].clone();
        let world = world.file(&name, &mutated(bytes, at, length, &with));
        match world.load() {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(workspace) => {
                let as_of = utc("2026-11-27T12:00:00Z");
                let period = workspace.period(as_of);
                let workforce = workspace.workforce(&period, as_of);
                for agent in workforce.iter().flat_map(|workforce| &workforce.agents) {
                    prop_assert_eq!(agent.weeks.len(), period.weeks as usize);
                    prop_assert!(agent.blocks.iter().all(|block| block.span.from < block.span.until));
                }
            }
        }
    }
}
