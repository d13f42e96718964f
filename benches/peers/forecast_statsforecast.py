#!/usr/bin/env python3
"""Obsada against statsforecast, on the same series in the same run: time, and WAPE over the last 28 days held out.

    python3 benches/peers/forecast_statsforecast.py --obsada target/release/obsada [--minutes 15] [--history FILE --timezone ZONE]

FILE has the columns start (RFC 3339) and offered; without one, the `orders` queue of a world from `obsada init` is taken.
Both sides get one series and one thread, and no word of events or holidays. statsforecast knows no clocks: it gets the
series by the zone's wall clock, an hour that was skipped filled from the week before and one that came twice averaged,
so that it is not judged on the change of clocks. Obsada's time is that of its whole process, reading and writing files
included; of statsforecast only fit and forecast count, after a warm-up that compiles its functions. MSTL at 15 minutes
takes minutes, hence 30 by default.
"""
import argparse, csv, gzip, subprocess, tempfile, time
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import throwaway

throwaway.environment("statsforecast")
import numpy as np
from statsforecast.models import MSTL, AutoETS, SeasonalNaive

HELD_OUT = 28
DAY = timedelta(days=1)


def counts(path, minutes):
    """Contacts by instant, at the grid's starts."""
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    sums, step = defaultdict(float), minutes * 60
    with opened as rows:
        for row in csv.DictReader(rows):
            if row.get("queue", "orders") == "orders" and row["offered"]:
                at = int(datetime.fromisoformat(row["start"].replace("Z", "+00:00")).timestamp())
                sums[datetime.fromtimestamp(at - at % step, timezone.utc)] += float(row["offered"])
    return sums


def by_wall_clock(sums, zone, minutes):
    """Whole local days: their first date, and contacts per slot of the wall clock."""
    slots, first = defaultdict(list), min(sums).astimezone(zone).date() + DAY
    last, at = max(sums).astimezone(zone).date(), min(sums)
    while at <= max(sums):
        slots[at.astimezone(zone).replace(tzinfo=None)].append(sums.get(at, 0.0))
        at += timedelta(minutes=minutes)
    values, wall = [], datetime.combine(first, datetime.min.time())
    while wall.date() < last:
        told = slots.get(wall) or slots[wall - 7 * DAY]
        values.append(sum(told) / len(told))
        wall += timedelta(minutes=minutes)
    return first, np.array(values)


def run_obsada(binary, folder, sums, first, start, zone, minutes):
    """`obsada forecast` on a workspace of one queue that ends where the held-out days begin, by wall clock."""
    folder.mkdir()
    with open(folder / "history.csv", "w") as out:
        out.write("queue,region,start,offered\n")
        for at in sorted(sums):
            if first <= at.astimezone(zone).date() < start:
                out.write(f"orders,all,{at.isoformat()},{sums[at]:.0f}\n")
    (folder / "workspace.toml").write_text(f"""
[plan]
start = "{start:%Y-%m-%d}"
weeks = {HELD_OUT // 7}
interval_minutes = {minutes}
timezone = "{zone.key}"
week_start = "{start.strftime('%a').lower()}"
currency = "EUR"
[history]
files = ["history.csv"]
[[queue]]
id = "orders"
channel = "voice"
aht_s = 240
goal = {{ share = 0.8, within_s = 20, definition = "offered", over = "interval" }}
[[queue.region]]
id = "all"
timezone = "{zone.key}"
hours = {{ daily = "00:00-24:00" }}
""")
    began = time.perf_counter()
    command = [binary, "forecast", str(folder), "--out", str(folder / "out"), "--quiet", "--threads", "1"]
    subprocess.run(command, check=True)
    took = time.perf_counter() - began
    with open(folder / "out" / "forecast.csv") as rows:
        told = {row["start"]: float(row["offered"]) for row in csv.DictReader(rows) if row["region"] == "*"}
    return took, {datetime.fromisoformat(start.replace("Z", "+00:00")): offered for start, offered in told.items()}


def run_peers(values, minutes):
    day = 1440 // minutes
    ahead = HELD_OUT * day
    models = {
        "MSTL(day, week) + ETS": lambda: MSTL([day, 7 * day], trend_forecaster=AutoETS(model="ZZN")),
        "SeasonalNaive(week)": lambda: SeasonalNaive(7 * day),
    }
    for name, make in models.items():
        make().forecast(values[-21 * day :], ahead)
        began = time.perf_counter()
        mean = make().forecast(values, ahead)["mean"]
        yield name, time.perf_counter() - began, mean


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--obsada", default="obsada", help="the binary")
    ask.add_argument("--history", type=Path)
    ask.add_argument("--timezone", type=ZoneInfo, default=ZoneInfo("Europe/Warsaw"), help="of the customers")
    ask.add_argument("--minutes", type=int, default=30, choices=(15, 30, 60))
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history = args.history
        if history is None:
            init = [args.obsada, "init", str(folder / "world"), "--agents", "80", "--queues", "1", "--quiet"]
            subprocess.run(init, check=True)
            history = folder / "world" / "history.csv.gz"
        sums = counts(history, args.minutes)
        first, values = by_wall_clock(sums, args.timezone, args.minutes)
        ahead = HELD_OUT * 1440 // args.minutes
        start = first + DAY * (len(values) * args.minutes // 1440 - HELD_OUT)
        wall = lambda at: at.astimezone(args.timezone).replace(tzinfo=None)
        held_out = {at: contacts for at, contacts in sums.items() if start <= wall(at).date() < start + HELD_OUT * DAY}
        wape = lambda told: sum(abs(told(at) - contacts) for at, contacts in held_out.items()) / sum(held_out.values())
        took, told = run_obsada(args.obsada, folder / "shop", sums, first, start, args.timezone, args.minutes)
        results = [("obsada", took, wape(lambda at: told.get(at, 0.0)))]
        opens = datetime.combine(start, datetime.min.time())
        for name, seconds, mean in run_peers(values[:-ahead], args.minutes):
            slot = lambda at: (wall(at) - opens) // timedelta(minutes=args.minutes)
            results.append((name, seconds, wape(lambda at: mean[slot(at)])))
        print(f"{len(values) - ahead} intervals of {args.minutes} min, {ahead} ahead, one thread each")
        print(f"{'':24}{'seconds':>10}{'x obsada':>10}{'WAPE':>9}{'x obsada':>10}")
        for name, seconds, error in results:
            ratios = seconds / results[0][1], error / results[0][2]
            print(f"{name:24}{seconds:10.3f}{ratios[0]:10.2f}{error:9.2%}{ratios[1]:10.2f}")


if __name__ == "__main__":
    main()
