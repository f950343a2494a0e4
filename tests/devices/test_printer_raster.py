"""Papers for printers that read no PDF: what is chosen, what cannot be drawn, and half a page that is never a page."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import pytest

from emulator.devices.ipp.server import open_ipp_printer
from emulator.world.live_world import HostedWorld
from lisa_core.domain.model.errors import DeviceFault
from lisa_core.equipment.codecs.ipp.message import Group, Message
from lisa_core.equipment.codecs.ipp.values import Attribute, Resolution, Tag, attribute
from lisa_core.equipment.codecs.ipp.words import GroupTag, Operation, PrintJobState
from lisa_core.equipment.codecs.raster.lines import RasterPage
from lisa_core.equipment.codecs.raster.pwg import write_pwg
from lisa_core.equipment.codecs.raster.urf import write_urf
from lisa_core.equipment.drivers.ipp.driver import open_ipp
from lisa_core.equipment.drivers.ipp.form import PrintForm, UnprintableError, chosen_form
from lisa_core.equipment.drivers.ipp.talk import IppTalk
from lisa_core.equipment.lines.http import open_http
from lisa_core.equipment.lines.programs.drawing import drawn
from tests.devices.drawn_paper import paper

BROTHER = "brother-mfc-j5320dw"


def offers(*formats: str, kinds: Sequence[str] = (), dpi: Sequence[int] = (), urf: Sequence[str] = ()) -> Group:
    """A printer that takes this."""
    told = [attribute("document-format-supported", Tag.MIME_TYPE, *formats)]
    told += [attribute("pwg-raster-document-type-supported", Tag.KEYWORD, *kinds)] if kinds else []
    dots = [Resolution(one, one) for one in dpi]
    told += [attribute("pwg-raster-document-resolution-supported", Tag.RESOLUTION, *dots)] if dots else []
    told += [attribute("urf-supported", Tag.KEYWORD, *urf)] if urf else []
    return Group(GroupTag.PRINTER, tuple(told))


PWG, URF = "image/pwg-raster", "image/urf"


@pytest.mark.parametrize(
    ("printer", "form"),
    [
        (offers("application/pdf", PWG), PrintForm("application/pdf")),
        (offers(PWG), PrintForm(PWG, "sgray_8", 300)),
        (offers(PWG, kinds=("black_1", "srgb_8"), dpi=(600, 360, 180)), PrintForm(PWG, "srgb_8", 360)),
        (offers(PWG, kinds=("black_1",), dpi=(150, 200)), PrintForm(PWG, "black_1", 200)),
        (offers(URF, PWG, kinds=("adobe-rgb_16",), urf=("SRGB24", "RS600")), PrintForm(URF, "srgb_8", 600)),
        (offers(URF, urf=("W8-16", "RS300-600", "SRGB24")), PrintForm(URF, "sgray_8", 300)),
        (offers(URF, urf=("W8", "RS", "RSx-99999999999")), PrintForm(URF, "sgray_8", 300)),
    ],
)
def test_a_printer_gets_what_it_reads_best(printer: Group, form: PrintForm) -> None:
    assert chosen_form(printer) == form


@pytest.mark.parametrize("printer", [offers("image/jpeg"), offers(URF), offers(PWG, kinds=("cmyk_8",))])
def test_one_that_reads_nothing_of_ours_is_told(printer: Group) -> None:
    with pytest.raises(UnprintableError, match="weder PDF noch Raster an, nur image/"):
        chosen_form(printer)


def test_without_the_program_that_draws_the_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    async def run() -> None:
        async with open_ipp_printer(HostedWorld(), personality=BROTHER) as binding, open_ipp(binding, {}) as printer:
            with pytest.raises(DeviceFault, match=r"fehlt „pdftoppm“.*poppler-utils") as caught:
                await printer.check()
            assert (caught.value.code, caught.value.retryable) == ("printer.refused", False)

    asyncio.run(run())


def test_a_paper_that_cannot_be_drawn_is_told_and_leaves_nothing_in_the_printer() -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world, personality=BROTHER) as binding, open_ipp(binding, {}) as printer:
            with pytest.raises(DeviceFault, match="pdftoppm kann das Dokument nicht zeichnen") as caught:
                await printer.hand_out(b"%PDF-1.7\n%%EOF\n", "Kopie")
            assert caught.value.code == "printer.refused"
        assert world.state.tray == ()

    asyncio.run(run())


def test_drawing_that_is_given_up_leaves_no_process() -> None:
    async def run() -> None:
        async with contextlib.aclosing(drawn(paper(), 300, "grey")) as pages:
            await anext(pages)  # the second page waits in a pipe that nobody reads
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def page(kind: str = "sgray_8", dpi: int = 300, byte: bytes = b"\x80") -> RasterPage:
    return RasterPage(kind, 8, 4, (dpi, dpi), byte * 32)


HALF = write_pwg([page()])[:-3]


@pytest.mark.parametrize(
    ("document", "state", "tray"),
    [
        (write_pwg([page()]), PrintJobState.COMPLETED, "Kopie "),
        (write_pwg([page(byte=b"\xff")]), PrintJobState.COMPLETED, "Kopie (leer) "),
        (write_urf([page(), page()]), PrintJobState.COMPLETED, "Kopie "),
        (HALF, PrintJobState.ABORTED, ""),
        (write_pwg([page(), page()])[:-3], PrintJobState.ABORTED, ""),
        (write_urf([page(), page()])[:-3], PrintJobState.ABORTED, ""),
        (write_pwg([page("black_8")]), PrintJobState.ABORTED, ""),
        (write_pwg([page(dpi=600)]), PrintJobState.ABORTED, ""),
        (b"\xff\xd8\xff\xe0 half of a picture", PrintJobState.ABORTED, ""),
        (b"%!PS-Adobe-3.0\nshowpage\n", PrintJobState.ABORTED, ""),
    ],
)
def test_half_a_document_is_none(document: bytes, state: PrintJobState, tray: str) -> None:
    async def run() -> None:
        world = HostedWorld()
        async with open_ipp_printer(world, personality=BROTHER) as binding:
            assert await printed(binding, document) == state
        assert [sheet[: len(tray)] for sheet in world.state.tray] == ([tray] if tray else [])

    asyncio.run(run())


async def printed(binding: str, document: bytes) -> int:
    """What becomes of a job whose format is left open."""
    async with open_http(binding.replace("ipp://", "http://")) as http:
        talk = IppTalk(http, binding)
        job = number(await talk.ask(Operation.PRINT_JOB, called("Kopie"), document=document), "job-id")
        while (state := number(await talk.ask(Operation.GET_JOB_ATTRIBUTES, job_id(job)), "job-state")) < 7:
            await asyncio.sleep(0)
    return state


def number(answer: Message, name: str) -> int:
    (found,) = answer.group(GroupTag.JOB).all(name)
    assert isinstance(found, int)
    return found


def called(name: str) -> Attribute:
    return attribute("job-name", Tag.NAME, name)


def job_id(job: int) -> Attribute:
    return attribute("job-id", Tag.INTEGER, job)
