"""Nothing of a visitor is left in any memory once she is wiped: all writable memory of the programs is read for it.

What cannot be reached this way: memory of the kernel (buffers of sockets, pipes and ptys), of devices, of the graphics
card, and pages that were swapped out before. Faces and voices have no canary: they are never twice the same bytes.
"""

from __future__ import annotations

import asyncio
import base64
import io
import zipfile
from functools import partial
from pathlib import Path

from lisa_core.desk.client import DeskClient
from tests.system.memory import family, looked_through, spelled, telling, until_gone
from tests.system.programs import Program, need_root
from tests.system.visits import Place, answers, apply, leave, open_place, talk

PERSONAL = ("name", "vorname", "anschrift", "iban")
NUMBER = "Nummer"
"""The office's own reference: the exchange has it in the list of its inbox."""


def test_nothing_of_a_visitor_is_left_in_the_memory_of_booth_and_exchange_and_none_is_dumped(tmp_path: Path) -> None:
    need_root("liest fremden Arbeitsspeicher")

    async def scenario() -> None:
        async with open_place(tmp_path) as place:
            desk, screen = await place.desk("brandt"), await place.screen()
            await talk(place, desk)
            said = answers()
            await apply(place, desk, screen, said)
            canaries = planted(place, desk, said)
            iban = {name: data for name, data in canaries.items() if name.startswith("iban")}
            assert (await asyncio.to_thread(looked_through, {place.booth.pid}, iban)).found, (
                "the test would see nothing"
            )
            await leave(place, desk, screen)
            await gone(place, canaries)
            for program in (place.booth, place.exchange):
                writes_no_dump(program)

    asyncio.run(scenario())


def writes_no_dump(program: Program) -> None:
    """A crash puts no memory on a disk."""
    limits = Path(f"/proc/{program.pid}/limits").read_text(encoding="ascii").splitlines()
    [core] = [line.split()[4:6] for line in limits if line.startswith("Max core file size")]
    assert core == ["0", "0"]


def planted(place: Place, desk: DeskClient, said: dict[str, str]) -> dict[str, bytes]:
    """Everything of hers that can be known again: answers, signature, pages and pictures of them, what was sealed."""
    form = desk.case.form
    assert form is not None
    assert form.receipt is not None
    canaries = {key: data for name in PERSONAL for key, data in spelled(name, said[name]).items()}
    svg = form.signature_svg
    at = svg.index(' d="M') + 30
    canaries |= spelled("signature", svg[at : at + 32]) | spelled(NUMBER, form.receipt.number)
    for number, preview in enumerate(desk.previews.values()):
        canaries[f"preview {number}"] = telling(preview)
        canaries[f"preview {number}, base64"] = telling(base64.b64encode(preview))
    [package] = place.data.rglob("*.lisa.zip")
    sealed = package.read_bytes()
    canaries["package"] = telling(sealed)
    with zipfile.ZipFile(io.BytesIO(sealed)) as archive:
        written = archive.read("unterschrift.json")
        canaries["strokes"] = written[len(written) // 2 :][:32]
        canaries |= {name: telling(archive.read(name)) for name in archive.namelist() if name.endswith(".jpg")}
    return canaries


async def gone(place: Place, canaries: dict[str, bytes]) -> None:
    """Soon, since the last acknowledgements come half a second later, and the exchange frees every ten seconds."""
    kept = {name: data for name, data in canaries.items() if not name.startswith(NUMBER)}
    for program, sought in ((place.booth, canaries), (place.exchange, kept)):
        looked = await until_gone(partial(family, program.pid), sought, "the memory of a program")
        assert looked.read > 20_000_000
        assert not looked.unread
