//! What a cron job does week after week: run, find nothing new, publish, plan after what was published.

use std::fs;
use std::time::SystemTime;

use crate::program::{Shop, assert_exit, obsada, stderr};

fn written(shop: &Shop) -> SystemTime {
    fs::metadata(shop.out().join("run.json")).unwrap().modified().unwrap()
}

#[test]
fn a_run_on_what_has_not_changed_ends_at_once_and_says_so() {
    let shop = Shop::new();
    let staff = |more: &[&str]| {
        let output = shop.command("staff").args(more).output().unwrap();
        assert_exit(&output, 0);
        stderr(&output)
    };
    assert!(!staff(&[]).contains("nothing has changed"));
    let first = written(&shop);
    let told = staff(&["--threads", "1"]);
    assert!(told.contains("nothing has changed since") && told.contains("--force"), "{told}");
    assert_eq!(written(&shop), first);
    staff(&["--force"]);
    let forced = written(&shop);
    assert_ne!(forced, first);
    // Other options, another file, another command.
    assert!(!staff(&["--seed", "9", "--force"]).contains("nothing has changed"));
    assert!(!staff(&[]).contains("nothing has changed"));
    assert!(staff(&[]).contains("nothing has changed"));
    shop.edit("adjustments.csv", |text| {
        let header = "queue,region,from,until,factor,offered,aht_s,why\n";
        if text.is_empty() { header.to_owned() } else { text + "\n" }
    });
    assert!(!staff(&[]).contains("nothing has changed"));
    let forecast = shop.command("forecast").output().unwrap();
    assert_exit(&forecast, 0);
    assert!(!stderr(&forecast).contains("nothing has changed"));
}

#[test]
fn the_last_published_plan_is_found_and_carried_over() {
    let shop = Shop::new();
    let published = shop.dir().with_file_name("published");
    assert_exit(&shop.plan(&["--start", "2026-11-30"]), 0);
    assert_exit(&obsada().arg("publish").arg(shop.out()).arg("--to").arg(&published).output().unwrap(), 0);
    let next = |start: &str| {
        let mut run = shop.command("plan");
        run.args(["--work", "50", "--force", "--start", start, "--after-published"]).arg(&published);
        let output = run.output().unwrap();
        assert_exit(&output, 0);
        stderr(&output)
    };
    let told = next("2026-12-07");
    assert!(told.contains("after ") && told.contains("2026-11-30/v1/roster.csv"), "{told}");
    let record = fs::read_to_string(shop.out().join("run.json")).unwrap();
    assert!(record.contains("2026-11-30/v1/roster.csv"), "{record}");
    // The same week again has nothing before it.
    let told = next("2026-11-30");
    assert!(told.contains("no plan published that begins before 2026-11-30"), "{told}");
}
