"""A short history as people read it: line by line with the clock, and as a German scenario that `lisa run` plays.

Copies of sites and agents get back the names of the directory, each its own: a feature file knows no copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lisa_core.model import case_events as ops
from lisa_core.model.directory import Agent, Directory, Office, Site
from lisa_core.model.ids import AgentId
from lisa_core.model.outcome import Outcome
from lisa_core.simulation.plan import Coming, Shift
from lisa_core.simulation.population import origin_of
from lisa_core.simulation.shrink import Shrunk
from lisa_core.simulation.tally import RULES

Act = tuple[int, str, str, Any]
_FEMININE = ("stelle", "kasse", "AOK", "verwaltung")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclass(slots=True)
class Names:
    """Who is called what."""

    directory: Directory
    agents: dict[str, Agent] = field(default_factory=dict)

    def of_agent(self, agent: AgentId, office: Office) -> Agent:
        """An agent of the directory in this office, another one for each copy as long as there are any."""
        if agent not in self.agents:
            own = [one for one in self.directory.agents.values() if one.office == office.id]
            taken = {one.id for one in self.agents.values()}
            free = [one for one in own if one.id not in taken]
            self.agents[agent] = next((one for one in free if one.id == agent), (free or own)[0])
        return self.agents[agent]


def names_of(shrunk: Shrunk) -> Names:
    """The names of everybody in a short history."""
    world, names = shrunk.world, Names(shrunk.world.original)
    for item in shrunk.items:
        if isinstance(item, Shift):
            agent = world.directory.agents[item.agent]
            names.of_agent(agent.id, world.directory.offices[agent.office])
    return names


def history(shrunk: Shrunk) -> list[str]:
    """What happened, with the time of day."""
    names = names_of(shrunk)
    lines = []
    for at_us, who, verb, detail in _acts(shrunk):
        told = f" ({_detail(detail)})" if detail else ""
        lines.append(f"{_clock(shrunk, at_us)}  {_who(names, who)}: {_said(verb)}{told}")
    breach = shrunk.breach
    lines.append(f"{_clock(shrunk, breach.at_us)}  {_who(names, breach.who)}: VERLETZT {breach.rule}: {breach.found}")
    return lines


def feature(shrunk: Shrunk, seed: int) -> tuple[str, int]:
    """The same as a feature file, and how much of it no step can say: that stands there as comments."""
    site, names = _site(shrunk), names_of(shrunk)
    place = site.name.removeprefix("Bürgerbüro ").partition(" (")[0]
    civil = shrunk.world.calendar.civil(_first_us(shrunk))
    clock = f"{civil.hour}:{civil.minute:02d}" if civil.minute else str(civil.hour)
    lines = [
        "# language: de",
        f"Funktionalität: Gefunden von lisa simulate --seed {seed}",
        "",
        f"  Szenario: {RULES[shrunk.breach.rule]}",
        f"    Angenommen das Bürgerbüro {place} ist geöffnet",
        f"    Und es ist {WEEKDAYS[civil.weekday()]}, {clock} Uhr",
    ]
    writer = _Writer(shrunk, names)
    return "\n".join([*lines, *writer.steps(), ""]), writer.unsaid


class _Writer:
    """Writes steps, with "Und" for the second of a kind."""

    def __init__(self, shrunk: Shrunk, names: Names) -> None:
        self._shrunk, self._names = shrunk, names
        self._directory = shrunk.world.directory
        self.unsaid = 0
        self._kind = "Angenommen"
        self._lines: list[str] = []

    def steps(self) -> list[str]:
        for _, who, verb, detail in _acts(self._shrunk):
            agent = self._names.agents.get(who)
            if agent is not None and (say := _AGENT_STEPS.get(verb)) is not None:
                self._say(*say(self, agent, detail))
            elif agent is None and verb in _CITIZEN_STEPS:
                self._say("Wenn", _CITIZEN_STEPS[verb])
            elif verb not in _SILENT:
                self.unsaid += 1
                self._lines.append(f"    # {_who(self._names, who)}: {_said(verb)}")
        for text in self._closing():
            self._say("Dann", text)
        return self._lines

    def ready(self, agent: Agent, detail: Any) -> tuple[str, str]:
        office = self._directory.offices[agent.office]
        return "Angenommen", f"{agent.name} {from_office(office.name)} ist bereit"

    def forwards(self, agent: Agent, detail: Any) -> tuple[str, str]:
        return "Wenn", f"{agent.name} {to_office(self._directory.offices[detail[0]].name)} weiterleitet"

    def works(self, agent: Agent, detail: Any) -> tuple[str, str]:
        match detail:
            case ops.ChooseService():
                return "Wenn", f"{agent.name} als Anliegen „{self._directory.services[detail.service].name}“ vermerkt"
            case ops.OpenForm():
                return "Wenn", f"{agent.name} den „{self._directory.forms[detail.form].title}“ öffnet"
            case _:
                return "#", f"{agent.name}: {type(detail).__name__}"

    def _say(self, kind: str, text: str) -> None:
        if kind == "#":
            self._lines.append(f"    # {text}")
            return
        self._lines.append(f"    {'Und' if kind == self._kind else kind} {text}")
        self._kind = kind

    def _closing(self) -> Iterator[str]:
        """What must be true in the end, as far as a scenario can see it."""
        acts = _acts(self._shrunk)
        verbs = [verb for _, _, verb, _ in acts]
        if "verlässt das Bürgerbüro" in verbs:
            yield "ist das Bürgerbüro wieder frei"
            if verbs.count("betritt das Bürgerbüro") == 1:
                yield f"endet der Besuch als „{_expected(verbs, acts).value}“"
            yield "ist nichts mehr von ihr im Bürgerbüro"
        elif self._names.agents and "nimmt das Gespräch an" not in verbs:
            yield f"klingelt es bei {next(iter(self._names.agents.values())).name.replace('Herr ', 'Herrn ')}"


_AGENT_STEPS: Mapping[str, Callable[[_Writer, Agent, Any], tuple[str, str]]] = {
    "meldet sich bereit": _Writer.ready,
    "leitet weiter": _Writer.forwards,
    "arbeitet am Vorgang": _Writer.works,
    "nimmt das Gespräch an": lambda writer, agent, _: ("Wenn", f"{agent.name} das Gespräch annimmt"),
    "nimmt den Anruf nicht an": lambda writer, agent, _: ("Wenn", f"{agent.name} den Anruf nicht annimmt"),
    "beendet das Gespräch": lambda writer, agent, _: ("Wenn", f"{agent.name} das Gespräch beendet"),
}
_CITIZEN_STEPS: Mapping[str, str] = {
    "betritt das Bürgerbüro": "die Bürgerin das Bürgerbüro betritt",
    "kommt zurück": "die Bürgerin das Bürgerbüro betritt",
    "nimmt Platz": "die Bürgerin Platz nimmt",
    "geht kurz hinaus": "die Bürgerin das Bürgerbüro verlässt",
    "verlässt das Bürgerbüro": "die Bürgerin das Bürgerbüro verlässt",
}
_SILENT = ("schließt die Tür", "platz.stumm")
"""What happens by itself in a scenario, or is told by what follows from it."""


def _expected(verbs: list[str], acts: list[Act]) -> Outcome:
    """How such a visit should end."""
    done = [type(detail) for _, _, _, detail in acts]
    if ops.HandIn in done:
        return Outcome.APPLICATION
    if ops.OpenForm in done or "nimmt das Gespräch an" not in verbs:
        return Outcome.LEFT
    return Outcome.ADVICE


def from_office(name: str) -> str:
    """ "vom LISA-Team", "von der Wohngeldstelle"."""
    return f"von der {name}" if _feminine(name) else f"vom {name}"


def to_office(name: str) -> str:
    """ "an das Sozialamt", "an die Wohngeldstelle"; what is neither knows no better."""
    if _feminine(name):
        return f"an die {name}"
    return f"an den {name}" if "punkt" in name else f"an das {name}"


def _feminine(name: str) -> bool:
    first = name.split()[0]
    return first.startswith("AOK") or first.endswith(_FEMININE)


def _acts(shrunk: Shrunk) -> list[Act]:
    return [act for act in shrunk.result.invariants.acts or [] if act[0] <= shrunk.breach.at_us]


def _site(shrunk: Shrunk) -> Site:
    original = shrunk.world.original
    site = next((item.site for item in shrunk.items if isinstance(item, Coming)), next(iter(original.sites)))
    return original.sites[origin_of(site, original)]


def _first_us(shrunk: Shrunk) -> int:
    return min((item.at_us for item in shrunk.items if isinstance(item, Coming)), default=shrunk.breach.at_us)


def _clock(shrunk: Shrunk, at_us: int) -> str:
    civil = shrunk.world.calendar.civil(at_us)
    return f"{civil:%d.%m. %H:%M:%S},{civil.microsecond // 1000:03d}"


def _who(names: Names, who: str) -> str:
    return names.agents[who].name if who in names.agents else who


def _said(verb: str) -> str:
    """Names of faults are those of the event log; what a person does is a sentence already."""
    return f"STÖRUNG {verb}" if "." in verb else verb


def _detail(detail: Any) -> str:
    if isinstance(detail, int):
        return f"{detail / 1_000_000:.1f} s".replace(".", ",")
    if isinstance(detail, tuple):
        return ", ".join(map(str, detail))
    return detail if isinstance(detail, str) else type(detail).__name__
