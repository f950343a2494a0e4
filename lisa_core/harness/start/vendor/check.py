"""What `lisa profile check` looks at: the profile by itself, its Landkreis, and the requirements that it tightens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lisa_core.config.classes import known_classes, load_class
from lisa_core.config.classes.declared import told_of
from lisa_core.config.directory import load_directory
from lisa_core.config.drivers import EMULATOR
from lisa_core.config.hardware.mistakes import Mistake, in_order
from lisa_core.config.profile import Profile, looked_at
from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import SLOTS
from lisa_core.harness.report.requirements import FOLDER, load, shipped_folder
from lisa_core.harness.start.own_limits import own_limit_mistakes
from lisa_core.harness.text.findings import FeatureError
from lisa_core.harness.text.translation import said


@dataclass(frozen=True, slots=True)
class CheckedProfile:
    """A profile as far as it can be understood, and all that is wrong with it."""

    profile: Profile
    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...] = ()
    """What is right and will not be enough: a class asks for what nothing declares."""

    def text(self) -> str:
        """For people: a line for each mistake and how many there are, or what the profile binds; then the warnings."""
        told = [f"{one.path}:{one.line or 1}: Warnung: {one.text}" for one in self.warnings]
        return "\n".join([*self._sound(), *told])

    def _sound(self) -> list[str]:
        path, count = self.profile.path, len(self.mistakes)
        if count:
            return [*map(str, self.mistakes), f"{path}: {count} Fehler"]
        bound = [one for one in self.profile.slots.values() if one.binding != EMULATOR]
        told = [f"{path}: in Ordnung."]
        told += [f"  {SLOTS[one.slot].noun}: {one.driver} an {one.binding}" for one in bound]
        return [*told, "  alles andere emuliert" if bound else "  alle Geräte emuliert"]

    def as_json(self) -> str:
        """For programs."""
        mistakes, warnings = (
            [{"file": str(one.path), "line": one.line, "key": one.key, "text": said(one.text)} for one in found]
            for found in (self.mistakes, self.warnings)
        )
        told = {"mistakes": mistakes, "warnings": warnings}
        return json.dumps(
            {"profile": str(self.profile.path), "sound": not mistakes, **told},
            ensure_ascii=False,
            indent=2,
        )


def checked(name: str, features: Sequence[Path] = (), today: date | None = None) -> CheckedProfile:
    """Look at this profile as a whole; `features`: folders of others, whose requirements count beside ours.

    Raises `LisaError` where there is no such profile, or requirements that cannot be read.
    """
    profile, mistakes = looked_at(name)
    found = [
        *mistakes,
        *_site(profile),
        *_class(profile, today or datetime.now().astimezone().date()),
        *_limits(profile, features),
    ]
    return CheckedProfile(profile, in_order(found, profile.path), in_order(_undeclared(profile), profile.path))


def _site(profile: Profile) -> Iterator[Mistake]:
    """Whether the Landkreis can be read and has this site."""
    if not profile.landkreis or not profile.site:
        return
    try:
        directory, _ = load_directory(profile.landkreis)
    except ProfileError as error:
        yield from (profile.mistake("profile.landkreis", line) for line in str(error).splitlines())
        return
    if profile.site not in directory.sites:
        what = f"Den Standort „{profile.site}“ gibt es in {directory.name} nicht."
        yield profile.mistake("profile.site", f"{what}{nearest(profile.site, list(directory.sites))}")


def _class(profile: Profile, today: date) -> Iterator[Mistake]:
    """Whether the class of this profile has ended; one that begins later may be prepared for."""
    name = profile.certification_class
    asked = load_class(name) if name in known_classes() else None
    if asked is not None and asked.valid_until < today:
        what = f"Die Klasse „{name}“ galt bis {asked.valid_until:%d.%m.%Y}. Eine neuere Fassung nennen."
        yield profile.mistake("profile.class", what)


def _undeclared(profile: Profile) -> Iterator[Mistake]:
    """What the class of this profile asks for and nothing declares; of a whole booth, the classes of what is bound."""
    name = profile.certification_class
    if name not in known_classes():
        return
    asked = load_class(name)
    for one in (asked, *map(load_class, asked.parts)):
        bound = profile.slots.get(one.slot)
        if bound is None or (one is not asked and bound.binding == EMULATOR):
            continue
        key = f"slots.{one.slot}" if bound.declared.capabilities is None else f"slots.{one.slot}.capabilities"
        yield from (profile.mistake(key, what) for what in told_of(one, bound.declared.capabilities))


def _limits(profile: Profile, features: Sequence[Path]) -> Iterator[Mistake]:
    if not profile.limits:
        return
    for folder in features:
        if not (folder / FOLDER).is_dir():
            what = f"{folder}: Darin liegt kein Ordner „{FOLDER}“."
            raise LisaError(f"{what} Bei --features einen Ordner mit einem nennen.")
    shipped = shipped_folder()
    catalogue = load([*([shipped] if shipped else []), *(folder / FOLDER for folder in features)])
    if catalogue.findings:
        raise FeatureError(catalogue.findings)
    yield from own_limit_mistakes(profile, catalogue.known.values())
