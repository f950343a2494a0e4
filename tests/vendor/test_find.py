"""What there is to bind: as the system lists it, as it announces itself; and a first profile that is right as it is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from serial.tools.list_ports_common import ListPortInfo

from emulator.devices.ipp import announcement as of_printer
from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.scanner import open_scanner
from emulator.devices.scanning import announcement as of_scanner
from emulator.world.live_world import HostedWorld
from lisa_core.cli.commands import lisa
from lisa_core.cli.vendor.finding import lines
from lisa_core.config.profile import load_profile
from lisa_core.config.vendor.first_profile import first_profile, unclear
from lisa_core.config.vendor.found import LOOK_S, NETWORK, Candidate, Found, announced, candidate, found_devices
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.readings import DeviceIdentity
from lisa_core.equipment.lines.discovery import announced_devices
from lisa_core.equipment.lines.listing.attached import Attached, cameras, hid_devices, serial_ports
from lisa_core.harness.start.vendor.check import checked

BASE = load_profile("emulated").slots
THINGS = [
    candidate("/dev/serial/by-id/usb-FTDI_FT232R-if00", "FTDI FT232R USB UART, Seriennummer A50285BI"),
    candidate("/dev/ttyS4"),
    candidate("video:/dev/video0", "ACME Kamera"),
    candidate("hid:056A:00A8", "STU-540"),
    candidate("pcsc:ACS ACR122U", among=["card_reader"]),
    candidate("audio:alsa_input.usb", "Mikrofon", among=["microphone"]),
    candidate("http://10.0.0.7/eSCL", "HP", among=["scanner"]),
    candidate("https://10.0.0.8/eSCL", "HP", "ab" * 32, ["scanner"]),
    candidate("ipp://10.0.0.7/ipp/print", "HP", among=["printer"]),
]


def test_every_thing_is_offered_to_the_slots_whose_drivers_take_its_address() -> None:
    may_be = {one.binding.partition(":")[0]: set(one.slots) for one in THINGS}
    lines_ = {"presence", "door", "call_button", "privacy_glass", "lamp", "induction_loop"}
    assert may_be["/dev/ttyS4"] == {*lines_, "camera_head", "signature_pad"}
    assert may_be["video"] == {"citizen_camera", "document_camera"}
    assert may_be["hid"] == {"signature_pad"}
    assert may_be["ipp"] == {"printer"}
    assert {"hlk-ld2410", "hlk-ld2450"} <= set(THINGS[0].slots["presence"])


@settings(max_examples=200 if os.environ.get("LISA_LONG") == "1" else 10)
@given(st.lists(st.sampled_from(THINGS), unique_by=lambda one: one.binding), st.sets(st.sampled_from(sorted(BASE))))
def test_a_first_profile_is_right_and_binds_what_was_wished_for_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, things: list[Candidate], wished: set[str]
) -> None:
    found, path = Found(tuple(things)), tmp_path_factory.mktemp("f") / "neu.toml"
    path.write_text(first_profile(found, "neu", str(path), sorted(wished), BASE), encoding="utf-8")
    assert not checked(str(path)).mistakes
    bound = {slot: one.binding for slot, one in load_profile(str(path)).slots.items() if one.binding != "emulator"}
    assert set(bound) <= wished
    assert len(set(bound.values())) == len(bound), "one thing is in one slot"
    for slot in wished - set(bound):
        alone = [one for one in things if slot in one.slots]
        assert len(alone) != 1 or alone[0].binding in bound.values()
        assert len(alone) == 1 or any(sentence.startswith(f"slots.{slot}:") for sentence in unclear(found, [slot]))


def test_each_table_that_is_switched_on_by_hand_is_right(tmp_path: Path) -> None:
    text, path = first_profile(Found(tuple(THINGS)), "neu", "neu.toml", (), BASE), tmp_path / "neu.toml"
    tables = re.findall(r"(?:^# \[slots\.\w+\].*\n)(?:^# (?!\[)\S+ = .*\n)+", text, re.MULTILINE)
    assert len(tables) == sum(len(one.slots) for one in THINGS)
    for table in {table.partition("]")[0]: table for table in tables}.values():  # one for each slot
        path.write_text(text.replace(table, re.sub("^# ", "", table, flags=re.MULTILINE), 1), encoding="utf-8")
        assert not checked(str(path)).mistakes, table
        assert len([one for one in load_profile(str(path)).slots.values() if one.binding != "emulator"]) == 1


def test_what_the_system_lists_is_named_by_what_stays_the_same(tmp_path: Path) -> None:
    dev, sys = tmp_path / "dev", tmp_path / "sys"
    (dev / "serial" / "by-id").mkdir(parents=True)
    ports = [ListPortInfo(str(dev / name)) for name in ("ttyUSB1", "ttyUSB0")]
    ports[1].manufacturer, ports[1].serial_number = "FTDI", "A5"
    for name in ("ttyUSB0", "ttyUSB1", "video0", "video1", "videox"):
        (dev / name).touch()
    (dev / "serial" / "by-id" / "usb-FTDI-if00").symlink_to(dev / "ttyUSB0")
    assert list(serial_ports(lambda: ports, dev)) == [
        Attached(str(dev / "serial" / "by-id" / "usb-FTDI-if00"), DeviceIdentity("FTDI", "", "A5")),
        Attached(str(dev / "ttyUSB1")),
    ]
    for name, index in (("video0", "0"), ("video1", "1")):
        (sys / "class" / "video4linux" / name).mkdir(parents=True)
        (sys / "class" / "video4linux" / name / "index").write_text(f"{index}\n", encoding="ascii")
    assert [one.binding for one in cameras(dev, sys)] == [f"video:{dev / 'video0'}"], "the other one gives no pictures"
    with pytest.raises(LisaError, match="zeigt keine HID-Geräte"):
        list(hid_devices(sys))
    for name, said in (
        ("hidraw0", "HID_ID=0003:0000056A:000000A8\nHID_NAME=STU-540\nHID_UNIQ=7\n"),
        ("hidraw1", "X=1\n"),
    ):
        (sys / "class" / "hidraw" / name / "device").mkdir(parents=True)
        (sys / "class" / "hidraw" / name / "device" / "uevent").write_text(said, encoding="ascii")
    assert list(hid_devices(sys)) == [Attached("hid:056A:00A8", DeviceIdentity("", "STU-540", "7"))]


def test_scanners_and_printers_that_announce_themselves_are_found_with_what_binds_them() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with (
            open_scanner(world) as scanner,
            open_ipp_printer(world) as printer,
            of_scanner.announced(scanner),
            of_printer.announced(printer),
            contextlib.aclosing(announced_devices(NETWORK, ["127.0.0.1"])) as heard,
        ):
            wanted = {scanner: {"scanner": ("escl",)}, printer: {"printer": ("ipp",)}}
            async for one in heard:
                there = announced(one)
                if there.binding in wanted:
                    assert there.slots == wanted.pop(there.binding)
                    assert "LISA" in there.about
                if not wanted:
                    break

    asyncio.run(run())


def test_all_places_are_looked_at_in_time_and_where_that_was_not_possible_it_says_why() -> None:
    async def run() -> Found:
        async with asyncio.timeout(20 * LOOK_S):  # on a machine that is busy with other things
            return await found_devices(["127.0.0.1"], listen_s=0.2)

    found = asyncio.run(run())
    told = "\n".join(lines(found))
    assert all(re.fullmatch(r"[A-Z][\w ]+: .{5,}\.", sentence) for sentence in found.unseen), told
    assert told.startswith("Gefunden:")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--write", "da.toml"), "da.toml: Diese Datei gibt es schon, und sie bleibt, wie sie ist."),
        (("--write", "neu.txt"), "neu.txt: Der Name eines Profils endet auf .toml."),
        (
            ("--write", "neu.toml", "--slot", "scaner"),
            "--slot scaner: Diesen Steckplatz gibt es nicht. Meinten Sie „scanner“?",
        ),
        (("--slot", "scanner"), "mit --write sagen, in welchem."),
    ],
)
def test_what_cannot_be_written_is_told_before_anybody_waits(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        Path("da.toml").touch()
        done = CliRunner().invoke(lisa, ["profile", "find", *words], standalone_mode=False)
        assert (done.return_value, Path("da.toml").read_bytes()) == (4, b"")
    assert said in done.output
