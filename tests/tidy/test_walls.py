"""Who may know whom, where import-linter has no words for it; the stairs are its contracts in pyproject.toml."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.tidy.sources import imports, nodes, place, product_files, room

PURE = (
    *("lisa_core.domain", "lisa_core.equipment.codecs", "lisa_core.equipment.slots"),
    *("sojus.domain", "sojus.sheets"),
    *(f"lisa_core.wire.{name}" for name in ("envelope", "messages", "message_names", "json_text", "toml_text")),
)
IMPURE = {
    *(
        "asyncio",
        "concurrent",
        "logging",
        "multiprocessing",
        "os",
        "random",
        "secrets",
        "select",
        "selectors",
    ),
    *("signal", "socket", "ssl", "subprocess", "sys", "threading", "time"),
}
# Nothing here understands a device's answer for us, but the codecs, which strangers' clients and drivers accept.
EMULATOR_MAY_KNOW = (
    *("domain.model", "host", "wire", "web"),
    *("equipment.slots", "equipment.codecs", "equipment.lines.frames"),
)
# library -> the only places that may import it; "lisa_core.equipment.media" means the whole room
ONLY_IN = {
    "aiortc": ("lisa_core.equipment.media",),
    "aioice": ("lisa_core.equipment.media",),
    "av": ("lisa_core.equipment.media",),
    "pywebrtc_audio": ("lisa_core.equipment.media",),
    "serial": ("lisa_core.equipment.lines",),
    "pydantic": (
        "lisa_core.config",
        "lisa_core.booth",
        "lisa_core.exchange",
        "lisa_core.harness",
        "lisa_core.cli",
        "sojus.config",
    ),
    "starlette": (
        "lisa_core.access.web",
        "lisa_core.booth",
        "lisa_core.exchange",
        "lisa_core.harness.tester",
        "lisa_core.web.page_socket",
        "emulator.devices.http",
        "emulator.devices.ipp",
        "emulator.devices.scanner",
        "emulator.devices.scanning",
        "emulator.stage.stage",
        "sojus.portal",
    ),
    "uvicorn": ("lisa_core.web.asgi", "lisa_core.web.server_limits"),
    "pytest": ("lisa_core.harness", "lisa_core.cli", "sojus.harness"),
    "pytest_bdd": ("lisa_core.harness", "sojus.harness"),
    "click": ("lisa_core.cli", "emulator.cli", "sojus.cli"),
    "rich": ("lisa_core.cli", "lisa_core.harness"),
}


def test_the_pure_rooms_import_nothing_that_acts_and_nothing_of_others() -> None:
    found = [
        f"{place(path, line)} {name}"
        for path in product_files()
        if is_pure(path)
        for line, name in imports(path)
        if not may_be_pure(name)
    ]
    assert not found


def test_the_pure_rooms_ask_no_clock() -> None:
    found = [
        f"{place(path, node.lineno)} {node.value.id}.{node.attr}"
        for path in product_files()
        if is_pure(path)
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {(a, b) for a in ("datetime", "date") for b in ("now", "today", "utcnow")}
    ]
    assert not found, "time comes in from outside, as a value"


def test_the_emulator_inherits_no_misreading() -> None:
    known = tuple(f"lisa_core.{room}" for room in EMULATOR_MAY_KNOW)
    found = [
        f"{place(path, line)} {name}"
        for path in product_files()
        if room(path)[0] == "emulator"
        for line, name in imports(path)
        if within(name, ("lisa_core",)) and not within(name, known)
    ]
    assert not found, "a driver's misreading would pass unseen if the device shared it"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_each_library_stays_in_its_room(library: str) -> None:
    found = [
        place(path, line)
        for path in product_files()
        for line, name in imports(path)
        if within(name, (library,)) and not within(dotted(path), ONLY_IN[library])
    ]
    assert not found, f"{library} belongs in {', '.join(ONLY_IN[library])}"


def test_imports_name_their_module_in_full() -> None:
    relative = [
        place(path, node.lineno)
        for path in product_files()
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


def test_every_folder_of_modules_is_a_package() -> None:
    """import-linter does not see what lies in a folder without __init__.py."""
    folders = {path.parent for path in product_files()}
    assert not [place(folder) for folder in folders if not (folder / "__init__.py").exists()]


def is_pure(path: Path) -> bool:
    return within(dotted(path), PURE)


def may_be_pure(name: str) -> bool:
    top = name.split(".")[0]
    return top in ("lisa_core", "sojus") or (top in sys.stdlib_module_names and top not in IMPURE)


def within(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def dotted(path: Path) -> str:
    return ".".join((*room(path), path.stem))
