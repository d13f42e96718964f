#!/usr/bin/env python3
"""Obsada's back-test against statsforecast, a neural network and three simple rules, on the same days of many histories.

    cargo bench --bench forecast_rules -- --write WORLDS [--real REAL]
    python3 benches/peers/forecast_worlds.py --worlds WORLDS [--origins 4] [--match WORD] [--method WORD]

WORLDS has, for each history, NAME.history.csv and NAME.forecasts.csv: what came, and what Obsada forecast from weekly
origins for the open days of a week ahead. Of each history N origins are taken, evenly spread, the same ones for every
method; each is fitted anew to what came before the origin and knows nothing else. The methods:

- last week, mean of four, median of eight: of the same weekday and time, up to twelve weeks back.
- AutoETS, AutoTheta, AutoCES of statsforecast: totals of days with the open days of a week as season, spread over the
  day by the mean share of the last eight such weekdays.
- MSTL of statsforecast: intervals, with a day and a week as seasons and AutoETS("ZZN") as trend.
- NHITS of neuralforecast: intervals, small, one network for all histories of a group (each up to its own origin; they
  have nothing in common), four weeks of input, its median as the forecast. It may do better with more steps, weights
  and features. Foundation models (Chronos, TimesFM) are left out: their weights would have to come from the internet.

The peers know no calendar. They get a regular grid by the wall clock: the weekdays and the times at which anything was
ever open before the origin, so that closed nights and Sundays do not count. What is missing in it (holidays, closures, a
skipped hour) is filled by the same weekday and time of the week before, or 0 where that was not open either. Obsada was
told its hours and that these are unknown. Negative forecasts are cut at 0.

Errors are WAPE in % and are, like shares in the 80 % band, means over a group's histories. Judged are the intervals
that Obsada's file has and of which a rule can say anything, as in the bench; days are sums of these. Bands are judged
only on what a method gives them for: days for methods of totals, intervals for the rest (Obsada's bands of days are not
in its file). Seconds are of processor, one thread, fit and forecast, for all origins of all histories of a group; ours
come from elsewhere, as seconds a forecast.
"""
import argparse, csv, logging, re, sys, time, warnings
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import throwaway

throwaway.environment("statsforecast", "neuralforecast")
import numpy as np
import pandas as pd
import torch
from neuralforecast import NeuralForecast
from neuralforecast.losses.pytorch import MQLoss
from neuralforecast.models import NHITS
from statsforecast.models import MSTL, AutoCES, AutoETS, AutoTheta

DAY = timedelta(days=1)
LEVEL, RULE_WEEKS, SHARE_WEEKS = 80, 12, 8
INPUT_WEEKS, STEPS, WINDOWS, WIDTH = 4, 300, 128, 256


@dataclass
class Past:
    """One history, and our forecasts of it by the origin's local date."""

    group: str
    counts: dict[datetime, float]
    forecasts: dict[date, list[dict]]


def read(path):
    name = path.name.removesuffix(".history.csv")
    with open(path) as rows:
        counts = {datetime.fromisoformat(row["wall"]): float(row["offered"]) for row in csv.DictReader(rows)}
    forecasts = defaultdict(list)
    with open(path.with_name(f"{name}.forecasts.csv")) as rows:
        for row in csv.DictReader(rows):
            row["wall"] = datetime.fromisoformat(row["wall"])
            utc = datetime.fromisoformat(row["start"]).replace(tzinfo=None)
            # Origins are midnights; half a day more keeps a change of clocks from moving the date.
            origin = datetime.fromisoformat(row["origin"]).replace(tzinfo=None) + (row["wall"] - utc) + DAY / 2
            forecasts[origin.date()].append(row)
    return Past(re.sub(r"-\d{1,2}$", "", name), counts, forecasts)


def spread(origins, number):
    """So many of the origins, from the middles of equal parts."""
    number = min(number, len(origins))
    return [origins[int((part + 0.5) * len(origins) / number)] for part in range(number)]


@dataclass
class Forecast:
    """By day ahead and time; the band is of whole days, spread over their times, or of intervals."""

    mean: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    of_days: bool = False

    def cut(self):
        parts = (None if of is None else np.maximum(of, 0) for of in (self.mean, self.low, self.high))
        return Forecast(*parts, self.of_days)


class Grid:
    """What is known at an origin, by open day and time, and what came afterwards where it is judged, else nan."""

    def __init__(self, past, origin):
        known = {wall: count for wall, count in past.counts.items() if wall.date() < origin}
        rows = past.forecasts[origin]
        weekdays, self.times = {wall.weekday() for wall in known}, sorted({wall.time() for wall in known})
        self.week = len(weekdays)
        # The first day may have begun before the history.
        first, last = min(known).date() + DAY, max(row["wall"] for row in rows).date()
        days = [first + DAY * day for day in range((last - first).days + 1)]
        days = [day for day in days if day.weekday() in weekdays]
        before, after = [day for day in days if day < origin], [day for day in days if day >= origin]
        at = lambda day: [known.get(datetime.combine(day, time), np.nan) for time in self.times]
        self.counts = np.array([at(day) for day in before])
        self.filled, self.ahead = self.counts.copy(), len(after)
        for day, row in enumerate(self.filled):
            row[np.isnan(row)] = self.filled[day - self.week][np.isnan(row)] if day >= self.week else 0
        by_wall = {row["wall"]: [float(row[column]) for column in ("actual", "offered", "p10", "p90")] for row in rows}
        told = lambda day: [by_wall.get(datetime.combine(day, time), 4 * [np.nan]) for time in self.times]
        self.actual, *ours = np.moveaxis([told(day) for day in after], 2, 0)
        self.ours = Forecast(*ours)
        self.actual[np.isnan(rule(len)(self).mean)] = np.nan


def rule(of):
    """A rule of the counts at the same weekday and time, the latest first; nan where there is none."""

    def forecast(grid):
        mean = np.full((grid.ahead, len(grid.times)), np.nan)
        for day in range(grid.ahead):
            back = len(grid.counts) + day - grid.week * np.arange(1, RULE_WEEKS + 1)
            for column in range(len(grid.times)):
                known = grid.counts[back[(back >= 0) & (back < len(grid.counts))], column]
                known = known[~np.isnan(known)]
                mean[day, column] = of(known) if len(known) else np.nan
        return Forecast(mean)

    return forecast


def of_totals(model):
    """A model of the days' totals, spread over the day."""

    def forecast(grid):
        told = model(grid.week).forecast(grid.filled.sum(axis=1), grid.ahead, level=[LEVEL])
        shares = []
        for day in range(grid.ahead):
            same = grid.filled[(len(grid.filled) + day) % grid.week :: grid.week][-SHARE_WEEKS:]
            same = same[same.sum(axis=1) > 0]
            shares.append((same / same.sum(axis=1, keepdims=True)).mean(axis=0))
        columns = ("mean", f"lo-{LEVEL}", f"hi-{LEVEL}")
        return Forecast(*(np.maximum(told[column], 0)[:, None] * shares for column in columns), of_days=True)

    return forecast


def mstl(grid):
    day = len(grid.times)
    model = MSTL([day, day * grid.week], trend_forecaster=AutoETS(model="ZZN"))
    told = model.forecast(grid.filled.ravel(), grid.ahead * day, level=[LEVEL])
    return Forecast(*(told[column].reshape(grid.ahead, day) for column in ("mean", f"lo-{LEVEL}", f"hi-{LEVEL}")))


def each(forecast):
    return lambda grids: [forecast(grid) for grid in grids]


def nhits(grids):
    """One network for all grids of the same shape."""
    alike = defaultdict(list)
    for index, grid in enumerate(grids):
        alike[len(grid.times), grid.week, grid.ahead].append(index)
    told = [None] * len(grids)
    for (day, week, ahead), indices in alike.items():
        model = NHITS(
            h=ahead * day,
            input_size=INPUT_WEEKS * week * day,
            loss=MQLoss(level=[LEVEL]),
            max_steps=STEPS,
            windows_batch_size=WINDOWS,
            batch_size=1,
            mlp_units=3 * [[WIDTH, WIDTH]],
            scaler_type="standard",
            random_seed=1,
            accelerator="cpu",
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
        )
        table = lambda index, values: pd.DataFrame({"unique_id": index, "ds": np.arange(len(values)), "y": values})
        network = NeuralForecast([model], freq=1)
        network.fit(pd.concat(table(index, grids[index].filled.ravel()) for index in indices))
        answer = network.predict()
        for index in indices:
            mine = answer[answer["unique_id"] == index].sort_values("ds")
            columns = ("NHITS-median", f"NHITS-lo-{LEVEL}", f"NHITS-hi-{LEVEL}")
            told[index] = Forecast(*(mine[column].to_numpy().reshape(ahead, day) for column in columns))
    return told


METHODS = {
    "last week": each(rule(lambda known: known[0])),
    "mean of four": each(rule(lambda known: known[:4].mean())),
    "median of eight": each(rule(lambda known: np.median(known[:8]))),
    "AutoETS": each(of_totals(lambda week: AutoETS(season_length=week))),
    "AutoTheta": each(of_totals(lambda week: AutoTheta(season_length=week))),
    "AutoCES": each(of_totals(lambda week: AutoCES(season_length=week))),
    "MSTL": each(mstl),
    "NHITS": nhits,
}


@dataclass
class Score:
    """Sums over one history's origins: errors, and by the band what it held and what it was judged on."""

    came: float = 0
    intervals: float = 0
    days: float = 0
    held: dict = field(default_factory=lambda: {False: [], True: []})

    def add(self, grid, told):
        judged = ~np.isnan(grid.actual)
        sums = lambda values: np.where(judged, values, 0).sum(axis=1)[judged.any(axis=1)]
        self.came += sums(grid.actual).sum()
        self.intervals += sums(abs(told.mean - grid.actual)).sum()
        self.days += abs(sums(told.mean) - sums(grid.actual)).sum()
        if told.low is not None:
            part = sums if told.of_days else lambda values: values[judged]
            came = part(grid.actual)
            self.held[told.of_days] += list((part(told.low) <= came) & (came <= part(told.high)))


def table_row(group, method, scores, seconds):
    mean = lambda values: np.mean(values) if all(value is not None for value in values) else None
    share = lambda of_days: mean([np.mean(score.held[of_days]) if score.held[of_days] else None for score in scores])
    figures = [
        (100 * mean([score.days / score.came for score in scores]), ".2f"),
        (100 * mean([score.intervals / score.came for score in scores]), ".2f"),
        (share(True), ".3f"),
        (share(False), ".3f"),
        (seconds, ".2f"),
    ]
    cells = ["–" if figure is None else format(figure, form) for figure, form in figures]
    print(f"| {' | '.join([group, method, *cells])} |", flush=True)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--worlds", type=Path, required=True, help="the folder that the bench wrote")
    ask.add_argument("--origins", type=int, default=4, help="of each history")
    ask.add_argument("--match", default="", help="histories whose name holds this word")
    ask.add_argument("--method", default="", help="peers and rules whose name holds this word")
    ask.add_argument("--seconds-ours", type=float, help="Obsada's seconds a forecast, one history at one origin")
    args = ask.parse_args()
    warnings.filterwarnings("ignore")
    for name in ("pytorch_lightning", "lightning.pytorch", "lightning.fabric", "lightning_fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    torch.set_num_threads(1)
    methods = {name: method for name, method in METHODS.items() if args.method in name}
    groups = defaultdict(list)
    paths = sorted(args.worlds.glob("*.history.csv"))
    for past in (read(path) for path in paths if args.match in path.name.removesuffix(".history.csv")):
        groups[past.group].append([Grid(past, origin) for origin in spread(sorted(past.forecasts), args.origins)])
    for method in methods.values():
        # What is compiled and loaded at a first call is no part of the time.
        method([next(iter(groups.values()))[0][0]])
    print(f"statsforecast {version('statsforecast')}, neuralforecast {version('neuralforecast')}, {args.origins} origins\n")
    print("| history | method | days: error % | intervals: error % | days in the band | intervals in the band | seconds |")
    print(f"|---|---{'|---:' * 5}|")
    for group, histories in groups.items():
        forecasts = sum(len(grids) for grids in histories)
        scores = {name: [Score() for _ in histories] for name in ("obsada", *methods)}
        seconds = defaultdict(float)
        for turn in range(max(len(grids) for grids in histories)):
            those = [index for index, grids in enumerate(histories) if turn < len(grids)]
            grids = [histories[index][turn] for index in those]
            told = {"obsada": [grid.ours for grid in grids]}
            for name, method in methods.items():
                began = time.process_time()
                told[name] = [forecast.cut() for forecast in method(grids)]
                seconds[name] += time.process_time() - began
                print(f"{group} {turn + 1}: {name} {seconds[name]:.1f} s", file=sys.stderr, flush=True)
            for name, of_grids in told.items():
                for index, grid, forecast in zip(those, grids, of_grids, strict=True):
                    scores[name][index].add(grid, forecast)
        if args.seconds_ours is not None:
            seconds["obsada"] = args.seconds_ours * forecasts
        for name, of_histories in scores.items():
            table_row(group, name, of_histories, seconds.get(name))


if __name__ == "__main__":
    main()
