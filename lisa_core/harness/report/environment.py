"""What a run ran on, for the report: versions, the commit, the settings."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lisa_core.booth.wishes import load_site
from lisa_core.config.drivers import EMULATOR
from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.errors import LisaError
from lisa_core.equipment.drivers.link import link_text
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.report.equipment import in_a_line, in_full, is_on_hardware, profile_digest, slot_records
from lisa_core.harness.report.record import CHALLENGE, FAULT_PLAN, LISTEN, SlotRecord
from lisa_core.harness.settings import CLOCK_TITLES, RULES, RunSettings
from lisa_core.harness.text.language import in_digits, say

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
LINK = "Weg hin und zurück: "
"""What stands before the name of a slot where it is said how long the way to its device takes."""
_CHECKOUT = Path(__file__).resolve().parents[3]


def environment(settings: RunSettings) -> tuple[tuple[str, str], ...]:
    """Names and values in the order of the report."""
    profile = _profile(settings.profile)
    slots = slot_records(profile, settings.said) if profile and settings.booth != "memory" else ()
    return (
        ("Profil", settings.profile),
        ("Uhr", CLOCK_TITLES[settings.clock]),
        ("Kabine", _booth(settings, slots)),
        *((one.title, in_full(one)) for one in slots if one.binding != EMULATOR),
        *((f"{LINK}{SLOTS[slot].noun}", link_text(one)) for slot, one in settings.links.items()),
        *(_of_profile(profile) if profile else ()),
        *_shortened(profile),
        *_demanded(profile),
        ("Seed", str(settings.seed)),
        *([("Regeln", say("nur die von Gherkin (--rules gherkin)"))] if settings.rules != RULES[0] else []),
        *_disturbed(settings),
        *([(CHALLENGE, settings.challenge)] if settings.challenge else []),
        *([(LISTEN, settings.listen)] if settings.listen else []),
        ("Stand", commit() or "unbekannt"),
        ("Rechner", platform.node() or "unbekannt"),
        ("Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})"),
        *((name, _version(name)) for name in _PACKAGES),
    )


def _of_profile(profile: Profile) -> tuple[tuple[str, str], ...]:
    return (
        ("Kennung des Profils", profile.id),
        ("Prüfsumme des Profils", profile_digest(profile)),
        ("Landkreis", Path(profile.landkreis).stem),
        ("Standort", profile.site),
    )


def place_and_zone(settings: RunSettings) -> tuple[str, str]:
    """Where is tested: as was said, or the booth of the profile and its Landkreis; and the time zone there."""
    try:
        profile = load_profile(settings.profile)
        directory, zone = load_site(profile)
    except LisaError:
        return settings.place, ""  # told before anything runs
    here = ", ".join(filter(None, (directory.sites[profile.site].name, directory.name)))
    return settings.place or here, zone.key


def booth_words(settings: RunSettings) -> str:
    """What stands before the tester in a run with these settings, before anything of it is opened."""
    profile = _profile(settings.profile)
    slots = slot_records(profile, settings.said) if profile and settings.booth != "memory" else ()
    return _booth(settings, slots)


def _booth(settings: RunSettings, slots: tuple[SlotRecord, ...]) -> str:
    """What stood before the tester: the words of reports for the three kinds of booth, each slot as what it is."""
    if settings.booth == "memory":
        return say("Modell")
    if not slots:
        return say("unbekannt")
    if all(one.binding == EMULATOR for one in slots):
        return say("emulierte Geräte")
    if not is_on_hardware(slots):
        return say("emulierte Geräte, zum Teil in einer anderen Welt")
    return in_a_line(slots)


def _profile(name: str) -> Profile | None:
    try:
        return load_profile(name)
    except LisaError:
        return None


def _shortened(profile: Profile | None) -> list[tuple[str, str]]:
    """The deadlines that are not those of a real site."""
    deadlines = profile.deadlines_set if profile else {}
    text = ", ".join(f"{name.removesuffix('_ms')} {value / 1000:g} s" for name, value in deadlines.items())
    return [("Fristen (nicht die eines echten Standorts)", in_digits(text))] if text else []


def _demanded(profile: Profile | None) -> list[tuple[str, str]]:
    """The limits that are the profile's own: what was measured is held against them where they are the tighter ones."""
    limits = sorted(profile.limits.values(), key=lambda one: one.measurement) if profile else []
    words = {True: say("höchstens"), False: say("mindestens")}
    told = [f"{one.measurement} {words[one.upper]} {in_digits(f'{one.value:f}')} {one.unit}" for one in limits]
    return [("Grenzen des Profils", "; ".join(told))] if told else []


def _disturbed(settings: RunSettings) -> list[tuple[str, str]]:
    """What went wrong by plan in each scenario: as it was written, and what the seed made of it."""
    try:
        text, plan = settings.plan
    except LisaError:
        return []  # told before anything runs
    told = ", ".join(one.told for one in plan)
    return [(FAULT_PLAN, f"{text} (Seed {settings.seed}): {told}")] if plan else []


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
