"""An OR-Tools CP-SAT model of a roster instance, of persons or of counts of alike ones.

A unit is one agent, or all the agents who are alike. Per unit and day there is a variable for each start and length;
breaks are implicit (Aykin 1996): a variable for each slot at which one may begin, tied to the starts whose window it
lies in. For one agent all are Boolean; rest and the order of breaks are cliques of which at most one holds, the weekly
rest is one gap chosen among the pairs of days, minutes and days are linear rows.

Counts know no persons. Per day and set of breaks, `S(t)` have begun their shift and `B(t)` their break by slot t, and
`S(t - latest) <= B(t) <= S(t - earliest)`, and `B'(t) <= B(t - length - between)` for the break after it: first come,
first to rest makes that exact. The week of a unit is an integer flow through states (time, days worked, minutes,
nights, weekly rest had); paths of the flow are the lines of its members.

Heads of a skill group are given to its queues in whole `parts` of a head; the price of short and over is exact to a
thousandth of a head or finer. Money is counted in units of 1 / `MONEY`.
"""
import threading, time
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from ortools.sat.python import cp_model

from roster_flow import SOURCE, Weeks, lines
from roster_instance import Shift

# Thousandths of a head, money's units, and how much longer than asked a solver may wait for a processor.
THOUSANDTHS, MONEY, PATIENCE = 1000, 10_000_000, 10


@dataclass
class Answer:
    """What a solve found; money in the currency, seconds of wall time."""

    status: str
    seconds: float
    cpu: float
    objective: float | None
    bound: float
    values: list | None
    shifts: list | None


def stop_after(solver, seconds, done):
    """Stops a solver after so many seconds, but not before it had as many of processor time: others may be at work."""
    began, cpu = time.perf_counter(), time.process_time()
    while not done.wait(0.1):
        wall, own = time.perf_counter() - began, time.process_time() - cpu
        if min(wall, own) >= seconds or wall >= PATIENCE * seconds:
            solver.stop_search()


class Chain:
    """How many of a total have come by each slot: steps of a count that never falls."""

    def __init__(self, slots, counts, total):
        self.slots, self.counts, self.total = slots, counts, total

    def by(self, slot):
        at = bisect_right(self.slots, slot)
        return 0 if at == 0 else self.counts[at - 1]


class Unit:
    def __init__(self, members):
        self.members, self.one = members, members[0]
        self.size = len(members)
        self.shifts = {}  # (day, start, slots) -> variable
        self.days = defaultdict(list)  # day -> its parts


class Day:
    """One agent's day: a literal per shift, and per break and slot at which it may begin."""

    def __init__(self, shifts, works):
        self.shifts, self.works, self.breaks = shifts, works, {}
        self.first, self.last = min(one.start for one, _ in shifts), max(one.end for one, _ in shifts)

    def present(self, slot):
        return [(shift, 1) for one, shift in self.shifts if one.start <= slot < one.end]

    def resting(self, slot, lengths):
        return [(literal, -1) for number, begins in self.breaks.items()
                for at, literal in begins if at <= slot < at + lengths[number]]


class Part:
    """The shifts of a unit of several on a day that have the same breaks; starts, ends and breaks as chains."""

    def __init__(self, shifts, starts, ends):
        self.shifts, self.starts, self.ends, self.breaks = shifts, starts, ends, {}
        self.first, self.last = starts.slots[0], ends.slots[-1]

    def present(self, slot):
        return [(self.starts.by(slot), 1), (self.ends.by(slot), -1)]

    def resting(self, slot, lengths):
        return [term for number, chain in self.breaks.items()
                for term in ((chain.by(slot), -1), (chain.by(slot - lengths[number]), 1))]


class Model:
    def __init__(self, instance, aggregated, parts):
        began = time.perf_counter()
        self.instance, self.parts = instance, parts
        self.model, self.costs, self.objective, self.constant = cp_model.CpModel(), [], [], 0
        alike = defaultdict(list)
        for agent in instance.agents:
            key = (agent.site, agent.contract.id, agent.cost, agent.group, str((agent.blocks, agent.weeks)))
            alike[key if aggregated and not agent.wishes else agent.id].append(agent)
        self.units = [Unit(members) for members in alike.values()]
        for unit in self.units:
            self.add_days(unit)
            if unit.size > 1:
                self.add_flow(unit)
            else:
                self.add_rules(unit)
                self.add_wishes(unit)
        self.add_seats()
        self.add_cover()
        self.model.minimize(cp_model.LinearExpr.weighted_sum(*zip(*self.costs)) + sum(self.objective) + self.constant)
        self.build_seconds = time.perf_counter() - began

    # Variables

    def count(self, unit):
        return self.model.new_bool_var("") if unit.size == 1 else self.model.new_int_var(0, unit.size, "")

    def cost(self, variable, money):
        if money and not isinstance(variable, int):
            self.costs.append((variable, round(money * MONEY)))

    # Days

    def add_days(self, unit):
        contract, of_day = unit.one.contract, defaultdict(list)
        for candidate in unit.one.candidates:
            variable = unit.shifts[candidate.day, candidate.start, candidate.slots] = self.count(unit)
            self.cost(variable, candidate.wage + candidate.premium)
            key = candidate.day, () if unit.size == 1 else tuple(contract.due(candidate.slots))
            of_day[key].append((candidate, variable))
        for (day, _), shifts in of_day.items():
            unit.days[day].append(self.add_day(unit, shifts) if unit.size == 1 else self.add_part(unit, shifts))

    def add_day(self, unit, shifts):
        contract, works = unit.one.contract, self.model.new_bool_var("")
        self.model.add_exactly_one([shift for _, shift in shifts] + [works.Not()])
        day, before = Day(shifts, works), None
        for number, rule in enumerate(contract.breaks):
            due = [(one, shift) for one, shift in shifts if number in contract.due(one.slots)]
            if due:
                begins = day.breaks[number] = self.add_begins(unit, rule, due, day)
                if before is not None:
                    gap = contract.breaks[before].slots + contract.between
                    self.exclude(day.breaks[before], begins, gap)
                before = number
        return day

    def add_begins(self, unit, rule, due, day):
        """A literal per slot at which a break may begin; exactly one holds if a shift is worked to which it is due."""
        window = range(rule.earliest, rule.latest + 1)
        slots = sorted({one.start + at for one, _ in due for at in window})
        begins = [(slot, self.model.new_bool_var("")) for slot in slots]
        literals = [literal for _, literal in begins]
        if len(due) == len(day.shifts):
            self.model.add_exactly_one(literals + [day.works.Not()])
        else:
            others = [shift for one, shift in day.shifts if all(one is not of for of, _ in due)]
            self.model.add_exactly_one(literals + others + [day.works.Not()])
        for slot, literal in begins:
            self.model.add_bool_or([shift for one, shift in due if slot - one.start in window] + [literal.Not()])
        if rule.kind == "unpaid":
            for slot, literal in begins:
                self.cost(literal, -self.saved(unit, rule, slot))
        return begins

    def exclude(self, first, second, gap):
        """The second begins at least `gap` after the first."""
        for slot, _ in second:
            late, early = [of for at, of in first if at + gap > slot], [of for at, of in second if at <= slot]
            if late:
                self.model.add_at_most_one(late + early)

    def saved(self, unit, rule, slot):
        """A meal is not paid: the premiums that its slots would have had."""
        return sum(self.instance.premium(unit.one, slot + at) for at in range(rule.slots))

    def add_part(self, unit, shifts):
        total = self.count(unit)
        part = Part(shifts, self.chain(unit, [(one.start, shift) for one, shift in shifts], total),
                    self.chain(unit, [(one.end, shift) for one, shift in shifts], total))
        before = None
        for number in unit.one.contract.due(shifts[0][0].slots):
            part.breaks[number] = self.add_chain_of_breaks(unit, part, number, before)
            before = number
        return part

    def chain(self, unit, events, total):
        """The running count of variables by their slots."""
        at = defaultdict(list)
        for slot, variable in events:
            at[slot].append(variable)
        slots, counts, last = sorted(at), [], 0
        for slot in slots:
            now = total if slot == slots[-1] else self.count(unit)
            self.model.add(sum(at[slot]) + last == now)
            counts.append(now)
            last = now
        return Chain(slots, counts, total)

    def add_chain_of_breaks(self, unit, part, number, before):
        contract, starts = unit.one.contract, part.starts
        rule = contract.breaks[number]
        slots = list(range(starts.slots[0] + rule.earliest, starts.slots[-1] + rule.latest + 1))
        chain = Chain(slots, [self.count(unit) for _ in slots[:-1]] + [starts.total], starts.total)
        last = 0
        for slot, now in zip(slots, chain.counts):
            self.model.add(now >= last)
            self.model.add(now <= starts.by(slot - rule.earliest))
            self.model.add(now >= starts.by(slot - rule.latest))
            if before is not None:
                self.model.add(now <= part.breaks[before].by(slot - contract.breaks[before].slots - contract.between))
            if rule.kind == "unpaid":
                self.cost(now, -self.saved(unit, rule, slot))
                self.cost(last, self.saved(unit, rule, slot))
            last = now
        return chain

    # The week of one agent

    def add_rules(self, unit):
        contract, days = unit.one.contract, sorted(unit.days)
        works = {day: unit.days[day][0].works for day in days}
        for first in days:
            for second in days:
                if first < second <= first + 2:
                    self.apart(unit, first, second, contract.daily_rest, [])
        for week, (least, most) in enumerate(unit.one.weeks):
            shifts = [(one, unit.shifts[one.day, one.start, one.slots])
                      for one in unit.one.candidates if one.day // 7 == week]
            self.model.add_linear_constraint(sum(one.paid * shift for one, shift in shifts), least, most)
            self.model.add(sum(works[day] for day in days if day // 7 == week) <= contract.most_days)
            nights = [shift for one, shift in shifts if one.night]
            if contract.most_nights < min(7, contract.most_days):
                self.model.add(sum(nights) <= contract.most_nights)
            self.add_weekly_rest(unit, week)
        span = contract.most_days_in_a_row + 1
        for first in range(len(self.instance.days) - span + 1):
            self.model.add(sum(works[day] for day in range(first, first + span) if day in works) < span)

    def apart(self, unit, first, second, rest, when):
        """If the literals of `when` hold, a shift of day `second` starts at least `rest` after one of `first` ends."""
        before, after = unit.days[first][0].shifts, unit.days[second][0].shifts
        for end in sorted({one.end for one, _ in before}):
            late = [shift for one, shift in before if one.end >= end]
            early = [shift for one, shift in after if one.start < end + rest]
            if early:
                self.at_most_one(late + early, when)

    def at_most_one(self, literals, when):
        if when:
            self.model.add(sum(literals) <= 1).only_enforce_if(when)
        else:
            self.model.add_at_most_one(literals)

    def add_weekly_rest(self, unit, week):
        """One of the gaps between a worked day and the next is long enough; the week's borders end gaps too."""
        start, end = self.instance.week_span(unit.one.site, week)
        # The last shift of the week before may reach into this one.
        days = [day for day in sorted(unit.days) if 7 * week - 1 <= day < 7 * week + 7]
        gaps = []
        for first in [None, *days]:
            for second in [*days, None]:
                if first is None or second is None or first < second:
                    gap = self.model.new_bool_var("")
                    gaps.append(gap)
                    self.bound_gap(unit, gap, (first, second), days, (start, end))
        self.model.add_bool_or(gaps)

    def bound_gap(self, unit, gap, between, days, week):
        (first, second), rest = between, unit.one.contract.weekly_rest
        for day in between:
            if day is not None:
                self.model.add_implication(gap, unit.days[day][0].works)
        for day in days:
            if (first is None or first < day) and (second is None or day < second):
                self.model.add_implication(gap, unit.days[day][0].works.Not())
        if first is not None and second is not None:
            self.apart(unit, first, second, rest, [gap])
        # The gap counts with its part within the week alone.
        early, late = week[0] + rest, week[1] - rest
        shifts = lambda day: unit.days[day][0].shifts if day is not None else []
        forbidden = [shift for one, shift in shifts(second) if one.start < early]
        forbidden += [shift for one, shift in shifts(first) if one.end > late]
        for shift in forbidden:
            self.model.add_implication(gap, shift.Not())

    def add_wishes(self, unit):
        for (start, until), kind, price in unit.one.wishes:
            meets = defaultdict(list)
            for one in unit.one.candidates:
                if one.start * self.instance.step < until and start < one.end * self.instance.step:
                    meets[one.day].append(unit.shifts[one.day, one.start, one.slots])
            refused = self.model.new_bool_var("")
            self.cost(refused, price)
            if kind == "off":
                for shifts in meets.values():
                    self.model.add(sum(shifts) <= refused)
            else:
                self.model.add_bool_or([refused] + [shift for shifts in meets.values() for shift in shifts])

    # The week of alike agents

    def add_flow(self, unit):
        """Members flow along the arcs of their weeks; those that leave a state by a shift are counted at it."""
        unit.arcs = Weeks(self.instance, unit.one).arcs
        unit.flows = [self.count(unit) for _ in unit.arcs]
        ins, outs, worked = defaultdict(list), defaultdict(list), defaultdict(list)
        for (start, end, shift), flow in zip(unit.arcs, unit.flows):
            ins[end].append(flow)
            outs[start].append(flow)
            if shift:
                worked[shift.day, shift.start, shift.slots].append(flow)
        for state, leaving in outs.items():
            self.model.add(sum(leaving) == (unit.size if state == SOURCE else sum(ins[state])))
        for key, variable in unit.shifts.items():
            self.model.add(sum(worked[key]) == variable)

    # Everybody

    def presence(self, unit, slot):
        """Terms (variable, factor) of how many of a unit are on shift, and of how many of them rest."""
        parts = [part for parts in unit.days.values() for part in parts if part.first <= slot < part.last]
        lengths = [rule.slots for rule in unit.one.contract.breaks]
        present = [term for part in parts for term in part.present(slot)]
        return self.terms(present), self.terms([term for part in parts for term in part.resting(slot, lengths)])

    @staticmethod
    def terms(terms):
        sums = {}
        for variable, factor in terms:
            if not isinstance(variable, int):
                known = sums.get(variable.index, (variable, 0))
                sums[variable.index] = variable, known[1] + factor
        return [(variable, factor) for variable, factor in sums.values() if factor]

    @staticmethod
    def linear(terms, factor=1):
        if not terms:
            return 0
        return cp_model.LinearExpr.weighted_sum([one for one, _ in terms], [factor * by for _, by in terms])

    def add_seats(self):
        for site, of in self.instance.sites.items():
            units = [unit for unit in self.units if unit.one.site == site]
            if "seats" not in of or sum(unit.size for unit in units) <= of["seats"]:
                continue
            span = [slot for unit in units for one in unit.one.candidates for slot in (one.start, one.end)]
            for slot in range(min(span), max(span)):
                present = [term for unit in units for term in self.presence(unit, slot)[0]]
                if present:
                    self.model.add(self.linear(present) <= of["seats"])

    def add_cover(self):
        instance, groups = self.instance, defaultdict(list)
        for unit in self.units:
            groups[unit.one.group].append(unit)
        every = [Fraction(speed).limit_denominator(1000) for group in groups for _, speed in group]
        self.fine = lcm(THOUSANDTHS // gcd(THOUSANDTHS, self.parts), *(speed.denominator for speed in every))
        for slot in instance.grid:
            served = defaultdict(list)
            for group, units in groups.items():
                self.share(group, units, slot, served)
            for queue in instance.queues:
                self.price_cover(queue, slot, served[queue])

    def share(self, group, units, slot, served):
        """The heads of a group at work in a slot, given to its queues."""
        parts = [self.presence(unit, slot) for unit in units]
        at_work = [term for present, resting in parts for term in self.terms(present + resting)]
        if not at_work or not group:
            return
        worth = [int(Fraction(speed).limit_denominator(1000) * self.fine) for _, speed in group]
        there, most = self.model.new_int_var(0, self.most(units), ""), self.parts * self.most(units)
        self.model.add(self.linear(at_work) == there)
        heads = self.parts * there
        flows = [self.model.new_int_var(0, most, "") for _ in group[1:]]
        if flows:
            self.model.add(sum(flows) <= heads)
        # What no other queue gets is the first one's: no row is an equation, so any shifts can be covered with.
        for (queue, _), flow, each in zip(group, [heads - sum(flows), *flows], worth):
            served[queue].append(each * flow)

    @staticmethod
    def most(units):
        return sum(unit.size for unit in units)

    def price_cover(self, queue, slot, served):
        one_head = self.parts * self.fine
        required = round(self.instance.required[queue][slot] * one_head)
        deep_price, short_price, over_price = (price / one_head for price in self.instance.prices[queue])
        deep = round(required * self.instance.deep_below)
        if not served:
            self.constant += round((deep * deep_price + (required - deep) * short_price) * MONEY)
            return
        # Over is what is served and short beyond the requirement, so it needs no variable of its own.
        below, near = self.model.new_int_var(0, deep, ""), self.model.new_int_var(0, required - deep, "")
        heads = sum(served)
        self.model.add(heads + below + near >= required)
        self.objective.append(round(over_price * MONEY) * (heads - required))
        self.cost(below, deep_price + over_price)
        self.cost(near, short_price + over_price)

    # Solving

    def sizes(self):
        proto = self.model.proto if hasattr(self.model, "proto") else self.model.Proto()
        return len(proto.variables), len(proto.constraints)

    def held_to(self, shifts):
        """A copy of the model in which a roster's shifts and breaks are fixed, as counts where a unit is several."""
        copy, of_agent = self.model.clone(), defaultdict(list)
        for shift in shifts:
            of_agent[shift.agent].append(shift)
        for unit in self.units:
            worked = [shift for agent in unit.members for shift in of_agent[agent.id]]
            count = Counter((shift.day, shift.start, shift.slots) for shift in worked)
            for key, variable in unit.shifts.items():
                copy.add(variable == count[key])
            due = unit.one.contract.due
            for day, parts in unit.days.items():
                taken = [(shift.slots, dict(zip(due(shift.slots), shift.breaks)))
                         for shift in worked if shift.day == day]
                for part in parts:
                    lengths = {one.slots for one, _ in part.shifts}
                    for number, begins in part.breaks.items():
                        at = [breaks[number] for slots, breaks in taken if slots in lengths and number in breaks]
                        for slot, variable in begins if isinstance(begins, list) else zip(begins.slots, begins.counts):
                            wanted = at.count(slot) if isinstance(begins, list) else sum(one <= slot for one in at)
                            copy.add(variable == wanted)
        return copy

    def any_legal(self):
        """A copy of the model that asks for any legal roster, whatever it costs."""
        copy = self.model.clone()
        copy.clear_objective()
        return copy

    def start_from(self, values):
        """Starts the search from the values that `answer` gave of all variables."""
        self.model.clear_hints()
        for index, value in enumerate(values):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def answer(self, model, seconds, workers, gap=0.0):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.relative_gap_limit = workers, gap
        # Probing takes most of the minute otherwise, and finds little.
        solver.parameters.cp_model_probing_level = 0
        began, cpu = time.perf_counter(), time.process_time()
        done = threading.Event()
        watch = threading.Thread(target=stop_after, args=(solver, max(seconds, 1.0), done))
        watch.start()
        status = solver.solve(model)
        done.set()
        watch.join()
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        values = list(solver.response_proto.solution) if found else None
        return Answer(
            status=solver.status_name(status), seconds=time.perf_counter() - began, cpu=time.process_time() - cpu,
            objective=solver.objective_value / MONEY if found else None, bound=solver.best_objective_bound / MONEY,
            values=values, shifts=self.roster(solver) if found else None,
        )

    def roster(self, solver):
        found = []
        for unit in self.units:
            breaks = self.breaks(unit, solver)
            for agent, line in zip(unit.members, self.lines(unit, solver), strict=True):
                for day, start, slots in line:
                    found.append(Shift(agent.id, day, start, slots, breaks[day, start, slots].pop()))
        return found

    @staticmethod
    def lines(unit, solver):
        """The shifts of each member."""
        if unit.size == 1:
            return [[key for key, variable in unit.shifts.items() if solver.value(variable)]]
        return lines(unit.arcs, [solver.value(flow) for flow in unit.flows], unit.size)

    def breaks(self, unit, solver):
        """Break starts for each shift worked: who starts first rests first."""
        given = defaultdict(list)
        for parts in unit.days.values():
            for part in parts:
                times = {number: self.times(begins, solver) for number, begins in part.breaks.items()}
                for candidate, variable in part.shifts:
                    for _ in range(solver.value(variable)):
                        due = unit.one.contract.due(candidate.slots)
                        taken = tuple(times[number].pop(0) for number in due)
                        given[candidate.day, candidate.start, candidate.slots].append(taken)
        return given

    @staticmethod
    def times(begins, solver):
        """The slots at which a break begins, in order, as often as it does."""
        if isinstance(begins, list):
            return [slot for slot, literal in begins if solver.value(literal)]
        counts = [0] + [solver.value(count) for count in begins.counts]
        return [slot for slot, last, now in zip(begins.slots, counts, counts[1:]) for _ in range(now - last)]
