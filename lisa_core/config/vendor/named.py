"""Slots whose address somebody knows already: `presence=rfc2217://labor:4001`. No look finds those."""

from __future__ import annotations

from collections.abc import Sequence

from lisa_core.config.drivers import driver, fitting
from lisa_core.config.vendor.found import Candidate, candidate
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.host.address import read_address

NAMED = "mit --slot genannt"


def wished_and_named(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[Candidate, ...]]:
    """From `SLOT` and `SLOT=ADDRESS` the slots that are looked for, and one candidate for each that is named.

    Raises `LisaError` for a slot that there is not or that is named twice, and for an address that no driver takes.
    """
    wished: list[str] = []
    named: list[Candidate] = []
    for slot, sign, address in (word.partition("=") for word in dict.fromkeys(words)):
        if slot not in SLOTS:
            raise LisaError(f"--slot {slot}: Diesen Steckplatz gibt es nicht.{nearest(slot, SLOTS)}")
        if slot in (*wished, *(name for one in named for name in one.slots)):
            raise LisaError(f"--slot {slot}: Dieser Steckplatz ist zweimal genannt.")
        if sign:
            named.append(_taken(slot, address))
        else:
            wished.append(slot)
    return tuple(wished), tuple(named)


def _taken(slot: str, address: str) -> Candidate:
    one = candidate(address, NAMED, among=[slot])
    if not one.slots:
        raise LisaError(f"--slot {slot}={address}: {_why_not(slot, address)}")
    return one


def _why_not(slot: str, address: str) -> str:
    """What the first of the drivers says of an address that none of them takes."""
    for name in fitting(PROTOCOLS[slot]):
        declared = driver(name)
        if declared.opened is not None:
            try:
                read_address(address, declared.binding)
            except ProfileError as error:
                return str(error)
    return "Dafür gibt es hier keinen Treiber."
