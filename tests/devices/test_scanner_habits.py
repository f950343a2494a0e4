"""What public sources tell of known models, on the wire: where a job is, what DELETE gets, what a feeder is called."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx
from starlette.routing import Router

from emulator.devices.listener import bound_socket
from emulator.devices.scanner import CAPABILITIES, open_scanner
from emulator.devices.scanning.server import ScannerServer
from emulator.devices.scanning.values import Habits, offered_by
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs import escl
from lisa_core.equipment.codecs.escl import FeederState, Source
from lisa_core.web.asgi import serve

Talk = Callable[[httpx.AsyncClient], Awaitable[None]]


def request_for(name: str, source: Source) -> escl.ScanRequest:
    """The least that this model scans from there."""
    caps = offered_by(name).sources[source]
    low, part = min(caps.resolutions_dpi), escl.Region(0, 0, max(caps.min_width, 300), max(caps.min_height, 300))
    return escl.ScanRequest(source, caps.colour_modes[0], "image/jpeg", low, part, caps.both_sides)


def talk(name: str, act: Talk, *sheets: str) -> None:
    async def run() -> None:
        world = HostedWorld()
        await world.act("feed", pages=sheets)
        async with open_scanner(world, personality=name) as binding, httpx.AsyncClient(base_url=binding) as client:
            await act(client)

    asyncio.run(run())


async def made(client: httpx.AsyncClient, request: escl.ScanRequest) -> str:
    reply = await client.post("/ScanJobs", content=escl.write_request(request))
    assert reply.status_code == 201, reply.text
    return str(reply.headers["Location"])


async def feeder(client: httpx.AsyncClient) -> FeederState | None:
    return escl.read_status((await client.get("/ScannerStatus")).content).feeder


def test_a_brother_names_no_host_and_sees_the_next_sheet_only_after_a_while() -> None:
    name = "brother-mfc-j497dw"

    async def act(client: httpx.AsyncClient) -> None:
        job = await made(client, request_for(name, Source.FEEDER))
        assert job.startswith("/eSCL/ScanJobs/urn:uuid:")
        page = client.base_url.copy_with(path=f"{job}/NextDocument")
        assert (await client.get(page)).status_code == 200
        codes = [(await client.get(page)).status_code]
        if codes == [404]:  # unless this machine was asleep between two lines
            assert await feeder(client) is FeederState.EMPTY, "with a sheet in it"
        while codes[-1] == 404:
            codes.append((await client.get(page)).status_code)
        assert codes[-1] == 200
        assert (await client.get(page)).status_code == 404, "now they are all"
        assert escl.read_status((await client.get("/ScannerStatus")).content).state is escl.State.IDLE

    talk(name, act, "", "")


def test_a_canon_sends_delete_to_https_and_a_deskjet_has_no_such_job_on_a_host_of_its_own() -> None:
    async def canon(client: httpx.AsyncClient) -> None:
        gone = await client.delete(await made(client, request_for("canon-d570", Source.PLATEN)))
        assert (gone.status_code, gone.headers["Location"].partition("/eSCL")[0]) == (301, "https://127.0.0.1:443")

    async def deskjet(client: httpx.AsyncClient) -> None:
        job = await made(client, request_for("hp-deskjet-2540", Source.PLATEN))
        assert job.startswith("http://BR54BFB02C05XK.03f011c2.hpLedmUSB/eSCL/ScanJobs/")
        path = f"/ScanJobs/{job.rpartition('/')[2]}"
        assert (await client.get(f"{path}/NextDocument")).status_code == 200
        assert (await client.delete(path)).status_code == 404

    talk("canon-d570", canon)
    talk("hp-deskjet-2540", deskjet)


def test_what_a_feeder_is_called_when_it_is_empty_and_while_it_works() -> None:
    async def kyocera(client: httpx.AsyncClient) -> None:
        assert await feeder(client) is FeederState.PROCESSING, "at rest, and empty"

    async def hp(client: httpx.AsyncClient) -> None:
        assert await feeder(client) is FeederState.LOADED
        await made(client, request_for("hp-color-laserjet-mfp-m283fdw", Source.FEEDER))
        assert await feeder(client) is FeederState.EMPTY, "while it works, and a sheet lies in it"

    talk("kyocera-ecosys-m2040dn", kyocera)
    talk("hp-color-laserjet-mfp-m283fdw", hp, "")


def test_the_pace_of_a_model_is_kept_where_it_is_wished() -> None:
    habits = Habits(job_s=0.2, page_s=0.3)
    request = replace(request_for("canon-d570", Source.PLATEN), resolution_dpi=75)

    async def taken_s(pace: bool) -> float:
        app = Router(ScannerServer(HostedWorld(), CAPABILITIES, habits, pace=pace).routes())
        async with serve(app, bound_socket("")) as address, httpx.AsyncClient() as client:
            client.base_url = httpx.URL(f"http://{address}/eSCL")
            began_s = asyncio.get_running_loop().time()
            assert (await client.get(f"{await made(client, request)}/NextDocument")).status_code == 200
            return asyncio.get_running_loop().time() - began_s

    assert asyncio.run(taken_s(pace=True)) >= 0.5
