"""What a run of ours needs of pytest-bdd's own plugin: its hooks may be implemented, its calls may be made.

That plugin also reports and writes modules of tests, which nothing of `lisa run` asks for, and imports mako for it:
21 ms of CPU at the start of each run and of each worker.
"""

from __future__ import annotations

import pytest
from pytest_bdd import hooks
from pytest_bdd.utils import CONFIG_STACK


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("bdd_features_base_dir", "Base features directory.")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    CONFIG_STACK.append(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if config in CONFIG_STACK:
        CONFIG_STACK.remove(config)
