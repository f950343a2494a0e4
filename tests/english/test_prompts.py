"""What a tester is asked at real devices is English in an English run: request, keys, refusal, answer, report."""

from __future__ import annotations

from pathlib import Path

from tests.english.test_day import left_in, seen
from tests.system.programs import PROFILE
from tests.tester.seat import seated
from tests.tester.test_by_hand import FEATURE, JPEG
from tests.tester.test_guided_run import ForeignRadar

QUOTED = ("Von Hand", "Die Tür ist breit genug")


def test_what_a_tester_is_asked_is_english(tmp_path: Path) -> None:
    line, photos = tmp_path / "ttyRadar", tmp_path / "out" / "fotos"
    (tmp_path / "real.toml").write_text(f'{PROFILE}[slots.presence]\nbinding = "{line}"\n', encoding="utf-8")
    (tmp_path / "hand.feature").write_text(FEATURE, encoding="utf-8")
    photos.mkdir(parents=True)
    (photos / "door.jpg").write_bytes(JPEG)
    program = ForeignRadar(line)
    try:
        with seated(tmp_path, "hand.feature", "--profile", "real.toml", "--lang", "en") as seat:
            asked = seat.until("cannot be done · 60 s")
            assert "▸ width of the door (cm): Measure the clear width" in asked
            assert "m, the number and the photograph's name" in asked
            seat.type("what?")
            seat.until("This was not understood.")
            seat.type("m 91.5 door.jpg")
            told = seat.until("1 scenario: ")
            assert "mass.tuerbreite = 91.5 ± 0.3 cm, at least 90 cm: passed" in told
            assert left(asked) == left(told) == set()
            assert seat.code() == 0
    finally:
        program.unplug()
    page = seen((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    assert "Request to the tester" in page
    assert left(page) == set()


def left(text: str) -> set[str]:
    """What is German beside this very scenario."""
    for quoted in QUOTED:
        text = text.replace(quoted, "")
    return left_in(text)
