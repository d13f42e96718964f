"""The weeks that agents who are alike may work, as a network: each path from its source is one agent's legal week.

A state is (first slot from which a shift may start, days worked, paid minutes, nights, whether the week's rest was
had). What a shift leaves behind is either the daily rest or, once, the weekly one; so the last shift's end need not be
kept. Shifts of one week only.
"""
from bisect import bisect_left
from collections import defaultdict, deque

SOURCE = ("source",)


class Weeks:
    """`arcs` are (state, state, shift or nothing), those alone that lie on the path of a legal week."""

    def __init__(self, instance, agent):
        assert instance.weeks == 1, "counts of alike agents are modelled for one week"
        self.contract, (self.least, self.most) = agent.contract, agent.weeks[0]
        assert self.contract.most_days <= self.contract.most_days_in_a_row
        self.start, self.end = instance.week_span(agent.site, 0)
        self.by_start = defaultdict(list)
        for one in agent.candidates:
            self.by_start[one.start].append(one)
        self.slots = sorted(self.by_start)
        self.first_of = {}
        for slot in self.slots:
            self.first_of.setdefault(self.by_start[slot][0].day, slot)
        self.longest = max((one.paid for one in agent.candidates), default=0)
        self.arcs = self.leading_home(self.reached())

    def reached(self):
        """All arcs from states that some week's beginning leads to."""
        arcs = [(SOURCE, state, None) for state in (
            self.state(self.start, 0, 0, 0, False), self.state(self.start + self.contract.weekly_rest, 0, 0, 0, True))]
        known, waiting = {state for _, state, _ in arcs}, deque(state for _, state, _ in arcs)
        while waiting:
            state = waiting.popleft()
            for following, shift in self.leave(state):
                arcs.append((state, following, shift))
                if following not in known:
                    known.add(following)
                    waiting.append(following)
        return arcs

    def state(self, free, days, minutes, nights, rested):
        """The state of the first start at or after `free`, or of the week's end."""
        at = bisect_left(self.slots, free)
        return self.slots[at] if at < len(self.slots) else None, days, minutes, nights, rested

    def leave(self, state):
        """The states that follow one, each with the shift that leads there: none begins now, or one does."""
        slot, days, minutes, nights, rested = state
        if slot is None:
            return
        yield self.state(slot + 1, days, minutes, nights, rested), None
        for one in self.by_start[slot] if days < self.contract.most_days else []:
            paid, dark = minutes + one.paid, nights + self.counts_as_night(one)
            left = self.contract.most_days - days - 1
            if paid > self.most or paid + left * self.longest < self.least or dark > self.contract.most_nights:
                continue
            tomorrow = min((at for day, at in self.first_of.items() if day > one.day), default=self.end)
            done = days + 1, paid, dark
            yield self.state(max(one.end + self.contract.daily_rest, tomorrow), *done, rested), one
            if not rested and one.end + self.contract.weekly_rest <= self.end:
                yield self.state(max(one.end + self.contract.weekly_rest, tomorrow), *done, True), one

    def counts_as_night(self, one):
        """Nights are counted where the days do not limit them already."""
        return one.night and self.contract.most_nights < self.contract.most_days

    def is_legal_end(self, state):
        slot, _, minutes, _, rested = state
        return slot is None and self.least <= minutes <= self.most and rested

    def leading_home(self, arcs):
        """The arcs from which a legal end of the week is reached."""
        into = defaultdict(list)
        for start, end, _ in arcs:
            into[end].append(start)
        alive = {end for end in into if self.is_legal_end(end)}
        waiting = deque(alive)
        while waiting:
            for start in into[waiting.popleft()]:
                if start not in alive:
                    alive.add(start)
                    waiting.append(start)
        return [arc for arc in arcs if arc[1] in alive]


def lines(arcs, counts, size):
    """A flow of a size taken apart into one list of shifts per member."""
    leaves = defaultdict(list)
    for (start, end, shift), count in zip(arcs, counts):
        leaves[start] += [(end, shift)] * count
    for _ in range(size):
        line, state = [], SOURCE
        while state == SOURCE or state[0] is not None:
            state, shift = leaves[state].pop()
            line += [(shift.day, shift.start, shift.slots)] if shift else []
        yield line
