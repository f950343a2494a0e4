"""What a booth or a desk of the version before says is understood, and it is answered in the same bytes.

`wire.jsonl` was written when the link had version 1: each message in full and in its barest form, and each word of the
fields that know only a few. A new message or word is a new line there; an old line is never changed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lisa_core.domain.model.errors import ProtocolError
from lisa_core.domain.model.values import to_json
from lisa_core.wire.envelope import NO_CALL, Envelope, decode, encode
from lisa_core.wire.message_names import MESSAGES
from lisa_core.wire.messages import DeskState

LINES = (Path(__file__).parent / "wire.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: json.loads(line)["type"])
def test_every_message_keeps_its_bytes(line: str) -> None:
    assert encode(decode(line)) == line


def test_a_catalogue_that_is_told_again_is_told_in_the_same_bytes() -> None:
    line = next(line for line in LINES if json.loads(line)["type"] == "desk.state")
    first = decode(line)
    assert isinstance(first.body, DeskState)
    services = first.body.services * 20
    for number in range(3):
        envelope = Envelope(number, 0, NO_CALL, replace(first.body, waiting=number, services=services))
        plain = {"v": 1, "id": number, "ack": 0, "type": "desk.state", "call": "", "body": to_json(envelope.body)}
        assert encode(envelope) == json.dumps(plain, separators=(",", ":"), ensure_ascii=False)
    with pytest.raises(ProtocolError, match="larger than"):
        encode(Envelope(1, 0, NO_CALL, replace(first.body, services=services * 200)))


def test_every_message_has_a_line() -> None:
    assert {json.loads(line)["type"] for line in LINES} == set(MESSAGES)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("call.ended", {"reason": "laune"}),
        ("call.withdrawn", {"reason": "laune"}),
        ("desk.state", {"state": "müde", "waiting": 0, "offices": [], "services": []}),
        ("call.forward.state", {"state": "vielleicht", "office_name": "x"}),
        ("call.consult.state", {"state": "vielleicht", "office_name": "x"}),
        ("submission.refused", {"submission": "x", "code": "laune", "text": "x"}),
    ],
)
def test_a_word_that_nobody_knows_is_refused_by_its_place(name: str, body: dict[str, Any]) -> None:
    field = "code" if "code" in body else "reason" if "reason" in body else "state"
    text = json.dumps({"v": 1, "id": 1, "ack": 0, "type": name, "call": "", "body": body})
    with pytest.raises(ProtocolError, match=rf"{name}\.{field}: .* is none of "):
        decode(text)
