"""A recording that was changed a little is noticed in strict mode; an order that does no harm is not, in tolerant mode.

Noticed: the player says that the driver asks otherwise, or the driver has another story to tell, or a fault. What no
driver ever looks at (a byte that means nothing in an answer) can be noticed by nobody, and is counted.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.traces.dialects import BY_DRIVER
from lisa_core.equipment.traces.entries import EntryKind, Plain, Trace, TraceEntry
from lisa_core.equipment.traces.keepers import whole_text
from lisa_core.equipment.traces.reading import read_trace
from tests.traces.stories import STORIES, Told, record, replay

LONG = os.environ.get("LISA_LONG") == "1"
COUNT = 60 if LONG else 4
"""Mutations of each kind for each story."""
LATE_US = 400_000_000
"""No driver of ours waits so long for an answer."""
Entries = Sequence[TraceEntry]
OURS = (EntryKind.SENT, EntryKind.ASKED)
STRICT = ("head", "printer by IPP", "scanner", "radar", "pad") if LONG else ("head", "radar")


def of_kind(entries: Entries, *kinds: EntryKind) -> list[int]:
    return [at for at, entry in enumerate(entries) if entry.kind in kinds]


def a_byte(entries: Entries, chance: random.Random) -> Entries:
    """One bit in what the driver asks."""
    asked = of_kind(entries, *OURS)
    places = [
        (at, number) for at in asked for number, part in enumerate(entries[at].content) if isinstance(part, Plain)
    ]
    at, number = chance.choice(places)
    content = list(entries[at].content)
    part = content[number]
    assert isinstance(part, Plain)
    data = bytearray(part.data)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    content[number] = Plain(bytes(data))
    return [*entries[:at], replace(entries[at], content=tuple(content)), *entries[at + 1 :]]


def order(entries: Entries, chance: random.Random) -> Entries:
    """Two neighbouring questions that are not the same."""
    pairs = [pair for pair in pairwise(of_kind(entries, *OURS)) if len({question(entries[at]) for at in pair}) == 2]
    one, other = chance.choice(pairs)
    changed = list(entries)
    changed[one] = replace(entries[other], at_us=entries[one].at_us)
    changed[other] = replace(entries[one], at_us=entries[other].at_us)
    return changed


def question(entry: TraceEntry) -> tuple[object, ...]:
    return entry.kind, entry.content, entry.word("method"), entry.word("path"), entry.number("number")


def loss(entries: Entries, chance: random.Random) -> Entries:
    """A question is gone."""
    at = chance.choice([at for at in of_kind(entries, *OURS)[:-1] if not only_looks(entries[at])])
    return [*entries[:at], *entries[at + 1 :]]


def duplicate(entries: Entries, chance: random.Random) -> Entries:
    """A question and what follows it stand there twice. (A question alone may well be: a driver asks again.)"""
    asked = of_kind(entries, *OURS)
    number = chance.choice([number for number, at in enumerate(asked[:-1]) if not only_looks(entries[at])])
    return [*entries[: asked[number + 1]], *entries[asked[number] :]]


def only_looks(entry: TraceEntry) -> bool:
    """Whether it asks how things stand: once more or less, or late, is what a driver lives with."""
    return any(BY_DRIVER[name, ""].polls(entry.content, entry.about) for name in ("escl", "ipp", "wacom-stu"))


def delay(entries: Entries, chance: random.Random) -> Entries:
    """An answer comes later than anybody waits."""
    asked = of_kind(entries, *OURS)
    answers = [at for at in of_kind(entries, EntryKind.CAME, EntryKind.ANSWERED) if at - 1 in asked and at < asked[-1]]
    awaited = [at for at in answers if entries[at - 1].word("method") != "DELETE" and not only_looks(entries[at - 1])]
    at = chance.choice(awaited)
    return [*entries[:at], *(replace(entry, at_us=entry.at_us + LATE_US) for entry in entries[at:])]


MUTATIONS: Mapping[str, Callable[[Entries, random.Random], Entries]] = {
    "byte": a_byte,
    "order": order,
    "loss": loss,
    "duplicate": duplicate,
    "delay": delay,
}


@pytest.fixture(scope="module", params=STRICT)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Trace, Told]:
    path = tmp_path_factory.mktemp("traces") / "story.trace"
    first = record(STORIES[request.param], path)
    return request.param, read_trace(path), first


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_changed_recording_is_noticed(kind: str, told: tuple[str, Trace, Told], tmp_path: Path) -> None:
    name, trace, first = told
    missed = []
    for seed in range(COUNT):
        changed = MUTATIONS[kind](trace.entries, random.Random(f"{name} {kind} {seed}"))
        if outcome(name, trace, changed, tmp_path, "mode=strict") == first:
            missed.append(seed)
    print(f"{name}, {kind}: {COUNT - len(missed)} of {COUNT} noticed")
    assert not missed


@pytest.mark.parametrize("name", ["door", "door on a network"])
def test_an_order_that_does_no_harm_is_overlooked(name: str, tmp_path: Path) -> None:
    path = tmp_path / "story.trace"
    first = record(STORIES[name], path)
    trace = read_trace(path)
    for seed in range(COUNT):
        changed = polls_moved(trace.entries, random.Random(f"{name} {seed}"))
        assert outcome(name, trace, changed, tmp_path, "mode=tolerant") == first, seed


def polls_moved(entries: Entries, chance: random.Random) -> Entries:
    """A question for the inputs is asked once more, with its answer: a driver that polls a little faster."""
    polls = [at for at in of_kind(entries, EntryKind.SENT) if at + 1 < len(entries) and is_poll(entries, at)]
    at = chance.choice(polls)
    return [*entries[: at + 2], *entries[at : at + 2], *entries[at + 2 :]]


def is_poll(entries: Entries, at: int) -> bool:
    data = next((part.data for part in entries[at].content if isinstance(part, Plain)), b"")
    return entries[at + 1].kind is EntryKind.CAME and b"\x02\x00\x00\x00\x08" in data


def outcome(name: str, trace: Trace, entries: Entries, folder: Path, mode: str) -> Told | str:
    path = folder / "changed.trace"
    times = accumulate((entry.at_us for entry in entries), max)
    ordered = [replace(entry, at_us=at_us) for entry, at_us in zip(entries, times, strict=True)]
    path.write_text(whole_text(trace.head, ordered), encoding="utf-8")
    try:
        return replay(STORIES[name], f"replay:{path}?{mode}")
    except (LisaError, TimeoutError) as error:
        return str(error)
