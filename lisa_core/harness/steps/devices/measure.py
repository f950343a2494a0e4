"""One measure of a device: its name in class files, its unit, the slot it says something of, and how it is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from lisa_core.domain.model.errors import HarnessError, NotCheckedError
from lisa_core.equipment.slots.catalogue import title_of
from lisa_core.harness.rig.reported import Readings
from lisa_core.harness.scene.bench import Begun
from lisa_core.harness.scene.scene import Scene

T = TypeVar("T")
MICRO = 1_000_000
APART_US = 100_000
"""What a contact says again within this time is a bounce."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A value in the unit of its measure; how much of it this program waited for a processor; since when, in words."""

    value: float
    held_up: float = 0.0
    since: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """`slot` is "" where a person measures the booth itself. `against`: the slots whose devices it is compared with.

    Those have to be as real as the one that is measured.
    """

    name: str
    unit: str
    slot: str
    take: Callable[[Scene], Awaitable[Taken]]
    against: tuple[str, ...] = ()


def per_second(count: int, took_us: int, start: Begun) -> Taken:
    """How often in a second; a program that had to wait for a processor has counted too few."""
    took_s = took_us / MICRO
    free_s = max(took_s - start.held_up_s(took_s), took_s / 100)
    return Taken(count / took_s, count / free_s - count / took_s)


def why_no_reference(scene: Scene, measure: Measure) -> str:
    """Why what it is compared with is not at hand here; "" where it is."""
    if not measure.slot or not scene.is_real(measure.slot):
        return ""
    played = [slot for slot in measure.against if not scene.is_real(slot)]
    if not played:
        return ""
    names = " und ".join(title_of(slot) for slot in played)
    return f"Der Bezug fehlt: {names} ist hier emuliert, gemessen wird {title_of(measure.slot)} an einem echten Gerät."


def done_before(value: T | None, sentence: str) -> T:
    """What was noted on the bench. Raises `HarnessError` that says which sentence notes it."""
    if value is None:
        raise HarnessError(f"Dazu ist noch nichts geschehen. Davor „{sentence}“ schreiben.")
    return value


def fitted(device: T | None, slot: str) -> T:
    """What is in this slot. Raises `NotCheckedError` where this booth has nothing in it."""
    if device is None:
        raise NotCheckedError(f"Dieses Bürgerbüro hat nicht, wonach gefragt ist: {title_of(slot)}.")
    return device


async def of_the_reference(scene: Scene, found: Callable[[], T | None], what: str) -> T:
    """What the reference says. Where it says nothing, nothing was measured: that is no fault of the device."""
    try:
        return await scene.until_true(found, what)
    except AssertionError as error:
        raise NotCheckedError(f"Der Bezug schweigt: {error}") from None


def spell_of(scene: Scene, at_least_s: float) -> tuple[int, int]:
    """The last stretch of time in which nothing was done. Raises `HarnessError` where it was too short."""
    since_us, until_us = done_before(scene.bench.spell, "Wenn 10 Minuten vergehen")
    if until_us - since_us < at_least_s * MICRO:
        took_s, asked = (until_us - since_us) / MICRO, f"{at_least_s:g} s"
        raise HarnessError(f"Beobachtet wurden {took_s:.0f} s; die Messung verlangt mindestens {asked}.")
    return since_us, until_us


async def after_second_contact(
    scene: Scene, act: Begun, contacts: tuple[Readings[bool], Readings[bool]], told: str
) -> Taken:
    """Milliseconds from the report of the second contact to that of the one that is measured, since `act` began.

    `contacts`: the second one, and the one that is measured; `told`: what the latter reports, in words.
    """
    second, own = contacts
    other_us = await of_the_reference(
        scene,
        lambda: first_of(at for at, closed in second if closed and at >= act.at_us),
        "der zweite Kontakt schaltet",
    )
    own_us = await scene.until_true(lambda: first_of(at for at, on in own if on and at >= act.at_us), told)
    took_ms = max(0, own_us - other_us) / 1000
    return Taken(took_ms, act.held_up_s(took_ms / 1000) * 1000, "ab der Meldung des zweiten Kontakts")


def times_reported(rows: Readings[bool], since_us: int) -> int:
    """How often a contact was reported as closed since then; what it says again at once is a bounce."""
    at_us = [at for at, closed in rows if closed and at >= since_us]
    return sum(later - earlier > APART_US for earlier, later in pairwise([since_us - MICRO, *at_us]))


def first_of(times: Iterable[int]) -> int | None:
    """The first of them; one at the very beginning of virtual time is told from none."""
    return next((max(at, 1) for at in times), None)
