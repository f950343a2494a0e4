"""The emulated camera head, turned by visca-over-ip over UDP and by pyvisca on its serial line."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emulator.devices.head.unit import NAME, place
from emulator.devices.head.wires import open_camera_head
from emulator.world.live_world import HostedWorld
from lisa_core.equipment.codecs.visca import ip
from lisa_core.equipment.codecs.visca import requests as q
from lisa_core.equipment.codecs.visca.parsers import CommandParser
from tests.peers.clients import Client

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "camera-head",
        "visca-over-ip",
        "0.5.2",
        "PyPI",
        "client",
        "test_visca_over_ip_turns_zooms_and_asks",
        "turns, zoom, presets, positions, focus, power; a refusal",
    ),
    Client(
        "camera-head",
        "viscaSmith",
        "0.4.7",
        "PyPI",
        "codec",
        "test_viscasmith_says_what_we_understand",
        "power, focus, presets, turns, drives, zoom drives; its zoom to a place has bytes for nibbles",
    ),
    Client(
        "camera-head",
        "pyvisca",
        "0.1.9",
        "PyPI",
        "client",
        "test_pyvisca_turns_zooms_and_asks",
        "turns, zoom, positions, power on the serial line",
    ),
)
SERIAL = """
import sys
from pyvisca.visca import PTZ
head = PTZ(sys.argv[1])
def asked(question, *values):
    while True:
        try: return question(*values)
        except IndexError: pass  # it took the end of a turn for the answer
assert head.get_power() == 1
assert (head.get_pan(), head.get_tilt(), head.get_zoom()) == (0, 0, 0)
asked(head.set_zoom, 8192)
while asked(head.get_zoom) != 8192: pass
asked(head.set_pan, 300, 24)
while asked(head.get_pan) != 300: pass
asked(head.preset_set, 3)
asked(head.home)
while asked(head.get_pan) != 0: pass
asked(head.preset_recall, 3)
while asked(head.get_pan) != 300: pass
head.close()
"""


def test_visca_over_ip_turns_zooms_and_asks(pypi: Callable[[str], Path]) -> None:
    pypi("visca")
    theirs = importlib.import_module("visca_over_ip")
    refusal = importlib.import_module("visca_over_ip.exceptions").ViscaException

    def until(value: Callable[[], object], wanted: object) -> None:
        while value() != wanted:
            pass

    def talk(host: str, port: int, fail: Callable[[str], None]) -> None:
        camera: Any = theirs.Camera(host, port)
        try:
            camera.pantilt(24, 20, pan_position=-700, tilt_position=100)
            until(camera.get_pantilt_position, (-700, 100))
            camera.zoom_to(0.5)
            until(camera.get_zoom_position, 8192)
            camera.save_preset(2)
            camera.pantilt_home()
            until(camera.get_pantilt_position, (0, 0))
            camera.recall_preset(2)
            until(camera.get_pantilt_position, (-700, 100))
            camera.zoom(7)
            until(camera.get_zoom_position, 0x4000)
            camera.set_focus_mode("manual")
            assert camera.get_focus_mode() == "manual"
            fail("fail")
            with pytest.raises(refusal) as caught:
                camera.pantilt_home()
            assert caught.value.status_code == 0x41
            fail("heal")
            camera.pantilt_home()
        finally:
            camera.close_connection()

    async def scenario() -> None:
        world, loop = HostedWorld(), asyncio.get_running_loop()

        def fail(act: str) -> None:
            asyncio.run_coroutine_threadsafe(world.act(act, fault=f"{NAME}.klemmt"), loop).result()

        # its own second socket listens on this port of every address of this machine: so not on 127.0.0.1
        async with open_camera_head(world, listen="udp://127.0.0.2:0") as address:
            host, _, port = address.removeprefix("udp://").rpartition(":")
            await asyncio.to_thread(talk, host, int(port), fail)
        assert place(world.state.head, 1 << 62) == {"pan": 0, "tilt": 0, "zoom": 0x4000}

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_pyvisca_turns_zooms_and_asks(pypi: Callable[[str], Path]) -> None:
    folder = pypi("visca")

    async def scenario() -> None:
        world = HostedWorld()
        async with open_camera_head(world) as path:
            client = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                SERIAL,
                path,
                env={"PYTHONPATH": str(folder)},
                stderr=subprocess.PIPE,
            )
            _, error = await client.communicate()
            assert client.returncode == 0, error.decode()
        assert place(world.state.head, 1 << 62) == {"pan": 300, "tilt": 0, "zoom": 8192}

    asyncio.run(asyncio.wait_for(scenario(), 60))


def test_viscasmith_says_what_we_understand(pypi: Callable[[str], Path]) -> None:
    """Where they differ, Sony's manuals decide: four nibbles are a position of the zoom, and it sends four bytes."""
    pypi("viscasmith")
    camera: Any = importlib.import_module("visca.cameraObject").CameraObject()
    words: Any = importlib.import_module("visca.dictionary.enumerations")
    packer: Any = importlib.import_module("visca.dataStucture.messagePacker").MessagePacker()
    on, off = words.EnableStateEnum.ON, words.EnableStateEnum.OFF
    said: list[tuple[str, q.Request]] = [
        (camera.system.setPowerState(on), q.Power(True)),
        (camera.system.setPowerState(off), q.Power(False)),
        (camera.focus.setFocusMode(words.FocusModeEnum.AUTO), q.AutoFocus(True)),
        (camera.focus.setFocusMode(words.FocusModeEnum.MANUAL), q.AutoFocus(False)),
        *((camera.preset.setPreset(number), q.Preset(q.Memory.SET, number)) for number in q.PRESETS),
        (camera.preset.recallPreset(3), q.Preset(q.Memory.RECALL, 3)),
        (camera.preset.resetPreset(3), q.Preset(q.Memory.FORGET, 3)),
        (camera.panTilt.panTiltHome(), q.Home()),
        (camera.panTilt.panTiltReset(), q.SeekMiddle()),
        (camera.panTilt.panTiltDriveUpLeft(7, 5), q.Drive(-1, 1, 7, 5)),
        (camera.panTilt.panTiltDriveDownRight(7, 5), q.Drive(1, -1, 7, 5)),
        (camera.zoom.zoomTeleStandard(), q.ZoomDrive(1)),
        (camera.zoom.zoomWideVariable(5), q.ZoomDrive(-1, 5)),
        (camera.zoom.stopZoom(), q.ZoomDrive(0)),
    ]
    for number, (text, meant) in enumerate(said, 1):
        packet = ip.unpack(packer.build_command(text))
        assert packet is not None
        assert (packet.kind, packet.sequence) == (ip.Kind.COMMAND, number)
        assert CommandParser().feed(packet.message) == [q.To(1, meant)], text
        assert q.encode_request(q.To(1, meant)) == packet.message
    there = packer.build_command(camera.zoom.setZoomValue(0x2000))
    assert there[8:] == bytes.fromhex("81 01 04 47 00 00 20 00 ff")
    assert q.encode_request(q.To(1, q.ZoomTo(0x2000))) == bytes.fromhex("81 01 04 47 02 00 00 00 ff")
