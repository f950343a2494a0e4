"""`lisa doctor`: what this machine has and lacks, and what that leaves untested."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from lisa_core.cli.extra import INSTALL, harness_is_there, without_harness
from lisa_core.cli.vendor.language import InBothLanguages, language
from lisa_core.domain.model.errors import LisaError
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


def _show_driver(name: str, lang: str) -> int:
    if code := without_harness("lisa doctor --driver"):
        return code
    from lisa_core.harness.start.vendor.page import driver_page
    from lisa_core.harness.text.language import choose
    from lisa_core.host.machine import tell
    from lisa_core.host.program import code_of

    choose(lang)
    try:
        click.echo(driver_page(name), nl=False)
    except LisaError as error:
        tell(str(error))
        return code_of(error)
    return 0


CHECKS = (
    Check("Python 3.11 bis 3.13", lambda: (3, 11) <= sys.version_info[:2] <= (3, 13), "alles", needed=True),
    Check("mitgelieferte Szenarien", _data("features"), "lisa run ohne Angabe", needed=True),
    Check("mitgelieferte Profile", _data("hardware_profiles"), "jedes Bürgerbüro", needed=True),
    Check("Pseudoterminals", lambda: Path("/dev/ptmx").exists(), "emulierte serielle Geräte", needed=True),
    Check("Prüfstand", harness_is_there, "Szenarien: lisa run, lisa steps, lisa new folder", INSTALL),
    Check("psycopg", _module("psycopg"), "Vermittlung auf PostgreSQL", "pip install lisa-booth[postgres]"),
    Check("zeroconf", _module("zeroconf"), "Scanner, die sich bekannt machen", "pip install lisa-booth[discovery]"),
    Check("pyvirtualcam", _module("pyvirtualcam"), "emulierte Kameras", "pip install lisa-booth[emulator]"),
    Check("/dev/video*", lambda: bool(list(Path("/dev").glob("video*"))), "Kameras als Kerngerät (v4l2)"),
    Check("chromium", _tool("chromium"), "Seiten im echten Browser", "apt install chromium"),
    Check("firefox-esr", _tool("firefox-esr"), "Arbeitsplatz in Firefox", "apt install firefox-esr"),
    Check("scanimage", _tool("scanimage"), "Scanner gegen SANE", "apt install sane-utils sane-airscan"),
    Check("tshark", _tool("tshark"), "Aufzeichnungen aus Mitschnitten (lisa record --from)", "apt install tshark"),
    Check("mbpoll", _tool("mbpoll"), "Türkontakt gegen einen fremden Modbus-Client", "apt install mbpoll"),
    Check(
        "pactl, parec, pacat",
        lambda: all(_tool(name)() for name in ("pactl", "parec", "pacat")),
        "Mikrofon und Lautsprecher dieses Rechners (audio:)",
        "apt install pulseaudio-utils",
    ),
    Check("pulseaudio", _tool("pulseaudio"), "Ton ohne Soundkarte", "apt install --no-remove pulseaudio"),
    Check("pdftoppm", _tool("pdftoppm"), "Drucker, die kein PDF lesen (ipp)", "apt install poppler-utils"),
    Check(
        "pdftotext",
        _tool("pdftotext"),
        "Kopie und Eingangsbestätigung nachgelesen",
        "apt install poppler-utils",
    ),
)


@click.command(cls=InBothLanguages)
@click.option("--scanners", is_flag=True, help="Nur die Scanner zeigen, die sich im Netz bekannt machen.")
@click.option("--driver", default="", help="Nur die Seite dieses Treibers zeigen: Adressen, Angaben, Ungeprüftes.")
@language("dieser Seite")
def doctor(scanners: bool, driver: str, lang: str) -> int:
    """Zeigen, was auf diesem Rechner da ist und was sonst nicht geprüft wird.

    \b
    Beispiel:  lisa doctor
               lisa doctor --driver escl
    """
    if driver:
        return _show_driver(driver, lang)
    if scanners:
        from lisa_core.cli.diagnosis.listed import list_scanners
        from lisa_core.host.program import run_program

        return run_program(list_scanners())
    from lisa_core.cli.diagnosis.listed import diagnose

    return diagnose((one.name, one.present(), one.needed, one.without, one.install) for one in CHECKS)
