"""What a failed scenario leaves to look at: values in the stream, pictures and talk in the page."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from lisa_core.harness.report import messages
from lisa_core.harness.report.messages_read import read
from lisa_core.harness.report.pictures.spoken import WORDS
from lisa_core.harness.report.record import RunRecord, Verdict
from lisa_core.harness.report.report import render
from lisa_core.harness.scene.glance import HERS
from lisa_core.wire.message_names import MESSAGES
from tests.gherkin.test_folder import LISA
from tests.gherkin.test_report_page import IDENTIFIER, text_of

RED = """\
# language: de
Funktionalität: Rot

  Szenario: Wird rot
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann zeigt der Bildschirm „Bitte nehmen Sie Platz“

  Szenario: Wird grün
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s

  @anf:EIGEN.1
  Szenario: Wird rot, weil es gemessen ist
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt
"""
ASKED = """[[anforderung]]
id = "EIGEN.1"
text = "Es klingelt sofort."
text_en = "It rings at once."
quelle = "Für diese Prüfung."

[anforderung.grenze]
messung = "anruf.klingelt"
hoechstens = 0.1
einheit = "s"
unsicherheit = 0.01
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("red")
    (folder / "rot.feature").write_text(RED, encoding="utf-8")
    (folder / "anforderungen").mkdir()
    (folder / "anforderungen" / "eigen.toml").write_text(ASKED, encoding="utf-8")
    command = [*LISA, "run", "rot.feature", "--clock", "virtual"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def kept(out: Path) -> RunRecord:
    return read((out / "messages.ndjson").read_text(encoding="utf-8"))


def test_only_what_failed_is_kept_and_comes_back_from_the_stream(kept: RunRecord) -> None:
    red, green, slow = kept.scenarios
    assert (red.verdict, green.verdict) == (Verdict.FAILED, Verdict.PASSED)
    assert green.moment is None
    assert (slow.verdict, {step.verdict for step in slow.steps}) == (Verdict.FAILED, {Verdict.PASSED})
    assert slow.moment is not None, "only its measurement failed"
    assert red.moment is not None
    assert red.moment.screen["scene"] == "gespraech"
    assert red.moment.screen["agent"]["name"] == "Frau Brandt"
    assert red.moment.desk is not None
    assert (red.moment.desk.name, "call.taken" in dict(red.moment.desk.told)) == ("Frau Brandt", True)
    said = [(one.sender, one.receiver, one.name) for one in red.moment.course]
    order = [
        ("buergerin", "kabine", "praesenz.erkannt"),
        ("kabine", "landkreis", "call.place"),
        ("landkreis", "Frau Brandt", "call.offer"),
        ("Frau Brandt", "landkreis", "call.accept"),
        ("landkreis", "kabine", "call.answered"),
    ]
    assert [one for one in said if one in order] == order
    assert read(messages.lines(messages.whole(kept))) == kept


def test_the_page_shows_screen_desk_and_what_was_said(out: Path, kept: RunRecord, chromium: str) -> None:
    page = (out / "report.html").read_text(encoding="utf-8")
    red, _, slow = kept.scenarios
    assert [(one.scenario, one.what) for one in kept.pictures] == [
        (one.id, what) for what in ("screen", "desk") for one in (red, slow)
    ]
    sizes = [Image.open(io.BytesIO(one.jpeg)).size for one in kept.pictures]
    assert sizes == [(1280, 800)] * 2 + [(1366, 768)] * 2
    assert all(ImageStat.Stat(Image.open(io.BytesIO(one.jpeg)).convert("L")).stddev[0] > 20 for one in kept.pictures)
    assert kept.pictures_us > 0
    captions = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    assert captions[:2] == ["Bildschirm der Bürgerin in diesem Moment", "Arbeitsplatz in diesem Moment: Frau Brandt"]
    text = text_of(page)
    assert "Frau Brandt an Landkreis: nimmt Bild und Ton" in text
    assert "Erwartet Bildschirm: „Bitte nehmen Sie Platz“, innerhalb von" in text
    assert "Bekommen Er zeigt: Sie sprechen mit Frau Brandt" in text
    assert page.count('<svg class="course"') == 2
    course = page[page.index('<svg class="course"') :].partition("</svg>")[0]
    steps = ("Wenn die Bürgerin das Bürgerbüro betritt", ">tritt ein<", ">nimmt an<", "Dann zeigt der Bildschirm")
    told = [course.index(words) for words in steps]
    assert told == sorted(told), "what a step brings about stands below it"
    assert not IDENTIFIER.findall(text.partition("Umgebung")[0])


def test_every_message_and_what_she_does_has_words() -> None:
    assert WORDS.keys() == MESSAGES.keys() | HERS


def test_a_page_made_again_of_the_stream_is_the_same(
    out: Path, kept: RunRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out.parent)
    again = read((out / "messages.ndjson").read_text(encoding="utf-8"))
    assert render(again) == (out / "report.html").read_text(encoding="utf-8")
