//! The documentation by its keys: sections, the rows of their tables, and the paragraphs that explain a row further.

use std::fmt::Write;

/// A section of a page.
#[derive(Clone, Debug)]
struct Section<'a> {
    page: &'a str,
    /// The heading as it stands: `` `[[queue]]` ``, `roster.csv`.
    heading: &'a str,
    /// What stands below it.
    body: &'a str,
}

/// A row of a table: its first cell and the others, each with its column's heading.
struct Row<'a> {
    name: &'a str,
    cells: Vec<(&'a str, &'a str)>,
}

/// Pages that explain keys, columns and files.
pub(super) struct Reference<'a> {
    sections: Vec<Section<'a>>,
}

impl<'a> Reference<'a> {
    /// The sections of pages, each with its name.
    pub(super) fn of(pages: &[(&'a str, &'a str)]) -> Self {
        let sections = pages.iter().flat_map(|&(page, text)| {
            text.split("\n## ").skip(1).map(move |section| {
                let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
                Section { page, heading, body: body.trim() }
            })
        });
        Self { sections: sections.collect() }
    }

    /// Every section with its keys, one section a paragraph.
    pub(super) fn contents(&self) -> String {
        let mut out = String::new();
        for section in &self.sections {
            let keys: Vec<&str> = rows(section.body).iter().flat_map(|row| code(row.name)).collect();
            let heading = section.heading.replace('`', "");
            let _ = if keys.is_empty() {
                writeln!(out, "{heading}")
            } else {
                writeln!(out, "{heading}: {}", keys.join(", "))
            };
        }
        out
    }

    /// Every name that can be asked for.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.sections.iter().flat_map(|section| {
            let of_rows = rows(section.body).into_iter().flat_map(|row| code(row.name)).collect::<Vec<_>>();
            names(section.heading).into_iter().chain(of_rows)
        })
    }

    /// What is said of a section, or of a key wherever there is one of that name; empty where nothing is.
    pub(super) fn about(&self, asked: &str) -> String {
        let asked = asked.trim_matches(['[', ']', '`']);
        if let Some(section) = self.sections.iter().find(|section| names(section.heading).contains(&asked)) {
            return format!("{} ({})\n\n{}\n", section.heading.replace('`', ""), section.page, section.body);
        }
        let (of, key) = asked.rsplit_once('.').map_or((None, asked), |(of, key)| (Some(of), key));
        let mut out = String::new();
        for section in &self.sections {
            if of.is_none_or(|of| names(section.heading).contains(&of)) {
                self::key(section, key, &mut out);
            }
        }
        out
    }
}

/// Places in the documentation told of a word that nothing is called by.
const MENTIONS: usize = 8;

impl Reference<'_> {
    /// Where a word is spoken of: rows and paragraphs, first those in which it is a name, then sections whose headings have it; and how many
    /// there are beyond those told.
    pub(super) fn mentions(&self, word: &str) -> (String, usize) {
        let word = word.trim_matches(['[', ']', '`']).to_lowercase();
        let has = |text: &str| {
            let text = text.to_lowercase();
            let mut found = text.match_indices(&word);
            found.any(|(at, _)| !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
        };
        let mut found: Vec<String> = Vec::new();
        for section in self.sections.iter().filter(|section| has(section.heading)) {
            let first = section.body.split("\n\n").find(|paragraph| !paragraph.starts_with('|')).unwrap_or_default();
            found.push(format!("{} ({})\n{first}\n\n", section.heading.replace('`', ""), section.page));
        }
        for section in self.sections.iter().filter(|section| !has(section.heading)) {
            let spoken_of = |row: &Row<'_>| has(row.name) || row.cells.iter().any(|(_, cell)| has(cell));
            found.extend(rows(section.body).iter().filter(|row| spoken_of(row)).map(|row| told(section, row)));
            let prose = section.body.split("\n\n").filter(|text| !text.starts_with('|') && has(text));
            found.extend(
                prose.map(|text| format!("{} ({})\n{text}\n\n", section.heading.replace('`', ""), section.page)),
            );
        }
        let code = format!("`{word}`");
        found.sort_by_key(|text| !text.to_lowercase().contains(&code));
        let more = found.len().saturating_sub(MENTIONS);
        found.truncate(MENTIONS);
        (found.concat(), more)
    }
}

/// A row with its section.
fn told(section: &Section, row: &Row<'_>) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {} ({})", section.heading.replace('`', ""), row.name.replace('`', ""), section.page);
    for (heading, cell) in &row.cells {
        let _ = writeln!(out, "  {heading}: {cell}");
    }
    out.push('\n');
    out
}

/// What a section says of a key: its row, and the paragraphs that begin with it.
fn key(section: &Section, key: &str, out: &mut String) {
    let rows = rows(section.body).into_iter().filter(|row| code(row.name).contains(&key));
    let begins = |paragraph: &&str| {
        let first = code(paragraph).into_iter().next().unwrap_or_default();
        paragraph.starts_with(['`', '*'])
            && (first == key || first.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ' '])))
    };
    let further: Vec<&str> = section.body.split("\n\n").filter(begins).collect();
    out.extend(rows.map(|row| told(section, &row)));
    for paragraph in further {
        let _ = writeln!(out, "{paragraph}\n");
    }
}

/// The rows of all tables of a text.
fn rows(body: &str) -> Vec<Row<'_>> {
    let (mut rows, mut head): (Vec<Row>, Vec<&str>) = (Vec::new(), Vec::new());
    for line in body.lines() {
        let Some(line) = line.strip_prefix('|') else {
            head.clear();
            continue;
        };
        let cells = cells(line.trim_end().trim_end_matches('|'));
        if head.is_empty() {
            head = cells;
        } else if !cells.iter().all(|cell| cell.chars().all(|letter| letter == '-')) {
            let name = cells.first().copied().unwrap_or_default();
            rows.push(Row { name, cells: head.iter().copied().zip(cells).skip(1).collect() });
        }
    }
    rows
}

/// The cells of a row; a bar after a backslash belongs to its cell.
fn cells(line: &str) -> Vec<&str> {
    let (mut cells, mut from) = (Vec::new(), 0);
    for (at, _) in line.match_indices('|') {
        if !line[..at].ends_with('\\') {
            cells.push(line[from..at].trim());
            from = at + 1;
        }
    }
    cells.push(line[from..].trim());
    cells
}

/// What stands in code type; a column that may be left out has a question mark there.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).map(|name| name.trim_end_matches('?')).collect()
}

/// The names under which a section is asked for: `queue` of `` `[[queue]]` ``, `roster.csv`, and the heading itself.
fn names(heading: &str) -> Vec<&str> {
    let of_code = code(heading).into_iter().map(|name| name.trim_matches(['[', ']']));
    let files = heading.split([' ', ',']).filter(|word| word.contains('.') && !word.contains('`'));
    of_code.chain(files).chain([heading]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Page\n\nintro\n\n## `[[queue]]`\n\n| key | default | meaning |\n|---|---|---|\n| `id`, `name` | required | a \\| b |\n| `goal` | none | see below |\n\n\
                        `goal.over`: over what.\n\nno `goal` here\n\n## a.csv and b.csv\n\n| column | unit |\n|---|---|\n| `id` | name |\n";

    #[test]
    fn a_key_is_found_in_every_section_that_has_it_or_in_the_one_named() {
        let reference = Reference::of(&[("page.md", PAGE)]);
        let both = reference.about("id");
        assert_eq!(
            both,
            "[[queue]] id, name (page.md)\n  default: required\n  meaning: a \\| b\n\na.csv and b.csv id (page.md)\n  unit: name\n\n"
        );
        assert_eq!(reference.about("b.csv.id").lines().count(), 3);
        assert_eq!(
            reference.about("queue.goal"),
            "[[queue]] goal (page.md)\n  default: none\n  meaning: see below\n\n`goal.over`: over what.\n\n"
        );
        assert!(
            reference.about("[[queue]]").contains("no `goal` here")
                && reference.about("b.csv").starts_with("a.csv and b.csv")
        );
        assert_eq!(reference.about("goals"), "");
    }

    #[test]
    fn a_word_that_nothing_is_called_by_is_looked_for_in_what_is_said() {
        let reference = Reference::of(&[("page.md", PAGE)]);
        assert_eq!(
            reference.mentions("below"),
            ("[[queue]] goal (page.md)\n  default: none\n  meaning: see below\n\n".to_owned(), 0)
        );
        assert_eq!(reference.mentions("What").0, "[[queue]] (page.md)\n`goal.over`: over what.\n\n");
        let named = "# Page\n\n## Gap of shifts\n\nTime between.\n\n## run.json\n\n`bound`, `gap`: what is left.\n";
        let (first, _) = Reference::of(&[("page.md", named)]).mentions("gap");
        assert!(
            first.starts_with("run.json (page.md)\n`bound`, `gap`: what is left."),
            "a name before a word: {first}"
        );
        assert_eq!(reference.mentions("elow").0, "", "words are looked for from their beginning");
    }

    #[test]
    fn contents_name_each_key_once_a_section() {
        let reference = Reference::of(&[("page.md", PAGE)]);
        assert_eq!(reference.contents(), "[[queue]]: id, name, goal\na.csv and b.csv: id\n");
        assert!(reference.keys().any(|key| key == "queue") && reference.keys().any(|key| key == "b.csv"));
    }
}
