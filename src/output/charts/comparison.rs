//! What-if in one picture: a row per scenario with what it costs, what is missing, and how customers are served.

use super::canvas::{Align, Scene, Type};
use super::frame::{self, Key, LABEL, MARGIN};
use super::palette::Colour;
use super::palette::{BLUE, GREEN, GRID, INK, ORANGE, PURPLE, QUIET, SHADE, SKY, VERMILION};
use super::scale::Scale;
use crate::domain::units::Money;
use crate::output::number::{grouped, hours, percent, percent_or_dash, signed};
use crate::scenario::{Comparison, Difference, ScenarioRow};
use tr::tr;

const WIDTH: u32 = 1400;
const TOP: i32 = 146;
const ROW: i32 = 66;
const BAR: i32 = 24;
/// Bars of money, of hours missing, and of service: from, to; numbers stand behind them.
const COST: (i32, i32) = (230, 700);
const SHORT: (i32, i32) = (900, 1010);
const SERVICE: (i32, i32) = (1100, 1290);

pub(super) fn scene(comparison: &Comparison, currency: &str) -> Scene {
    let rows = &comparison.rows;
    let height = TOP + i32::try_from(rows.len()).unwrap_or(0) * ROW + 44;
    let mut scene = Scene::new(WIDTH, height.unsigned_abs(), title(rows, currency));
    let heading = if rows.iter().all(|row| row.is_given) {
        tr!("The same roster under every scenario; differences from the first row in brackets")
    } else {
        tr!(
            "Each scenario is planned anew; differences from the first row in brackets, ≈ where more search could reverse them"
        )
    };
    frame::heading(&mut scene, &heading);
    let mut keys = vec![
        (Key::Fill(BLUE), tr!("wages")),
        (Key::Fill(ORANGE), tr!("premiums")),
        (Key::Fill(VERMILION), tr!("agents missing")),
        (Key::Fill(SKY), tr!("too many, or after the end")),
        (Key::Fill(PURPLE), tr!("wishes refused")),
    ];
    if rows.iter().any(|row| row.cost.headcount != Money::ZERO) {
        keys.push((Key::Fill(GREEN), tr!("headcounts")));
    }
    keys.push((Key::Line(INK), tr!("proved: not below")));
    frame::legend(&mut scene, 84, &keys);
    let heads = [(COST, tr!("pay and prices, {currency}", currency)), (SHORT, tr!("hours missing, by queue"))];
    for ((from, _), text) in heads.into_iter().chain([(SERVICE, tr!("in time, simulated; worst queue"))]) {
        scene.text((from, TOP - 16), text, Type::new(LABEL, QUIET));
    }
    let highest = |of: fn(&ScenarioRow) -> f64| rows.iter().map(of).fold(0.0, f64::max);
    let sheet = Sheet {
        cost: Scale::new((0.0, highest(|row| row.cost.objective().as_f64())), COST),
        short: Scale::new((0.0, highest(|row| row.short_hours)), SHORT),
        service: Scale::new((0.0, 1.0), SERVICE),
    };
    for (index, row) in (0..).zip(rows) {
        let base = rows.first().filter(|_| index > 0);
        sheet.draw(&mut scene, TOP + index * ROW, row, base);
    }
    scene
}

/// `3 scenarios against base: cheapest …`: what a reader wants first.
fn title(rows: &[ScenarioRow], currency: &str) -> String {
    let Some((base, others)) = rows.split_first() else { return tr!("No scenario") };
    // Objectives in other prices are no comparison; what is paid always is.
    let is_priced_alike = others.iter().all(|row| row.prices == base.prices);
    let (least, of): (&str, fn(&ScenarioRow) -> Money) = if is_priced_alike {
        (&tr!("least pay and prices"), |row| row.cost.objective())
    } else {
        (&tr!("least pay"), |row| row.cost.labour())
    };
    let cheapest = others.iter().fold(base, |least, row| if of(row) < of(least) { row } else { least });
    let is_better = |row: &ScenarioRow, best: &ScenarioRow| row.service_overall > best.service_overall;
    let best = others.iter().fold(base, |best, row| if is_better(row, best) { row } else { best });
    let served = best.service_overall.map(|share| tr!("; best served in {}, {}", best.name, percent(share, 1)));
    // What more search could make the cheapest is named beside it.
    let open: Vec<&ScenarioRow> = if is_priced_alike {
        rows.iter().filter(|row| row.against(cheapest) == Difference::Open).collect()
    } else {
        Vec::new()
    };
    let or = match open[..] {
        [] => String::new(),
        [other] => tr!(" or {}", other.name),
        _ => tr!(" or one of {} others", open.len()),
    };
    tr!(
        "{} beside {}: {least} in {}{or}, {}{} {currency}{}",
        tr!("{n} scenario" | "{n} scenarios" % others.len()),
        base.name,
        cheapest.name,
        if open.is_empty() { "" } else { "≈ " },
        grouped(of(cheapest).as_f64(), 0),
        served.unwrap_or_default(),
        least,
        or,
        currency
    )
}

struct Sheet {
    cost: Scale,
    short: Scale,
    service: Scale,
}

impl Sheet {
    fn draw(&self, scene: &mut Scene, top: i32, row: &ScenarioRow, base: Option<&ScenarioRow>) {
        let (from, to) = (top + (ROW - BAR) / 2, top + i32::midpoint(ROW, BAR));
        let middle = top + ROW / 2;
        let text = |scene: &mut Scene, x: i32, text: String| scene.text((x, middle), text, Type::new(LABEL, INK));
        scene.line(vec![(MARGIN, top), (WIDTH.cast_signed() - MARGIN, top)], GRID, 1);
        let name = Type::new(15, INK).bold().align(Align::Right);
        scene.text((COST.0 - 14, middle), shortened(&row.name), name);
        self.money(scene, (from, to), row);
        text(scene, self.cost.at(row.cost.objective().as_f64()) + 8, money(row, base));
        scene.rectangle((SHORT.0, from), (self.short.at(row.short_hours), to), VERMILION);
        text(scene, self.short.at(row.short_hours) + 8, hours(row.short_hours));
        scene.rectangle((SERVICE.0, from), (SERVICE.1, to), SHADE);
        if let Some(service) = row.service_overall {
            scene.rectangle((SERVICE.0, from), (self.service.at(service), to), BLUE);
        }
        text(scene, SERVICE.1 + 8, percent_or_dash(row.service_overall, 1));
        if let Some((queue, worst)) = row.lowest_service() {
            // Behind the bar's number there is no room for its word.
            let below = tr!("worst: {} {}", shortened(queue.as_str()), percent(worst, 1));
            scene.text((SERVICE.0, to + 9), below, Type::new(13, QUIET));
        }
        if let Some((missed, of)) = row.goals_missed {
            let (colour, reached) = (if missed > 0 { VERMILION } else { QUIET }, of - missed);
            scene.text(
                (SERVICE.0, from - 9),
                tr!("{reached} of {of} goals reached", reached, of),
                Type::new(13, colour),
            );
        }
    }

    /// The parts of the objective behind each other, and where the bound lies.
    fn money(&self, scene: &mut Scene, (from, to): (i32, i32), row: &ScenarioRow) {
        let cost = &row.cost;
        let parts: [(Money, Colour); 6] = [
            (cost.wages, BLUE),
            (cost.premiums, ORANGE),
            (cost.short, VERMILION),
            (cost.over + cost.after_end, SKY),
            (cost.preference + cost.unplaced, PURPLE),
            (cost.headcount, GREEN),
        ];
        let mut done = Money::ZERO;
        for (part, colour) in parts {
            let (left, right) = (self.cost.at(done.as_f64()), self.cost.at((done + part).as_f64()));
            if right > left {
                scene.rectangle((left, from), (right, to), colour);
            }
            done += part;
        }
        let bound = self.cost.at(row.bound.as_f64());
        scene.line(vec![(bound, from - 6), (bound, to + 6)], INK, 2);
    }
}

/// `29 235 (+1 204)`; with ≈ where more search could reverse them.
fn money(row: &ScenarioRow, base: Option<&ScenarioRow>) -> String {
    let objective = row.cost.objective();
    let whole = grouped(objective.as_f64(), 0);
    let Some(base) = base else { return whole };
    let difference = (objective - base.cost.objective()).as_f64();
    let signed = signed(difference, 0);
    match row.against(base) {
        Difference::Same => tr!("{whole} (same plan)", whole),
        Difference::OtherPrices => tr!("{whole} (other prices)", whole),
        Difference::Proved => format!("{whole} ({signed})"),
        Difference::Open => format!("{whole} (≈ {signed})"),
    }
}

fn shortened(name: &str) -> String {
    const MOST: usize = 19;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::RosterCost;
    use crate::plan::CoverPriceParams;

    fn row(name: &str, wages: f64, service: f64) -> ScenarioRow {
        ScenarioRow {
            id: name.into(),
            name: name.into(),
            why: None,
            is_given: false,
            is_steered: false,
            contacts: 1000.0,
            required_hours: 100.0,
            rostered_hours: 98.0,
            cost: RosterCost { wages: Money::rounded(wages), ..RosterCost::default() },
            bound: Money::rounded(wages - 50.0),
            gap: 50.0 / wages,
            service_overall: Some(service),
            service: Vec::new(),
            goals_missed: Some((0, 2)),
            equality: None,
            short_hours: 4.0,
            over_hours: 2.0,
            prices: CoverPriceParams::default(),
        }
    }

    #[test]
    fn the_picture_says_which_costs_least_and_which_serves_best() {
        let rows = vec![row("base", 1500.0, 0.81), row("close", 1530.0, 0.8), row("recall", 1800.0, 0.84)];
        let scene = scene(&Comparison { rows }, "EUR");
        let expected = "2 scenarios beside base: least pay and prices in base or close, ≈ 1\u{202f}500 EUR; best served in recall, 84.0\u{a0}%";
        assert_eq!(scene.title(), expected);
        assert_eq!(scene.texts().iter().filter(|text| **text == "2 of 2 goals reached").count(), 3);
        assert!(scene.texts().contains(&"1\u{202f}530 (≈ +30)") && scene.texts().contains(&"1\u{202f}800 (+300)"));
    }

    #[test]
    fn where_prices_differ_the_title_compares_pay_alone_and_of_equals_names_the_first() {
        let mut rows = vec![row("base", 1500.0, 0.84), row("calm", 1500.0, 0.84), row("priced", 1400.0, 0.84)];
        rows[2].cost.short = Money::rounded(900.0);
        rows[2].prices.late_contact = Some(Money::rounded(4.0));
        let scene = scene(&Comparison { rows }, "EUR");
        let expected =
            "2 scenarios beside base: least pay in priced, 1\u{202f}400 EUR; best served in base, 84.0\u{a0}%";
        assert_eq!(scene.title(), expected);
        assert!(scene.texts().contains(&"1\u{202f}500 (same plan)"));
        assert!(scene.texts().contains(&"2\u{202f}300 (other prices)"));
    }
}
