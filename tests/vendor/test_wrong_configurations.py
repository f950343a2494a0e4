"""Configurations that are wrong, at emulated devices: each is named as what it is, none as a fault of the device.

`make test` plants those that are quick to tell, `LISA_LONG=1` all of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import serial

from emulator.devices.camera import open_citizen_camera
from emulator.devices.cards.reader import open_card_reader
from emulator.devices.door import open_door
from emulator.devices.head.wires import open_camera_head
from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.presence import open_presence
from emulator.devices.printer import open_printer
from emulator.devices.pty import Pty, serve_on_pty
from emulator.devices.radars.tracking import open_tracking_radar
from emulator.devices.scanner import open_scanner
from emulator.devices.signature_pad import open_signature_pad
from emulator.world.live_world import HostedWorld
from lisa_core.config.profile import Profile, load_profile
from lisa_core.config.vendor.probe import Probed, probed
from lisa_core.config.vendor.told import code_of_all, lines
from lisa_core.config.vendor.trouble import Business, kind_of
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.equipment.slots.catalogue import FAULTS

LONG = os.environ.get("LISA_LONG") == "1"
HEAD = '[profile]\nid = "vor-ort"\nextends = "emulated"\n'
SETUP, NOT_READY, OTHER = Business.SETUP, Business.NOT_READY, Business.OTHER_DEVICE


@dataclass(frozen=True)
class Wrong:
    """What stands under which slot ({name} is the address of that place), whose business it is, what is said of it."""

    slot: str
    lines: str
    said: str
    kind: Business = SETUP
    slow: bool = False
    """Whether it is known only after a wait."""


def _serial(slot: str, more: str = "") -> list[Wrong]:
    """What can be wrong with any serial line."""
    return [
        Wrong(slot, f'binding = "/dev/ttyWeg"\n{more}', "Diesen Anschluss gibt es nicht"),
        Wrong(slot, f'binding = "{{locked}}"\n{more}', "Ein anderes Programm hat den Anschluss offen"),
        Wrong(slot, f'binding = "{{folder}}"\n{more}', "kein serieller Anschluss"),
        Wrong(slot, f'binding = "socket://{{closed}}"\n{more}', "Dort antwortet niemand"),
    ]


UNIT = "timeout_s = 0.05\ntries = 1\n"
CASES = [
    *_serial("presence"),
    Wrong("presence", 'binding = "{silent}"\n', "kein Bericht", slow=True),
    Wrong("presence", 'binding = "{noisy}"\n', "Zeichen, aber keine Berichte", slow=True),
    Wrong("presence", 'binding = "{radar}"\nbaudrate = 9600\n', "baudrate = 9600; ab Werk 256000", slow=True),
    Wrong("presence", 'binding = "{unit}"\n', "anderes Gerät", slow=True),
    Wrong("presence", 'binding = "{tracker}"\n', "anderes Gerät", slow=True),
    Wrong("presence", 'driver = "hlk-ld2450"\nbinding = "{radar}"\n', "anderes Gerät", slow=True),
    Wrong("presence", 'binding = "socket://{mute}"\n', "kein Bericht", slow=True),
    Wrong("presence", 'binding = "rfc2217://{mute}"\n', "kein RFC 2217", slow=True),
    *_serial("door", UNIT),
    Wrong("door", f'binding = "{{silent}}"\n{UNIT}', "Keine Antwort"),
    Wrong("door", f'binding = "{{unit}}"\nunit = 7\n{UNIT}', "Nummer (unit)"),
    Wrong("door", f'binding = "{{unit}}"\nbaudrate = 19200\n{UNIT}', "baudrate = 19200"),
    Wrong("door", f'binding = "{{unit}}"\nparity = "E"\n{UNIT}', "parity = 'E'"),
    Wrong("door", 'binding = "{unit}"\ninputs = 16\ntimeout_s = 20.0\n', "16 Eingängen"),
    Wrong("door", f'binding = "{{unit}}"\nchannel = 9\n{UNIT}', "channel = 9 gibt es nicht"),
    Wrong("door", f'binding = "{{radar}}"\n{UNIT}', "parity"),
    Wrong("door", f'binding = "tcp://{{closed}}"\n{UNIT}', "Nicht erreichbar"),
    Wrong("door", 'binding = "{network}"\nunit = 9\ntimeout_s = 20.0\ntries = 1\n', "Nummer (unit)"),
    Wrong("door", f'binding = "socket://{{network_place}}"\n{UNIT}', "Keine Antwort"),
    Wrong("door", f'binding = "tcp://{{mute}}"\n{UNIT}', "tcp:// für Modbus TCP"),
    Wrong("lamp", f'binding = "{{silent}}"\n{UNIT}', "Keine Antwort"),
    Wrong("scanner", 'binding = "http://{closed}/eSCL"\n', "Ist er eingeschaltet und stimmt die Adresse"),
    Wrong("scanner", 'binding = "http://{scanner}/falsch"\n', "kein eSCL-Scanner"),
    Wrong("scanner", 'binding = "http://{printer}/eSCL"\ntimeout_s = 0.3\n', "Scanner http://", slow=True),
    Wrong("scanner", 'binding = "http://{ipp}/ipp/print"\n', "kein eSCL-Scanner"),
    Wrong("scanner", 'binding = "https://{scanner}/eSCL"\n', "Scanner https://"),
    Wrong("scanner", 'binding = "http://{tls}/eSCL"\n', "Dort wird https gesprochen"),
    Wrong("scanner", 'binding = "https://{tls}/eSCL"\n', "fingerprint"),
    Wrong("scanner", f'binding = "https://{{tls}}/eSCL"\nfingerprint = "{"ab" * 32}"\n', "ein anderes Zertifikat"),
    Wrong("scanner", 'binding = "http://{mute}/eSCL"\ntimeout_s = 0.2\n', "Scanner http://"),
    Wrong("printer", 'binding = "socket://{closed}"\n', "nicht erreichbar. Eingeschaltet, Adresse richtig?"),
    Wrong("printer", 'driver = "ipp"\nbinding = "ipp://{closed}/ipp/print"\n', "Drucker ipp://"),
    Wrong("printer", 'driver = "ipp"\nbinding = "ipp://{scanner}/ipp/print"\n', "Drucker ipp://"),
    Wrong("printer", 'driver = "ipp"\nbinding = "ipps://{ipp}/ipp/print"\n', "Drucker ipps://"),
    *_serial("camera_head"),
    Wrong("camera_head", 'binding = "{silent}"\n', "Kamerakopf", slow=True),
    Wrong("camera_head", 'binding = "{head}"\ncamera = 3\n', "Kamerakopf", slow=True),
    Wrong("camera_head", 'binding = "udp://{closed}"\n', "Dort antwortet niemand", slow=True),
    *_serial("signature_pad"),
    Wrong("signature_pad", 'binding = "{silent}"\n', "Unterschriftenpad", slow=True),
    Wrong("signature_pad", 'binding = "{pad}"\nmodel = "STU-530"\n', "hat keinen seriellen Anschluss"),
    Wrong("signature_pad", 'binding = "usbip://{closed}/1-1"\n', "usbip://"),
    Wrong("signature_pad", 'binding = "{usb}"\nmodel = "STU-530"\n', "Dort hängt", OTHER),
    Wrong("card_reader", 'binding = "vpcd://{closed}"\n', "Kartenleser"),
    Wrong("card_reader", 'binding = "pcsc:Gibt es nicht"\n', "Kartenleser"),
    Wrong("citizen_camera", 'binding = "frames:/dev/shm/gibt-es-nicht"\n', "gibt-es-nicht"),
    Wrong("citizen_camera", 'binding = "frames:{profile}"\n', "profile"),
    Wrong("citizen_camera", 'binding = "video:/dev/video99"\n', "/dev/video99"),
    Wrong("microphone", 'binding = "pcm:/tmp/gibt-es-nicht"\n', "gibt-es-nicht"),
    Wrong("loudspeaker", 'binding = "pcm:/tmp/gibt-es-nicht"\n', "gibt-es-nicht"),
]
NEVER = ("nicht konform", "nicht bestanden", "Widerspruch")


@contextlib.asynccontextmanager
async def _places(folder: Path) -> AsyncIterator[dict[str, str]]:
    """Devices of every kind, and places where there is none."""
    world = HostedWorld()

    async def nothing(line: Pty) -> None:
        await asyncio.Event().wait()

    async def noise(line: Pty) -> None:
        while True:
            await line.read()
            line.write(b"Login incorrect\r\nlogin: ")

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        found = {
            "silent": await enter(serve_on_pty(nothing)),
            "noisy": await enter(serve_on_pty(noise)),
            "locked": await enter(open_presence(world)),
            "radar": await enter(open_presence(world)),
            "tracker": await enter(open_tracking_radar(world)),
            "unit": await enter(open_door(world)),
            "network": await enter(open_door(world, listen="tcp://127.0.0.1:0")),
            "head": await enter(open_camera_head(world)),
            "pad": await enter(open_signature_pad(world)),
            "usb": await enter(open_signature_pad(world, listen="usbip://127.0.0.1:0")),
            "reader": await enter(open_card_reader(world)),
            "camera": await enter(open_citizen_camera(world)),
            "folder": str(folder),
            "profile": str(folder / "profile.toml"),
        }
        opened = {
            "scanner": open_scanner(world),
            "tls": open_scanner(world, listen="https://127.0.0.1:0"),
            "ipp": open_ipp_printer(world),
            "printer": open_printer(world),
        }
        found |= {name: (await enter(device)).split("/")[2] for name, device in opened.items()}
        found["network_place"] = found["network"].removeprefix("tcp://")
        server = await enter(await asyncio.start_server(mute, "127.0.0.1", 0))
        found["mute"] = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with socket.create_server(("127.0.0.1", 0)) as free:
            found["closed"] = f"127.0.0.1:{free.getsockname()[1]}"
        stack.enter_context(serial.Serial(found["locked"], exclusive=True))
        yield found


def _profile(path: Path, lines: str) -> Profile:
    path.write_text(f"{HEAD}{lines}", encoding="utf-8")
    return load_profile(str(path))


@pytest.mark.timeout(600)
def test_what_is_set_up_wrongly_is_named_so_and_never_as_a_fault_of_the_device(tmp_path: Path) -> None:
    async def all_of_them() -> list[tuple[Wrong, list[Probed]]]:
        async with _places(tmp_path) as places:  # one line has one user: one after the other
            chosen = [case for case in CASES if LONG or not case.slow]
            path, texts = tmp_path / "profile.toml", [f"[slots.{one.slot}]\n{one.lines}" for one in chosen]
            asked = (_profile(path, text.format(**places)) for text in texts)
            return [(case, [*await probed(profile)]) for case, profile in zip(chosen, asked, strict=True)]

    tried = asyncio.run(all_of_them())
    assert len(CASES) >= 50
    wrong = [f"{case}\n{said}" for case, rows in tried if (said := _wrongly_told(case, rows))]
    assert not wrong, "\n".join(wrong)


def _wrongly_told(case: Wrong, rows: list[Probed]) -> str:
    """What was said, where that is not what this case is."""
    (row,), said = rows, "\n".join(lines(rows))
    right = row.trouble is not None and row.trouble.kind is case.kind and case.said in row.trouble.text
    right = right and code_of_all(rows) == (1 if case.kind is OTHER else 4)
    return "" if right and not [word for word in NEVER if word in said] else said


def test_devices_on_each_others_lines_are_set_up_wrongly_both(tmp_path: Path) -> None:
    async def run() -> list[Probed]:
        world = HostedWorld()
        async with open_presence(world) as radar, open_door(world) as unit:
            swapped = f'[slots.presence]\nbinding = "{unit}"\n[slots.door]\nbinding = "{radar}"\n{UNIT}'
            return [*await probed(_profile(tmp_path / "p.toml", swapped))]

    rows = asyncio.run(run())
    assert [row.trouble and row.trouble.kind for row in rows] == [SETUP, SETUP]
    assert code_of_all(rows) == 4


@pytest.mark.parametrize("code", sorted({one.code for one in FAULTS.values() if one.code}))
def test_no_fault_that_a_device_may_have_is_a_verdict_about_it(code: str) -> None:
    assert kind_of(DeviceFault(code, "", retryable=True)) in (SETUP, NOT_READY)
    assert kind_of(ProfileError("")) is SETUP
