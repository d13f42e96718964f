//! Whatever happens to a file, loading answers with a workspace or with problems.

use proptest::prelude::*;

use super::sample::{SampleWorkspace, utc};

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

/// The lists and tables of a settings file as ranges of bytes, brackets included.
fn lists(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '[' | '{' => open.push(at),
            ']' | '}' => found.extend(open.pop().map(|from| from..at + 1)),
            _ => {}
        }
    }
    let is_header =
        |from: usize| text[..from].trim_end_matches('[').lines().next_back().is_none_or(|line| !line.contains('='));
    found.retain(|range| !is_header(range.start));
    found
}

/// Whatever was loaded, agents work at the sites and under the contracts that their rows name.
fn assert_agents_are_themselves(sample: &SampleWorkspace) {
    let Ok(workspace) = sample.load() else { return };
    let as_of = utc("2026-11-27T12:00:00Z");
    let period = workspace.period(as_of);
    let Ok(workforce) = workspace.workforce(&period, as_of) else { return };
    let ours = workforce.agents.iter().map(|agent| {
        let (site, contract) = (&workforce.sites[agent.site.0], &workforce.contracts[agent.contract.0]);
        (agent.id.to_string(), site.id.to_string(), contract.id.to_string())
    });
    let named = [("ana", "krakow", "full"), ("bo", "manila", "part")];
    let named = named.map(|(agent, site, contract)| (agent.to_owned(), site.to_owned(), contract.to_owned()));
    ours.for_each(|ours| assert!(named.contains(&ours), "{ours:?} is not what agents.csv says"));
}

#[test]
fn emptying_any_list_moves_nobody_to_another_contract() {
    let (_, bytes) = SampleWorkspace::whole().files()[0].clone();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lists = lists(&text);
    assert!(lists.len() > 30, "only {} lists", lists.len());
    for range in lists {
        let (opening, closing) = (&text[range.start..=range.start], &text[range.end - 1..range.end]);
        let emptied = format!("{}{opening}{closing}{}", &text[..range.start], &text[range.end..]);
        assert_agents_are_themselves(&SampleWorkspace::whole().file("workspace.toml", emptied.as_bytes()));
    }
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
        let sample = SampleWorkspace::whole().scenario("s.toml", SCENARIO);
        let (name, bytes) = sample.files()[file % sample.files().len()].clone();
        let sample = sample.file(&name, &mutated(bytes, at, length, &with));
        match sample.load() {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(workspace) => {
                let as_of = utc("2026-11-27T12:00:00Z");
                let period = workspace.period(as_of);
                let workforce = workspace.workforce(&period, as_of);
                for agent in workforce.iter().flat_map(|workforce| &workforce.agents) {
                    prop_assert_eq!(agent.weeks.len(), period.weeks as usize);
                    let settled: u32 = agent.settlement.iter().map(|of| of.weeks).sum();
                    prop_assert!(agent.settlement.is_empty() || settled == period.weeks);
                    prop_assert!(agent.blocks.iter().all(|block| block.span.from < block.span.until));
                }
            }
        }
    }
}
