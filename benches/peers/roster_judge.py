"""Reads, writes, checks and prices a roster by the plain definition of each rule, ours and the peers' alike.

Prices are exact: who of those at work serves which queue in an interval is a linear program, solved by GLOP of
OR-Tools. So a roster's price depends on its shifts and breaks alone, not on how its maker shared people out.
"""
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ortools.linear_solver import pywraplp

from roster_instance import Shift, clock, instant, rows

COLUMNS = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked".split(",")
ACTIVITY = {"paid": "break", "unpaid": "meal"}


@dataclass
class Price:
    wages: float
    premiums: float
    short: float
    over: float
    preference: float

    @property
    def objective(self):
        return self.wages + self.premiums + self.short + self.over + self.preference


def read(instance, path):
    """The shifts of a roster.csv, and what of it is no shift of the agent's contract."""
    agents, pieces = {agent.id: agent for agent in instance.agents}, defaultdict(list)
    for row in rows(path):
        span = [int(instant(row[key]).timestamp()) // 60 // instance.step for key in ("start", "end")]
        pieces[row["shift_id"]].append((*span, row["activity"], row))
    shifts, faults = [], []
    for name, of_shift in pieces.items():
        of_shift.sort(key=lambda piece: piece[:2])
        row, start, end = of_shift[0][3], of_shift[0][0], of_shift[-1][1]
        agent = agents[row["agent"]]
        breaks = [piece for piece in of_shift if piece[2] != "work"]
        rules = [agent.contract.breaks[number] for number in agent.contract.due(end - start)]
        if any(a[1] != b[0] for a, b in zip(of_shift, of_shift[1:])):
            faults.append(f"{name}: gaps between its pieces")
        if [(piece[2], piece[1] - piece[0]) for piece in breaks] != [(ACTIVITY[r.kind], r.slots) for r in rules]:
            faults.append(f"{name}: other breaks than its contract's")
        day = [str(day) for day in instance.days].index(row["date"])
        shifts.append(Shift(agent.id, day, start, end - start, tuple(piece[0] for piece in breaks)))
    return shifts, faults


def write(instance, shifts, path):
    """A roster.csv in the columns of ours; `queues` names all that the agent may take."""
    agents = {agent.id: agent for agent in instance.agents}
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        for shift in sorted(shifts, key=lambda shift: (shift.agent, shift.start)):
            agent, day = agents[shift.agent], instance.days[shift.day]
            zone = ZoneInfo(instance.sites[agent.site]["timezone"])
            for start, end, kind in pieces_of(agent, shift):
                minutes = (end - start) * instance.step
                out.writerow({
                    "agent": agent.id, "shift_id": f"{agent.id}-{day}", "site": agent.site, "date": day,
                    "activity": ACTIVITY.get(kind, "work"),
                    "queues": "" if kind else "|".join(queue for queue, _ in agent.group),
                    "start": clock(start * instance.step, zone).isoformat(),
                    "end": clock(end * instance.step, zone).isoformat(),
                    "paid_minutes": 0 if kind == "unpaid" else minutes, "status": "draft", "locked": "false",
                })


def pieces_of(agent, shift):
    at = shift.start
    for number, start in zip(agent.contract.due(shift.slots), shift.breaks, strict=True):
        rule = agent.contract.breaks[number]
        if at < start:
            yield at, start, None
        yield start, start + rule.slots, rule.kind
        at = start + rule.slots
    if at < shift.end:
        yield at, shift.end, None


def violations(instance, shifts):
    """Every rule broken, in words."""
    by_agent, broken = defaultdict(list), []
    for shift in sorted(shifts, key=lambda shift: shift.start):
        by_agent[shift.agent].append(shift)
    for agent in instance.agents:
        line = by_agent[agent.id]
        broken += [f"{agent.id}: {fault}" for fault in line_faults(instance, agent, line)]
    return broken + seat_faults(instance, by_agent)


def line_faults(instance, agent, line):
    contract = agent.contract
    legal = {(one.day, one.start, one.slots): one for one in agent.candidates}
    for shift in line:
        if (shift.day, shift.start, shift.slots) not in legal:
            yield f"may not work from slot {shift.start} for {shift.slots} on day {shift.day}"
            return
        yield from break_faults(contract, shift)
    if len({shift.day for shift in line}) < len(line):
        yield "two shifts on a day"
    for first, second in zip(line, line[1:]):
        if second.start - first.end < contract.daily_rest:
            yield f"too little rest after day {first.day}"
    days, run = {shift.day for shift in line}, 0
    for day in range(len(instance.days)):
        run = run + 1 if day in days else 0
        if run == contract.most_days_in_a_row + 1:
            yield "too many days in a row"
    for week, (least, most) in enumerate(agent.weeks):
        of_week = [shift for shift in line if shift.day // 7 == week]
        worked = [legal[shift.day, shift.start, shift.slots] for shift in of_week]
        if not least <= sum(one.paid for one in worked) <= most:
            yield f"{sum(one.paid for one in worked)} paid minutes, not {least} to {most}"
        if len(of_week) > contract.most_days:
            yield "too many days in a week"
        if sum(one.night for one in worked) > contract.most_nights:
            yield "too many nights"
        if longest_rest(instance, agent, line, week) < contract.weekly_rest:
            yield "no weekly rest"


def break_faults(contract, shift):
    taken = [(contract.breaks[number], start) for number, start in zip(contract.due(shift.slots), shift.breaks)]
    if any(not rule.earliest <= start - shift.start <= rule.latest for rule, start in taken):
        yield f"a break of day {shift.day} outside its window"
    for (rule, start), (_, following) in zip(taken, taken[1:]):
        if following - start - rule.slots < contract.between:
            yield f"breaks of day {shift.day} too close"


def longest_rest(instance, agent, line, week):
    at, until = instance.week_span(agent.site, week)
    longest = 0
    for shift in line:
        longest = max(longest, min(shift.start, until) - at)
        at = max(at, shift.end)
    return max(longest, until - at)


def seat_faults(instance, by_agent):
    present = defaultdict(Counter)
    for agent in instance.agents:
        for shift in by_agent[agent.id]:
            present[agent.site].update(range(shift.start, shift.end))
    for site, of in instance.sites.items():
        most = max(present[site].values(), default=0)
        if most > of.get("seats", most):
            return [f"{site}: {most} present, {of['seats']} seats"]
    return []


def heads(instance, shifts):
    """Agents at work by slot of the grid and group."""
    agents, at_work = {agent.id: agent for agent in instance.agents}, defaultdict(Counter)
    for shift in shifts:
        agent = agents[shift.agent]
        for start, end, kind in pieces_of(agent, shift):
            if not kind:
                for slot in range(max(start, instance.grid[0]), min(end, instance.grid[-1] + 1)):
                    at_work[slot][agent.group] += 1
    return at_work


def price(instance, shifts):
    agents = {agent.id: agent for agent in instance.agents}
    wages = premiums = 0.0
    for shift in shifts:
        agent = agents[shift.agent]
        wages += agent.cost * (shift.slots - agent.contract.unpaid(shift.slots)) * instance.step / 60
        premiums += sum(instance.premium(agent, slot) for start, end, kind in pieces_of(agent, shift)
                        if kind != "unpaid" for slot in range(start, end))
    return Price(wages, premiums, *cover(instance, heads(instance, shifts)), refused(instance, shifts))


def refused(instance, shifts):
    spans = defaultdict(list)
    for shift in shifts:
        spans[shift.agent].append((shift.start * instance.step, shift.end * instance.step))
    total = 0.0
    for agent in instance.agents:
        for (start, until), kind, amount in agent.wishes:
            met = any(first < until and start < last for first, last in spans[agent.id])
            total += amount if met == (kind == "off") else 0.0
    return total


def cover(instance, at_work):
    """The least cost of being short and of being over that these heads allow: a linear program over all intervals."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    costs = []
    for slot in instance.grid:
        served = defaultdict(list)
        for group, count in at_work[slot].items():
            flows = [solver.NumVar(0, count, "") for _ in group]
            if flows:
                solver.Add(sum(flows) == count)
            for flow, (queue, speed) in zip(flows, group):
                served[queue].append(flow * speed)
        for queue in instance.queues:
            required, (deep, short, over) = instance.required[queue][slot], instance.prices[queue]
            if required == 0 and queue not in served:
                continue
            below = solver.NumVar(0, required * instance.deep_below, "")
            near = solver.NumVar(0, required * (1 - instance.deep_below), "")
            beyond = solver.NumVar(0, solver.infinity(), "")
            solver.Add(sum(served[queue]) + below + near - beyond == required)
            costs.append((deep * below + short * near, over * beyond))
    solver.Minimize(sum(a + b for a, b in costs))
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return sum(a.solution_value() for a, _ in costs), sum(b.solution_value() for _, b in costs)
