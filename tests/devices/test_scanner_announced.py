"""What announces itself is heard, with what binds it: the emulated scanner over http and https, through real DNS-SD."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import httpx

from emulator.devices.scanner import CAPABILITIES, open_scanner
from emulator.devices.scanning.announcement import announced, told_of
from emulator.devices.scanning.values import offered_by
from emulator.world.live_world import HostedWorld
from lisa_core.cli.diagnosis.listed import told
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.readings import ScanSettings, ScanSource
from lisa_core.equipment.drivers.escl import open_escl
from lisa_core.equipment.lines.discovery import Announced, announced_devices
from lisa_core.equipment.lines.trust import fingerprint_at


async def heard(binding: str) -> Announced:
    """The scanner at this address, as soon as it is heard; others may announce themselves on this machine, too."""
    async with contextlib.aclosing(announced_devices(interfaces=["127.0.0.1"])) as found:
        return await anext(scanner async for scanner in found if scanner.binding == binding)


def test_a_scanner_is_heard_and_its_text_binds_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with open_scanner(HostedWorld(), listen="https://127.0.0.1:0") as binding, announced(binding):
            scanner = await heard(binding)
            assert (scanner.model, scanner.sources) == ("LISA Emulated Scanner", "platen,adf")
            assert scanner.fingerprint == await fingerprint_at("127.0.0.1", httpx.URL(binding).port or 0)
            file = tmp_path / "found.toml"
            text = f'schema = 1\n[profile]\nid = "found"\nextends = "emulated"\n\n{told(scanner).partition(chr(10))[2]}'
            file.write_text(text, encoding="utf-8")
            bound = load_profile(str(file)).slots["scanner"]
            async with open_escl(bound.binding, {"fingerprint": str(bound.options["fingerprint"])}) as opened:
                assert len([page async for page in opened.scan(ScanSettings(ScanSource.PLATEN, 75))]) == 1

    asyncio.run(run())


def test_what_is_announced_is_what_is_offered() -> None:
    ours, glass = told_of(CAPABILITIES), told_of(offered_by("canon-d570"))
    assert (ours["is"], ours["cs"], ours["duplex"]) == ("platen,adf", "color,grayscale,binary", "T")
    assert ours["pdl"] == "image/jpeg,image/png,application/pdf"
    assert (glass["is"], glass["duplex"], glass["ty"]) == ("platen", "F", "CND570")


def test_what_a_stranger_announces_is_shown_without_what_could_mislead() -> None:
    from lisa_core.equipment.lines.discovery import _text

    assert _text('eSCL"\nbinding = "x\x1b[2J') == "eSCLbinding = x[2J"
    assert len(_text("x" * 500)) == 100
