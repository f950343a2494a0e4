"""Whether a bundle counts here and on this day: whose signatures it has, what was withdrawn, between which moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lisa_core.harness.certify.statement import ZONE
from lisa_core.harness.certify.trusted.challenge import challenge_of
from lisa_core.harness.certify.trusted.countersignature import Countersignature, countersignature_in
from lisa_core.harness.certify.trusted.listed import Role, Trust
from lisa_core.harness.certify.verify import Verified

_SHORT = 16


@dataclass(frozen=True, slots=True)
class Standing:
    """`refused`: why it does not count at all; `open`: what keeps it from counting until somebody looks; `told`: what
    is to be said beside that. All in German sentences."""

    refused: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    is_countersigned: bool = False
    devices: Mapping[str, str] = field(default_factory=dict)
    """By slot the number on each device that somebody has seen."""


def standing(found: Verified, trust: Trust | None, today: date, *, is_earlier: bool = False) -> Standing:
    """What follows for a checked bundle from a list of trust (None: none was named) and the day of the check.

    `is_earlier`: another one leans on what ran in it, and on nothing that it takes from others itself. How old the list
    is and until when the class counts is told of that one.
    """
    if not found.is_whole:
        return Standing(told=(f"Unterschrift: Schlüssel {found.keyid[:_SHORT]}…",))
    at = _Standing(found, trust, today, is_earlier=is_earlier)
    at.look()
    seen = at.countersignature
    return Standing(
        tuple(at.refused), tuple(at.open), tuple(at.told), seen is not None, dict(seen.devices) if seen else {}
    )


def together(new: Standing, earlier: Mapping[str, Standing]) -> Standing:
    """How a bundle stands that leans on these, by their names: what is held against one of them is held against it."""
    exchanged = [
        f"{name}: Dort stand auf „{slot}“ die Nummer {one.devices[slot]}, hier steht {number}."
        for name, one in earlier.items()
        for slot, number in new.devices.items()
        if one.devices.get(slot, number) != number
    ]

    def named(what: str) -> tuple[str, ...]:
        return tuple(f"{name}: {why}" for name, one in earlier.items() for why in getattr(one, what))

    return replace(
        new,
        refused=(*new.refused, *named("refused"), *exchanged),
        open=(*new.open, *named("open")),
        told=(*new.told, *named("told")),
    )


class _Standing:
    """Collects what is to be said, in the order in which one asks."""

    def __init__(self, found: Verified, trust: Trust | None, today: date, *, is_earlier: bool) -> None:
        self._found, self._trust, self._today, self._is_earlier = found, trust, today, is_earlier
        self._is_for_its_stream = is_earlier and found.contents is not None and bool(found.contents.leaning.held)
        self._run = found.predicate["folgt"]["lauf"]
        self._class: str = found.predicate["folgt"]["klasse"]
        self._begun, self._ended = (datetime.fromisoformat(self._run[name]) for name in ("beginn", "ende"))
        self.refused: list[str] = []
        self.open: list[str] = []
        self.told: list[str] = []
        self.countersignature: Countersignature | None = None

    def look(self) -> None:
        self._list()
        self._clock()
        self._vendor()
        self._second()
        self._challenge()
        self._term()

    def _list(self) -> None:
        trust = self._trust
        if trust is None:
            self.open.append("Wessen Schlüssel es sind, ist nicht geprüft: mit --trust sagen, wem man glaubt.")
        elif trust.issued is not None:
            days = (self._today - trust.issued).days
            if not self._is_earlier:
                self.told.append(f"Vertrauensliste: {trust.by}, vom {trust.issued:%d.%m.%Y}, {days} Tage alt.")
            if not trust.is_asked_for:
                self.open.append(
                    "Wessen Vertrauensliste es ist, ist nicht geprüft: mit --authority den Schlüssel nennen."
                )
            if trust.until is not None and self._today > trust.until:
                self.open.append(f"Die Vertrauensliste galt bis {trust.until:%d.%m.%Y}: eine neuere besorgen.")
            if days < 0:
                self.open.append("Die Vertrauensliste ist von einem Tag, der noch kommt: die Uhr von hier prüfen.")
            if why := trust.withdrawn.get(self._found.identity):
                self.refused.append(f"Das Prüfpaket ist zurückgezogen: {why}.")

    def _clock(self) -> None:
        """What has not been yet, nobody can have tested: else terms and keys of another day would count."""
        if self._is_to_come(self._ended):
            self.open.append(
                f"Der Lauf war nach seiner Uhr am {_moment(self._ended)} zu Ende, und das kommt erst noch."
            )

    def _is_to_come(self, at: datetime) -> bool:
        return at.astimezone().date() > self._today

    def _vendor(self) -> None:
        self.told.append(f"Unterschrift: {self._whose(self._found.keyid, Role.VENDOR, self._begun)}")

    def _second(self) -> None:
        if not self._found.countersignature:
            self.told.append("Gegenzeichnung: keine. Dass das Gerät dasteht, hat niemand bezeugt.")
            return
        try:
            one = countersignature_in(self._found.countersignature, self._found.identity)
        except ValueError as error:
            self.refused.append(f"gegenzeichnung.dsse.json: {error}.")
            return
        whose = self._whose(one.keyid, Role.ACCEPTING, one.at)
        numbers = "".join(f"; {slot}: Nummer {number}" for slot, number in one.devices.items())
        self.told.append(f"Gegenzeichnung: {one.by}, {_moment(one.at)}{numbers}; {whose}")
        if one.at < self._ended:
            self.refused.append("Gegengezeichnet ist, bevor der Lauf zu Ende war: Eine der Uhren ging falsch.")
        if self._is_to_come(one.at):
            self.open.append(f"Gegengezeichnet ist am {_moment(one.at)}, und das kommt erst noch.")
        if one.headline == self._found.headline or self._is_for_its_stream:
            pass  # what was accepted may rest on others, which the one that leans on this does not
        elif self._found.unpresented:
            self.open.append(
                f"Gegengezeichnet ist „{one.headline[:40]}“; ob das folgt, zeigen erst die früheren Pakete."
            )
        else:
            self.refused.append(f"Gegengezeichnet ist „{one.headline[:40]}“, und es folgt „{self._found.headline}“.")
        if one.keyid == self._found.keyid:
            self.open.append("Hersteller und Gegenzeichner haben denselben Schlüssel: Bezeugt ist damit nichts.")
        self.countersignature = one

    def _challenge(self) -> None:
        if not (text := self._run["aufgabe"]):
            self.told.append("Beginn: unbestätigt (ohne Aufgabe der annehmenden Stelle).")
            return
        try:
            one = challenge_of(text)
        except ValueError as error:
            self.refused.append(f"Beginn: {error}.")
            return
        if self._begun < one.at:
            self.refused.append(f"Der Lauf beginnt vor seiner Aufgabe ({_moment(one.at)}): Die Uhr ging falsch.")
        whose = self._whose(one.keyid, Role.ACCEPTING, one.at)
        self.told.append(f"Beginn: nicht vor {_moment(one.at)}; {whose}")

    def _term(self) -> None:
        """Whether the class was in force when the run began, and until when what it shows counts."""
        term = self._found.term
        if term is None:
            return
        since, until = term
        until = self._trust.classes.get(self._class, until) if self._trust else until
        day = self._begun.astimezone(ZONE).date()
        if not since <= day <= until:
            span = f"von {since:%d.%m.%Y} bis {until:%d.%m.%Y}"
            self.open.append(f"Die Klasse {self._class} gilt {span}; der Lauf war am {day:%d.%m.%Y}.")
        if not self._is_earlier:
            self.told.append(_ends(self._class, until))

    def _whose(self, keyid: str, role: Role, at: datetime) -> str:
        """Whose key it is, in words; what is wrong with it is noted."""
        name = f"Schlüssel {keyid[:_SHORT]}…"
        if self._trust is None:
            return name
        key = self._trust.keys.get(keyid)
        if key is None:
            self.refused.append(f"{name} ({role.value}) steht NICHT unter denen, denen hier geglaubt wird.")
            return name
        if role not in key.roles:
            self.refused.append(f"{name} ({key.name}) ist hier nicht für „{role.value}“ eingetragen.")
        if not key.covers(self._class):
            self.refused.append(f"{name} ({key.name}) ist hier nicht für die Klasse {self._class} eingetragen.")
        if not key.holds_on(at.astimezone(ZONE).date()):
            self.refused.append(f"{name} ({key.name}) galt am {at.astimezone(ZONE):%d.%m.%Y} nicht.")
        return f"{name}, bekannt: {key.name}"


def _ends(name: str, until: date) -> str:
    return (
        f"Geltung: {name}, bis {until:%d.%m.%Y}. Vorher endet sie mit anderer Firmware, einem anderen Gerät, einer "
        "gemeldeten Störung oder einem Eintrag unter den zurückgezogenen."
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%d.%m.%Y, %H:%M} Uhr"
