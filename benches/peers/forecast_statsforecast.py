#!/usr/bin/env python3
"""Obsada against statsforecast, on the same series in the same run: time, and WAPE over the last 28 days held out.

    python3 benches/peers/forecast_statsforecast.py --obsada target/release/obsada [--minutes 15] [--history FILE]

FILE has the columns start (RFC 3339) and offered; without one, the `orders` queue of a world from `obsada init` is taken.
statsforecast comes from PyPI into a throwaway virtual environment. Both sides get one series and one thread.
Obsada's time is that of its whole process, reading and writing files included; of statsforecast only fit and forecast
are counted, after a warm-up that compiles its functions. MSTL at 15 minutes takes minutes, hence 30 by default.
"""
import argparse, csv, gzip, json, os, subprocess, sys, tempfile, time, venv
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

HELD_OUT = 28
ONE_THREAD = {**os.environ, **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON")}}


def series(path, minutes):
    """Contacts per interval in UTC, zero where nothing is told, cut to whole days."""
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    sums, step = defaultdict(float), minutes * 60
    with opened as rows:
        for row in csv.DictReader(rows):
            if row.get("queue", "orders") == "orders" and row["offered"]:
                at = int(datetime.fromisoformat(row["start"].replace("Z", "+00:00")).timestamp())
                sums[at - at % step] += float(row["offered"])
    first, last = min(sums) // 86400 + 1, max(sums) // 86400
    return first * 86400, [sums[at] for at in range(first * 86400, last * 86400, step)]


def wape(forecast, actual):
    return sum(abs(f - a) for f, a in zip(forecast, actual, strict=True)) / sum(actual)


def run_obsada(binary, folder, first, values, minutes):
    """`obsada forecast` on a workspace of one queue that ends where the held-out days begin."""
    ahead = HELD_OUT * 1440 // minutes
    start = datetime.fromtimestamp(first, timezone.utc) + timedelta(minutes=minutes * (len(values) - ahead))
    stamp = lambda index: (datetime.fromtimestamp(first, timezone.utc) + timedelta(minutes=minutes * index)).isoformat()
    with open(folder / "history.csv", "w") as out:
        out.write("queue,region,start,offered\n")
        out.writelines(f"orders,all,{stamp(i)},{v:.0f}\n" for i, v in enumerate(values[:-ahead]))
    (folder / "workspace.toml").write_text(f"""
[plan]
start = "{start:%Y-%m-%d}"
weeks = {HELD_OUT // 7}
interval_minutes = {minutes}
timezone = "UTC"
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
timezone = "UTC"
hours = {{ daily = "00:00-24:00" }}
""")
    began = time.perf_counter()
    command = [binary, "forecast", str(folder), "--out", str(folder / "out"), "--quiet", "--threads", "1"]
    subprocess.run(command, check=True, env=ONE_THREAD)
    took = time.perf_counter() - began
    with open(folder / "out" / "forecast.csv") as rows:
        return took, [float(row["offered"]) for row in csv.DictReader(rows) if row["region"] == "*"]


PEER = """
import json, sys, time
import numpy as np
from statsforecast.models import MSTL, AutoETS, SeasonalNaive
given = json.load(sys.stdin)
y, day, ahead = np.array(given["y"]), given["day"], given["ahead"]
models = {"MSTL(day, week) + ETS": lambda: MSTL([day, 7 * day], trend_forecaster=AutoETS(model="ZZN")),
          "SeasonalNaive(week)": lambda: SeasonalNaive(7 * day)}
told = {}
for name, make in models.items():
    make().forecast(y[-21 * day:], ahead)
    began = time.perf_counter()
    mean = make().forecast(y, ahead)["mean"]
    told[name] = (time.perf_counter() - began, [float(v) for v in mean])
json.dump(told, sys.stdout)
"""


def run_peers(folder, values, minutes):
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "statsforecast"], check=True)
    day = 1440 // minutes
    given = json.dumps({"y": values[:-HELD_OUT * day], "day": day, "ahead": HELD_OUT * day})
    done = subprocess.run([python, "-c", PEER], input=given, capture_output=True, text=True, env=ONE_THREAD)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--obsada", default="obsada", help="the binary")
    ask.add_argument("--history", type=Path)
    ask.add_argument("--minutes", type=int, default=30, choices=(15, 30, 60))
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        history = args.history
        if history is None:
            init = [args.obsada, "init", str(folder / "world"), "--agents", "80", "--queues", "1", "--quiet"]
            subprocess.run(init, check=True)
            history = folder / "world" / "history.csv.gz"
        first, values = series(history, args.minutes)
        ahead = HELD_OUT * 1440 // args.minutes
        (folder / "shop").mkdir()
        ours = run_obsada(args.obsada, folder / "shop", first, values, args.minutes)
        results = {"obsada": ours, **run_peers(folder, values, args.minutes)}
        print(f"{len(values) - ahead} intervals of {args.minutes} min, {ahead} ahead, one thread each")
        print(f"{'':24}{'seconds':>10}{'x obsada':>10}{'WAPE':>9}{'x obsada':>10}")
        error = {name: wape(mean, values[-ahead:]) for name, (_, mean) in results.items()}
        for name, (took, _) in results.items():
            ratios = took / ours[0], error[name] / error["obsada"]
            print(f"{name:24}{took:10.3f}{ratios[0]:10.2f}{error[name]:9.2%}{ratios[1]:10.2f}")


if __name__ == "__main__":
    main()
