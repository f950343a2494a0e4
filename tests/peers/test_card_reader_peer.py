"""The emulated cards behind vsmartcard's virtual reader and pcscd: pcsc_scan sees them, and so does our driver."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.peers.clients import Client
from tests.peers.conftest import missing
from tests.tidy.sources import ROOT

pytestmark = pytest.mark.peer

ACCEPTED = (
    Client(
        "card-reader",
        "vsmartcard vpcd",
        "3.3",
        "Debian",
        "client",
        "test_pcsc_scan_sees_the_cards",
        "cards laid on and taken away, their answers to reset",
    ),
    Client(
        "card-reader",
        "pcsc_scan",
        "1.6.2",
        "Debian",
        "client",
        "test_pcsc_scan_sees_the_cards",
        "presence and answers to reset, through pcscd and vpcd",
    ),
    Client(
        "card-reader",
        "opensc-tool (OpenSC)",
        "0.23.0",
        "Debian",
        "client",
        "test_others_see_the_card_and_get_nothing_from_it",
        "readers, answer to reset, a command that the card refuses",
    ),
    Client(
        "card-reader",
        "pyscard",
        "2.0.5",
        "Debian",
        "client",
        "test_others_see_the_card_and_get_nothing_from_it",
        "a monitor that sees a card come and go, a connection, a command that the card refuses",
    ),
    Client(
        "card-reader",
        "scriptor",
        "1.6.2",
        "Debian",
        "client",
        "test_others_see_the_card_and_get_nothing_from_it",
        "a reset, a command that the card refuses",
    ),
    Client(
        "card-reader",
        "pcscd",
        "1.9.9",
        "Debian",
        "server",
        "test_our_driver_sees_what_pcscd_sees",
        "presence and kind; a card that cannot be read; the service ends and comes back",
    ),
)
PYSCARD = Path("/usr/lib/python3/dist-packages/smartcard")
VPCD = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
APART = ("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")


def _apart(what: str) -> None:
    if not VPCD.exists():
        missing("vsmartcard-vpcd fehlt: nicht geprüft")
    if subprocess.run([*APART, "true"], check=False, capture_output=True).returncode:
        missing("pcscd läuft nur in Namensräumen, die es hier nicht gibt: nicht geprüft")
    command = [*APART, sys.executable, "-m", "tests.peers.behind_pcscd", what]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=os.environ, timeout=90)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pcsc_scan_sees_the_cards(need: Callable[[str], str]) -> None:
    need("pcscd")
    need("pcsc_scan")
    _apart("scan")


def test_others_see_the_card_and_get_nothing_from_it(need: Callable[[str], str]) -> None:
    for program in ("pcscd", "opensc-tool", "scriptor"):
        need(program)
    if not PYSCARD.exists():
        missing("python3-pyscard fehlt: nicht geprüft")
    _apart("ask")


def test_our_driver_sees_what_pcscd_sees(need: Callable[[str], str]) -> None:
    need("pcscd")
    _apart("driver")
