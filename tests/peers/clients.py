"""Strangers' programs that meet our devices: each test file names its own, docs/devices/clients.md is all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from tests.tidy.sources import ROOT

PAGE = ROOT / "docs" / "devices" / "clients.md"
NAME = "ACCEPTED"
DIRECTIONS = {
    "client": "their client at our emulated device",
    "server": "our driver at their device or server",
    "call": "the far end of a call",
    "codec": "their codec and ours over the same bytes",
}
_HEAD = """# Whom our devices have met

Written from the tests (`ACCEPTED` in each file): `python -m tests.peers`. A test compares both, and sees that each
row has its test. Nobody here wrote these programs. *Version* is the one that was met last.

"""


@dataclass(frozen=True, slots=True)
class Client:
    """One program of others, and what it showed.

    A test file holds `ACCEPTED = (Client(...), ...)`, which is read and never imported: all of it plain words.
    """

    device: str
    """As `lisa emulate` names it (`door`), or `call`."""
    client: str
    """As its makers write it; two backends of one program are two rows: `scanimage (airscan)`."""
    version: str
    """As it says itself, without what a distribution adds: `1.4.11`."""
    source: Literal["Debian", "PyPI", "npm", "other"]
    direction: Literal["client", "server", "call", "codec"]
    test: str
    """The function of the same file that shows it."""
    shows: str
    """What it did, in a few words: `inputs, outputs, exceptions`."""
    refused: str = ""
    """Why it does not go; empty where it does."""


def declared() -> dict[Path, tuple[Client, ...]]:
    """The clients by the file that names them; a row that is not written out is a `ValueError` with its place."""
    holders = (path for path in sorted((ROOT / "tests").rglob("test_*.py")) if NAME in path.read_text(encoding="utf-8"))
    return {path: clients for path in holders if (clients := tuple(_clients(path)))}


def _clients(path: Path) -> Iterator[Client]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not (isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == [NAME]):
            continue
        for call in node.value.elts if isinstance(node.value, ast.Tuple) else ():
            if not isinstance(call, ast.Call):
                raise ValueError(f"{path}:{call.lineno}: Client(...)")
            words = [ast.literal_eval(one) for one in call.args]
            yield Client(*words, **{one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg})


def page() -> str:
    """The page as the tests have it."""
    rows = sorted(
        ((one, path) for path, clients in declared().items() for one in clients),
        key=lambda row: (row[0].refused != "", row[0].device, row[0].client.lower(), row[0].direction, row[0].shows),
    )
    return _HEAD + _counts([one for one, _ in rows]) + "".join(_table(rows))


def _counts(clients: list[Client]) -> str:
    accepted = [one for one in clients if not one.refused]
    programs = len({one.client for one in accepted})
    ways = "".join(
        f"| {text} | {sum(one.direction == way for one in accepted)} |\n" for way, text in DIRECTIONS.items()
    )
    return f"""**{len(accepted)} accepted**, by {programs} programs; {len(clients) - len(accepted)} not.

| Direction | Accepted |
|---|---|
{ways}"""


def _table(rows: list[tuple[Client, Path]]) -> Iterator[str]:
    for refused, group in groupby(rows, key=lambda row: row[0].refused != ""):
        yield "\n## Not accepted\n" if refused else "\n## Accepted\n"
        yield f"\n| Device | Client | Version | Direction | {'Why not' if refused else 'What it did'} | Test |\n"
        yield "|---|---|---|---|---|---|\n"
        for one, path in group:
            name = f"[{path.stem.removeprefix('test_')}](../../{path.relative_to(ROOT).as_posix()})"
            cells = (one.device, one.client, f"{one.version} ({one.source})", DIRECTIONS[one.direction])
            yield f"| {' | '.join((*cells, one.refused or one.shows, name))} |\n"
