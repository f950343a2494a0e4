"""What `lisa profile check` looks at: the profile by itself, its Landkreis, and the requirements that it tightens."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lisa_core.config.classes import known_classes, load_class
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


@dataclass(frozen=True, slots=True)
class CheckedProfile:
    """A profile as far as it can be understood, and all that is wrong with it."""

    profile: Profile
    mistakes: tuple[Mistake, ...]

    def text(self) -> str:
        """For people: a line for each mistake and how many there are, or what the profile binds."""
        path, count = self.profile.path, len(self.mistakes)
        if count:
            return "\n".join([*map(str, self.mistakes), f"{path}: {count} Fehler"])
        bound = [one for one in self.profile.slots.values() if one.binding != EMULATOR]
        told = [f"{path}: in Ordnung."]
        told += [f"  {SLOTS[one.slot].noun}: {one.driver} an {one.binding}" for one in bound]
        return "\n".join([*told, "  alles andere emuliert" if bound else "  alle Geräte emuliert"])

    def as_json(self) -> str:
        """For programs."""
        mistakes = [
            {"file": str(one.path), "line": one.line, "key": one.key, "text": one.text} for one in self.mistakes
        ]
        return json.dumps(
            {"profile": str(self.profile.path), "sound": not mistakes, "mistakes": mistakes},
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
    return CheckedProfile(profile, in_order(found, profile.path))


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
