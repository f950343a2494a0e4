"""`lisa doctor`: what this machine has and lacks, and what that leaves untested."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lisa_core.cli.extra import INSTALL, harness_is_there
from lisa_core.config.drivers import installed, unused
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.equipment.slots.catalogue import PROTOCOLS, SLOTS
from lisa_core.host.data import data_dir


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be there: `without` says what goes untested when it is not."""

    name: str
    present: Callable[[], bool]
    without: str
    install: str = ""
    needed: bool = False


def _module(name: str) -> Callable[[], bool]:
    return lambda: importlib.util.find_spec(name) is not None


def _tool(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _data(name: str) -> Callable[[], bool]:
    def there() -> bool:
        try:
            return data_dir(name).is_dir()
        except LisaError:
            return False

    return there


CHECKS = (
    Check("Python 3.11 bis 3.13", lambda: (3, 11) <= sys.version_info[:2] <= (3, 13), "alles", needed=True),
    Check("mitgelieferte Szenarien", _data("features"), "lisa run ohne Angabe", needed=True),
    Check("mitgelieferte Profile", _data("hardware_profiles"), "jedes Bürgerbüro", needed=True),
    Check("Pseudoterminals", lambda: Path("/dev/ptmx").exists(), "emulierte serielle Geräte", needed=True),
    Check("Prüfstand", harness_is_there, "Szenarien: lisa run, lisa steps, lisa new folder", INSTALL),
    Check("pyvirtualcam", _module("pyvirtualcam"), "emulierte Kameras", "pip install lisa-booth[emulator]"),
    Check("/dev/video*", lambda: bool(list(Path("/dev").glob("video*"))), "Kameras als Kerngerät (v4l2)"),
    Check("chromium", _tool("chromium"), "Seiten im echten Browser", "apt install chromium"),
    Check("scanimage", _tool("scanimage"), "Scanner gegen SANE", "apt install sane-utils sane-airscan"),
    Check("mbpoll", _tool("mbpoll"), "Türkontakt gegen einen fremden Modbus-Client", "apt install mbpoll"),
    Check(
        "pdftotext",
        _tool("pdftotext"),
        "Kopie und Eingangsbestätigung nachgelesen",
        "apt install poppler-utils",
    ),
)


def _drivers() -> tuple[Table, list[str]]:
    """Every driver on this machine with its package, and what it serves; and of those that cannot be used, why."""
    table, broken = Table(box=None, pad_edge=False), []
    for title in ("", "Treiber", "aus dem Paket", "für", "Anschluss"):
        table.add_column(title)
    for name, found in sorted(installed().items()):
        try:
            declared = found.load()
        except ProfileError as error:
            table.add_row("[red]✗[/]", escape(name), escape(found.package), "", "")
            broken.append(str(error))
            continue
        slots = [slot.noun for key, slot in SLOTS.items() if declared.serving(PROTOCOLS[key])]
        forms = ", ".join(declared.binding.forms) if declared.opened else "keiner: eine Seite des Bürgerbüros"
        table.add_row("[green]✓[/]", escape(name), escape(found.package), ", ".join(slots), escape(forms))
    return table, [*broken, *unused()]


@click.command()
def doctor() -> int:
    """Zeigen, was auf diesem Rechner da ist und was sonst nicht geprüft wird.

    \b
    Beispiel:  lisa doctor
    """
    table = Table(box=None, pad_edge=False)
    for title in ("", "Voraussetzung", "ohne sie nicht geprüft", "Abhilfe"):
        table.add_column(title)
    missing_needed = False
    for check in CHECKS:
        present = check.present()
        missing_needed |= check.needed and not present
        mark = "[green]✓[/]" if present else ("[red]✗[/]" if check.needed else "[yellow]–[/]")
        without = ("", "") if present else (check.without, check.install)
        table.add_row(mark, check.name, *map(escape, without))
    console = Console()
    console.print(f"{platform.platform()}, Python {platform.python_version()}")
    console.print(table)
    table, broken = _drivers()
    console.print(table)
    for sentence in broken:
        console.print(sentence, style="red", soft_wrap=True, markup=False)
    return 4 if missing_needed else 0
