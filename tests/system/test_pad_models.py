"""Somebody signs with every known signature pad: through the booth that a profile with its personality opens."""

from __future__ import annotations

import asyncio
import os
import subprocess
from datetime import UTC
from pathlib import Path

import pytest

from emulator.booth import open_booth
from emulator.personalities import personalities_of
from lisa_core.booth.case.signature import PadReady, collect
from lisa_core.equipment.drivers.wacom_stu import open_wacom_stu
from lisa_core.equipment.slots.driver import Value
from lisa_core.host.clock import Clock
from lisa_core.papers.strokes import is_signature, signature_svg
from tests.system.programs import LISA

LONG = os.environ.get("LISA_LONG") == "1"
FEATURE = "features/besuch/abgabe.feature"
MODELS = personalities_of("signature-pad")
LIFTED_S = 0.3


@pytest.mark.parametrize(("name", "options"), [("stu-430v", {}), ("stu-430", {"encrypted": True, "prompt": "Antrag"})])
def test_a_signature_on_a_known_model(name: str, options: dict[str, Value]) -> None:
    """What the booth does when it asks for one, on a serial line and on USB."""

    async def run() -> None:
        wanted = frozenset({"signature_pad"})
        async with (
            open_booth(wanted, personalities={"signature_pad": name}) as booth,
            open_wacom_stu(booth.bindings["signature_pad"], options) as pad,
        ):

            async def citizen() -> None:
                await pad.armed.wait()
                await booth.actor.sign("kreuz")

            signing = asyncio.create_task(citizen())
            async with asyncio.timeout(60):
                begins, samples = [found async for found in collect(pad, LIFTED_S, Clock(UTC), tells=True)]
            await signing
            assert isinstance(begins, PadReady)
            assert isinstance(samples, list)
            assert is_signature(samples)
            assert "<svg" in signature_svg(samples, await pad.info())
            await pad.clear()
            assert booth.room is not None
            while booth.room()["pad_ink"]:
                await asyncio.sleep(0)

    asyncio.run(run())


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="half a minute each: LISA_LONG=1")
@pytest.mark.parametrize("name", MODELS)
def test_the_feature_passes_with_each_model(name: str, tmp_path: Path) -> None:
    profile = tmp_path / "model.toml"
    head = 'schema = 1\n[profile]\nid = "model"\nextends = "emulated"\n'
    profile.write_text(f'{head}[slots.signature_pad]\npersonality = "{name}"\n', encoding="utf-8")
    command = [LISA, "run", FEATURE, "--profile", str(profile), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
