//! The Polish catalogue knows every sentence, none that is no longer said, and puts what is filled in where it belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::said::{Sentence, sentences};

/// What stands in a catalogue for each sentence.
fn catalogue() -> BTreeMap<Sentence, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language/pl.po");
    let file = rspolib::pofile(path.to_str().unwrap()).unwrap();
    let entry = |entry: rspolib::POEntry| {
        let sentence = Sentence { context: entry.msgctxt, one: entry.msgid, many: entry.msgid_plural };
        (sentence, entry.msgstr.into_iter().chain(entry.msgstr_plural).filter(|text| !text.is_empty()).collect())
    };
    file.entries.into_iter().map(entry).collect()
}

/// An entry for a translator to fill.
fn wanted(sentence: &Sentence) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    let mut entry = String::new();
    if let Some(context) = &sentence.context {
        entry.extend(["msgctxt ", &quoted(context), "\n"]);
    }
    entry.extend(["msgid ", &quoted(&sentence.one), "\n"]);
    match &sentence.many {
        None => entry += "msgstr \"\"\n",
        Some(many) => {
            entry.extend(["msgid_plural ", &quoted(many), "\n"]);
            entry += "msgstr[0] \"\"\nmsgstr[1] \"\"\nmsgstr[2] \"\"\n";
        }
    }
    entry
}

#[test]
fn every_sentence_is_in_the_catalogue_and_no_other() {
    let (said, known) = (sentences(), catalogue());
    assert!(said.len() > 300, "{} sentences were found", said.len());
    let missing: Vec<String> = said.iter().filter(|of| known.get(*of).is_none_or(Vec::is_empty)).map(wanted).collect();
    assert!(missing.is_empty(), "src/language/pl.po lacks {} sentences:\n\n{}", missing.len(), missing.join("\n"));
    let dead: Vec<&str> = known.keys().filter(|of| !said.contains(*of)).map(|of| of.one.as_str()).collect();
    assert!(dead.is_empty(), "nothing says these sentences of src/language/pl.po: {dead:#?}");
}

#[test]
fn what_is_filled_in_stands_in_both_languages() {
    let filled = |text: &str| -> BTreeSet<String> {
        let text = text.replace("{{", "").replace("}}", "");
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    for (sentence, translations) in catalogue() {
        let of_plural = sentence.many.as_deref().unwrap_or(&sentence.one);
        let expected: BTreeSet<String> = filled(&sentence.one).union(&filled(of_plural)).cloned().collect();
        assert!(sentence.many.is_none() || translations.len() == 3, "`{}` needs three forms", sentence.one);
        for text in &translations {
            let given = filled(text);
            let lacks: Vec<&String> = expected.difference(&given).filter(|name| *name != "n").collect();
            assert!(
                lacks.is_empty() && given.is_subset(&expected),
                "`{}` is filled in otherwise: `{text}`",
                sentence.one
            );
            if expected.contains("") {
                let count = |text: &str| text.matches("{}").count();
                assert_eq!(count(text), count(of_plural), "`{}`: places without names", sentence.one);
            }
        }
    }
}
