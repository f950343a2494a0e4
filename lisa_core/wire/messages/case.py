"""What booth and desk tell each other about the citizen's papers and form. Relayed, never logged.

What an agent does to them is in `domain.model.case_events`: those events travel as they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from lisa_core.domain.model.case import Case
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.domain.model.outcome import Outcome
from lisa_core.domain.model.readings import Aim, CardKind
from lisa_core.domain.model.screen import Leaflet


@dataclass(frozen=True, slots=True)
class CaseState:
    """B>D relayed: the whole case, after every change; newest wins."""

    case: Case
    form: JsonDict = field(default_factory=dict)
    """The form's own description (title, field labels, kinds) as in domain.model.directory.FormSpec, {} without a
    form; where answers are wrong also `wrong`: by the id of each such field what is."""


@dataclass(frozen=True, slots=True)
class Preview:
    """B>D relayed: a small JPEG (base64) of one captured page."""

    digest: str
    jpeg: str


@dataclass(frozen=True, slots=True)
class AskPreview:
    """D>B relayed: send the preview of this page again."""

    digest: str


@dataclass(frozen=True, slots=True)
class Notice:
    """B>D relayed: something the agent must know now: "scanner.jam", "citizen.away", "door.open", "link.back"."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class AimCamera:
    """D>B relayed: turn or zoom the camera over the table."""

    aim: Aim


@dataclass(frozen=True, slots=True)
class CameraAt:
    """B>D relayed: the camera over the table can be turned, and looks there (`domain.model.readings.HeadPosition`).

    At the beginning of a talk, and after each turn; a booth whose camera stands fast never says so.
    """

    pan: int
    tilt: int
    zoom: int


@dataclass(frozen=True, slots=True)
class CardOn:
    """B>D relayed: what lies on the card reader, and nothing that stands on it.

    At the beginning of a talk, and after each change; a booth without a card reader never says so.
    """

    kind: CardKind


@dataclass(frozen=True, slots=True)
class ShowLeaflet:
    """D>B relayed: show the citizen this leaflet in the place of any other; None: take it away."""

    leaflet: Leaflet | None


@dataclass(frozen=True, slots=True)
class LeafletShown:
    """B>D relayed: this leaflet is on the citizen's screen from now on; None: none is. Said after each change."""

    leaflet: Leaflet | None


@dataclass(frozen=True, slots=True)
class Classify:
    """D>B relayed: how the visit ends, as the agent sees it (folgetermin, an_andere_stelle ...)."""

    outcome: Outcome
