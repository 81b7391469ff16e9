"""`python -m tests.faults --rounds 50 --database sqlite|postgres`: kill and check, and a table of what happened."""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys

from tests.faults.house import House
from tests.faults.rounds import Stage, play


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.faults")
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    options.add_argument("--workers", type=int, default=0, help="processes; 1 for sqlite, 2 for postgres")
    options.add_argument("--size", type=int, default=1, help="children of each worker process")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--log", action="store_true", help="show what the processes said")
    asked = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))  # what was started is stopped
    chance = random.Random(asked.seed)
    workers = asked.workers or (2 if asked.database == "postgres" else 1)
    outcomes = []
    with House(asked.database, workers, asked.size) as house:
        stage = Stage(house)
        print(f"round  took_s  after_s  killed  ({asked.database}, {workers} worker processes, seed {asked.seed})")
        for number in range(1, asked.rounds + 1):
            outcomes.append(play(stage, number, chance))
            print(outcomes[-1].line(), flush=True)
        if asked.log:
            print(house.log(), file=sys.stderr)
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    kills = sum(kill != "(no child)" for outcome in outcomes for kill in outcome.kills)
    after = sorted(outcome.after_s for outcome in outcomes)
    print(
        f"{len(outcomes)} rounds, {kills} kills, {len(wrong)} rounds with something wrong; "
        f"from the last kill to the end of all work: median {statistics.median(after):.1f} s, most {after[-1]:.1f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
