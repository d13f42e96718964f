//! What keeps a roster dear: told with every plan that is not limited, and never more than is proved.

use std::fs;

use obsada::domain::units::Money;
use obsada::output::records::{self, WhyNotRow};

use crate::program::{Shop, assert_exit};

fn told(shop: &Shop) -> Vec<WhyNotRow> {
    records::read(&fs::read(shop.out().join("whynot.csv")).unwrap()).unwrap()
}

#[test]
fn what_keeps_a_plan_dear_is_told_and_tried() {
    let shop = Shop::new();
    // Everybody would rather be off on Tuesday, and next to nothing is paid for it.
    let wishes: Vec<String> = (1..=12).map(|agent| format!("a{agent:03},tue,,,off,0.01")).collect();
    shop.edit("preferences.csv", |_| format!("agent,day,from,until,kind,weight\n{}\n", wishes.join("\n")));
    assert_exit(&shop.command("plan").output().unwrap(), 0);
    let all = told(&shop);
    let tried: Vec<&WhyNotRow> = all.iter().filter(|row| row.tried.is_some()).collect();
    assert!(!tried.is_empty() && tried.iter().all(|row| row.tried <= row.at_most), "{tried:?}");
    assert!(all.iter().any(|row| row.kind == "rule" && row.change.contains("→")), "{all:?}");
    assert!(all.iter().any(|row| row.kind == "person"), "{all:?}");
    let wishes: Vec<&WhyNotRow> = all.iter().filter(|row| row.kind == "wish").collect();
    assert!(
        !wishes.is_empty() && wishes.iter().all(|row| row.wish_price.is_some() && row.change == "off on Tue 1 Dec")
    );
    assert!(wishes.iter().all(|row| row.tried.is_some() || !row.legal), "each is looked for: {wishes:?}");
    assert!(wishes.iter().any(|row| row.tried < Some(Money::ZERO)), "granting one costs money: {wishes:?}");
    let page = fs::read_to_string(shop.out().join("report.html")).unwrap();
    assert!(page.contains("What keeps the roster dear"));
    let first = fs::read(shop.out().join("whynot.csv")).unwrap();
    assert_exit(&shop.command("plan").arg("--force").output().unwrap(), 0);
    assert!(fs::read(shop.out().join("whynot.csv")).unwrap() == first, "the same bytes");
    // A search that is limited tells of nothing: it is to end soon.
    assert_exit(&shop.plan(&["--force"]), 0);
    assert!(!shop.out().join("whynot.csv").exists());
}
