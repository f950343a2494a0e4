"""The second signature: who accepts a bundle, when, and which devices they saw standing there, by their numbers.

An in-toto statement of its own about the vendor's declaration (by SHA-256 of its payload), in an envelope of its own:
what the vendor has signed stays what it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lisa_core.domain.case.canonical import canonical_json
from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.statement import TYPE
from lisa_core.wire.json_text import each_once

KIND = "urn:lisa-booth:gegenzeichnung:1"


@dataclass(frozen=True, slots=True)
class Countersignature:
    """`devices`: by slot the number that stands on the device; `headline` is what was accepted."""

    keyid: str
    at: datetime
    by: str
    devices: Mapping[str, str]
    headline: str


def countersigned(
    identity: str, headline: str, devices: Mapping[str, str], by: str, at: datetime, key: Ed25519PrivateKey
) -> bytes:
    """The envelope of a second signature; `identity` is that of the bundle (`Verified.identity`)."""
    predicate = {
        "am": at.astimezone(UTC).isoformat(timespec="seconds"),
        "von": by,
        "geraete": dict(devices),
        "urteil": headline,
        "schluessel": dsse.raw_of(key.public_key()),
    }
    subject = [{"name": "erklaerung", "digest": {"sha256": identity}}]
    return dsse.sealed(
        canonical_json({"_type": TYPE, "subject": subject, "predicateType": KIND, "predicate": predicate}), key
    )


def countersignature_in(data: bytes, identity: str) -> Countersignature:
    """What it says of the bundle of this identity. Raises `ValueError` with a German reason."""
    signed = dsse.opened(data)
    try:
        body = json.loads(signed.payload, object_pairs_hook=each_once)
        ((name, digest),) = ((one["name"], one["digest"]["sha256"]) for one in body["subject"])
        said = body["predicate"]
        key, at = dsse.key_of(said["schluessel"]), datetime.fromisoformat(said["am"])
        devices = {str(slot): str(number) for slot, number in said["geraete"].items()}
        kinds = (body["_type"], body["predicateType"], name)
        found = Countersignature(signed.keyid, at, str(said["von"]), devices, str(said["urteil"]))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ValueError("die Gegenzeichnung ist unlesbar") from None
    if kinds != (TYPE, KIND, "erklaerung") or at.tzinfo is None:
        raise ValueError("die Gegenzeichnung ist von anderer Art oder Fassung")
    if not signed.is_signed_by(key):
        raise ValueError("die Unterschrift der Gegenzeichnung passt nicht")
    if digest != identity:
        raise ValueError("die Gegenzeichnung gilt einem anderen Paket")
    return found
