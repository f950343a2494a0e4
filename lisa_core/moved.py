"""Modules that have another name now: who imports one by its old name gets the new one, and is told once.

`MODULES` is data as in `lisa_core.model.renames`: old names, as people's own steps and drivers import them.
Whoever renames modules adds them here; a program that renames them leaves the old names in this file alone.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType

SINCE = "0.2.0"
"""The last version that understands them."""
MODULES: Mapping[str, str] = {
    "lisa_core.documents.submission": "lisa_core.documents.sealing",
    "lisa_core.gherkin.declare": "pytest_bdd",
    "lisa_core.routing.telling": "lisa_core.exchange.wording",
}


class _Loader(importlib.abc.Loader):
    """Puts the module of the new name in the place of the old one.

    A package stays one of its own, with the contents of the new one: what is imported below it by an old name becomes
    an attribute of it, and must not hide what the new package has under that name.
    """

    def __init__(self, new: str) -> None:
        self._new = new

    def exec_module(self, module: ModuleType) -> None:
        from lisa_core.transports.notices import tell_once

        old, new = module.__name__, importlib.import_module(self._new)
        if any(name.startswith(f"{old}.") for name in MODULES):
            vars(module).update({name: value for name, value in vars(new).items() if not name.startswith("__")})
            return  # its parts tell of themselves
        sys.modules[old] = new
        text = f"Modul „{old}“ heißt jetzt „{self._new}“; bis Version {SINCE} gilt beides. Den Import ändern."
        tell_once(text)


class _Finder(importlib.abc.MetaPathFinder):
    """Asked first: a folder of the new name may hold another module under the last part of the old one."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        new = MODULES.get(fullname)
        return importlib.machinery.ModuleSpec(fullname, _Loader(new), is_package=True) if new else None


def understand() -> None:
    """From now on old names can be imported."""
    if not any(type(finder) is _Finder for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
