"""What a driver says of its device stands where its fault shows: in the red step, at once, and at the desk."""

from __future__ import annotations

from pathlib import Path

from tests.gherkin.copies import lisa

BROKEN = """
from emulator import memory
from lisa_core.domain.model.errors import DeviceFault


async def scan(self, settings):
    raise DeviceFault("scanner.unsupported", "Scanner Muster: Er hat keinen Einzug.", retryable=False)
    yield


async def capture(self):
    raise DeviceFault("pad.lost", "Pad Muster: Das Kabel ist ab.", retryable=True)
    yield


async def hand_out(self, document, title):
    raise DeviceFault("printer.io", "Drucker Muster: Das Papier ist aus.", retryable=True)


memory.MemoryScanner.scan = scan
memory.MemoryPad.capture = capture
memory.MemoryPrinter.hand_out = hand_out
"""
FEATURE = """# language: de
Funktionalität: Defekt

  Grundlage:
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt

  Szenario: Scanner
    Wenn die Bürgerin den Mietvertrag in den Scanner legt
    Und Frau Brandt den Mietvertrag einscannt
    Dann liegt der Mietvertrag mit 3 Seiten vollständig vor

  Szenario: Scanner, und gefragt ist ein Stau
    Wenn Frau Brandt den Mietvertrag einscannt
    Dann melden beide Bildschirme den Papierstau

  Szenario: Pad
    Wenn Frau Brandt den „Anmeldung zur Pflegeberatung“ öffnet
    Und Frau Brandt einträgt, was die Bürgerin sagt, und sie jede Antwort bestätigt
      | Name       | Musterfrau           |
      | Vorname    | Erika                |
      | Anschrift  | Am Beispielsee 3     |
      | Pflegegrad | 2                    |
    Und Frau Brandt die ganze Erklärung zum Prüfen vorlegt
    Und die Bürgerin die ganze Erklärung geprüft hat und bestätigt
    Und die Bürgerin auf dem Unterschriftenpad unterschreibt
    Dann ist der Entwurf vernichtet

  Szenario: Drucker
    Wenn Frau Brandt für Freitag, 10 Uhr, einen Termin bei der Wohngeldstelle vereinbart
    Dann erhält die Bürgerin einen Terminzettel
"""

TOLD = {
    "Mietvertrag vollständig": "Der Scanner meldet: Scanner Muster: Er hat keinen Einzug.",
    "Papierstau am Platz": "Der Scanner meldet: Scanner Muster: Er hat keinen Einzug.",
    "die Unterschrift": "Das Unterschriftenpad meldet: Pad Muster: Das Kabel ist ab.",
    "Liegt der Terminzettel im Drucker?": "Gemeldet wird: Drucker Muster: Das Papier ist aus.",
}


def test_the_drivers_own_sentence_stands_in_the_red_step(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "defekt.feature").write_text(FEATURE, encoding="utf-8")
    code, output = lisa("run", "defekt.feature", "--clock", "virtual", "--pictures", "none", where=tmp_path)
    assert (code, "4 nicht bestanden" in output) == (1, True), output
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for what, said in TOLD.items():
        [line] = {line.strip() for line in output.splitlines() if what in line and said in line} or {output}
        assert "stattdessen" in line
        assert "nicht innerhalb" not in line, "what can no longer come is not waited for"
        assert said in report
