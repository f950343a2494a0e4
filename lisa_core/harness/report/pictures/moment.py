"""A moment of a scenario as values: what could be seen and had been said; its way through JSON and back."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from lisa_core.domain.model.json_types import JsonDict, JsonMap

CITIZEN, BOOTH, EXCHANGE = "buergerin", "kabine", "landkreis"
"""Who speaks, beside the agents, who have names."""
STEP = "schritt"
"""The name of what nobody says: a step begins, whose number is the detail."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something that was said or done: `name` is that of a message on the wire, or of an entry of the booth's log.

    `at_us` counts from the beginning of the scenario; `detail` is what people can read of it.
    """

    at_us: int
    sender: str
    receiver: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DeskSight:
    """A desk, by what its page has been told: name of a message and its body, the oldest first."""

    agent: str
    name: str
    office: str
    told: tuple[tuple[str, JsonMap], ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """What could be seen and had been said. `screen` is a `domain.model.screen.ScreenView` as JSON, {} without one;
    `face` the agent's picture on it (JPEG), `sheets` those of her pages by digest."""

    at_us: int = 0
    screen: JsonMap = field(default_factory=dict)
    face: bytes = b""
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    desk: DeskSight | None = None
    course: tuple[Utterance, ...] = ()


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture that was drawn of a moment: of which scenario, of what ("screen", "desk"), as JPEG."""

    scenario: str
    what: str
    jpeg: bytes


def to_json(moment: Moment) -> JsonDict:
    """For the stream of messages."""
    desk = moment.desk
    return {
        "at_us": moment.at_us,
        "screen": moment.screen,
        "face": _text(moment.face),
        "sheets": {digest: _text(jpeg) for digest, jpeg in moment.sheets.items()},
        "desk": {"agent": desk.agent, "name": desk.name, "office": desk.office, "told": desk.told} if desk else None,
        "course": [[one.at_us, one.sender, one.receiver, one.name, one.detail] for one in moment.course],
    }


def from_json(data: JsonMap) -> Moment:
    """The way back; what a later version adds is left out."""
    desk = data.get("desk")
    return Moment(
        data.get("at_us", 0),
        data.get("screen") or {},
        _bytes(data.get("face", "")),
        {digest: _bytes(text) for digest, text in data.get("sheets", {}).items()},
        DeskSight(desk["agent"], desk["name"], desk["office"], _told(desk["told"])) if desk else None,
        tuple(Utterance(*one[:5]) for one in data.get("course", ())),
    )


def developed_to_json(one: Developed) -> JsonDict:
    return {"scenario": one.scenario, "what": one.what, "jpeg": _text(one.jpeg)}


def developed_from_json(data: JsonMap) -> Developed:
    return Developed(data["scenario"], data["what"], _bytes(data["jpeg"]))


def _told(pairs: list[list[JsonMap]]) -> tuple[tuple[str, JsonMap], ...]:
    return tuple((str(name), body) for name, body in pairs)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
