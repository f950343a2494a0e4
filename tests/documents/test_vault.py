"""Nothing of citizen A is left for citizen B: a canary is searched in every byte of every file, while and after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lisa_core.domain.case.canonical import sha256
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.ids import BlobId
from lisa_core.papers.vault import MAX_BLOB, MemoryVault, PageVault, Proof, Vault

CANARY = b"KANARIENVOGEL-7f3a9c51"


@pytest.fixture(params=[lambda folder: Vault(folder), lambda folder: MemoryVault()], ids=["disk", "memory"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> PageVault:
    make: Callable[[Path], PageVault] = request.param
    return make(tmp_path / "visit")


def everything_in(folder: Path) -> bytes:
    """All names and all bytes below a folder."""
    found = sorted(folder.rglob("*"))
    return b"\n".join(
        [*(str(path).encode() for path in found), *(path.read_bytes() for path in found if path.is_file())]
    )


def test_the_canary_lies_nowhere_in_clear_and_after_erasing_nowhere_at_all(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "visit")
    names = [vault.put(CANARY * repeat)[0] for repeat in (1, 40, 4000)]
    assert len(everything_in(tmp_path)) > len(CANARY) * 4041
    assert CANARY not in everything_in(tmp_path)
    assert sha256(CANARY).encode() not in everything_in(tmp_path)
    assert [vault.get(name) for name in names] == [CANARY, CANARY * 40, CANARY * 4000]
    assert vault.erase() == Proof(removed=3, empty=True, key_dropped=True)
    assert list((tmp_path / "visit").iterdir()) == []


def test_files_are_for_this_user_only(tmp_path: Path) -> None:
    Vault(tmp_path / "visit").put(CANARY)
    assert (tmp_path / "visit").stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "visit").iterdir()] == [0]


def test_put_get_destroy(vault: PageVault) -> None:
    blob, digest = vault.put(CANARY)
    assert digest == sha256(CANARY)
    other, _ = vault.put(CANARY)
    assert other != blob
    vault.destroy(blob)
    vault.destroy(blob)
    with pytest.raises(LisaError, match="gibt es nicht"):
        vault.get(blob)
    assert vault.get(other) == CANARY
    assert vault.erase().removed == 1


def test_after_erasing_nothing_goes_in_or_out(vault: PageVault) -> None:
    blob, _ = vault.put(CANARY)
    assert vault.erase().holds
    for act in (lambda: vault.put(CANARY), lambda: vault.get(blob), lambda: vault.destroy(blob)):
        with pytest.raises(LisaError, match="vernichtet"):
            act()
    assert vault.erase() == Proof(removed=0, empty=True, key_dropped=True)


@pytest.mark.parametrize("size", [0, MAX_BLOB + 1])
def test_empty_and_huge_pages_are_refused(vault: PageVault, size: int) -> None:
    with pytest.raises(LisaError, match="Bytes groß"):
        vault.put(bytes(size))


@pytest.mark.parametrize("name", ["", "000009", "../../etc/passwd", "1"])
def test_names_that_were_never_given_out_read_nothing(vault: PageVault, name: str) -> None:
    vault.put(CANARY)
    with pytest.raises(LisaError, match="gibt es nicht"):
        vault.get(BlobId(name))


def test_altered_and_exchanged_files_are_noticed(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    first, second = vault.put(CANARY)[0], vault.put(CANARY)[0]
    files = {name: tmp_path / f"{name}.blob" for name in (first, second)}
    sealed = files[first].read_bytes()
    for altered in (bytes([sealed[0] ^ 1]) + sealed[1:], sealed[:-1], files[second].read_bytes(), b""):
        files[first].write_bytes(altered)
        with pytest.raises(LisaError, match="verändert"):
            vault.get(first)


def test_what_a_crash_leaves_is_unreadable_and_swept(tmp_path: Path) -> None:
    blob = Vault(tmp_path).put(CANARY)[0]
    with pytest.raises(LisaError, match=r"Vault\.sweep"):
        Vault(tmp_path)
    assert Vault.sweep(tmp_path) == Proof(removed=1, empty=True, key_dropped=True)
    with pytest.raises(LisaError, match="gibt es nicht"):
        Vault(tmp_path).get(blob)


def test_sweeping_spares_what_is_no_blob_and_then_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "notizen.txt").write_text("bleibt", encoding="utf-8")
    (tmp_path / "ordner.blob").mkdir()
    proof = Vault.sweep(tmp_path)
    assert not proof.holds
    assert (tmp_path / "notizen.txt").exists()
    assert Vault.sweep(tmp_path / "never there").holds
