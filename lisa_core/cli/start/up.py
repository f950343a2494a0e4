"""`lisa up`, started."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack
from datetime import datetime, timedelta
from importlib.metadata import EntryPoint, entry_points
from typing import NamedTuple

import click

from lisa_core.booth.fault_plan import plan_of
from lisa_core.booth.program import temporary_data
from lisa_core.booth.wishes import load_site
from lisa_core.config.landkreis.office_portal import Beside
from lisa_core.config.profile import Profile, load_profile
from lisa_core.domain.model.errors import HarnessError
from lisa_core.domain.routing.calendar import opening
from lisa_core.harness.rig.rig import Rig, Wishes, open_rig
from lisa_core.host.clock import Clock
from lisa_core.host.program import held
from lisa_core.web.asgi import listening_socket, serve

BESIDE = "lisa.up"
"""Entry points: programs that are started too. A function that is given the clock of what is played and the origins of
the desks, and returns what holds the program open; that gives a `Beside`."""


async def start_up(name: str, port: int, now: bool, portal: bool = True) -> None:
    """`portal`: with the programs of other packages beside it, which desks open in a talk."""
    profile = load_profile(name)
    listening = listening_socket("127.0.0.1", port)
    async with open_up(profile, listening, None if now else _played(profile), portal) as up:
        click.echo(_addresses(up, profile))
        await asyncio.Event().wait()


class Up(NamedTuple):
    """What runs. `stage`: the address of the page of the citizen's body, "" where nothing is emulated."""

    rig: Rig
    stage: str
    beside: Sequence[Beside]


@contextlib.asynccontextmanager
async def open_up(
    profile: Profile, listening: socket.socket, played: datetime | None, portal: bool = True
) -> AsyncIterator[Up]:
    """`listening`: where desks are served. `played`: the hour at which it begins; None: it is as late as it is."""
    desks = [f"http://{host}:{listening.getsockname()[1]}" for host in ("127.0.0.1", "localhost")]
    async with AsyncExitStack() as stack:
        data = stack.enter_context(ExitStack())
        clock = Clock(played or load_site(profile)[1])
        points = entry_points(group=BESIDE) if portal else ()
        beside = [await _program(stack, clock, desks, point) for point in points]
        wishes = Wishes(civil=played, data=temporary_data(data), socket=listening, views=0, beside=beside)
        rig = await stack.enter_async_context(open_rig(profile, wishes))
        yield Up(rig, await _stage(stack, rig), beside)


def _played(profile: Profile) -> datetime | None:
    """Outside opening hours nobody would be called: then it is the next opening. None: they are open."""
    directory, zone = load_site(profile)
    site, civil = directory.sites[profile.site], Clock(zone).instant().civil
    hours = opening(site, civil, directory.holidays.get(site.land, frozenset()))
    if hours.open_now or hours.next_opening is None:
        return None
    played = hours.next_opening + timedelta(hours=1)
    click.echo(f"Es ist gerade geschlossen; gespielt wird {played:%d.%m.%Y, %H:%M} Uhr (--now: jetzt).")
    return played


async def _stage(stack: AsyncExitStack, rig: Rig) -> str:
    """The page on which a person plays the citizen, where something is emulated."""
    if rig.opened.stage is None:
        return ""
    app = rig.opened.stage(f"http://{rig.screen_address}/")
    return await stack.enter_async_context(serve(app, listening_socket("127.0.0.1", 0)))


async def _program(stack: AsyncExitStack, clock: Clock, desks: Sequence[str], point: EntryPoint) -> Beside:
    """One of another package. Raises `HarnessError`."""
    package = point.module.partition(".")[0]

    def opened() -> AbstractAsyncContextManager[Beside]:
        found: AbstractAsyncContextManager[Beside] = point.load()(clock, desks)
        return found

    def fault(why: str) -> HarnessError:
        return HarnessError(f"Das Programm „{point.name}“ aus dem Paket {package} {why}.")

    return await stack.enter_async_context(held(opened, package, fault))


def _addresses(up: Up, profile: Profile) -> str:
    rig = up.rig
    lines = [f"Profil {profile.id}, {rig.directory.sites[profile.site].name}. Strg-C beendet."]
    if up.stage:
        lines.append(f"  Simulierte Kabine:        http://{up.stage}/")
    lines.append(f"  Bildschirm der Bürgerin:  http://{rig.screen_address}/")
    if plan := plan_of(profile, None, 0):
        lines.append(f"  Störungsplan:             {', '.join(one.told for one in plan)}")
    lines.append(f"  Arbeitsplätze:            http://{rig.exchange_address}/")
    for one in up.beside:
        lines.append(f"  {f'{one.told}:':25} {one.address}")
        if found := _opened_by(rig, one):
            lines.append(f"  {f'{one.name} im Gespräch:':25} am Arbeitsplatz von {', '.join(found)}")
    return "\n".join(lines)


def _opened_by(rig: Rig, one: Beside) -> list[str]:
    """Who finds it at her desk."""
    offices = {
        office.id: office.name for office in rig.directory.offices.values() if office.portal in one.offices.values()
    }
    agents = rig.directory.agents.values()
    return [f"{agent.name} ({offices[agent.office]})" for agent in agents if agent.office in offices]
