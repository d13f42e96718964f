//! What a command line owes its users: examples, completions, a manual, the reference of a key, and colour where it is wanted.

use clap::{Command, CommandFactory};
use obsada::cli::Cli;

use crate::program::{Shop, assert_exit, obsada, run, stderr, stdout};

/// The commands that end in a run.
fn commands(of: &Command) -> Vec<&Command> {
    of.get_subcommands().filter(|command| command.get_name() != "help").collect()
}

#[test]
fn every_command_has_examples_that_its_parser_takes() {
    let root = Cli::command();
    for command in commands(&root) {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let typed: Vec<&str> = examples.lines().filter_map(|line| line.trim().strip_prefix("obsada ")).collect();
        assert!(!typed.is_empty(), "`{}` has no examples", command.get_name());
        for example in typed {
            // What follows several spaces says what the example is for; a pipe or a redirection is the shell's.
            let example = example.split("   ").next().unwrap().split(['|', '>']).next().unwrap();
            let words = std::iter::once("obsada").chain(example.split_whitespace());
            let parsed = Cli::command().try_get_matches_from(words.map(|word| word.trim_matches('\'')));
            assert!(parsed.is_ok(), "`obsada {example}` is no command: {}", parsed.unwrap_err());
        }
    }
}

#[test]
fn shells_can_complete_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(["completions", shell]);
        assert_exit(&script, 0);
        let script = stdout(&script);
        for command in commands(&Cli::command()) {
            assert!(script.contains(command.get_name()), "{shell} cannot complete `{}`", command.get_name());
        }
        assert!(script.contains("after-published"), "{shell} cannot complete options");
    }
}

#[test]
fn the_manual_has_a_page_of_each_command() {
    let folder = tempfile::tempdir().unwrap();
    assert_exit(&obsada().arg("man").arg("--to").arg(folder.path()).output().unwrap(), 0);
    for command in commands(&Cli::command()) {
        let page = std::fs::read_to_string(folder.path().join(format!("obsada-{}.1", command.get_name()))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Examples"), "{page}");
    }
    let main = stdout(&run(["man"]));
    assert!(main.contains(".TH obsada 1") && main.contains("obsada\\-plan(1)"), "{main}");
}

#[test]
fn the_reference_of_a_key_is_what_the_documentation_says() {
    let patience = stdout(&run(["docs", "patience_s"]));
    assert!(patience.starts_with("[[queue]] patience_s (docs/workspace.md)\n  default: for ever\n"), "{patience}");
    assert!(stdout(&run(["docs", "roster.csv"])).contains("`paid_minutes`"));
    assert!(stdout(&run(["docs", "queue.staff_to"])).contains("a forecast is a mean with a band"));
    let all = stdout(&run(["docs"]));
    assert!(all.contains("[plan]: start, weeks") && all.lines().count() > 25, "{all}");
    let unknown = run(["docs", "patiense_s"]);
    assert_exit(&unknown, 2);
    assert!(stderr(&unknown).contains("did you mean `patience_s`?"), "{}", stderr(&unknown));
    let polish = stdout(&run(["docs", "patience_s", "--lang", "pl"]));
    assert!(polish.starts_with("[[queue]] patience_s (docs/pl/workspace.md)"), "{polish}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_force_it_and_never_with_no_color() {
    let shop = Shop::new();
    shop.edit("workspace.toml", |settings| settings.replace("[plan]", "[plan]\nweks = 1"));
    let said = |colour: &[(&str, &str)]| {
        let mut command = obsada();
        command.arg("check").arg(shop.dir()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TERM", "xterm");
        let output = command.envs(colour.iter().copied()).output().unwrap();
        assert_exit(&output, 3);
        stderr(&output)
    };
    let plain = said(&[]);
    assert!(plain.contains("\n  hint: did you mean") && !plain.contains('\u{1b}'), "{plain}");
    let coloured = said(&[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.contains("\u{1b}[31merror:"), "{coloured:?}");
    assert_eq!(said(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), plain);
}
