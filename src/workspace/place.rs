//! Where a value stands, and the report that gathers everything wrong with the input.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use super::words::Refusal;
use crate::domain::problem::{Problem, Problems};

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    file: Arc<str>,
    line: Option<u64>,
}

impl Place {
    /// A whole file, as the user would type it.
    pub(super) fn file(shown: &str) -> Self {
        Self { file: Arc::from(shown), line: None }
    }

    /// A line of the same file, counted from 1.
    pub(super) fn line(&self, line: u64) -> Self {
        Self { file: Arc::clone(&self.file), line: Some(line) }
    }

    /// The line's number, if it is a line.
    pub(super) const fn number(&self) -> Option<u64> {
        self.line
    }

    /// A problem here.
    pub(super) fn problem(&self, cause: impl Into<String>) -> Problem {
        let problem = Problem::in_file(&*self.file, cause);
        match self.line {
            Some(line) => problem.at_line(line),
            None => problem,
        }
    }

    /// A value refused here.
    pub(super) fn refused(&self, column: &str, value: &str, refusal: Refusal) -> Problem {
        let mut problem = self.problem(refusal.cause).in_column(column);
        problem.value = (!value.is_empty()).then(|| value.to_owned());
        problem.accepted = refusal.accepted;
        problem.hint = refusal.hint;
        problem
    }
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(to, "{}:{line}", self.file),
            None => write!(to, "{}", self.file),
        }
    }
}

/// Everything found so far. Shared by all readers of one load, so that none stops at the first problem.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: RefCell<Problems>,
    warnings: RefCell<Problems>,
}

impl Report {
    /// Adds what makes the input unusable.
    pub(super) fn problem(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Adds what the user should know though the input is usable.
    pub(super) fn warning(&self, warning: Problem) {
        self.warnings.borrow_mut().push(warning);
    }

    /// How many problems there are so far.
    pub(super) fn count(&self) -> usize {
        self.problems.borrow().len()
    }

    /// Keeps a value that was read, or its refusal.
    pub(super) fn keep<T>(&self, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.problem(problem)).ok()
    }

    /// All problems and all warnings, in the order found.
    pub(super) fn into_parts(self) -> (Problems, Vec<Problem>) {
        let warnings = self.warnings.into_inner();
        (self.problems.into_inner(), warnings.told())
    }
}
