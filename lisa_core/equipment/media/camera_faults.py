"""What a camera may lack while it is watched: a new picture in time, or itself. For every kind of camera."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault

FROZEN_S = 2.0
"""Seconds without a new picture after which a camera counts as frozen."""


def frozen(path: str) -> DeviceFault:
    """The fault of a camera that shows nothing new."""
    return DeviceFault(
        "camera.frozen", f"{path}: seit {FROZEN_S:g} s kein neues Bild. Die Kamera prüfen.", retryable=True
    )


def lost(path: str, why: str = "geschlossen") -> DeviceFault:
    """The fault of a camera that is gone."""
    return DeviceFault("camera.lost", f"{path}: Die Kamera ist weg ({why}). Sie wieder anschließen.", retryable=True)
