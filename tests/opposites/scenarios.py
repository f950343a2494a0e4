"""What the scenarios of the table begin with, and scenarios taken from the shipped features."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

FEATURES = Path(__file__).resolve().parents[2] / "features"
OPEN = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und die Frist „Abwesenheit“ beträgt 1 s
"""
READY = f"{OPEN}Und Frau Brandt vom LISA-Team ist bereit\n"
ENTER = "Wenn die Bürgerin das Bürgerbüro betritt\n"
IN = READY + ENTER
ANSWER = "Und Frau Brandt das Gespräch annimmt\n"
TALK = IN + ANSWER
VOGT = "Angenommen Frau Vogt von der Wohngeldstelle ist bereit\n"
TALK_AND_VOGT = READY + VOGT + ENTER + ANSWER
FORWARD = "Wenn Frau Brandt an die Wohngeldstelle weiterleitet\n"
TO_VOGT = f"{FORWARD}Und Frau Vogt das Gespräch annimmt\n"
WAITING = f"{OPEN}{ENTER}Dann zeigt der Bildschirm „Sie sind auf Platz 1“\n"
LEAVE = "Wenn die Bürgerin das Bürgerbüro verlässt\n"
SPEAK = "Wenn die Bürgerin ihr Anliegen schildert\n"
SHOW = f"{TALK}Und die Bürgerin ihren Mietvertrag unter die Kamera legt\n"
SEEN = f"{SHOW}Dann sieht Frau Brandt unter der Kamera den Mietvertrag\n"
SCAN = """Wenn sie die Verdienstbescheinigung in den Scanner legt
Und Frau Brandt die Verdienstbescheinigung einscannt
"""
FORM = """Wenn Frau Brandt als Anliegen „Pflege- und Sozialberatung“ vermerkt
Und Frau Brandt den „Anmeldung zur Pflegeberatung“ öffnet
Und Frau Brandt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
  | Name       | Musterfrau-Beispiel           |
  | Vorname    | Erika-Beispiel                |
  | Anschrift  | Am Beispielsee 3, Musterstadt |
  | Pflegegrad | keiner                        |
"""
HAND_IN = """Wenn Frau Brandt die ganze Erklärung zum Prüfen vorlegt
Und die Bürgerin die ganze Erklärung geprüft hat und bestätigt
Und die Bürgerin auf dem Unterschriftenpad unterschreibt
Und Frau Brandt den Antrag abgibt
"""
APPLICATION = TALK + FORM + HAND_IN
QUESTION = f"{TALK_AND_VOGT}Und Frau Brandt bei der Wohngeldstelle rückfragt\n"
CLOSED = """
Angenommen das Bürgerbüro Templin ist geöffnet
Und es ist Samstag, 10 Uhr
Und Frau Brandt vom LISA-Team ist bereit
Wenn die Bürgerin das Bürgerbüro betritt
"""


def shipped(path: str, name: str) -> str:
    """The steps of this scenario, the steps of its background before them."""
    text = (FEATURES / path).read_text(encoding="utf-8")
    background = re.search(r"Hintergrund:\n(.*?)\n\n", text, re.DOTALL)
    found = re.search(rf"Szenario: {re.escape(name)}\n(.*?)(?:\n\n|\Z)", text, re.DOTALL)
    assert found is not None, f"{path}: {name}"
    return "\n".join((background[1] if background else "", found[1]))


def feature(name: str, scenarios: Mapping[str, str], tag: str = "") -> str:
    """A feature file with these scenarios by their names, each with this tag; a first line of tags is its own."""
    lines = ["# language: de", f"Funktionalität: {name}", ""]
    for title, steps in scenarios.items():
        written = [line.strip() for line in steps.splitlines() if line.strip()]
        tags = [*written.pop(0).split()] if written[0].startswith("@") else []
        lines += [f"  {' '.join([*tags, *([f'@{tag}'] if tag else [])])}"] if tags or tag else []
        lines += [f"  Szenario: {title}", *(f"    {line}" for line in written), ""]
    return "\n".join(lines)
