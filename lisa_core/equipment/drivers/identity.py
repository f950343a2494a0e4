"""Who the devices of a profile are: each is asked once, all at the same time, and none for long."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.host.causes import told_by
from lisa_core.host.patience import patience

NAMED = "kennung"
"""What a device can that says who it is, as drivers declare it (`Driver.can`)."""
ANSWER_S = 3.0
"""So long a device may take to say who it is."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a device says of itself, or in a sentence why it says nothing.

    `can`: which of its driver's abilities (`Driver.can`) this device has; None where it leaves that to the driver.
    """

    identity: DeviceIdentity = DeviceIdentity()
    silence: str = ""
    can: tuple[str, ...] | None = None


async def identities(devices: Mapping[str, object]) -> dict[str, Said]:
    """Ask the open devices, by slot; several slots of one device ask it once. Nothing that goes wrong is raised."""
    once = {id(device): device for device in devices.values()}
    said = await asyncio.gather(*map(_asked, once.values()))
    found = {key: replace(one, can=_can(once[key])) for key, one in zip(once, said, strict=True)}
    return {slot: found[id(device)] for slot, device in devices.items()}


async def _asked(device: object) -> Said:
    ask = getattr(device, "identify", None)
    if not inspect.iscoroutinefunction(ask):
        return Said(silence="Sein Protokoll kennt keine Frage danach, wer es ist.")
    try:
        async with patience(ANSWER_S):
            identity = await ask()
    except TimeoutError:
        return Said(silence=f"Auf die Frage, wer es ist, kam in {ANSWER_S:g} s keine Antwort.")
    except LisaError as error:
        return Said(silence=str(error))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # a driver of others may raise anything
        return Said(silence=f"Der Treiber scheitert an der Frage, wer es ist ({told_by(error, '')}).")
    if not isinstance(identity, DeviceIdentity) or not all(_texts(identity)):
        return Said(silence="Der Treiber sagt etwas anderes als eine Kennung.")
    return Said(_printable(identity), "" if any(_values(identity)) else "Das Gerät sagt nicht, wer es ist.")


def _can(device: object) -> tuple[str, ...] | None:
    try:
        can = getattr(device, "can", None)
    except Exception:  # noqa: BLE001  # a driver of others may raise anything
        return None
    return can if isinstance(can, tuple) and all(isinstance(word, str) for word in can) else None


def _values(identity: DeviceIdentity) -> tuple[str, str, str, str]:
    return identity.vendor, identity.model, identity.serial, identity.firmware


def _texts(identity: DeviceIdentity) -> list[bool]:
    return [isinstance(value, str) for value in _values(identity)]


def _printable(identity: DeviceIdentity) -> DeviceIdentity:
    """What a device says is shown to people: one line each, and not for ever."""
    return DeviceIdentity(*(" ".join(text.split())[:80] for text in _values(identity)))
