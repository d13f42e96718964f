//! Standard output and standard error that nobody reads, and paths that are no UTF-8: OUT is what counts.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

use crate::program::{Shop, assert_exit, obsada, stderr};

/// The writing end of a pipe whose reader has gone.
fn nobody_reads() -> Stdio {
    let (_, to) = std::io::pipe().unwrap();
    to.into()
}

/// A device that takes not a byte.
fn full() -> Stdio {
    File::options().write(true).open("/dev/full").unwrap().into()
}

#[test]
fn a_run_whose_standard_error_nobody_reads_goes_on_to_its_out() {
    for format in ["text", "json"] {
        for unread in [nobody_reads as fn() -> Stdio, full] {
            let shop = Shop::new();
            let status = shop.command("forecast").args(["--log-format", format]).stderr(unread()).status().unwrap();
            assert_eq!(status.code(), Some(0), "{format}");
            assert!(shop.out().join("forecast.csv").exists(), "{format}");
            // Errors nobody reads have their exit code all the same.
            shop.edit("agents.csv", |_| "agent\n".to_owned());
            let status = shop.command("staff").args(["--log-format", format]).stderr(unread()).status().unwrap();
            assert_eq!(status.code(), Some(3), "{format}");
        }
    }
}

fn erlang() -> Command {
    let mut erlang = obsada();
    erlang.args(["erlang", "c", "--contacts", "100", "--aht", "300", "--agents", "40"]);
    erlang
}

#[test]
fn who_has_read_enough_may_go_and_a_full_disk_is_told() {
    let enough = erlang().stdout(nobody_reads()).output().unwrap();
    assert_eq!((enough.status.code(), stderr(&enough).as_str()), (Some(0), ""));
    let lost = erlang().stdout(full()).output().unwrap();
    assert_exit(&lost, 1);
    assert!(stderr(&lost).starts_with("error: "), "{}", stderr(&lost));
}

#[test]
fn folders_may_have_names_that_are_no_utf_8() {
    let shop = Shop::new();
    let home = shop.dir().parent().unwrap().to_owned();
    let (dir, out) = (home.join(OsStr::from_bytes(b"w\xff")), home.join(OsStr::from_bytes(b"out\xff")));
    fs::rename(shop.dir(), &dir).unwrap();
    for _ in 0..2 {
        let output = obsada().arg("forecast").arg(&dir).arg("--out").arg(&out).output().unwrap();
        assert_exit(&output, 0);
    }
    assert!(fs::read_to_string(out.join("run.json")).unwrap().contains("w\u{fffd}"));
}
