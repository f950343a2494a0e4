"""Hardware profiles and Landkreis files with their old keys rewritten, comments and all else as they were.

What was rewritten is read again: it must say what the old file was understood to say, or the file is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lisa_core.config.directory_routing import LIMITS
from lisa_core.config.drivers import driver
from lisa_core.config.profile import EXCHANGE_MS, load_profile
from lisa_core.config.renamed import keys_of, understood
from lisa_core.config.toml import read_toml
from lisa_core.config.toml_lines import read_lines
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.host.address import respelled
from lisa_core.host.notices import silent
from lisa_core.host.renames import Word, renames_of
from lisa_core.wire.toml_text import parse_toml

_HEADER = re.compile(r"""\s*\[\[?([A-Za-z0-9_."'*-]+)\]\]?\s*(?:#.*)?$""")
_KEY = re.compile(r"""(\s*)([A-Za-z0-9_."'-]+)(\s*=.*)""", re.DOTALL)
_NAMES: Mapping[Word, str] = {Word.PROFILE: "profile", Word.LANDKREIS: "landkreis"}
"""The table by which a file is known."""


def kind_of(raw: JsonMap) -> Word | None:
    """Whether this is a profile or a Landkreis; None: something else, and not ours to touch."""
    heads = ((word, raw.get(table)) for word, table in _NAMES.items())
    return next((word for word, head in heads if isinstance(head, dict) and isinstance(head.get("id"), str)), None)


def migrated(path: Path, text: str) -> str:
    """The text with every old key rewritten. Raises `ProfileError` with file and line for what cannot be."""
    raw = read_toml(path)
    kind = kind_of(raw)
    wanted, moved = understood(raw, renames_of(kind)) if kind else (raw, [])
    lines = text.splitlines(keepends=True)
    for row in renames_of(kind) if kind else ():
        if old := next(keys_of(wanted, row.old), None):
            number = _line_of(lines, old)
            what = f"„{old}“ heißt jetzt „{row.new}“, und das steht hier auch. Das alte entfernen."
            raise ProfileError(f"{path}:{number}: {what}" if number else f"{path}: {what}")
    for one in moved:
        number = _line_of(lines, one.old)
        if number is None or not _moved(lines, number - 1, one.old.split("."), one.new.split(".")):
            raise _refusal(path, number, one.old, one.new)
    respellings = _respellings(path, raw) if kind is Word.PROFILE else []
    for slot, old, new in respellings:
        _respell(lines, f"slots.{slot}.binding", old, new)
        wanted["slots"][slot]["binding"] = new
    found = "".join(lines)
    if (moved or respellings) and _parsed(found) != _without_empty(wanted):
        changes = [*((one.old, one.old, one.new) for one in moved)]
        changes += [(f"slots.{slot}.binding", old, new) for slot, old, new in respellings]
        key, old, new = next((one for one in changes if one[0].startswith("slots.")), changes[0])
        raise _refusal(path, _line_of(text.splitlines(), key), old, new)
    return found


def _respellings(path: Path, raw: JsonMap) -> list[tuple[str, str, str]]:
    """Each slot whose address begins as it did once: the slot, its address, and how it is spelled now.

    The driver says what its addresses are; it may stand in a profile that this one extends.
    """
    slots = raw.get("slots")
    found = []
    for slot, table in slots.items() if isinstance(slots, dict) else ():
        binding, name = (table.get("binding"), table.get("driver", "")) if isinstance(table, dict) else ("", "")
        if not (isinstance(binding, str) and isinstance(name, str) and "://" in binding):
            continue
        try:
            new = respelled(binding, driver(name or _inherited_driver(path, slot)).binding)
        except LisaError:
            continue  # nobody here knows what it is: left alone
        found += [(slot, binding, new)] if new else []
    return found


def _inherited_driver(path: Path, slot: str) -> str:
    with silent():
        return load_profile(str(path)).slots[slot].driver


def _respell(lines: list[str], key: str, old: str, new: str) -> None:
    """In the line where the key stands; what could not be changed so is found when all is read again."""
    if (number := _line_of(lines, key)) is not None:
        name, equals, value = lines[number - 1].partition("=")
        lines[number - 1] = f"{name}{equals}{value.replace(old, new, 1)}"


def with_waits(path: Path, text: str, waits: Mapping[str, int]) -> str:
    """The text of a Landkreis with these keys under [routing], where it does not say them yet."""
    found_there = read_toml(path).get("routing")
    said = found_there if isinstance(found_there, dict) else {}
    lines = text.splitlines(keepends=True)
    for key, value in waits.items():
        if key not in said:
            _append(lines, "routing", f"{key} = {value}")
    found = "".join(lines)
    if (_parsed(found) or {}).get("routing") != {**waits, **said}:
        raise ProfileError(f"{path}: Unter [routing] eintragen: {', '.join(f'{k} = {v}' for k, v in waits.items())}")
    return found


@dataclass(frozen=True, slots=True)
class Waits:
    """What an unmigrated profile says of the exchange in service, as keys of [routing], and the file of its Landkreis.

    `unfit`: in milliseconds, because it is no number of seconds that may stand there.
    """

    landkreis: Path | None = None
    seconds: Mapping[str, int] = field(default_factory=dict)
    unfit: Mapping[str, int] = field(default_factory=dict)


def waits_in_service(path: Path) -> Waits:
    """Only of a booth in service: a profile that binds nothing to a real device is one to try things out with, and
    what it shortens is nobody's real waiting time."""
    own = read_toml(path).get("deadlines")
    given = {key: own[key] for key in EXCHANGE_MS if key in own} if isinstance(own, dict) else {}
    try:
        with silent():
            profile = load_profile(str(path))
    except LisaError:
        return Waits()
    if set(profile.slots) <= profile.emulated or not given:
        return Waits()
    waits = {key.replace("_ms", "_s"): value for key, value in given.items()}
    seconds = {key: value // 1000 for key, value in waits.items() if value % 1000 == 0 and _fits(key, value // 1000)}
    landkreis = Path(profile.landkreis)
    unfit = {key: value for key, value in waits.items() if key not in seconds}
    return Waits(landkreis if landkreis.suffix == ".toml" else None, seconds, unfit)


def _fits(key: str, value: int) -> bool:
    least, most = LIMITS[key]
    return least <= value <= most


def _line_of(lines: Sequence[str], key: str) -> int | None:
    """Where this key stands; where a text goes over several lines, the first line that begins with its name."""
    if (number := read_lines(_plain("\n".join(map(str.rstrip, lines)))).of(key)) is not None:
        return number
    name = key.rpartition(".")[2]
    found = (number for number, line in enumerate(lines, start=1) if (entry := _KEY.match(line)) and entry[2] == name)
    return next(found, None)


def _moved(lines: list[str], at: int, old: Sequence[str], new: Sequence[str]) -> bool:
    """The key in line `at` gets its new name, in its table or in another one; comments right above go with it."""
    key = _KEY.match(lines[at])
    if key is None or key[2] != old[-1]:
        return False  # written otherwise: dotted, quoted, or in a table within one line
    line = f"{key[1]}{new[-1]}{key[3]}"
    if old[:-1] == new[:-1]:
        lines[at] = line
        return True
    start = at
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    block = "".join([*lines[start:at], line])
    del lines[start : at + 1]
    _append(lines, ".".join(new[:-1]), block.rstrip("\r\n"))
    return True


def _append(lines: list[str], table: str, line: str) -> None:
    """At the end of this table, before the blank lines behind it; the table is added when there is none."""
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    names = [(number, found[1]) for number, text in enumerate(lines) if (found := _HEADER.match(text))]
    here = next((number for number, name in names if name == table), None)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    if here is None:
        lines += [end, f"[{table}]{end}", f"{line}{end}"]
        return
    last = following = next((number for number, _ in names if number > here), len(lines))
    while last > here + 1 and (not lines[last - 1].strip() or (following < len(lines) and lines[last - 1][0] == "#")):
        last -= 1  # what stands above the next table belongs to that one
    lines.insert(last, f"{line}{end}")


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff")


def _parsed(text: str) -> Json:
    try:
        return _without_empty(parse_toml(_plain(text)))
    except ValueError:
        return None


def _without_empty(data: JsonMap) -> JsonDict:
    """A table out of which the last key was moved says nothing."""
    return {key: value for key, value in data.items() if value != {}}


def _refusal(path: Path, line: int | None, old: str, new: str) -> ProfileError:
    where = f"{path}:{line}" if line else f"{path}"
    return ProfileError(f"{where}: „{old}“ lässt sich hier nicht umschreiben. Von Hand ändern in „{new}“.")
