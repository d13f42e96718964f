#!/usr/bin/env python3
"""The public holidays of all countries and their subdivisions, 1995 to 2035, from the Python package `holidays`.

    python3 src/public_holidays/make.py

Writes days.csv.gz and LICENSE.holidays next to itself, the same bytes each time. Takes the pinned version from PyPI.

days.csv.gz is UTF-8 text in gzip, lines end with LF, fields are separated by `;`, which no field contains; nothing is
quoted. The first line is the header `code;name;days`. The others are sorted by code, then by name, as strings of
code points. Their fields:

    code  `CC` (ISO 3166-1 alpha-2; and XK) for a whole country, `CC-SUB` for a subdivision. SUB is what ISO 3166-2 has
          after the hyphen, but for some places that only the package knows (`DE-Augsburg`, `CH-Stadt Zurich`), which
          may have spaces and letters outside ASCII. `DE-BY-CATHOLIC`, `DE-SN-CATHOLIC` and `DE-TH-CATHOLIC` are the
          places in Bavaria, Saxony and Thuringia that also keep the Catholic day of the state. The country of a code
          is what precedes its first hyphen.
    name  In English. Empty in exactly one line per code, its first: there, days are the years the package knows for
          the code, as `FIRST-LAST`. Outside them nothing is known; inside them, a date without a line is no holiday.
          A code without that line does not exist. A subdivision has no other line if its days are those of the country.
          A name that starts with `-` takes days away: the subdivision lacks what the country has by the name after `-`.
    days  Groups `MMDD:YEARS`, separated by a space, sorted by MMDD. YEARS is separated by commas and sorted; each is
          `YYYY` or `YYYY-YYYY` (both included), and has `~` at its end if the dates are estimated: computed from the
          moon, and not confirmed by anyone the package trusts. So `0320:2026,2029-2030~` are 20 March 2026, and, by
          estimate, 20 March 2029 and 2030. A name taken away has no `~`.

The days of a country are its lines. Those of a subdivision are the lines of its country, less each date of a line
`-NAME` from the line NAME, and then its own lines. A date may have several names, and may lose one and get another.

Only days of the package's category `public` are here (no half days, bank holidays, optional days), weekends among them,
and days off in lieu as days of their own: `Boxing Day (observed)`, `Day off (substituted from 10/10/2026)`, month first.
Days in lieu or off that governments announce each year (Belarus, China, Russia) are in it as far as they were announced,
and Ukraine has no days from March 2022 on, under martial law. `~` is on Islamic and Hindu days, past ones too where
nobody confirmed them; on days of the Chinese and other calendars only where the package itself says so.
"""
import gzip, io, sys
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "benches" / "peers"))
import throwaway

VERSION = "0.109"
throwaway.environment(f"holidays=={VERSION}")
import holidays
from holidays.groups import HinduCalendarHolidays

# The package knows which Hindu days are estimates, but most countries do not show it.
HinduCalendarHolidays.__init__.__kwdefaults__["show_estimated"] = True

FIRST, LAST = 1995, 2035
NOTES = {" (estimated)": "", " (observed, estimated)": " (observed)"}
CATHOLIC_PLACES = ("BY", "SN", "TH")


def days(country, subdivision=None, categories=("public",)):
    """Of each date and name, whether it is an estimate."""
    shown = {option: True for option in country.get_supported_options() if option.endswith("show_estimated")}
    span = range(FIRST, LAST + 1)
    known = country(years=span, subdiv=subdivision, language="en_US", categories=categories, **shown)
    found = {}
    for date in known:
        for name in known.get_list(date):
            note = next((note for note in NOTES if name.endswith(note)), None)
            if note:
                name = name.removesuffix(note) + NOTES[note]
            assert "estimated" not in name and ";" not in name and name == name.strip() and name[0] != "-", name
            found[date, name] = found.get((date, name), True) and note is not None
    return found


def years(first, last, estimated):
    return (f"{first}-{last}" if last > first else f"{first}") + "~" * estimated


def groups(dates):
    """`MMDD:YEARS` of the dates, each with whether it is an estimate."""
    runs = defaultdict(list)
    for date, estimated in sorted(dates):
        run = runs[f"{date:%m%d}"]
        if run and run[-1][1:] == [date.year - 1, estimated]:
            run[-1][1] = date.year
        else:
            run.append([date.year, date.year, estimated])
    return " ".join(f"{day}:" + ",".join(years(*run) for run in found) for day, found in sorted(runs.items()))


def lines(code, country, here, there):
    """The lines of a code that has the days `here`; `there` are those that its country gives it."""
    named = defaultdict(list)
    for (date, name), estimated in here.items() - there.items():
        named[name].append((date, estimated))
    for (date, name), _ in there.items() - here.items():
        named["-" + name].append((date, False))
    yield code, "", f"{max(FIRST, country.start_year)}-{min(LAST, country.end_year)}"
    for name, dates in named.items():
        yield code, name, groups(dates)


def table():
    for code in holidays.list_supported_countries(include_aliases=False):
        country = getattr(holidays, code)
        whole = days(country)
        yield from lines(code, country, whole, {})
        for subdivision in country.subdivisions:
            yield from lines(f"{code}-{subdivision}", country, days(country, subdivision), whole)
        if code == "DE":
            for land in CATHOLIC_PLACES:
                catholic = days(country, land, ("public", "catholic"))
                yield from lines(f"{code}-{land}-CATHOLIC", country, catholic, whole)


rows = sorted(table())
text = "".join(";".join(row) + "\n" for row in [("code", "name", "days"), *rows]).encode()
packed = io.BytesIO()
with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
    file.write(text)
(HERE / "days.csv.gz").write_bytes(packed.getvalue())

licence = next(path for path in distribution("holidays").files if path.name == "LICENSE")
(HERE / "LICENSE.holidays").write_text(
    f"days.csv.gz is made from the Python package `holidays`, version {VERSION}, by the Vacanza Team:\n"
    f"https://pypi.org/project/holidays/{VERSION}/ and https://github.com/vacanza/holidays/tree/v{VERSION}\n"
    "(the file CONTRIBUTORS that is named below is there). Its licence, MIT:\n\n" + licence.read_text()
)
codes = {row[0] for row in rows}
print(f"{len(codes)} codes, {len(rows)} lines, {len(text)} bytes, {len(packed.getvalue())} in gzip")
