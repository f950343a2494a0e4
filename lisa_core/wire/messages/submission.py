"""An application is handed in: sealed by the booth, sent in parts, receipted by the exchange."""

from __future__ import annotations

from dataclasses import dataclass

from lisa_core.domain.model.call_words import SubmissionFault
from lisa_core.domain.model.ids import OfficeId


@dataclass(frozen=True, slots=True)
class SubmissionPart:
    """B>X: one part of a sealed submission (base64, at most 128 kB decoded); `digest` is of the whole."""

    submission: str
    office: OfficeId
    index: int
    count: int
    digest: str
    data: str


@dataclass(frozen=True, slots=True)
class SubmissionReceived:
    """X>B: all parts are here, the seal holds, and it is stored."""

    submission: str
    number: str
    received_at: str
    digest: str


@dataclass(frozen=True, slots=True)
class SubmissionWithdrawn:
    """B>X: it will not come whole any more: the citizen left before it was delivered. What came is forgotten."""

    submission: str


@dataclass(frozen=True, slots=True)
class SubmissionRefused:
    """X>B: it was not accepted."""

    submission: str
    code: SubmissionFault
    text: str


@dataclass(frozen=True, slots=True)
class CopyOwed:
    """X>D: number and copy of this application could not be handed out to the citizen: they go by post."""

    number: str
    site_name: str


@dataclass(frozen=True, slots=True)
class CopyNoted:
    """D>X: somebody here has read that this goes by post. Nobody else is told any more."""

    number: str
