"""A whole booth after a loss of power: program, exchange and devices come back in any order, and then a whole visit.

Real programs; the devices that a profile binds to addresses run in this test and are switched on when it says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from functools import partial
from pathlib import Path

from emulator.booth import DEVICES
from emulator.world.actor import EmulatedActor
from emulator.world.live_world import HostedWorld, serve_world
from lisa_core.desk.client import DeskClient, open_desk
from lisa_core.domain.model.case import FormStage, PaperState
from lisa_core.domain.model.ids import AgentId, FormId
from lisa_core.equipment.media.call import RtcMedia
from lisa_core.wire.channel import dial
from tests.system.programs import LIMIT_S, PROFILE, Program, started
from tests.system.test_two_programs import endings, entries, settled

AT = ("--at", "2026-11-23T10:00")
FIELDS = {"name": "Musterfrau", "vorname": "Erika", "anschrift": "Am Beispielsee 3", "pflegegrad": "keiner"}
ON_THE_BUS = ("door", "call_button", "privacy_glass", "lamp")


class Place:
    """Where everything of one booth stands: its folder, its world, and the addresses of what is bound there."""

    def __init__(self, home: Path, world: HostedWorld, joined: str) -> None:
        self.home, self.world, self.actor = home, world, EmulatedActor(world)
        self.exchange = f"127.0.0.1:{free_port()}"
        self.listen = {device: str(home / device) for device in ("presence", "door", "signature-pad")}
        self.listen |= {device: f"127.0.0.1:{free_port()}" for device in ("scanner", "printer")}
        bound = {"presence": home / "presence", "signature_pad": home / "signature-pad"}
        bound |= dict.fromkeys(ON_THE_BUS, home / "door")
        lines = [f'[slots.{slot}]\nbinding = "{path}"\n' for slot, path in bound.items()]
        lines += [
            f'[slots.scanner]\nbinding = "http://{self.listen["scanner"]}/eSCL"\n',
            f'[slots.printer]\nbinding = "tcp://{self.listen["printer"]}"\n',
            f'[world]\njoin = "{joined}"\n',
        ]
        (home / "probe.toml").write_text(PROFILE + "".join(lines), encoding="utf-8")

    def booth(self) -> contextlib.AbstractContextManager[Program]:
        arguments = ("--profile", "probe.toml", "--exchange", f"http://{self.exchange}", "--key", "k.pem")
        return started(self.home, "booth", *arguments, "--data", "kabine", *AT)

    def vermittlung(self) -> contextlib.AbstractContextManager[Program]:
        return started(self.home, "exchange", "--listen", self.exchange, "--data", "vermittlung", *AT)

    async def desk(self, stack: contextlib.AsyncExitStack) -> DeskClient:
        door = partial(dial, f"ws://{self.exchange}/ws/desk")
        return await stack.enter_async_context(open_desk(AgentId("brandt"), RtcMedia(), door, "probe"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_after_a_power_cut_everything_comes_back_in_any_order(tmp_path: Path) -> None:
    async def scenario() -> None:
        world = HostedWorld()
        async with serve_world(world) as joined, contextlib.AsyncExitStack() as stack:
            place = Place(tmp_path, world, joined)
            leave_behind(tmp_path)
            booth = stack.enter_context(place.booth())  # first of all: no exchange, and none of its devices
            await asyncio.to_thread(booth.until, "Bürgerbüro bereit")
            for slot in ("presence", "door", "scanner", "signature_pad"):
                await asyncio.to_thread(booth.until, f"slots.{slot}.binding: ")
            away = "Keine Verbindung zur Vermittlung"
            await settled(lambda: any(away in line for line in booth.lines), away)
            exchange = stack.enter_context(place.vermittlung())
            await asyncio.to_thread(exchange.until, "Vermittlung bereit")
            await asyncio.to_thread(booth.until, f"Die Vermittlung http://{place.exchange} antwortet.")
            desk = await place.desk(stack)
            desk.ready()
            for device in ("presence", "door"):
                await stack.enter_async_context(DEVICES[device](world, listen=place.listen[device]))
            await place.actor.enter()
            await place.actor.sit()
            await desk.until(lambda d: d.offer, "es klingelt", LIMIT_S)
            desk.accept()
            await desk.until(lambda d: d.leg, "das Gespräch steht", LIMIT_S)
            await told(desk, "device.gone.scanner", "device.gone.signature_pad", "device.gone.printer")
            await says_how_to_go_on(desk)
            for device in ("scanner", "signature-pad", "printer"):
                await stack.enter_async_context(DEVICES[device](world, listen=place.listen[device]))
            await told(desk, "device.back.scanner", "device.back.signature_pad", "device.back.printer")
            await hands_in(place.actor, desk)
            desk.hang_up()
            await desk.until(lambda d: d.ended, "das Gespräch ist vorbei", LIMIT_S)
            await place.actor.leave()
            await settled(lambda: endings(entries(tmp_path / "kabine" / "booth.sqlite")), "der Besuch ist zu Ende")
            ((_, _, outcome),) = endings(entries(tmp_path / "kabine" / "booth.sqlite"))
            assert outcome == "antrag_eingereicht"

    asyncio.run(scenario())
    assert not list(tmp_path.rglob("*.blob"))


async def told(desk: DeskClient, *codes: str) -> None:
    await desk.until(lambda d: {notice.code for notice in d.notices} >= {*codes}, f"gemeldet: {codes}", LIMIT_S)


async def says_how_to_go_on(desk: DeskClient) -> None:
    """A scanner that was never there is not one to try again in a moment."""
    desk.scan("Mietvertrag")
    await desk.until(lambda d: "mit der Dokumentenkamera" in d.case.notice, "wie es weitergeht", LIMIT_S)


async def hands_in(actor: EmulatedActor, desk: DeskClient) -> None:
    """Scanned, filled in together, checked, signed and handed in."""
    await actor.feed_papers("verdienstbescheinigung")
    desk.scan("Verdienstbescheinigung")
    await desk.until(lambda d: d.case.papers and d.case.papers[0].state is PaperState.CAPTURED, "gescannt", LIMIT_S)
    desk.accept_paper(desk.case.papers[0].id)
    desk.open_form(FormId("pflegeberatung"))
    await desk.until(lambda d: d.form, "der Antrag ist offen", LIMIT_S)
    for field, value in FIELDS.items():
        desk.set_field(field, value)
        await actor.touch(f"feld:{field}")
        await desk.until(partial(confirmed, field), f"{field} ist bestätigt", LIMIT_S)
    desk.ask_check()
    await actor.touch("erklaerung")
    await stage(desk, FormStage.CHECKED)
    desk.ask_signature()
    await stage(desk, FormStage.SIGNING)
    await actor.sign("musterfrau")
    await stage(desk, FormStage.SIGNED)
    desk.hand_in()
    await stage(desk, FormStage.SUBMITTED)


async def stage(desk: DeskClient, wanted: FormStage) -> None:
    await desk.until(lambda d: d.case.form and d.case.form.stage is wanted, wanted.value, LIMIT_S)


def confirmed(field: str, desk: DeskClient) -> bool:
    form = desk.case.form
    return form is not None and any(entry.id == field and entry.confirmed for entry in form.fields)


def leave_behind(home: Path) -> None:
    """What a loss of power may leave: a key without content, pages, and in their folder what is no page."""
    (home / "k.pem").write_bytes(b"")
    vault = home / "kabine" / "vault"
    vault.mkdir(parents=True)
    (vault / "000001.blob").write_bytes(bytes(100))
    (vault / "lost+found").mkdir()
