"""The parts of `make test-long`: what, about how long on two quiet cores, and where it stands.

Every test is in exactly one part: what no part names is in the one that names nothing. A whole file, a folder or one
test can be named. None may take longer than `MOST_S`; one that does stops there, and the next call goes on with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_S = 3600.0


@dataclass(frozen=True)
class Part:
    """`takes` are files, folders or the beginnings of node ids; with `mutants`, names of what mutmut changes instead.

    `spread`: its tests need nothing of each other and nothing that is dear to make, so workers share them one by one.
    """

    name: str
    what: str
    minutes: int
    takes: tuple[str, ...] = ()
    mutants: str = ""
    spread: bool = False


PARTS = (
    Part("everything", "all that no other part takes, with full seeds", 20),
    Part("fuzz", "a million generated inputs, shared among the decoders", 35, ("tests/fuzz",), spread=True),
    Part("interrupts", "250 runs, ended at random moments", 30, ("tests/system/test_interrupts.py",), spread=True),
    Part(
        "held-up", "all features, four times, stopped for seconds", 40, ("tests/system/test_held_up.py",), spread=True
    ),
    Part(
        "soak",
        "2,000 visits; heartbeats that fail to come",
        15,
        ("tests/system/test_flat.py", "tests/system/test_half_open.py"),
    ),
    Part("attacks", "1,000 generated messages at each door of running programs", 30, ("tests/attack",)),
    Part(
        "lives",
        "random lives of visit, routing and house; queueing theory",
        30,
        ("tests/house", "tests/routing", "tests/visit", "tests/oracles"),
    ),
    Part("opposites", "each sentence against its planted opposite, on emulated devices", 15, ("tests/opposites",)),
    Part(
        "faults",
        "every fault in every phase of a visit, alone and at emulated devices",
        40,
        ("tests/faults",),
        spread=True,
    ),
    Part("stores", "kill -9 at every commit, every damaged byte", 30, ("tests/store",)),
    Part("takeovers", "550 exchanges killed and 28 cut off, each succeeded by another", 40, ("tests/standby",)),
    Part("simulation", "10,000 days with faults", 30, ("tests/simulation",)),
    Part(
        "versions",
        "lowest and newest dependencies on each Python that is here",
        20,
        ("tests/packaging/test_versions.py",),
    ),
    Part(
        "container",
        "the steps of the Containerfile in a Debian of their own",
        15,
        ("tests/packaging/test_container.py",),
    ),
    Part(
        "laboratory",
        "whole classes at strangers' devices, from the wheel to a bundle; a shared laboratory",
        45,
        ("tests/lab",),
        spread=True,
    ),
    Part(
        "load",
        "200 booths and 100 desks at work: half an hour on a folder, ten minutes on PostgreSQL",
        50,
        ("tests/load",),
    ),
    Part("mutation-visit", "domain.visit changed in every place", 20, mutants="lisa_core.domain.visit.*"),
    Part("mutation-routing", "domain.routing changed in every place", 40, mutants="lisa_core.domain.routing.*"),
)


def chosen(words: Sequence[str], parts: Sequence[Part]) -> list[Part]:
    """Those with these names or numbers, all for none; raises KeyError for what is neither."""
    known = {part.name: part for part in parts} | {str(number): part for number, part in enumerate(parts, 1)}
    return [known[word] for word in words] if words else list(parts)


def left_out(part: Part, parts: Sequence[Part]) -> list[str]:
    """What other parts take of what this one would find."""
    return [] if part.takes else [taken for other in parts if other is not part for taken in other.takes]
