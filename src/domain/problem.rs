//! What is wrong with the input: all of it, in one report.

use std::collections::BTreeMap;
use std::fmt;
use tr::tr;

/// One problem, as precisely as it can be placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the user would type it.
    pub file: String,
    /// Line, counted from 1, header included.
    pub line: Option<u64>,
    /// Column of a table, or key of a settings file.
    pub column: Option<String>,
    /// The value as it stands.
    pub value: Option<String>,
    /// What is wrong, in lower case, fit to follow a colon.
    pub cause: String,
    /// What would be accepted.
    pub accepted: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem of a whole file.
    #[must_use]
    pub fn in_file(file: impl Into<String>, cause: impl Into<String>) -> Self {
        Self { file: file.into(), cause: cause.into(), ..Self::default() }
    }

    /// Places it at a line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Places it at a column or key.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// Shows the value as it stands.
    #[must_use]
    pub fn with_value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Says what would be accepted.
    #[must_use]
    pub fn accepting(mut self, accepted: impl Into<String>) -> Self {
        self.accepted = Some(accepted.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The problem with values of more than a line or two cut short, for they may be as long as a file.
    fn shortened(mut self) -> Self {
        const VALUE: usize = 120;
        const SENTENCE: usize = 1200;
        for text in [&mut self.value, &mut self.column].into_iter().flatten() {
            cut_short(text, VALUE);
        }
        for text in [Some(&mut self.cause), self.accepted.as_mut(), self.hint.as_mut()].into_iter().flatten() {
            cut_short(text, SENTENCE);
        }
        self
    }

    fn kind(&self) -> Kind {
        let mut cause = String::new();
        for (at, part) in self.cause.split('`').enumerate() {
            if at % 2 == 1 {
                cause.push('…');
            } else {
                let without = part.split(|letter: char| letter.is_ascii_digit());
                let words: Vec<&str> = without.filter(|word| !word.is_empty()).collect();
                cause.push_str(&words.join("…"));
            }
        }
        (self.file.clone(), self.column.clone(), cause.trim().to_owned())
    }
}

/// Leaves so many characters of a text.
fn cut_short(text: &mut String, most: usize) {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.push('…');
    }
}

/// `history.csv:12: column `start`: `2026-01-01 10:00` has no offset; accepted: RFC 3339 …` and a hint on its own line.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": ")?;
        if let Some(column) = &self.column {
            write!(f, "`{column}`: ")?;
        }
        if let Some(value) = &self.value {
            write!(f, "`{value}`: ")?;
        }
        write!(f, "{}", self.cause)?;
        if let Some(accepted) = &self.accepted {
            write!(f, "; {} {accepted}", tr!("accepted:"))?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  {} {hint}", tr!("hint:"))?;
        }
        Ok(())
    }
}

/// Problems of one kind that are listed; the rest are counted.
const LISTED: u64 = 100;
/// Problems of one cause that are listed; when there are more, they are told as one.
const ALIKE: usize = 3;

/// All problems found. Never empty when returned as an error.
///
/// Problems of one cause, that is of the same sentence and remedy on one column of one file, are told as one with the first three
/// places when there are more than three. Of each kind, whose sentences differ in figures and quoted words, the first hundred are
/// listed and the rest counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    listed: Vec<Problem>,
    causes: BTreeMap<Cause, Alike>,
    kinds: BTreeMap<Kind, Count>,
}

/// File, column, sentence and remedy.
type Cause = (String, Option<String>, String, Option<String>);

/// Problems of one cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Alike {
    /// Positions of the first of them in the list.
    first: Vec<usize>,
    count: u64,
}

/// What problems have in common whose lines and values differ: file, column, and cause without figures and quoted words.
type Kind = (String, Option<String>, String);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    listed: u64,
    more: u64,
}

impl Problems {
    /// None yet.
    #[must_use]
    pub const fn none() -> Self {
        Self { listed: Vec::new(), causes: BTreeMap::new(), kinds: BTreeMap::new() }
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        let problem = problem.shortened();
        let cause = (problem.file.clone(), problem.column.clone(), problem.cause.clone(), problem.hint.clone());
        let count = self.kinds.entry(problem.kind()).or_default();
        if let Some(alike) = self.causes.get_mut(&cause) {
            alike.count += 1;
            if alike.first.len() < ALIKE && count.listed < LISTED {
                count.listed += 1;
                alike.first.push(self.listed.len());
                self.listed.push(problem);
            }
            return;
        }
        if count.listed < LISTED {
            count.listed += 1;
            self.causes.insert(cause, Alike { first: vec![self.listed.len()], count: 1 });
            self.listed.push(problem);
        } else {
            count.more += 1;
        }
    }

    /// Counts some more of the cause of a problem that was added.
    pub fn count_more(&mut self, like: &Problem, more: u64) {
        let like = like.clone().shortened();
        if let Some(alike) = self.causes.get_mut(&(like.file, like.column, like.cause, like.hint)) {
            alike.count += more;
        }
    }

    /// Adds all of another report.
    pub fn extend(&mut self, others: Self) {
        let unlisted: Vec<(Problem, u64)> = others
            .causes
            .values()
            .filter(|alike| alike.count > alike.first.len() as u64)
            .filter_map(|alike| {
                Some((others.listed.get(*alike.first.first()?)?.clone(), alike.count - alike.first.len() as u64))
            })
            .collect();
        others.listed.into_iter().for_each(|problem| self.push(problem));
        for (like, more) in unlisted {
            self.count_more(&like, more);
        }
        for (kind, count) in others.kinds.into_iter().filter(|(_, count)| count.more > 0) {
            self.kinds.entry(kind).or_default().more += count.more;
        }
    }

    /// Keeps the value of a result, or its problems.
    pub fn keep<T>(&mut self, result: Result<T, Self>) -> Option<T> {
        result.map_err(|problems| self.extend(problems)).ok()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Those that are listed, in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.listed.iter()
    }

    /// As they are told: those of one cause as one where there are many, and last how many more there are of a kind.
    #[must_use]
    pub fn told(&self) -> Vec<Problem> {
        let mut folded: BTreeMap<usize, Option<&Alike>> = BTreeMap::new();
        let is_many = |alike: &&Alike| alike.count > ALIKE.min(alike.first.len()) as u64;
        for alike in self.causes.values().filter(is_many) {
            folded.extend(alike.first.iter().enumerate().map(|(at, place)| (*place, (at == 0).then_some(alike))));
        }
        let one = |(at, problem): (usize, &Problem)| match folded.get(&at) {
            None => Some(problem.clone()),
            Some(alike) => alike.map(|alike| self.as_one(problem, alike)),
        };
        let more = self.kinds.iter().filter(|(_, count)| count.more > 0);
        let unlisted = more.map(|((file, column, cause), count)| Problem {
            file: file.clone(),
            column: column.clone(),
            cause: tr!("{cause}: {} more like those above", count.more, cause),
            ..Problem::default()
        });
        self.listed.iter().enumerate().filter_map(one).chain(unlisted).collect()
    }

    /// The first of many, with their number and the first places.
    fn as_one(&self, first: &Problem, alike: &Alike) -> Problem {
        let places: Vec<String> = alike
            .first
            .iter()
            .filter_map(|at| self.listed.get(*at))
            .filter_map(|problem| {
                let line = problem.line?;
                let value = problem.value.as_ref().filter(|value| Some(*value) != first.value.as_ref());
                Some(value.map_or_else(|| line.to_string(), |value| format!("{line} `{value}`")))
            })
            .collect();
        let cause = if places.is_empty() {
            tr!("{}, in {} times", first.cause, alike.count)
        } else {
            tr!("{}, in {} rows (lines {}, …)", first.cause, alike.count, places.join(", "))
        };
        Problem { cause, ..first.clone() }
    }

    /// How many, listed or not.
    #[must_use]
    pub fn len(&self) -> usize {
        let alike: u64 = self.causes.values().map(|alike| alike.count).sum();
        let more: u64 = self.kinds.values().map(|count| count.more).sum();
        usize::try_from(alike.saturating_add(more)).unwrap_or(usize::MAX)
    }

    /// `Ok` with the value if nothing is wrong, all problems otherwise.
    ///
    /// # Errors
    /// The problems themselves.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        let mut problems = Self::none();
        problems.push(problem);
        problems
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.told().iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_of_a_kind_are_listed_and_the_rest_counted() {
        let of = |file: &str, count: u64| {
            let mut problems = Problems::none();
            (1..=count).for_each(|line| {
                problems.push(Problem::in_file(file, format!("{line} fields where the header has 9")).at_line(line));
            });
            problems
        };
        let mut problems = of("a.csv", 260);
        problems.extend(of("b.csv", 3));
        problems.extend(of("a.csv", 140));
        assert_eq!((problems.iter().count(), problems.len()), (103, 403));
        let text = problems.to_string();
        let long = Problem::in_file("a.csv", "no date").with_value("ł".repeat(1_000_000));
        assert_eq!(Problems::from(long).to_string(), format!("a.csv: `{}…`: no date", "ł".repeat(120)));
        assert_eq!(text.lines().last(), Some("a.csv: fields where the header has: 200 more like those above"));
    }

    #[test]
    fn one_cause_in_many_rows_is_one_line_with_the_first_places() {
        let of = |rows: std::ops::Range<u64>| {
            let mut problems = Problems::none();
            for line in rows {
                let problem = Problem::in_file("a.csv", "not a time").at_line(line).in_column("start");
                problems.push(problem.with_value(if line % 2 == 0 { "soon" } else { "later" }).hinting("write a time"));
            }
            problems
        };
        let mut problems = of(2..1002);
        problems.extend(of(1002..1012));
        problems.push(Problem::in_file("a.csv", "not a number").at_line(7));
        assert_eq!(problems.len(), 1011);
        let expected = "a.csv:2: `start`: `soon`: not a time, in 1010 rows (lines 2, 3 `later`, 4, …)\n  hint: write a time\n\
                        a.csv:7: not a number";
        assert_eq!(problems.to_string(), expected);
        assert_eq!(
            of(2..5).to_string().lines().filter(|line| line.contains("not a time")).count(),
            3,
            "few stand by themselves"
        );
    }
}
