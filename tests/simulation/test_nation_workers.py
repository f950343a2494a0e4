"""Landkreise in processes side by side: the same as one after the other, also when one dies; none is left behind."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import signal
import subprocess
import threading
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

from lisa_core.harness.simulation.nation.order import NationOrder
from lisa_core.harness.simulation.play.order import SimulationOrder
from tests.simulation.worlds import simulated
from tests.system.programs import LIMIT_S, LISA, LOOK_S, children, refused, started, wait_until
from tests.system.slowed import slowed

SPEED = re.compile(r"^Ereignisse je Sekunde.*$", re.MULTILINE)
ENDLESS = ("simulate", "--kreise", "5000", "--booths", "9", "--workers", "2")
ALLOWED_S = 2.0


def expected(order: NationOrder) -> str:
    """The digest, one Landkreis after the other, in this process."""
    whole, each = hashlib.sha256(), order.each
    for portion in map(order.portion, range(order.portions)):
        whole.update(bytes.fromhex(simulated(each.booths, each.days, portion.seed, each.faults).digest))
    return whole.hexdigest()


def test_one_worker_or_two_say_and_draw_the_same(tmp_path: Path) -> None:
    order = NationOrder(SimulationOrder(3, 1, 7, "all"), kreise=3, replications=2)
    words = ("simulate", "--kreise", "3", "--booths", "3", "--seed", "7", "--faults", "all", "--replications", "2")
    said = []
    for workers in ("1", "2"):
        code, told, complaint = refused(tmp_path, *words, "--workers", workers, "--report", "r.html", "--log", "l.txt")
        assert (code, complaint) == (0, ""), told
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        said.append((SPEED.sub("", told), page, *_logs(tmp_path)))
    assert said[0] == said[1]
    told, page, *logs = said[0]
    assert expected(order) in told
    assert "Mittel über 2 Wiederholungen" in told
    assert "Einschwingen                nichts weggelassen" in told
    assert len(logs) == order.portions
    look_at(page)


def look_at(page: str) -> None:
    """As a browser reads it: closed tags, German, nothing from elsewhere, pictures that say what they are."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert reader.languages == ["de"]
    assert not [value for name, value in reader.links if not value.startswith("#")]
    titles = reader.pictures
    assert titles[:2] == ["Wartezeit nach Stunde", "Wartezeit nach Standort"]
    assert "Wartezeit nach Stunde: Bürgerbüro Templin" in titles
    assert {"Kennzahlen", "Einschwingen", "Mittel über 2 Wiederholungen"} <= set(reader.headings)
    assert "10 Uhr" in page
    assert reader.colours == {"#12222b"}, "what is written in a picture is dark"


class _Reader(HTMLParser):
    EMPTY = ("meta", "line", "rect", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.languages: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.pictures: list[str] = []
        self.headings: list[str] = []
        self.colours: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.open += [] if tag in self.EMPTY else [tag]
        self.languages += [given["lang"]] if "lang" in given else []
        self.links += [(name, given[name]) for name in ("src", "href", "xlink:href") if name in given]
        if tag == "svg":
            assert given["role"] == "img"
            self.pictures.append(given["aria-label"])
        if tag == "text":
            self.colours.add(given["fill"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.EMPTY

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["h2"]:
            self.headings.append(data)


def _logs(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("l-*-*.txt"))]


def test_a_worker_that_is_killed_is_named_and_its_landkreis_played_again(tmp_path: Path) -> None:
    order = NationOrder(SimulationOrder(20, 2, 7), kreise=3)
    words = ("simulate", "--kreise", "3", "--booths", "20", "--days", "2", "--seed", "7", "--workers", "1")
    with started(tmp_path, *words) as program:
        victim = wait_until(lambda: children(program.pid), "a worker is there", program).pop()
        os.kill(victim, signal.SIGKILL)
        ending = program.ended()
    assert f"Prozess {victim} ist gestorben (SIGKILL) und mit ihm Landkreis " in ending.output
    assert "er wird noch einmal gespielt" in ending.output
    assert (ending.code, expected(order) in ending.output) == (0, True), ending.output


def test_a_landkreis_that_is_lost_again_and_again_is_the_machines_fault(tmp_path: Path) -> None:
    with started(tmp_path, *ENDLESS) as program:
        rhythm = threading.Event()
        while program.runs:
            rhythm.wait(LOOK_S)
            for victim in children(program.pid):
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
        ending = program.ended()
    assert ending.code == 5, ending.output
    assert "zum 3. Mal: So lässt er sich nicht spielen." in ending.output
    assert "Traceback" not in ending.output


def test_whatever_ends_it_no_worker_is_left(tmp_path: Path) -> None:
    """Ctrl-C, SIGTERM, SIGHUP with a sentence and 130; and when it is killed, its workers notice by themselves."""
    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        home = tmp_path / how.name
        home.mkdir()
        with started(home, *ENDLESS) as program:
            wait_until(lambda program=program: len(children(program.pid)) == 2, "both are there", program)
            workers = children(program.pid)
            with slowed(program.pid, *workers) as machine:
                ending = program.end(how)
        if how is signal.SIGKILL:
            wait_until(lambda workers=workers: not any(map(_runs, workers)), "they have noticed")
            continue
        assert ending.code == 130, ending.output
        assert ending.seconds < ALLOWED_S * machine.factor
        assert re.search(r"Abgebrochen: \d+ von 5\.000 Landkreisen gespielt, Startwert 0;", ending.output)
        assert not any(map(_runs, workers))


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[:1]
    except FileNotFoundError:
        return False


def test_too_little_memory_is_said_before_the_start(tmp_path: Path) -> None:
    limit = 700_000_000
    done = subprocess.run(
        [LISA, "simulate", "--booths", "100000"],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, "")
    assert re.search(r"reicht nicht für 100000 Büros.*Gebraucht werden etwa 1\d\d\d MB, frei sind \d+ MB", done.stderr)
    assert "ulimit -v" in done.stderr
