//! Laws that hold for any history.

use super::*;

/// Counts around a wavy mean, Poisson, by a seed.
pub(super) fn noisy(seed: u64, mean: f64) -> impl FnMut(usize, Instant, chrono::NaiveDateTime) -> f64 {
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    move |region, _, wall| {
        let wave = 1.0 + 0.8 * (f64::from(wall.hour()) / 24.0 * std::f64::consts::TAU).sin();
        let spike = if random.random_range(0..400) == 0 { 20.0 } else { 1.0 };
        let rate = mean * wave * spike / (region + 1) as f64;
        rand_distr::Poisson::new(rate).map_or(0.0, |poisson| poisson.sample(&mut random))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_history_gives_ordered_bands_and_exact_sums(
        seed in 0u64..1000,
        zone in 0usize..6,
        interval in prop::sample::select(vec![15i64, 30, 60]),
        history_days in 1i64..90,
        plan_days in prop::sample::select(vec![7i64, 14, 56]),
        mean in prop::sample::select(vec![0.0, 0.02, 3.0, 400.0]),
        open_days in 1usize..8,
        hours in prop::sample::select(vec![(0u16, 24u16), (9, 17)]),
    ) {
        let zones = [WARSAW, NEW_YORK, chrono_tz::Asia::Kolkata, chrono_tz::Australia::Lord_Howe, chrono_tz::America::Santiago, chrono_tz::UTC];
        let regions = vec![region("one", zones[zone], open_days, hours.0, hours.1), region("two", WARSAW, open_days, hours.0, hours.1)];
        let start = date("2026-09-01") + Duration::days(history_days);
        let plan = days(&start.to_string(), plan_days, WARSAW, interval);
        let mut centre = TestCentre::new(regions, days("2026-09-01", history_days, WARSAW, interval), plan, noisy(seed, mean));
        centre.holidays = vec![holiday("2026-10-01", "Day", HolidayService::Open), holiday("2026-11-11", "Day", HolidayService::Closed)];
        centre.events = vec![campaign("one", "2026-09-15T09:00:00", None), campaign("two", "2026-10-20T23:00:00", None)];
        let forecast = centre.forecast();
        let all = &forecast.whole;
        for at in 0..centre.grid.len() {
            prop_assert!(all.offered[at].is_finite() && all.offered[at] >= 0.0);
            prop_assert!(all.p10[at] <= all.p50[at] && all.p50[at] <= all.p90[at] && all.p90[at].is_finite());
            prop_assert!(all.aht_s[at].is_finite() && all.aht_s[at] >= 0.0);
            prop_assert_eq!(all.offered[at].to_bits(), (all.baseline[at] + all.event[at] + all.holiday[at]).to_bits());
            let regions: f64 = forecast.regions.iter().map(|region| region.offered[at]).sum();
            prop_assert_eq!(all.offered[at].to_bits(), regions.to_bits());
            let open = centre.queues[0].is_open(centre.grid.start_of(at));
            prop_assert!(open || all.offered[at].to_bits() == 0);
        }
        let origins = BacktestOrigins { from: None, every_days: 7, horizon_days: 3, at: None, zone: WARSAW };
        let test = backtest(&centre.input(), &origins, &ForecastParams { folds: 1, ..ForecastParams::default() }, &Silent).expect("nobody cancels");
        let finite = test.accuracy.iter().all(|of| [of.wape, of.mase, of.rmse, of.bias, of.coverage80].iter().all(|value| value.is_finite()));
        prop_assert!(finite);
    }
}
#[test]
fn threads_do_not_change_a_bit() {
    let centre =
        TestCentre::new(shop(), days("2026-06-01", 84, WARSAW, 60), days("2026-08-24", 7, WARSAW, 60), |_, _, wall| {
            ordinary(wall).round()
        });
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| centre.forecast())
    };
    assert_eq!(on(1), on(3));
}
