"""Emulated devices for clients that this project did not write: what `lisa emulate` runs.

One device, or all of a booth (`BOOTH`) around one world. The first line on stdout is JSON and says where each of them
is; the world's own address is the control port (`emulator.world.live_world` draws its messages).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import re
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from emulator.booth import ANNOUNCED, DEVICES, LINES, PACED, PLAYS, SERVERS, faults_of_theirs, opened
from emulator.devices.rfc2217 import server as port_server
from emulator.world.arguments import understood
from emulator.world.live_world import HostedWorld, LiveWorld, join_world, serve_world
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.domain.model.nearest import nearest
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT, FAULTS, SLOTS
from lisa_core.equipment.slots.plans.fault_plan import Happening, planned, seed_of

BOOTH = "booth"
"""In the place of a device: all those that a booth has."""


@dataclass(frozen=True, slots=True)
class Emulation:
    """What was asked for on the command line."""

    device: str
    listen: str = ""
    """Where the device listens; of a booth: a folder for the paths of serial lines, or where its port servers are."""
    join: str = ""
    acts: Sequence[str] = ()
    personality: str = ""
    """A model; of a booth "scanner=canon-d570,door=waveshare-8ch"."""
    faults: str = ""
    """A plan (`lisa_core.equipment.slots.plans.fault_plan`)."""
    seed: int = 0
    pace: bool = False
    announce: bool = False
    """Also on the network."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One device of it."""

    device: str
    listen: str
    personality: str
    pace: bool
    announce: bool


async def emulate_alone(asked: Emulation) -> None:
    """Until it is ended; first it prints where everything is, as a line of JSON."""
    plan, parts = planned(asked.faults, Random(seed_of(asked.seed)), _elsewhere(asked)), _parts(asked)
    async with AsyncExitStack() as stack:
        world: LiveWorld
        if asked.join:
            world, address = await stack.enter_async_context(join_world(asked.join)), asked.join
        else:
            world = hosted = HostedWorld(World(seed=asked.seed))
            address = await stack.enter_async_context(serve_world(hosted))
        for text in asked.acts:
            await _let_happen(world, text)
        places = {part.device: await stack.enter_async_context(_switched_on(part, world)) for part in parts}
        told = {device: await _told(where) for device, where in places.items()}
        where = {"devices": told} if asked.device == BOOTH else told[asked.device]
        began_s = asyncio.get_running_loop().time()
        print(json.dumps({"device": asked.device, "pid": os.getpid(), **where, "world": address}), flush=True)
        await _follow(plan, world, began_s)
        await asyncio.Event().wait()


def _elsewhere(asked: Emulation) -> Mapping[str, str]:
    """The faults of devices that do not run here, and why they befall nobody; in a world of others none is."""
    plays = PLAYS.get(asked.device, asked.device)
    if asked.join or asked.device == BOOTH:
        return {}
    if plays not in DEVICE_OF_SLOT.values():
        return _unknown_to_theirs(asked)
    here = {fault.name for slot, device in DEVICE_OF_SLOT.items() if device == plays for fault in SLOTS[slot].faults}
    slots = ", ".join(sorted({name.partition(".")[0] for name in here}))
    why = f"Das Gerät läuft hier nicht, sondern: {slots}. Alle Geräte hat „booth“."
    return dict.fromkeys(FAULTS.keys() - here, why)


def _unknown_to_theirs(asked: Emulation) -> Mapping[str, str]:
    """The same of a device of others, where a fault was asked for: to learn what it knows it has to be loaded."""
    if not asked.faults:
        return {}
    try:
        known = faults_of_theirs(asked.device)
    except HarnessError as error:
        raise LisaError(str(error)) from error
    told = f"kennt nur: {', '.join(known)}" if known else "nennt keine (FAULTS neben dem, was es öffnet)"
    return dict.fromkeys(FAULTS.keys() - {*known}, f"Das Gerät „{asked.device}“ {told}.")


def _parts(asked: Emulation) -> tuple[_Part, ...]:
    if asked.device != BOOTH:
        if asked.announce and asked.device not in ANNOUNCED:
            able = ", ".join(ANNOUNCED)
            raise LisaError(f"Das Gerät „{asked.device}“ macht sich nicht bekannt; das können: {able}.")
        return (_Part(asked.device, asked.listen, asked.personality, asked.pace, asked.announce),)
    devices = tuple(dict.fromkeys(DEVICE_OF_SLOT.values()))
    models = _models(asked.personality, devices)
    at_ports = asked.listen.startswith(port_server.SCHEME)
    if asked.listen and not at_ports and not Path(asked.listen).is_dir():
        text = "erwartet wird ein Ordner für die seriellen Leitungen, oder rfc2217://127.0.0.1:0"
        raise LisaError(f"--listen „{asked.listen}“: {text}.")

    def at(device: str) -> str:
        if not asked.listen or device not in LINES:
            return ""
        return asked.listen if at_ports else str(Path(asked.listen) / device)

    return tuple(
        _Part(
            device,
            at(device),
            models.get(device, ""),
            asked.pace and device in PACED,
            asked.announce and device in ANNOUNCED,
        )
        for device in devices
    )


def _models(text: str, devices: Sequence[str]) -> dict[str, str]:
    """ "scanner=canon-d570,door=..." by device."""
    models: dict[str, str] = {}
    for pair in filter(None, text.split(",")):
        device, equals, name = pair.partition("=")
        if not equals:
            raise LisaError(
                f"--personality „{pair}“: Bei einer ganzen Kabine steht davor, welches Gerät: gerät=modell."
            )
        if device not in devices:
            raise LisaError(
                f"--personality „{pair}“: Das Gerät „{device}“ hat die Kabine nicht.{nearest(device, devices)}"
            )
        models[device] = name
    return models


def _placed(part: _Part) -> None:
    """Raises `LisaError` where a device is to listen on what it does not know."""
    scheme = re.match(r"([\w+-]+):(//.)?", part.listen)
    served = SERVERS.get(part.device, ())
    if scheme and scheme[2] and served and scheme[1] not in (*served, "rfc2217"):
        ways = ", ".join(f"{one}://127.0.0.1:0" for one in served)
        raise LisaError(f"--listen „{part.listen}“: So lauscht „{part.device}“ nicht. Erwartet wird {ways}.")
    if scheme is None or part.device not in LINES:
        return
    known = ("rfc2217", *LINES[part.device])
    if scheme[1] not in known or not scheme[2]:
        ways = ", ".join(f"{one}://127.0.0.1:0" for one in known)
        text = f"--listen „{part.listen}“: So lauscht „{part.device}“ nicht. Erwartet wird ein Pfad für das Pty"
        raise LisaError(f"{text} oder {ways}.")


@contextlib.asynccontextmanager
async def _switched_on(part: _Part, world: LiveWorld) -> AsyncIterator[str]:
    """One device; yields where it is."""
    _placed(part)
    at_port = part.listen.startswith(port_server.SCHEME)
    if at_port and part.device in DEVICES.keys() - LINES.keys():
        raise _without_line(part)
    async with AsyncExitStack() as stack:
        try:
            listen = "" if at_port else part.listen
            device_on = opened(part.device, world, listen=listen, personality=part.personality, pace=part.pace)
            where = await stack.enter_async_context(device_on)
        except HarnessError as error:  # what somebody has written on the command line
            raise LisaError(str(error)) from error
        if at_port and not where.startswith("/"):  # one that others have brought
            raise _without_line(part)
        if at_port:
            where = await stack.enter_async_context(port_server.served(where, part.listen))
        if part.announce:
            await stack.enter_async_context(ANNOUNCED[part.device](where, part.personality))
        yield where


def _without_line(part: _Part) -> LisaError:
    lines = ", ".join(LINES)
    return LisaError(f"Das Gerät „{part.device}“ hat keine serielle Leitung; rfc2217:// können: {lines}.")


async def _follow(plan: Sequence[Happening], world: LiveWorld, began_s: float) -> None:
    for happening in plan:
        await asyncio.sleep(began_s + happening.at_us / 1_000_000 - asyncio.get_running_loop().time())
        await world.act(happening.act, fault=happening.fault)


async def _told(where: str) -> JsonDict:
    return {"url" if "://" in where else "path": where, **await _certificate(where)}


async def _certificate(where: str) -> JsonDict:
    """The SHA-256 of the certificate that a device over TLS shows, as a profile pins it."""
    there = urlsplit(where)
    if there.scheme not in ("https", "ipps"):
        return {}
    pem = await asyncio.to_thread(ssl.get_server_certificate, (there.hostname or "", there.port or 443))
    return {"fingerprint": hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()}


async def _let_happen(world: LiveWorld, text: str) -> None:
    name, args = _act(text)
    try:
        await world.act(name, **understood(name, args))
    except HarnessError as error:
        raise LisaError(f"--act „{text}“: {error}") from error


def _act(text: str) -> tuple[str, JsonDict]:
    """ "lay_on_glass page=mietvertrag:1" as an act; a list may be written as JSON."""
    name, *pairs = text.split() or [""]
    args: JsonDict = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise LisaError(f"--act „{text}“: „{pair}“ ist keine Angabe der Form name=wert.")
        args[key] = _list(value) if value.startswith("[") else value
    return name, args


def _list(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
