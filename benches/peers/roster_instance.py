"""A roster instance as `obsada plan` saw it: a workspace and its OUT folder, read by the words of docs/workspace.md.

Time is counted in slots of the plan's interval since 1970. A shift is (day, start, slots) with its breaks' first slots.
Rules that the generated workspaces do not use are refused by name rather than left out in silence.
"""
import csv, json, tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import ceil
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REFUSED = ("min_consecutive_days", "min_days_off_in_a_row", "max_weekends", "max_sundays_in_a_row",
           "rotation", "max_start_spread_minutes", "forbidden_successions")
# What a pack of labour law fills in if the contract leaves it unsaid; free Sundays besides, which bind no plan of three weeks.
FILLED = ("max_hours_per_week", "daily_rest_hours", "weekly_rest_hours", "max_consecutive_days", "max_days_per_week", "breaks")
MOVABLE = ("email", "backoffice", "callback")


def rows(path):
    if not path.exists():
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def minute_of(text, empty):
    return int(text[:2]) * 60 + int(text[3:5]) if text else empty


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def wall(day, minute, zone):
    """The minute since 1970 at which a zone's clock shows a minute of a date, 1440 being the next midnight."""
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return int(local.replace(tzinfo=zone).timestamp()) // 60


def clock(minute, zone):
    return datetime.fromtimestamp(minute * 60, zone)


def cut(span, within):
    return max(span[0], within[0]), min(span[1], within[1])


def complement(spans, within):
    free, at = [], within[0]
    for start, end in sorted(cut(span, within) for span in spans):
        if end > start:
            if at < start:
                free.append((at, start))
            at = max(at, end)
    return free + [(at, within[1])] * (at < within[1])


def covered(spans, within):
    return within[1] - within[0] - sum(end - start for start, end in complement(spans, within))


def in_window(minute, window):
    start, end = window
    return start <= minute < end if start < end else minute >= start or minute < end


def clock_range(text):
    start, end = text.split("-")
    return minute_of(start, 0), minute_of(end, 1440)


@dataclass(frozen=True)
class Break:
    kind: str
    slots: int
    from_slots: int
    earliest: int
    latest: int


@dataclass
class Contract:
    """Rules of a contract; lengths and rests in slots, pay in minutes."""

    id: str
    lengths: list
    starts: list
    breaks: list
    between: int
    daily_rest: int
    weekly_rest: int
    most_days_in_a_row: int
    most_days: int
    minutes: tuple
    nights: tuple | None
    most_nights: int
    premiums: list

    def due(self, slots):
        return [number for number, rule in enumerate(self.breaks) if slots >= rule.from_slots]

    def unpaid(self, slots):
        return sum(self.breaks[number].slots for number in self.due(slots) if self.breaks[number].kind == "unpaid")


@dataclass(frozen=True)
class Candidate:
    """A start and length that an agent may work on a day of the plan, breaks not yet placed; money in the currency."""

    day: int
    start: int
    slots: int
    paid: int
    night: bool
    wage: float
    premium: float

    @property
    def end(self):
        return self.start + self.slots


@dataclass
class Agent:
    id: str
    site: str
    contract: Contract
    cost: float
    group: tuple
    blocks: list
    weeks: list
    wishes: list
    candidates: list = field(default_factory=list)


@dataclass
class Shift:
    agent: str
    day: int
    start: int
    slots: int
    breaks: tuple

    @property
    def end(self):
        return self.start + self.slots


class Instance:
    def __init__(self, workspace, out):
        self.text = tomllib.loads((workspace / "workspace.toml").read_text())
        self.summary = json.loads((out / "summary.json").read_text())
        self.run = json.loads((out / "run.json").read_text())
        effective, plan = self.run["effective"], self.text["plan"]
        self.step, self.zone = plan["interval_minutes"], ZoneInfo(plan["timezone"])
        self.as_of = int(instant(effective["as_of"]).timestamp()) // 60
        self.first, self.weeks = date.fromisoformat(effective["start"]), effective["weeks"]
        self.days = [self.first + timedelta(days=day) for day in range(7 * self.weeks)]
        self.queues = [queue["id"] for queue in self.text["queue"]]
        self.read_cover(rows(out / "requirement.csv"))
        self.sites = {site["id"]: site for site in self.text["site"]}
        self.contracts = {contract["id"]: self.contract(contract) for contract in self.text["contract"]}
        self.read_agents(workspace)
        for agent in self.agents:
            agent.candidates = self.candidates(agent)

    # Cover

    def read_cover(self, required):
        self.required = {queue: {} for queue in self.queues}
        for row in required:
            slot = int(instant(row["start"]).timestamp()) // 60 // self.step
            self.required[row["queue"]][slot] = float(row["agents_scheduled"])
        slots = sorted(self.required[self.queues[0]])
        self.grid = range(slots[0], slots[-1] + 1)
        objective = {"short_per_hour": 60, "deep_short_per_hour": 120, "deep_short_below": 0.8, "over_per_hour": 4,
                     "preference": 15} | self.text.get("objective", {})
        self.deep_below, self.preference = objective["deep_short_below"], objective["preference"]
        hours, self.prices = self.step / 60, {}
        for queue in self.text["queue"]:
            share = 0.5 if queue["channel"] in MOVABLE else 1.0
            rank = 1 + 1e-6 * max(1000 - queue.get("priority", 1), 0)
            short = objective["short_per_hour"] * hours * share * rank
            deep = short if share < 1 else max(objective["deep_short_per_hour"] * hours * rank, short)
            self.prices[queue["id"]] = (deep, short, objective["over_per_hour"] * hours * share)

    # Rules

    def slots(self, minutes):
        assert minutes % self.step == 0, f"{minutes} minutes are no multiple of the interval"
        return minutes // self.step

    def contract(self, text):
        refused = [key for key in REFUSED if key in text]
        if "labour" in text:
            refused += [f"`labour` without `{key}`" for key in FILLED if key not in text]
            refused += ["`labour` in plans of more than three weeks"] * (self.text["plan"].get("weeks", 1) > 3)
        if refused:
            raise SystemExit(f"contract `{text['id']}`: the peers' models do not express {', '.join(refused)}")
        breaks = [
            Break(rule["kind"], self.slots(rule["minutes"]), self.slots(rule.get("from_length_minutes", 0)),
                  self.slots(rule["earliest_minutes"]), self.slots(rule["latest_minutes"]))
            for rule in text.get("breaks", [])
        ]
        assert all(a.from_slots <= b.from_slots for a, b in zip(breaks, breaks[1:])), "breaks by rising from_length"
        starts = {minute for window in text["starts"] for minute in range(
            minute_of(window["from"], 0), minute_of(window["until"], 0) + 1, window["step_minutes"])}
        nights = text.get("nights")
        return Contract(
            id=text["id"], lengths=sorted(self.slots(length) for length in text["shift_lengths_minutes"]),
            starts=sorted(starts), breaks=breaks, between=-(-text.get("min_between_breaks_minutes", 0) // self.step),
            daily_rest=ceil(text["daily_rest_hours"] * 60 / self.step),
            weekly_rest=ceil(text["weekly_rest_hours"] * 60 / self.step),
            most_days_in_a_row=text["max_consecutive_days"], most_days=text["max_days_per_week"],
            minutes=(round(60 * text["min_hours_per_week"]), round(60 * text["max_hours_per_week"])),
            nights=(minute_of(nights["from"], 0), minute_of(nights["until"], 0)) if nights else None,
            most_nights=nights["max_per_week"] if nights else 7, premiums=text.get("premiums", []),
        )

    # People

    def read_agents(self, workspace):
        names = {"agents": "agents.csv"} | self.text.get("files", {})
        table = lambda name: rows(workspace / names.get(name, f"{name}.csv"))
        of = {name: defaultdict(list) for name in ("skills", "availability", "absences", "preferences")}
        for name, by_agent in of.items():
            for row in table(name):
                by_agent[row["agent"]].append(row)
        self.agents = []
        for row in table("agents"):
            employed = (date.fromisoformat(row.get("from") or "0001-01-01"),
                        date.fromisoformat(row.get("until") or "9998-01-01"))
            if any(employed[0] <= day <= employed[1] for day in self.days):
                known = {name: by_agent[row["agent"]] for name, by_agent in of.items()}
                self.agents.append(self.agent(row, employed, **known))

    def agent(self, row, employed, skills, availability, absences, preferences):
        site, contract = self.sites[row["site"]], self.contracts[row["contract"]]
        zone = ZoneInfo(site["timezone"])
        last = self.days[-1]
        horizon = wall(self.first, 0, zone), wall(last + timedelta(days=1), 1440, zone)
        absences = [(self.absence(absence, zone), absence["kind"]) for absence in absences
                    if not absence.get("known_from")
                    or instant(absence["known_from"]).timestamp() // 60 <= self.as_of]
        absences = sorted(absence for absence in absences if cut(absence[0], horizon)[0] < cut(absence[0], horizon)[1])
        blocks = [span for span, _ in absences] + self.unavailable(availability, horizon, zone)
        blocks += [(horizon[0], wall(employed[0], 0, zone))] if employed[0] > self.first else []
        blocks += [(wall(employed[1], 1440, zone), horizon[1])] if employed[1] < last else []
        blocks += self.closed(site, horizon, zone)
        blocks = [span for span in (cut(span, horizon) for span in blocks) if span[0] < span[1]]
        wishes = []
        for day in self.days:
            for wish in self.on(preferences, day, zone):
                if complement(blocks, wish[0]):
                    wishes.append((wish[0], wish[1]["kind"], self.preference * float(wish[1]["weight"])))
        group = self.group(row, employed, skills)
        weeks = [self.week(contract, employed, absences, days, zone) for days in
                 (self.days[at : at + 7] for at in range(0, len(self.days), 7))]
        return Agent(row["agent"], row["site"], contract, float(row["hourly_cost"]), group, blocks, weeks, wishes)

    @staticmethod
    def absence(row, zone):
        point = lambda text, minute: (wall(date.fromisoformat(text), minute, zone) if len(text) == 10
                                      else int(instant(text).timestamp()) // 60)
        return point(row["start"], 0), point(row["end"], 1440)

    @staticmethod
    def on(table, day, zone):
        """The rows of a table that speak of a date, each with its span."""
        for row in table:
            if row["day"] in (DAYS[day.weekday()], day.isoformat()):
                start, end = minute_of(row.get("from"), 0), minute_of(row.get("until"), 1440)
                span = wall(day, start, zone), wall(day + timedelta(days=end <= start), end, zone)
                if span[0] < span[1]:
                    yield span, row

    def unavailable(self, table, horizon, zone):
        days = [self.first - timedelta(days=1), *self.days, self.days[-1] + timedelta(days=1)]
        spans = lambda kind: [span for day in days for span, row in self.on(table, day, zone) if row["kind"] == kind]
        only = any(row["kind"] == "available" for row in table)
        return spans("unavailable") + (complement(spans("available"), horizon) if only else [])

    def closed(self, site, horizon, zone):
        if site.get("closed"):
            return [horizon]
        opened, hours = [], site.get("hours", {"daily": "00:00-24:00"})
        for day in [*self.days, self.days[-1] + timedelta(days=1)]:
            for key, text in hours.items():
                first, _, last = key.partition("-")
                among = DAYS if key == "daily" else DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
                if DAYS[day.weekday()] in among:
                    for part in text if isinstance(text, list) else text.split(","):
                        start, end = clock_range(part.strip())
                        opened.append((wall(day, start, zone), wall(day + timedelta(days=end <= start), end, zone)))
        return complement(opened, horizon)

    def group(self, row, employed, skills):
        """The queues that an agent may take with the speed on each: agents equal in this share a group."""
        first, last = max(self.first, employed[0]), min(self.days[-1], employed[1])
        holds = lambda skill: ((skill.get("from") or "0001-01-01") <= first.isoformat()
                               and last.isoformat() <= (skill.get("until") or "9998-01-01"))
        held = {skill: (1.0, None) for skill in row["skills"].split("|")
                if skill and not any(of["skill"] == skill for of in skills)}
        for skill in filter(holds, skills):
            at_once = skill.get("concurrency")
            held[skill["skill"]] = float(skill["speed"] or 1), float(at_once) if at_once else None
        able = []
        for queue in self.text["queue"]:
            needed = queue.get("skills", [])
            if all(skill in held for skill in needed):
                speed = min((held[skill][0] for skill in needed), default=1.0)
                own = [held[skill][1] for skill in needed if held[skill][1]]
                chats = min(own) / queue.get("concurrency", 1) if own and queue["channel"] == "chat" else 1.0
                able.append((queue["id"], speed * chats))
        return tuple(able)

    def week(self, contract, employed, absences, days, zone):
        """Least and most paid minutes of a week, less what absences are credited."""
        days = [day for day in days if employed[0] <= day <= employed[1]]
        least, most = contract.minutes[0] * len(days) // 7, -(-contract.minutes[1] * len(days) // 7)
        credits = {kind["id"]: kind.get("credited_minutes_per_day", 0) for kind in self.text.get("absence_kind", [])}
        credit = 0.0
        for day in days:
            whole, spans, counted = (wall(day, 0, zone), wall(day, 1440, zone)), [], 0
            for span, kind in absences:
                spans.append(span)
                now = covered(spans, whole)
                credit += (now - counted) / (whole[1] - whole[0]) * credits.get(kind, 0)
                counted = now
        credit = min(int(credit + 0.5), least)
        if len(days) == 7 and credit == 0:
            return least, most
        paid = [(slots - contract.unpaid(slots)) * self.step for slots in contract.lengths]
        totals = {0}
        for _ in range(min(contract.most_days, 7 - 7 // (contract.most_days_in_a_row + 1), len(days))):
            totals |= {total + minutes for total in totals for minutes in paid}
        least, most = least - credit, most - credit
        if not any(least <= total <= most for total in totals):
            least = max((total for total in totals if total < least), default=0)
        return least, most

    # Shifts

    @cached_property
    def wall_clock(self):
        """What each site's clock shows, by site and minute: filled as it is asked."""
        return {site: {} for site in self.sites}

    def shows(self, site, minute):
        known = self.wall_clock[site]
        if minute not in known:
            local = clock(minute, ZoneInfo(self.sites[site]["timezone"]))
            known[minute] = local.hour * 60 + local.minute, local.date()
        return known[minute]

    @cached_property
    def holidays(self):
        return {site: {str(day["date"]) for day in self.text.get("holiday", []) if site in day.get("sites", [])}
                for site in self.sites}

    @cached_property
    def premium_cache(self):
        return {}

    def premium_hours(self, site, contract, slot):
        """Premiums of a paid slot as a tuple of hours by premium of the contract."""
        key = site, contract.id, slot
        if key not in self.premium_cache:
            due = [0] * len(contract.premiums)
            for minute in range(slot * self.step, (slot + 1) * self.step):
                at, day = self.shows(site, minute)
                for number, premium in enumerate(contract.premiums):
                    due[number] += ("clock" in premium and in_window(at, clock_range(premium["clock"]))
                                    or premium.get("weekday") == DAYS[day.weekday()]
                                    or bool(premium.get("holiday")) and str(day) in self.holidays[site])
            self.premium_cache[key] = tuple(minutes / 60 for minutes in due)
        return self.premium_cache[key]

    def premium(self, agent, slot):
        """Premiums of an agent in a slot that is paid."""
        hours = self.premium_hours(agent.site, agent.contract, slot)
        rates = (round(agent.cost * premium["share"], 6) for premium in agent.contract.premiums)
        return sum(rate * share for rate, share in zip(rates, hours) if share)

    def candidates(self, agent):
        """The contract's shifts at the agent's site that no blocked time touches, at the agent's pay."""
        key = agent.site, agent.contract.id
        if key not in self.shift_cache:
            self.shift_cache[key] = list(self.shifts_of(agent.site, agent.contract))
        rates = [round(agent.cost * premium["share"], 6) for premium in agent.contract.premiums]
        found = []
        for day, start, slots, paid, night, hours in self.shift_cache[key]:
            span = start * self.step, (start + slots) * self.step
            if not any(span[0] < until and at < span[1] for at, until in agent.blocks):
                premium = sum(rate * due for rate, due in zip(rates, hours))
                found.append(Candidate(day, start, slots, paid, night, agent.cost * paid / 60, premium))
        return found

    @cached_property
    def shift_cache(self):
        return {}

    def shifts_of(self, site, contract):
        """Day, start, slots, paid minutes, night or not, and hours of each premium were all of it paid."""
        zone = ZoneInfo(self.sites[site]["timezone"])
        is_night = lambda slot: contract.nights is not None and any(
            in_window(self.shows(site, minute)[0], contract.nights)
            for minute in range(slot * self.step, (slot + 1) * self.step))
        for day, day_of in enumerate(self.days):
            for minute in contract.starts:
                at = wall(day_of, minute, zone)
                if self.shows(site, at) != (minute, day_of) or at % self.step:
                    continue
                start = at // self.step
                for slots in contract.lengths:
                    span = range(start, start + slots)
                    paid = (slots - contract.unpaid(slots)) * self.step
                    due = [self.premium_hours(site, contract, slot) for slot in span]
                    hours = [sum(of) for of in zip(*due)]
                    yield day, start, slots, paid, any(is_night(slot) for slot in span), hours

    def week_span(self, site, week):
        """A rule week at a site, in slots."""
        zone = ZoneInfo(self.sites[site]["timezone"])
        first = self.first + timedelta(days=7 * week)
        return wall(first, 0, zone) // self.step, wall(first + timedelta(days=7), 0, zone) // self.step
