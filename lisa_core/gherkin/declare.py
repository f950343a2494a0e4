"""How a step is declared: pytest-bdd's own words, taken from here by whoever writes a step as `async def`.

Every step is bridged (lisa_core.gherkin.bridge) as long as the plugin acts; the walls of the project ask for this door
so that no coroutine step is registered where nobody would await it.
"""

from __future__ import annotations

from pytest_bdd import given, parsers, then, when

__all__ = ["given", "parsers", "then", "when"]
