"""The book of keys: whatever is done to it in whatever order, a site has one key at most and a key never comes back."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from lisa_core.access.booths.book import (
    KeyBook,
    KeyEnd,
    is_key,
    open_codes,
    over_of,
    with_code,
    with_key,
    without_key,
)
from lisa_core.access.booths.kept import FolderBook
from lisa_core.cli.start.seal_key import seal_key
from lisa_core.domain.model.errors import LisaError, MachineError
from lisa_core.domain.model.ids import SiteId
from lisa_core.store.key_book import FILE

TEMPLIN, LYCHEN = SiteId("templin"), SiteId("lychen")
START = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
KEYS = tuple(f"{number:02x}" * 32 for number in range(4))
CODES = tuple("ABCD"[number] * 12 for number in range(4))

Act = tuple[str, SiteId, int, int, bool]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("code", "key", "revoke")),
        st.sampled_from((TEMPLIN, LYCHEN)),
        st.integers(0, 3),
        st.integers(0, 30),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=50)
@given(ACTS)
def test_one_key_for_a_site_and_none_twice_whatever_is_done(acts: list[Act]) -> None:
    book, now, spent = KeyBook(), START, set[str]()
    for what, site, number, hours, replaces in acts:
        now += timedelta(hours=hours)
        before = book
        with contextlib.suppress(LisaError):
            match what:
                case "code" if CODES[number] not in spent:
                    book = with_code(book, site, CODES[number], now, DAY, replaces=replaces)
                    spent.add(CODES[number])
                case "key":
                    book, entered = with_key(book, CODES[number], KEYS[number], now)
                    if book is not before:
                        assert any(one.site == entered and not one.used_by for one in before.codes)
                case _:
                    book = without_key(book, site, now)
                    assert book.valid(site) is None
                    assert site not in {one.site for one in open_codes(book, now)}
        for site in (TEMPLIN, LYCHEN):
            assert sum(key.site == site and not key.until for key in book.keys) <= 1
            for key in KEYS:
                known, valid = book.named(key), book.valid(site)
                has_to_go = (known is not None and bool(known.until)) or (valid is not None and valid.key != key)
                assert over_of(book, {site: key}) == ([site] if has_to_go else [])
        assert len({key.key for key in book.keys}) == len(book.keys)
        over = {key.key for key in before.keys if key.until}
        assert over <= {key.key for key in book.keys if key.until}, "a key came back"
        assert book.begun or not before.begun


@pytest.mark.parametrize(
    ("typed", "after", "wrong"),
    [
        ("abcd-efgh-jklm", timedelta(hours=23), False),
        (" ABCDEFGHJKLM ", timedelta(0), False),
        ("ABCDEFGHJKLM", timedelta(hours=24), True),
        ("ABCDEFGHJKLN", timedelta(0), True),
        ("", timedelta(0), True),
    ],
)
def test_a_code_counts_as_long_as_it_does_however_it_is_typed(typed: str, after: timedelta, wrong: bool) -> None:
    book = with_code(KeyBook(), TEMPLIN, "ABCDEFGHJKLM", START, DAY, replaces=False)
    if wrong:
        with pytest.raises(LisaError, match="Dieser Code gilt nicht"):
            with_key(book, typed, KEYS[0], START + after)
    else:
        assert with_key(book, typed, KEYS[0], START + after)[1] == TEMPLIN


def test_a_lost_answer_is_given_again_and_a_used_code_serves_nobody_else() -> None:
    book, _ = with_key(with_code(KeyBook(), TEMPLIN, CODES[0], START, DAY, replaces=False), CODES[0], KEYS[0], START)
    assert with_key(book, CODES[0], KEYS[0], START) == (book, TEMPLIN)
    with pytest.raises(LisaError, match="gilt nicht"):
        with_key(book, CODES[0], KEYS[1], START)
    with pytest.raises(LisaError, match=r"hat schon einen Schlüssel .* --replace"):
        with_code(book, TEMPLIN, CODES[1], START, DAY, replaces=False)
    other = with_code(book, LYCHEN, CODES[1], START, DAY, replaces=False)
    with pytest.raises(LisaError, match="schon eingetragen"):
        with_key(other, CODES[1], KEYS[0], START)
    new, _ = with_key(with_code(book, TEMPLIN, CODES[2], START, DAY, replaces=True), CODES[2], KEYS[2], START)
    assert [key.why for key in new.keys] == [KeyEnd.REPLACED, None]
    gone = without_key(new, TEMPLIN, START)
    with pytest.raises(LisaError, match="gilt nie wieder"):
        with_key(with_code(gone, TEMPLIN, CODES[3], START, DAY, replaces=False), CODES[3], KEYS[0], START)


def test_a_key_has_one_spelling() -> None:
    assert is_key("ab" * 32)
    assert not any(map(is_key, ("AB" * 32, "ab" * 31, "ab" * 33, "٣" * 64, " " * 64, "")))


@pytest.mark.parametrize("sign", [0x00, 0x80])
@pytest.mark.parametrize("point", ["01" + "00" * 31, "ee" + "ff" * 30 + "7f"])
def test_a_key_for_which_everybody_can_sign_is_none(point: str, sign: int) -> None:
    """The neutral point, in its spellings: a signature of the neutral point and zero fits whatever is said."""
    key = bytes.fromhex(point)[:-1] + bytes([int(point[-2:], 16) | sign])
    Ed25519PublicKey.from_public_bytes(key).verify(bytes([1, *[0] * 63]), b"whatever")
    assert not is_key(key.hex())


def test_two_at_once_cannot_both_use_a_code(tmp_path: Path) -> None:
    books = [FolderBook(tmp_path) for _ in range(4)]
    books[0].change(lambda book: (with_code(book, TEMPLIN, CODES[0], START, DAY, replaces=False), None))
    for book in books:
        book.close()
    entered, ready = list[str](), threading.Barrier(4)

    def enter(key: str) -> None:
        mine = FolderBook(tmp_path)
        ready.wait()
        with contextlib.suppress(LisaError):
            mine.change(lambda book: with_key(book, CODES[0], key, START))
            entered.append(key)
        mine.close()

    threads = [threading.Thread(target=enter, args=(key,)) for key in KEYS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [key.key for key in FolderBook(tmp_path).read().keys] == entered
    assert len(entered) == 1


@pytest.mark.parametrize("damage", ["text = replace(text, 'templin', 'lychen')", "text = '{}'", "crc = crc + 1"])
def test_nobody_is_let_in_by_a_book_that_was_altered(damage: str, tmp_path: Path) -> None:
    book = FolderBook(tmp_path)
    book.change(lambda book: (with_code(book, TEMPLIN, CODES[0], START, DAY, replaces=False), None))
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute(f"update book set version = version + 1, {damage}")
    with pytest.raises(MachineError, match="verändert oder beschädigt"):
        book.read()
    with pytest.raises(MachineError, match=r"booth_keys\.sqlite: Das Verzeichnis der Schlüssel"):
        FolderBook(tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_rubbish_in_the_place_of_the_book_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"SQLite format 3\0" + b"rubbish" * 1_000)
    with pytest.raises(MachineError, match="lässt sich nicht lesen"):
        FolderBook(tmp_path)


SHUT, OPEN, FOREIGN = "Jetzt darf es nur noch der Besitzer", "Rechte einschränken: chmod 600", "einem anderen Benutzer"
KEPT: Mapping[str, tuple[int, int, Mapping[str, int], str]] = {
    "open to all": (0o644, 0o600, {}, SHUT),
    "open to its group": (0o640, 0o600, {}, SHUT),
    "shared with a group": (0o640, 0o640, {"getegid": 1}, ""),
    "shared with a group and all": (0o644, 0o640, {"getegid": 1}, "der Besitzer und die Gruppe der Datei;"),
    "root's, for our group": (0o640, 0o640, {"geteuid": 1}, ""),
    "root's, open to all": (0o644, 0o644, {"geteuid": 1}, FOREIGN),
    "where nothing can be changed": (0o644, 0o644, {"chmod": 0}, OPEN),
    "nobody else's": (0o600, 0o600, {"chmod": 0}, ""),
}
"""Rights of a key before and after the start of its booth, what of the machine is otherwise, and what is told."""


@pytest.mark.parametrize("case", KEPT)
def test_a_booth_starts_with_a_key_that_others_can_read_shuts_its_own_and_says_only_what_is_so(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, otherwise, said = KEPT[case]
    path = tmp_path / "k.pem"
    key = seal_key(path)
    path.chmod(before)
    for name, more in otherwise.items():
        if name == "chmod":
            monkeypatch.setattr(Path, "chmod", _on_a_read_only_disk)
        else:
            monkeypatch.setattr(os, name, partial(int, getattr(os, name)() + more))
    assert seal_key(path).private_bytes_raw() == key.private_bytes_raw()
    assert path.stat().st_mode & 0o777 == after
    told = capsys.readouterr().err
    assert said in told
    assert bool(told) == bool(said)
    assert (SHUT in told) == (said == SHUT)


def _on_a_read_only_disk(path: Path, mode: int) -> None:
    raise OSError(errno.EROFS, "read-only", str(path))


def test_what_is_no_key_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "andere.txt").write_text("keiner")
    (tmp_path / "andere.txt").chmod(0o644)
    with pytest.raises(LisaError, match="kein Siegelschlüssel"):
        seal_key(tmp_path / "andere.txt")
    assert (tmp_path / "andere.txt").stat().st_mode & 0o777 == 0o644
