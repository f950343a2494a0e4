"""What a reader is told where the program has a name of its own: measurements, waits, columns of the environment.

A name that is not in these tables was given by whoever wrote the scenario, and is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lisa_core.harness.report.page.device_measures import DEVICE_MEASURES
from lisa_core.harness.text.language import spoken

MEASURES: Mapping[str, tuple[str, str]] = {
    "anruf.klingelt": ("Zeit bis zum Klingeln", "time until it rings"),
    "anwesenheit.bemerkt": ("Zeit, bis jemand bemerkt ist", "time until somebody is noticed"),
    "bild.rate": ("Bilder je Sekunde im Gespräch", "pictures per second in the talk"),
    "eingaben.bis_begruessung": ("Eingaben bis zur Begrüßung", "inputs until the greeting"),
    "unterlagen.ausgeblendet": ("Zeit, bis Unterlagen ausgeblendet sind", "time until papers are hidden"),
    "unterlagen.verdeckt": ("Zeit, bis die Kabine Unterlagen verdeckt", "time until the booth covers papers"),
    **DEVICE_MEASURES,
}
"""Measurement -> its name in German and in English."""

WAITS: Mapping[str, tuple[str, str]] = {
    "presence_debounce": ("bis jemand als anwesend gilt", "until somebody counts as present"),
    "absence_debounce": ("bis der Raum als leer gilt", "until the room counts as empty"),
    "entry_memory": ("so lange gilt jemand als eben hereingekommen", "somebody counts as just come in for"),
    "seat": ("bis der Besuch auch ohne Hinsetzen beginnt", "until a visit begins without sitting down"),
    "ring": ("Klingeln an einem Platz", "ringing at one desk"),
    "transfer": ("Warten auf die andere Stelle", "waiting for the other office"),
    "away_grace": ("Abwesenheit, bis der Besuch endet", "absence until the visit ends"),
    "closed_notice": ("Anzeige „geschlossen“", "notice “closed”"),
    "farewell": ("Abschied", "farewell"),
    "receipt": ("Warten auf die Eingangsbestätigung", "waiting for the receipt"),
    "wipe": ("Aufräumen", "wiping"),
    "touch": ("taube Zeit nach neuen Tasten", "deaf time after new buttons"),
    "pen_lifted": ("Stift abgesetzt, bis die Unterschrift gilt", "pen lifted until the signature counts"),
    "link": ("Stille des Landkreises beim Verbinden", "silence of the exchange while connecting"),
    "link_patience": ("Verbindungsausfall, bis eine Störung gezeigt wird", "lost link until a fault is shown"),
    "still": ("Reglosigkeit, bis jemand nachsieht", "no movement until somebody looks"),
    "linger": ("Bleiben nach dem Besuch, bis jemand nachsieht", "staying on until somebody looks"),
    "quiet": ("Ruhe ohne Beratung", "quiet without advice"),
    "after_hours": ("Versuch nach Dienstschluss", "trying after hours"),
    "talk_check": ("Gesprächsdauer bis zur Erinnerung", "length of a talk until the reminder"),
}
"""A field of `domain.model.directory.Deadlines`, without its unit -> what it waits for."""

ENVIRONMENT: Mapping[str, str] = {
    "Profil": "Profile",
    "Uhr": "Clock",
    "Kabine": "Booth",
    "Kennung des Profils": "Id of the profile",
    "Prüfsumme des Profils": "Digest of the profile",
    "Grenzen des Profils": "Limits of the profile",
    "Fristen (nicht die eines echten Standorts)": "Waits (not those of a real site)",
    "Seed": "Seed",
    "Störungsplan": "Plan of faults",
    "Nicht in diesem Lauf": "Not in this run",
    "Stand": "Commit",
    "Rechner": "Computer",
}
"""Columns of `environment.environment` -> in English."""

_STOPWATCH = "stoppuhr."
"""What the names of a tester's own measurements begin with."""
_KNOWN = "|".join((*map(re.escape, MEASURES), rf"{re.escape(_STOPWATCH)}[a-z0-9-]+"))
_WHOLE = re.compile(rf"(?<![\w.])(?:{_KNOWN})(?![\w.]|: (?:{_KNOWN}))")
"""One that stands before another names the requirement: `lampe.ausfall: lampe.ausfall = 0 s`."""
_WAIT = re.compile(r"(?<![^\s,])({})(?= [\d.,]+ s\b)".format("|".join(WAITS)))


def measure_title(name: str) -> str:
    """`anruf.klingelt` -> `Zeit bis zum Klingeln`; what is none of ours stays."""
    if name.startswith(_STOPWATCH):
        return f"{_chosen(('Stoppuhr', 'stopwatch'))} {name.removeprefix(_STOPWATCH)}"
    return _chosen(MEASURES[name]) if name in MEASURES else name


def readable(text: str) -> str:
    """The text, with words in the place of every name that the program gives to a measurement."""
    return _WHOLE.sub(lambda found: measure_title(found[0]), text)


def column(name: str) -> str:
    """The name of a line of the environment, in the language of the report."""
    return ENVIRONMENT.get(name, name) if spoken() == "en" else name


def settled(name: str, value: str) -> str:
    """What stands in such a line: of waits which they are."""
    return _WAIT.sub(lambda found: f"{_chosen(WAITS[found[1]])}:", value) if name.startswith("Fristen") else value


def _chosen(pair: tuple[str, str]) -> str:
    return pair[spoken() == "en"]
