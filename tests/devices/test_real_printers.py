"""The emulated printer as real models say that they are: each is asked by our driver, and prints or is refused."""

from __future__ import annotations

import asyncio

import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.ipp.values import offer_of
from emulator.personalities import personalities_of, personality
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault, HarnessError
from lisa_core.equipment.codecs.ipp.message import Group, Message, read_message, write_message
from lisa_core.equipment.codecs.ipp.words import GroupTag, StatusCode
from lisa_core.equipment.drivers.ipp.driver import open_ipp

PDF = b"%PDF-1.7\nEine Kopie\n%%EOF\n"
MODELS = {
    "brother-mfc-j5320dw": ("Brother", "MFC-J5320DW", False),
    "epson-xp-6000": ("EPSON", "XP-6000 Series", False),
    "hp-officejet-pro-6830": ("HP", "Officejet Pro 6830", False),
    "kyocera-ecosys-m2040dn": ("Kyocera", "ECOSYS M2040dn", True),
    "xerox-b235": ("Xerox", "B235 MFP", False),
}
"""Vendor and model as the driver reads them, and whether it takes PDF."""


@pytest.mark.parametrize("name", MODELS)
def test_each_model_is_asked_and_prints_or_says_why_not(name: str) -> None:
    vendor, model, takes_pdf = MODELS[name]

    async def run() -> None:
        world = HostedWorld()
        async with (
            open_ipp_printer(world, personality=name) as binding,
            open_ipp(binding, {"poll_s": 0.0}) as printer,
        ):
            who = await printer.identify()
            assert (who.vendor, who.model) == (vendor, model)
            if takes_pdf:
                await printer.check()
                await printer.hand_out(PDF, "Kopie")
            else:
                with pytest.raises(DeviceFault, match=r"nimmt kein PDF an, nur .*image/urf") as caught:
                    await printer.check()
                assert caught.value.code == "printer.refused"
                async with open_ipp(binding, {"poll_s": 0.0, "unlisted_pdf": True}) as unasked:
                    with pytest.raises(DeviceFault, match="kann das Dokument nicht drucken"):
                        await unasked.hand_out(PDF, "Kopie")
        assert len(world.state.tray) == takes_pdf

    asyncio.run(run())


def test_every_document_is_used_and_names_its_origin() -> None:
    assert personalities_of("ipp-printer") == tuple(sorted(MODELS))
    for name in MODELS:
        told = Message(StatusCode.OK, 1, (Group(GroupTag.PRINTER, offer_of(name)),))
        assert read_message(write_message(told)) == (told, b"")
        origin = personality("ipp-printer", name)["origin"]
        assert len(origin["commit"]) == 40
        assert "/" in origin["repository"]
        assert origin["path"]


def test_an_unknown_model_is_told_with_the_nearest() -> None:
    with pytest.raises(HarnessError, match="kyocera-ecosys-m2040dn"):
        offer_of("kyocera-ecosys-m2040")
