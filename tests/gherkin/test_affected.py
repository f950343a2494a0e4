"""`lisa run --affected`: whatever a change can reach is run, whatever it cannot is not, and each says why.

The property changes a small checkout at random. What a scenario means is worked out here in another way, by gherkin's
own parser and as Python writes a function: one that means something else than before has to be among the chosen.
"""

from __future__ import annotations

import ast
import os
import random
import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gherkin.errors import ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.choice.change import ChangedFile, Reading, as_text, from_text, why
from lisa_core.harness.choice.effects import Reads, effects
from lisa_core.harness.choice.git import changes_since, checkout_of
from lisa_core.harness.choice.sentence_change import sentence_effects
from lisa_core.harness.report.record import Choice, RunRecord, State, exit_code, summary_line
from lisa_core.harness.start.run import Order, run
from tests.gherkin.conftest import GOOD, HEAD

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git fehlt: nicht geprüft")
LONG = os.environ.get("LISA_LONG") == "1"
ROUNDS = 400 if LONG else 10
SEED = int(os.environ.get("LISA_SEED", "1"))


def git(folder: Path, *words: str) -> None:
    person = ("-c", "user.name=Erika Beispiel", "-c", "user.email=erika@example.org", "-c", "commit.gpgsign=false")
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *person, "-C", str(folder), *words], check=True, capture_output=True, env=quiet)


def committed(folder: Path) -> None:
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Stand")


# --- what git cannot say ----------------------------------------------------------------------------------------------


def test_what_git_does_not_know_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LisaError, match=r"Hier ist kein Git-Verzeichnis\. Ohne --affected"):
        checkout_of([tmp_path])
    origin = tmp_path / "origin"
    origin.mkdir()
    committed(origin)
    committed(origin)
    with pytest.raises(LisaError, match=r"Den Stand „main~7“ kennt git hier nicht\. Nennen, was „git log“ zeigt"):
        changes_since(checkout_of([origin]), "main~7", [origin])
    for revision in ("--all", "HEAD:x", ""):
        with pytest.raises(LisaError, match="kennt git hier nicht"):
            changes_since(origin, revision, [])
    git(tmp_path, "clone", "-q", "--depth=1", origin.as_uri(), "flach")
    with pytest.raises(LisaError, match="Der Klon ist flach: „git fetch --unshallow“"):
        changes_since(tmp_path / "flach", "HEAD~1", [])
    assert not changes_since(tmp_path / "flach", "HEAD", [])
    with pytest.raises(LisaError, match="in verschiedenen Git-Verzeichnissen"):
        checkout_of([origin, tmp_path / "flach"])


def test_a_run_that_git_cannot_help_ends_with_4_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "eins.feature"
    file.write_text(HEAD.format(name="Eins") + GOOD.format(name="Eins", total=5), encoding="utf-8")
    assert run(Order([str(file)], out=tmp_path / "out", affected="HEAD")) == 4
    assert "Hier ist kein Git-Verzeichnis" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nothing_to_run_is_no_failure() -> None:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    nothing = RunRecord("emulated", "real", 0, at, State.FINISHED)
    assert exit_code(nothing) == 2
    chosen = replace(nothing, choice=Choice("Keine Änderung"))
    assert (exit_code(chosen), summary_line(chosen)) == (0, "0 Szenarien: nichts geprüft")
    assert exit_code(replace(chosen, faults=("etwas",))) == 3
    assert exit_code(replace(chosen, state=State.INTERRUPTED)) == 130


def test_a_sentence_made_of_others_reaches_who_says_it(tmp_path: Path) -> None:
    path = tmp_path / "eigene.satz"
    text = "Satz: Wenn es losgeht\n    Wenn A\n\n# Kommentar\nSatz: Wenn es endet\n    Wenn B\n"

    def reached(after: str) -> list[str] | None:
        found = sentence_effects(ChangedFile(path, text.encode(), after.encode()))
        return None if found is None else [place for one in found for place in one.steps]

    assert reached(text.replace("# Kommentar", "# ein anderer")) == []
    assert reached(text.replace("Wenn B", "Wenn C")) == [f"{path}:5"]
    assert reached(text + "Satz: Wenn noch etwas ist\n    Wenn B\n") == [f"{path}:7"]
    for unknown in (text.replace("endet", "aufhört"), text.partition("\n\n")[0], text + text, "kein Satz"):
        assert reached(unknown) is None


# --- the property -----------------------------------------------------------------------------------------------------

LIBRARY = '''\
"""Sätze."""
from pytest_bdd import given, when

LIMIT = 3


def helper():
    return LIMIT


@given("Satz A")
def satz_a():
    """Satz A"""
    return helper()


@when("Satz B")
def satz_b():
    return 2


@when("Satz C")
async def satz_c():
    return 3
'''
REQUIREMENTS = "features/anforderungen/eigene.toml"
FILES = {
    "features/conftest.py": LIBRARY,
    "features/README.md": "# Sätze\n",
    "features/daten.csv": "1;2\n",
    REQUIREMENTS: '[[anforderung]]\nid = "K.1"\ntext = "Eins"\n\n[[anforderung]]\nid = "K.2"\ntext = "Zwei"\n',
    "docs/seite.md": "Text\n",
    "werkzeug.py": "print(1)\n",
}
FEATURE = """\
# language: de
Funktionalität: {name}

  Grundlage:
    Angenommen Satz A

  @anf:K.1
  Szenario: {name} eins
    Wenn Satz B

  @anf:K.2.teil
  Szenariogrundriss: {name} zwei
    Wenn Satz <welcher>

    Beispiele:
      | welcher |
      | B       |
      | C       |
"""
PLAIN = "# language: de\nFunktionalität: {name}\n\n  Szenario: {name} drei\n    Wenn Satz C\n      | a | b |\n"


@dataclass(frozen=True)
class Meant:
    """A scenario as it stands, and all that decides what comes of it."""

    reading: Reading
    meaning: tuple[object, ...]


def everything_in(root: Path) -> dict[str, str]:
    paths = sorted(path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in paths}


def meant(root: Path) -> list[Meant]:
    """All scenarios of the checkout with their meaning, by gherkin's own parser and as Python writes a function."""
    files = {name: text if name.endswith(".csv") else plain(text) for name, text in everything_in(root).items()}
    conftest = root / "features/conftest.py"
    functions, rest = library(conftest.read_text(encoding="utf-8"))
    asked = {
        one["id"]: str(sorted(one.items())) for one in tomllib.loads(files.get(REQUIREMENTS, "")).get("anforderung", [])
    }
    other = (files.get("features/daten.csv"), files.get("werkzeug.py"), rest)
    found = []
    for name in [name for name in files if name.endswith(".feature")]:
        document = Parser().parse((root / name).read_text(encoding="utf-8"))
        for pickle in Compiler().compile({**document, "uri": name}):
            tags = frozenset(tag["name"][1:] for tag in pickle["tags"])
            texts = tuple(step["text"] for step in pickle["steps"])
            arguments = tuple(str(step.get("argument")) for step in pickle["steps"])
            used = [functions[text] for text in texts if text in functions]
            shown = tuple(text for one, text in asked.items() if any(tag.startswith(f"anf:{one}") for tag in tags))
            places = frozenset(f"{conftest}:{line}" for line, _ in used)
            reading = Reading(
                str(root / name), pickle["location"]["line"], tags, "\n".join(texts), places, foreign=True
            )
            key = (name, pickle["name"], tags, texts, arguments)
            found.append(Meant(reading, (*key, tuple(body for _, body in used), shown, other)))
    return found


def plain(text: str) -> str:
    """Without comments and empty lines."""
    return "".join(
        line for line in text.splitlines(keepends=True) if line.strip() and not line.lstrip().startswith("#")
    )


def library(text: str) -> tuple[dict[str, tuple[int, str]], str]:
    """By its sentence the line and text of each function; and the text of all the rest."""
    tree = ast.parse(text)
    steps = {
        one.args[0].value: (node.decorator_list[0].lineno, ast.unparse(node))
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for one in node.decorator_list
        if isinstance(one, ast.Call) and isinstance(one.args[0], ast.Constant)
    }
    rest = [node for node in tree.body if not getattr(node, "decorator_list", ())]
    return steps, "\n".join(map(ast.unparse, rest))


def change(files: dict[str, str], dice: random.Random) -> str:
    """Change one file as people do; returns what was done."""
    name = dice.choice(sorted(files))
    text = files[name]
    lines = text.splitlines(keepends=True)
    match dice.choice(("swap", "word", "comment", "drop", "repeat", "new", "delete", "blank")):
        case "word" if words := re.findall(r"\b(?:[ABC]|return \d|eins|zwei|K\.\d|LIMIT = \d|Eins|Zwei|1)\b", text):
            old = dice.choice(words)
            at = dice.choice([found.start() for found in re.finditer(rf"\b{re.escape(old)}\b", text)])
            new = dice.choice(("A", "B", "C")) if old in "ABC" else f"{old[:-1]}{dice.randrange(10)}"
            files[name] = text[:at] + new + text[at + len(old) :]
            return f"{name}: {old} -> {new}"
        case "comment" if not name.endswith((".csv", ".md")):
            lines.insert(dice.randrange(1, len(lines) + 1), "# eine Bemerkung\n")
        case "blank":
            lines.insert(dice.randrange(1, len(lines) + 1), "\n")
        case "drop" if len(lines) > 2:
            del lines[dice.randrange(1, len(lines))]
        case "repeat" if len(lines) > 2:
            at = dice.randrange(1, len(lines))
            lines.insert(at, lines[at])
        case "swap" if len(lines) > 3:
            at = dice.randrange(1, len(lines) - 1)
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
        case "new":
            new = f"neu{dice.randrange(100)}"
            files[f"features/{new}.feature"] = PLAIN.format(name=new)
            return f"{new}: neu"
        case "delete" if name != "features/conftest.py":
            del files[name]
            return f"{name}: gelöscht"
    files[name] = "".join(lines)
    return f"{name}: Zeilen"


def written(root: Path, files: Mapping[str, str]) -> None:
    for name in everything_in(root).keys() - files.keys():
        (root / name).unlink()
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def readable(root: Path) -> list[Meant]:
    """The scenarios; none where a file of them cannot be read: such a run is refused as a whole."""
    try:
        return meant(root)
    except (SyntaxError, ParserError, tomllib.TOMLDecodeError, KeyError):
        return []


def test_whatever_means_something_else_than_before_is_chosen(tmp_path: Path) -> None:
    dice = random.Random(SEED)
    start = {
        **FILES,
        "features/a.feature": FEATURE.format(name="Anna"),
        "features/b.feature": PLAIN.format(name="Bert"),
    }
    root = tmp_path / "checkout"
    root.mkdir()
    written(root, start)
    committed(root)
    reads = Reads(root / "features", frozenset(), frozenset())
    chosen = spared = 0
    for _ in range(ROUNDS):
        files = dict(start)
        done = [change(files, dice) for _ in range(dice.choice((1, 1, 1, 2, 3)))]
        written(root, start)
        before = {one.meaning for one in meant(root)}
        written(root, files)
        found = from_text(as_text(effects(changes_since(root, "HEAD", [root / "features"]), reads, root)))
        for one in readable(root):
            reasons = why(found, one.reading)
            chosen, spared = chosen + bool(reasons), spared + (not reasons)
            assert reasons or one.meaning in before, f"{done}: {one.reading}"
    print(f"{chosen} gewählt, {spared} ausgelassen")
    assert chosen
    assert spared
