"""The documents tell the truth: rooms, links, commands, targets, names and examples in them are those of the code."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from lisa_core.cli.commands import lisa
from lisa_core.config.profile import load_profile
from lisa_core.harness.report.record import ExitCode, Verdict
from tests.tidy import proofs
from tests.tidy.sources import PRODUCT, ROOT, files, place

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)
STARTS = ("lisa", "make")
RUN = "from lisa_core.cli.main import main; main()"
FIRST_STEPS = ROOT / "docs" / "erste-schritte.md"
GLOSSARY = ROOT / "docs" / "GLOSSARY.md"
BESIDE = ("emulator", "sojus")
"""What stands beside `lisa_core` and is named in full."""
DECISIONS = ROOT / "docs" / "adr"
PARTS = ("Out of scope:", "**Context.**", "**Decision.**", "**Why.**", "**Rejected")


def test_the_rooms_named_are_the_rooms_that_exist_in_their_order() -> None:
    section = read(ROOT / "ARCHITECTURE.md").split("## The rooms")[1].split("\n## ")[0]
    named = [names for cells in rows(section) if (names := set(INLINE.findall(cells[0])) - {"lisa_core/"})]
    project = tomllib.loads(read(ROOT / "pyproject.toml"))
    stairs = next(one for one in project["tool"]["importlinter"]["contracts"] if one["id"] == "stairs")
    assert named == [set(re.findall(r"\w+", layer)) for layer in reversed(stairs["layers"])]
    assert set().union(*named) == rooms()


def test_every_link_leads_somewhere() -> None:
    links = [(path, link) for path in documents() for link in LINK.findall(FENCE.sub("", read(path)))]
    lost = [f"{place(path)}: {link}" for path, link in links if "://" not in link and not leads(path, link)]
    assert links
    assert not lost


def test_every_command_shown_exists() -> None:
    shown = list(commands("lisa"))
    assert shown
    assert not [f"{place(path)}: lisa {shlex.join(words)}: {why}" for path, words in shown if (why := misused(words))]


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    assert not [f"{place(path)}: make {words[0]}" for path, words in commands("make") if words[0] not in targets]


def test_every_name_of_the_code_exists() -> None:
    known = "|".join(sorted({*rooms(), *BESIDE}))
    dotted = re.compile(rf"(?:{known})\.[\w.]*\w")
    names = [(path, name) for path in present() for name in INLINE.findall(read(path)) if dotted.fullmatch(name)]
    assert names
    assert not [f"{place(path)}: {name}" for path, name in names if not in_the_code(name)]


def test_every_answer_to_where_a_change_goes_leads_somewhere() -> None:
    section = read(ROOT / "ARCHITECTURE.md").split("## Where do I change")[1].split("\n## ")[0]
    answers = [cells for cells in rows(section) if len(cells) == 3][1:]
    assert len(answers) >= 20
    assert not [cells[0] for cells in answers if not INLINE.search(cells[1])]
    named = [
        name for cells in answers for cell in cells[1:] for name in INLINE.findall(cell) if re.search("[./]", name)
    ]
    assert not [name for name in named if not stands(name)]


def test_every_word_of_the_glossary_has_its_name_in_the_code() -> None:
    entries = [cells for cells in rows(read(GLOSSARY)) if len(cells) == 3 and cells[0] != "Deutsch"]
    bare = [cells[0] for cells in entries if not all(map(in_the_code, INLINE.findall(cells[1]) or [""]))]
    assert entries
    assert not bare


def test_every_path_named_exists() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in files()}
    paths = [(path, name) for path in present() for name in INLINE.findall(read(path)) if name.split("/")[0] in tops]
    plain = [(path, name) for path, name in paths if re.fullmatch(r"[\w./-]+", name)]
    assert plain
    assert not [f"{place(path)}: {name}" for path, name in plain if not (ROOT / name).exists()]


def test_every_decision_has_its_parts_its_number_and_its_line_in_the_index() -> None:
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers), "two decisions with one number"
    index = read(DECISIONS / "README.md")
    for page in pages:
        title, _, rest = read(page).partition("\n\n")
        assert title.startswith(f"# {page.name[:4]} "), page.name
        assert rest.startswith((PARTS[0], "Replaced by [")), page.name
        assert all(part in rest for part in PARTS), page.name
        assert f"[{page.name[:4]}]({page.name}) | {title[7:]} |" in index, page.name


def test_what_the_requirements_name_as_shown_by_a_test_is_shown_there() -> None:
    texts = [read(path) for path in sorted((ROOT / "features" / "anforderungen").glob("*.toml"))]
    named = [found[0] for text in texts for found in proofs.NODE.finditer(text)]
    assert any(test.startswith("tests/browser/test_portal_door.py::") for test in named)
    assert {test: why for test in named if (why := proofs.lack_of(test))} == {}


def test_the_scenarios_shown_run(tmp_path: Path) -> None:
    shown = [text for path in documents() for text in fenced(path, "gherkin")]
    assert shown
    for number, text in enumerate(shown):
        (tmp_path / f"{number}.feature").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", RUN, "run", ".", "--clock", "virtual"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(shown)} bestanden" in done.stdout


def test_the_profiles_shown_load(tmp_path: Path) -> None:
    shown = [text for path in documents() for text in fenced(path, "toml") if "[profile]" in text]
    assert shown
    for number, text in enumerate(shown):
        file = tmp_path / f"{number}.toml"
        file.write_text(text, encoding="utf-8")
        load_profile(str(file))


def test_verdicts_and_exit_codes_are_told_to_testers() -> None:
    told = [cells[0] for cells in rows(read(FIRST_STEPS))]
    assert not {verdict.value for verdict in Verdict} - set(told)
    assert [int(word) for word in told if word.isdigit()] == [code.value for code in ExitCode]


def test_the_two_commands_come_first() -> None:
    assert re.findall(r"\bmake (\w+)", read(ROOT / "README.md"))[:2] == ["run", "test"]


# --- reading --------------------------------------------------------------------------------------------------------


@cache
def documents() -> tuple[Path, ...]:
    return tuple(path for path in files() if path.suffix == ".md")


def present() -> Iterator[Path]:
    """The documents that speak of the code as it is: a replaced decision does not."""
    return (path for path in documents() if "\nReplaced by [" not in read(path))


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rooms() -> set[str]:
    return {path.parent.name for path in files() if path.match("lisa_core/*/__init__.py")} - set(PRODUCT)


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, without the lines below their heads."""
    found = [[cell.strip() for cell in row.split("|")] for row in ROW.findall(text)]
    return [cells for cells in found if not set("".join(cells)) <= set("-: ")]


def fenced(path: Path, language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(read(path)) if kind == language]


def commands(program: str) -> Iterator[tuple[Path, list[str]]]:
    """Each call of `lisa` or `make` in a block or in running text, as the words behind the program."""
    for path in present():
        blocks = "\n".join(text for _, text in FENCE.findall(read(path)))
        indented = "\n".join(line.strip() for line in read(path).splitlines() if line.startswith("    "))
        inline = INLINE.findall(FENCE.sub("", read(path)))
        for line in (*blocks.splitlines(), *indented.splitlines(), *inline):
            line = line.removeprefix("ExecStart=/opt/lisa/bin/")
            if line.startswith(f"{program} "):
                yield path, shlex.split(line, comments=True)[1:]


# --- judging --------------------------------------------------------------------------------------------------------


def leads(path: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists() or not anchor:
        return target.exists()
    headings = HEADING.findall(read(target))
    return anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def stands(name: str) -> bool:
    """Whether this is a file or folder, from the root or in lisa_core, or a name in the code."""
    return any((top / name).exists() for top in (ROOT, ROOT / "lisa_core")) or in_the_code(name)


def misused(words: list[str]) -> str:
    """Why `lisa` would not take these words; empty when it would. A missing argument is no fault in running text."""
    context = click.Context(lisa)
    if words[0].startswith("-"):
        return "" if words[0] in {"--help", "--version"} else "no such option"
    command = lisa.get_command(context, words[0])
    if command is None:
        return "no such command"
    try:
        given, _, _ = command.make_parser(click.Context(command)).parse_args(words[1:])
    except click.UsageError as error:
        return error.message
    choices = {param.name: param.type.choices for param in command.params if isinstance(param.type, click.Choice)}
    wrong = [given[name] for name in choices if isinstance(given.get(name), str) and given[name] not in choices[name]]
    return f"{wrong[0]!r} is no choice" if wrong else ""


def in_the_code(name: str) -> bool:
    """Whether `domain.visit.machine.step` (in lisa_core) or `emulator.world.world.World` is a module or something in
    one."""
    parts = name.split(".")
    full = parts if parts[0] in BESIDE else ["lisa_core", *parts]
    for end in range(len(full), 1, -1):
        try:
            found: object = importlib.import_module(".".join(full[:end]))
        except ModuleNotFoundError:
            continue
        for part in full[end:]:
            found = getattr(found, part, None)
        return found is not None
    return False
