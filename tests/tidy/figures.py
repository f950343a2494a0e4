"""`python -m tests.tidy.figures`: rooms, floors and arrows of the house as it stands; docs/adr/0045 has them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator

from tests.tidy.sources import ROOT, product_files
from tests.tidy.test_house import HARNESS, between, circle, imported, part

APART = {"moved"}
"""The table of old names: no room, and asked before any."""


def main() -> None:
    print("\n".join(figures()))


def figures() -> Iterator[str]:
    """One line for each part that has stairs, then how large the product is, and what tests it."""
    for folder in ("lisa_core", HARNESS):
        arrows = {room: others - APART for room, others in between(folder).items() if room not in APART}
        count = sum(map(len, arrows.values()))
        yield f"{folder}: {len(arrows)} rooms, {floors(folder)} floors, {count} arrows, {found(circle(arrows))}"
    lines: Counter[str] = Counter()
    for path in product_files():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        lines[part(module)] += len(path.read_text(encoding="utf-8").splitlines())
    for side, count in lines.most_common():
        yield f"{side}: {count} lines, {count * 100 / lines.total():.0f} %"
    yield f"all modules: {len(imported())}, {found(circle(imported()))}"


def floors(folder: str) -> int:
    """How many layers import-linter holds this folder to."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return next(len(one["layers"]) for one in contracts if one.get("containers") == [folder])


def found(way: list[str]) -> str:
    return " -> ".join(way) or "no circle"


if __name__ == "__main__":
    main()
