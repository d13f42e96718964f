//! docs/tour.md, command by command: each does what the page says, in a folder that holds the tour's files.

mod exports;

use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of the page, with the lines that it is said to print.
struct Step {
    line: usize,
    command: String,
    printed: Vec<String>,
}

/// Indented blocks: `$ ` begins a command, what follows it is a part of what it prints.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (number, line) in page.lines().enumerate() {
        let Some(text) = line.strip_prefix("    ") else { continue };
        if let Some(command) = text.strip_prefix("$ ") {
            steps.push(Step { line: number + 1, command: command.to_owned(), printed: Vec::new() });
        } else if let Some(step) = steps.last_mut() {
            step.printed.push(text.trim().to_owned());
        }
    }
    steps
}

#[test]
fn every_command_of_the_tour_does_what_the_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("tour")).unwrap();
    for file in fs::read_dir(root.join("data/tour")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join("tour").join(file.file_name())).unwrap();
    }
    let binary = Path::new(env!("CARGO_BIN_EXE_obsada")).parent().unwrap().to_owned();
    let path =
        std::env::join_paths([binary].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())));
    let path = path.unwrap();
    let steps = steps(&fs::read_to_string(root.join("docs/tour.md")).unwrap());
    assert!(steps.len() > 12, "{} commands", steps.len());
    for step in &steps {
        let ran = Command::new("sh")
            .args(["-c", &step.command])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("LC_ALL", "C")
            .output()
            .unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success(), "docs/tour.md:{}: `{}` failed:\n{said}", step.line, step.command);
        let lines: Vec<&str> = said.lines().map(str::trim).collect();
        for expected in &step.printed {
            let is_there = lines.iter().any(|line| matches(line, expected));
            assert!(
                is_there,
                "docs/tour.md:{}: `{}` does not print `{expected}` but:\n{said}",
                step.line, step.command
            );
        }
    }
}

/// Whether a line is what the page says, where `…` stands for anything.
fn matches(line: &str, expected: &str) -> bool {
    let mut rest = line;
    let parts: Vec<&str> = expected.split('…').collect();
    for (at, part) in parts.iter().enumerate() {
        let found = if at == 0 { rest.starts_with(part).then_some(0) } else { rest.find(part) };
        let Some(found) = found else { return false };
        rest = &rest[found + part.len()..];
    }
    expected.ends_with('…') || rest.is_empty() || parts.last().is_some_and(|last| line.ends_with(last))
}

#[test]
fn dots_stand_for_anything() {
    assert!(matches("roster 1.3 s", "roster … s") && matches("a b", "a b") && matches("a b", "a …"));
    assert!(!matches("a b c", "a b") && !matches("x a b", "a b") && !matches("a", "a b"));
}
