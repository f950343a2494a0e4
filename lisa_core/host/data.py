"""Where the shipped data lies: features, hardware_profiles, fixtures."""

from __future__ import annotations

from pathlib import Path

from lisa_core.domain.model.errors import LisaError

_PACKAGE = Path(__file__).resolve().parents[1]


def data_dir(name: str) -> Path:
    """Return the folder `name` of shipped data: the checkout's beside the package, else the wheel's.

    Raises `LisaError` when there is neither.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    packed = _PACKAGE / "_data" / name
    if packed.is_dir():
        return packed
    raise LisaError(
        f"Die mitgelieferten Daten {name!r} fehlen (gesucht in {checkout / name} und {packed}): "
        "LISA neu installieren oder im ausgecheckten Verzeichnis starten."
    )
