"""What was collected, looked at as a whole: what others took out of it, run a second time, or replaced.

A conftest.py of a folder may do all of that, and a run would be green that shows less than it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry
from pytest_bdd.utils import registry_get_safe

from lisa_core.harness.plugin.stash import FEATURES, LEFT_OUT, NOT_APPLICABLE, PLAN, SETTINGS
from lisa_core.harness.settings import RULES
from lisa_core.harness.text.findings import Finding, shown
from lisa_core.harness.text.language import say
from lisa_core.harness.text.lint import same_named_features
from lisa_core.host.paths import files_below

# Fixtures of ours that a conftest.py of others must not replace: a scenario would pass in a world of its own.
_OURS = ("scene", "portal", "run_settings", "measure", "tester")


class Census:
    """Counts the scenarios: one that is neither run nor deselected was taken out by a conftest.py of somebody."""

    def __init__(self, config: pytest.Config) -> None:
        self._aside = config.stash[NOT_APPLICABLE]
        # Under `lisa run` only its own options deselect; in plain pytest other plugins may, and pytest counts it.
        self._may_deselect = not config.getoption("--lisa") or any(
            map(config.getoption, ("keyword", "markexpr", "deselect"))
        )
        self._left_out = config.stash[LEFT_OUT]
        self._made: dict[pytest.Item, None] = {}
        self._deselected: set[pytest.Item] = set()

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        if PLAN in item.stash:
            self._made[item] = None

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self._deselected.update(items if self._may_deselect else ())

    def missing(self, left: list[pytest.Item]) -> Iterator[Finding]:
        """Those that are gone without anybody having asked for it."""
        there, aside = {*left, *self._deselected, *self._left_out}, {plan.id for plan in self._aside}
        for item in self._made:
            if item not in there and item.nodeid not in aside:
                plan = item.stash[PLAN]
                what = say("Das Szenario „{name}“ ist verschwunden, ohne dass es jemand abgewählt hat.", name=plan.name)
                advice = say("Die conftest.py darüber ansehen.")
                yield Finding(plan.file, plan.line, what, advice, "szenario-verschwunden")


def wrong_together(session: pytest.Session) -> Iterator[Finding]:
    """What is wrong though each file is right."""
    yield from _same_names(session)
    yield from _twice(session)
    yield from _replaced_fixtures(session)


def unread(config: pytest.Config) -> Iterator[Finding]:
    """Feature files in the folders of this run that nobody read: a conftest.py keeps them out."""
    if not config.getoption("--lisa") or config.getoption("ignore") or config.getoption("ignore_glob"):
        return
    for path in (path for place in config.args for path in files_below(Path(place))):
        if path.suffix == ".feature" and path not in config.stash[FEATURES]:
            what = say("Die Datei ist verschwunden, ohne dass es jemand wollte.")
            yield Finding(path, 0, what, say("Die conftest.py darüber ansehen."), "datei-verschwunden")


def _same_names(session: pytest.Session) -> Iterator[Finding]:
    if session.config.stash[SETTINGS].rules != RULES[0]:
        return iter(())
    texts = session.config.stash[FEATURES].values()
    return same_named_features((text.path, text.name, text.line) for text in texts)


def _twice(session: pytest.Session) -> Iterator[Finding]:
    """Features that a Python module of the project runs as well, by pytest-bdd's `scenarios()`."""
    ours = session.config.stash[FEATURES]
    others = {}
    for item in session.items:
        template = registry_get_safe(scenario_wrapper_template_registry, getattr(item, "obj", None))
        if template and item.path not in ours and Path(template.feature.filename) in ours:
            others[Path(template.feature.filename)] = item.path
    for path, other in others.items():
        what = say("Die Datei liefe zweimal: auch {other} führt sie aus.", other=shown(other))
        yield Finding(path, 0, what, say("Eines von beiden weglassen."), "datei-zweimal")


def _replaced_fixtures(session: pytest.Session) -> Iterator[Finding]:
    """Fixtures of ours that a conftest.py defines anew."""
    for item in {item.parent: item for item in session.items if PLAN in item.stash}.values():
        for name in _OURS:
            for found in (session._fixturemanager.getfixturedefs(name, item) or ())[1:]:
                code = found.func.__code__
                what = say("Hier wird „{name}“ ersetzt, womit alle Szenarien arbeiten.", name=name)
                place = Path(code.co_filename), code.co_firstlineno
                yield Finding(*place, what, say("Anders nennen."), "fixture-ersetzt")
