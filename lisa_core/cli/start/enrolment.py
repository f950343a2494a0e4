"""`lisa booth enrol`, started."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from lisa_core.access.booths import texts
from lisa_core.access.booths.book import BoothKey
from lisa_core.booth.enrolment import enrol
from lisa_core.cli.start.booth import dialler, no_answer
from lisa_core.cli.start.seal_key import seal_key
from lisa_core.domain.model.errors import DeviceFault, MachineError
from lisa_core.host.printable import printable

ANSWER_S = 20.0


async def start_enrolment(url: str, authority: Path | None, code: str, path: Path) -> None:
    dial, key = dialler(url, authority), seal_key(path)
    try:
        async with asyncio.timeout(ANSWER_S):
            done = await enrol(await dial(), code, key)
    except (DeviceFault, TimeoutError) as error:
        raise MachineError(no_answer(printable(url), error)) from error
    mark = BoothKey(key.public_key().public_bytes_raw().hex(), done.site, "").mark
    click.echo(texts.ENROLLED.format(printable(done.name), mark))
    click.echo(texts.ENROLLED_NEXT.format(printable(url), f" --authority {authority}" if authority else "", path))
