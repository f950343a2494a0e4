"""`lisa up`, started."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack
from datetime import timedelta
from importlib.metadata import EntryPoint, entry_points

import click

from lisa_core.booth.fault_plan import plan_of
from lisa_core.booth.program import temporary_data
from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.routing.calendar import opening
from lisa_core.harness.rig.rig import Rig, Wishes, open_rig
from lisa_core.host.program import held
from lisa_core.web.asgi import listening_socket, serve

BESIDE = "lisa.up"
"""Entry points: programs that are started too. A function that is given the clock of what is played and returns what
holds the program open; that gives what it is called in the list, and its address."""


async def start_up(name: str, port: int, now: bool) -> None:
    profile = load_profile(name)
    listening = listening_socket("127.0.0.1", port)
    async with AsyncExitStack() as stack:
        data = stack.enter_context(ExitStack())
        wishes = Wishes(data=temporary_data(data), socket=listening, views=0)
        rig = await stack.enter_async_context(open_rig(profile, wishes))
        if not now:
            _open_up(rig)
        stage = await _stage(stack, rig)
        beside = [await _program(stack, rig, point) for point in entry_points(group=BESIDE)]
        click.echo(_addresses(rig, profile, stage, beside))
        await asyncio.Event().wait()


def _open_up(rig: Rig) -> None:
    """Outside opening hours nobody would be called: play at the next opening instead."""
    civil = rig.clock.instant().civil
    site = rig.directory.sites[rig.profile.site]
    hours = opening(site, civil, rig.directory.holidays.get(site.land, frozenset()))
    if not hours.open_now and hours.next_opening is not None:
        played = hours.next_opening + timedelta(hours=1)
        rig.clock.set_civil(played)
        click.echo(f"Es ist gerade geschlossen; gespielt wird {played:%d.%m.%Y, %H:%M} Uhr (--now: jetzt).")


async def _stage(stack: AsyncExitStack, rig: Rig) -> str:
    """The page on which a person plays the citizen, where something is emulated."""
    if rig.opened.stage is None:
        return ""
    app = rig.opened.stage(f"http://{rig.screen_address}/")
    return await stack.enter_async_context(serve(app, listening_socket("127.0.0.1", 0)))


async def _program(stack: AsyncExitStack, rig: Rig, point: EntryPoint) -> tuple[str, str]:
    """One of another package: what it is called, and its address. Raises `HarnessError`."""
    package = point.module.partition(".")[0]

    def opened() -> AbstractAsyncContextManager[tuple[str, str]]:
        found: AbstractAsyncContextManager[tuple[str, str]] = point.load()(rig.clock)
        return found

    def fault(why: str) -> HarnessError:
        return HarnessError(f"Das Programm „{point.name}“ aus dem Paket {package} {why}.")

    return await stack.enter_async_context(held(opened, package, fault))


def _addresses(rig: Rig, profile: Profile, stage: str, beside: Sequence[tuple[str, str]]) -> str:
    lines = [f"Profil {profile.id}, {rig.directory.sites[profile.site].name}. Strg-C beendet."]
    if stage:
        lines.append(f"  Simulierte Kabine:        http://{stage}/")
    lines.append(f"  Bildschirm der Bürgerin:  http://{rig.screen_address}/")
    if plan := plan_of(profile, None, 0):
        lines.append(f"  Störungsplan:             {', '.join(one.told for one in plan)}")
    lines.append(f"  Arbeitsplätze:            http://{rig.exchange_address}/")
    lines += [f"  {f'{name}:':25} {address}" for name, address in beside]
    return "\n".join(lines)
