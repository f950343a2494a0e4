"""Rows of the table for sentences about devices themselves; every way in which one fails: `device_faults`."""

from __future__ import annotations

from tests.opposites import device_plants as d
from tests.opposites.opposite import Opposite
from tests.opposites.scenarios import ENTER, OPEN
from tests.opposites.screen_plants import NO_TITLE
from tests.opposites.slots import plants as s

LEASE = "Wenn die Bürgerin den Mietvertrag in den Scanner legt\n"
JAMS_AT_TWO = "Angenommen im Scanner staut sich Seite 2\n"
CHART = "Wenn die Bürgerin die Strichtafel unter die Kamera legt\n"
FILM = "Wenn die Dokumentenkamera 2 s lang läuft\n"
TURNS = "Wenn der Kamerakopf in jede Richtung und wieder zurück fährt\n"
DIRECT = "Wenn der Scanner 3 Seiten einliest\n"

AT_DEVICES = {
    "Sensor meldet zu spät": Opposite(
        d.RADAR_LATE,
        f"{OPEN}{ENTER}Dann liegt „Meldung des Eintretens“ in der Grenze",
        "höchstens 3 s: nicht bestanden",
        tags="@anf:praesenzsensor.meldung",
    ),
    "fremdes Gerät liest sich wie eines": Opposite(
        d.STRANGER_READ,
        f"{OPEN}Dann fällt auf, wenn dort ein anderes Gerät hängt als der Türkontakt",
        "las der Treiber",
        in_memory=False,
    ),
    "Scanner nennt den Stau anders": Opposite(
        d.CALLS_IT_IO,
        f"{OPEN}Wenn die Bürgerin den Mietvertrag in den Scanner legt\n{JAMS_AT_TWO}{DIRECT}"
        "Dann nennt der Scanner selbst „Papierstau“",
        "sagt etwas anderes",
    ),
    "Scanner verliert beim Stau alles": Opposite(
        d.JAM_LOSES_ALL,
        f"{OPEN}Wenn die Bürgerin den Mietvertrag in den Scanner legt\n{JAMS_AT_TWO}{DIRECT}"
        "Dann hat der Scanner eine Seite geliefert",
        "Angekommen sind 0 Seiten",
    ),
    "Drucker gibt nichts heraus": Opposite(
        d.PRINTS_NOTHING,
        f"{OPEN}Wenn der Drucker ein Testblatt druckt\nDann liegt das Testblatt lesbar im Drucker",
        "jede Zeile zu lesen",
    ),
    "Pad wischt nichts weg": Opposite(
        d.NEVER_WIPED,
        f"{OPEN}Wenn auf dem Unterschriftenpad ein Strich am Lineal gezogen wird\n"
        "Dann ist das Unterschriftenpad nach der Messung leer",
        "Ist das Unterschriftenpad leer?",
    ),
    "Lautsprecher klingt weiter": Opposite(
        s.PLAYS_ON,
        f"{OPEN}Wenn der Lautsprecher einen Prüfton spielt\nDann ist vom Prüfton nichts mehr zu hören",
        "nichts mehr zu hören?",
    ),
    "Kamera zeigt, was fort ist": Opposite(
        s.TABLE_OLD,
        f"{OPEN}{CHART}{FILM}Wenn alles wieder vom Tisch genommen wird\n{FILM}"
        "Dann ist auf dem Bild der Dokumentenkamera keine Seite zu sehen",
        "ist eine Seite zu sehen",
    ),
    "Kopf verschweigt, dass er hängt": Opposite(
        s.HEAD_SAYS_NOTHING,
        f"{OPEN}Angenommen der Kamerakopf bewegt sich nicht mehr\n{TURNS}"
        "Dann nennt der Kamerakopf selbst, dass er nicht dort ist, wohin er sollte",
        "hat nichts beanstandet",
    ),
    "Kopf bleibt, wo er nicht sein sollte": Opposite(
        s.HEAD_STAYS,
        f"{OPEN}{TURNS}Dann steht der Kamerakopf dort, wohin er sollte, oder er sagt, dass nicht",
        "alles auf dem Tisch im Bild?",
    ),
    "Lampe tut, als wäre nichts": Opposite(
        s.LAMP_IDLE,
        f"{OPEN}Angenommen die Lampe bleibt, wie sie ist\nWenn die Lampe zu schalten versucht wird\n"
        "Dann sagt die Einheit an der Tür, dass sich die Lampe nicht schalten lässt",
        "als wäre nichts",
    ),
    "Bildschirm hat keine Überschrift": Opposite(
        NO_TITLE,
        f"{OPEN}{ENTER}Dann ist auf dem Bildschirm zu sehen, was dort stehen soll",
        "eine Überschrift",
    ),
}
