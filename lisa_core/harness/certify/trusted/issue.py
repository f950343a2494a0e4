"""A list of trust as people write it (TOML), checked with every mistake at once, and signed by the authority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field

from lisa_core.config.toml import Table, check, read_toml
from lisa_core.domain.case.canonical import canonical_json
from lisa_core.domain.model.errors import LisaError
from lisa_core.domain.model.json_types import JsonDict
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.gather import read_bytes
from lisa_core.harness.certify.trusted.listed import FORMAT, LIST_TYPE


class HeadTable(Table):
    """`[liste]`: whose list it is, of which day, and until when it may be used."""

    von: str
    stand: date
    gilt_bis: date


class KeyTable(Table):
    """`[[schluessel]]`: a file with a public key beside the list, whose it is, and for what."""

    name: str
    datei: str
    rolle: Literal["hersteller", "annahme"]
    klassen: list[str] = Field(default_factory=list)
    gilt_ab: date | None = None
    gilt_bis: date | None = None


class WithdrawnTable(Table):
    """`[[zurueckgezogen]]`: a bundle by its identity, as `lisa verify` shows it."""

    paket: str
    grund: str
    am: date


class ClassTable(Table):
    """`[[klasse]]`: until when a version of a class still counts here."""

    name: str
    gilt_bis: date


class ListFile(Table):
    """A whole list."""

    liste: HeadTable
    schluessel: list[KeyTable] = Field(default_factory=list)
    zurueckgezogen: list[WithdrawnTable] = Field(default_factory=list)
    klasse: list[ClassTable] = Field(default_factory=list)


def issued(path: Path, key: Ed25519PrivateKey) -> bytes:
    """The signed list of what this file says. Raises `LisaError` that names every mistake."""
    read = check(ListFile, read_toml(path), path)
    if faults := list(_faults(read)):
        raise LisaError("\n".join(f"{path}: {fault}" for fault in faults))
    keys = [_key(one, path.parent) for one in read.schluessel]
    if faults := list(_twice(read, [str(one["kennung"]) for one in keys])):
        raise LisaError("\n".join(f"{path}: {fault}" for fault in faults))
    head = read.liste
    body: JsonDict = {
        "format": FORMAT,
        "von": head.von,
        "stand": head.stand.isoformat(),
        "gilt_bis": head.gilt_bis.isoformat(),
        "schluessel_der_liste": dsse.raw_of(key.public_key()),
        "schluessel": keys,
        "zurueckgezogen": [
            {"paket": one.paket, "grund": one.grund, "am": one.am.isoformat()} for one in read.zurueckgezogen
        ],
        "klassen": [{"name": one.name, "gilt_bis": one.gilt_bis.isoformat()} for one in read.klasse],
    }
    return dsse.sealed(canonical_json(body), key, LIST_TYPE)


def _faults(read: ListFile) -> Iterator[str]:
    if read.liste.gilt_bis < read.liste.stand:
        yield "Die Liste endet, bevor sie beginnt (stand, gilt_bis)."
    for one in read.zurueckgezogen:
        if len(one.paket) != 64 or set(one.paket) - set("0123456789abcdef"):
            yield f"„{one.paket[:70]}“ ist keine Kennung eines Pakets: 64 Ziffern, wie lisa verify sie zeigt."
    for each in read.schluessel:
        if each.gilt_ab and each.gilt_bis and each.gilt_bis < each.gilt_ab:
            yield f"Der Schlüssel „{each.name}“ endet, bevor er beginnt."


def _twice(read: ListFile, keys: Sequence[str]) -> Iterator[str]:
    """What is said twice: whoever reads the list could believe only one of both."""
    for number, (one, key) in enumerate(zip(read.schluessel, keys, strict=True)):
        if key in keys[:number]:
            yield f"Der Schlüssel „{one.name}“ steht zweimal in der Liste: je Schlüssel ein Eintrag."
    names = [one.name for one in read.klasse]
    yield from (f"Die Klasse „{name}“ steht zweimal in der Liste." for name in {*names} if names.count(name) > 1)


def _key(one: KeyTable, folder: Path) -> JsonDict:
    found = dsse.public_key_in(data := read_bytes(folder / one.datei, f"Der Schlüssel „{one.name}“"))
    if found is None or b"PRIVATE" in data:
        raise LisaError(f"{folder / one.datei}: Das ist kein öffentlicher Schlüssel (PEM, Ed25519).")
    return {
        "kennung": dsse.keyid_of(found),
        "name": one.name,
        "rolle": one.rolle,
        "klassen": list(one.klassen),
        "gilt_ab": one.gilt_ab.isoformat() if one.gilt_ab else "",
        "gilt_bis": one.gilt_bis.isoformat() if one.gilt_bis else "",
    }
