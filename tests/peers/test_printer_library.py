"""The emulated IPP printer with pyipp, which Home Assistant asks its printers with; and its codec beside ours."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from emulator.devices.ipp.attributes import OFFER, Now, joined
from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs.ipp.message import Group, Message, read_message, write_message
from lisa_core.equipment.codecs.ipp.values import Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrinterState, StatusCode
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "ipp-printer",
        "pyipp",
        "0.17.2",
        "PyPI",
        "client",
        "test_pyipp_asks_how_it_is_and_prints",
        "state, model, supplies, a sheet, an empty tray",
    ),
    Client(
        "ipp-printer", "pyipp", "0.17.2", "PyPI", "codec", "test_both_read_what_the_other_writes", "requests, answers"
    ),
    Client("ipp-printer", "aioipp", "0.18.1", "PyPI", "client", "test_aioipp_asks_and_prints", "state, model, a sheet"),
)
PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"


@pytest.fixture
def pyipp(pypi: Callable[[str], Path]) -> ModuleType:
    pypi("pyipp")
    return importlib.import_module("pyipp")


AIOIPP = """
import asyncio, json, sys, pyipp
async def main():
    async with pyipp.IPP(sys.argv[1]) as client:
        found = await client.printer()
        job = {"job-name": "Kopie", "document-format": "application/pdf"}
        asked = {"operation-attributes-tag": job, "data": sys.argv[2].encode()}
        done = await client.execute(pyipp.enums.IppOperation.PRINT_JOB, asked)
        print(json.dumps([found.info.name, found.state.printer_state, done["jobs"][0]["job-id"]]))
asyncio.run(main())
"""
"""Its package calls itself pyipp, too: in a process of its own, with what pyipp brings along."""


def test_aioipp_asks_and_prints(pypi: Callable[[str], Path]) -> None:
    folders = os.pathsep.join(map(str, (pypi("aioipp"), pypi("pyipp"))))

    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", AIOIPP, binding, PDF.decode()),
                env={**os.environ, "PYTHONPATH": folders},
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            said, wrong = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0, wrong.decode()
        assert json.loads(said) == ["LISA Emulated Printer", "idle", 1]
        assert len(world.state.tray) == 1

    asyncio.run(run())


def test_pyipp_asks_how_it_is_and_prints(pyipp: ModuleType) -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world) as binding, pyipp.IPP(binding) as client:
            found = await client.printer()
            assert (found.info.manufacturer, found.info.model, found.info.serial) == (
                "LISA",
                "Emulated Printer",
                "LISA-0001",
            )
            assert (found.state.printer_state, found.state.reasons) == ("idle", None)
            job = {"job-name": "Kopie", "document-format": "application/pdf"}
            request = {"operation-attributes-tag": job, "data": PDF}
            answer = await client.execute(pyipp.enums.IppOperation.PRINT_JOB, request)
            assert answer["jobs"][0]["job-id"] == 1
            while not world.state.tray:
                await world.changed(world.state.revision)
            await world.act("fail", fault="printer.papier")
            found = await client.printer()
            assert (found.state.printer_state, found.state.reasons) == (
                "stopped",
                ["media-empty-error", "media-needed-error"],
            )

    asyncio.run(run())


def test_both_read_what_the_other_writes(pyipp: ModuleType) -> None:
    serializer, parser = (importlib.import_module(f"pyipp.{name}") for name in ("serializer", "parser"))
    target = "ipp://drucker.example/ipp/print"
    request = {
        "version": (2, 0),
        "operation": pyipp.enums.IppOperation.PRINT_JOB,
        "request-id": 7,
        "operation-attributes-tag": {
            "attributes-charset": "utf-8",
            "attributes-natural-language": "de",
            "printer-uri": target,
            "ipp-attribute-fidelity": True,
        },
        "job-attributes-tag": {"copies": 2, "sides": "one-sided"},
        "data": PDF,
    }
    opening = (
        attribute("attributes-charset", Tag.CHARSET, "utf-8"),
        attribute("attributes-natural-language", Tag.LANGUAGE, "de"),
    )
    asked = (
        *opening,
        attribute("printer-uri", Tag.URI, target),
        attribute("ipp-attribute-fidelity", Tag.BOOLEAN, True),
    )
    wish = (attribute("copies", Tag.INTEGER, 2), attribute("sides", Tag.KEYWORD, "one-sided"))
    meant = Message(Operation.PRINT_JOB, 7, (Group(GroupTag.OPERATION, asked), Group(GroupTag.JOB, wish)))
    assert read_message(serializer.encode_dict(request)) == (meant, PDF)
    assert write_message(meant) + PDF == serializer.encode_dict(request)

    told = joined(OFFER, Now("drucker.example:631", False, PrinterState.IDLE, (), 5, 0))
    answer = Message(StatusCode.OK, 7, (Group(GroupTag.OPERATION, opening), Group(GroupTag.PRINTER, told)))
    theirs = parser.parse(write_message(answer))["printers"][0]
    ours = Group(GroupTag.PRINTER, told)
    assert theirs.keys() == {one.name for one in told}
    plain = (
        Tag.KEYWORD,
        Tag.URI,
        Tag.TEXT,
        Tag.NAME,
        Tag.MIME_TYPE,
        Tag.CHARSET,
        Tag.INTEGER,
        Tag.BOOLEAN,
        Tag.DATE_TIME,
    )
    compared = [one.name for one in told if one.values[0].tag in plain]
    for name in compared:
        values = list(ours.all(name))
        assert theirs[name] == (values[0] if len(values) == 1 else values), name
    assert len(compared) > 60
