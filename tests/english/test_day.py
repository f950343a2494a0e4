"""A vendor's day in English: what its commands print, write and refuse has no German word but quoted scenarios."""

from __future__ import annotations

import contextlib
import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.harness.text.document import read
from lisa_core.harness.text.language import speaking
from lisa_core.harness.text.naming import named
from lisa_core.host.data import data_dir
from lisa_core.host.machine import tell_through
from lisa_core.papers.stored_zip import unpacked
from tests.english.words import german_words
from tests.gherkin import copies

CLASS = "praesenzsensor-2026.1"
KEY = ("openssl", "genpkey", "-algorithm", "ed25519", "-out", "key.pem")
BAD = """\
[profile]
id = "px2"
extends = "emulated"
class = "praesenzsensor-2026.9"

[slots.presence]
binding = "./radar"
modell = "PX-2"
capabilities = ["beep"]

[slots.scanner]
binding = "http://192.0.2.1:80:81/eSCL"
duplex = "yes"

[limits."praesenz.erkannt"]
hoechstens = 5
einheit = "s"
"""


class Desk:
    """A folder in which a vendor works, in English by `LISA_LANG`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, code: int) -> str:
        """All that a command prints which runs scenarios, or is called wrongly: in a process of its own."""
        found, output = copies.lisa(*words, where=self.folder, LISA_LANG="en")
        assert found == code, output
        return output

    def lisa(self, *words: str, code: int | None = 0) -> str:
        """All that a command prints; `code` None: however it ends."""
        with contextlib.chdir(self.folder), speaking("de"):
            done = CliRunner().invoke(lisa, words, env={"LISA_LANG": "en"}, standalone_mode=False)
        tell_through(str)
        assert done.exception is None, done.output
        assert code in (done.return_value, None), done.output
        return done.output


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("day")
    subprocess.run(KEY, cwd=folder, check=True, capture_output=True)
    (folder / "bad.toml").write_text(BAD, encoding="utf-8")
    return Desk(folder)


@pytest.fixture(scope="module")
def bundle(desk: Desk) -> str:
    order = ("--profile", "emulated", "--class", CLASS, "--clock", "virtual", "--key", "key.pem", "--out", "made")
    return desk.run("certify", *order, code=2)


def test_plan_run_and_headline_are_english(desk: Desk, bundle: str) -> None:
    plan = desk.lisa("certify", "--profile", "emulated", "--class", CLASS, "--plan")
    assert "Class praesenzsensor-2026.1: presence sensor, valid from 2026-12-01" in plan
    assert "Wer eintritt, wird alsbald gemeldet (Whoever enters is reported soon)" in plan
    assert "      When the citizen enters the booth" in bundle
    assert re.search(r"^Duration: about .*, an estimate, as not each of them", plan, re.MULTILINE)
    assert "Verdict: trial run" in bundle
    assert left_in(plan) == left_in(bundle) == set()


def test_page_and_paper_of_the_bundle_are_english(desk: Desk, bundle: str) -> None:
    entries = unpacked((desk.folder / "made" / "pruefpaket.zip").read_bytes(), 500)
    (desk.folder / "sheet.pdf").write_bytes(entries["bericht.pdf"])
    drawn = subprocess.run(["pdftotext", "-raw", "sheet.pdf", "-"], cwd=desk.folder, check=True, capture_output=True)
    page, sheet = seen(entries["report.html"].decode()), " ".join(drawn.stdout.decode().split())
    assert "Given the booth Templin is open" in page
    assert "SHA-256 of the stream" in sheet
    assert "Class praesenzsensor-2026.1 Profile emulated," in sheet, "a name stays as it is written"
    assert "<h2>Scenarios</h2>" in entries["report.html"].decode()
    assert left_in(page) == left_in(sheet) == set()


def test_papers_to_print_are_english(desk: Desk) -> None:
    order = ("--profile", "emulated", "--class", "scanner-2026.1", "--plan", "--papers", "papers.pdf")
    plan = desk.lisa("certify", *order)
    drawn = subprocess.run(["pdftotext", "-raw", "papers.pdf", "-"], cwd=desk.folder, check=True, capture_output=True)
    sheets = " ".join(drawn.stdout.decode().split())
    sheets = re.sub("äöüß|ÄÖÜ", "", sheets)  # letters that a scanner has to show
    assert left_in(plan) == left_in(sheets) == set()


def test_a_bundle_is_checked_in_either_language(desk: Desk, bundle: str) -> None:
    english = desk.lisa("verify", "made/pruefpaket.zip", code=2)
    german = desk.lisa("verify", "made/pruefpaket.zip", "--lang", "de", code=2)
    assert "The bundle is whole" in english
    assert "Das Prüfpaket ist ganz" in german
    assert left_in(english) == set()
    again = desk.lisa("verify", "made/pruefpaket.zip", "--against", "made/pruefpaket.zip", "--report", "new", code=2)
    assert "Nothing is different." in again
    assert left_in(again) == set()


REFUSED = {
    ("certify", "--key", "key.pem"): "Nothing says what is tested and for what",
    ("certify", "--profile", "emulated", "--class", "beeper-2026.1", "--plan"): "There is no class “beeper-2026.1”",
    ("certify", "--profile", "nowhere.toml", "--class", CLASS, "--plan"): "nowhere.toml: There is no such profile.",
    ("certify", "--resume", "--key", "key.pem", "--out", "empty"): "No certification was begun here.",
    ("certify", "--profile", "emulated", "--class", CLASS, "--key", "none.pem"): "The key cannot be read",
    ("certify", "--profile", "emulated", "--class", CLASS, "--key", "key.pem", "--challenge", "x"): "--challenge: the",
    ("verify", "none.zip"): "The bundle cannot be read (there is no such thing)",
    ("verify", "key.pem"): "The bundle is damaged or cut off",
    ("verify", "made/pruefpaket.zip", "--trust", "bad.toml"): "neither a signed list of trust nor a public key",
    ("countersign", "--key", "key.pem"): "Nothing says what is to be signed",
    ("countersign", "made/pruefpaket.zip", "--key", "key.pem"): "Nothing says who countersigns",
    ("profile", "check", "bad.toml"): "There is no key “slots.presence.modell”. Did you mean “model”?",
    ("profile", "probe", "bad.toml"): "bad.toml:7: ",
    ("profile", "find", "--write", "bad.toml"): "This file exists already and stays as it is.",
    ("record", "--profile", "emulated", "--slot", "presense", "--out", "x.trace"): "Did you mean “presence”?",
    ("record", "--profile", "emulated", "--slot", "microphone", "--out", "x.trace"): "no line that can be recorded",
    ("emulate", "radarr"): "There is no device “radarr”.",
    ("emulate", "presence", "--faults", "presence.rost"): "There is no fault “rost” of “presence”.",
}


@pytest.mark.parametrize("words", REFUSED)
def test_whatever_is_refused_is_refused_in_english(desk: Desk, bundle: str, words: tuple[str, ...]) -> None:
    said = (desk.run if words[:2] == ("emulate", "radarr") else desk.lisa)(*words, code=4)
    assert REFUSED[words] in said
    assert left_in(said) == set()


def test_a_second_signature_is_english(desk: Desk, bundle: str) -> None:
    who = ("--key", "key.pem", "--by", "Erika Muster, Acme", "--into", "second.zip")
    signed = desk.lisa("countersign", "made/pruefpaket.zip", *who)
    checked = desk.lisa("verify", "second.zip", code=2)
    assert "Countersigned: second.zip" in signed
    assert "Countersignature: Erika Muster, Acme, 20" in checked
    assert left_in(signed) == left_in(checked) == set()


def test_a_first_profile_is_english(desk: Desk) -> None:
    said = desk.lisa(
        "profile", "find", "--write", "first.toml", code=None
    )  # whether anything is found is this machine's
    assert "first.toml: written. Check it: lisa profile check first.toml" in said
    assert left_in(said) == left_in((desk.folder / "first.toml").read_text(encoding="utf-8")) == set()
    assert "first.toml: sound." in desk.lisa("profile", "check", "first.toml")


def left_in(text: str) -> set[str]:
    """What is German in it beside the names and steps of scenarios, and places in Germany."""
    for german in _SCENARIOS:
        text = text.replace(german, "")
    return german_words(re.sub("Bürgerbüro Templin|Gemeinsames|Landkreis", "", text))


def seen(page: str) -> str:
    """What a page shows."""
    bare = re.sub(r"<(style|script).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def _scenarios() -> Iterator[str]:
    for path in data_dir("features/geraete").glob("*.feature"):
        feature = read(path)
        yield feature.name
        for name, pickle in named(feature):
            yield name
            for step in pickle["steps"]:
                yield from (f"{word} {step['text']}" for word in ("Angenommen", "Wenn", "Dann", "Und"))


_SCENARIOS = sorted(set(_scenarios()), key=len, reverse=True)
