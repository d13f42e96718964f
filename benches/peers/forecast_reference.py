#!/usr/bin/env python3
"""Obsada's back-test against the mean of three published methods, at the same origins on the same days.

    obsada init SHOP --history calls_5min.csv --timezone America/New_York
    obsada forecast SHOP --backtest --origins-from 2003-06-04 --every 1 --horizon 1 --out OUT
    python3 benches/peers/forecast_reference.py --history calls_5min.csv --backtest OUT/backtest.csv --timezone America/New_York

--history has two columns, local start and contacts, of one queue that opens at the same hours on every day it is open.
The methods: SVD factors of the root counts with weekday means and AR(1) scores (Shen & Huang 2008); log day total by
weekday with AR(1) errors times the weekday's smoothed share; Fourier regression of the root counts with an AR(1) day
residual (Tych et al. 2002 is of this family). Each is fitted anew at every origin to the days before it. Printed are
WAPE in % over intervals and over half-hours, Obsada's less the reference's, with a 95 % interval of a bootstrap by days.
"""
import argparse, csv
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import throwaway

throwaway.environment("numpy")
import numpy as np

FACTORS, DISCOUNT, WEEKS, HARMONICS, OWN_HARMONICS, SMOOTHED = 4, 0.985, 8, 12, 3, 7


def days_of(path):
    """Open days in order, and contacts by day and slot; the slots' minutes of the day."""
    by_day = defaultdict(dict)
    with open(path) as rows:
        for start, contacts, *_ in list(csv.reader(rows))[1:]:
            at = datetime.fromisoformat(start)
            by_day[at.date()][at.hour * 60 + at.minute] = float(contacts)
    slots = sorted({minute for day in by_day.values() for minute in day})
    days = sorted(day for day in by_day if len(by_day[day]) == len(slots))
    return days, np.array([[by_day[day][minute] for minute in slots] for day in days]), slots


def weekday_ar(values, weekdays, weights, ahead):
    """`values` by weekday means with AR(1) errors, continued to the weekdays `ahead`; and the error's variance."""
    mean = {w: np.average(values[weekdays == w], weights=weights[weekdays == w]) for w in set(weekdays)}
    rest = values - np.array([mean[w] for w in weekdays])
    w = weights[1:]
    rho = np.clip((w * rest[1:] * rest[:-1]).sum() / max((w * rest[:-1] ** 2).sum(), 1e-12), -0.95, 0.95)
    error = np.average((rest[1:] - rho * rest[:-1]) ** 2, weights=w)
    middle = np.average(values, weights=weights)
    steps = range(1, len(ahead) + 1)
    told = [mean.get(day, middle) + rho**step * rest[-1] for day, step in zip(ahead, steps, strict=True)]
    return np.array(told), np.array([error * (1 - rho ** (2 * step)) / max(1 - rho**2, 1e-9) for step in steps])


def svd_factors(counts, weekdays, ahead):
    roots, weights = np.sqrt(counts + 0.25), DISCOUNT ** np.arange(len(counts))[::-1]
    _, _, vectors = np.linalg.svd(np.sqrt(weights)[:, None] * roots, full_matrices=False)
    vectors = vectors[:FACTORS]
    scores = [weekday_ar(roots @ vector, weekdays, weights, ahead) for vector in vectors]
    root = sum(np.outer(mean, vector) for (mean, _), vector in zip(scores, vectors, strict=True))
    spread = sum(np.outer(error, vector**2) for (_, error), vector in zip(scores, vectors, strict=True))
    return root**2 + spread


def total_and_share(counts, weekdays, ahead):
    counts, weekdays = counts[-5 * WEEKS :], weekdays[-5 * WEEKS :]
    even = np.ones(len(counts))
    totals, error = weekday_ar(np.log(counts.sum(axis=1)), weekdays, even, ahead)
    kernel = np.ones(SMOOTHED) / SMOOTHED
    pad = lambda row: np.convolve(np.pad(row, SMOOTHED // 2, mode="edge"), kernel, mode="valid")
    share = {w: pad(counts[weekdays == w].sum(axis=0)) for w in set(weekdays)}
    every = pad(counts.sum(axis=0))
    shares = [share.get(w, every) for w in ahead]
    level = np.exp(totals + error / 2)
    return np.array([total * row / row.sum() for total, row in zip(level, shares, strict=True)])


def fourier_regression(counts, weekdays, ahead):
    roots, weights = np.sqrt(counts + 0.25), DISCOUNT ** np.arange(len(counts))[::-1]
    slots = counts.shape[1]
    phase = np.pi * (np.arange(slots) + 0.5) / slots
    waves = np.array([np.cos(k * phase) for k in range(HARMONICS)] + [np.sin(2 * k * phase) for k in range(1, 4)])
    own = waves[:OWN_HARMONICS]
    known = sorted(set(weekdays))
    # Weighted means by weekday are all that the regression of equal designs needs.
    mean = np.array([np.average(roots[weekdays == w], axis=0, weights=weights[weekdays == w]) for w in known])
    mass = np.array([weights[weekdays == w].sum() for w in known])
    design = []
    for index in range(len(known)):
        row = np.zeros((len(waves) + len(known) * len(own), slots))
        row[: len(waves)] = waves
        row[len(waves) + index * len(own) : len(waves) + (index + 1) * len(own)] = own
        design.append(row)
    normal = sum(m * d @ d.T for m, d in zip(mass, design, strict=True)) + 1e-6 * np.eye(len(design[0]))
    right = sum(m * d @ y for m, d, y in zip(mass, design, mean, strict=True))
    fitted = {w: np.linalg.solve(normal, right) @ d for w, d in zip(known, design, strict=True)}
    rest = (roots - np.array([fitted[w] for w in weekdays])).mean(axis=1)
    w = weights[1:]
    rho = (w * rest[1:] * rest[:-1]).sum() / (w * rest[:-1] ** 2).sum()
    error = np.average((rest[1:] - rho * rest[:-1]) ** 2, weights=w)
    middle = np.average(mean, axis=0, weights=mass)
    told = [fitted.get(day, middle) + rho ** (step + 1) * rest[-1] for step, day in enumerate(ahead)]
    return np.array(told) ** 2 + error


METHODS = (svd_factors, total_and_share, fourier_regression)


def back_test(path, zone):
    """Obsada's forecasts by origin's date and day."""
    points = defaultdict(lambda: defaultdict(dict))
    local = lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(zone)
    with open(path) as rows:
        for row in csv.DictReader(rows):
            start = local(row["start"])
            points[local(row["origin"]).date()][start.date()][start.hour * 60 + start.minute] = float(row["offered"])
    return points


def halves(counts, slots):
    """Sums over whole half-hours."""
    keys = np.array([minute // 30 for minute in slots])
    step = slots[1] - slots[0]
    return np.array([counts[keys == k].sum() for k in sorted(set(keys)) if (keys == k).sum() * step == 30])


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--history", type=Path, required=True)
    ask.add_argument("--backtest", type=Path, required=True)
    ask.add_argument("--timezone", type=ZoneInfo, required=True)
    args = ask.parse_args()
    days, counts, slots = days_of(args.history)
    weekdays = np.array([day.weekday() for day in days])
    names = ["obsada", "reference"] + [method.__name__ for method in METHODS]
    errors = {grain: {name: [] for name in names} for grain in ("intervals", "half-hours")}
    sizes = {grain: [] for grain in errors}
    for origin, targets in sorted(back_test(args.backtest, args.timezone).items()):
        first = sum(day < origin for day in days)
        ahead = [index for index, day in enumerate(days) if day in targets and index >= first]
        told = [method(counts[:first], weekdays[:first], weekdays[first : ahead[-1] + 1]) for method in METHODS]
        for index in ahead:
            ours = np.array([targets[days[index]].get(minute, 0.0) for minute in slots])
            of_methods = [method[index - first] for method in told]
            forecasts = [ours, np.mean(of_methods, axis=0), *of_methods]
            for grain, cut in (("intervals", lambda of: of), ("half-hours", lambda of: halves(of, slots))):
                sizes[grain].append(cut(counts[index]).sum())
                for name, forecast in zip(names, forecasts, strict=True):
                    errors[grain][name].append(np.abs(cut(forecast) - cut(counts[index])).sum())
    draw = np.random.default_rng(1).integers(0, len(sizes["intervals"]), (10_000, len(sizes["intervals"])))
    print(f"{len(draw[0])} days ahead of origins from {days[0]} on")
    for grain in errors:
        size = np.array(sizes[grain])
        figures = {name: np.array(values) for name, values in errors[grain].items()}
        wape = {name: 100 * values.sum() / size.sum() for name, values in figures.items()}
        apart = figures["obsada"] - figures["reference"]
        low, high = np.quantile(100 * apart[draw].sum(axis=1) / size[draw].sum(axis=1), (0.025, 0.975))
        print(f"{grain}: " + ", ".join(f"{name} {value:.2f}" for name, value in wape.items()))
        print(f"    obsada less reference {wape['obsada'] - wape['reference']:+.2f} points [{low:+.2f}, {high:+.2f}]")


if __name__ == "__main__":
    main()
