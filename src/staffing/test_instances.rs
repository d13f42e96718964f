//! Tiny instances for the tests of this stage.

use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::explanation::Explanation;
use crate::domain::forecast::{Dispersion, Forecast, QueueForecast, RegionForecast};
use crate::domain::ids::{QueueId, QueueIx, RegionId};
use crate::domain::queue::{Channel, Queue, Region, ServiceGoal};
use crate::domain::series::Series;
use crate::domain::time::{Instant, IntervalGrid};
use crate::domain::units::{Minutes, Seconds, Share};

/// A voice queue open around the clock in UTC: 80 % of offered within 20 s, no abandonment, no occupancy cap.
pub(super) fn voice(id: &str) -> Queue {
    Queue {
        regions: vec![region("world", "00:00-24:00")],
        ..Queue::new(QueueId::new(id), Channel::Voice, ServiceGoal::new(Share::clamped(0.8), Seconds::clamped(20.0)))
    }
}

/// A queue of deferred work.
pub(super) fn email(id: &str, deadline: Minutes) -> Queue {
    Queue { channel: Channel::Deferred { deadline }, ..voice(id) }
}

/// A region in UTC, open daily `HH:MM-HH:MM`.
pub(super) fn region(id: &str, hours: &str) -> Region {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').expect("HH:MM");
        hour.parse::<u16>().expect("hours") * 60 + minute.parse::<u16>().expect("minutes")
    };
    let (from, until) = hours.split_once('-').expect("two times");
    let span = ClockSpan::new(minute(from), minute(until)).expect("a span");
    let mut weekly = WeeklyHours::default();
    let mut day = chrono::Weekday::Mon;
    for _ in 0..7 {
        weekly.open(day, span);
        day = day.succ();
    }
    Region { id: RegionId::new(id), zone: chrono_tz::UTC, hours: weekly, share: None }
}

/// A grid from Monday 30 November 2026, 00:00 UTC.
pub(super) fn grid(intervals: usize, minutes: i64) -> IntervalGrid {
    let start: Instant = "2026-11-30T00:00:00Z".parse().expect("an instant");
    let length = Minutes::new(minutes * i64::try_from(intervals).expect("few intervals"));
    IntervalGrid::covering(start, start + length.duration(), Minutes::new(minutes))
}

/// A forecast of contacts per queue at one handle time.
pub(super) fn forecast(grid: IntervalGrid, contacts: &[Vec<f64>], aht_s: f64) -> Forecast {
    let of_queue = |(queue, offered): (usize, &Vec<f64>)| {
        let whole = RegionForecast {
            offered: Series::new(grid, offered.clone()),
            aht_s: Series::flat(grid, aht_s),
            ..RegionForecast::nothing(0, grid)
        };
        QueueForecast {
            queue: QueueIx(queue),
            regions: vec![whole.clone()],
            whole,
            dispersion: Dispersion::default(),
            aht_week_share: 0.0,
            method: "given".into(),
            explanation: Explanation::default(),
        }
    };
    Forecast { grid, queues: contacts.iter().enumerate().map(of_queue).collect() }
}
