"""Two skills, the N-model: everybody takes plain calls, only some the special ones; against its exact Markov chain.

One office. A special call asks for a skill that two of four agents have and has an appointment, so it goes before the
plain ones. A plain call is offered to agents without the skill first: the router keeps the rarer ones free. Both kinds
give up at a rate, so that the chain is small: (busy plain, busy skilled, waiting plain, waiting special).
"""

from __future__ import annotations

import random
from collections.abc import Hashable
from functools import partial

from lisa_core.domain.model.directory import Agent, Office, Rules, Service
from lisa_core.domain.model.ids import AgentId, CallId, ServiceId, TenantId
from lisa_core.domain.routing import events as e
from lisa_core.exchange.wording import Command
from tests.oracles import exact
from tests.oracles.test_models import CALLS, MU, RUNS, inside
from tests.oracles.traffic import OFFICE, Hall, S, Visit, landkreis

PLAIN, SKILLED = 2, 2
LAM_PLAIN, LAM_SPECIAL, THETA = 2.4 * MU, 1.4 * MU, 0.6 * MU
DEEP = 18
SPECIAL = ServiceId("special")
NEVER_LESS = Rules(place_us=3_600 * S, relax_us=1_000_000 * S)


def moves(state: Hashable) -> dict[Hashable, float]:
    """Where the chain goes from here, and how fast."""
    assert isinstance(state, tuple)
    plain, skilled, queue, special = state
    found: dict[Hashable, float] = {}
    if plain < PLAIN:
        found[plain + 1, skilled, queue, special] = LAM_PLAIN
    elif skilled < SKILLED:
        found[plain, skilled + 1, queue, special] = LAM_PLAIN
    elif queue < DEEP:
        found[plain, skilled, queue + 1, special] = LAM_PLAIN
    if skilled < SKILLED:
        found[plain, skilled + 1, queue, special] = found.get((plain, skilled + 1, queue, special), 0.0) + LAM_SPECIAL
    elif special < DEEP:
        found[plain, skilled, queue, special + 1] = LAM_SPECIAL
    if plain:
        after = (plain, skilled, queue - 1, special) if queue else (plain - 1, skilled, queue, special)
        found[after] = found.get(after, 0.0) + plain * MU
    if skilled:
        if special:
            after = (plain, skilled, queue, special - 1)
        else:
            after = (plain, skilled, queue - 1, special) if queue else (plain, skilled - 1, queue, special)
        found[after] = found.get(after, 0.0) + skilled * MU
    if queue:
        after = (plain, skilled, queue - 1, special)
        found[after] = found.get(after, 0.0) + queue * THETA
    if special:
        after = (plain, skilled, queue, special - 1)
        found[after] = found.get(after, 0.0) + special * THETA
    return found


def test_n_model_is_its_markov_chain() -> None:
    chance = exact.stationary((0, 0, 0, 0), moves)
    gone_plain = sum(p * state[2] for state, p in chance.items() if isinstance(state, tuple)) * THETA / LAM_PLAIN
    gone_special = sum(p * state[3] for state, p in chance.items() if isinstance(state, tuple)) * THETA / LAM_SPECIAL
    runs = [simulate(seed) for seed in range(100, 100 + RUNS)]
    assert inside(gone_plain, [plain for plain, _ in runs])
    assert inside(gone_special, [special for _, special in runs])


def simulate(seed: int) -> tuple[float, float]:
    """Which part of the plain and of the special calls gives up."""
    rng, now, found, special = random.Random(seed), 0.0, [], set()
    for _ in range(CALLS):
        now += rng.expovariate(LAM_PLAIN + LAM_SPECIAL)
        visit = Visit(round(now * S), round(rng.expovariate(MU) * S) + 1, round(rng.expovariate(THETA) * S) + 1)
        found.append(visit)
        if rng.random() < LAM_SPECIAL / (LAM_PLAIN + LAM_SPECIAL):
            special.add(id(visit))
    people = [Agent(AgentId(f"p{n}"), "P", OFFICE) for n in range(PLAIN)]
    people += [Agent(AgentId(f"s{n}"), "S", OFFICE, {"special": 1}) for n in range(SKILLED)]
    service = Service(SPECIAL, "Special", OFFICE, skill="special", level=1)
    known = landkreis([Office(OFFICE, "LISA-Team", TenantId("lk"), True)], people, 200, [service])
    Hall(known, NEVER_LESS, arrive=partial(arrive, special)).run(found)
    settled = found[len(found) // 5 :]
    return part_left([v for v in settled if id(v) not in special]), part_left([v for v in settled if id(v) in special])


def part_left(visits: list[Visit]) -> float:
    return sum(visit.left for visit in visits) / len(visits)


def arrive(special: set[int], here: Hall, visit: Visit, call: CallId) -> list[Command]:
    """A special call is an appointment for the service that asks for the skill."""
    if id(visit) not in special:
        return here.place(visit, call)
    here.router.handle(e.CivilSet("2025-09-22T10:00"), here.now_us)
    here.router.handle(e.AppointmentMade(call, visit.site, OFFICE, "2025-09-22T10:10", SPECIAL), here.now_us)
    said = here.place(visit, call)
    here.router.handle(e.AppointmentCancelled(call), here.now_us)
    return said
