//! The forecast against the rules a planner would use, on histories in which things change.
//!
//! `cargo bench --bench forecast_rules -- [--seeds 1..7] [--real DIR] [--kind WORD] [--each] [--methods] [--write DIR]`: back-tests from weekly origins, seven days ahead, in half-hours.
//! The rules are last week, the mean of the last four and the median of the last eight of the same weekday and time. Told are errors in % of what came (WAPE), the
//! engine's over the best rule's, and the same over the eight weeks in which it is largest. Where most intervals are empty, absolute errors favour who expects nothing: look at
//! the root mean squared errors of `--methods` there.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench may panic, and tells what it found")]

#[path = "forecast_rules/calendars.rs"]
mod calendars;
#[path = "forecast_rules/histories.rs"]
mod histories;
#[path = "forecast_rules/real.rs"]
mod real;
#[path = "forecast_rules/rules.rs"]
mod rules;
#[path = "forecast_rules/written.rs"]
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Parser;
use rayon::prelude::*;

use obsada::domain::history::{CountedSeries, Counts, History};
use obsada::domain::ids::{QueueId, QueueIx, RegionId};
use obsada::domain::progress::Silent;
use obsada::domain::queue::{Channel, Queue, Region, ServiceGoal};
use obsada::domain::time::IntervalGrid;
use obsada::domain::units::{Seconds, Share};
use obsada::forecast::{BacktestOrigins, ForecastInput, ForecastParams, backtest};

use histories::{Kind, QueuePast, generated};
use rules::{Errors, OriginErrors, RULES, errors};

/// Weeks of a window.
const WINDOW: usize = 8;

/// What may be typed.
#[derive(Debug, Parser)]
struct Args {
    /// Seeds of the generated histories, the first and the one after the last.
    #[arg(long, default_value = "1..7")]
    seeds: String,
    /// Kinds whose name holds this word.
    #[arg(long, default_value = "")]
    kind: String,
    /// A folder with real series.
    #[arg(long)]
    real: Option<PathBuf>,
    /// A row a history as well.
    #[arg(long)]
    each: bool,
    /// A folder to which every history and every forecast of it is written, for peers to be judged on the same days.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Each method's error and weight as well, in %, and its root mean squared error, which sees means where most intervals are empty.
    #[arg(long)]
    methods: bool,
    /// What cargo passes to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    let seeds = args.seeds.split_once("..").and_then(|(from, until)| Some(from.parse().ok()?..until.parse().ok()?));
    let seeds: std::ops::Range<u64> = seeds.expect("seeds as 1..7");
    let columns =
        ["weeks", "error %", "bias %", RULES[0], RULES[1], RULES[2], "of the best", "worst 8 weeks", "in the band"];
    let days = ["days: error %", "of the best", "worst 8 weeks", "in the band"];
    println!("| history | {} | {} |", columns.join(" | "), days.join(" | "));
    println!("|---{}|", "|---".repeat(columns.len() + days.len()));
    for kind in Kind::ALL.into_iter().filter(|kind| kind.name().contains(&args.kind)) {
        let pasts: Vec<u64> = seeds.clone().collect();
        let judge = |seed: &u64| Judged::of(&generated(kind, *seed), args.write.as_deref());
        let judged: Vec<Judged> = pasts.par_iter().map(judge).collect();
        told(kind.name(), &judged, &args);
    }
    let Some(folder) = &args.real else {
        println!("real series skipped: no folder was named (they are not part of this repository)");
        return;
    };
    for past in real_series(folder).iter().filter(|past| past.name.contains(&args.kind)) {
        told(&past.name, &[Judged::of(past, args.write.as_deref())], &args);
    }
}

fn real_series(folder: &Path) -> Vec<QueuePast> {
    let bank = folder.join("bank_calls_2003/calls_5min.csv");
    let anonymous = folder.join("anonymous_bank_1999/calls_6min.csv");
    let seattle = folder.join("seattle_fire911/calls_hourly.csv");
    [
        real::read("bank 2003", &bank, chrono_tz::America::New_York, 30, 100),
        real::read("anonymous bank 1999", &anonymous, chrono_tz::Asia::Jerusalem, 30, 154),
        real::read("anonymous bank 1999", &anonymous, chrono_tz::Asia::Jerusalem, 30, 154)
            .map(|past| real::with_holidays_of_1999("anonymous bank 1999, holidays listed", past)),
        real::read("anonymous bank 1999 by hour", &anonymous, chrono_tz::Asia::Jerusalem, 60, 154),
        real::read("Seattle", &seattle, chrono_tz::America::Los_Angeles, 60, 728),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One history's errors by origin.
struct Judged {
    name: String,
    errors: Vec<OriginErrors>,
    /// Error and weight by method, means over days ahead.
    methods: BTreeMap<String, [f64; 4]>,
}

impl Judged {
    fn of(past: &QueuePast, write: Option<&Path>) -> Self {
        let region = Region { id: RegionId::new("all"), zone: past.zone, hours: past.hours.clone(), share: None };
        let goal = ServiceGoal::new(Share::ALL, Seconds::ZERO);
        let queues = [Queue { regions: vec![region], ..Queue::new(QueueId::new("orders"), Channel::Voice, goal) }];
        let series = CountedSeries {
            queue: QueueIx(0),
            region: 0,
            offered: past.offered.clone(),
            aht_s: Counts::unknown(past.grid.len()),
            outages: vec![],
        };
        let history = History { grid: past.grid, series: vec![series] };
        let day = past.grid.end() + chrono::Duration::days(1);
        let input = ForecastInput {
            history: &history,
            queues: &queues,
            holidays: &past.holidays,
            events: &[],
            adjustments: &[],
            grid: IntervalGrid::covering(past.grid.end(), day, past.grid.interval()),
            as_of: None,
        };
        let open_days = (0..7).filter(|day| !past.hours.on(weekday(*day)).is_empty()).count();
        let week = u32::try_from(open_days).expect("seven at most");
        let from = Some(past.tested_from);
        let origins = BacktestOrigins { from, every_days: week, horizon_days: week, at: None, zone: past.zone };
        let tested = backtest(&input, &origins, &ForecastParams::default(), &Silent).expect("nobody cancels");
        if let Some(folder) = write {
            written::write(folder, past, &tested).expect("a folder that can be written to");
        }
        let mut methods: BTreeMap<String, [f64; 4]> = BTreeMap::new();
        for of in &tested.accuracy {
            let figures = methods.entry(of.method.clone()).or_default();
            for (sum, figure) in figures.iter_mut().zip([of.wape, of.weight, of.rmse, of.bias]) {
                *sum += figure / f64::from(week);
            }
        }
        Self { name: past.name.clone(), errors: errors(past, &tested), methods }
    }

    fn whole(&self, of: Grain) -> Errors {
        sum(&self.errors, of)
    }

    /// The largest ratio to the best rule over weeks in a row.
    fn worst(&self, of: Grain) -> f64 {
        let window = WINDOW.min(self.errors.len()).max(1);
        let ratios = self.errors.windows(window).map(|errors| sum(errors, of)).map(|of| of.engine / of.best());
        ratios.fold(0.0, f64::max)
    }
}

/// Of intervals or of days.
type Grain = fn(&OriginErrors) -> &Errors;

fn intervals(of: &OriginErrors) -> &Errors {
    &of.intervals
}

fn days(of: &OriginErrors) -> &Errors {
    &of.days
}

fn weekday(day: u8) -> chrono::Weekday {
    chrono::Weekday::try_from(day).expect("a weekday")
}

fn sum(errors: &[OriginErrors], of: Grain) -> Errors {
    errors.iter().map(of).fold(Errors::default(), |sum, of| sum.plus(of))
}

fn told(name: &str, judged: &[Judged], args: &Args) {
    if args.each {
        for one in judged {
            row(&one.name, std::slice::from_ref(one));
        }
    }
    row(&if args.each { format!("**{name}**") } else { name.to_owned() }, judged);
    if args.methods {
        for method in judged[0].methods.keys() {
            let of =
                |part: usize| judged.iter().map(|one| one.methods[method][part]).sum::<f64>() / judged.len() as f64;
            println!(
                "  {method:28} {:6.2} % {:5.1} % {:9.5} {:+6.2} %",
                100.0 * of(0),
                100.0 * of(1),
                of(2),
                100.0 * of(3)
            );
        }
    }
}

/// Means over histories, each by itself; the worst is the worst of all.
fn row(name: &str, judged: &[Judged]) {
    let mean = |of: &dyn Fn(&Judged) -> f64| judged.iter().map(of).sum::<f64>() / judged.len().max(1) as f64;
    let percent =
        |grain: Grain, of: &dyn Fn(&Errors) -> f64| 100.0 * mean(&|one| of(&one.whole(grain)) / one.whole(grain).came);
    let compared = |grain: Grain| {
        format!(
            "{:.3} | {:.3} | {:.3}",
            mean(&|one| one.whole(grain).engine / one.whole(grain).best()),
            judged.iter().map(|one| one.worst(grain)).fold(0.0, f64::max),
            mean(&|one| one.whole(grain).within / one.whole(grain).count),
        )
    };
    let rules: Vec<String> =
        (0..RULES.len()).map(|rule| format!("{:.2}", percent(intervals, &|of| of.rules[rule]))).collect();
    println!(
        "| {name} | {} | {:.2} | {:+.2} | {} | {} | {:.2} | {} |",
        judged.iter().map(|one| one.errors.len()).sum::<usize>(),
        percent(intervals, &|of| of.engine),
        percent(intervals, &|of| of.bias),
        rules.join(" | "),
        compared(intervals),
        percent(days, &|of| of.engine),
        compared(days),
    );
}
