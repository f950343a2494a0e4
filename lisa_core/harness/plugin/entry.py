"""The entry module of the pytest plugin: inert in foreign projects.

It acts under `lisa run` (the hidden option `--lisa`) and under the ini setting `lisa = true`, which a folder of
`lisa new folder` brings along, and never by what it finds: others have feature files too. Only then all of it is
imported.
"""

from __future__ import annotations

import argparse
import importlib
import os
from typing import NoReturn

import pytest

from lisa_core.harness.plugin import hookspecs
from lisa_core.harness.steps.library import STEP_LIBRARY

WORKER = "PYTEST_XDIST_WORKER"
"""What pytest-xdist sets for a process that it hands work to."""

# What the hidden options are called, their default, and what they carry from `lisa run` into pytest.
_OPTIONS = (
    ("--lisa-profile", "emulated", "hardware profile"),
    ("--lisa-clock", "real", "real or virtual"),
    ("--lisa-out", "out", "folder of the report"),
    ("--lisa-keep", "50", "how many runs are kept there"),
    ("--lisa-repeat", "1", "how often each scenario is run"),
    ("--lisa-known", "", "file of known faults; none: those beside the features"),
    ("--lisa-seed", "0", "seed of the run"),
    ("--lisa-limit", "120", "seconds of the real clock that a step may take"),
    ("--lisa-answer", "60", "seconds that a tester has for an answer"),
    ("--lisa-steps", ",".join(STEP_LIBRARY), "modules of the step library"),
    ("--lisa-rules", "", "rules of the feature files: lisa or gherkin; none: the ini setting"),
    ("--lisa-lang", "de", "language of the sentences: de or en"),
    ("--lisa-said", "{}", "who the devices of the profile are"),
    ("--lisa-links", "{}", "how long the ways to them take"),
    ("--lisa-faults", None, "plan of faults; none: that of the profile"),
    ("--lisa-effects", "", "what has changed can reach"),
    ("--lisa-since", "", "since when"),
    ("--lisa-shard", "", "which part of the run"),
    ("--lisa-durations", "{}", "seconds that scenarios take, by id"),
    ("--lisa-tester", "", "who tests"),
    ("--lisa-place", "", "where is tested"),
    ("--lisa-record", "", "folder for recordings of every scenario"),
    ("--lisa-record-slot", "", "slot that is recorded; none: all"),
    ("--lisa-challenge", "", "what an accepting office handed out before the run"),
    ("--lisa-listen", "", "where a tester's phone is served"),
    ("--lisa-lasting", "", "whether what takes minutes runs on the real clock as well"),
    ("--lisa-pictures", "failed", "of which scenarios: failed, all or none"),
    ("--lisa-scene", "lisa_core.harness.scene.scene:open_scene", "what a scenario acts in"),
)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(hookspecs)


def pytest_addoption(parser: pytest.Parser) -> None:
    if WORKER in os.environ:  # the process that hands out the work imports what a worker does, and tells
        importlib.import_module("lisa_core.host.notices").hush()
    parser.addini("lisa", "feature files are run by LISA (true or false)", type="bool", default=False)
    parser.addini("lisa_rules", "what feature files must keep: lisa (all rules) or gherkin", default="lisa")
    group = parser.getgroup("lisa")
    group.addoption("--lisa", action="store_true", default=False, help=argparse.SUPPRESS)
    group.addoption("--lisa-look", action="store_true", default=False, help=argparse.SUPPRESS)
    group.addoption("--lisa-pause", action="store_true", default=False, help=argparse.SUPPRESS)
    group.addoption("--lisa-saved", action="store_true", default=False, help=argparse.SUPPRESS)
    group.addoption("--lisa-select", action="append", default=[], help=argparse.SUPPRESS)
    for name, default, _ in _OPTIONS:
        group.addoption(name, default=default, help=argparse.SUPPRESS)


@pytest.fixture
def booth() -> NoReturn:
    """A whole booth for a test without Gherkin; where LISA acts, `fixtures` has another in its place."""
    what = "„booth“ gibt es nur, wo LISA mitwirkt. In pytest.ini unter [pytest] die Zeile „lisa = true“ schreiben."
    pytest.fail(what, pytrace=False)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if acts(config):
        importlib.import_module("lisa_core.harness.plugin.session").begin(config)
    elif WORKER in os.environ:
        importlib.import_module("lisa_core.host.notices").speak()


def acts(config: pytest.Config) -> bool:
    """Whether this pytest run is ours."""
    return bool(config.getoption("--lisa") or config.getini("lisa"))
