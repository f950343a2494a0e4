"""Looking without running: everything that `lisa run` would refuse, all at once, and what it would run."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

import pytest
from _pytest.config import ConftestImportFailure

from lisa_core.domain.model.errors import HarnessError
from lisa_core.harness.lint.mend import mended
from lisa_core.harness.lint.rules import NOTES
from lisa_core.harness.report.record import RunRecord
from lisa_core.harness.start.places import find
from lisa_core.harness.start.run import Order, alone, arguments, check_order
from lisa_core.harness.text.findings import Finding, shown
from lisa_core.harness.text.language import choose, say
from lisa_core.host.causes import cause, told_by
from lisa_core.host.interruption import RUN
from lisa_core.host.machine import refusal, tell
from lisa_core.host.notices import holding
from lisa_core.host.paths import rewrite


@dataclass(frozen=True, slots=True)
class Looked:
    """What is wrong, sorted by file and line, and what would run; `run` is None where nothing could be read at all."""

    findings: tuple[Finding, ...]
    run: RunRecord | None
    slots: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the id of a scenario the slots that its sentences and tags name or touch."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps it from running: all but notes."""
        return tuple(one for one in self.findings if one.rule not in NOTES)


class _Listener:
    def __init__(self) -> None:
        self.looked: Looked | None = None
        self.broken: ConftestImportFailure | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_load_initial_conftests(self) -> Generator[None, None, None]:
        """A conftest.py that cannot be imported ends pytest; here it is one mistake beside others."""
        try:
            yield
        except ConftestImportFailure as error:
            self.broken = error

    def pytest_lisa_looked(
        self, run: RunRecord, findings: tuple[Finding, ...], slots: Mapping[str, frozenset[str]]
    ) -> None:
        self.looked = Looked(findings, run, slots)


def look(order: Order) -> Looked:
    """Read and check all that this order names, as `lisa run` does it; the conftest.py beside it are imported.

    Raises `LisaError` for an order that makes no sense (profile, tags), `HarnessError` where pytest gave up, having
    said why.
    """
    choose(order.language)
    places = find(order.paths)
    check_order(order)
    if not places.paths:
        return Looked(tuple(sorted(places.wrong)), None)
    listener = _Listener()
    words = ["--lisa-look", "--collect-only", *arguments(replace(order, workers=1), places)]
    with alone(), holding():
        pytest.main(words, plugins=[listener])
    RUN.check()
    if (found := listener.looked) is None:
        raise HarnessError(say("pytest konnte die Szenarien nicht einlesen."))
    broken = listener.broken
    if broken is not None and all(one.rule != "conftest-defekt" for one in found.findings):
        what = say("pytest kann das nicht einlesen: {why}", why=told_by(broken.cause, ""))
        found = replace(found, findings=(*found.findings, Finding(broken.path, 0, what, "", "conftest-defekt")))
    return replace(found, findings=tuple(sorted((*places.wrong, *found.findings))))


def mend(found: Looked) -> Looked:
    """Rewrite in their files what is safe to rewrite, and tell where; what is left. Raises `LisaError`."""
    done: list[Finding] = []
    for path, findings in groupby(found.findings, key=lambda one: one.path):
        listed = [one for one in findings if one.rule in NOTES]
        if listed:
            try:
                with path.open(encoding="utf-8", newline="") as file:
                    text = file.read()
                new, there = mended(text, listed)
                if there:
                    rewrite(path, new)
            except OSError as error:
                raise refusal(f"{shown(path)}: lässt sich nicht umschreiben ({cause(error)}).", error) from error
            done += there
    for one in done:
        tell(say("Umgeschrieben: {place}", place=f"{shown(one.path)}:{one.line}"))
    return replace(found, findings=tuple(one for one in found.findings if one not in done))
