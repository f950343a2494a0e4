"""Bad input at the command line: exit code 4, a sentence that says where and what to do, nothing half-written.

Where the machine lacks something the exit code is 5. One command of each kind is started as people do; the others go
through the same door in copies of a program that has imported what it needs (`tests.gherkin.copies`).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import click
import pytest

from lisa_core.cli.commands import lisa
from tests.gherkin.copies import original, started
from tests.system.programs import FEATURES, LIMIT_S, PROFILE, refused

TAKEN = "<belegt>"
"""Stands for a port that somebody else has."""
SHORT = str(FEATURES / "empfang")
FILES = {
    "kaputt.toml": '[profile\nid = "kaputt"\n',
    "platz.toml": PROFILE + '[slots.presense]\nbinding = "/dev/ttyUSB0"\n',
    "wort.toml": PROFILE + '[slots.presence]\nbindng = "/dev/ttyUSB0"\n',
    "pty.toml": PROFILE + '[slots.presence]\nbinding = "/dev/pts/9999"\n',
    "datei.toml": PROFILE + '[slots.signature_pad]\nbinding = "/etc/hostname"\n',
    "adresse.toml": PROFILE + '[slots.scanner]\nbinding = "http://127.0.0.1:184550/eSCL"\n',
    "welt.toml": PROFILE + '[world]\njoin = "tcp://127.0.0.1:1"\n',
    "ohne.feature": "# language: de\nFunktionalität: F\n\n  Szenario: A\n"
    "    Angenommen das Bürgerbüro Templin ist geöffnet\n    Dann fliegt die Kabine davon\n",
    "tippfehler.feature": "# language: de\nFunktionalität: F\n\n  Szenario: A\n"
    "    Angenomen das Bürgerbüro Templin ist geöffnet\n",
    "kein.pem": "-----BEGIN NONSENSE-----\n",
}
CASES: dict[str, tuple[tuple[str, ...], str]] = {
    "unknown profile": (("run", SHORT, "--profile", "emulatet"), "„emulatet“ gibt es nicht. Meinten Sie „emulated“?"),
    "broken TOML": (("run", SHORT, "--profile", "kaputt.toml"), "kaputt.toml:1: Das ist kein gültiges TOML"),
    "unknown slot": (
        ("up", "--profile", "platz.toml", "--port", "0"),
        "„presense“ gibt es nicht. Meinten Sie „presence“?",
    ),
    "unknown key": (("run", SHORT, "--profile", "wort.toml"), "„slots.presence.bindng“ gibt es nicht. Meinten Sie"),
    "missing port": (
        ("run", SHORT, "--profile", "pty.toml"),
        "pty.toml:5: slots.presence.binding: Serieller Anschluss",
    ),
    "no port for a booth": (
        ("booth", "--profile", "datei.toml", "--exchange", "http://127.0.0.1:1", "--key", "k.pem"),
        "datei.toml:4: slots.signature_pad: Serieller Anschluss '/etc/hostname': Das ist kein serieller Anschluss.",
    ),
    "mistyped address": (
        ("booth", "--profile", "adresse.toml", "--exchange", "http://127.0.0.1:1", "--key", "k.pem"),
        "adresse.toml:5: slots.scanner.binding: „http://127.0.0.1:184550/eSCL“: Der Port „184550“",
    ),
    "no world": (("run", SHORT, "--profile", "welt.toml"), "Unter tcp://127.0.0.1:1 ist keine Welt."),
    "empty part": (("run", SHORT, "--shard", ""), "--shard: Hier steht nichts. Ist eine Variable leer?"),
    "missing path": (("run", "fehlt.feature"), "fehlt.feature: Diesen Pfad gibt es nicht."),
    "undefined step": (("run", "ohne.feature"), "ohne.feature:6"),
    "keyword typo": (("run", "tippfehler.feature"), "Meinten Sie „Angenommen“?"),
    "no port": (("up", "--port", "99999"), "99999"),
    "open to all": (("exchange", "--listen", "0.0.0.0:8410"), "wird nur auf 127.0.0.1 gelauscht: 127.0.0.1:8410"),
    "no address": (("exchange", "--listen", "8410"), "'8410' ist keine Adresse: erwartet wird Rechner:Port"),
    "unknown Landkreis": (
        ("exchange", "--config", "uckermarck"),
        "„uckermarck“ gibt es nicht. Meinten Sie „uckermark“?",
    ),
    "no date": (("exchange", "--listen", "127.0.0.1:0", "--at", "gestern"), "'gestern' ist kein Zeitpunkt"),
    "no folder": (("exchange", "--listen", "127.0.0.1:0", "--data", "kein.pem"), "kein.pem: Dieser Ordner lässt sich"),
    "no key": (
        ("booth", "--exchange", "http://127.0.0.1:1", "--key", "kein.pem"),
        "kein.pem: Das ist kein Siegelschlüssel",
    ),
    "no exchange": (
        ("booth", "--exchange", "ftp://x", "--key", "k.pem"),
        "'ftp://x' ist keine Adresse einer Vermittlung",
    ),
    "no exchange to enrol at": (
        ("booth", "enrol", "--exchange", "ftp://x", "--code", "A", "--key", "k.pem"),
        "'ftp://x' ist keine Adresse einer Vermittlung",
    ),
    "no town": (
        ("site", "add", "templim", "--data", "v"),
        "„templim“ gibt es in diesem Landkreis nicht (Namen eines eigenen Landkreises: --config). Meinten",
    ),
    "no keys here": (("booth", "list", "--data", "v"), "v: Hier liegt kein Verzeichnis der Schlüssel."),
    "no device": (("emulate", "presense"), "presense"),
    "no world to join": (("emulate", "presence", "--world", "tcp://127.0.0.1:1"), "Erst „lisa emulate“ starten"),
    "no act": (("emulate", "presence", "--act", "dance"), "Die Handlung „dance“ gibt es nicht. Bekannt: "),
    "impossible act": (("emulate", "presence", "--act", "sit"), "Niemand ist im Bürgerbüro"),
    "incomplete act": (("emulate", "presence", "--act", "speak"), "fehlt die Angabe duration_us=…"),
    "port taken, up": (("up", "--port", TAKEN), "ist schon belegt: einen anderen wählen"),
    "port taken, exchange": (("exchange", "--listen", f"127.0.0.1:{TAKEN}"), "ist schon belegt: einen anderen wählen"),
    "port taken, emulate": (("emulate", "scanner", "--listen", f"127.0.0.1:{TAKEN}"), "ist schon belegt"),
    "path taken": (("emulate", "presence", "--listen", "kein.pem"), "'kein.pem' lässt sich nicht anlegen"),
}


OF_THE_MACHINE = {name for name in CASES if name.startswith("port taken")}
"""Nobody typed anything wrong: exit code 5."""

AS_PEOPLE_DO = {"undefined step", "no port", "port taken, exchange", "no key", "no device"}
"""Of `run`, `up`, `exchange`, `booth` and `emulate` one each, and it complains where programs do."""
DOOR = """\
import os, sys, tempfile
from lisa_core.host.allocator import MALLOC
os.environ.update(MALLOC)
tempfile.tempdir = None
sys.argv = ["lisa", *{words!r}]
from lisa_core.cli.main import main
main()
"""
"""A program that overwrites what it lets go of would start itself anew, which a copy cannot."""
Outcome = tuple[int, str, str]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, Future[Outcome]]]]:
    """Every case in a folder of its own, two at a time: most of what they take is the start of Python."""
    with ThreadPoolExecutor(2) as pool, socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        homes = {name: tmp_path_factory.mktemp("eingabe") for name in CASES}
        for home in homes.values():
            furnish(home)
        original()
        yield {
            name: (
                homes[name],
                pool.submit(
                    refused if name in AS_PEOPLE_DO else told,
                    homes[name],
                    *(word.replace(TAKEN, port) for word in arguments),
                ),
            )
            for name, (arguments, _) in CASES.items()
        }


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_is_wrong(name: str, outcomes: dict[str, tuple[Path, Future[Outcome]]]) -> None:
    home, outcome = outcomes[name]
    code, said, complaint = outcome.result()
    assert code == (5 if name in OF_THE_MACHINE else 4), said + complaint
    assert CASES[name][1] in (complaint or said)  # what is wrong with a feature is told where runs are told
    assert "Traceback" not in said + complaint
    assert not list((home / "tmp").iterdir())
    assert {path.name for path in home.iterdir()} <= {*FILES, "tmp", "out", "k.pem"}
    if (report := home / "out" / "report.html").exists():
        assert "Nicht gelaufen" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "--affected", ""), "--affected: Hier steht nichts."),
        (("run", "--profile="), "--profile: Hier steht nichts."),
        (("run", "-t", "", "features"), "-t: Hier steht nichts."),
        (("run", "--out", "", "--failed"), "--out: Hier steht nichts."),
        (("run", ""), "Eine leere Angabe hinter „run“."),
        (("merge", "teil-1", ""), "Eine leere Angabe hinter „teil-1“."),
        (("gate", "--rules="), "--rules: Hier steht nichts."),
        (("emulate", "scanner", "--listen", ""), "--listen: Hier steht nichts."),
    ],
)
def test_what_was_given_and_is_empty_is_not_taken_for_left_out(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        lisa.main(list(words), standalone_mode=False)
    assert said in str(caught.value)


def test_no_faults_at_all_may_be_said() -> None:
    with pytest.raises(click.UsageError, match="--gibtesnicht"):
        lisa.main(["run", "--faults", "", "--faults=", "--gibtesnicht"], standalone_mode=False)


def told(home: Path, *words: str) -> Outcome:
    """As `refused`, in a copy: it says and complains in one breath."""
    home.joinpath("tmp").mkdir(exist_ok=True)
    more = {"TMPDIR": str(home / "tmp"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "400"}
    program = started(DOOR.format(words=words), home, {**os.environ, **more})
    said, _ = program.communicate(timeout=LIMIT_S)
    assert program.returncode is not None
    return program.returncode, said, ""


def furnish(home: Path) -> None:
    for name, text in FILES.items():
        (home / name).write_text(text, encoding="utf-8")
