"""A tiny world for feature files: a scene that adds numbers, its steps, and a way to run folders of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.gherkin.copies import Copy, ended, started

HEAD = "# language: de\nFunktionalität: {name}\n\n"
STEPS = '''\
import asyncio
import errno
import os
from contextlib import asynccontextmanager

import pytest
from pytest_bdd import given, parsers, then, when
from lisa_core.harness.report.record import Evidence
from lisa_core.domain.model.errors import DeviceFault, HarnessError


class Scene:
    def __init__(self):
        self.numbers, self.evidence, self.measurements = [], [], []

    async def finish(self):
        data = str(self.numbers).encode()
        self.evidence.append(Evidence("zahlen.txt", "text/plain", data, "Die Zahlen"))


async def fail_soon():
    await asyncio.sleep(0.01)
    raise RuntimeError("Kurzschluss")


@asynccontextmanager
async def open_scene(settings):
    if "frei:fehlt" in settings.tags:
        raise DeviceFault("link.lost", "/dev/fehlt: Diesen Anschluss gibt es nicht.", retryable=False)
    if "frei:voll" in settings.tags:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/daten")
    async with asyncio.TaskGroup() as group:
        if "frei:absturz" in settings.tags:
            group.create_task(fail_soon())
        yield Scene()


@given(parsers.parse("die Zahl ist {n:d}"))
async def the_number(scene, n):
    """Angenommen die Zahl ist 2

    Legt die erste Zahl fest.
    """
    scene.numbers.append(n)


@when(parsers.parse("{n:d} dazukommt"))
async def add(scene, n):
    await asyncio.sleep(0)
    scene.numbers.append(n)


@when("alle dazukommen")
async def add_all(scene, datatable):
    scene.numbers += [int(cell) for row in datatable for cell in row]


@when(parsers.parse("es nach {n} {unit} klingelt"))
async def rings(measure, n, unit):
    measure("anruf.klingelt", float(n), unit)


@then("ist jemand da")
def somebody(scene):
    assert scene.numbers


@when(parsers.parse("{n:d} s vergehen"))
async def wait(scene, n):
    await asyncio.sleep(n)


@when(parsers.parse("{n:d} mal 1 s vergeht"))
async def wait_often(scene, n):
    for _ in range(n):
        await asyncio.sleep(1)


@when("die Tür aufgeht")
def nothing():
    pass


@when("die Tür")
def doubled():
    pass


@when(parsers.re("die (Tür|Klappe)"))
def doubled_again():
    pass


@when("ein Generator läuft")
async def generator(scene):
    yield


@when("die Antwort nein ist")
def answers_no():
    return False


@when("niemand wartet")
def not_awaited(scene):
    return scene.finish()


@when("jemand das Warten vergisst")
async def forgotten(scene):
    scene.finish()


@when("das Prüfmittel versagt")
async def harness():
    raise HarnessError("Das Messgerät antwortet nicht.")


@when("etwas übersprungen wird")
async def skipped():
    pytest.skip("heute nicht")


@when("alle auf nichts warten")
async def stuck():
    await asyncio.Event().wait()


@then(parsers.parse("ist die Summe {n:d}"))
async def check(scene, n):
    assert sum(scene.numbers) == n
'''
GOOD = """\
  Szenario: {name}
    Angenommen die Zahl ist 2
    Wenn 3 dazukommt
    Dann ist die Summe {total}
"""
_RUN = """\
import sys
from lisa_core.harness.garbage import end_uncollected, start_uncollected
start_uncollected(["run"])
from lisa_core.harness.start.run import Order, run
code = run(Order({paths!r}, options={options!r}, **{settings!r}))
end_uncollected(["run"])
sys.exit(code)
"""
"""As `lisa run` does it; the collector alone would take a fifth of such a start."""

_PYTEST = """\
import os, runpy, sys
sys.argv = ["pytest", *{words!r}]
sys.path[0] = os.getcwd()
runpy.run_module("pytest", run_name="__main__", alter_sys=True)
"""
"""As `python -m pytest` does it."""
_ALREADY_IMPORTED = "ignore:Module already imported so cannot be rewritten:pytest.PytestAssertRewriteWarning"
"""Its assertions need no explanation, and a copy has imported pytest-bdd before (`tests.gherkin.copied`)."""


class Folder:
    """A folder of feature files beside a conftest.py with the tiny steps."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "conftest.py").write_text(STEPS, encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        """Write a feature; without a language line of its own it gets the usual head."""
        text = text if text.startswith("#") else HEAD.format(name=name) + text
        path = self.path / f"{name}.feature"
        path.write_text(text, encoding="utf-8")
        return path

    def start(self, *paths: str, options: tuple[str, ...] = (), **settings: object) -> Copy | subprocess.Popen[str]:
        """Begin `lisa run` with the tiny steps alone."""
        given = ["--lisa-steps=", "--lisa-scene=conftest:open_scene", *options]
        return self._started(_RUN.format(paths=list(paths) or ["."], options=given, settings=settings))

    def run(self, *paths: str, options: tuple[str, ...] = (), **settings: object) -> tuple[int, str]:
        """Exit code and output of `lisa run`."""
        return ended(self.start(*paths, options=options, **settings))

    def pytest(self, *arguments: str) -> tuple[int, str]:
        """Exit code and output of plain pytest on the folder; without a plugin of ours alone that imports for long."""
        words = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-W", _ALREADY_IMPORTED, "-o", "lisa=true"]
        words += ["--lisa-steps=", "--lisa-scene=conftest:open_scene", *(arguments or (".",))]
        return ended(self._started(_PYTEST.format(words=words)))

    def _started(self, code: str) -> Copy | subprocess.Popen[str]:
        return started(code, self.path, {**os.environ, "PYTHONIOENCODING": "utf-8"})

    @property
    def report(self) -> str:
        return (self.path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def chromium() -> str:
    """The browser's path; where it is missing the test is skipped by name, and on CI that is a failure."""
    path = Path("/usr/bin/chromium")
    if path.is_file():
        return str(path)
    missing = "chromium fehlt: nicht geprüft"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
