"""Whose signatures whoever checks believes: public keys, each with what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lisa_core.domain.model.errors import LisaError
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.gather import read_bytes
from lisa_core.harness.text.findings import shown


@dataclass(frozen=True, slots=True)
class Trust:
    """`keys`: by the id of each key whose it is, in German words."""

    keys: Mapping[str, str]


def read_trust(path: Path) -> Trust:
    """The keys in this file: one public key as PEM. Raises `LisaError`."""
    key = dsse.public_key_in(read_bytes(path, "Die Vertrauensliste"))
    if key is None:
        what = f"{shown(path)}: Das ist keine Vertrauensliste und kein öffentlicher Schlüssel (PEM, Ed25519)."
        raise LisaError(f"{what} Aus einem privaten macht einen: openssl pkey -pubout")
    return Trust({dsse.keyid_of(key): shown(path)})
