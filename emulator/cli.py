"""`lisa emulate`: one device alone, for clients that this project did not write."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import AsyncExitStack

import click

from emulator.booth import devices
from emulator.world.live_world import HostedWorld, LiveWorld, join_world, serve_world
from lisa_core.domain.model.errors import HarnessError, LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.slots.catalogue import DEVICE_OF_SLOT
from lisa_core.host.program import run_program


class DeviceName(click.Choice[str]):
    """The name of an emulated device, or of a slot that it plays."""

    def __init__(self) -> None:
        super().__init__(sorted(devices()))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(DEVICE_OF_SLOT.get(value, value), param, ctx)


@click.command()
@click.argument("device", type=DeviceName())
@click.option(
    "--listen",
    default="",
    help="Rechner:Port, oder bei seriellen Geräten ein Pfad, unter dem das Pty erscheint.",
)
@click.option(
    "--world",
    "join",
    default="",
    help="Einer Welt beitreten (tcp://Rechner:Port), statt eine eigene zu öffnen.",
)
@click.option(
    "--act",
    "acts",
    multiple=True,
    help='Gleich zu Beginn geschehen lassen: --act enter --act "show document=mietvertrag"',
)
def emulate(device: str, listen: str, join: str, acts: tuple[str, ...]) -> int:
    """Ein einzelnes emuliertes Gerät. Die erste Zeile ist JSON: device, pid, url oder path, world.

    \b
    Beispiel:  lisa emulate scanner --listen 127.0.0.1:0 --act "lay_on_glass page=mietvertrag:1"
    """
    return run_program(_emulate(device, listen, join, acts))


async def _emulate(device: str, listen: str, join: str, acts: tuple[str, ...]) -> None:
    async with AsyncExitStack() as stack:
        world: LiveWorld
        if join:
            world, address = await stack.enter_async_context(join_world(join)), join
        else:
            world = hosted = HostedWorld()
            address = await stack.enter_async_context(serve_world(hosted))
        for text in acts:
            await _let_happen(world, text)
        where = await stack.enter_async_context(devices()[device](world, listen=listen))
        key = "url" if "://" in where else "path"
        click.echo(json.dumps({"device": device, "pid": os.getpid(), key: where, "world": address}))
        await asyncio.Event().wait()


async def _let_happen(world: LiveWorld, text: str) -> None:
    name, args = _act(text)
    try:
        await world.act(name, **args)
    except HarnessError as error:
        raise LisaError(f"--act {text!r}: {error}") from error


def _act(text: str) -> tuple[str, JsonDict]:
    """ "lay_on_glass page=mietvertrag:1" as an act; numbers and lists as JSON."""
    name, *pairs = text.split() or [""]
    args: JsonDict = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise LisaError(f"--act {text!r}: {pair!r} ist keine Angabe der Form name=wert.")
        try:
            args[key] = json.loads(value)
        except ValueError:
            args[key] = value
    return name, args
