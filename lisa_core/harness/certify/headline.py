"""The headline of a bundle: one of four words, and every reason why it is no better.

*Probelauf* comes first: a run that met something emulated, replayed, nameless, at a pseudo-terminal or at this very
machine says nothing of a device, passed or not. Then what is *nicht bestanden*, then what is missing (*unvollständig*).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from lisa_core.equipment.slots.origin import EMULATOR, RECORDING, Origin
from lisa_core.harness.report.judgement import known_text
from lisa_core.harness.report.record import (
    FAULT_PLAN,
    LISTEN,
    KnownFault,
    RequirementRecord,
    RunRecord,
    ScenarioRecord,
    SlotRecord,
    State,
    Verdict,
)
from lisa_core.harness.tester.panel import ASKED, HERE, PAGE, PHONE, PROGRAM
from lisa_core.harness.tester.terminal import WAY as TERMINAL
from lisa_core.harness.text.tags import NEED, requirements_of

_HOST = re.compile(r"://(?:[^/?@]*@)?(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:/?\[]+))")
_PSEUDO = re.compile(r"/dev/(?:pts/|ptmx|pty|tty[p-za-e][0-9a-f]$)")
_WAYS = (TERMINAL, PAGE, PHONE, HERE, PROGRAM)
_WAY = re.compile(r" s, (?P<way>[^,\n]+)$")


class Headline(Enum):
    """What a bundle comes to."""

    CERTIFIABLE = "zertifizierbar"
    FAILED = "nicht bestanden"
    INCOMPLETE = "unvollständig"
    TRIAL = "Probelauf"


_GRAVEST = (Headline.TRIAL, Headline.FAILED, Headline.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a class asks of a run: which slots are certified (none: all that decide), requirements by their ids."""

    name: str
    slots: tuple[str, ...]
    mandatory: tuple[str, ...]
    conditional: tuple[str, ...] = ()
    """What counts only where the device has it, by its own word."""
    term: tuple[date, date] | None = None
    """Within which days something may be certified after it."""
    abilities: tuple[str, ...] = ()
    """What the device has to be able to do, and to be declared to."""
    depends: Mapping[str, str] = field(default_factory=dict)
    """By the id of what is conditional the ability on which it depends."""
    declared: frozenset[str] | None = None
    """What the profile declares that the device can; None where it says nothing of that."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The headline, and all reasons against a better one: by headline, in sentences."""

    headline: Headline
    reasons: tuple[tuple[Headline, str], ...] = ()


def concluded(
    run: RunRecord,
    requirements: Sequence[RequirementRecord],
    sought: Sought | None,
    known: Sequence[KnownFault] = (),
) -> Conclusion:
    """What follows for the whole. `run` and `requirements` carry the verdicts that follow (`retrial`); `known` says
    why a failure was expected, and makes nothing better: whoever reads it sees which ones are new."""
    return conclusion_of(
        [
            *((Headline.TRIAL, why) for why in dict.fromkeys(_on_trial(run, sought))),
            *((Headline.FAILED, why) for why in _failed(run, requirements, sought, known)),
            *((Headline.INCOMPLETE, why) for why in _open(run, requirements, sought)),
        ]
    )


def conclusion_of(reasons: Iterable[tuple[Headline, str]]) -> Conclusion:
    """The headline that is left by these reasons against a better one, the gravest first."""
    ordered = tuple(sorted(reasons, key=lambda one: _GRAVEST.index(one[0])))
    return Conclusion(ordered[0][0] if ordered else Headline.CERTIFIABLE, ordered)


def at_best(slot: SlotRecord) -> Origin:
    """The best that the address and the name of a slot let it be, whatever was said of it; asks nobody."""
    if slot.binding == EMULATOR:
        return Origin.EMULATED
    if slot.binding.startswith(RECORDING):
        return Origin.REPLAYED
    if _PSEUDO.search(slot.binding) or any(map(_is_here, _HOST.finditer(slot.binding))):
        return Origin.HERE
    return Origin.REAL if slot.identity else Origin.NAMELESS


def answers(scenarios: Iterable[ScenarioRecord]) -> Iterator[str]:
    """For each thing that a tester was asked: the way in which the answer came, "" for none."""
    for one in scenarios:
        for evidence in one.evidence:
            if evidence.caption == ASKED:
                found = _WAY.search(evidence.data.decode("utf-8", "replace"))
                yield found["way"] if found else ""


def _on_trial(run: RunRecord, sought: Sought | None) -> Iterator[str]:
    if sought is None:
        yield "Es ist keine Klasse genannt."
    if run.clock != "real":
        yield "Der Lauf hatte die virtuelle Uhr: Geprüft ist das Modell."
    if run.choice is not None:
        yield f"Der Lauf war nur ein Teil: {run.choice.said}"
    if plan := dict(run.environment).get(FAULT_PLAN):
        yield f"Der Lauf hatte einen Störungsplan ({plan})."
    if "Regeln" in dict(run.environment):
        yield "Die Szenarien sind nicht nach den Regeln von LISA gelesen (--rules gherkin)."
    ran = [one for one in run.scenarios if one.started is not None]
    if not any(one.equipment for one in ran):
        yield "Alle Geräte sind emuliert, vom Lauf selbst."
    for one in ran:
        yield from (_unreal(slot) for slot in one.equipment if _counts(slot, sought) and slot.origin is not Origin.REAL)
    ways = [*answers(ran)]
    if ways and not run.tester:
        yield "Es ist niemand genannt, der geprüft hat (--tester)."
    yield from _by_phone(run, {*ways})
    if strange := sorted({way for way in ways if way and way not in _WAYS}):
        yield f"Antworten kamen von einem Programm: {', '.join(strange)}."
    if any(slot.tester for one in ran for slot in one.equipment) and not ways:
        yield "Von Hand ist etwas getan worden, und keine Antwort ist aufgehoben."


def _by_phone(run: RunRecord, ways: Set[str]) -> Iterator[str]:
    """Answers on a phone were given somewhere, and not by the machine that runs the tests."""
    listened = dict(run.environment).get(LISTEN, "")
    if PROGRAM in ways:
        yield "Antworten kamen von einem Programm: schneller, als jemand liest und tippt (--listen)."
    if HERE in ways:
        yield "Antworten kamen von diesem Rechner selbst, über die Seite für das Telefon (--listen)."
    if PHONE in ways and not listened:
        yield "Antworten kamen von einem Telefon, und der Lauf hat keine Adresse dafür vermerkt."
    if PHONE in ways and listened and _is_here_at(listened):
        yield f"Antworten kamen von einem Telefon unter {listened}, wo nur dieser Rechner selbst es erreicht."


def _is_here_at(place: str) -> bool:
    """Whether what `--listen` names leads to the very machine."""
    bare = place if place.startswith("[") or place.count(":") < 2 else f"[{place}]"
    return any(map(_is_here, _HOST.finditer(f"https://{bare}")))


def _unreal(slot: SlotRecord) -> str:
    why = f" {slot.reason}" if slot.reason else ""
    return f"{slot.title}: {slot.origin.value}.{why}"


def _counts(slot: SlotRecord, sought: Sought | None) -> bool:
    """Whether the verdict on a device rests on this slot."""
    return slot.slot in sought.slots if sought and sought.slots else slot.decides


def _failed(
    run: RunRecord, requirements: Sequence[RequirementRecord], sought: Sought | None, known: Sequence[KnownFault]
) -> Iterator[str]:
    expected = {one.scenario: f", wie bekannt: {known_text(one)}" for one in known}
    failed = (one for one in run.scenarios if one.verdict is Verdict.FAILED)
    yield from (f"„{one.name}“: nicht bestanden{expected.get(one.id, '.')}" for one in failed)
    shown = _verdicts(requirements)
    for name in sought.mandatory if sought else ():
        if shown.get(name) is Verdict.NOT_APPLICABLE and not _why_aside(run, name):
            yield f"{name} ist für die Klasse Pflicht, und das Gerät kann es nach eigener Angabe nicht."
    if sought is None or sought.declared is None:
        return
    for word in sought.abilities:
        if word not in sought.declared:
            yield f"Die Klasse {sought.name} verlangt „{word}“, und im Profil ist es nicht erklärt (capabilities)."
    for name, word in sought.depends.items():
        if word in sought.declared and shown.get(name) is Verdict.NOT_APPLICABLE:
            yield f"{name}: „{word}“ ist im Profil erklärt und nicht gezeigt."


def _open(run: RunRecord, requirements: Sequence[RequirementRecord], sought: Sought | None) -> Iterator[str]:
    if run.state is not State.FINISHED:
        yield f"Der Lauf ist nicht zu Ende ({run.state.value})."
    yield from (f"Neben den Szenarien: {fault}" for fault in run.faults)
    yield from _several(run, sought)
    good = (Verdict.PASSED, Verdict.NOT_APPLICABLE, Verdict.FAILED)
    yield from (f"„{one.name}“: {one.verdict.value}." for one in run.scenarios if one.verdict not in good)
    if not any(one.verdict is Verdict.PASSED for one in run.scenarios):
        yield "Kein Szenario ist bestanden."
    if run.past.unstable:
        yield f"Wiederholungen sind verschieden ausgegangen: {', '.join(name for name, _, _ in run.past.unstable)}."
    shown = _verdicts(requirements)
    if sought and sought.declared is None and sought.abilities:
        words = ", ".join(f"„{word}“" for word in sought.abilities)
        yield f"Die Klasse {sought.name} verlangt {words}; das Profil erklärt nicht, was das Gerät kann (capabilities)."
    for name in (*sought.mandatory, *_due(sought)) if sought else ():
        if shown.get(name) is Verdict.NOT_APPLICABLE and (why := _why_aside(run, name)):
            yield f"{name} ist für die Klasse Pflicht und hat hier nicht gegolten: {why}."
        elif name not in shown:
            yield f"{name} ist für die Klasse Pflicht, und kein Szenario zeigt es."
        elif shown[name] not in good:
            yield f"{name} ist für die Klasse Pflicht und {shown[name].value}."


def _several(run: RunRecord, sought: Sought | None) -> Iterator[str]:
    """Certified is one device in a slot."""
    there: dict[str, dict[str, None]] = {}
    for one in (slot for scenario in run.scenarios for slot in scenario.equipment):
        if one.identity and _counts(one, sought):
            there.setdefault(one.title, {})[one.identity] = None
    for title, found in there.items():
        if len(found) > 1:
            yield f"{title}: Es waren mehrere Geräte da, zertifiziert wird eines: {' | '.join(found)}."


def _why_aside(run: RunRecord, name: str) -> str:
    """Why what shows this did not apply, where that was not for lack of what the device can (`@braucht`)."""
    reasons = [one.reason for one in run.scenarios if name in requirements_of(one.tags)]
    return "" if any(why.startswith(f"@{NEED}:") for why in reasons) else next(filter(None, reasons), "")


def _due(sought: Sought) -> Iterator[str]:
    """What is conditional and counts: where nothing is declared all of it, since the device may have it."""
    for name in sought.conditional:
        if sought.declared is None or sought.depends.get(name, "") in sought.declared:
            yield name


def _verdicts(requirements: Sequence[RequirementRecord]) -> Mapping[str, Verdict]:
    """Of each requirement and part that a scenario names."""
    parts = {part.id: part.verdict for one in requirements for part in one.parts if part.scenarios}
    return {**parts, **{one.id: one.verdict for one in requirements}}


def _is_here(found: re.Match[str]) -> bool:
    """Whether an address leads to the very machine that asks."""
    name = (found["six"] or found["host"]).rpartition("@")[2].lower().rstrip(".")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name in ("localhost", "ip6-localhost") or name.endswith(".localhost") or _is_short_here(name)
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


def _is_short_here(name: str) -> bool:
    """The system takes `127.1` and `2130706433` for addresses too."""
    try:
        return socket.inet_aton(name)[0] in (0, 127)
    except OSError:
        return False
