"""What scenarios cost, beside others: `python -m tests.bench.bench_gherkin`.

First a five-step scenario at 500 step definitions, then the same in a file of 1,000 and in files of 10, and in one of
10,000 and in ten of 1,000, then 1,000 whole visits on the memory booth in virtual time, then a booth's day of 8 hours.

Each runner gets the same scenarios; what one more of them costs is the slope between few and many, so that starting up
does not count. CPU seconds, the least of several runs. `lisa run` writes messages, JUnit XML and the page meanwhile.
behave and Robot Framework are installed into an environment of their own beside .tox/lisa.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.pair import REPEATS, Pair, Row, interleaved, seconds

DEFINITIONS, FEW, MANY, TIMES = 500, 20, 520, 3
PEERS = Path(__file__).resolve().parents[2] / ".tox" / "peers"
PEER_PACKAGES = ("behave==1.3.3", "robotframework==7.5")
LIMIT = 0.8
"""How much of behave's a scenario of ours may cost."""
FILES, GROWTH = ((1000, 10), (10_000, 1000)), 1.1
"""Scenarios of a large and of a small file, and how much more one of the large file may cost."""
LARGE, SMALL = FILES[0]

VISITS, VISITS_S = 1000, 30
VISIT = """
  Szenario: Besuch {number}
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und Frau Brandt vom LISA-Team ist bereit
    Wenn die Bürgerin das Bürgerbüro betritt
    Dann klingelt es bei Frau Brandt innerhalb von 2 s
    Wenn Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Und sieht Frau Brandt die Bürgerin
    Wenn Frau Brandt das Gespräch beendet
    Und die Bürgerin das Bürgerbüro verlässt
    Dann endet der Besuch als „erledigt_beratung“
    Und ist nichts mehr von ihr im Bürgerbüro
"""

DAY_S = 1
DAY = (
    """# language: de
Funktionalität: Ein Tag

  Szenario: Acht Stunden mit sechs Besuchen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Und es ist Montag, 8:30 Uhr
    Und Frau Brandt vom LISA-Team ist bereit
"""
    + """
    Wenn die Bürgerin das Bürgerbüro betritt
    Und Frau Brandt das Gespräch annimmt
    Dann erscheint Frau Brandt vom LISA-Team auf dem Bildschirm
    Wenn 900 s vergehen
    Und Frau Brandt das Gespräch beendet
    Und die Bürgerin das Bürgerbüro verlässt
    Dann ist das Bürgerbüro wieder frei
    Wenn 3900 s vergehen
    Dann ist das Bürgerbüro wieder frei
"""
    * 6
)
"""One booth's day of 8 hours: the talks and the time between them really pass."""

Write = Callable[[Path, int], None]


@dataclass(frozen=True)
class Runner:
    """How a folder of scenarios is written for it, and how it is called."""

    name: str
    write: Write
    command: tuple[str, ...]


@dataclass
class Figures:
    """Milliseconds of CPU per scenario, by runner."""

    per_scenario_ms: dict[str, float] = field(default_factory=dict)

    def ratio(self, name: str) -> float:
        """What a scenario of ours costs, in those of this runner."""
        return self.per_scenario_ms["lisa run"] / self.per_scenario_ms[name]

    def __str__(self) -> str:
        lines = [f"Je Szenario mit 5 Schritten bei {DEFINITIONS} Schrittdefinitionen (CPU):"]
        for name, cost_ms in sorted(self.per_scenario_ms.items(), key=lambda item: item[1]):
            lines.append(f"  {name:<16} {cost_ms:7.2f} ms   lisa run = {self.ratio(name):5.2f}x")
        return "\n".join(lines)


def main() -> int:
    figures = measure(runners(peers()))
    print(figures)
    held = figures.ratio("behave") <= LIMIT
    print(f"Grenze: höchstens {LIMIT}x behave: {_held(held)}")
    grown = {sizes: growth(*sizes).ratio for sizes in FILES}
    kept = max(grown.values()) <= GROWTH
    for (large, small), ratio in grown.items():
        print(f"In einer Datei von {large}: {ratio:.2f}x einer von {small}, höchstens {GROWTH}x: {_held(kept)}")
    cost_s = visits(VISITS)
    print(
        f"{VISITS} Besuche in virtueller Zeit: {cost_s:.1f} s CPU, höchstens {VISITS_S} s: {_held(cost_s <= VISITS_S)}"
    )
    day_s = day()
    print(f"Ein Bürotag von 8 h mit 6 Besuchen: {day_s:.2f} s CPU, höchstens {DAY_S} s: {_held(day_s <= DAY_S)}")
    return 0 if held and kept and cost_s <= VISITS_S and day_s <= DAY_S else 1


def rows() -> list[Row]:
    """For `make bench`."""
    figures = measure([one for one in runners(peers()) if one.name in {"lisa run", "behave"}], times=5)
    ours_ms, theirs_ms = (figures.per_scenario_ms[name] for name in ("lisa run", "behave"))
    what = f"Szenario mit 5 Schritten bei {DEFINITIONS} Definitionen, CPU"
    against = (seconds(ours_ms / 1000), "behave 1.3.3", seconds(theirs_ms / 1000), figures.ratio("behave"), LIMIT)
    return [Row(what, *against), *(_grown(*sizes) for sizes in FILES)]


def _grown(large: int, small: int) -> Row:
    files = growth(large, small)
    told = (seconds(files.our_median), f"in einer von {small}", seconds(files.their_median))
    return Row(f"Szenario in einer Datei von {large}, CPU", *told, files.ratio, GROWTH)


def growth(large: int = LARGE, small: int = SMALL, repeats: int = REPEATS) -> Pair:
    """CPU seconds of one scenario in one large file, and in as many small files as hold the same number of them.

    What it costs to start is measured as well, and taken off.
    """
    command = runners(PEERS / "bin")[0].command
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / name for name in ("large", "small", "one")]
        for folder, (files, each) in zip(folders, ((1, large), (large // small, small), (1, 1)), strict=True):
            folder.mkdir()
            _for_lisa(folder, 0)
            for number in range(files):
                head = _HEAD_DE.replace("Zahlen", f"Zahlen {number}")
                text = _feature(each, _GERMAN, head, "Szenario")
                (folder / "zahlen.feature").with_stem(f"zahlen{number}").write_text(text, encoding="utf-8")
            (folder / "zahlen.feature").unlink()
        start_s = statistics.median(_cpu_s(command, folders[2]) for _ in range(repeats))
        one, many = (lambda folder=folder: (_cpu_s(command, folder) - start_s) / large for folder in folders[:2])
        return interleaved(one, many, repeats)


def _held(yes: bool) -> str:
    return "gehalten" if yes else "NICHT gehalten"


def visits(count: int) -> float:
    """CPU seconds of `lisa run` for so many whole visits on one core, everything from start to report."""
    with tempfile.TemporaryDirectory() as place:
        scenarios = (VISIT.format(number=number) for number in range(count))
        return _run_s(Path(place), "# language: de\nFunktionalität: Besuche\n" + "".join(scenarios))


def day() -> float:
    """CPU seconds that a booth's day costs, beside what starting up and one visit cost."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "tag").mkdir()
        least = min(_run_s(Path(place) / "tag", DAY) for _ in range(TIMES))
    return least - min(visits(1) for _ in range(TIMES))


def _run_s(place: Path, text: str) -> float:
    (place / "besuche.feature").write_text(text, encoding="utf-8")
    command = "from lisa_core.harness.start.run import Order, run; raise SystemExit(run(Order(['.'], clock='virtual')))"
    return _cpu_s((sys.executable, "-c", command), place)


def measure(running: list[Runner], times: int = TIMES, many: int = MANY) -> Figures:
    """Run them all, in turns, so that a busy machine is busy for each of them."""
    cost_s: dict[tuple[str, int], float] = {}
    with tempfile.TemporaryDirectory() as place:
        folders = {(one, count): Path(place) / f"{one.name}-{count}" for one in running for count in (FEW, many)}
        for (one, count), folder in folders.items():
            folder.mkdir()
            one.write(folder, count)
        for _ in range(times):
            for (one, count), folder in folders.items():
                spent = _cpu_s(one.command, folder)
                cost_s[one.name, count] = min(cost_s.get((one.name, count), spent), spent)
    spent_s = {one.name: cost_s[one.name, many] - cost_s[one.name, FEW] for one in running}
    return Figures({name: spent / (many - FEW) * 1000 for name, spent in spent_s.items()})


def _cpu_s(command: tuple[str, ...], where: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=where, check=False, capture_output=True, text=True, env=_environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONIOENCODING": "utf-8"}


def peers() -> Path:
    """The bin folder with behave and robot."""
    if not (PEERS / "bin" / "behave").exists():
        venv.create(PEERS, with_pip=True, clear=True)
        pip = [str(PEERS / "bin" / "python"), "-m", "pip", "install", "--quiet", *PEER_PACKAGES]
        subprocess.run(pip, check=True)
    return PEERS / "bin"


def runners(peer: Path) -> list[Runner]:
    """Ours first."""
    python = sys.executable
    plain = (python, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    order = "Order(['.'], options=['--lisa-steps='])"
    lisa = f"from lisa_core.harness.start.run import Order, run; raise SystemExit(run({order}))"
    return [
        Runner("lisa run", _for_lisa, (python, "-c", lisa)),
        Runner("pytest-bdd", _for_pytest_bdd, plain),
        Runner("behave", _for_behave, (str(peer / "behave"), "--no-summary", "-f", "plain")),
        Runner("Robot Framework", _for_robot, (str(peer / "robot"), ".")),
        Runner("pytest", _for_pytest, plain),
    ]


# --- the same scenarios, as each of them wants them -----------------------------------------------------------------

_KINDS = ("given", "when", "when", "then", "then")
_TEXTS = ("start with {n:d}", "add {n:d}", "take {n:d}", "the sum is {n:d}", "nothing else is {n:d}")
_BODY = "    numbers.append(n)\n"


def _feature(count: int, words: tuple[str, ...], head: str, scenario: str) -> str:
    texts = [text.replace("{n:d}", "3") for text in _TEXTS]
    body = "".join(f"    {word} {text}\n" for word, text in zip(words, texts, strict=True))
    return head + "".join(f"\n  {scenario}: number {number}\n{body}" for number in range(count))


_GERMAN = ("Angenommen", "Wenn", "Und", "Dann", "Und")
_ENGLISH = ("Given", "When", "And", "Then", "And")
_HEAD_DE, _HEAD_EN = "# language: de\nFunktionalität: Zahlen\n", "Feature: numbers\n"


def _definitions(pattern: Callable[[str], str]) -> str:
    """Five that are used, and many that are not."""
    unused = [f"something else {number} with {{n:d}}" for number in range(DEFINITIONS - len(_TEXTS))]
    kinds = (*_KINDS, *(_KINDS[number % len(_KINDS)] for number in range(len(unused))))
    steps = (
        f"@{kind}({pattern(text)})\ndef step_{number}({{context}}n):\n{_BODY}"
        for number, (kind, text) in enumerate(zip(kinds, (*_TEXTS, *unused), strict=True))
    )
    return "\n\n".join(steps)


def _bdd_steps() -> str:
    head = "from pytest_bdd import given, parsers, then, when\n\nnumbers = []\n\n\n"
    return head + _definitions(lambda text: f"parsers.parse({text!r})").replace("{context}", "")


def _for_lisa(where: Path, count: int) -> None:
    (where / "conftest.py").write_text(_bdd_steps(), encoding="utf-8")
    (where / "zahlen.feature").write_text(_feature(count, _GERMAN, _HEAD_DE, "Szenario"), encoding="utf-8")


def _for_pytest_bdd(where: Path, count: int) -> None:
    _for_lisa(where, count)
    text = "from pytest_bdd import scenarios\n\nscenarios('zahlen.feature')\n"
    (where / "test_zahlen.py").write_text(text, encoding="utf-8")
    (where / "pytest.ini").write_text("[pytest]\naddopts = -p no:lisa\n", encoding="utf-8")


def _for_behave(where: Path, count: int) -> None:
    steps = where / "features" / "steps"
    steps.mkdir(parents=True)
    head = "from behave import given, then, when\n\nnumbers = []\n\n\n"
    (steps / "steps.py").write_text(head + _definitions(repr).replace("{context}", "context, "), encoding="utf-8")
    (where / "features" / "numbers.feature").write_text(
        _feature(count, _ENGLISH, _HEAD_EN, "Scenario"), encoding="utf-8"
    )


def _for_robot(where: Path, count: int) -> None:
    head = "from robot.api.deco import keyword\n\nnumbers = []\n\n\n"
    library = _definitions(repr).replace("{context}", "").replace("{n:d}", "${n}")
    for kind in set(_KINDS):
        library = library.replace(f"@{kind}(", "@keyword(")
    (where / "Numbers.py").write_text(head + library, encoding="utf-8")
    texts = "".join(f"    {word} {text.replace('{n:d}', '3')}\n" for word, text in zip(_ENGLISH, _TEXTS, strict=True))
    cases = "".join(f"\nNumber {number}\n{texts}" for number in range(count))
    suite = f"*** Settings ***\nLibrary    Numbers.py\n\n*** Test Cases ***{cases}"
    (where / "numbers.robot").write_text(suite, encoding="utf-8")


def _for_pytest(where: Path, count: int) -> None:
    calls = "".join(f"    step_{number}(3)\n" for number in range(len(_TEXTS)))
    steps = "\n\n".join(f"def step_{number}(n):\n{_BODY}" for number in range(DEFINITIONS))
    tests = "\n\n".join(f"def test_number_{number}():\n{calls}" for number in range(count))
    (where / "test_numbers.py").write_text(f"numbers = []\n\n\n{steps}\n\n{tests}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
