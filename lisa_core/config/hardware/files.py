"""Which files profiles stand in: those that are shipped, by name, and any other by its path."""

from __future__ import annotations

from pathlib import Path

from lisa_core.domain.model.errors import LisaError, ProfileError
from lisa_core.domain.model.nearest import nearest
from lisa_core.host.data import data_dir
from lisa_core.host.paths import is_file


def find_profile(name: str) -> Path:
    """The file of a profile. Raises `ProfileError` naming the profiles that exist."""
    given = Path(name)
    if given.suffix == ".toml":
        if not is_file(given):
            raise ProfileError(f"{given}: Diese Profildatei gibt es nicht. Pfad prüfen.")
        return given
    known = shipped()
    if name in known:
        return known[name]
    raise ProfileError(f"Das Profil „{name}“ gibt es nicht.{nearest(name, list(known))}")


def parent_path(path: Path, name: str) -> Path:
    """The file that a profile extends: beside it, or shipped. Raises `ProfileError`."""
    beside = path.parent / f"{name}.toml"
    return beside if is_file(beside) else find_profile(name)


def shipped() -> dict[str, Path]:
    """The profiles that come with LISA, by name."""
    try:
        root = data_dir("hardware_profiles")
    except LisaError:
        return {}
    return {str(path.relative_to(root).with_suffix("")): path for path in sorted(root.rglob("*.toml"))}
