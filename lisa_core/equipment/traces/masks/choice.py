"""Which mask a device gets. What stands in no row gets the one that lets nothing through but lengths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lisa_core.equipment.traces.masks.cards import CardMask
from lisa_core.equipment.traces.masks.mask import Mask, OpenMask
from lisa_core.equipment.traces.masks.pages import PageMask
from lisa_core.equipment.traces.masks.pen import PadMask
from lisa_core.equipment.traces.masks.printing import IppMask, JobMask

HARMLESS = frozenset({"presence", "door", "call_button", "privacy_glass", "lamp", "induction_loop", "camera_head"})
"""Slots whose devices know nothing of anybody, whoever wrote their driver."""
BY_DRIVER: Mapping[str, Callable[[], Mask]] = {
    "escl": PageMask,
    "ipp": IppMask,
    "raw-print": JobMask,
    "wacom-stu": PadMask,
    "pcsc": CardMask,
}


def mask_for(slots: Iterable[str], driver: str) -> Mask:
    """A new mask for the device in these slots."""
    if HARMLESS.issuperset(slots):
        return OpenMask()
    return BY_DRIVER.get(driver, Mask)()
