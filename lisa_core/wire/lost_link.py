"""The fault of a link that is gone."""

from __future__ import annotations

from lisa_core.domain.model.errors import DeviceFault


def lost(why: str) -> DeviceFault:
    """The fault of a channel that is gone."""
    return DeviceFault("link.lost", f"the link is gone: {why}", retryable=True)
