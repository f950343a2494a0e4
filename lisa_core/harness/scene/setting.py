"""How a scenario is set before its booth opens: site, time, deadlines, and what is added to the shipped Landkreis."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from lisa_core.config.profile import EXCHANGE_US, Profile
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.model.json_types import JsonDict, JsonMap
from lisa_core.host.causes import cause
from lisa_core.host.data import data_dir
from lisa_core.host.temporary import temporary_folder

_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "(": None, ")": None, ".": None})


@dataclass(slots=True)
class Setting:
    """What the first steps ask for; `wishes` goes to the rig as it is, `tables` are TOML by the name of their table."""

    profile: Profile
    wishes: JsonDict
    tables: dict[str, str] = field(default_factory=dict)

    def key(self, kind: str, name: str) -> str:
        """Under which key of `sites`, `offices` or `agents` this name stands, or could; a town stands for its booth."""
        tables = _parsed(self._landkreis()).get(kind, {})
        known = {table["name"].removeprefix("Bürgerbüro "): key for key, table in tables.items()}
        return str(known.get(name, plain_key(name)))

    def extend(self, kind: str, name: str, table: str) -> str:
        """Add something of this kind to the Landkreis, unless it is there; returns its key.

        Raises `HarnessError` where another name has that key.
        """
        key = self.key(kind, name)
        there = _parsed(self._landkreis()).get(kind, {}).get(key)
        if there is None:
            self.tables[f"{kind}.{key}"] = table
        elif (other := there["name"]) != name and other.removeprefix("Bürgerbüro ") != name:
            raise HarnessError(f"„{name}“ ist von „{other}“ kaum zu unterscheiden. Einen anderen Namen schreiben.")
        return key

    def shorten(self, deadline: str, value_us: int) -> None:
        """Set a deadline of `domain.model.directory.Deadlines` by its name."""
        if deadline in EXCHANGE_US:
            self.profile = replace(self.profile, exchange={**self.profile.exchange, deadline: value_us})
        else:
            self.profile = replace(self.profile, deadlines=replace(self.profile.deadlines, **{deadline: value_us}))

    def profile_for(self, stack: ExitStack) -> Profile:
        """The profile with all that was asked for; files of it stay until the stack closes."""
        if not self.tables:
            return self.profile
        folder = temporary_folder(stack, "landkreis")
        path = folder / "landkreis.toml"
        path.write_text(self._landkreis(), encoding="utf-8")
        return replace(self.profile, landkreis=str(path))

    def _landkreis(self) -> str:
        added = "".join(f"\n[{name}]\n{table}" for name, table in self.tables.items())
        return _shipped(self.profile.landkreis) + added


def plain_key(name: str) -> str:
    """The key under which something of this name stands in a configuration: "Gartz (Oder)" -> "gartz-oder".

    Raises `HarnessError` for a name that no key can be made of.
    """
    bare = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN)).encode("ascii", "ignore").decode()
    if key := re.sub("[^a-z0-9]+", "-", bare).strip("-"):
        return key
    raise HarnessError(f"Der Name „{name}“ hat weder Buchstaben noch Ziffern. Einen Namen mit Buchstaben schreiben.")


def toml_text(text: str) -> str:
    """As a string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


@lru_cache(maxsize=4)
def _parsed(text: str) -> JsonMap:
    """To be looked at only: the next scenario gets the same."""
    return tomllib.loads(text)


@lru_cache(maxsize=4)
def _shipped(landkreis: str) -> str:
    path = Path(landkreis)
    if path.suffix != ".toml":
        path = data_dir("fixtures") / "landkreise" / f"{landkreis}.toml"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise HarnessError(f"{path}: Der Landkreis lässt sich nicht lesen ({cause(error)}).") from error
