"""Sealed packages and their parts, as a booth may send them that is damaged, of another version, or not honest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from random import Random

from lisa_core.config.directory import load_directory
from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.directory import Directory
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import SiteId, VisitId
from lisa_core.domain.model.time import Instant
from lisa_core.domain.model.values import from_json, to_json
from lisa_core.exchange.inbox.intake import Intake
from lisa_core.host.clock import Clock
from lisa_core.papers.package import MAX_PACKAGE, pack, unpack
from lisa_core.papers.parts import Assembly, parts
from lisa_core.papers.seal import MANIFEST, SEAL, verify
from lisa_core.store.inbox import MemoryInbox
from lisa_core.wire.messages import BoothHello, SubmissionPart, SubmissionReceived
from tests.documents.test_submission import KEY, PUBLIC, sealed
from tests.fuzz.edge import Edge
from tests.fuzz.link_edges import checked, text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text

NOW = datetime.fromisoformat("2025-07-16T10:13:00+02:00")


def packages() -> Sequence[bytes]:
    return [sealed()[2].package, pack({"a": b"", "b": b"x"})]


def take_package(data: bytes, chance: Random) -> None:
    """What is taken is exactly what its entries give."""
    assert pack(unpack(data)) == data
    verify(data, PUBLIC)


@cache
def _entries() -> Mapping[str, bytes]:
    return unpack(sealed()[2].package)


def sealed_by_a_liar(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A package whose seal holds, and whose manifest or form says something else: a booth's own key seals anything."""
    entries = dict(_entries())
    for name in chance.choice(((MANIFEST,), (MANIFEST,), ("antrag.json",), ("antrag.json", "unterschrift.json"))):
        entries[name] = json_text(chance, (entries[name],))
    if chance.random() < 0.8:
        entries = _consistent(entries)
    entries[SEAL] = KEY.sign(entries[MANIFEST])
    return pack(entries)


def _consistent(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    """Its digests put right where that can be done: what is behind them is looked at then."""
    try:
        manifest = json.loads(entries[MANIFEST])
    except (ValueError, RecursionError):
        return dict(entries)
    if isinstance(manifest, dict):
        manifest["eintraege"] = [
            {"name": name, "sha256": sha256(data)} for name, data in entries.items() if name not in (MANIFEST, SEAL)
        ]
        return {**entries, MANIFEST: json.dumps(manifest).encode()}
    return dict(entries)


class _StoppedClock(Clock):
    """Stands still, so that it needs no loop."""

    def instant(self) -> Instant:
        return Instant(0, NOW)


@cache
def _directory() -> Directory:
    return load_directory("uckermark")[0]


def _intake() -> tuple[Intake, MemoryInbox]:
    inbox = MemoryInbox()
    return Intake(_directory(), inbox, _StoppedClock(NOW)), inbox


HELLO = BoothHello(SiteId("templin"), "0badcafe", 0, PUBLIC.public_bytes_raw().hex())


def take_handed_in(data: bytes, chance: Random) -> None:
    """Each package gets a receipt with a time that can be believed, or a refusal; nothing is raised at the exchange."""
    intake, inbox = _intake()
    digest = sha256(data)
    submission = replace(sealed()[2], package=data, digest=digest, id=digest[:32])
    said = [intake.take(HELLO, part, VisitId("templin-1")) for part in parts(submission)]
    for answer in filter(None, said):
        checked(to_json(answer))
        if isinstance(answer, SubmissionReceived):
            at = datetime.fromisoformat(answer.received_at)
            assert at.tzinfo is not None
            assert at <= NOW
            assert inbox.packages() == {answer.number: data}


@cache
def part_messages() -> Sequence[bytes]:
    return [json.dumps(to_json(part)).encode() for part in parts(sealed()[2], 4_000)]


def take_parts(data: bytes, chance: Random) -> None:
    """A part that fits nowhere is refused, and the assembly stays usable."""
    whole = parts(sealed()[2], 4_000)
    assembly = Assembly.begin(whole[0])
    part = from_json(SubmissionPart, json.loads(text_of(data)))
    try:
        assembly = assembly.add(part)
        assert sum(map(len, assembly.data.values())) <= MAX_PACKAGE
    finally:
        for good in whole:
            assembly = assembly.add(good) if good.index not in assembly.data else assembly
        assert assembly.complete


EDGES = (
    Edge("package", packages, damaged, take_package, 40_000, (LisaError,)),
    Edge("package-sealed", packages, sealed_by_a_liar, take_handed_in, 30_000, ()),
    Edge(
        "package-parts",
        part_messages,
        either(json_text, damaged),
        take_parts,
        20_000,
        (LisaError, ValueError, RecursionError),
    ),
)
