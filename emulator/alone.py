"""One emulated device alone, for clients that this project did not write: what `lisa emulate` runs."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import ssl
from collections.abc import Sequence
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from emulator.booth import ANNOUNCED, opened
from emulator.world.arguments import understood
from emulator.world.live_world import HostedWorld, LiveWorld, join_world, serve_world
from emulator.world.plan import planned
from emulator.world.world import World
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.domain.model.json_types import JsonDict


async def emulate_alone(
    device: str,
    listen: str,
    join: str,
    acts: Sequence[str],
    personality: str = "",
    faults: str = "",
    seed: int = 0,
    *,
    pace: bool = False,
    announce: bool = False,
) -> None:
    """Until it is ended; first it prints where it is, as a line of JSON.

    `faults`: a plan (`emulator.world.plan`). `announce`: also on the network.
    """
    plan = planned(faults, seed)
    if announce and device not in ANNOUNCED:
        raise LisaError(f"Das Gerät „{device}“ macht sich nicht bekannt; das können: {', '.join(ANNOUNCED)}.")
    async with AsyncExitStack() as stack:
        world: LiveWorld
        if join:
            world, address = await stack.enter_async_context(join_world(join)), join
        else:
            world = hosted = HostedWorld(World(seed=seed))
            address = await stack.enter_async_context(serve_world(hosted))
        for text in acts:
            await _let_happen(world, text)
        try:
            device_on = opened(device, world, listen=listen, personality=personality, pace=pace)
            where = await stack.enter_async_context(device_on)
        except HarnessError as error:  # what somebody has written on the command line
            raise LisaError(str(error)) from error
        if announce:
            await stack.enter_async_context(ANNOUNCED[device](where, personality))
        key = "url" if "://" in where else "path"
        first = {"device": device, "pid": os.getpid(), key: where, "world": address, **await _certificate(where)}
        began_s = asyncio.get_running_loop().time()
        print(json.dumps(first), flush=True)
        for happening in plan:
            await asyncio.sleep(began_s + happening.at_us / 1_000_000 - asyncio.get_running_loop().time())
            await world.act(happening.act, fault=happening.fault)
        await asyncio.Event().wait()


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
