"""One file of a profile: what of it can be understood, and every mistake that keeps the rest from that.

What is wrong is noted and left out, so that what stands beside it is looked at all the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pydantic import ConfigDict, Field

from lisa_core.config.hardware.mistakes import Mistake
from lisa_core.config.renamed import Moved, understood
from lisa_core.config.toml import Table, broken, is_double, read_text, validated
from lisa_core.config.toml_doubles import complete
from lisa_core.config.toml_lines import Lines, read_lines
from lisa_core.domain.model.directory import Deadlines
from lisa_core.domain.model.json_types import Json, JsonDict, JsonMap
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.host.notices import tell_renamed
from lisa_core.host.renames import Word, renames_of
from lisa_core.wire.toml_text import parse_toml

LONGEST_MS = 86_400_000
"""Maximum length of a deadline in milliseconds: a day."""
EXCHANGE_MS = ("ring_ms", "transfer_ms")
"""What belongs to the exchange: a Landkreis says it under [routing], a profile for its own trials under [exchange]."""
DEADLINES_MS = tuple(key for f in fields(Deadlines) if (key := f.name.removesuffix("_us") + "_ms") not in EXCHANGE_MS)
ALL = "*"
MOST_BROKEN = 50
"""So many broken lines are told at most: behind that nobody knows any more what was meant."""
_HEADER = re.compile(r"\s*\[")
_PAIR = re.compile(r"""\s*[A-Za-z0-9_."'-]+\s*=""")
Noting = Callable[[str, str], None]
"""Takes the key and the sentence of a mistake."""
_ADVICE = (
    "Wie lange es im Betrieb klingelt, sagt die Landkreis-Datei ([routing] ring_s, transfer_s): lisa migrate ORDNER"
)


class _Head(Table):
    id: str
    extends: str = ""
    landkreis: str = ""
    site: str = ""
    class_: str = Field("", alias="class")


class _Slot(Table):
    model_config = ConfigDict(extra="allow", frozen=True)
    driver: str = ""
    binding: str = ""


class _World(Table):
    join: str = ""
    faults: str = ""


class _File(Table):
    profile: _Head
    slots: dict[str, _Slot] = {}
    deadlines: dict[str, int] = {}
    exchange: dict[str, int] = {}
    limits: dict[str, JsonDict] = {}
    world: _World = _World()
    schema_: int = Field(1, alias="schema")
    model_config = ConfigDict(extra="forbid", frozen=True)


_IN_THEIR_PLACE: Mapping[tuple[int | str, ...], Json] = {("profile",): {"id": ""}, ("profile", "id"): ""}
"""What is needed and cannot be left out where it is wrong."""


@dataclass(frozen=True, slots=True)
class ProfileText:
    """What one file says: its tables as plain values, only what it says itself. `numbers` leads from a key to its line;
    `of_old`: the waits of the exchange that it calls by their old names."""

    path: Path
    numbers: Lines
    profile: JsonDict
    slots: Mapping[str, JsonDict]
    deadlines: Mapping[str, int]
    exchange: Mapping[str, int]
    limits: Mapping[str, JsonDict]
    world: JsonDict
    of_old: frozenset[str]
    unsure: frozenset[str] = frozenset()
    """The tables of which a line could not be read: what is missing in them may have stood there. `ALL`: any."""

    @property
    def keys(self) -> Iterator[str]:
        """Every key whose line somebody may want to know."""
        yield from (f"profile.{key}" for key in self.profile)
        yield from (f"slots.{slot}.{key}" for slot, table in self.slots.items() for key in table)
        yield from (f"limits.{name}.{key}" for name, table in self.limits.items() for key in table)
        yield from (f"world.{key}" for key in self.world)


def read_one(path: Path, found: list[Mistake]) -> ProfileText | None:
    """What this file says; mistakes go to `found`. None where nothing of it can be told.

    Raises `ProfileError` for a file that cannot be read at all.
    """
    text = read_text(path)
    numbers = read_lines(text)
    raw, unsure = _parsed(path, text, found)
    if raw is None:
        return None
    if raw.get("schema", 1) != 1:
        what = f"schema = {raw['schema']!r} ist unbekannt. Diese Version liest schema = 1."
        found.append(Mistake(path, numbers.of("schema"), "schema", what))
        return None
    raw, moved = understood(raw, renames_of(Word.PROFILE))
    written = {one.new: one.old for one in moved}

    def note(key: str, sentence: str) -> None:
        found.append(Mistake(path, numbers.of(written.get(key, key)), key, sentence))

    parsed = _healed(raw, note, unsure)
    waits = {
        name: dict(_waits(name, given, written, note))
        for name, given in (("deadlines", parsed.deadlines), ("exchange", parsed.exchange))
    }
    for one in moved:
        tell_renamed(one.row, str(path), _ADVICE if one.new.startswith("exchange.") else "")
    return ProfileText(
        path,
        numbers,
        parsed.profile.model_dump(exclude_unset=True, by_alias=True),
        dict(_known_slots(parsed.slots, note)),
        waits["deadlines"],
        waits["exchange"],
        parsed.limits,
        parsed.world.model_dump(exclude_unset=True),
        _of_old(moved),
        unsure,
    )


def _of_old(moved: list[Moved]) -> frozenset[str]:
    return frozenset(key for key in EXCHANGE_MS if f"exchange.{key}" in {one.new for one in moved})


def _parsed(path: Path, text: str, found: list[Mistake]) -> tuple[JsonDict | None, frozenset[str]]:
    """The tables of the text without its broken lines, and those in which such lines stood; None where no line alone
    is to blame."""
    lines, unsure = text.splitlines(), set[str]()
    for _ in range(MOST_BROKEN):
        rest = "\n".join(lines)
        try:
            return parse_toml(rest), frozenset(unsure)
        except tomllib.TOMLDecodeError as error:
            number, sentence = broken(rest, str(error))
            found.append(Mistake(path, number, "", sentence))
            unsure.add(_table_of(lines, number - 1))
            if not _left_out(lines, number - 1, double=is_double(str(error))):
                break
    return None, frozenset({ALL})


def _table_of(lines: Sequence[str], at: int) -> str:
    """In which table a line stands; `ALL` for a header, and for [profile], which may name another file."""
    if not 0 <= at < len(lines) or _HEADER.match(lines[at]):
        return ALL
    before = (line for line in reversed(lines[:at]) if _HEADER.match(line))
    name = next(before, "[profile]").partition("]")[0].strip("[ \t").replace('"', "").replace("'", "")
    return ALL if name == "profile" else name


def _left_out(lines: list[str], at: int, *, double: bool) -> bool:
    """Whether this line could be taken out, with what belongs to it: a table with all that stands in it."""
    if not 0 <= at < len(lines) or (not double and complete(lines[at])):
        return False  # the cause stands elsewhere
    if _HEADER.match(lines[at]):
        following = (n for n in range(at + 1, len(lines)) if _HEADER.match(lines[n]) and complete(lines[n]))
        end = next(following, len(lines))
        lines[at:end] = [""] * (end - at)
        return True
    if not _PAIR.match(lines[at]) or lines[at].rstrip().endswith(("[", "{")):
        return False
    lines[at] = ""
    return True


def _healed(raw: JsonDict, note: Noting, unsure: frozenset[str]) -> _File:
    """The tables without what does not fit; where something has to stand, there stands nothing."""
    for _ in range(MOST_BROKEN):
        parsed, misfits = validated(_File, raw)
        if parsed is not None:
            return parsed
        for one in misfits:
            if not (one.missing and ALL in unsure):
                note(one.key, one.text)
            _mend(raw, one.where)
    return _File.model_validate({"profile": {"id": ""}})


def _mend(raw: JsonDict, where: tuple[int | str, ...]) -> None:
    table: Json = raw
    for part in where[:-1]:
        table = table.get(part, {})
    if where in _IN_THEIR_PLACE:
        table[where[-1]] = _IN_THEIR_PLACE[where]
    else:
        table.pop(where[-1], None)


def _known_slots(slots: Mapping[str, _Slot], note: Noting) -> Iterator[tuple[str, JsonDict]]:
    for slot, table in slots.items():
        if slot in SLOTS:
            yield slot, table.model_dump(exclude_unset=True)
        else:
            note(f"slots.{slot}", f"Den Steckplatz „{slot}“ gibt es nicht.{nearest(slot, list(SLOTS))}")


def _waits(table: str, given: Mapping[str, int], written: JsonMap, note: Noting) -> Iterator[tuple[str, int]]:
    """Each that exists and is within its limits; one under an old name is named as it stands in the file."""
    known = EXCHANGE_MS if table == "exchange" else DEADLINES_MS
    for key, value in given.items():
        name = written.get(f"{table}.{key}", f"{table}.{key}")
        if key not in known and key in EXCHANGE_MS:
            what = f"„{name}“ heißt jetzt „exchange.{key}“, und das steht hier auch. Das alte entfernen."
            note(f"{table}.{key}", what)
        elif key not in known:
            near = nearest(key, [*DEADLINES_MS, *EXCHANGE_MS])
            note(f"{table}.{key}", f"Den Schlüssel „{name}“ gibt es nicht.{near}")
        elif not 0 < value <= LONGEST_MS:
            limits = "über 0 liegen" if value <= 0 else f"höchstens {LONGEST_MS} sein"
            note(f"{table}.{key}", f"Der Schlüssel „{name}“ muss {limits}; hier steht {value}.")
        else:
            yield key, value
