"""IPP with libraries of others: their clients at the emulated printer, and our driver at a printer of theirs."""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.devices.ipp.attributes import OFFER
from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.equipment.codecs.ipp.message import Group, Message, write_message
from lisa_core.equipment.codecs.ipp.values import Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, StatusCode
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client("ipp-printer", "ippx", "0.1.1", "PyPI", "client", "test_ippx_prints_and_waits", "state, a sheet, its job"),
    Client(
        "ipp-printer", "ipp", "2.0.1", "npm", "client", "test_a_client_for_node", "state, collections, a sheet, jobs"
    ),
    Client(
        "ipp-printer",
        "@sealsystems/ipp",
        "2.8.2",
        "npm",
        "client",
        "test_a_client_for_node",
        "state, collections, a sheet, jobs",
    ),
    Client("ipp-printer", "ipp-easyprint", "3.0.5", "npm", "client", "test_ipp_easyprint", "state, a sheet, a light"),
    Client("ipp-printer", "ipp-encoder", "5.0.0", "npm", "codec", "test_another_codec", "a request, an answer"),
    Client("ipp-printer", "ipp-printer", "1.0.0", "npm", "server", "test_our_driver_at_a_printer_for_node", "a sheet"),
)
NODE = Path(__file__).parent / "node"
PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"
SHEET = f"Kopie {hashlib.sha256(PDF).hexdigest()}"
ANSWER_S = 60.0


def test_ippx_prints_and_waits(pypi: Callable[[str], Path]) -> None:
    pypi("ippx")
    ippx = importlib.import_module("ippx")

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding, ippx.AsyncIppClient(binding) as client:
            found = await client.get_printer_attributes()
            assert (found.make_and_model, found.state.name, found.is_accepting_jobs) == (
                "LISA Emulated Printer",
                "IDLE",
                True,
            )
            job = await client.print_job(PDF, document_format="application/pdf", job_name="Kopie")
            assert (await client.wait_for_job(job.job_id)).state.name == "COMPLETED"
        assert world.state.tray == (SHEET,)

    asyncio.run(run())


async def told_by_node(node: str, folder: Path, script: str, *arguments: str, asked: bytes = b"") -> JsonDict:
    """The last line that a script says, which has to end well."""
    process = await asyncio.create_subprocess_exec(
        *(node, str(NODE / script), *arguments),
        env={**os.environ, "NODE_PATH": str(folder / "node_modules")},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, wrong = await asyncio.wait_for(process.communicate(asked), ANSWER_S)
    assert process.returncode == 0, wrong.decode()
    told: JsonDict = json.loads(said.splitlines()[-1])
    return told


@pytest.mark.parametrize(("listed", "package"), [("ipp", "ipp"), ("sealsystems-ipp", "@sealsystems/ipp")])
def test_a_client_for_node(listed: str, package: str, need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    node, folder = need("node"), npm(listed)

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding:
            address = binding.replace("ipp://", "http://")
            assert await told_by_node(node, folder, "ipp_client.cjs", address, package) == {
                "printed": "successful-ok",
                "number": 1,
                "state": "idle",
                "model": "LISA Emulated Printer",
                "copies": [1, 99],
                "width": 21_000,
                "jobs": "successful-ok",
            }
        assert world.state.tray == (SHEET,)

    asyncio.run(run())


def test_ipp_easyprint(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    node, folder = need("node"), npm("sealsystems-ipp")

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding:
            told = await told_by_node(node, folder, "ipp_easyprint.cjs", binding.replace("ipp://", "http://"))
        sides = ["one-sided", "two-sided-long-edge", "two-sided-short-edge"]
        assert told == {"model": "LISA Emulated Printer", "state": "idle", "sides": sides, "job": 1}
        assert world.state.tray == (SHEET,)

    asyncio.run(run())


def test_another_codec(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    """It knows neither resolutions nor collections; all else comes back as it went."""
    node, folder = need("node"), npm("ipp-encoder")
    known = (Tag.CHARSET, Tag.LANGUAGE, Tag.KEYWORD, Tag.URI, Tag.MIME_TYPE, Tag.NAME, Tag.TEXT, Tag.INTEGER, Tag.ENUM)
    opening = (
        attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        attribute("attributes-natural-language", Tag.LANGUAGE, "de"),
    )
    asked = attribute("requested-attributes", Tag.KEYWORD, "copies-supported", "media-ready")
    request = Message(Operation.GET_PRINTER_ATTRIBUTES, 7, (Group(GroupTag.OPERATION, (*opening, asked)),), (1, 1))
    told = tuple(one for one in OFFER if all(value.tag in known for value in one.values))
    groups = (Group(GroupTag.OPERATION, opening), Group(GroupTag.PRINTER, told))
    answer = Message(StatusCode.OK_IGNORED, 7, groups, (1, 1))
    both = {"request": write_message(request).hex(), "response": write_message(answer).hex()}

    async def run() -> None:
        seen = await told_by_node(node, folder, "ipp_codec.cjs", asked=json.dumps(both).encode())
        assert {name: seen[name] for name in both} == both
        assert (seen["operation"], seen["status"]) == (Operation.GET_PRINTER_ATTRIBUTES, StatusCode.OK_IGNORED)
        assert seen["names"] == [one.name for one in (*opening, *told)]

    asyncio.run(run())


def test_our_driver_at_a_printer_for_node(need: Callable[[str], str], npm: Callable[[str], Path]) -> None:
    """It speaks version 1.1 only, names no model, and has PDF among its formats."""
    node, folder = need("node"), npm("ipp-printer")

    async def run() -> None:
        process = await asyncio.create_subprocess_exec(
            *(node, str(NODE / "ipp_printer.cjs")),
            env={**os.environ, "NODE_PATH": str(folder / "node_modules")},
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            async with asyncio.timeout(ANSWER_S):
                port = int(await process.stdout.readline())
                async with open_ipp(f"ipp://127.0.0.1:{port}/", {"poll_s": 0.01}) as printer:
                    await printer.check()
                    await printer.hand_out(PDF, "Kopie")
                said = json.loads(await process.stdout.readline())
        finally:
            process.terminate()
            await process.wait()
        assert said == {"name": "Kopie", "document": PDF.decode()}

    asyncio.run(run())
