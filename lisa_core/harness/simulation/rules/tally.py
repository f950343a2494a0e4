"""The rules that must hold after every step, how often each was checked, and what was found where one did not hold.

I1 ... I16 are the numbers of the domain. Rules are about what the machines do to the booth (leg open, papers in the
vault, guard on), not about their own variables alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lisa_core.domain.model.directory import Directory
from lisa_core.domain.visit import states as s
from lisa_core.harness.simulation.rules.figures import Figures
from lisa_core.harness.simulation.world.agenda import Agenda

RULES: Mapping[str, str] = {
    "I1": "Nichts von Besuch A ist da, wenn Besuch B beginnt",
    "I2": "Jeder Besuch endet in genau einem Ergebnis",
    "I3": "Jede erfasste Unterlage ist am Ende eingereicht oder vernichtet",
    "I4": "Keine Mitarbeiterin in zwei Gesprächen, keine Kabine mit zwei Verbindungen",
    "I5": "Niemand wartet, solange eine zuständige Mitarbeiterin frei ist",
    "I6": "Was eine Stelle erfasst hat, sieht eine andere erst nach Einwilligung, ein anderer Mandant nie",
    "I7": "Unterschrieben wird nur, was vorher als Ganzes geprüft wurde",
    "I8": "Der Eingang zählt spätestens ab der Abgabe in der Kabine und bleibt, wie er ist",
    "Antrag": "Was eine Stelle hat, steht als Ergebnis fest, und die Bürgerin weiß, was aus ihrem Antrag wurde",
    "I9": "Bild und Ton verlassen die Kabine nur im Gespräch",
    "I10": "Offene Tür oder leerer Platz: Ton stumm, Unterlagen ausgeblendet",
    "I11": "Name und Stelle sind sichtbar, solange Medien fließen",
    "I12": "Vom Eintreten bis zum Ruf ist keine Eingabe nötig",
    "I13": "Nur ein Mensch an einem Platz nimmt einen Anruf an",
    "I14": "Arbeitet ein Gerät für eine Mitarbeiterin, liest die Bürgerin, was es tut",
    "I15": "Nach jedem Absturz und vor jedem Ergebnis wird gelöscht",
    "I16": "Das Protokoll enthält nur Namen von Ereignissen und Kennungen",
    "Frist": "Jeder Zustand mit einem Menschen darin hat eine Frist",
    "Ruftaste": "Die Ruftaste führt aus jedem Zustand zu einem Menschen",
    "Verbleib": "Niemand wird fallen gelassen, solange er in der Kabine ist",
    "Anzeige": "Spätestens nach 5 s sagt der Bildschirm, was gerade geschieht",
    "Leer": "Ist niemand mehr da, endet der Besuch von selbst",
    "Ausfall": "Eine Störung der Verbindung endet von selbst, niemand bleibt in ihr",
    "Geraet": "Fällt im Gespräch ein Gerät aus, erfährt es die Mitarbeiterin",
    "Fehler": "Keine Maschine bricht mit einem Fehler ab",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that did not hold: when, where, and what was found instead."""

    rule: str
    at_us: int
    who: str
    found: str


class Tally:
    """What all watchers write into. `breaches` holds the first of each rule; `broken` counts them all."""

    def __init__(self, agenda: Agenda, figures: Figures, directory: Directory) -> None:
        self._agenda, self._figures, self._directory = agenda, figures, directory
        self.checked = dict.fromkeys(RULES, 0)
        self.broken = dict.fromkeys(RULES, 0)
        self.breaches: list[Breach] = []
        self.acts: list[tuple[int, str, str, object]] | None = None

    def breach(self, rule: str, who: str, found: str) -> None:
        self.broken[rule] += 1
        if self.broken[rule] == 1:
            self.breaches.append(Breach(rule, self._agenda.now_us, who, found))

    def act(self, who: str, verb: str, detail: object) -> None:
        """A person did something: kept for the history of a short run."""
        if self.acts is not None:
            self.acts.append((self._agenda.now_us, who, verb, detail))

    def _must(self, rule: str, holds: bool, who: str, found: str) -> None:
        self.checked[rule] += 1
        if not holds:
            self.breach(rule, who, found)


def name_of(state: s.State) -> str:
    """As a history names it."""
    if isinstance(state, s.Away):
        return f"Away({type(state.before).__name__})"
    return type(state).__name__
