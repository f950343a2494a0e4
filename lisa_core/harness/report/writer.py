"""Writes what a run leaves behind: `messages.ndjson` while it runs, then `junit.xml` and `report.html` saying the same.

Before the first scenario page and JUnit XML are written as well, saying that the run is incomplete: that is what a
killed run leaves, whatever lay there before.
"""

from __future__ import annotations

import contextlib
import errno
import html
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest

from lisa_core.harness.report import messages
from lisa_core.harness.report.junit import junit_xml
from lisa_core.harness.report.record import (
    JUNIT,
    MESSAGES,
    PAGE,
    ExitCode,
    Place,
    RunRecord,
    ScenarioRecord,
    State,
    summary_line,
)
from lisa_core.harness.text.language import say, spoken
from lisa_core.host.causes import cause

_IN_THE_WAY = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR)
"""Something lies where a folder or file should be: it is told which."""
_UNFINISHED = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}: {state}</title></head>
<body><main><h1>{title}</h1><p class="incomplete">{incomplete}</p>
<p class="headline bad">{summary}</p></main></body></html>
"""


class ReportWriter:
    """Writes the reports of a run into the folder of `place`."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._stream: TextIO | None = None
        self._end: int | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_lisa_run_started(self, run: RunRecord) -> None:
        with _writable(self._place):
            out = self._place.opened()
            write_whole(out / PAGE, _unfinished(run))
            write_whole(out / JUNIT, junit_xml(replace(run, scenarios=())))
            write_whole(out / MESSAGES, messages.lines(messages.begun(run)))
            self._place.point()
            self._stream = (out / MESSAGES).open("a", encoding="utf-8")
            for scenario in run.scenarios:
                self._append(messages.lines(messages.scenario_run(scenario)))  # those that do not apply

    @pytest.hookimpl(tryfirst=True)
    def pytest_lisa_scenario_ended(self, scenario: ScenarioRecord) -> None:
        self._append(messages.lines(messages.scenario_run(scenario)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_lisa_run_ended(self, run: RunRecord) -> None:
        if self._stream is None:
            if run.state is State.REFUSED and not self._place.anything():
                return  # nothing has run and nothing is there that could be taken for its report
            self.pytest_lisa_run_started(run)
        if self._stream is not None and self._end is not None:
            self._stream.truncate(self._end)  # it ended in another way after all
        self._end = self._stream.tell() if self._stream is not None else None
        self._append(messages.lines(messages.ended(run)))
        with _writable(self._place):
            # what the stream says, word for word: reading it back would only take time
            _write_reports(self._place.opened(), run)
            self._place.point()

    def pytest_unconfigure(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._place.close()

    def _append(self, text: str) -> None:
        if self._stream is not None:
            with _writable(self._place):
                self._stream.write(text)
                self._stream.flush()


def write_reports(out: Path) -> None:
    """Make page and JUnit XML from the messages in this folder."""
    from lisa_core.harness.report.messages_read import read

    _write_reports(out, read((out / MESSAGES).read_text(encoding="utf-8")))


def _write_reports(out: Path, run: RunRecord) -> None:
    from lisa_core.harness.report.report import render

    write_whole(out / JUNIT, junit_xml(run))
    write_whole(out / PAGE, render(run))


def _unfinished(run: RunRecord) -> str:
    state = say(run.state.value)
    what = "Dieser Lauf ist unvollständig ({state}). Er sagt nichts darüber, ob etwas bestanden ist."
    words = {"state": state, "summary": summary_line(run), "title": say("LISA-Bericht")}
    words |= {"incomplete": say(what, state=state), "language": run.language}
    return _UNFINISHED.format(**{name: html.escape(text) for name, text in words.items()})


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


@contextlib.contextmanager
def _writable(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = say(
            "Der Bericht lässt sich nicht schreiben ({why}): {place}.",
            why=cause(error) if spoken() == "de" else error.strerror,
            place=error.filename if error.errno in _IN_THE_WAY else place.report().parent,
        )
        advice = say("Mit --out einen anderen Ordner nennen.")
        pytest.exit(f"{what} {advice}", returncode=int(ExitCode.MACHINE))
