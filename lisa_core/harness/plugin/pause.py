"""`lisa run --pause`: the run stands at a failure and at „hier anhalten“, and the tester looks and tries.

    it stands      the clock of visit and routing is held, so that no deadline passes; connections, media and heartbeats
                   have the loop's time and go on. In virtual time everything stands between two sentences anyway.
    the tester     sees in words what screen and desks show, opens the pages in a browser, and types sentences: each is
                   checked as in a file and done at once.
    it goes on     with an empty line, or ends with the whole run.

A scenario that stood has proved nothing: whatever was typed or touched meanwhile is no part of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import pytest

from lisa_core.harness.match.check import StepCheck
from lisa_core.harness.match.step_index import Definition
from lisa_core.harness.plugin.collection import planned
from lisa_core.harness.plugin.scenario_item import PlannedStep, ScenarioItem
from lisa_core.harness.plugin.stash import CARRIER, INDEX, SETTINGS, STOOD
from lisa_core.harness.report.failure import explain
from lisa_core.harness.report.record import StepRecord
from lisa_core.harness.scene.scene import Scene
from lisa_core.harness.text.document import parse
from lisa_core.harness.text.findings import FeatureError
from lisa_core.harness.text.keywords import KEYWORD_OF_TYPE, STEP_WORDS
from lisa_core.harness.text.language import say
from lisa_core.harness.text.written import WrittenStep
from lisa_core.host.interruption import RUN

if TYPE_CHECKING:
    from lisa_core.harness.rig.rig import Rig

END = "ende"
TERMINAL = "/dev/tty"
_HOW = "Leere Zeile: weiter · ein ganzer Satz: wird geprüft und getan · ende: den Lauf abbrechen"
_TYPED = "# language: de\nFunktionalität: Eingegeben\n\n  Szenario: Eingegeben\n    {}\n"
_KIND = {word: kind for kind, word in KEYWORD_OF_TYPE.items()}
_AS_BEFORE = tuple(word for word in STEP_WORDS if word not in _KIND)


class Pauses:
    """The terminal at which somebody sits who asked for pauses."""

    def __init__(self, config: pytest.Config, terminal: TextIO) -> None:
        self._config, self._terminal = config, terminal

    def stand(self, item: pytest.Item, step: StepRecord, why: str) -> None:
        """Stand until the tester goes on; raises `KeyboardInterrupt` where the run is to end."""
        assert isinstance(item, ScenarioItem)
        item.stash[STOOD] = True
        with self._held(item):
            self._tell(f"‖ {why}")
            self._tell(f"  {say('Zeile')} {step.line}: {step.keyword} {step.text}")
            keyword = step.keyword
            while True:
                for line in self._seen(item):
                    self._tell(f"  {line}")
                self._tell(f"  {say(_HOW)}")
                typed = self._typed()
                if not typed:
                    return
                if typed.casefold() == END:
                    RUN.note()
                    RUN.check()
                keyword = self._do(item, typed, keyword)

    def _typed(self) -> str:
        with RUN.breakable():
            line = self._terminal.readline()
        return line.strip()

    def _tell(self, text: str) -> None:
        self._config.hook.pytest_lisa_told(text=text)

    def _do(self, item: ScenarioItem, typed: str, before: str) -> str:
        """Check a sentence as in a file, and do it; returns the keyword that an „Und“ after it continues."""
        first = typed.split(None, 1)[0]
        keyword = first if first in _KIND else before if before in _KIND else "Wenn"
        text = f"{keyword} {typed[len(first) :].strip()}" if first in _AS_BEFORE else typed
        if first not in STEP_WORDS:
            self._tell(f"  ✗ {say('Ein Satz beginnt mit Angenommen, Wenn, Dann oder Und.')}")
            return before
        try:
            plan = self._planned(item, text)
        except FeatureError as wrong:
            for finding in wrong.findings:
                self._tell(f"  ✗ {finding.what} {finding.advice}".rstrip())
            return before
        self._hold(item, on=False)  # what is done takes its time, and waits for what comes of it
        try:
            for step in plan:
                item.perform(step)
        except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:  # noqa: BLE001  # told, and no more
            self._tell(f"  ✗ {explain(error)}")
        else:
            self._tell(f"  ✓ {text}")
        self._hold(item, on=True)
        return keyword

    def _planned(self, item: ScenarioItem, text: str) -> tuple[PlannedStep, ...]:
        feature = parse(item.path, _TYPED.format(text))
        file, settings = item.parent, self._config.stash[SETTINGS]
        assert isinstance(file, pytest.File)
        check = StepCheck(feature, file, self._config.stash[INDEX], settings.profile, disturbed=settings.disturbed)
        steps = feature.scenarios[0].steps
        written = [WrittenStep(_KIND.get(one.keyword, ""), one.keyword, one.text, one.line) for one in steps]
        worded: list[tuple[WrittenStep, str, Definition]] = []
        plan, _ = planned(written, check, worded)
        check.words(worded, alone=False)
        if findings := check.found_wrong():
            raise FeatureError(findings)
        return plan

    @contextlib.contextmanager
    def _held(self, item: ScenarioItem) -> Iterator[None]:
        """No deadline of visit and routing passes."""
        self._hold(item, on=True)
        try:
            yield
        finally:
            if not self._config.stash[CARRIER].portal.interrupted:
                self._hold(item, on=False)

    def _hold(self, item: ScenarioItem, *, on: bool) -> None:
        rig = _rig(item)

        async def hold() -> None:
            if rig is not None:
                (rig.clock.hold if on else rig.clock.go_on)()

        self._config.stash[CARRIER].portal.run(hold())

    def _seen(self, item: ScenarioItem) -> Iterator[str]:
        """What screen and desks show, in words, and where their pages are."""
        scene, rig = _scene(item), _rig(item)
        if scene is None or rig is None:
            yield say("Das Bürgerbüro läuft noch nicht.")
            return
        view = rig.screen.view
        said = " · ".join(filter(None, (view.title, view.text, view.notice, view.hint)))
        yield f"{say('Bildschirm')}: {said}" + (f"  http://{rig.screen_address}/" if rig.screen_address else "")
        for desk in scene.desks:
            yield f"{desk.name}: {desk.state.value}"
        if rig.exchange_address:
            yield f"{say('Arbeitsplätze')}: http://{rig.exchange_address}/"
        else:
            yield say("Im Modell gibt es keine Seiten; mit --clock real gibt es sie.")


def _scene(item: ScenarioItem) -> Scene | None:
    """None in a scene of others."""
    found = item.fixture("scene")
    return found if isinstance(found, Scene) else None


def _rig(item: ScenarioItem) -> Rig | None:
    """What runs; None before the first step that needs it."""
    scene = _scene(item)
    return scene.running if scene else None
