"""The tests of two commits, compared by node id: `python -m tests.bench.bench_tests OLD.xml NEW.xml`.

Each file is what `make test ARGS=--junitxml=NEW.xml` leaves. A test counts if it ran in both, whatever has been added
or was skipped since; a goal holds for those. The sum is what the tests took, one after the other, with their fixtures;
the wall is what the whole run took, with new tests in it and with workers that had nothing to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree

LIMIT = 0.7
MOST = 10


@dataclass(frozen=True)
class Run:
    """One run: seconds of each test that was not skipped, by node id, and from the first to the last."""

    took_s: Mapping[str, float]
    wall_s: float
    red: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Compared:
    """Two runs; `common` are the tests that ran in both."""

    old: Run
    new: Run

    @property
    def common(self) -> frozenset[str]:
        return frozenset(self.old.took_s) & frozenset(self.new.took_s)

    @property
    def old_s(self) -> float:
        return sum(self.old.took_s[name] for name in self.common)

    @property
    def new_s(self) -> float:
        return sum(self.new.took_s[name] for name in self.common)

    @property
    def ratio(self) -> float:
        return self.new_s / self.old_s

    @property
    def wall_ratio(self) -> float:
        return self.new.wall_s / self.old.wall_s

    def change_s(self, name: str) -> float:
        return self.new.took_s[name] - self.old.took_s[name]


def read(path: Path) -> Run:
    """Raises ParseError, KeyError or ValueError for what is no report of pytest."""
    root = ElementTree.parse(path).getroot()
    cases = {f"{case.attrib['classname']}::{case.attrib['name']}": case for case in root.iter("testcase")}
    ran = {name: case for name, case in cases.items() if case.find("skipped") is None}
    red = {name for name, case in ran.items() if {"failure", "error"} & {part.tag for part in case}}
    wall_s = sum(float(suite.attrib["time"]) for suite in root.iter("testsuite"))
    return Run({name: float(case.attrib["time"]) for name, case in ran.items()}, wall_s, frozenset(red))


def told(found: Compared) -> Iterator[str]:
    """Sums, walls, both ratios, and the tests that changed most."""
    old, new, common = found.old.took_s, found.new.took_s, found.common
    only = len(old.keys() - common), len(new.keys() - common)
    yield f"{len(common)} tests ran in both, {only[0]} only in the old run, {only[1]} only in the new one"
    yield f"sum of these  {found.old_s:8.1f} s -> {found.new_s:8.1f} s   {found.ratio:.2f}x (goal: {LIMIT}x)"
    yield f"whole run     {found.old.wall_s:8.1f} s -> {found.new.wall_s:8.1f} s   {found.wall_ratio:.2f}x"
    yield from (f"red in the new run: {name}" for name in sorted(found.new.red))
    for name in sorted(common, key=lambda name: (-abs(found.change_s(name)), name))[:MOST]:
        yield f"{found.change_s(name):+8.1f} s  {old[name]:7.1f} -> {new[name]:7.1f}  {name}"


def main(words: list[str]) -> int:
    """1 when both ratios miss the goal, or a test is red."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench.bench_tests", description=__doc__)
    reader.add_argument("old", type=Path)
    reader.add_argument("new", type=Path)
    wish = reader.parse_args(words)
    found = Compared(read(wish.old), read(wish.new))
    if not found.common:
        reader.error("no test ran in both")
    print(*told(found), sep="\n")
    return 0 if max(found.ratio, found.wall_ratio) <= LIMIT and not found.new.red else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
