"""What has happened at a desk, in order: nothing is overwritten before a waiting script has seen it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from lisa_core.domain.model.call_words import DeskMode, Ending
from lisa_core.wire import messages as m

KEPT = 1_000
"""Maximum number of messages that are kept: more than happens in any one wait."""
_STATES: Mapping[DeskMode, str] = {
    DeskMode.OFF: "abgemeldet",
    DeskMode.READY: "bereit",
    DeskMode.RINGING: "klingelt",
    DeskMode.TALKING: "im Gespräch",
    DeskMode.WRAP_UP: "Nacharbeit",
    DeskMode.PAUSE: "Pause",
    DeskMode.ABSENT: "abwesend",
}
_ENDS: Mapping[Ending, str] = {
    Ending.FORWARDED: "das Gespräch ist weitergeleitet",
    Ending.AGENT: "das Gespräch ist beendet",
    Ending.CITIZEN: "die Bürgerin ist gegangen",
    Ending.TAKEN_BACK: "das Gespräch ist zurückgeholt",
    Ending.DESK_LOST: "die Verbindung zu diesem Platz war verloren",
    Ending.BOOTH_LOST: "die Verbindung zur Kabine ist verloren",
    Ending.BOOTH_BARRED: "die Kabine ist gesperrt",
}
_WITHDRAWN: Mapping[Ending, str] = {
    Ending.UNANSWERED: "nicht angenommen",
    Ending.CITIZEN: "die Bürgerin ist gegangen",
    Ending.REJECTED: "abgelehnt",
    Ending.BUSY: "gerade keine Zeit",
    Ending.TAKEN_BACK: "zurückgeholt",
    Ending.BOOTH_LOST: "die Verbindung zur Kabine ist verloren",
    Ending.BOOTH_BARRED: "die Kabine ist gesperrt",
}


NOT_PRINTED = ("printer.failed", "printer.receipt", "slip.failed")
"""What a desk is told when the printer gave nothing out."""


class History:
    """The messages that came, each with its number; `count` is the number of the newest."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: deque[tuple[int, m.Message]] = deque(maxlen=KEPT)

    def add(self, body: m.Message) -> None:
        """This has happened now."""
        self.count += 1
        self._kept.append((self.count, body))

    def since(self, number: int) -> Iterator[m.Message]:
        """What came after the event of this number, the oldest first."""
        return (body for count, body in self._kept if count > number)

    def told(self, number: int) -> str:
        """What came since then in words, without repetitions; "nichts" where nothing did."""
        words = list(dict.fromkeys(filter(None, map(in_words, self.since(number)))))
        return ", ".join(words[-6:]) or "nichts"


def over(body: m.Message) -> bool:
    """Whether after this event nothing more can become of the call at this desk."""
    return isinstance(body, m.CallEnded | m.Withdrawn | m.Refused)


def is_failure(body: m.Message) -> bool:
    """Whether a device has just said that it did not do what was asked of it."""
    return isinstance(body, m.Notice) and (body.code.startswith("device.said.") or body.code in NOT_PRINTED)


def in_words(body: m.Message) -> str:
    """One event as a sentence tells it; "" for what says nothing about the call."""
    match body:
        case m.DeskState():
            return f"der Platz ist „{_STATES[body.state]}“"
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
        case m.CaseState() if body.case.notice:
            return f"„{body.case.notice}“"
        case _:
            return ""
