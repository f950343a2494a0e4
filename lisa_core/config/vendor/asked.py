"""What devices have said of themselves, written into their profile, line by line: all else in the file stays as it is.

Each line that is added ends with a mark and the day. Only such lines are ever renewed: what somebody has written by
hand is his declaration, and a device that says otherwise contradicts it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from lisa_core.config.drivers import driver
from lisa_core.config.hardware.declaration import declared_keys
from lisa_core.config.toml_lines import read_lines
from lisa_core.config.vendor.probe import Probed
from lisa_core.domain.model.errors import ProfileError
from lisa_core.domain.model.json_types import Json, JsonDict
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.drivers.identity import NAMED
from lisa_core.equipment.slots.catalogue import PROTOCOLS
from lisa_core.host.causes import cause
from lisa_core.host.machine import refusal
from lisa_core.host.paths import rewrite
from lisa_core.wire.toml_text import parse_toml

MARK = "  # gefragt am "
_HEADER = re.compile(r"\s*\[")
Answers = Mapping[str, Mapping[str, str | tuple[str, ...]]]
"""By slot and key what its device has said."""


def answers_of(path: Path, rows: Iterable[Probed]) -> Answers:
    """What was asked and answered; an option of the driver is set by whoever owns the profile.

    A device that contradicts what somebody has written by hand is another one: nothing of it belongs into this file.
    """
    marked = frozenset(_marked(path.read_text(encoding="utf-8-sig")))
    found = {}
    for one in rows:
        against = {f"slots.{one.bound.slot}.{each.key}" for each in one.contradictions}
        if one.trouble is not None or against - marked:
            continue
        keys = declared_keys(driver(one.bound.driver), PROTOCOLS[one.bound.slot])
        identity = one.said.identity
        told = {key: getattr(identity, key) for key in ("vendor", "model", "serial", "firmware")}
        told["capabilities"] = _can(one)
        found[one.bound.slot] = {key: value for key, value in told.items() if value and key in keys}
    return found


def _can(one: Probed) -> tuple[str, ...]:
    """What the device says that it can; of one that leaves that to its driver, what the driver says of all of them."""
    if one.said.can is not None:
        return one.said.can
    named = one.said.identity != DeviceIdentity()
    return tuple(word for word in driver(one.bound.driver).can if named or word != NAMED)


def write_answers(path: Path, answers: Answers, day: date) -> tuple[str, ...]:
    """Write them into this file; returns the keys that are new or renewed. The old file or the new one, never half.

    Raises `LisaError` where that cannot be done line by line, with the lines to be written by hand.
    """
    text = path.read_bytes().decode("utf-8")
    new, keys = with_answers(text, answers, day)
    if not keys:
        return ()
    if _values(new) != _expected(_values(text), answers, keys):
        lines = "\n".join(f"[slots.{slot}] {key} = {_toml(answers[slot][key])}" for slot, key in keys)
        raise ProfileError(f"{path}: Hier lässt sich nichts zeilenweise eintragen. Von Hand eintragen:\n{lines}")
    try:
        rewrite(path, new)
    except OSError as error:
        raise refusal(f"{path}: lässt sich nicht schreiben ({cause(error)}).", error) from error
    return tuple(f"slots.{slot}.{key}" for slot, key in keys)


def _marked(text: str) -> Iterator[str]:
    """The keys that were asked before."""
    lines = text.splitlines()
    for key, number in read_lines(text).numbers.items():
        if MARK.strip() in lines[number - 1]:
            yield key


def with_answers(text: str, answers: Answers, day: date) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with these lines, and slot and key of each that is new or renewed."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    changed = []
    for slot, told in answers.items():
        for key, value in told.items():
            if _put(lines, slot, key, f"{key} = {_toml(value)}{MARK}{day.isoformat()}"):
                changed.append((slot, key))
    return end.join(lines), tuple(changed)


def _put(lines: list[str], slot: str, key: str, line: str) -> bool:
    """Whether something had to be changed."""
    numbers = read_lines("\n".join(lines).removeprefix("\ufeff")).numbers
    if (at := numbers.get(f"slots.{slot}.{key}")) is not None:
        old = lines[at - 1]
        if MARK.strip() not in old or old.partition(MARK.strip())[0].strip() == line.partition(MARK.strip())[0].strip():
            return False
        lines[at - 1] = line
        return True
    header = numbers.get(f"slots.{slot}")
    if header is None:
        lines[len(lines) - (not lines[-1]) :] = ["", f"[slots.{slot}]", line, ""]
        return True
    following = (at for at in range(header, len(lines)) if _HEADER.match(lines[at]))
    last = next(following, len(lines))
    while last > header and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1  # what stands above the next table belongs to that one
    lines.insert(last, line)
    return True


def _toml(value: str | tuple[str, ...]) -> str:
    text = json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")


def _values(text: str) -> Json:
    try:
        return parse_toml(text.removeprefix("\ufeff"))
    except ValueError:
        return None


def _expected(before: Json, answers: Answers, keys: Iterable[tuple[str, str]]) -> JsonDict:
    """The tables as they were, and in them what was asked."""
    slots = {slot: dict(table) for slot, table in before.get("slots", {}).items()}
    for slot, key in keys:
        value = answers[slot][key]
        slots.setdefault(slot, {})[key] = value if isinstance(value, str) else list(value)
    return {**before, "slots": slots}
