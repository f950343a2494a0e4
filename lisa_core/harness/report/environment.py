"""What a run ran on, for the report: versions, the commit, the settings."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lisa_core.config.profile import SLOTS, load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.settings import CLOCK_TITLES, RunSettings

_PACKAGES = (
    "lisa-booth",
    "pytest",
    "pytest-bdd",
    "gherkin-official",
    "aiortc",
    "av",
    "pyserial",
    "starlette",
)
_CHECKOUT = Path(__file__).resolve().parents[3]


def environment(settings: RunSettings) -> tuple[tuple[str, str], ...]:
    """Names and values in the order of the report."""
    return (
        ("Profil", settings.profile),
        ("Uhr", CLOCK_TITLES[settings.clock]),
        ("Kabine", _booth(settings)),
        *_shortened(settings.profile),
        ("Seed", str(settings.seed)),
        ("Stand", commit() or "unbekannt"),
        ("Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})"),
        *((name, _version(name)) for name in _PACKAGES),
    )


def _booth(settings: RunSettings) -> str:
    """What stood before the tester: the words of reports for the three kinds of booth."""
    if settings.booth == "memory":
        return "Modell"
    try:
        real = sorted(set(SLOTS) - load_profile(settings.profile).emulated)
    except LisaError:
        return "unbekannt"
    return f"echtes Gerät ({', '.join(real)}), sonst emulierte Geräte" if real else "emulierte Geräte"


def _shortened(profile: str) -> list[tuple[str, str]]:
    """The deadlines that are not those of a real site."""
    try:
        deadlines = load_profile(profile).deadlines_set
    except LisaError:
        return []
    text = ", ".join(f"{name.removesuffix('_ms')} {value / 1000:g} s" for name, value in deadlines.items())
    return [("Fristen (nicht die eines echten Standorts)", text.replace(".", ","))] if text else []


def commit() -> str:
    """The commit of the checkout this runs from; empty outside a checkout."""
    git = shutil.which("git")
    if git is None or not (_CHECKOUT / ".git").exists():
        return ""
    command = [git, "-c", f"safe.directory={_CHECKOUT}", "rev-parse", "--short=12", "HEAD"]
    done = subprocess.run(command, cwd=_CHECKOUT, check=False, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "fehlt"
