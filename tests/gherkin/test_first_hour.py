"""A tester's first hour: every command of the page does what the page says, in its order, in one folder."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.gherkin.shell import typed_in

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {
    "erste-stunde.md": 13,
    **({"editor.md": 5, "hersteller.md": 25, "vendors.md": 26} if os.environ.get("LISA_LONG") == "1" else {}),
}
"""Each with so many commands at least."""
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"\[(?:Ausgang|exit) (\d+)\]")
ANYTHING = "…"


@dataclass(frozen=True)
class Typed:
    """One command, with its here-document; the lines that are shown below it; and its exit code."""

    command: str
    shown: tuple[str, ...]
    code: int


def typed(text: str) -> Iterator[Typed]:
    for block in CONSOLE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            first, _, rest = part.partition("\n")
            if heredoc := re.search(r"<<'(\w+)'", first):
                body, _, rest = rest.partition(f"\n{heredoc[1]}\n")
                first = f"{first}\n{body}\n{heredoc[1]}"
            lines = [line for line in rest.splitlines() if line.strip()]
            codes = [int(found[1]) for line in lines if (found := EXIT.fullmatch(line))]
            yield Typed(first, tuple(line for line in lines if not EXIT.fullmatch(line)), codes[0] if codes else 0)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_shows_what_the_page_says(page: str, tmp_path: Path) -> None:
    commands = list(typed((DOCS / page).read_text(encoding="utf-8")))
    assert len(commands) >= PAGES[page]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    language = "en" if page == "vendors.md" else "de"  # each command has a shell of its own: an export is forgotten
    environment = {**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8", "LISA_LANG": language}
    for one in commands:
        done = typed_in(tmp_path, one.command, environment)
        said = done.stdout
        assert done.returncode == one.code, f"$ {one.command}\n{said}"
        missing = [line for line in one.shown if not stands_in(line, said)]
        assert not missing, f"$ {one.command}\n{said}\nmissing: {missing}"


def stands_in(line: str, said: str) -> bool:
    """Whether some line of the output reads so, whatever its width and whatever stands for the dots."""
    parts = (re.escape(" ".join(part.split())) for part in line.split(ANYTHING))
    pattern = re.compile(".*".join(parts))
    return any(pattern.match(" ".join(one.split())) for one in said.splitlines())
