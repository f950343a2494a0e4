"""Any byte of the stores of both programs may be altered or gone: they start, say so, and the next start is clean.

The stores are real ones: of programs that were killed in the middle of a visit, with an application in the inbox.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.model import case_events as ev
from lisa_core.domain.model.ids import OfficeId
from lisa_core.papers.seal import build
from lisa_core.papers.vault import MemoryVault
from lisa_core.store.inbox import FolderInbox, InboxEntry
from tests.documents.cases import OCCASION, SPEC, STROKES, run, signed_case
from tests.store.booth_to_kill import Kill, live
from tests.store.test_booth_killed import EXCHANGE, lived

LONG = os.environ.get("LISA_LONG") == "1"
CASES = 1500 if LONG else 24
NUMBER = "20250716-101300-templin-0001"
OFFICE = OfficeId("wohngeldstelle")


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def cut(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def blank(path: Path, chance: random.Random) -> None:
    """A sector that reads as zeros."""
    data = bytearray(path.read_bytes())
    start = chance.randrange(len(data)) // 512 * 512
    data[start : start + 512] = bytes(len(data[start : start + 512]))
    path.write_bytes(data)


def remove(path: Path, chance: random.Random) -> None:
    path.unlink()


HARMS: tuple[Callable[[Path, random.Random], None], ...] = (flip, flip, flip, cut, cut, blank, remove)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Both data folders, and the digest of the application."""
    folder = tmp_path_factory.mktemp("whole")
    assert lived(folder, "s1", Kill(EXCHANGE, 9, True), visitor="paper") == -signal.SIGKILL
    vault = MemoryVault()
    case, _ = run(signed_case(vault), ev.HandIn())
    key = Ed25519PrivateKey.generate()
    sealed = build(case, SPEC, OCCASION, vault=vault, strokes=STROKES, seal_key=key)
    inbox = FolderInbox(folder / "exchange" / "inbox")
    inbox.store(InboxEntry(NUMBER, OFFICE, OCCASION.at.isoformat(), sealed.digest), sealed.package)
    shutil.copytree(folder / "exchange" / "inbox", folder / "inbox")  # as a kill leaves it
    inbox.close()
    shutil.rmtree(folder / "exchange" / "inbox")
    (folder / "inbox").rename(folder / "exchange" / "inbox")
    return folder, sealed.digest


@pytest.mark.timeout(3600 if LONG else 120)
def test_it_comes_up_says_what_is_lost_and_is_clean_then(
    whole: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, digest = whole
    chance = random.Random(int(os.environ.get("LISA_SEED", "1")))
    files = sorted(path.relative_to(base) for path in base.rglob("*") if path.is_file())
    assert {"exchange.sqlite-wal", "eingang.sqlite-wal", f"{NUMBER}.lisa.zip"} <= {path.name for path in files}
    for case in range(CASES):
        folder = tmp_path / "home"
        shutil.copytree(base, folder)
        name, harm = files[case % len(files)], chance.choice(HARMS)
        harm(folder / name, chance)
        what = f"case {case}: {harm.__name__} {name}"
        live(folder, "s2", Kill(), "")
        capsys.readouterr()
        live(folder, "s3", Kill(), "")
        assert capsys.readouterr().err == "", f"{what}: the second start has nothing to say"
        if name.name != f"{NUMBER}.lisa.zip":
            assert received(folder) == {digest: NUMBER}, f"{what}: what was handed in is handed in, under its number"
        shutil.rmtree(folder)


def received(folder: Path) -> dict[str, str]:
    inbox = FolderInbox(folder / "exchange" / "inbox")
    try:
        return {row.entry.digest: row.entry.number for row in inbox._list.rows.values() if not row.fault}
    finally:
        inbox.close()
