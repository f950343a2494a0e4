"""`make bench`: every goal of speed and memory, each measured against its peer, as the table of docs/leistung.md.

python -m tests.bench [--write] [NAME ...]: only those benchmarks; with --write their rows go into docs/leistung.md.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.bench.older import BEFORE, HERE, this
from tests.bench.pair import HEAD, Row

BENCHMARKS = (
    "features",
    "start",
    "gherkin",
    "nation",
    "routing",
    "restart",
    "handover",
    "databases",
    "ring",
    "buses",
    "scanner",
    "pad",
    "idle",
    "report",
    "bundle",
    "places",
    "open_searches",
    "open_pages",
    "waiting",
)
"""Modules of this folder that have `rows()`, in the order of the table."""
PAGE = HERE / "docs" / "leistung.md"
TABLE = re.compile(r"(?<=<!-- Tabelle: make bench -->\n).*?(?=<!-- Ende der Tabelle -->)", re.DOTALL)


def main(words: list[str]) -> int:
    """1 when a goal is missed, or a benchmark fails."""
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    reader.add_argument("--write", action="store_true", help="put the table into docs/leistung.md")
    wish = reader.parse_args(words)
    if unknown := set(wish.names) - set(BENCHMARKS):
        reader.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    rows = list(_measured(wish.names or BENCHMARKS))
    text = table(rows)
    print(text)
    if wish.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(written(page, text, wish.names), encoding="utf-8")
    return 0 if rows and all(row.held for row in rows) else 1


def _measured(names: Iterable[str]) -> Iterator[Row]:
    for name in names:
        began_s = time.perf_counter()
        rows: Callable[[], list[Row]] = importlib.import_module(f"tests.bench.bench_{name}").rows
        for row in rows():
            print(row, file=sys.stderr, flush=True)
            yield row
        print(f"  {name}: {time.perf_counter() - began_s:.0f} s", file=sys.stderr, flush=True)


def table(rows: list[Row]) -> str:
    """With the machine and the commits under it."""
    lines = "\n".join(map(str, rows))
    today = time.strftime("%d.%m.%Y")
    return f"{HEAD}\n{lines}\n\n{machine()}; gemessen am {today} am Stand {this().commit}, „vorher“ ist {BEFORE}."


def written(page: str, measured: str, names: list[str]) -> str:
    """The page with this table; where only `names` were measured, with the other rows and what is told of them."""
    if names:
        found = TABLE.search(page)
        before = found[0].strip().splitlines() if found else []
        new = measured.splitlines()
        rows = {_what(line): line for line in (*_rows(before), *_rows(new))}
        told = f"{', '.join(names)}: {new[-1]}"
        feet = [line for line in before if line and not line.startswith(("|", f"{told.partition(':')[0]}:"))]
        measured = "\n".join([HEAD, *rows.values(), "", "\n\n".join([*feet, told])])
    return TABLE.sub(lambda _: f"\n{measured}\n\n", page)


def _rows(lines: list[str]) -> Iterator[str]:
    return (line for line in lines if line.startswith("| ") and line not in HEAD)


def _what(row: str) -> str:
    return row.split(" | ")[0]


def machine() -> str:
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} Kerne ({model[1] if model else platform.machine()}), {memory_gb:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
