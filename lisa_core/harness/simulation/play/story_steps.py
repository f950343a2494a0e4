"""What people did and what broke in a short history, in the steps of `lisa run`; a comment where no step says it.

Steps wait for what they speak of, so time need only be told where a fault makes it matter: while one lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lisa_core.domain.model import case_events as ops
from lisa_core.domain.model.directory import Agent, Directory, Office
from lisa_core.domain.model.german import after, gender_of
from lisa_core.domain.model.ids import AgentId, OfficeId
from lisa_core.domain.model.outcome import Outcome

Detail: TypeAlias = Any
"""What an act was about: a word, a length, an operation; each writer knows its own."""
Act = tuple[int, str, str, Detail]
OVER = ".vorbei"
"""Behind the name of a fault: it has mended itself."""
_OF_IT = {"von": "vom", "an": "ans", "bei": "beim"}
_SECOND_US = 1_000_000
_SETTLE_US = 2 * _SECOND_US
"""Shorter than that, nothing depends on how long it took."""


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


class Writer:
    """Writes steps, with "Und" for the second of a kind."""

    def __init__(self, directory: Directory, names: Names, acts: list[Act], until_us: int) -> None:
        self._directory, self._names, self._until_us = directory, names, until_us
        self._acts = with_ends(acts, until_us)
        self.unsaid = 0
        self._kind = "Angenommen"
        self._lines: list[str] = []
        self._ready: dict[AgentId, None] = {}
        self._asked: OfficeId | None = None
        self._door_open = False
        self._lasting: dict[tuple[str, str], None] = {}
        self._at_us = acts[0][0] if acts else until_us

    def steps(self) -> list[str]:
        for at_us, who, verb, detail in self._acts:
            self._pass(at_us)
            self._step(who, verb, detail)
            if verb in LASTING:
                self._lasting[who, verb] = None
            elif verb.endswith(OVER):
                self._lasting.pop((who, verb.removesuffix(OVER)), None)
        self._pass(self._until_us)
        for text in self._closing():
            self._say("Dann", text)
        return self._lines

    def _step(self, who: str, verb: str, detail: Detail) -> None:
        agent = self._names.agents.get(who)
        if agent is not None and (say := _AGENT_STEPS.get(verb)) is not None:
            self._say(*say(self, agent, detail))
        elif agent is None and (does := _CITIZEN_STEPS.get(verb)) is not None:
            self._say("Wenn", does)
        elif verb in FAULT_STEPS:
            self._say("Wenn", FAULT_STEPS[verb])
        elif verb == "öffnet die Tür":
            self._door_open = True
            self._say("Wenn", "die Tür aufgeht")
        elif verb == "schließt die Tür" and self._door_open:
            self._door_open = False
            self._say("Wenn", "die Tür zugeht")
        elif verb == "berührt den Bildschirm" and detail in _TOUCHES:
            self._say("Wenn", f"die Bürgerin {_TOUCHES[detail]} berührt")
        elif verb not in _SILENT and not verb.endswith(OVER):
            self._unsaid(f"{agent.name if agent else who or 'Vermittlung'}: {said(verb)}")

    def _pass(self, at_us: int) -> None:
        """As long as something is broken, it matters how long everything else takes."""
        waits_us, self._at_us = at_us - self._at_us, at_us
        if self._lasting and waits_us >= _SETTLE_US:
            self._say("Wenn", f"{round(waits_us / _SECOND_US)} s vergehen")

    def _say(self, kind: str, text: str) -> None:
        if kind == "#":
            self._unsaid(text)
            return
        self._lines.append(f"    {'Und' if kind == self._kind else kind} {text}")
        self._kind = kind

    def _unsaid(self, text: str) -> None:
        self.unsaid += 1
        self._lines.append(f"    # {text}")

    # --- what agents do ---------------------------------------------------------------------------------------------

    def ready(self, agent: Agent, detail: Detail) -> tuple[str, str]:
        if agent.id in self._ready:
            return "Wenn", f"{agent.name} sich bereit meldet"
        office = self._directory.offices[agent.office]
        self._ready[agent.id] = None
        return "Angenommen", f"{agent.name} {_office('von', office.name)} ist bereit"

    def accepts(self, agent: Agent, detail: Detail) -> tuple[str, str]:
        asked, self._asked = self._asked, None
        if asked == agent.office:
            return "Wenn", f"{agent.name} die Rückfrage annimmt"
        return "Wenn", f"{agent.name} das Gespräch annimmt"

    def forwards(self, agent: Agent, detail: Detail) -> tuple[str, str]:
        return "Wenn", f"{agent.name} {_office('an', self._directory.offices[detail[0]].name)} weiterleitet"

    def asks(self, agent: Agent, detail: Detail) -> tuple[str, str]:
        self._asked = detail[0]
        return "Wenn", f"{agent.name} {_office('bei', self._directory.offices[detail[0]].name)} rückfragt"

    def works(self, agent: Agent, detail: Detail) -> tuple[str, str]:
        match detail:
            case ops.ChooseService():
                return "Wenn", f"{agent.name} als Anliegen „{self._directory.services[detail.service].name}“ vermerkt"
            case ops.OpenForm():
                return "Wenn", f"{agent.name} den „{self._directory.forms[detail.form].title}“ öffnet"
            case _:
                return "#", f"{agent.name}: {type(detail).__name__}"

    # --- what must be true in the end -------------------------------------------------------------------------------

    def _closing(self) -> Iterator[str]:
        """As far as a scenario can see it."""
        verbs = [verb for _, _, verb, _ in self._acts]
        broken = [verb for verb in verbs if verb in LASTING or verb == "buero.absturz"]
        cut = any(verb == "netz.buero" for _, verb in self._lasting)
        if "verlässt das Bürgerbüro" in verbs and not cut:
            yield "ist das Bürgerbüro wieder frei"
            if verbs.count("betritt das Bürgerbüro") == 1 and not broken:
                yield f"endet der Besuch als „{_expected(verbs, self._acts).value}“"
            yield "ist nichts mehr von ihr im Bürgerbüro"
        elif "betritt das Bürgerbüro" in verbs and cut:
            yield "zeigt der Bildschirm „unterbrochen“"
        elif self._names.agents and "nimmt das Gespräch an" not in verbs:
            yield f"klingelt es {after('bei', next(iter(self._names.agents.values())).name)}"
        elif broken:
            yield "zeigt der Bildschirm „unterbrochen“ nicht mehr"


def with_ends(acts: list[Act], until_us: int) -> list[Act]:
    """The acts, and beside each fault that lasts when it was over."""
    ends = [
        (at_us + detail, who, verb + OVER, None)
        for at_us, who, verb, detail in acts
        if verb in LASTING and at_us + detail <= until_us
    ]
    return sorted([*acts, *ends], key=lambda act: act[0])


def said(verb: str) -> str:
    """Names of faults are those of the event log; what a person does is a sentence already."""
    return f"STÖRUNG {verb}" if "." in verb else verb


LASTING: Mapping[str, str] = {
    "netz.buero": "das Netz wegbricht",
    "praesenz.stumm": "der Präsenzsensor ausfällt",
    "tuer.stumm": "der Türkontakt ausfällt",
    "pad.stumm": "das Unterschriftenpad ausfällt",
    "scanner.stumm": "der Scanner ausfällt",
    "personenkamera.stumm": "die Kamera ausfällt",
    "dokumentenkamera.stumm": "die Dokumentenkamera ausfällt",
    "mikrofon.stumm": "das Mikrofon ausfällt",
}
"""Faults that last until they mend themselves, as a scenario says them.

A program that starts anew is not among them: the step for it needs the wire, where a booth keeps something.
"""
FAULT_STEPS: Mapping[str, str] = {
    **LASTING,
    **{f"{kind}{OVER}": text.replace("ausfällt", "wieder antwortet") for kind, text in LASTING.items()},
    f"netz.buero{OVER}": "das Netz wieder da ist",
    "tuer.prellt": "die Tür prellt",
}
_AGENT_STEPS: Mapping[str, Callable[..., tuple[str, str]]] = {
    "meldet sich bereit": Writer.ready,
    "leitet weiter": Writer.forwards,
    "arbeitet am Vorgang": Writer.works,
    "nimmt das Gespräch an": Writer.accepts,
    "fragt bei der Fachstelle nach": Writer.asks,
    "übergibt das Gespräch": lambda _, agent, detail: ("Wenn", f"{agent.name} die Bürgerin übergibt"),
    "lehnt den Anruf ab": lambda _, agent, detail: ("Wenn", f"{agent.name} den Anruf ablehnt"),
    "vermerkt das Ergebnis": lambda _, agent, detail: ("Wenn", f"{agent.name} das Ergebnis „{detail.value}“ vermerkt"),
    "nimmt den Anruf nicht an": lambda _, agent, detail: ("Wenn", f"{agent.name} den Anruf nicht annimmt"),
    "beendet das Gespräch": lambda _, agent, detail: ("Wenn", f"{agent.name} das Gespräch beendet"),
}
_CITIZEN_STEPS: Mapping[str, str] = {
    "betritt das Bürgerbüro": "die Bürgerin das Bürgerbüro betritt",
    "kommt zurück": "die Bürgerin das Bürgerbüro betritt",
    "nimmt Platz": "die Bürgerin Platz nimmt",
    "drückt die Ruftaste": "die Bürgerin die Ruftaste drückt",
    "geht kurz hinaus": "die Bürgerin das Bürgerbüro verlässt",
    "verlässt das Bürgerbüro": "die Bürgerin das Bürgerbüro verlässt",
}
_TOUCHES: Mapping[str, str] = {"nicht_noetig": "„Ich brauche keine Beratung“"}
_SILENT = ("schließt die Tür", "platz.stumm", "platz.unwillig", "scanner.stau")
"""What happens by itself in a scenario, is told by what follows from it, or was said at the beginning."""


def _expected(verbs: list[str], acts: list[Act]) -> Outcome:
    """How such a visit should end."""
    done = [type(detail) for _, _, _, detail in acts]
    if ops.HandIn in done:
        return Outcome.APPLICATION
    if ops.OpenForm in done or "nimmt das Gespräch an" not in verbs:
        return Outcome.LEFT
    return Outcome.ADVICE


def _office(preposition: str, name: str) -> str:
    """ "vom LISA-Team", "ans Sozialamt", "bei der Wohngeldstelle"; with an article also where none is known."""
    return after(preposition, name) if gender_of(name) else f"{_OF_IT[preposition]} {name}"
