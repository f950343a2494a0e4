"""The booth's usual job at what twenty documents of real scanners say that they offer: each source gives its page."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping

import pytest
from PIL import Image

from emulator.devices.scanner import open_scanner
from emulator.devices.scanning.values import Habits, habits_of, offered_by
from emulator.personalities import personalities_of, personality
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, HarnessError
from lisa_core.domain.model.readings import ScannedPage, ScanSettings, ScanSource
from lisa_core.equipment.codecs.escl_capabilities import read_capabilities, write_capabilities
from lisa_core.equipment.drivers.escl import open_escl
from lisa_core.equipment.drivers.escl_choice import SOURCES, maker

GLASS, FEEDER = ScanSource.PLATEN, ScanSource.FEEDER
BOTH = (GLASS, FEEDER)
# What each has, and the dpi that come nearest to the 150 of the booth: read off the published documents by hand.
USED: Mapping[str, tuple[tuple[ScanSource, ...], int]] = {
    "brother-ds-940dw": ((FEEDER,), 150),
    "brother-mfc-j480dw": (BOTH, 200),
    "brother-mfc-j480dw-no-glass": ((FEEDER,), 200),
    "brother-mfc-j497dw": (BOTH, 200),
    "brother-mfc-l8690cdw": (BOTH, 200),
    "canon-d570": ((GLASS,), 150),
    "canon-mf628cw": (BOTH, 300),
    "canon-ts5300": ((GLASS,), 150),
    "canon-ts7450": (BOTH, 150),
    "hp-color-laser-mfp-179fnw": (BOTH, 200),
    "hp-color-laserjet-mfp-m283fdw": (BOTH, 150),
    "hp-deskjet-2540": ((GLASS,), 200),
    "hp-deskjet-2700": ((GLASS,), 200),
    "hp-deskjet-3630": ((GLASS,), 200),
    "hp-laserjet-mfp-m426fdn": (BOTH, 200),
    "hp-photosmart-7525": (BOTH, 200),
    "kyocera-ecosys-m2040dn": (BOTH, 200),
    "kyocera-ecosys-m5521cdn": (BOTH, 200),
    "ta-utax-p-c3567i": (BOTH, 200),
    "xerox-b235": (BOTH, 150),
}


async def scanned(name: str, source: ScanSource, **options: float) -> list[ScannedPage]:
    """What the driver gets from an emulated scanner of this model: of the glass a page, of two sheets both."""
    world, given = HostedWorld(), {"pause_s": 0.2, **options}
    await world.act("lay_on_glass", page="mietvertrag:1")
    await world.act("feed", pages=["mietvertrag:1", "mietvertrag:1"])
    async with open_scanner(world, personality=name) as binding, open_escl(binding, given) as scanner:
        return [page async for page in scanner.scan(ScanSettings(source))]


@pytest.mark.parametrize("name", USED)
def test_each_source_of_a_real_scanner_gives_its_page(name: str) -> None:
    offered, (sources, dpi) = offered_by(name), USED[name]

    async def run() -> None:
        assert {SOURCES[source] for source in sources} == set(offered.sources)
        for source in ScanSource:
            if source not in sources:
                missing = r"Er hat kein(en)? (Einzug|Vorlagenglas): .* scannen\."
                with pytest.raises(DeviceFault, match=missing) as caught:
                    await scanned(name, source)
                assert (caught.value.code, caught.value.retryable) == ("scanner.unsupported", False)
                continue
            page, *more = await scanned(name, source)
            assert len(more) == (source is FEEDER)
            picture, caps = Image.open(io.BytesIO(page.data)), offered.sources[SOURCES[source]]
            inches = (min(caps.max_width, 2480) / 300, min(caps.max_height, 3508) / 300)
            assert picture.size == tuple(round(length * dpi) for length in inches)
            assert (page.resolution_dpi, picture.mode, page.media_type) == (dpi, "L", "image/jpeg")

    asyncio.run(run())


def test_what_is_offered_is_read_as_it_stands() -> None:
    assert personalities_of("scanner") == tuple(sorted(USED)), "every document is used"
    for name in personalities_of("scanner"):
        assert read_capabilities(write_capabilities(offered_by(name))) == offered_by(name)
        origin = personality("scanner", name)["origin"]
        assert len(origin["commit"]) == 40
        assert "/" in origin["repository"]
        assert origin["path"]
        if habits_of(name) != Habits():
            sources = personality("scanner", name)["habits"]["origin"]
            assert all(one.keys() & {"path", "issue"} for one in sources)
    with pytest.raises(HarnessError, match="Meinten Sie „canon-d570“"):
        offered_by("canon-d57")


def test_vendor_and_model_are_told_apart_where_they_can_be() -> None:
    said = {name: maker(offered_by(name)) for name in personalities_of("scanner")}
    assert said["kyocera-ecosys-m2040dn"] == ("Kyocera", "ECOSYS M2040dn")
    assert said["hp-color-laserjet-mfp-m283fdw"] == ("HP", "Color LaserJet MFP M283fdw")
    assert said["hp-deskjet-2700"] == ("HP", "DeskJet 2700 All-in-One Printer series")
    assert said["canon-mf628cw"] == ("", "MF620C Series"), "no vendor is made up"
    assert said["canon-d570"] == ("", "CND570")


@pytest.mark.parametrize(
    ("options", "dpi", "mode"),
    [
        pytest.param({"resolution_dpi": 201}, 300, "L", id="at or above the wish"),
        pytest.param({"resolution_dpi": 2_400}, 300, "L", id="the highest below"),
        pytest.param({"resolution_dpi": 300, "max_dpi": 250}, 200, "L", id="the limit counts more than the wish"),
        pytest.param({"colour": True}, 200, "RGB", id="in colour"),
    ],
)
def test_a_profile_may_wish_for_more(options: dict[str, float], dpi: int, mode: str) -> None:
    page, _ = asyncio.run(scanned("hp-color-laser-mfp-179fnw", FEEDER, **options))
    assert (page.resolution_dpi, Image.open(io.BytesIO(page.data)).mode) == (dpi, mode)


def test_what_can_never_be_scanned_is_said_at_the_start() -> None:
    with pytest.raises(DeviceFault, match=r"nur mit 300 dpi; mehr als 200 dpi nimmt diese Kabine nicht") as caught:
        asyncio.run(scanned("canon-mf628cw", FEEDER, max_dpi=200))
    assert (caught.value.code, caught.value.retryable) == ("scanner.unsupported", False)
