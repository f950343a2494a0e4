"""`python -m tests.fuzz [EDGE [SEED NUMBER]]`: one input again, or many of one edge or all, with counts."""

from __future__ import annotations

import sys
import time

from tests.fuzz.campaign import Campaign, described, shrunk
from tests.fuzz.edge import Watch, input_of, outcome_of
from tests.fuzz.table import EDGES


def main(arguments: list[str]) -> int:
    """Exit code 1 when something was found."""
    known = {edge.name: edge for edge in EDGES}
    if len(arguments) == 3:
        edge, seed, number = known[arguments[0]], int(arguments[1]), int(arguments[2])
        with Watch():
            data = input_of(edge, seed, number)
            outcome = outcome_of(edge, data, seed, number)
            short = shrunk(edge, data, seed, number, outcome.kind) if outcome.fault else data
        print(described(edge, seed, number, short, outcome.fault or outcome.said))
        return bool(outcome.fault)
    found = 0
    for edge in [known[arguments[0]]] if arguments else EDGES:
        began_s, count = time.process_time(), int(arguments[1]) if len(arguments) > 1 else edge.share
        campaign = Campaign(seed=1)
        campaign.run(edge, count)
        rate = campaign.number / max(time.process_time() - began_s, 1e-9)
        print(f"{edge.name}: {campaign.number} inputs, {rate:.0f}/s, {dict(campaign.said)}, {campaign.digest[:16]}")
        print(*campaign.faults.values(), sep="\n", flush=True)
        found += len(campaign.faults)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
