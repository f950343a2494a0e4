"""Rows of the table for sentences about devices themselves; every way in which one fails: `device_faults`."""

from __future__ import annotations

from tests.opposites import device_plants as d
from tests.opposites.opposite import Opposite
from tests.opposites.scenarios import ENTER, OPEN

LEASE = "Wenn die Bürgerin den Mietvertrag in den Scanner legt\n"
JAMS_AT_TWO = "Angenommen im Scanner staut sich Seite 2\n"
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
}
