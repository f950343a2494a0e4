"""The emulated printer as real models say that they are: each is asked by our driver, and prints or is refused."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import subprocess

import pytest
from PIL import Image, ImageChops

from emulator.devices.ipp.server import open_ipp_printer
from emulator.devices.ipp.values import offer_of
from emulator.personalities import personalities_of, personality
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import HarnessError
from lisa_core.equipment.codecs.ipp.message import Group, Message, read_message, write_message
from lisa_core.equipment.codecs.ipp.values import Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, StatusCode
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from lisa_core.equipment.drivers.ipp.form import PrintForm, chosen_form
from lisa_core.equipment.drivers.ipp.identity import identity_of
from tests.devices.drawn_paper import paper

A4 = (attribute("media", Tag.KEYWORD, "iso_a4_210x297mm"), attribute("sides", Tag.KEYWORD, "one-sided"))
PAPER = paper()
MODELS = {
    "brother-mfc-j5320dw": ("Brother", "MFC-J5320DW", PrintForm("image/pwg-raster", "sgray_8", 300, A4)),
    "epson-xp-6000": ("EPSON", "XP-6000 Series", PrintForm("image/pwg-raster", "sgray_8", 360, A4)),
    "hp-officejet-pro-6830": ("HP", "Officejet Pro 6830", PrintForm("image/urf", "sgray_8", 300, A4)),
    "kyocera-ecosys-m2040dn": ("Kyocera", "ECOSYS M2040dn", PrintForm("application/pdf")),
    "xerox-b235": ("Xerox", "B235 MFP", PrintForm("image/pwg-raster", "black_8", 300, A4)),
}
"""Vendor and model as the driver reads them, and as what it sends a paper."""


SLOW = pytest.mark.skipif(not os.environ.get("LISA_LONG"), reason="zeichnet Seiten, wie es andere hier schon tun")


def test_each_model_is_known_and_sent_what_it_reads() -> None:
    for name, (vendor, model, form) in MODELS.items():
        told = Group(GroupTag.PRINTER, offer_of(name))
        who = identity_of(told)
        assert (who.vendor, who.model, chosen_form(told)) == (vendor, model, form)


@pytest.mark.parametrize(
    "name", ["brother-mfc-j5320dw", *(pytest.param(one, marks=SLOW) for one in [*MODELS][1:] if "kyocera" not in one)]
)
def test_each_page_lies_in_the_tray_as_it_is_drawn(name: str) -> None:
    form = MODELS[name][2]

    async def run() -> None:
        world = HostedWorld()
        async with (
            open_ipp_printer(world, personality=name) as binding,
            open_ipp(binding, {"poll_s": 0.0}) as printer,
        ):
            await printer.check()
            await printer.hand_out(PAPER, "Kopie")
        title, digests = world.state.tray[0].rsplit(" ", 1)
        assert (title, digests.split(":")[1:]) == ("Kopie", [digest_of(number, form) for number in (1, 2)])

    asyncio.run(run())


def digest_of(number: int, form: PrintForm) -> str:
    """Of the pixels of a page of `PAPER`, drawn here by another way."""
    command = ("pdftoppm", "-r", str(form.dpi), "-gray", "-f", str(number), "-l", str(number), "-")
    picture = Image.open(io.BytesIO(subprocess.run(command, input=PAPER, capture_output=True, check=True).stdout))
    upright = picture.rotate(90, expand=True) if picture.width > picture.height else picture
    size = (round(210 / 25.4 * form.dpi), round(297 / 25.4 * form.dpi))
    cut = upright.crop((0, 0, *size))
    return hashlib.sha256((ImageChops.invert(cut) if form.kind == "black_8" else cut).tobytes()).hexdigest()


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
