//! Whether OUT is what a run would write again: the same program and command on the same files.

use std::path::{Path, PathBuf};

use crate::language::spoken;
use crate::output::records::{self, RunFile};
use crate::output::run_json;

/// Whether the folder was written by this program, typed in this way, on files that have not changed. That its own files are as they were
/// written is known where it was opened.
pub(super) fn is_as_written(out: &Path, command: &str, inputs: &[PathBuf]) -> bool {
    let written = fs_err::read(out.join(run_json::FILE)).ok().and_then(|bytes| records::read_document(&bytes).ok());
    let Some(run): Option<RunFile> = written else { return false };
    let typed: Vec<String> = std::env::args_os().skip(1).map(|typed| typed.to_string_lossy().into_owned()).collect();
    let is_same_program = run_json::build().is_some_and(|build| run.build == build);
    is_same_program
        && run.command == command
        && run.language == spoken().code()
        && telling(&run.arguments) == telling(&typed)
        && inputs.len() == run.inputs.len()
        && inputs.iter().zip(&run.inputs).all(|(path, before)| {
            run_json::digest(path).is_ok_and(|now| now.path == before.path && now.sha256 == before.sha256)
        })
}

/// What was typed, without what changes no result.
fn telling(arguments: &[String]) -> Vec<&str> {
    const FLAGS: [&str; 3] = ["--quiet", "-q", "--force"];
    const WITH_VALUE: [&str; 3] = ["--threads", "--log-format", "--lang"];
    let mut kept = Vec::new();
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        if WITH_VALUE.contains(&argument) {
            arguments.next();
        } else if !FLAGS.contains(&argument)
            && !WITH_VALUE.iter().any(|option| argument.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')))
        {
            kept.push(argument);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_no_result_does_not_count() {
        let typed = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let plain = typed("plan shop --out week");
        let with = typed("plan shop -q --threads 2 --out week --log-format=json --force");
        assert_eq!(telling(&plain), telling(&with));
        assert_ne!(telling(&plain), telling(&typed("plan shop --out week --seed 2")));
    }
}
