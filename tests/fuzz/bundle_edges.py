"""What lies in a bundle, and what is signed beside it: whoever hands it in has the key, and may sign anything."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.contents import COUNTERSIGNATURE, DECLARATION, STREAM
from lisa_core.harness.certify.earlier.leaning import Leaning, leaning_as_bytes, leaning_in
from lisa_core.harness.certify.earlier.parts import parts_as_bytes, parts_in
from lisa_core.harness.certify.make import standing_of
from lisa_core.harness.certify.since.union import leaned
from lisa_core.harness.certify.statement import digest
from lisa_core.harness.certify.told import as_json, check_lines
from lisa_core.harness.certify.trusted.challenge import challenge_of, handed_out
from lisa_core.harness.certify.trusted.countersignature import countersignature_in, countersigned
from lisa_core.harness.certify.trusted.listed import FORMAT, LIST_TYPE, read_trust
from lisa_core.harness.certify.verify import verified
from lisa_core.papers.stored_zip import packed, unpacked
from tests.acceptance.kept_runs import DAY, DOOR, RING
from tests.certify.made import KEY, OFFICE, TRUST
from tests.certify.visits import HOUSE, PARTS, Visit, bundle, honest, seen
from tests.fuzz.edge import Edge
from tests.fuzz.link_edges import text_of
from tests.fuzz.mutation import damaged
from tests.fuzz.shapes import either, json_text

_SLOW_S = 0.5
"""A bundle is read, judged and judged again."""


@cache
def first() -> bytes:
    return bundle(Visit(only=(RING, DOOR)))


@cache
def second() -> bytes:
    """It leans on the first."""
    return honest(Visit(day=7, only=(RING,)), first())[0]


def bundles() -> Sequence[bytes]:
    return [second(), first()]


def streams() -> Sequence[bytes]:
    return [unpacked(one, 100)[STREAM] for one in bundles()]


def statements() -> Sequence[bytes]:
    return [dsse.opened(unpacked(one, 100)[DECLARATION]).payload for one in bundles()]


def take_bundle(data: bytes, chance: Random) -> None:
    """Refused, or not whole, or one of those that somebody has made."""
    found = leaned(verified(data, HOUSE), [seen(first())], HOUSE)
    stands = standing_of(found, [seen(first())], TRUST, date(2026, 12, 24))
    assert [*check_lines(found, stands)]
    assert as_json(found, stands)
    assert not found.is_whole or data in bundles()


def take_stream(data: bytes, chance: Random) -> None:
    """Somebody signs another stream; what is said of it is said in sentences."""
    entries = {**unpacked(second(), 100), STREAM: data}
    statement = json.loads(dsse.opened(entries[DECLARATION]).payload)
    for one in statement["subject"]:
        one["digest"]["sha256"] = digest(entries[one["name"]])
    _look(packed({**entries, DECLARATION: dsse.sealed(json.dumps(statement).encode(), KEY)}))


def take_statement(data: bytes, chance: Random) -> None:
    _look(packed({**unpacked(second(), 100), DECLARATION: dsse.sealed(data, KEY)}))


def _look(data: bytes) -> None:
    found = leaned(verified(data, HOUSE), [seen(first())], HOUSE)
    stands = standing_of(found, [seen(first())], TRUST, date(2026, 12, 24))
    assert [*check_lines(found, stands)]
    assert as_json(found, stands)


def one_message(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A stream of which one message says something else."""
    said = chance.choice(seeds).split(b"\n")
    place = chance.randrange(len(said) - 1)
    said[place] = json_text(chance, said[place : place + 1])
    return b"\n".join(said)


def leanings() -> Sequence[bytes]:
    held = (("a.feature::Eins", "0" * 64), ("a.feature::Zwei", "f" * 64))
    return [leaning_as_bytes(Leaning(held)), leaning_as_bytes(Leaning())]


def take_leaning(data: bytes, chance: Random) -> None:
    found = leaning_in(data)
    assert leaning_in(leaning_as_bytes(found)) == found


def programs() -> Sequence[bytes]:
    return [parts_as_bytes(PARTS), parts_as_bytes(replace(PARTS, drivers={}, sentences={}))]


def take_parts(data: bytes, chance: Random) -> None:
    found = parts_in(data)
    assert parts_in(parts_as_bytes(found)) == found


def second_signatures() -> Sequence[bytes]:
    said = countersigned("0" * 64, "zertifizierbar", {"presence": "SN-1"}, "Jutta Beispiel", DAY, OFFICE)
    return [dsse.opened(said).payload]


def take_second_signature(data: bytes, chance: Random) -> None:
    """What can be read can be told, whoever it is about."""
    sealed = dsse.sealed(data, OFFICE)
    whole = replace(seen(first()), countersignature=sealed)
    assert standing_of(whole, [], TRUST, date(2026, 12, 24)).told
    countersignature_in(sealed, "0" * 64)
    assert COUNTERSIGNATURE not in unpacked(first(), 100)


@cache
def place() -> Path:
    made = Path(tempfile.mkdtemp(prefix="lisa-trust-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made / "vertrauen.dsse.json"


def lists() -> Sequence[bytes]:
    key = {"kennung": "0" * 64, "name": "Beispiel", "rolle": "hersteller", "klassen": ["*"], "gilt_ab": ""}
    body = {
        "format": FORMAT,
        "schluessel_der_liste": dsse.raw_of(OFFICE.public_key()),
        "von": "Landkreis Musterland",
        "stand": "2026-12-01",
        "gilt_bis": "2027-06-30",
        "schluessel": [{**key, "gilt_bis": "2030-01-01"}],
        "zurueckgezogen": [{"paket": "1" * 64, "grund": "Störung", "am": "2026-12-20"}],
        "klassen": [{"name": "empfang-2026.1", "gilt_bis": "2026-12-31"}],
    }
    return [json.dumps(body).encode()]


def take_list(data: bytes, chance: Random) -> None:
    """Whoever signs a list may write anything in it; a bundle is held against it."""
    place().write_bytes(dsse.sealed(data, OFFICE, LIST_TYPE))
    trust = read_trust(place())
    assert standing_of(seen(first()), [], trust, date(2026, 12, 24)).told


def challenges() -> Sequence[bytes]:
    return [handed_out(DAY, bytes(16), OFFICE).encode()]


def take_challenge(data: bytes, chance: Random) -> None:
    challenge_of(text_of(data))


_SAID = (LisaError, ValueError)
EDGES = (
    Edge("bundle", bundles, damaged, take_bundle, 4_000, start_s=_SLOW_S),
    Edge("bundle-stream", streams, either(one_message, damaged), take_stream, 4_000, byte_s=1e-4, start_s=_SLOW_S),
    Edge("bundle-statement", statements, either(json_text, damaged), take_statement, 4_000, start_s=_SLOW_S),
    Edge("bundle-leaning", leanings, either(json_text, damaged), take_leaning, 4_000, _SAID),
    Edge("bundle-program", programs, either(json_text, damaged), take_parts, 4_000, _SAID),
    Edge("countersignature", second_signatures, either(json_text, damaged), take_second_signature, 4_000, _SAID),
    Edge("trust-list", lists, either(json_text, damaged), take_list, 4_000),
    Edge("challenge", challenges, damaged, take_challenge, 4_000, _SAID),
)
