//! `publish`: every version that agents were told is kept, and none is lost or written over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use obsada::domain::roster::ShiftStatus;
use obsada::output::records::{self, PlanFile, PublicationFile, RosterRow};

use crate::program::{Shop, assert_exit, contents, copied, obsada, rewrite, stderr, stdout};

fn command(out: &Path, to: &Path) -> Command {
    let mut command = obsada();
    command.arg("publish").arg(out).arg("--to").arg(to);
    command
}

/// The version that a run published.
fn version(output: &Output) -> PathBuf {
    assert_exit(output, 0);
    PathBuf::from(stdout(output).trim_end())
}

fn roster(of: &Path) -> Vec<RosterRow> {
    records::read(&fs::read(of.join("roster.csv")).unwrap()).unwrap()
}

fn publication(of: &Path) -> PublicationFile {
    records::read_document(&fs::read(of.join("publication.json")).unwrap()).unwrap()
}

#[test]
fn versions_are_numbered_and_kept_and_are_results_themselves() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet", "--loop", "0"]), 0);
    let (out, to) = (shop.out(), shop.out().with_file_name("published"));
    let plan: PlanFile = records::read_document(&fs::read(out.join("plan.json")).unwrap()).unwrap();
    let first = version(&command(&out, &to).output().unwrap());
    assert_eq!(first, to.join(plan.start.to_string()).join("v1"));
    let kept = contents(&first);
    assert!(kept.contains_key(Path::new("report.html")) && kept.keys().any(|path| path.starts_with("charts")));
    assert!(roster(&first).iter().all(|row| row.status == ShiftStatus::Published));
    assert_eq!(roster(&first).len(), roster(&out).len());

    let again = command(&out, &to).output().unwrap();
    assert_eq!(version(&again), first);
    assert!(
        stderr(&again).contains("nothing is new: this roster is published already, as version 1"),
        "{}",
        stderr(&again)
    );
    assert!(!first.with_file_name("v2").exists());
    // A version is read like any OUT.
    let check = obsada().arg("check").arg(shop.dir()).arg("--roster").arg(first.join("roster.csv")).output().unwrap();
    assert_exit(&check, 0);
    assert_eq!(version(&command(&first, &to).output().unwrap()), first);

    // One agent loses a shift and gets another.
    let moved = out.with_file_name("moved");
    copied(&out, &moved);
    let lost = roster(&out)[0].shift_id.clone();
    rewrite(&moved.join("roster.csv"), |text| text.replace(&lost, "new"));
    let second = version(&command(&moved, &to).output().unwrap());
    assert_eq!(second, first.with_file_name("v2"));
    assert!(contents(&first) == kept, "the first version is as it was");
    let told = publication(&second);
    assert_eq!((told.published, told.cancelled.len(), told.cancelled[0].sequence), (2, 1, 1));
    assert_eq!(told.cancelled[0].shift_id, lost);
    let sequence = |id: &str| told.shifts.iter().find(|of| of.shift_id == id).unwrap().sequence;
    assert_eq!((sequence("new"), sequence(&roster(&out).last().unwrap().shift_id)), (1, 0));

    // Calendars of the second version know of both.
    let calendars = out.with_file_name("calendars");
    let run = obsada().arg("export").arg(&second).args(["--format", "ics", "--to"]).arg(&calendars).output().unwrap();
    assert_exit(&run, 0);
    let agent = roster(&out)[0].agent.clone();
    let calendar = fs::read_to_string(calendars.join(format!("ics/agents/{agent}.ics"))).unwrap();
    assert!(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("STATUS:CANCELLED\r\n"), "{calendar}");
    assert!(calendar.contains("STATUS:CONFIRMED\r\n") && !calendar.contains("TENTATIVE"));
}

#[test]
fn people_who_publish_at_the_same_time_get_a_version_each() {
    const PEOPLE: usize = 6;
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet", "--loop", "0"]), 0);
    let to = shop.out().with_file_name("published");
    let outs: Vec<PathBuf> = (0..PEOPLE).map(|who| shop.out().with_file_name(format!("out-{who}"))).collect();
    for (who, out) in outs.iter().enumerate() {
        copied(&shop.out(), out);
        fs::write(out.join("report.html"), format!("page {who}")).unwrap();
    }
    let spawn = |out: &PathBuf| command(out, &to).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let running: Vec<_> = outs.iter().map(spawn).collect();
    let versions: BTreeSet<PathBuf> =
        running.into_iter().map(|child| version(&child.wait_with_output().unwrap())).collect();
    assert_eq!(versions.len(), PEOPLE, "{versions:?}");
    let pages: BTreeSet<String> =
        versions.iter().map(|of| fs::read_to_string(of.join("report.html")).unwrap()).collect();
    assert_eq!(pages.len(), PEOPLE, "{pages:?}");
    let week = versions.first().unwrap().parent().unwrap();
    let names: BTreeSet<String> =
        fs::read_dir(week).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, (1..=PEOPLE).map(|number| format!("v{number}")).collect(), "and nothing beside");
}

#[test]
fn a_roster_that_nobody_checked_is_not_published() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet", "--loop", "0"]), 0);
    rewrite(&shop.out().join("roster.csv"), |text| text.replace("draft,false", "draft,true"));
    let to = shop.out().with_file_name("published");
    let told = command(&shop.out(), &to).output().unwrap();
    assert_exit(&told, 3);
    assert!(stderr(&told).contains("roster.csv: has changed since the run wrote it"), "{}", stderr(&told));
    assert!(!to.exists());
    // The last version is damaged: the next number is not known.
    let other = Shop::new();
    assert_exit(&other.plan(&["--quiet", "--loop", "0"]), 0);
    let first = version(&command(&other.out(), &to).output().unwrap());
    fs::remove_file(first.join("plan.json")).unwrap();
    let told = command(&other.out(), &to).output().unwrap();
    assert_exit(&told, 3);
    assert!(stderr(&told).contains("the last version cannot be read"), "{}", stderr(&told));
}
