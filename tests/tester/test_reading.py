"""What is read off proves that somebody looked: the number stands on what a real printer gave out, else nowhere."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from lisa_core.domain.model.errors import NotCheckedError
from lisa_core.domain.visit.perception import Room
from lisa_core.equipment.slots.actor import Actor
from lisa_core.harness.steps.devices.paper_acts import _controlled, _test_sheet
from lisa_core.harness.tester.actor import GuidedActor
from lisa_core.harness.tester.panel import Answer, Panel, Reply
from tests.system.programs import PROFILE, started
from tests.tester.seat import seated

LONG = os.environ.get("LISA_LONG") == "1"
FEATURE = """\
# language: de
Funktionalität: Am echten Drucker

  Szenario: Das Blatt ist zu lesen
    Angenommen das Bürgerbüro Templin ist geöffnet
    Wenn der Drucker ein Testblatt druckt
    Dann liegt das Testblatt lesbar im Drucker
"""


class Tray:
    """What went to the printer: whoever stands there takes the sheet and looks at it."""

    def __init__(self) -> None:
        self.data = bytearray()

    def number(self) -> str:
        pdf = self.data[self.data.index(b"%PDF") : self.data.rindex(b"%%EOF") + 6]
        told = subprocess.run(["pdftotext", "-", "-"], input=bytes(pdf), check=True, capture_output=True).stdout
        found = re.search(r"Kontrollzahl (\d{3})", told.decode())
        assert found
        return found[1]


@contextlib.contextmanager
def relayed(host: str, port: int) -> Iterator[tuple[int, Tray]]:
    """On the way to the printer; yields the port to print to."""
    tray = Tray()

    def pump(source: socket.socket, sink: socket.socket, kept: bytearray | None) -> None:
        while data := source.recv(65536):
            if kept is not None:
                kept += data
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)

    def serve() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            printer = socket.create_connection((host, port))
            for way in ((client, printer, tray.data), (printer, client, None)):
                threading.Thread(target=pump, args=way, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], tray
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.skipif(not LONG, reason="zwei ganze Szenarien am Drucker: nur mit LISA_LONG=1")
def test_who_reads_the_number_off_has_looked(tmp_path: Path) -> None:
    (tmp_path / "blatt.feature").write_text(
        FEATURE + FEATURE.partition("\n\n")[2].replace("Das Blatt", "Noch ein Blatt"), encoding="utf-8"
    )
    with started(tmp_path, "emulate", "printer") as printer:
        host, _, port = printer.described()["url"].removeprefix("socket://").partition(":")
        with relayed(host, int(port)) as (own, tray):
            (tmp_path / "echt.toml").write_text(
                f'{PROFILE}[slots.printer]\nbinding = "socket://127.0.0.1:{own}"\n', encoding="utf-8"
            )
            with seated(tmp_path, "blatt.feature", "--profile", "echt.toml") as seat:
                seat.until("a und was dort steht: a 417")
                assert tray.number() not in seat.said
                seat.type(f"a {tray.number()}")
                seat.until("✓ Dann liegt das Testblatt lesbar im Drucker")
                seat.until("a und was dort steht")
                seat.type("a 000")
                seat.until("Das steht nicht da: Hinsehen.")
                seat.until("2 Szenarien: 1 bestanden, 1 nicht geprüft")
                assert seat.code() == 2


def test_each_sheet_is_as_long_as_the_others() -> None:
    sheet, number = _controlled()
    assert len(sheet) == len(_test_sheet())
    assert re.fullmatch(r"[1-9]\d\d", number)


@pytest.mark.parametrize(
    ("reply", "said", "raised"),
    [
        (Reply.READ, " 417 ", None),
        (Reply.READ, "471", NotCheckedError),  # who guesses proves nothing, for nor against the device
        (Reply.NO, "", AssertionError),
        (Reply.CANNOT, "kein Papier", NotCheckedError),
    ],
)
def test_only_what_stands_there_counts(reply: Reply, said: str, raised: type[Exception] | None) -> None:
    async def play() -> None:
        panel = Panel(60)
        kept: list[Answer] = []
        actor = GuidedActor(
            cast("Actor", None),
            frozenset({"printer"}),
            panel,
            lambda button: asyncio.sleep(0, button),
            kept.append,
            lambda: cast("Room", None),
            lambda slots, tester=False: None,
        )
        reading = asyncio.create_task(actor.reads("Welche Zahl?", "417"))
        asked = await panel.changed(None)
        assert asked
        panel.answer(asked.number, reply, said, "Terminal")
        with contextlib.nullcontext() if raised is None else pytest.raises(raised):
            await reading
        assert [one.reply for one in kept] == [reply]

    asyncio.run(play())
