//! The sentences of a language, out of a catalogue in the format of gettext.

use std::borrow::Cow;
use std::collections::HashMap;

use tr::Translator;

/// Sentences by what they are in English.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    sentences: HashMap<Key, Vec<String>>,
}

/// Context, sentence, and whether it has a count; then it is the sentence of one.
type Key = (Option<String>, String, bool);

impl Catalogue {
    /// Reads a catalogue; what is not translated yet is left out, and so is all of one that is damaged, which a test sees to.
    pub(super) fn read(text: &str) -> Self {
        let entries = rspolib::pofile(text).map(|file| file.entries).unwrap_or_default();
        let of = |entry: rspolib::POEntry| {
            let said: Vec<String> = entry.msgstr.into_iter().chain(entry.msgstr_plural).collect();
            let is_whole = !said.is_empty() && said.iter().all(|text| !text.is_empty());
            is_whole.then_some(((entry.msgctxt, entry.msgid, entry.msgid_plural.is_some()), said))
        };
        Self { sentences: entries.into_iter().filter_map(of).collect() }
    }

    fn find(&self, sentence: &str, context: Option<&str>, is_counted: bool) -> Option<&[String]> {
        self.sentences.get(&(context.map(str::to_owned), sentence.to_owned(), is_counted)).map(Vec::as_slice)
    }
}

impl Translator for Catalogue {
    fn translate<'a>(&'a self, sentence: &'a str, context: Option<&'a str>) -> Cow<'a, str> {
        self.find(sentence, context, false).and_then(<[String]>::first).map_or(sentence, String::as_str).into()
    }

    fn ntranslate<'a>(&'a self, n: u64, one: &'a str, many: &'a str, context: Option<&'a str>) -> Cow<'a, str> {
        let found = self.find(one, context, true).and_then(|forms| forms.get(form_of(n)));
        found.map_or(if n == 1 { one } else { many }, String::as_str).into()
    }
}

/// Which form Polish has for a count: one for 1, one for what ends in 2 to 4 but for 12 to 14, one for all others (Unicode CLDR, `pl`).
const fn form_of(n: u64) -> usize {
    match (n, n % 10, n % 100) {
        (1, ..) => 0,
        (_, 2..=4, 0..=11 | 15..) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: pl\\n\"\n\nmsgid \"{n} shift\"\nmsgid_plural \"{n} shifts\"\nmsgstr[0] \"{n} zmiana\"\nmsgstr[1] \"{n} zmiany\"\nmsgstr[2] \"{n} zmian\"\n\n\
                        msgctxt \"goal\"\nmsgid \"holds\"\nmsgstr \"utrzymany\"\n\nmsgid \"later\"\nmsgstr \"\"\n";

    #[test]
    fn a_sentence_is_found_in_its_context_and_counted_as_poles_count() {
        let polish = Catalogue::read(TEXT);
        let shifts = [1, 3, 5, 12, 22, 112, 0]
            .map(|n| polish.ntranslate(n, "{n} shift", "{n} shifts", None).replace("{n} ", ""));
        assert_eq!(shifts, ["zmiana", "zmiany", "zmian", "zmian", "zmiany", "zmian", "zmian"]);
        assert_eq!(polish.translate("holds", Some("goal")), "utrzymany");
        assert_eq!(
            (polish.translate("holds", None), polish.translate("later", None)),
            ("holds".into(), "later".into())
        );
    }
}
