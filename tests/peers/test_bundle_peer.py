"""A stranger's library reads the signature of a bundle: securesystemslib, which in-toto and sigstore verify with."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lisa_core.harness.certify import dsse
from lisa_core.harness.certify.bundle import bundle_of
from lisa_core.harness.certify.contents import DECLARATION
from lisa_core.harness.certify.statement import digest
from lisa_core.papers.stored_zip import unpacked
from tests.certify.made import KEY, STRANGER, ingredients

pytestmark = pytest.mark.peer


def test_a_stranger_verifies_the_signature_and_finds_each_entry_in_it(pypi: Callable[[str], Path]) -> None:
    pypi("securesystemslib")
    theirs, signer = (importlib.import_module(f"securesystemslib.{name}") for name in ("dsse", "signer"))
    refused = importlib.import_module("securesystemslib.exceptions").VerificationError
    entries = unpacked(bundle_of(ingredients(), KEY).data, 100)
    envelope = theirs.Envelope.from_dict(json.loads(entries[DECLARATION]))
    key = signer.SSlibKey.from_crypto(KEY.public_key(), keyid=dsse.keyid_of(KEY.public_key()))
    assert set(envelope.verify([key], 1)) == {key.keyid}
    statement = json.loads(envelope.payload)
    said = {one["name"]: one["digest"]["sha256"] for one in statement["subject"]}
    assert said == {name: digest(data) for name, data in entries.items() if name != DECLARATION}
    other = signer.SSlibKey.from_crypto(STRANGER.public_key(), keyid=dsse.keyid_of(STRANGER.public_key()))
    with pytest.raises(refused):
        envelope.verify([other], 1)
    with pytest.raises(refused):
        theirs.Envelope(envelope.payload + b" ", envelope.payload_type, envelope.signatures).verify([key], 1)
