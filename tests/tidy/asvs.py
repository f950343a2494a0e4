"""OWASP ASVS 5.0 at levels 1 and 2: each item met by which tests, by which person's check, not applicable, or open.

`python -m tests.tidy.asvs` writes docs/asvs.csv and docs/asvs.html from the answers in docs/asvs, one file a chapter.
Of the standard stand there numbers and levels only (docs/asvs/list.toml); the titles are ours.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from tests.tidy import proofs
from tests.tidy.sources import ROOT

FOLDER = ROOT / "docs" / "asvs"
LIST = FOLDER / "list.toml"
PAGES = {"csv": ROOT / "docs" / "asvs.csv", "html": ROOT / "docs" / "asvs.html"}
COLUMNS = ("Nummer", "Stufe", "Kapitel", "Verlangt", "Stand", "Tests", "Prüfung", "Lesen", "Bemerkung", "Offen mit")
SHORT = re.compile(r"(\w+)\[(.+)\]")
SETTINGS: Mapping[str, tuple[str, str]] = {
    "one-factor": ("lisa exchange --one-factor", "Ohne zweiten Faktor genügt ein Kennwort."),
    "age": (
        "openid.toml ohne max_age_min",
        "Dann entscheidet der Aussteller, wie lange eine Anmeldung dort her sein darf.",
    ),
    "claim": ("openid.toml: claim = … (nicht „sub“)", "Was andere Angaben nennen, kann später jemand anderem gehören."),
}
"""What is set somewhere else and makes an item open: how it is set, and why."""


class State(Enum):
    """How an item stands; the first that fits."""

    OPEN = "offen"
    CHECK = "Prüfung"
    TEST = "Test"
    NOT_APPLICABLE = "entfällt"


class AsvsError(Exception):
    """Something is wrong with the answers; each line is one fault."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `tests` are node ids, `reads` are headings of documents (`docs/x.md#Heading`)."""

    id: str
    level: int
    chapter: str
    title: str
    tests: tuple[str, ...] = ()
    check: str = ""
    who: str = ""
    when: str = ""
    reads: tuple[str, ...] = ()
    not_applicable: str = ""
    open: str = ""
    open_if: tuple[str, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """As the standard wants to be cited."""
        return f"v{standard()['version']}-{self.id}"

    @property
    def state(self) -> State:
        """Whether it is met by tests alone, or who else has to do something."""
        if self.open:
            return State.OPEN
        return State.CHECK if self.check else State.TEST if self.tests else State.NOT_APPLICABLE


@cache
def standard() -> dict[str, Any]:
    """Which version, where from, and its numbers by level."""
    return tomllib.loads(LIST.read_text(encoding="utf-8"))


@cache
def levels() -> Mapping[str, int]:
    """Of each item, in the order of the standard."""
    known = {id_: level for level in (1, 2) for id_ in standard()[f"level_{level}"]}
    return dict(sorted(known.items(), key=lambda one: [int(part) for part in one[0].split(".")]))


def items(folder: Path = FOLDER) -> list[Item]:
    """All of them, in the order of the standard. Raises `AsvsError`."""
    found, wrong = list[Item](), list[str]()
    for path in sorted(folder.glob("v*.toml")):
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        for raw in text["item"]:
            if bad := list(_form(raw, str(int(path.stem[1:])))):
                wrong += [f"{path.name}: {raw['id']}: {why}" for why in bad]
                continue
            given = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
            given["tests"] = tuple(map(_whole, raw.get("tests", ())))
            found.append(Item(level=levels().get(raw["id"], 0), chapter=text["chapter"], **given))
    if wrong := wrong or list(_numbers(found)):
        raise AsvsError("\n".join(wrong))
    order = list(levels())
    return sorted(found, key=lambda item: order.index(item.id))


def _form(raw: dict[str, Any], chapter: str) -> Iterator[str]:
    if raw["id"].partition(".")[0] != chapter:
        yield "another chapter"
    if unknown := set(raw) - {field.name for field in fields(Item)} | set(raw) & {"level", "chapter"}:
        yield f"unknown keys: {', '.join(sorted(unknown))}"
    answers = {key for key in ("tests", "check", "not_applicable", "open") if raw.get(key)}
    if not answers or ("not_applicable" in answers and len(answers) > 1):
        yield f"it is met, not applicable, or open: {sorted(answers)}"
    if ("check" in answers) is not bool(raw.get("who") and raw.get("when")):
        yield "a check has somebody who does it, and a time when"
    if set(raw.get("open_if", ())) - set(SETTINGS):
        yield "a setting that is none of SETTINGS"
    if raw.get("open_if") and answers & {"open", "not_applicable"}:
        yield "what is open, or not applicable, is not made open by a setting"
    if raw.get("reads") and "check" not in answers:
        yield "what is to be read has to be read by somebody"


def _numbers(found: Sequence[Item]) -> Iterator[str]:
    count = Counter(item.id for item in found)
    yield from (f"{id_}: missing" for id_ in levels() if not count[id_])
    yield from (f"{id_}: no item of level 1 or 2" for id_ in count if id_ not in levels())
    yield from (f"{id_}: {times} times" for id_, times in count.items() if times > 1)


def _whole(test: str) -> str:
    """`door[row]` stands for the node id of that row."""
    short = SHORT.fullmatch(test)
    known: dict[str, str] = standard()["tables"]
    return f"{known[short[1]]}[{short[2]}]" if short and short[1] in known else test


def faults(found: Sequence[Item]) -> Iterator[str]:
    """Tests that do not exist, or show nothing; headings that nobody can read."""
    for item in found:
        yield from (f"{item.id}: {test}: {why}" for test in item.tests if (why := proofs.lack_of(test)))
        for read in item.reads:
            name, _, heading = read.partition("#")
            path = ROOT / name
            if not path.is_file() or f"\n## {heading}\n" not in path.read_text(encoding="utf-8"):
                yield f"{item.id}: {read}: no such heading"


def table(found: Sequence[Item]) -> str:
    """As CSV with semicolons, as German spreadsheets open it (UTF-8 with a mark, RFC 4180 else)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in found:
        check = f"{item.who}, {item.when}: {item.check}" if item.check else ""
        note = " ".join(filter(None, (item.open, item.not_applicable, item.note)))
        cells = (item.name, item.level, item.chapter, item.title, item.state.value, " ".join(map(_quoted, item.tests)))
        writer.writerow(
            (*cells, check, " ".join(item.reads), note, ", ".join(SETTINGS[one][0] for one in item.open_if))
        )
    return "\ufeff" + out.getvalue()


def _quoted(test: str) -> str:
    return f'"{test}"' if " " in test else test


def pages() -> Iterator[tuple[Path, str]]:
    """What is written, and what has to stand in it. Raises `AsvsError`."""
    from tests.tidy.asvs_page import page

    found = items()
    if wrong := list(faults(found)):
        raise AsvsError("\n".join(wrong))
    yield PAGES["csv"], table(found)
    yield PAGES["html"], page(found)


if __name__ == "__main__":
    from tests.tidy import asvs  # by its own name, as the page knows it

    for written, said in asvs.pages():
        written.write_text(said, encoding="utf-8")
