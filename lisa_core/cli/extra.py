"""What an installation without the extra `harness` lacks: everything that reads scenarios and writes reports."""

from __future__ import annotations

import importlib.util

HARNESS = {"gherkin": "gherkin-official", "jinja2": "jinja2", "pytest": "pytest", "pytest_bdd": "pytest-bdd"}
"""Module -> the project that brings it: those of the extra `harness` in pyproject.toml."""
INSTALL = "pip install 'lisa-booth[harness]'"


def harness_is_there() -> bool:
    return all(importlib.util.find_spec(module) is not None for module in HARNESS)


def without_harness(command: str) -> int:
    """0 where `command` can run; else the user is told what to install, and this is the exit code."""
    if harness_is_there():
        return 0
    from lisa_core.host.machine import tell
    from lisa_core.host.program import BAD_INPUT

    tell(f"„{command}“ braucht den Prüfstand, der hier nicht installiert ist: {INSTALL}")
    return BAD_INPUT
