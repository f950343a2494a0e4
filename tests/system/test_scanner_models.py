"""The shipped feature of scanning passes with every known model that has a feeder; three of them, seeded, quickly.

What the others lack says docs/devices.md: they have a glass only, and the feature lays its papers into the feeder.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from emulator.booth import open_booth
from emulator.devices.scanning.values import offered_by
from emulator.memory import open_booth as open_memory_booth
from emulator.personalities import personalities_of
from lisa_core.config.profile import load_profile
from lisa_core.domain.model.errors import DeviceFault, ProfileError
from lisa_core.domain.model.readings import ScanSettings, ScanSource
from lisa_core.equipment.codecs.escl import Source
from lisa_core.equipment.drivers.escl import open_escl
from lisa_core.equipment.slots.booths import OpenedBooth
from lisa_core.harness.report.equipment import in_full, profile_digest, slot_records
from tests.system.programs import LISA, PROFILE

LONG = os.environ.get("LISA_LONG") == "1"
FEATURE = "features/unterlagen/scannen.feature"
MODELS = personalities_of("scanner")
FED = tuple(name for name in MODELS if Source.FEEDER in offered_by(name).sources)
SHEETS = ["mietvertrag:1"] * 3
FEEDER = ScanSettings(ScanSource.FEEDER, 75)


@pytest.mark.parametrize("name", Random(60).sample(FED, 3))
def test_a_jam_of_a_known_model_loses_no_page(name: str) -> None:
    """What the feature does at the scanner, through the booth that a profile with this personality opens."""

    async def run() -> None:
        async with open_booth(frozenset({"scanner"}), personalities={"scanner": name}) as booth:
            await disturbed(booth, "feed", pages=SHEETS)
            await disturbed(booth, "set_jam", page=2)
            async with open_escl(booth.bindings["scanner"], {"pause_s": 0.2}) as scanner:
                assert (await scanner.identify()).model.split()[-1] in offered_by(name).make_and_model
                job = scanner.scan(FEEDER)
                await anext(job)
                with pytest.raises(DeviceFault) as stopped:
                    await anext(job)
                assert stopped.value.code == "scanner.jam"
                await disturbed(booth, "clear_jam")
                assert len([page async for page in scanner.scan(FEEDER)]) == 2

    asyncio.run(run())


async def disturbed(booth: OpenedBooth, act: str, **args: object) -> None:
    assert booth.disturb is not None
    await booth.disturb(act, **args)


def test_the_model_in_memory_lacks_what_the_known_one_lacks() -> None:
    async def run() -> str:
        async with open_memory_booth(frozenset({"scanner"}), personalities={"scanner": "canon-d570"}) as booth:
            assert booth.slots is not None
            with pytest.raises(DeviceFault) as refused:
                await anext(booth.slots.scanner.scan(FEEDER))
            return refused.value.code

    assert asyncio.run(run()) == "scanner.unsupported"


def test_a_report_says_which_model_was_played(tmp_path: Path) -> None:
    plain, model = load_profile("emulated"), tmp_path / "model.toml"
    model.write_text(f'{PROFILE}[slots.scanner]\npersonality = "{FED[0]}"\n', encoding="utf-8")
    played = load_profile(str(model))
    assert played.personalities == {"scanner": FED[0]}
    [record] = [one for one in slot_records(played, {}) if one.slot == "scanner"]
    assert f'personality = "{FED[0]}"' in in_full(record)
    assert profile_digest(played) != profile_digest(replace(played, slots=plain.slots))
    model.write_text(f'{PROFILE}[slots.scanner]\npersonality = "{FED[0][:-1]}"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=rf"model.toml:\d+: .*Meinten Sie „{FED[0]}“"):
        load_profile(str(model))
    model.write_text(
        f'{PROFILE}[slots.scanner]\nbinding = "http://127.0.0.1/eSCL"\npersonality = "{FED[0]}"\n', encoding="utf-8"
    )
    with pytest.raises(ProfileError, match="nur ein emuliertes Gerät"):
        load_profile(str(model))
    model.write_text(f'{PROFILE}[slots.printer]\npersonality = "x"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"slots\.printer\.personality"):
        load_profile(str(model))


def test_the_table_of_the_documents_names_those_without_a_feeder() -> None:
    page = (Path(__file__).parents[2] / "docs" / "devices.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in MODELS if name not in FED)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="half a minute each: LISA_LONG=1")
@pytest.mark.parametrize("name", FED)
def test_the_feature_passes_with_each_model(name: str, tmp_path: Path) -> None:
    profile = tmp_path / "model.toml"
    profile.write_text(f'{PROFILE}[slots.scanner]\npersonality = "{name}"\n', encoding="utf-8")
    command = [LISA, "run", FEATURE, "--profile", str(profile), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
