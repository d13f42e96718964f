#!/usr/bin/env python3
"""Contact records of a large centre, one row a contact, for measuring how fast they are counted.

    python3 benches/contact_records.py calls.parquet --rows 100000000
    /usr/bin/time -v obsada import calls.parquet --to CENTRE --timezone Europe/Warsaw --agents-from-records

The ending of the name says what is written: .parquet, in row groups of a million, or .csv. Contacts come in the order of their
arrivals over two years, open from 07:00 to 21:00 UTC on weekdays, to 20 queues; one in twelve gives up. Needs polars (any of 2025 or later).
"""
import argparse
from datetime import datetime, timezone

import polars as pl

QUEUES, AGENTS, OPEN_DAYS, OPENS, OPEN_S = 20, 3000, 522, 7 * 3600, 14 * 3600


def uniform(seed):
    """A number from 0 to 1 of each row's own."""
    return (pl.col("row").hash(seed=seed) // 2**11).cast(pl.Float64) / 2**53


def contacts(rows):
    """One row a contact, in the order of arrivals."""
    second = pl.col("row").cast(pl.Int64) * OPEN_DAYS * OPEN_S // rows
    # Weeks of five days: the sixth and seventh have none.
    day = second // OPEN_S // 5 * 7 + second // OPEN_S % 5
    arrival = int(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp()) + day * 86_400 + OPENS + second % OPEN_S
    gives_up = uniform(1) < 1 / 12
    queue = (uniform(2).pow(2) * QUEUES).cast(pl.Int64)
    wait = (-30 * (1 - uniform(3)).log()).round(0).cast(pl.Int32)
    handled = (-240 * (1 - uniform(4)).log() + 20).round(0).cast(pl.Int32)
    agent = (queue * (AGENTS // QUEUES) + (uniform(5) * AGENTS // QUEUES).cast(pl.Int64)).cast(pl.String)
    return pl.LazyFrame({"row": pl.int_range(rows, dtype=pl.UInt32, eager=True)}).select(
        pl.concat_str(pl.lit("queue "), queue).alias("queue"),
        (arrival * 1_000_000).cast(pl.Datetime("us", "UTC")).alias("arrival"),
        wait.alias("wait_s"),
        pl.when(gives_up).then(None).otherwise(handled).alias("handle_time_s"),
        pl.when(gives_up).then(pl.lit("abandoned")).otherwise(pl.lit("answered")).alias("outcome"),
        pl.when(gives_up).then(None).otherwise(pl.concat_str(pl.lit("agent "), agent)).alias("agent"),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    frame = contacts(options.rows)
    if options.file.endswith(".csv"):
        frame.sink_csv(options.file, datetime_format="%Y-%m-%dT%H:%M:%SZ")
    else:
        frame.sink_parquet(options.file, row_group_size=1_000_000)


main()
