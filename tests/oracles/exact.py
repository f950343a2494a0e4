"""Exact values of queueing theory, each from its closed form or from the balance equations of its chain (numpy).

Rates per second: `lam` arrivals, `mu` ends of talks per agent, `theta` patience; `a` = lam / mu is the load in Erlang.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

import numpy as np


def erlang_b(servers: int, a: float) -> float:
    """Erlang 1917: which part of the calls finds all servers busy, if nobody waits."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = a * blocked / (n + a * blocked)
    return blocked


def erlang_c(servers: int, a: float) -> float:
    """Which part waits, if everybody does."""
    blocked = erlang_b(servers, a)
    return blocked / (1 - a / servers * (1 - blocked))


def mean_wait(servers: int, lam: float, mu: float) -> float:
    """M/M/c: the mean wait of all, in seconds."""
    return erlang_c(servers, lam / mu) / (servers * mu - lam)


def birth_death(up: Callable[[int], float], down: Callable[[int], float], states: int) -> np.ndarray:
    """The stationary distribution of a chain that moves by one."""
    logs = [0.0]
    for n in range(states - 1):
        logs.append(logs[-1] + math.log(up(n)) - math.log(down(n + 1)))
    weights = np.exp(np.array(logs) - max(logs))
    return np.asarray(weights / weights.sum())


def erlang_a(servers: int, lam: float, mu: float, theta: float) -> float:
    """M/M/c+M (Palm 1946): which part gives up."""

    def down(n: int) -> float:
        return min(n, servers) * mu + max(0, n - servers) * theta

    chance = birth_death(lambda n: lam, down, servers + 400)
    waiting = sum(chance[n] * (n - servers) for n in range(servers, len(chance)))
    return float(theta * waiting / lam)


def finite_source(servers: int, sources: int, lam: float, mu: float, room: int) -> tuple[float, float]:
    """`sources` citizens, each coming back `lam` after she left; at most `room` of them inside.

    Returns which part of the arrivals finds all servers busy, and the mean wait of those who are let in. `room` =
    `servers` is Engset 1918: who finds them busy goes away; `room` = `sources` is the machine repair model.
    """
    chance = birth_death(lambda n: (sources - n) * lam, lambda n: min(n, servers) * mu, room + 1)
    rates = np.array([(sources - n) * lam for n in range(room + 1)]) * chance
    accepted = rates[:room].sum() if room < sources else rates.sum()
    waiting = sum(chance[n] * (n - servers) for n in range(servers, room + 1))
    return float(rates[servers:].sum() / rates.sum()), float(waiting / accepted)


def cobham(servers: int, lams: tuple[float, ...], mu: float) -> tuple[float, ...]:
    """Cobham 1954: the mean wait of each priority, M/M/c, nobody interrupted."""
    total = sum(lams)
    busy = erlang_c(servers, total / mu) / (servers * mu)
    waits, before = [], 0.0
    for lam in lams:
        after = before + lam / (servers * mu)
        waits.append(busy / ((1 - before) * (1 - after)))
        before = after
    return tuple(waits)


def stationary(start: Hashable, moves: Callable[[Hashable], dict[Hashable, float]]) -> dict[Hashable, float]:
    """The stationary distribution of any finite chain: states found from `start`, balance equations solved."""
    index: dict[Hashable, int] = {start: 0}
    found, entries = [start], []
    for state in found:
        for target, rate in moves(state).items():
            if target not in index:
                index[target] = len(found)
                found.append(target)
            entries.append((index[state], index[target], rate))
    rates = np.zeros((len(found), len(found)))
    for here, there, rate in entries:
        rates[here, there] += rate
    balance = rates.T - np.diag(rates.sum(axis=1))
    balance[-1] = 1.0
    right = np.zeros(len(found))
    right[-1] = 1.0
    return dict(zip(found, np.linalg.solve(balance, right), strict=True))
