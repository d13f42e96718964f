#!/usr/bin/env python3
"""Obsada's roster against OR-Tools CP-SAT and pyworkforce, on the same instance in the same run.

    python3 benches/peers/roster_peers.py --obsada target/release/obsada --agents 12 [--alike] [--seconds 60]
    python3 benches/peers/roster_peers.py --obsada target/release/obsada --workspace DIR

The instance is what `obsada plan` leaves in OUT (requirement.csv) with the workspace's people, rules and prices. First
our roster.csv is priced by the peers' own model and reading of the rules: it must be legal and cost what summary.json
says, or the run ends there. `--alike` makes the agents of a contract alike but for two sets of skills, so that the
peer's aggregated form (counts, not persons) can show what it can do. Every peer's roster is checked against every
rule and priced by the same judge; `bound` is what its maker claims. CP-SAT runs in `--workers` threads. What it needs
to find its first legal roster counts, and so that a busy machine does not rob it, a second is one of its processor's.
A table in Markdown is printed; the rosters are written to `--rosters`.
"""
import argparse, csv, os, resource, subprocess, tempfile
from pathlib import Path

import throwaway

throwaway.environment("ortools", "pyworkforce")
import roster_judge as judge
import roster_pyworkforce as pyworkforce
from roster_cpsat import Model
from roster_instance import Instance

PEERS = ("cpsat", "from-ours", "aggregated", "pyworkforce")
HEADER = ("solver", "objective", "bound", "gap", "seconds", "x ours", "variables", "constraints", "build s", "remarks")
TWO_SETS = ("orders|billing|chat", "technical|second_tier|email")


def make_alike(folder):
    """Agents of a contract get one pay and one of two sets of skills; nobody is away, bound to hours or has wishes."""
    with open(folder / "agents.csv", newline="") as file:
        agents = list(csv.DictReader(file))
    cost = {agent["contract"]: agent["hourly_cost"] for agent in reversed(agents)}
    for number, agent in enumerate(agents):
        agent.update(hourly_cost=cost[agent["contract"]], skills=TWO_SETS[number % 2], level="regular", until="")
        agent["from"] = ""
    with open(folder / "agents.csv", "w", newline="") as file:
        out = csv.DictWriter(file, agents[0])
        out.writeheader()
        out.writerows(agents)
    for name in ("skills", "availability", "absences", "preferences"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text().splitlines()[0] + "\n")


def plan(args, folder):
    """The workspace and OUT: planned here unless --out names an earlier run's."""
    workspace, out = args.workspace or folder / f"{args.agents} agents", args.out or folder / "out"
    run = lambda *words: subprocess.run([args.obsada, *map(str, words), "--quiet"], check=True)
    if not args.workspace:
        run("init", workspace, "--agents", args.agents, "--seed", args.seed)
    if args.alike:
        make_alike(workspace)
    if not args.out:
        run("plan", workspace, "--out", out, "--threads", args.workers)
    return workspace, out


def same_instance(instance, out):
    """Our roster under the judge's rules and prices: legal, and as dear as summary.json says."""
    shifts, faults = judge.read(instance, out / "roster.csv")
    faults += judge.violations(instance, shifts)
    told, price = instance.summary["roster"], judge.price(instance, shifts)
    pairs = [(told["wages"], price.wages), (told["premiums"], price.premiums), (told["short_cost"], price.short),
             (told["over_cost"], price.over), (told["preference_cost"], price.preference)]
    if faults or any(abs(a - b) > 0.01 for a, b in pairs):
        raise SystemExit(f"not the same instance: {faults[:5]} {pairs}")
    print(f"our roster priced by the judge: {price.objective:.4f}, by summary.json: {told['objective']:.4f}")
    return shifts


class Table:
    def __init__(self, instance, args):
        self.instance, self.args, self.rows = instance, args, []
        stage = {stage["name"]: stage["seconds"] for stage in instance.run["stages"]}
        self.seconds = stage["roster"]
        told = instance.summary["roster"]
        self.add("obsada", told["objective"], told["bound"], self.seconds)

    def add(self, solver, objective, bound, seconds, sizes=("", ""), build=None, remarks=""):
        gap = f"{(objective - bound) / objective:.2%}" if objective and bound is not None else ""
        money = lambda amount: "" if amount is None else f"{amount:.1f}"
        build = "" if build is None else f"{build:.1f}"
        times = f"{seconds:.1f}", f"{seconds / self.seconds:.1f}"
        self.rows.append((solver, money(objective), money(bound), gap, *times, *map(str, sizes), build, remarks))
        print("   ", *self.rows[-1], sep=" | ", flush=True)

    def add_roster(self, solver, answers, model):
        """A peer's roster, priced and checked by the judge; the last of its answers counts, and the time of all."""
        if not answers:
            return
        answer, seconds = answers[-1], sum(one.seconds for one in answers)
        remarks, objective = f"{answer.status}, {sum(one.cpu for one in answers):.0f} s of processor", None
        if answer.shifts is not None:
            broken = judge.violations(self.instance, answer.shifts)
            objective = judge.price(self.instance, answer.shifts).objective
            remarks += f", {len(broken)} rules broken, its own objective {answer.objective:.1f}"
            if self.args.rosters:
                self.args.rosters.mkdir(parents=True, exist_ok=True)
                judge.write(self.instance, answer.shifts, self.args.rosters / f"{solver.replace(' ', '-')}.csv")
        self.add(solver, objective, answer.bound, seconds, model.sizes(), model.build_seconds, remarks)

    def print(self, name):
        instance = self.instance
        groups = len({agent.group for agent in instance.agents})
        shifts = sum(len(agent.candidates) for agent in instance.agents)
        print(f"\n{name}: {len(instance.agents)} agents, {groups} skill groups, {len(instance.queues)} queues, "
              f"{instance.weeks} week(s) of {instance.step} min, {shifts} legal shifts before breaks; "
              f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
        for row in (HEADER, ["---"] * len(HEADER), *self.rows):
            print("| " + " | ".join(row) + " |")


def search(model, seconds, workers):
    """Any legal roster first, since CP-SAT looks long for one while it minds the cost; then better ones from there."""
    answers = [model.answer(model.any_legal(), seconds, workers)]
    if answers[0].values is not None:
        model.start_from(answers[0].values)
        spent = min(answers[0].seconds, answers[0].cpu)
        answers.append(model.answer(model.model, seconds - spent, workers))
    return answers


def held(model, ours, seconds, workers):
    """The values of all variables at our roster, which the model must allow; nothing if time runs out first."""
    # Sharing heads among queues is all that is left to decide, and CP-SAT is slow to settle the last per mille of it.
    answer = model.answer(model.held_to(ours), seconds, workers, gap=0.005)
    if answer.status == "INFEASIBLE":
        raise SystemExit("CP-SAT's model forbids our roster: not the same instance")
    told = f"{answer.objective:.1f}, " if answer.values is not None else ""
    print(f"our roster held in CP-SAT's model: {told}{answer.status} in {answer.seconds:.0f} s", flush=True)
    return answer.values


def from_ours(model, values, seconds, workers):
    """The search from our roster's values; nothing where they are not known."""
    if values is None:
        return []
    model.start_from(values)
    return [model.answer(model.model, seconds, workers)]


def run_cpsat(table, instance, ours, args, seconds):
    """The model of persons: from nothing, and from our roster."""
    model = Model(instance, False, args.parts)
    values = held(model, ours, seconds, args.workers)
    if "cpsat" in args.peers:
        table.add_roster("CP-SAT", search(model, seconds, args.workers), model)
    if "from-ours" in args.peers:
        table.add_roster("CP-SAT from our roster", from_ours(model, values, seconds, args.workers), model)


def run_aggregated(table, instance, ours, args, seconds):
    """The model of counts: the same two searches."""
    model = Model(instance, True, args.parts)
    values = held(model, ours, seconds, args.workers)
    table.add_roster(f"CP-SAT, {len(model.units)} units", search(model, seconds, args.workers), model)
    if "from-ours" in args.peers:
        answers = from_ours(model, values, seconds, args.workers)
        table.add_roster(f"CP-SAT, {len(model.units)} units, from our roster", answers, model)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--obsada", default="obsada", help="the binary")
    ask.add_argument("--workspace", type=Path, help="a workspace of one's own; not with --alike")
    ask.add_argument("--out", type=Path, help="the OUT folder of an earlier plan of the workspace")
    ask.add_argument("--agents", type=int, default=12, help="of a generated workspace")
    ask.add_argument("--seed", type=int, default=1, help="of a generated workspace")
    ask.add_argument("--alike", action="store_true")
    ask.add_argument("--seconds", type=float, help="per peer; by default 10 times ours and at least 60")
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--parts", type=int, default=20, help="parts of a head that CP-SAT may send to a queue")
    ask.add_argument("--peers", type=lambda text: text.split(","), default=PEERS, help=",".join(PEERS))
    ask.add_argument("--rosters", type=Path, help="where to write the peers' rosters")
    args = ask.parse_args()
    if args.alike and args.workspace:
        ask.error("--alike changes a generated workspace: give --agents")
    with tempfile.TemporaryDirectory() as name:
        workspace, out = plan(args, Path(name))
        instance = Instance(workspace, out)
        ours = same_instance(instance, out)
        table = Table(instance, args)
        seconds = args.seconds or max(60.0, 10 * table.seconds)
        if "pyworkforce" in args.peers:
            pyworkforce.run(table, instance, ours, seconds, args.workers)
        if "aggregated" in args.peers and args.alike:
            run_aggregated(table, instance, ours, args, seconds)
        if {"cpsat", "from-ours"} & set(args.peers):
            run_cpsat(table, instance, ours, args, seconds)
        table.print(workspace.name + (", alike" if args.alike else ""))
        print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB")


if __name__ == "__main__":
    main()
