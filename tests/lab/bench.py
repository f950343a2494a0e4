"""The vendor's bench: strangers' devices that run, and hands that do there what a run asks for on its page."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[2]
PAGE = re.compile(r"unter http://(\S+)/")
OPEN, SHUT, BOTH = "unit 0 0", "unit 1 0", "unit 0 1"
SWING_S = 0.2
Acts = Sequence[str | float]
"""What is done at the devices, one after the other; a number is a pause in seconds."""
INSIDE: Acts = (OPEN, SWING_S, "radar 140", SWING_S, SHUT)
OUTSIDE: Acts = (OPEN, SWING_S, "radar -", SWING_S, SHUT)
ORDERS: Mapping[str, Acts] = {
    "Durch die Tür ins Bürgerbüro gehen": INSIDE,
    "Eine zweite Person kommt": INSIDE,
    "Auf den Stuhl setzen": ("radar 90",),
    "Vom Stuhl aufstehen": ("radar 120",),
    "Durch die Tür gehen und 250 cm": (OPEN, SWING_S, "radar 250", SWING_S, SHUT),
    "Alle Unterlagen nehmen, hinausgehen": OUTSIDE,
    "Alles liegen lassen, hinausgehen": OUTSIDE,
    "Der Präsenzsensor meldet jemanden": OUTSIDE,
    "Der Präsenzsensor meldet nichts": ("radar on",),
    "Den Präsenzsensor vom Strom": ("radar off",),
    "Den Präsenzsensor wieder": ("radar on",),
    "Den Türkontakt vom Strom": ("unit off",),
    "Den Türkontakt wieder": ("unit on",),
    "Den Drucker vom Strom": ("printer off",),
    "Den Drucker wieder": ("printer on",),
    "Die Tür öffnen und offen lassen; an ihr": (BOTH,),
    "Die Tür öffnen": (OPEN,),
    "Die Tür schließen": (SHUT,),
}


CABLES: Mapping[str, Acts] = {
    "slots.presence": ("radar on",),
    "slots.door": ("unit on",),
    "slots.printer": ("printer on",),
}
"""What is plugged in again where a run names it before a scenario."""


class Devices(Protocol):
    """What stands on a bench."""

    def do(self, acts: Acts) -> None:
        """Do this at them, one after the other."""
        ...


class Bench:
    """The strangers' program, and what is said to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        command = [sys.executable, str(Path(__file__).with_name("strangers.py")), str(folder)]
        self._program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._nothing = threading.Event()
        self._hears("ready")
        self.radar, self.unit = folder / "radar", folder / "unit"

    def do(self, acts: Acts) -> None:
        for act in acts:
            if isinstance(act, str):
                assert self._program.stdin is not None
                self._program.stdin.write(f"{act}\n")
                self._program.stdin.flush()
                self._hears("ok")
            else:
                self._nothing.wait(act)  # how long the way through a door takes

    def close(self) -> None:
        self._program.kill()
        self._program.communicate()

    def _hears(self, word: str) -> None:
        assert self._program.stdout is not None
        assert self._program.stdout.readline().strip() == word


@contextlib.contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    opened = Bench(folder)
    try:
        yield opened
    finally:
        opened.close()


@dataclass
class Hands:
    """Who answers on the tester's page; what was asked, and how long it took to do it."""

    bench: Devices
    asked: list[str] = field(default_factory=list)
    busy_s: float = 0.0

    def answer(self, address: str) -> None:
        """Answer until the page is gone."""
        with contextlib.suppress(ConnectionClosed, OSError), connect(f"ws://{address}/ws", proxy=None) as page:
            seen = 0
            for said in page:
                one = json.loads(said)["asked"]
                if one is None or one["number"] == seen:
                    continue
                seen, since_s = one["number"], time.monotonic()
                reply = self._done(one["text"], one["replies"])
                page.send(json.dumps({"number": seen, "reply": reply, "reason": ""}))
                self.busy_s += time.monotonic() - since_s

    def _done(self, text: str, replies: Sequence[str]) -> str:
        self.asked.append(text)
        if "ja" in replies:
            return "ja"
        known = [acts for begin, acts in ORDERS.items() if text.startswith(begin)]
        known += [acts for name, acts in CABLES.items() if name in text]
        if not known:
            return "geht nicht"
        self.bench.do(known[0])
        return replies[0]


def certified(command: Sequence[str], folder: Path, hands: Hands) -> tuple[int, str]:
    """A run of `lisa certify` whose page these hands serve: its exit code, and all that it said."""
    said = ""
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            said += line
            if found := PAGE.search(line):
                threading.Thread(target=hands.answer, args=(found[1],), daemon=True).start()
    return program.returncode, said
