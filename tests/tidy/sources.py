"""What the tests of the form look at: the files of this project, and its Python parsed once."""

from __future__ import annotations

import ast
import gc
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("lisa_core", "emulator", "sojus")


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project: tracked or not, but not ignored."""
    listed = git("ls-files", "--cached", "--others", "--exclude-standard")
    ignored = set(git("ls-files", "--cached", "--ignored", "--exclude-standard"))
    return tuple(path for name in listed if name not in ignored and (path := ROOT / name).is_file())


def git(*arguments: str) -> list[str]:
    """The lines git prints for this checkout, whoever owns it."""
    command = ["git", "-c", f"safe.directory={ROOT}", *arguments, "-z"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.split("\0") if line]


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(path for path in files() if path.suffix == ".py")


@cache
def tree(path: Path) -> ast.Module:
    """Of one file; the collector is left out, and need not look at it later: a million nodes stay anyway."""
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    finally:
        gc.freeze()
        gc.enable()


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of its tree, in the order of `ast.walk`, which takes as long as to parse it."""
    return tuple(ast.walk(tree(path)))


def place(path: Path, line: int = 0) -> str:
    """How a finding names its place, so that an editor can jump to it."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


def room(path: Path) -> tuple[str, ...]:
    """Where a module lives: ("lisa_core", "booth") for lisa_core/booth/log.py, ("emulator",) for emulator/cli.py."""
    return path.relative_to(ROOT).parts[:-1]


def is_test(path: Path) -> bool:
    return room(path)[:1] == ("tests",)


def product_files() -> tuple[Path, ...]:
    return tuple(path for path in python_files() if room(path)[:1] in {(name,) for name in PRODUCT})


@cache
def functions(path: Path) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    return tuple(node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Each import as (line, dotted name); `from a import b` gives a.b, be it a module or a name in one."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)
