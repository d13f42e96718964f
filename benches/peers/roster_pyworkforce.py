"""What pyworkforce can say of a roster instance, and what its answers are worth.

Its schedulers know one queue, shifts as fixed patterns of one day, whole agents, and counts without persons: the
requirements of all queues are added up and rounded up as if everybody could take everything, breaks lie in the middle
of their windows, shifts past midnight of the plan's clock are left out, and nothing says how many people and days
there are. `MinRequiredResources` may not be short at all.

`MinHoursRoster` gives names to counts of shifts, for the people of one contract at a time. It takes least hours (the
same for all, in whole hours), days off, banned shifts and forbidden successions; it has no most hours, weekly rest,
nights, seats, costs per person, breaks or queues, and it cannot leave a count unmet. Successions are left out: in
0.5.1 a shift that forbids two or more successors may not be worked at all, its row adds up all of them.
"""
import time
from collections import Counter, defaultdict
from math import ceil

from pyworkforce.rostering import MinHoursRoster
from pyworkforce.scheduling import MinAbsDifference, MinRequiredResources

import roster_judge as judge
from roster_instance import Shift


def middle_breaks(contract, start, slots):
    """Break starts in the middle of their windows, as far apart as the contract asks."""
    taken, free = [], start
    for number in contract.due(slots):
        rule = contract.breaks[number]
        at = min(max(start + (rule.earliest + rule.latest) // 2, free), start + rule.latest)
        taken.append(at)
        free = at + rule.slots + contract.between
    return tuple(taken)


def patterns(instance):
    """Shifts within the plan's first day by contract, start and length, as periods worked."""
    day = len(instance.grid) // len(instance.days)
    found = {}
    for agent in instance.agents:
        for one in agent.candidates:
            start = (one.start - instance.grid[0]) % day
            key = agent.site, agent.contract.id, start, one.slots
            if start + one.slots <= day and key not in found:
                shift = Shift(agent.id, 0, start, one.slots, middle_breaks(agent.contract, start, one.slots))
                works = [0] * day
                for first, last, kind in judge.pieces_of(agent, shift):
                    if not kind:
                        works[first:last] = [1] * (last - first)
                found[key] = works, agent.contract, one.paid
    return found


def run(table, instance, ours, seconds, workers):
    shifts = patterns(instance)
    days, day = len(instance.days), len(instance.grid) // len(instance.days)
    total = [ceil(sum(instance.required[queue][slot] for queue in instance.queues) - 1e-9) for slot in instance.grid]
    names = {"|".join(map(str, key)): key for key in shifts}
    asked = dict(
        num_days=days, periods=day, shifts_coverage={name: shifts[key][0] for name, key in names.items()},
        required_resources=[total[at * day : (at + 1) * day] for at in range(days)],
        max_period_concurrency=max(len(instance.agents), max(total)) * 2, max_shift_concurrency=max(total) + 1,
        max_search_time=float(seconds), num_search_workers=workers,
    )
    mean = defaultdict(list)
    for agent in instance.agents:
        mean[agent.site, agent.contract.id].append(agent.cost)
    wage = {name: sum(mean[key[:2]]) / len(mean[key[:2]]) * shifts[key][2] / 60 for name, key in names.items()}
    for made in (MinAbsDifference, MinRequiredResources):
        extra = {"cost_dict": {name: round(100 * wage[name]) for name in names}} if made is MinRequiredResources else {}
        began = time.perf_counter()
        answer = made(**asked, **extra).solve()
        took = time.perf_counter() - began
        counted(table, instance, made.__name__, answer, shifts, names, wage, took)
    name_givers(table, instance, ours, seconds, workers)


def counted(table, instance, name, answer, shifts, names, wage, took):
    """Counts are no roster: they are priced as if any of as many people as needed could take any queue."""
    day, at_work, worked, wages = len(instance.grid) // len(instance.days), defaultdict(Counter), 0, 0.0
    everything = tuple((queue, 1.0) for queue in instance.queues)
    for row in answer["resources_shifts"]:
        if row["resources"] > 0:
            worked += row["resources"]
            wages += wage[row["shift"]] * row["resources"]
            for at, works in enumerate(shifts[names[row["shift"]]][0]):
                at_work[instance.grid[0] + row["day"] * day + at][everything] += works * row["resources"]
    remarks = answer["status"]
    objective = None
    if worked:
        owed = sum(round(min(agent.contract.most_days, 7) * agent.weeks[0][0] / max(agent.contract.minutes[0], 1))
                   for agent in instance.agents)
        objective = wages + sum(judge.cover(instance, at_work))
        remarks += f"; no roster: {worked} shifts where these people have about {owed}, all able to take every queue"
    table.add(f"pyworkforce {name}", objective, None, took, remarks=remarks)


def name_givers(table, instance, ours, seconds, workers):
    """`MinHoursRoster` per contract on the counts of our own roster, breaks in the middle of their windows."""
    agents, began = {agent.id: agent for agent in instance.agents}, time.perf_counter()
    whole = lambda agent: agent.weeks[0] == agent.contract.minutes
    counts, found, statuses = defaultdict(Counter), [], Counter()
    day = len(instance.grid) // len(instance.days)
    for shift in ours:
        agent = agents[shift.agent]
        if whole(agent):
            counts[agent.site, agent.contract.id][shift.start - shift.day * day, shift.slots, shift.day] += 1
    for (site, contract), of_days in counts.items():
        alike = lambda agent: (agent.site, agent.contract.id) == (site, contract) and whole(agent)
        people = [agent for agent in instance.agents if alike(agent)]
        answer = give_names(instance, people, of_days, seconds, workers)
        statuses[answer["status"]] += 1
        for row in answer["resource_shifts"] if answer["total_resources"] else []:
            start, slots = map(int, row["shift"].split("|"))
            at = start + row["day"] * day
            taken = middle_breaks(people[0].contract, at, slots)
            found.append(Shift(row["resource"], row["day"], at, slots, taken))
    took = time.perf_counter() - began
    # The people it cannot express keep our shifts, so that the sum is of everybody.
    found += [shift for shift in ours if not whole(agents[shift.agent])]
    remarks = "our own counts per contract, day and shift: " + ", ".join(
        f"{count} contracts {status}" for status, count in statuses.items())
    objective = None
    if statuses.keys() <= {"OPTIMAL", "FEASIBLE"}:
        broken = judge.violations(instance, found)
        objective = judge.price(instance, found).objective
        remarks += f"; {len(broken)} rules broken ({', '.join(sorted({one.split(': ')[1] for one in broken})[:3])})"
    table.add("pyworkforce MinHoursRoster", objective, None, took, remarks=remarks)


def give_names(instance, people, of_days, seconds, workers):
    contract, day = people[0].contract, len(instance.grid) // len(instance.days)
    kinds = sorted({key[:2] for key in of_days})
    name = lambda kind: f"{kind[0]}|{kind[1]}"
    paid = {kind: (kind[1] - contract.unpaid(kind[1])) * instance.step // 60 for kind in kinds}
    legal = {agent.id: {(one.start - one.day * day, one.slots, one.day) for one in agent.candidates}
             for agent in people}
    days = range(len(instance.days))
    banned = [{"resource": agent.id, "shift": name(kind), "day": at}
              for agent in people for kind in kinds for at in days if (*kind, at) not in legal[agent.id]]
    return MinHoursRoster(
        num_days=len(days), resources=[agent.id for agent in people], shifts=[name(kind) for kind in kinds],
        shifts_hours=[paid[kind] for kind in kinds], min_working_hours=contract.minutes[0] // 60, banned_shifts=banned,
        max_resting=len(days), required_resources={name(kind): [of_days[(*kind, at)] for at in days] for kind in kinds},
        max_search_time=float(seconds), num_search_workers=workers,
    ).solve()
