"""What has happened at a desk, in order: nothing that came is overwritten before whoever waits has seen it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from lisa_core.protocols import messages as m

KEPT = 1_000
"""More than happens in any one wait; what is older nobody waits for."""
_STATES = {
    "abgemeldet": "abgemeldet",
    "bereit": "bereit",
    "klingelt": "klingelt",
    "im_gespraech": "im Gespräch",
    "nacharbeit": "Nacharbeit",
    "pause": "Pause",
    "abwesend": "abwesend",
}
_ENDS = {
    "forwarded": "das Gespräch ist weitergeleitet",
    "agent": "das Gespräch ist beendet",
    "citizen": "die Bürgerin ist gegangen",
    "taken_back": "das Gespräch ist zurückgeholt",
    "desk_lost": "die Verbindung zu diesem Platz war verloren",
    "booth_lost": "die Verbindung zur Kabine ist verloren",
}
_WITHDRAWN = {
    "unanswered": "nicht angenommen",
    "citizen": "die Bürgerin ist gegangen",
    "rejected": "abgelehnt",
    "busy": "gerade keine Zeit",
    "taken_back": "zurückgeholt",
}


class History:
    """The messages that came, each with its number; `count` is the number of the newest."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: deque[tuple[int, Any]] = deque(maxlen=KEPT)

    def add(self, body: Any) -> None:
        """This has happened now."""
        self.count += 1
        self._kept.append((self.count, body))

    def since(self, number: int) -> Iterator[Any]:
        """What came after the event of this number, the oldest first."""
        return (body for count, body in self._kept if count > number)

    def told(self, number: int) -> str:
        """What came since then in words, without repetitions; "nichts" where nothing did."""
        words = list(dict.fromkeys(filter(None, map(in_words, self.since(number)))))
        return ", ".join(words[-6:]) or "nichts"


def over(body: Any) -> bool:
    """Whether after this event nothing more can become of the call at this desk."""
    return isinstance(body, m.CallEnded | m.Withdrawn | m.Refused)


def in_words(body: Any) -> str:
    """One event as a sentence tells it; "" for what says nothing about the call."""
    match body:
        case m.DeskState():
            return f"der Platz ist „{_STATES.get(body.state, body.state)}“"
        case m.Offer():
            return "es klingelt"
        case m.Withdrawn():
            return f"das Klingeln hört auf ({_WITHDRAWN.get(body.reason, body.reason)})"
        case m.Taken():
            return "das Gespräch ist angenommen"
        case m.CallEnded():
            return _ENDS.get(body.reason, f"das Gespräch ist zu Ende ({body.reason})")
        case m.ForwardState():
            return f"die Weiterleitung steht auf „{body.state}“"
        case m.ConsultState():
            return f"die Rückfrage steht auf „{body.state}“"
        case m.Notice():
            return f"„{body.text}“"
        case m.Refused():
            return f"abgewiesen: „{body.text}“"
        case _:
            return ""
