"""A renamed word is understood for one version, told once with its new name, and rewritten by `lisa migrate`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lisa_core.cli.commands import lisa
from lisa_core.config.directory import load_directory
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import ProfileError
from lisa_core.harness.text.former_words import current_tags, migrated
from lisa_core.host import notices, renames
from lisa_core.host.renames import Rename, Word
from tests.compat.frozen import unpack

ROWS = (
    Rename(
        Word.STEP,
        "{wer:Bürgerin} das Büro {ort:Ort} vor {dauer:Dauer} betrat",
        "{wer} nach {dauer} {ort} betritt",
        "9.0.0",
    ),
    Rename(Word.STEP, "{wer:Bürgerin} in das Bürgerbüro tritt", "{wer} das Bürgerbüro betritt", "9.0.0"),
    Rename(Word.TAG, "stufe:draht", "stufe:wire", "9.0.0"),
    Rename(Word.TAG, "braucht:tuer", "braucht:door", "9.0.0"),
    Rename(Word.PROFILE, "slots.*.address", "slots.*.binding", "9.0.0"),
    Rename(Word.LANDKREIS, "offices.*.mandant", "offices.*.tenant", "9.0.0"),
    Rename(Word.OPTION, "steps --form", "steps --format", "9.0.0"),
)
FEATURE = """\
# language: de
# Ein Kommentar bleibt: in das Bürgerbüro tritt
@stufe:draht   @frei:x
Funktionalität: Alt

  @braucht:tuer.offen @stufe:draht
  Szenariogrundriss: A
    Wenn   die Bürgerin in das Bürgerbüro tritt
    Und <wer> das Büro Templin vor <n> min betrat
    Dann ist die Bürgerin in das Bürgerbüro tritt

    Beispiele:
      | wer | n |
      | sie | 2 |
"""
REWRITTEN = FEATURE
for OLD, NEW in {
    "@stufe:draht   @frei:x": "@stufe:wire   @frei:x",
    "@braucht:tuer.offen @stufe:draht": "@braucht:door.offen @stufe:wire",
    "Wenn   die Bürgerin in das Bürgerbüro tritt": "Wenn   die Bürgerin das Bürgerbüro betritt",
    "<wer> das Büro Templin vor <n> min betrat": "<wer> nach <n> min Templin betritt",
}.items():
    REWRITTEN = REWRITTEN.replace(OLD, NEW)


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Further rows in the table, and nothing told yet."""
    monkeypatch.setattr(renames, "RENAMES", (*renames.RENAMES, *ROWS))
    monkeypatch.setattr(notices, "_told", {})


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_feature_is_rewritten_and_nothing_else_in_it(end: str) -> None:
    old, new = (text.replace("\n", end) for text in (FEATURE, REWRITTEN))
    for mark in ("", "\ufeff"):
        assert migrated(Path("a.feature"), mark + old) == mark + new
    assert migrated(Path("a.feature"), new) == new


@pytest.mark.usefixtures("rows")
def test_old_keys_tags_and_options_are_understood_and_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile, kreis = tmp_path / "p.toml", tmp_path / "k.toml"
    text = '[profile]\nid = "p"\nextends = "emulated"\n[slots.door]\naddress = "/dev/ttyS0"\n'
    profile.write_text(text, encoding="utf-8")
    known = unpack(tmp_path, "profile/kreis.toml") / "profile" / "kreis.toml"
    kreis.write_text(known.read_text(encoding="utf-8").replace("tenant", "mandant"), encoding="utf-8")
    for _ in range(2):
        assert load_profile(str(profile)).slots["door"].binding == "/dev/ttyS0"
        assert load_directory(str(kreis))[0].offices == load_directory(str(known))[0].offices
        assert current_tags("not stufe:draht and frei:x") == "not stufe:wire and frei:x"
        _, command, rest = lisa.resolve_command(click.Context(lisa), ["steps", "--form=md"])
        assert command is not None
        assert command.make_context("steps", rest).params["form"] == "md"
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 4
    assert [line for line in told if "„slots.*.address“ heißt jetzt „slots.*.binding“; bis Version 9.0.0" in line]


RUN = """\
import sys
from lisa_core.host import renames
old = "{wer:Bürgerin} in das Bürgerbüro tritt"
renames.RENAMES += (renames.Rename(renames.Word.STEP, old, "{wer} das Bürgerbüro betritt", "9.0.0"),)
from lisa_core.harness.start.run import Order, run
sys.exit(run(Order(("alt.feature",), clock="virtual")))
"""
OLD_SENTENCE = """\
# language: de
Funktionalität: Alt

  Szenario: Ein alter Satz
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin in das Bürgerbüro tritt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s
"""


def test_an_old_sentence_runs_and_is_told_once(tmp_path: Path) -> None:
    again = OLD_SENTENCE[OLD_SENTENCE.index("  Szenario") :].replace("alter Satz", "zweiter")
    (tmp_path / "alt.feature").write_text(f"{OLD_SENTENCE}\n{again}", encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tmp_path, check=False, capture_output=True, text=True, env=env
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.count("heißt jetzt „{wer} das Bürgerbüro betritt“") == 1
    assert "Wenn die Bürgerin in das Bürgerbüro tritt" in done.stdout, "shown as it is written"


def moved(place: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(lisa, ["migrate", str(place), *options], standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, done.output


def test_migrate_moves_the_ring_time_to_the_landkreis_and_says_so(tmp_path: Path) -> None:
    place = unpack(tmp_path, "profile", "buergerwerkstatt")
    files = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    code, shown = moved(place, "--dry-run")
    assert (code, "4 würden geändert" in shown) == (0, True)
    assert {path: path.read_bytes() for path in files} == files
    assert moved(place)[0] == 0
    service, kreis = place / "profile" / "service.toml", place / "profile" / "kreis.toml"
    text = service.read_text(encoding="utf-8")
    assert text.endswith("[exchange]\n# so lange klingelt es\nring_ms = 20000\ntransfer_ms = 40000\n")
    assert "wrap_up_s = 15   # so viel Nacharbeit\nring_s = 20\ntransfer_s = 40\n" in kreis.read_text(encoding="utf-8")
    assert not load_profile(str(service)).exchange_of_old
    assert 'binding = "socket://127.0.0.1:9100"' in (place / "profile" / "network.toml").read_text(encoding="utf-8")
    assert 'join = "tcp://' in (place / "profile" / "joined.toml").read_text(encoding="utf-8"), "a world is no device"
    assert load_directory(str(kreis))[0].rules.ring_us == 20_000_000
    trial = (place / "buergerwerkstatt" / "profil.toml").read_text(encoding="utf-8")
    assert "[exchange]\nring_ms = 2500  # kürzer als im Ernst\n" in trial
    assert "ring_s" not in (place / "buergerwerkstatt" / "kreis.toml").read_text(encoding="utf-8"), (
        "nobody waits so there"
    )
    assert moved(place) == (0, "12 Dateien gelesen, 0 geändert.\n")


PROFILE = '[profile]\nid = "p"\nextends = "emulated"\n'
REFUSED = {
    "kaputt.toml": ("[profile]\nid = \n", "kaputt.toml:2: Das ist kein gültiges TOML"),
    "inline.toml": (
        f"deadlines = {{ ring_ms = 3 }}\n{PROFILE}",
        "inline.toml:1: „deadlines.ring_ms“ lässt sich hier nicht",
    ),
    "satz.feature": ("Funktionalität: A\n\n  Szenario: x\n    Wenn x\n", "satz.feature:1: Die Sprachzeile"),
    "latein.feature": ("# language: de\nFunktionalität: ä\n", "latein.feature:2: Die Datei ist nicht als UTF-8"),
}


def test_what_cannot_be_read_is_named_with_its_line_and_stays_while_the_rest_is_rewritten(tmp_path: Path) -> None:
    for name, (text, _) in REFUSED.items():
        (tmp_path / name).write_text(text, encoding="latin-1" if name.startswith("latein") else "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "gut.toml").write_text(f"{PROFILE}[deadlines]\nring_ms = 3000", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[deadlines]\nring_ms = 1\n", encoding="utf-8")
    code, output = moved(tmp_path)
    assert code == 4
    assert {path: path.read_bytes() for path in before} == before
    assert (tmp_path / "gut.toml").read_text(encoding="utf-8").endswith("[exchange]\nring_ms = 3000\n")
    assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == "[deadlines]\nring_ms = 1\n"
    assert not [said for name, (_, said) in REFUSED.items() if said not in output], output
    assert not list(tmp_path.glob(".*")), "nothing half-written is left"


def test_times_that_no_landkreis_here_can_take_are_told(tmp_path: Path) -> None:
    """It is elsewhere, they are no whole seconds, or two booths of one Landkreis say different ones."""
    place = unpack(tmp_path, "profile") / "profile"
    service = (place / "service.toml").read_text(encoding="utf-8")
    (place / "andere.toml").write_text(service.replace("20000", "21000"), encoding="utf-8")
    elsewhere = service.replace("kreis.toml", "uckermark").replace("neustadt", "templin").replace("40000", "40500")
    (place / "fern.toml").write_text(elsewhere, encoding="utf-8")
    code, output = moved(place)
    assert code == 4
    assert "sind sich über [routing] ring_s nicht einig" in output
    assert "fern.toml: Im Betrieb sagt das der Landkreis, dort unter [routing] eintragen: ring_s = 20" in output
    assert "dort von Hand eintragen: [routing] transfer_s, in ganzen Sekunden (hier 40,5 s)" in output
    kreis = (place / "kreis.toml").read_text(encoding="utf-8")
    assert ("transfer_s = 40" in kreis, "ring_s" in kreis) == (True, False)


def test_a_landkreis_that_has_no_room_for_them_stays_as_it_is(tmp_path: Path) -> None:
    place = unpack(tmp_path, "profile") / "profile"
    path = place / "kreis.toml"
    text = "routing = 5\n" + path.read_text(encoding="utf-8").replace("[routing]\nwrap_up_s = 15", "[rest]\nx = 15")
    path.write_text(text, encoding="utf-8")
    code, output = moved(place)
    assert (code, path.read_text(encoding="utf-8")) == (4, text)
    assert "kreis.toml: Unter [routing] eintragen: ring_s = 20, transfer_s = 40" in output


def test_the_old_key_beside_the_new_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f"{PROFILE}[deadlines]\nring_ms = 1\n[exchange]\nring_ms = 2\n", encoding="utf-8")
    with pytest.raises(ProfileError, match="und das steht hier auch"):
        load_profile(str(path))


@pytest.mark.parametrize("wrapped", ["", '[world]\njoin = """\ntcp://127.0.0.1:1"""\n'])
def test_what_stands_in_a_text_over_several_lines_is_no_key(tmp_path: Path, wrapped: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f'{PROFILE}{wrapped}[deadlines]\n  ring_ms = 3000  # "kurz"\nseat_ms = 5', encoding="utf-8")
    assert moved(path)[0] == 0
    end = '[deadlines]\nseat_ms = 5\n\n[exchange]\n  ring_ms = 3000  # "kurz"\n'
    assert path.read_text(encoding="utf-8") == f"{PROFILE}{wrapped}{end}"


def test_a_place_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    assert moved(tmp_path / "nirgends")[0] == 4


FOREIGN = {
    "fremd.toml": "[profile]\nrelease = 1\n[deadlines]\nring_ms = 1\n",
    "en.feature": "@x\n# a comment\nFeature: y\n  Scenario: z\n    Given a\n",
    "fr.feature": "# language: fr\nFonctionnalité: x\n",
}


def test_files_of_other_projects_are_left_alone_and_no_fault(tmp_path: Path) -> None:
    for name, text in FOREIGN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert moved(tmp_path)[0] == 0
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in FOREIGN} == FOREIGN


def test_what_is_still_old_is_told_and_what_cannot_be_rewritten_ends_nothing(tmp_path: Path) -> None:
    """Both keys, a file that may only be read, a pipe."""
    both, locked, pipe = (tmp_path / name for name in ("both.toml", "locked.toml", "pipe.toml"))
    both.write_text(f"{PROFILE}[deadlines]\nring_ms = 1\n[exchange]\nring_ms = 2\n", encoding="utf-8")
    locked.write_text(f"{PROFILE}[deadlines]\nring_ms = 1\n", encoding="utf-8")
    locked.chmod(0o444)
    os.mkfifo(pipe)
    code, output = moved(tmp_path)
    assert code == 5
    for said in (
        "both.toml:5: „deadlines.ring_ms“",
        "locked.toml: lässt sich nicht schreiben",
        "pipe.toml: Das ist kei",
    ):
        assert said in output
    assert "1 Dateien gelesen, 0 geändert" in output


def test_a_profile_keeps_its_times_when_its_landkreis_cannot_take_them(tmp_path: Path) -> None:
    place = unpack(tmp_path, "profile") / "profile"
    (place / "kreis.toml").chmod(0o444)
    service = (place / "service.toml").read_bytes()
    assert moved(place)[0] == 5
    assert (place / "service.toml").read_bytes() == service
    (place / "kreis.toml").chmod(0o644)
    assert moved(place)[0] == 0
    assert "ring_s = 20" in (place / "kreis.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("binding", ["'TCP://h:9100'  # war tcp://h:9100", '"tcp://h:9100"'])
def test_an_address_of_old_is_rewritten_where_its_driver_is_inherited(tmp_path: Path, binding: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f"{PROFILE}[slots.printer]\nbinding = {binding}\n", encoding="utf-8")
    assert moved(path)[0] == 0
    new = binding.replace("TCP", "tcp").replace("tcp", "socket", 1)
    assert path.read_text(encoding="utf-8") == f"{PROFILE}[slots.printer]\nbinding = {new}\n"


OLD_IMPORTS = """\
from lisa_core.gherkin.steps_site import *
from lisa_core.gherkin.declare import given, then
import lisa_core.model.directory
given("nichts geschieht")(lambda: None)
then("nichts geschieht auch")(lambda: None)
"""
NOTHING = """\
# language: de
Funktionalität: A

  Szenario: B
    Angenommen nichts geschieht
    Dann nichts geschieht auch
"""


def test_plain_pytest_tells_each_old_module_once_and_no_package_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(OLD_IMPORTS, encoding="utf-8")
    (tmp_path / "a.feature").write_text(NOTHING, encoding="utf-8")
    (tmp_path / "p.toml").write_text(f"{PROFILE}[deadlines]\nring_ms = 5000\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "lisa=true", "a.feature"]
    command.append("--lisa-profile=p.toml")
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    env.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line.partition(" heißt")[0] for line in (done.stdout + done.stderr).splitlines() if " heißt jetzt" in line]
    assert sorted(told) == [
        *(
            "Modul „lisa_core.gherkin.declare“",
            "Modul „lisa_core.gherkin.steps_site“",
            "Modul „lisa_core.model.directory“",
        ),
        "p.toml: Schlüssel im Hardware-Profil „deadlines.ring_ms“",
    ]


def test_a_worker_tells_nothing_that_is_told_beside_it(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(OLD_IMPORTS, encoding="utf-8")
    env = {**os.environ, "PYTEST_XDIST_WORKER": "gw0"}
    command = [sys.executable, "-m", "pytest", "-s", "--collect-only", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, env=env)
    assert "heißt jetzt" not in done.stdout + done.stderr
