"""What a camera may lack while it is watched: a new picture in time, or itself. For every kind of camera."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault

FROZEN_S = 2.0
"""Seconds without a new picture after which a camera counts as frozen."""


def frozen(path: str) -> DeviceFault:
    """The fault of a camera that shows nothing new."""
    return DeviceFault("camera.frozen", f"{path}: no new picture for {FROZEN_S:g} s; check the camera", retryable=True)


def lost(path: str, why: str = "it was closed") -> DeviceFault:
    """The fault of a camera that is gone."""
    return DeviceFault("camera.lost", f"{path}: the camera is gone ({why}); plug it in again", retryable=True)
