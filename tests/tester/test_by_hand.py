"""What only a person with a tape can measure: a number counts with its photograph, and without one not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.programs import PROFILE
from tests.tester.seat import seated
from tests.tester.test_guided_run import ForeignRadar

FEATURE = """\
# language: de
Funktionalität: Von Hand

  @anf:buergerbuero.tuerbreite @manuell
  Szenario: Die Tür ist breit genug
    Angenommen das Bürgerbüro Templin ist geöffnet
    Dann liegt „Breite der Tür“ in der Grenze
"""
LONG = os.environ.get("LISA_LONG") == "1"
ASKED = "▸ Breite der Tür (cm): Die lichte Breite"
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)


@pytest.fixture
def radar(tmp_path: Path) -> Iterator[None]:
    line = tmp_path / "ttyRadar"
    (tmp_path / "echt.toml").write_text(f'{PROFILE}[slots.presence]\nbinding = "{line}"\n', encoding="utf-8")
    (tmp_path / "hand.feature").write_text(FEATURE, encoding="utf-8")
    (tmp_path / "out" / "fotos").mkdir(parents=True)
    (tmp_path / "out" / "fotos" / "tuer.jpg").write_bytes(JPEG)
    (tmp_path / "out" / "fotos" / "text.jpg").write_bytes(b"kein Bild")
    program = ForeignRadar(line)
    yield
    program.unplug()


ANSWERS = [
    ("m 91,5 tuer.jpg", 0, "mass.tuerbreite = 91,5 ± 0,3 cm, mindestens 90 cm: bestanden"),
    ("m 91,5", 2, "Es fehlt das Foto."),
    ("m 85 tuer.jpg", 1, "mass.tuerbreite = 85 ± 0,3 cm, mindestens 90 cm: nicht bestanden"),
    ("m 91,5 text.jpg", 2, "ist kein Foto"),
    ("m breit tuer.jpg", 2, "„breit“ ist keine Zahl"),
    ("m 1e999 tuer.jpg", 2, "„1e999“ ist keine Zahl"),
    ("x kein Maßband da", 2, "geht nicht (kein Maßband da)"),
]


@pytest.mark.parametrize(("answer", "code", "said"), ANSWERS if LONG else ANSWERS[:2])
def test_a_number_counts_with_its_photograph(radar: None, tmp_path: Path, answer: str, code: int, said: str) -> None:
    with seated(tmp_path, "hand.feature", "--profile", "echt.toml") as seat:
        seat.until(ASKED)
        seat.type(answer)
        told = seat.until("1 Szenario: ")
        assert said in told
        assert seat.code() == code
