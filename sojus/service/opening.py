"""A service over a folder, a database or memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sojus.service.directory import Directory
from sojus.service.hand import AtOnce, Hear
from sojus.service.service import Service
from sojus.store.clerk import Clerk
from sojus.store.entries import Rules
from sojus.store.kept import KeptPlacements
from sojus.store.memory import MemoryActs
from sojus.store.opening import open_placements


def open_service(
    where: str | Path, rules: Rules, now: Callable[[], datetime], directory: Directory | None = None
) -> Service:
    """As a portal's process: with a clerk, who does the acts and brings what is due. Raises `LisaError`."""
    kept = open_placements(where, rules, now())
    return Service(kept, now, directory or Directory(), lambda heard: Clerk(kept, now, heard))


def in_memory(
    rules: Rules, now: Callable[[], datetime], directory: Directory | None = None, log: MemoryActs | None = None
) -> tuple[Service, AtOnce]:
    """For scenarios: every act is done before it returns; what is due comes by `elapse` of the hand. Several services
    on one `log` are as several processes; each hears of the others by `listen` of its hand."""
    kept = KeptPlacements(log or MemoryActs())
    kept.set_rules(rules, now())
    hands: list[AtOnce] = []

    def at_once(heard: Hear) -> AtOnce:
        hands.append(AtOnce(kept, heard))
        return hands[0]

    return Service(kept, now, directory or Directory(), at_once), hands[0]
